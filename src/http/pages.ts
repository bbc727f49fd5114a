/** The built pages: hashed files stay in the browser, and travel in the compressed form that the build wrote beside them. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import express, { type RequestHandler, Router } from 'express'

const ENCODINGS = [
  { name: 'br', extension: '.br' },
  { name: 'gzip', extension: '.gz' },
] as const
const YEAR_S = 31_536_000

export function pagesRouter(folder: string): Router {
  const router = Router()
  const assets = join(folder, 'assets')
  const files: ReadonlySet<string> = new Set(existsSync(assets) ? readdirSync(assets) : [])
  router.get('/assets/:file', compressed(assets, files))
  router.use('/assets', express.static(assets, { index: false, immutable: true, maxAge: YEAR_S * 1000 }))
  router.get('/console', (_request, response) =>
    response.sendFile('console.html', { root: folder, cacheControl: false, headers: { 'Cache-Control': 'no-store' } }),
  )
  router.use(
    express.static(folder, {
      index: 'index.html',
      cacheControl: false,
      setHeaders: (response) => response.setHeader('Cache-Control', 'no-store'),
    }),
  )
  return router
}

/** Names come from the folder's list, never from the request: nothing outside it can be asked for. */
function compressed(assets: string, files: ReadonlySet<string>): RequestHandler<{ file: string }> {
  return (request, response, next) => {
    const { file } = request.params
    const encoding = ENCODINGS.find(({ name, extension }) => files.has(`${file}${extension}`) && request.acceptsEncodings(name) === name)
    if (!files.has(file) || encoding === undefined) return next()
    response
      .vary('Accept-Encoding')
      .type(file)
      .set({ 'Content-Encoding': encoding.name, 'Cache-Control': `public, max-age=${YEAR_S}, immutable` })
    response.sendFile(`${file}${encoding.extension}`, {
      root: assets,
      cacheControl: false,
      headers: { 'Content-Type': response.get('Content-Type') ?? '' },
    })
  }
}
