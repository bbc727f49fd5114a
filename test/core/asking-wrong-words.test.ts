/** Words that are no answer to what a request asks: the question stands again, with its buttons, and they go to nobody. */
import { describe, expect, test } from '@jest/globals'
import { asksOf, hears, intakeOf, library, of, opened, press, resident, SHOP, said, say, summarised, titles, told } from './asking-world.js'
import { effectsOf, KNOWN, type Talk, texts } from './talk.js'

/** Up to where the stairwell is asked. */
function askedWhere(): Talk {
  const person = resident()
  press(person, person.goes(SHOP), say('skip'))
  person.taps({ do: 'intake', step: 'when', value: 'today' })
  return person
}

describe('yes or no typed', () => {
  test.each(library.languages.map(({ code }) => code))('opens a request where a dialog offers one, in %s', (code) => {
    const start = { session: { ...KNOWN, language: { code, chosen: true } } }
    const { titles: shown } = library.texts('neighbours', 'medicine-next', code)
    const [yes, no] = ['medicine', 'more'].map((id) => (shown[id] ?? '').split(/[,،፣]/)[0] ?? '')
    for (const [words, begun] of [
      [code === 'da' ? 'ja' : yes, true],
      [code === 'da' ? 'nej' : no, false],
    ] as const) {
      const person = resident(start)
      person.goes('neighbours/medicine-next')
      person.says(words ?? '')
      expect([words, intakeOf(person) !== undefined]).toEqual([words, begun])
      expect(person.session?.missed ?? false).toBe(false)
    }
  })

  test('is not what somebody needs: the question stands again', () => {
    const person = resident()
    person.goes(SHOP)
    const again = person.says('ja')
    expect(said(again)).toBe(say('what.shopping', { kroner: 500 }))
    expect(titles(again)).toContain(say('skip'))
    expect(intakeOf(person)).not.toHaveProperty('what')
  })

  test('yes to "do you want to go on with it" goes on', () => {
    const person = askedWhere()
    expect(said(person.says('hvor længe'))).toBe(say('unfinished'))
    expect(said(person.says('ja'))).toBe(say('stairwell'))
  })

  test.each([
    ['ur', 'عورت', 'نہیں'],
    ['tr', 'kadın olsun', 'yok'],
    ['da', 'helst en kvinde', 'nej'],
    ['so', 'haweenay', 'maya'],
  ])('no to more wishes keeps the wish, in %s', (code, wish, no) => {
    const person = resident({ session: { ...KNOWN, language: { code, chosen: true } } })
    person.goes(SHOP)
    person.taps({ do: 'intake', step: 'what', value: 'skip' })
    person.taps({ do: 'intake', step: 'when', value: 'today' })
    person.taps({ do: 'intake', step: 'where', value: 'stairwell:1' })
    person.taps({ do: 'intake', step: 'language', value: 'only' })
    person.says(wish)
    expect(intakeOf(person)?.gender).toBe('woman')
    person.says(no)
    expect(intakeOf(person)).toMatchObject({ step: 'summary', gender: 'woman' })
  })

  test.each([
    ['uk', 'жінку, якщо можна', 'woman'],
    ['pl', 'kobietę proszę', 'woman'],
    ['bs', 'ženu, molim', 'woman'],
    ['uk', 'не жінку', undefined],
  ])('a wish in another case is one, in %s: "%s"', (code, words, gender) => {
    const person = resident({ session: { ...KNOWN, language: { code, chosen: true } } })
    person.goes(SHOP)
    person.taps({ do: 'intake', step: 'what', value: 'skip' })
    person.taps({ do: 'intake', step: 'when', value: 'today' })
    person.taps({ do: 'intake', step: 'where', value: 'none' })
    person.taps({ do: 'intake', step: 'language', value: 'only' })
    person.says(words)
    expect(intakeOf(person)?.gender).toBe(gender)
  })

  test.each(['ikke en mand', 'helst ikke en mand'])('"%s" is no wish for one', (words) => {
    const person = resident()
    summarised(person)
    person.taps({ do: 'intake', step: 'change', value: 'wishes' })
    expect(texts(person.says(words)).join()).not.toContain('fare')
    expect(intakeOf(person)).not.toHaveProperty('gender')
    person.says('ingen ønsker tak')
    expect(intakeOf(person)).toMatchObject({ step: 'summary' })
  })

  test('no to more languages is all of them', () => {
    const person = askedWhere()
    person.says('1')
    person.says('engelsk')
    expect(said(person.says('nej'))).toBe(say('wishes'))
    expect(intakeOf(person)?.otherLanguages).toEqual(['en'])
  })
})

