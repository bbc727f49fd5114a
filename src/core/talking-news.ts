/** What is said when a talk begins or ends, a door is shown, a name changes, or the other side writes. */
import { type Draft, language, phrase, tell } from './draft.js'
import type { HelpEvent, News } from './help-types.js'
import { isolated } from './language/isolated.js'
import { maskContacts } from './mask-contacts.js'
import type { PastHelper, TalkView } from './request-types.js'
import { cardText, isCard } from './talking-cards.js'
import { allowedNumbers } from './talking-relay.js'
import {
  addTalk,
  cardsReply,
  changeHelp,
  currentTalk,
  endTalk,
  named,
  quoted,
  reportReply,
  setTalk,
  talkBy,
  talkReplies,
  talkReply,
  whereWordsGo,
} from './talking-session.js'
import { taskRule } from './task-rules.js'
import type { Instant, QuickReply } from './types.js'

type NewsEvent = Extract<HelpEvent, { type: 'news' }>

export function hearNewsOfTalk(draft: Draft, event: NewsEvent): void {
  const { news } = event
  if (news.what === 'talk-begins') return begin(draft, news)
  const talk = talkBy(draft, event.handoff)
  if (news.what === 'other-erased' && news.began !== undefined) return forgetHelper(draft, event.handoff, news.began)
  // Whoever ended it here was told then.
  if (talk === undefined) return
  switch (news.what) {
    case 'talk-ends':
      return endTalk(draft, talk, [...endedBy(draft, talk), phrase(draft, 'talking.ends', named(talk))].join('\n\n'))
    case 'other-erased':
      return endTalk(draft, talk, phrase(draft, `talking.erased.${talk.side}`, named(talk)))
    case 'door':
      return showDoor(draft, talk, news.door)
    case 'alias':
      return rename(draft, talk, news.alias)
    case 'still-there':
      return askWhetherThere(draft, talk)
    default:
  }
}

/** What an earlier helper was called is gone; that there was one stays. */
function forgetHelper(draft: Draft, handoff: string, began: Instant): void {
  const { helpers } = draft.session.help ?? {}
  if (helpers === undefined) return
  const nameless = ({ receipt, at }: PastHelper): PastHelper => ({ handoff, receipt, began, at })
  changeHelp(draft, { helpers: helpers.map((one) => (one.handoff === handoff && one.began === began ? nameless(one) : one)) })
}

/** The helper reads first what they did themselves. */
function endedBy(draft: Draft, { handoff, receipt, side }: TalkView): string[] {
  const { lastAsk } = draft.session.help ?? {}
  const isMine = side === 'helper' && lastAsk?.handoff === handoff && (lastAsk.ask === 'done' || lastAsk.ask === 'hand-back')
  return isMine ? [phrase(draft, `volunteering.result.${lastAsk.ask}`, { receipt })] : []
}

/** Who it is, how it works, and what both must know at the door. */
function begin(draft: Draft, { talk, note }: Extract<News, { what: 'talk-begins' }>): void {
  addTalk(draft, talk)
  const { other, receipt } = named(talk)
  const spoken = draft.library.languages.find(({ code }) => code === talk.otherLanguage)?.name ?? talk.otherLanguage
  const task = phrase(draft, `volunteering.task.${talk.task}`)
  tell(draft, phrase(draft, `talking.begins.${talk.side}`, { other, receipt, task, language: isolated(spoken) }))
  if (talk.side === 'helper' && note !== undefined && note.trim() !== '') {
    const { text } = maskContacts(note, allowedNumbers(draft))
    tell(draft, phrase(draft, 'talking.note', { other, text: quoted(text) }))
  }
  const cards = talk.otherLanguage === language(draft) ? [] : [phrase(draft, 'talking.how.cards')]
  tell(draft, [phrase(draft, 'talking.how', { other }), ...cards].join('\n\n'))
  sayCodeWord(draft, talk)
}

