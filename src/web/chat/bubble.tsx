/** One message in the conversation, of the bot or of the resident. */
import { useState } from 'react'
import type { LanguageInfo } from '../../core/library.js'
import type { FactLine } from '../../core/types.js'
import { hostOf, telHref } from '../shared/rich-text.js'
import { useTexts } from '../shared/say.js'
import type { BotMessage, Phone } from './activity.js'
import type { Entry } from './conversation-state.js'
import { Chevron } from './icons.js'
import { RichText, SafeLink } from './rich-text.js'

interface BotBubbleProps {
  readonly message: BotMessage
  readonly language: LanguageInfo
  readonly areaName: string
  /** False for what was there when the page opened: only what is new may interrupt. */
  readonly fresh: boolean
  readonly leave: () => void
  /** Button that reads the message aloud, where there is a voice. */
  readonly reader: React.ReactNode
}

export function BotBubble({ message, language, areaName, fresh, leave, reader }: BotBubbleProps): React.ReactNode {
  const texts = useTexts()
  const danger = message.role === 'danger'
  // A message does not become an alert later: screen readers would say it again.
  const [interrupts] = useState(danger && fresh)
  return (
    <li className={danger ? 'entry bot danger' : 'entry bot'}>
      <Sender name={texts.say('from.bot', { area: areaName })} />
      <div className="bubble" lang={language.code} dir={language.dir} role={interrupts ? 'alert' : undefined}>
        {message.byPerson ? <PageText className="by-person" text={texts.say('from.person')} /> : null}
        <RichText text={message.text} />
        <Phones phones={message.phones} />
        {danger ? <LeaveButton leave={leave} /> : null}
        {message.fact === undefined ? null : <Fact fact={message.fact} />}
      </div>
      <div className="meta">
        <Time at={message.at} />
        {reader}
      </div>
    </li>
  )
}

export function OwnBubble({ entry }: { readonly entry: Extract<Entry, { from: 'resident' }> }): React.ReactNode {
  const texts = useTexts()
  const unsent = entry.delivery === 'waiting' || entry.delivery === 'refused'
  return (
    <li className="entry own" tabIndex={-1}>
      <Sender name={texts.say('from.you')} />
      <div className={unsent ? 'bubble unsent' : 'bubble'} dir="auto">
        <RichText text={entry.text} />
      </div>
      <div className="meta">
        {entry.delivery === 'sending' ? <span className="late">{texts.say('sending')}</span> : null}
        {entry.delivery === 'waiting' ? <span>{texts.say('waiting')}</span> : null}
        {entry.delivery === 'refused' ? <span>{texts.say('refused')}</span> : null}
        {unsent ? null : <Time at={entry.at} />}
      </div>
    </li>
  )
}

function Sender({ name }: { readonly name: string }): React.ReactNode {
  return <span className="visually-hidden">{name}</span>
}

function Time({ at }: { readonly at: number }): React.ReactNode {
  const texts = useTexts()
  if (at === 0) return null
  return <time dateTime={new Date(at).toISOString()}>{texts.time(at, Date.now())}</time>
}

/** Words of the page inside a message that may be in another language. */
function PageText({ className, text }: { readonly className?: string; readonly text: string }): React.ReactNode {
  const { language } = useTexts()
  return (
    <p className={className} lang={language.code} dir={language.dir}>
      {text}
    </p>
  )
}

function Phones({ phones }: { readonly phones: readonly Phone[] }): React.ReactNode {
  if (phones.length === 0) return null
  return (
    <div className="phones">
      {phones.map(({ title, number }) => (
        <a key={`${title}:${number}`} className="phone" href={telHref(number)} rel="noopener noreferrer">
          <span>{title}</span>
          <bdi dir="ltr">{number}</bdi>
        </a>
      ))}
    </div>
  )
}

function LeaveButton({ leave }: { readonly leave: () => void }): React.ReactNode {
  const { language, say } = useTexts()
  return (
    <button type="button" className="close" lang={language.code} dir={language.dir} onClick={leave}>
      {say('leave')}
    </button>
  )
}

/** The line begins with its kind in the reader's language: "Rule · Danish Health Authority · checked 20 March 2020". */
function Fact({ fact }: { readonly fact: FactLine }): React.ReactNode {
  const { say } = useTexts()
  const [first = '', ...rest] = fact.line.split(' · ')
  const labelled = rest.length > 0
  const kind = labelled ? first : say(fact.kind === 'rule' ? 'fact.rule' : 'fact.advice')
  return (
    <details className="fact">
      <summary>
        <span>
          <span className={`kind ${fact.kind}`}>{kind}</span> {labelled ? rest.join(' · ') : fact.line}
        </span>
        <Chevron />
      </summary>
      <Source address={fact.source} />
    </details>
  )
}

function Source({ address }: { readonly address: string }): React.ReactNode {
  const { language, say } = useTexts()
  const host = hostOf(address)
  return (
    <p lang={language.code} dir={language.dir}>
      <SafeLink address={address}>{say('fact.source', { host: `\u2068${host}\u2069` })}</SafeLink>
    </p>
  )
}
