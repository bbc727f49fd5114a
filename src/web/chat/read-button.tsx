/** "Read aloud" for one message; absent where the device has no voice for its language. */
import { useEffect, useState } from 'react'
import { paragraphs } from '../shared/rich-text.js'
import { useTexts } from '../shared/say.js'
import type { BotMessage } from './activity.js'
import { Speaker } from './icons.js'
import { deviceSpeech, readAloud, voiceFor } from './speech.js'

interface Reader {
  readonly speech: SpeechSynthesis | undefined
  readonly voices: readonly SpeechSynthesisVoice[]
  /** Id of the message that is read now. */
  readonly reading: string | undefined
  readonly setReading: (change: (before: string | undefined) => string | undefined) => void
}

/** One voice for the page: reading a message stops another. Devices name their voices some time after the page opened. */
export function useReader(): Reader {
  const speech = deviceSpeech()
  const [voices, setVoices] = useState<readonly SpeechSynthesisVoice[]>(() => speech?.getVoices() ?? [])
  const [reading, setReading] = useState<string>()
  useEffect(() => {
    if (speech === undefined) return undefined
    const look = (): void => setVoices(speech.getVoices())
    speech.addEventListener?.('voiceschanged', look)
    return () => {
      speech.removeEventListener?.('voiceschanged', look)
      speech.cancel()
    }
  }, [speech])
  return { speech, voices, reading, setReading }
}

export function ReadButton({ message, reader }: { readonly message: BotMessage; readonly reader: Reader }): React.ReactNode {
  const { say } = useTexts()
  const { speech, voices, reading, setReading } = reader
  const voice = voiceFor(message.language, voices)
  if (speech === undefined || voice === undefined) return null
  const isRead = reading === message.id
  const toggle = (): void => {
    if (isRead) return speech.cancel()
    setReading(() => message.id)
    readAloud(speech, spoken(message), voice, () => setReading((before) => (before === message.id ? undefined : before)))
  }
  return (
    <button type="button" className="tool" onClick={toggle}>
      <Speaker />
      {say(isRead ? 'read.stop' : 'read')}
    </button>
  )
}

function spoken({ text, phones, fact }: BotMessage): string[] {
  return [...paragraphs(text), ...phones.map(({ title, number }) => `${title}: ${number}`), ...(fact === undefined ? [] : [fact.line])]
}
