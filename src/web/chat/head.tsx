/** Whose page it is, and what can be done at any time: language, size of text, menu, leaving. */
import { useState } from 'react'
import type { KeptStore } from '../shared/browser-store.js'
import { useTexts } from '../shared/say.js'
import { COMPOSER_ID } from './composer.js'
import { Bars, Chevron } from './icons.js'
import { LanguageSheet } from './language-sheet.js'
import { MenuSheet } from './menu-sheet.js'
import { DrillBanner } from './notices.js'
import type { Page } from './session.js'
import { nextTextSize, readTextSize, setTextSize } from './text-size.js'

type SheetName = 'languages' | 'menu'

interface HeadProps {
  readonly page: Page
  readonly device: KeptStore
  readonly send: (text: string, value?: string) => void
  readonly leave: () => void
}

export function Head({ page, device, send, leave }: HeadProps): React.ReactNode {
  const { say } = useTexts()
  const [open, setOpen] = useState<SheetName>()
  const shut = (): void => setOpen(undefined)
  return (
    <>
      <button type="button" className="skip" onClick={() => document.getElementById(COMPOSER_ID)?.focus()}>
        {say('head.skip')}
      </button>
      <header className="head">
        <div className="column">
          <div className="name">
            <h1 lang={page.defaultLanguage} dir="auto">
              {page.area.name}
            </h1>
            <p className="subtitle">{say('head.subtitle')}</p>
          </div>
          <Tools device={device} open={setOpen} leave={leave} />
        </div>
        <DrillBanner date={page.drillDate} />
      </header>
      {open === 'languages' ? <LanguageSheet languages={page.languages} send={send} onClose={shut} /> : null}
      {open === 'menu' ? <MenuSheet retentionDays={page.retentionDays} send={send} leave={leave} onClose={shut} /> : null}
    </>
  )
}

interface ToolsProps {
  readonly device: KeptStore
  readonly open: (sheet: SheetName) => void
  readonly leave: () => void
}

function Tools({ device, open, leave }: ToolsProps): React.ReactNode {
  const { say, language } = useTexts()
  const languageLabel = say('head.language', { language: language.name })
  return (
    <div className="tools">
      <button type="button" className="tool language" aria-haspopup="dialog" aria-label={languageLabel} onClick={() => open('languages')}>
        <span>{language.name}</span>
        <Chevron />
      </button>
      <TextSizeButton device={device} />
      <button type="button" className="tool menu" aria-haspopup="dialog" onClick={() => open('menu')}>
        <Bars />
        {say('head.menu')}
      </button>
      <button type="button" className="tool leave" onClick={leave}>
        {say('leave')}
      </button>
    </div>
  )
}

function TextSizeButton({ device }: { readonly device: KeptStore }): React.ReactNode {
  const { say } = useTexts()
  const [size, setSize] = useState(() => readTextSize(device))
  const cycle = (): void => {
    const next = nextTextSize(size)
    setTextSize(next, device, document.documentElement)
    setSize(next)
  }
  return (
    <button type="button" className="tool" aria-label={say('head.size', { size })} onClick={cycle}>
      Aa
    </button>
  )
}