function sayCodeWord(draft: Draft, talk: TalkView): void {
  const { other, receipt } = named(talk)
  const isCurrent = currentTalk(draft)?.handoff === talk.handoff
  const lines = [
    phrase(draft, isForAnother(draft, talk) ? 'coordinating.behalf.code-word' : `talking.code-word.${talk.side}`, {
      word: isolated(talk.codeWord),
      other,
    }),
    ...rulesOf(draft, talk),
    isCurrent ? phrase(draft, 'talking.now', { other, receipt }) : whereWordsGo(draft),
  ]
  tell(draft, lines.join('\n\n'), [
    ...(isCurrent ? [] : [switchReply(draft, talk)]),
    ...talkReplies(draft, talk),
    talkReply(phrase(draft, 'talking.button.alias'), talk.handoff, { act: 'alias' }),
    talkReply(phrase(draft, 'talking.button.ask-opgang'), ''),
  ])
}

/** The coordinator who asked for somebody without a chat tells them the word. */
function isForAnother(draft: Draft, { handoff, side }: TalkView): boolean {
  const mine = draft.session.help?.requests?.find((request) => request.handoff === handoff)
  return side === 'resident' && mine?.behalf === true
}

/** What both must know of such a task. */
function rulesOf(draft: Draft, { task, side, ...talk }: TalkView): string[] {
  const { other } = named(talk)
  const rule = taskRule(task) ?? {}
  return [
    ...(rule.noNumbers === true ? [phrase(draft, `talking.medicine.${side}`, { other })] : []),
    ...(rule.limitKroner === undefined ? [] : [phrase(draft, `talking.shopping.${side}`, { other, amount: rule.limitKroner })]),
    ...(rule.besideResident === true ? [phrase(draft, `talking.beside.${side}`, { other })] : []),
  ]
}

/** The door goes into the message only: no session keeps it. */
function showDoor(draft: Draft, talk: TalkView, door: string): void {
  setTalk(draft, { ...talk, door: true })
  tell(draft, phrase(draft, 'talking.door', { ...named(talk), door: quoted(door) }), talkReplies(draft, talk))
}

function rename(draft: Draft, talk: TalkView, alias: string): void {
  setTalk(draft, { ...talk, other: alias })
  tell(draft, phrase(draft, 'talking.renamed', { ...named(talk), alias: quoted(alias) }), talkReplies(draft, talk))
}

function askWhetherThere(draft: Draft, talk: TalkView): void {
  const of = talk.handoff
  const title = (id: string) => phrase(draft, `talking.button.${id}`)
  const task = (act: string, name = act): QuickReply => ({ title: title(name), action: { do: 'task', act, of } })
  const replies =
    talk.side === 'helper'
      ? [...(talk.coming === true ? [] : [task('on-the-way', 'on-my-way')]), task('done'), task('hand-back'), reportReply(draft, talk)]
      : [
          talkReply(title('well'), of, { act: 'well' }),
          { title: title('nobody-came'), action: { do: 'request' as const, act: 'nobody-came', of } },
          reportReply(draft, talk),
        ]
  tell(draft, phrase(draft, `talking.still-there.${talk.side}`, named(talk)), replies)
}

/** Words of the other side, or their card in the reader's language. What comes after the end is not shown. */
export function showRelayed(draft: Draft, { handoff, receipt, from, words }: Extract<HelpEvent, { type: 'relayed' }>): void {
  const talk = talkBy(draft, handoff)
  if (talk === undefined || ('card' in words && !isCard(words.card))) return
  const text = 'card' in words ? cardText(draft, words.card, words.value) : quoted(words.text)
  const said = phrase(draft, 'talking.says', { ...named({ other: from, receipt }), text })
  if (currentTalk(draft)?.handoff === handoff) return tell(draft, said, talkReplies(draft, talk))
  tell(draft, `${said}\n\n${whereWordsGo(draft)}`, [switchReply(draft, talk), cardsReply(draft, talk)])
}

function switchReply(draft: Draft, talk: TalkView): QuickReply {
  return talkReply(phrase(draft, 'talking.button.to', { other: talk.other }), talk.handoff)
}
