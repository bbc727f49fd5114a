/** Puts the console into the page. */
import { createTheme, MantineProvider } from '@mantine/core'
import { createRoot } from 'react-dom/client'
import { App } from './app.js'
import { TextsProvider } from './texts.js'

const theme = createTheme({ defaultRadius: 'md', respectReducedMotion: true, cursorType: 'pointer' })

export function show(root: HTMLElement | null): void {
  if (root === null) return
  createRoot(root).render(
    // Its variables come from our style sheet: a style in the page is not allowed by our content security policy.
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <TextsProvider>
        <App />
      </TextsProvider>
    </MantineProvider>,
  )
}
