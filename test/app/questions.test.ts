/** Questions on a real store: kept once for each asker, linked by staff, told exactly once, erased with their asker. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { answerBack, waitingFor } from '../../src/app/answer-back.js'
import { createApply } from '../../src/app/commands.js'
import { type Address, conversationId } from '../../src/app/ports.js'
import { blankQuestions, WISH_DAYS } from '../../src/app/question-retention.js'
import { allQuestions, orderQuestions } from '../../src/app/questions.js'
import { RETENTION_DAYS } from '../../src/core/language-choice.js'
import type { Library } from '../../src/core/library.js'
import type { Action } from '../../src/core/types.js'
import type { QuestionDocument, TurnDocument } from '../../src/store/collections.js'
import { NOW } from '../library.js'
import { probeLibrary } from '../probe-library.js'
import { AMINA, HASSAN, openStage, type Stage, says, until } from '../stage.js'
import { asks as askOn, NODES, START, TEXT, tap as tapOn, wishOf } from './asking.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const library = await probeLibrary(NODES)
const inArabic = await probeLibrary(NODES, { ar: { 'start.say.0': ['Kog vandet i tre minutter.', 'اغلوا الماء ثلاث دقائق.'] } })
let stage: Stage
beforeEach(async () => {
  stage = await openStage({ library })
})
afterEach(() => stage.close())

const questions = (of = stage) => allQuestions(of.collections.questions)
const only = async (): Promise<QuestionDocument> => {
  const [question, ...more] = await questions()
  if (question === undefined || more.length > 0) throw new Error(`${more.length + 1} questions`)
  return question
}
const deps = (of = stage, now: Library = library) => ({
  ...of.collections,
  library: () => now,
  time: of.time,
  receive: of.turns.receive,
  log: { info: () => undefined, warn: () => undefined, error: () => undefined },
})
const link = (question: string, more: { at?: typeof START; group?: boolean } = {}) =>
  orderQuestions({ ...stage.collections, library }, { act: 'answer', question, at: START, group: false, ...more })
const answered = async (who: Address) => (await stage.log(conversationId(who))).filter(({ event }) => event.type === 'answered')
const tap = (action: Action | undefined, id: string) => tapOn(stage, action, id)
const asks = (...of: Parameters<typeof askOn> extends [unknown, ...infer Rest] ? Rest : never) => askOn(stage, ...of)

describe('keeping', () => {
  test('one asker with the same words is one question, two askers are two', async () => {
    await asks(HASSAN, { wish: false })
    await stage.turns.receive(HASSAN, says('GØFFEL  bræzzø!'))
    await asks(AMINA)
    const kept = await questions()
    expect(kept.map(({ text, language, state, wish, told, kept: words }) => [text, language, state, wish, told, words])).toEqual([
      [TEXT, 'da', 'new', false, false, true],
      [TEXT, 'da', 'new', true, false, true],
    ])
    expect(new Set(kept.map(({ contact }) => contact)).size).toBe(2)
  })

  test('the same effects carried out twice change nothing, also after everything was told', async () => {
    await asks(HASSAN)
    const log = await stage.log(conversationId(HASSAN))
    const apply = createApply({
      ...stage.collections,
      keys: stage.keys,
      calls: {},
      ...stage.helping,
      erase: () => Promise.reject(new Error('no')),
      receive: stage.turns.receive,
      time: stage.time,
    })
    const again = async (turns: readonly TurnDocument[]) => {
      for (const turn of turns)
        for (const [index, effect] of turn.effects.entries())
          if (effect.type === 'question' || effect.type === 'tell-me' || effect.type === 'told')
            await apply(effect, `${turn._id}.${index}`, turn)
    }
    const before = await only()
    await again(log)
    expect(await only()).toEqual(before)
    await link(before._id)
    await answerBack(deps())
    await stage.settler.idle()
    const told = await only()
    expect(told).toMatchObject({ state: 'answered', told: true })
    await again(await stage.log(conversationId(HASSAN)))
    expect(await only()).toEqual(told)
  })

  test('asked again after it was told it is open once more, and can be told again', async () => {
    await asks(HASSAN)
    await link((await only())._id)
    await answerBack(deps())
    await stage.settler.idle()
    await asks(HASSAN)
    expect(await only()).toMatchObject({ state: 'linked', wish: true, told: false })
    expect(await answerBack(deps())).toBe(1)
    expect(await answered(HASSAN)).toHaveLength(2)
  })
})

test('whoever asks what is kept about them is told of their questions', async () => {
  await asks(HASSAN)
  await stage.turns.receive(HASSAN, says('hvad ved du om mig'))
  await until(async () => (await stage.log(conversationId(HASSAN))).at(-1)?.event.type === 'result')
  const last = (await stage.log(conversationId(HASSAN))).at(-1)
  expect(JSON.stringify(last?.effects)).toContain(library.say('da', 'about-me.questions', { number: 1 }))
})

describe('what staff do', () => {
  test('a question whose asker waits is linked, another is answered, and a wish that comes later waits', async () => {
    await asks(HASSAN, { wish: false })
    const { _id } = await only()
    expect(await link(_id)).toBe('1 question is linked to probe/start. Askers who wait to be told: 0.')
    expect(await only()).toMatchObject({ state: 'answered', answer: START })
    const asked = (await stage.log(conversationId(HASSAN))).at(-1)
    await stage.turns.receive(HASSAN, tap(wishOf(asked), 'late'))
    await stage.settler.idle()
    expect(await only()).toMatchObject({ state: 'linked' })
    expect(await answerBack(deps())).toBe(1)
  })

  test('a group is linked and dismissed whole, what was decided before stays', async () => {
    await asks(HASSAN)
    await asks(AMINA, { text: 'bræzzø gøffel' })
    const [first, second] = await questions()
    await orderQuestions({ ...stage.collections, library }, { act: 'dismiss', question: second?._id ?? '', group: false })
    expect(await link(first?._id ?? '', { group: true })).toContain('1 question is linked')
    expect((await questions()).map(({ state }) => state)).toEqual(['linked', 'dismissed'])
    expect(await link(second?._id ?? '', { group: true })).toContain('2 questions are linked')
    await orderQuestions({ ...stage.collections, library }, { act: 'dismiss', question: first?._id ?? '', group: true })
    expect((await questions()).map(({ state, answer }) => [state, answer])).toEqual([
      ['dismissed', undefined],
      ['dismissed', undefined],
    ])
  })

  test.each([
    ['an unknown question', 'q0', START, 'There is no question q0'],
    ['an unknown dialog', undefined, { dialog: 'nowhere', node: 'start' }, 'There is no dialog nowhere; there are'],
    ['an unknown node', undefined, { dialog: 'probe', node: 'gone' }, 'probe has no gone; choose one of probe/start'],
    ['a node that does more', undefined, { dialog: 'probe', node: 'call' }, 'probe/call is no answer'],
    ['a name that every object has', undefined, { dialog: 'constructor', node: 'name' }, 'There is no dialog constructor'],
  ])('%s is refused in words', async (_, id, at, words) => {
    await asks(HASSAN)
    const before = await only()
    await expect(link(id ?? before._id, { at })).rejects.toThrow(words)
    expect(await only()).toEqual(before)
  })
})

describe('telling', () => {
  test('reaches the asker once, names the question, and opens no window', async () => {
    await asks(AMINA)
    const openedAt = (await stage.log(conversationId(AMINA))).at(-1)?.session.openedAt
    await link((await only())._id)
    stage.time.advance(HOUR)
    expect(await answerBack(deps())).toBe(1)
    expect(await answerBack(deps())).toBe(0)
    await stage.settler.idle()
    expect(await answerBack(deps())).toBe(0)
    expect(await only()).toMatchObject({ state: 'answered', told: true })
    const [turn, ...more] = await answered(AMINA)
    expect(more).toEqual([])
    expect(turn?.session.openedAt).toBe(openedAt)
    expect(stage.sent.slice(-2).map(({ message }) => message.text)).toEqual([
      library.say('da', 'question.answered', { text: `\u2068${TEXT}\u2069` }),
      'Kog vandet i tre minutter.',
    ])
    expect(stage.logged.join()).not.toContain(TEXT)
  })

  test('two instances and a race tell once', async () => {
    await asks(HASSAN)
    await link((await only())._id)
    const other = await openStage({ library, store: stage.store, dir: stage.dir, time: stage.time })
    const told = await Promise.all([deps(), deps(other), deps(), deps(other)].map((one) => answerBack(one)))
    expect(told.reduce((sum, count) => sum + count, 0)).toBe(1)
    expect(await answered(HASSAN)).toHaveLength(1)
    await stage.settler.idle()
    await other.settler.idle()
    expect(await only()).toMatchObject({ state: 'answered' })
    await other.close()
  })

  test('an instance that dies after the commit leaves the rest to the next one, which tells nobody twice', async () => {
    await asks(HASSAN)
    await link((await only())._id)
    const dying = await openStage({
      library,
      store: stage.store,
      dir: stage.dir,
      time: stage.time,
      instance: { name: () => 'dying', alive: () => false },
    })
    await answerBack(deps(dying))
    await dying.close()
    expect(await only()).toMatchObject({ state: 'linked', told: false })
    expect(await answerBack(deps())).toBe(0)
    await stage.settler.takeOver('dying')
    await until(async () => (await only()).told)
    expect(await answered(HASSAN)).toHaveLength(1)
  })

  test('on Messenger it waits for an open window, and goes when the person writes again', async () => {
    await asks(AMINA)
    const { _id } = await only()
    await link(_id)
    stage.time.advance(DAY + HOUR)
    expect(await answerBack(deps())).toBe(0)
    expect(await waitingFor(deps(), await only())).toBe('window closed')
    await stage.turns.receive(AMINA, says('menu', { at: stage.time.now() }))
    expect(await waitingFor(deps(), await only())).toBe('ready')
    expect(await answerBack(deps())).toBe(1)
  })

  test('on the page no window closes', async () => {
    await asks(HASSAN)
    await link((await only())._id)
    stage.time.advance(20 * DAY)
    expect(await answerBack(deps())).toBe(1)
  })

  test('waits while a person has the thread, also when they took it at the last moment', async () => {
    await asks(HASSAN)
    await link((await only())._id)
    const late = deps()
    const taken = { id: 'taken', at: NOW, type: 'control' as const, control: 'taken' as const, by: 'person' as const }
    const overtaken: typeof late.receive = async (address, event) => {
      await stage.turns.receive(address, taken)
      return stage.turns.receive(address, event)
    }
    await answerBack({ ...late, receive: overtaken })
    await stage.settler.idle()
    expect(await only()).toMatchObject({ state: 'linked', told: false, attempt: 1 })
    expect(await waitingFor(deps(), await only())).toBe('a person has the thread')
    expect(await answerBack(deps())).toBe(0)
    await stage.turns.receive(HASSAN, { id: 'back', at: NOW, type: 'control', control: 'returned', by: 'person' })
    expect(await answerBack(deps())).toBe(1)
    await stage.settler.idle()
    expect(await only()).toMatchObject({ state: 'answered', told: true })
  })

  test('waits for a whole answer in the language of the asker', async () => {
    await asks(HASSAN, { language: 'العربية' })
    // The words are Danish; whoever asked is written to in the language of the conversation.
    expect(await only()).toMatchObject({ language: 'da' })
    await link((await only())._id)
    expect(await waitingFor(deps(), await only())).toBe('no translation')
    expect(await answerBack(deps())).toBe(0)
    expect(await waitingFor(deps(stage, inArabic), await only())).toBe('ready')
  })
})

describe('an erased asker', () => {
  const erase = async (who: Address) => {
    await stage.turns.receive(who, { id: 'erase', at: NOW, type: 'erase' })
    await stage.settler.idle()
  }

  test("takes their questions along, nobody else's", async () => {
    await asks(HASSAN)
    await asks(AMINA)
    await erase(HASSAN)
    expect((await questions()).map(({ conversation }) => conversation)).toEqual([conversationId(AMINA)])
  })

  test('is not told when the erasure comes between the look and the word, and whoever follows never reads their words', async () => {
    await asks(HASSAN)
    const question = await only()
    await link(question._id)
    const overtaken: Stage['turns']['receive'] = async (address, event) => {
      await stage.turns.receive(address, { id: 'erase', at: NOW, type: 'erase' })
      return stage.turns.receive(address, event)
    }
    expect(await answerBack({ ...deps(), receive: overtaken })).toBe(0)
    await stage.settler.idle()
    expect(await questions()).toEqual([])
    expect(JSON.stringify(await stage.log(conversationId(HASSAN)))).not.toContain(TEXT)
    expect(await stage.turns.receive(HASSAN, { id: 'answered:late', at: NOW, type: 'answered', question: 'q', text: TEXT, ...START })).toBe(
      'gone',
    )
  })

  test('whose conversation is gone is listed so, and forgotten at the next look', async () => {
    await asks(HASSAN)
    await link((await only())._id)
    await stage.collections.conversations.remove({ _id: conversationId(HASSAN) }, 1)
    expect(await waitingFor(deps(), await only())).toBe('erased')
    await answerBack(deps())
    expect(await questions()).toEqual([])
  })
})

describe('by age', () => {
  const sweep = () => blankQuestions({ questions: stage.collections.questions, time: stage.time, scrub: () => stage.store.scrub() })

  test('words go after the days that first contact promises, what came near stays', async () => {
    await asks(HASSAN, { wish: false })
    const { guesses } = await only()
    stage.time.advance(RETENTION_DAYS * DAY)
    expect(await sweep()).toBe(0)
    stage.time.advance(1)
    expect(await sweep()).toBe(1)
    expect(await only()).toMatchObject({ text: '', contact: '', conversation: '', kept: false, state: 'new', guesses })
    expect(await sweep()).toBe(0)
  })

  test('whoever waits is waited for, at most half a year; told, they go with the others', async () => {
    await asks(HASSAN)
    await asks(AMINA)
    const [first] = await questions()
    await link(first?._id ?? '')
    await answerBack(deps())
    await stage.settler.idle()
    stage.time.advance(RETENTION_DAYS * DAY + 1)
    expect(await sweep()).toBe(1)
    expect((await questions()).map(({ text, state }) => [text, state])).toEqual([
      ['', 'answered'],
      [TEXT, 'new'],
    ])
    stage.time.advance((WISH_DAYS - RETENTION_DAYS) * DAY)
    expect(await sweep()).toBe(1)
    expect((await questions()).every(({ text, wish, kept }) => text === '' && !wish && !kept)).toBe(true)
  })
})
