/** Builds the pages of `src/web` into `dist/web`: `index.html` is the resident's page, `console.html` that of staff, `leave.html` the neutral one. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const PAGES = resolve(import.meta.dirname, 'src/web')
/** Source page → the name it is served by. */
const SERVED_AS = new Map([
  ['chat/index.html', 'index.html'],
  ['console/index.html', 'console.html'],
])
/** Loaded by every page that has it, so asked for with the page and not after it. */
const VIEW = /^mount$/

/** The view is a chunk of its own, so that the conversation is asked for first; the page names it so that both load at once. */
function preloadView(): Plugin {
  return {
    name: 'opgang-preload-view',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle }) => {
        if (!html.includes('id="root"')) return []
        const view = Object.values(bundle ?? {}).find((file) => file.type === 'chunk' && VIEW.test(file.name))
        if (view?.type !== 'chunk') return []
        return [view.fileName, ...view.imports].map((file) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `/${file}` },
          injectTo: 'head' as const,
        }))
      },
    },
  }
}

function nameServedPages(): Plugin {
  return {
    name: 'opgang-name-served-pages',
    enforce: 'post',
    generateBundle: (_options, bundle) => {
      for (const file of Object.values(bundle)) file.fileName = SERVED_AS.get(file.fileName) ?? file.fileName
    },
  }
}

/** Beside every asset its `.br` and `.gz`, made once and with the time it takes, so that the server only picks one. */
function compressAssets(): Plugin {
  return {
    name: 'opgang-compress-assets',
    writeBundle: ({ dir = '' }) => {
      const assets = join(dir, 'assets')
      for (const name of readdirSync(assets).filter((file) => /\.(js|css)$/.test(file))) {
        const path = join(assets, name)
        const content = readFileSync(path)
        writeFileSync(`${path}.br`, brotliCompressSync(content))
        writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }))
      }
    },
  }
}

export default defineConfig({
  root: PAGES,
  base: '/',
  publicDir: false,
  plugins: [react(), preloadView(), nameServedPages(), compressAssets()],
  build: {
    outDir: resolve(import.meta.dirname, 'dist/web'),
    emptyOutDir: true,
    target: 'es2020',
    sourcemap: false,
    // Inlined files would be data addresses, which the pages' content security policy does not allow for fonts and styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ['chat/index.html', 'console/index.html', 'leave.html'].map((page) => resolve(PAGES, page)) },
  },
})