describe('yes or no typed to one guess', () => {
  const guessed = () => {
    const person = resident()
    const titles = person.says('mælk, rugbrød og kaffe. tak').effects
    return { person, titles }
  }

  test('yes is what was guessed, no is none of them', () => {
    const { person, titles: effects } = guessed()
    expect(titles({ effects })).toHaveLength(2)
    person.says('ja')
    expect(person.session?.place).toMatchObject({ dialog: 'neighbours', node: 'shopping-next' })
    const other = guessed().person
    expect(said(other.says('nej'))).toBe(library.say('da', 'not-understood.again'))
  })

  test('once a guess is tapped, yes is an answer to what is asked next', () => {
    const { person, titles: effects } = guessed()
    press(person, { effects }, titles({ effects })[0] ?? '')
    person.says('ja')
    expect(intakeOf(person)?.task).toBe('shopping')
  })
})

test('"cancel" of somebody who has nothing to call off ends what was talked of', () => {
  expect(said(resident().says('annuller'))).toBe(library.say('da', 'stop.done'))
})

describe('words that are no answer', () => {
  test('lead to the question again, and are kept for nobody: they may be an address', () => {
    const person = askedWhere()
    const turn = person.says('Det står på huset ved søen, hos Hansen')
    expect(texts(turn)).toContain(library.say('da', 'not-understood'))
    expect(said(turn)).toBe(say('stairwell'))
    expect(titles(turn)).toContain(say('stairwell.none'))
    expect(effectsOf(turn, 'question')).toEqual([])
    const second = person.says('Det står på huset ved søen, hos Hansen')
    expect(said(second)).toBe(library.say('da', 'not-understood.again'))
    expect(titles(second)).toContain(say('go-on'))
    expect(effectsOf(second, 'question')).toEqual([])
  })

  test('a question is one: it is kept for those who answer, and the way back stands under it', () => {
    const person = askedWhere()
    const turn = person.says('Hvornår er der fodbold på plænen bag skolen?')
    expect(effectsOf(turn, 'question')).toHaveLength(1)
    expect(titles(turn)).toContain(say('go-on'))
  })

  test.each(['👍', '🙏🙏', '?!'])('%s says nothing: it is asked again', (sign) => {
    const person = resident()
    person.goes(SHOP)
    const turn = person.says(sign)
    expect(intakeOf(person)).toMatchObject({ step: 'what' })
    expect(intakeOf(person)).not.toHaveProperty('what')
    if (sign !== '?!') expect(said(turn)).toBe(say('what.shopping', { kroner: 500 }))
  })

  test('nor do a thumb, a picture and a voice message', () => {
    const person = resident()
    summarised(person)
    for (const [kind, first] of [
      ['sticker', undefined],
      ['image', 'attachment.other'],
      ['audio', 'attachment.audio'],
    ] as const) {
      const turn = person.says('', { attachments: [kind] })
      if (first !== undefined) expect(texts(turn)[0]).toBe(library.say('da', first))
      expect(said(turn)).toContain(say('summary'))
      expect(titles(turn)).toContain(say('confirm'))
    }
  })

  test('without a request that is being made all is as always', () => {
    const turn = resident().says('Det står på huset ved søen, hos Hansen')
    expect(texts(turn)).toEqual([library.say('da', 'not-understood')])
    expect(effectsOf(turn, 'question')).toHaveLength(1)
  })

  test('thanks and a greeting at the summary are no end of it: a yes after them still sends', () => {
    const person = resident()
    summarised(person)
    expect(said(person.says('tak'))).toContain(say('summary'))
    expect(said(person.says('hej'))).toContain(say('summary'))
    expect(effectsOf(person.says('ja'), 'openHandoff')).toHaveLength(1)
  })
})

describe('while somebody waits', () => {
  test('words that are not understood get how it stands', () => {
    const person = resident()
    opened(person)
    const turn = person.says('Det står på huset ved søen, hos Hansen')
    expect(texts(turn)[0]).toBe(library.say('da', 'not-understood'))
    expect(said(turn)).toContain(say('state.looking', { time: say('minutes', { count: 1 }) }))
    expect(titles(turn)).toContain(say('cancel-request'))
  })

  test('guesses and the menu have the way to it', () => {
    const person = resident()
    opened(person)
    person.goes('welcome/start')
    expect(titles(person.says('Det står på huset ved søen, hos Hansen'))).toContain(say('status'))
  })

  test('"cancel" after the end says that it is no more', () => {
    const person = resident()
    opened(person)
    told(person, 'done')
    const turn = person.says('annuller')
    expect(said(turn)).toBe(of(say('refused.gone')))
  })
})

describe('yes or no to how it went', () => {
  const asked = () => {
    const person = resident()
    opened(person)
    told(person, 'done')
    hears(person, { what: 'feedback', other: 'Yusuf' })
    return person
  }

  test.each([
    ['ja', true, 'words'],
    ['nej', false, 'sorry'],
  ] as const)('%s counts', (word, good, next) => {
    const person = asked()
    const turn = person.says(word)
    expect(asksOf(turn)).toEqual([{ handoff: 'h1', as: 'resident', type: 'feedback', good }])
    expect(said(turn)).toBe(say(`feedback.${next}`))
  })

  test('but not once something else was said', () => {
    const person = asked()
    person.clock = { ...person.clock, now: person.clock.now + 1000 }
    person.says('menu')
    expect(asksOf(person.says('ja'))).toEqual([])
  })
})
