/** The resident's page: head, conversation, composer. */
import { useEffect, useSyncExternalStore } from 'react'
import type { LanguageInfo } from '../../core/library.js'
import { TextsProvider } from '../shared/say.js'
import type { Texts } from '../shared/texts.js'
import { applyAreaColour } from '../shared/theme.js'
import { bootWords } from './boot-words.js'
import type { Chat, ChatSnapshot, ChatWorld } from './chat.js'
import { Composer } from './composer.js'
import { Head } from './head.js'
import { LanguageScreen } from './language-screen.js'
import { leaveQuickly } from './leave.js'
import { Log } from './log.js'
import { DemoBanner, LineStatus } from './notices.js'
import { languageOf } from './page-texts.js'
import { QuickReplies } from './quick-replies.js'
import type { Page } from './session.js'

export interface AppProps {
  readonly chat: Chat
  readonly world: ChatWorld
}

export function App({ chat, world }: AppProps): React.ReactNode {
  const snapshot = useSyncExternalStore(chat.subscribe, chat.snapshot)
  const { page, texts } = snapshot
  useDocument(page, texts)
  if (page === undefined || texts === undefined) return <Opening snapshot={snapshot} world={world} />
  return (
    <TextsProvider value={texts}>
      <Room chat={chat} world={world} snapshot={snapshot} page={page} />
    </TextsProvider>
  )
}

function useDocument(page: Page | undefined, texts: Texts | undefined): void {
  useEffect(() => {
    if (page === undefined || texts === undefined) return
    const root = document.documentElement
    root.lang = texts.language.code
    root.dir = texts.language.dir
    document.title = `${page.area.name} · Opgang`
    applyAreaColour(page.area.colour, root)
  }, [page, texts])
}

/** Before there is anything to show: three dots, and words when it takes longer than it should. */
function Opening({ snapshot, world }: { readonly snapshot: ChatSnapshot; readonly world: ChatWorld }): React.ReactNode {
  const kind = snapshot.line === 'offline' ? 'offline' : 'slow'
  const { language, dir, text } = bootWords(kind, world.arrival.deviceLanguages)
  return (
    <main className="opening">
      <Dots />
      <p role="status" lang={language} dir={dir}>
        {snapshot.stage === 'opening' && kind === 'slow' ? '' : text}
      </p>
    </main>
  )
}

function Room({ chat, world, snapshot, page }: AppProps & { readonly snapshot: ChatSnapshot; readonly page: Page }): React.ReactNode {
  const { conversation, line, caughtUp } = snapshot
  const { firstScreen, replies, entries } = conversation
  const leave = (): void => leaveQuickly(chat, world.device)
  const language = (code: string): LanguageInfo => languageOf(code, page.languages)
  const send = (text: string, value?: string): void => chat.send(text, value)
  return (
    <div className="page">
      <Head page={page} device={world.device} send={send} leave={leave} />
      <main className="main column">
        <DemoBanner demo={page.area.demo} />
        {firstScreen === undefined ? (
          <>
            <Log entries={entries} caughtUp={caughtUp} areaName={page.area.name} languageOf={language} leave={leave}>
              {conversation.thinking || !caughtUp ? <Dots /> : null}
            </Log>
            <QuickReplies replies={replies} language={language(conversation.language ?? '')} languageOf={language} send={send} />
          </>
        ) : (
          <LanguageScreen replies={firstScreen.replies} deviceLanguages={world.arrival.deviceLanguages} languageOf={language} send={send} />
        )}
      </main>
      <footer className="foot">
        <div className="column">
          <LineStatus line={line} />
          <Composer tab={world.tab} send={send} />
        </div>
      </footer>
    </div>
  )
}

function Dots(): React.ReactNode {
  return (
    <p className="dots" aria-hidden="true">
      <span />
      <span />
      <span />
    </p>
  )
}
