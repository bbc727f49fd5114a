/** Reading aloud with the device's own voices. A voice that lives on somebody's server would be told what is read: it is not used. */
import type { LanguageCode } from '../../core/types.js'

/** Voices that a language can be read with, beside those of its own code: other names of the same language. */
const ALSO: Readonly<Record<LanguageCode, readonly string[]>> = {
  ku: ['ku', 'kmr'],
  bs: ['bs', 'hr', 'sr'],
  fa: ['fa', 'prs'],
}

/** The device's voice for a language, or none. */
export function voiceFor(language: LanguageCode, voices: readonly SpeechSynthesisVoice[]): SpeechSynthesisVoice | undefined {
  const wanted = ALSO[language] ?? [language]
  return voices.filter(({ localService }) => localService).find(({ lang }) => wanted.includes(lang.toLowerCase().split(/[-_]/)[0] ?? ''))
}

/** The speech of this browser; undefined where there is none. */
export function deviceSpeech(): SpeechSynthesis | undefined {
  return 'speechSynthesis' in window ? window.speechSynthesis : undefined
}

/** Stops whatever is read and reads `parts`, one after the other. `ended` is called once, when all is read or it was stopped. */
export function readAloud(speech: SpeechSynthesis, parts: readonly string[], voice: SpeechSynthesisVoice, ended: () => void): void {
  speech.cancel()
  parts.forEach((part, index) => {
    const utterance = new SpeechSynthesisUtterance(part)
    utterance.voice = voice
    utterance.lang = voice.lang
    if (index === parts.length - 1) utterance.addEventListener('end', ended)
    utterance.addEventListener('error', ended)
    speech.speak(utterance)
  })
}
