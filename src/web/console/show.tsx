/** Puts the console into the page. */
import { createTheme, MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { App } from './app.js'
import { TextsProvider } from './texts.js'

const theme = createTheme({ defaultRadius: 'md', respectReducedMotion: true, cursorType: 'pointer' })

/** What was read stays on the screen while it is read anew; a refusal is said at once and not asked again. */
const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 30_000 }, mutations: { retry: false } } })

export function show(root: HTMLElement | null): void {
  if (root === null) return
  createRoot(root).render(
    // Its variables come from our style sheet: a style in the page is not allowed by our content security policy.
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={queries}>
        <TextsProvider>
          <App />
        </TextsProvider>
      </QueryClientProvider>
    </MantineProvider>,
  )
}
