import { beforeAll, describe, expect, test } from '@jest/globals'
import type { Library } from '../../src/core/library.js'
import type { TalkView } from '../../src/core/request-types.js'
import type { Outbound } from '../../src/core/types.js'
import { NOW, starterLibrary } from '../library.js'
import { effectsOf, messages, talk, texts } from './talk.js'
import {
  arrives,
  begins,
  crosses,
  HELPER,
  help,
  inArabic,
  inDanish,
  MASK,
  news,
  plain,
  press,
  relays,
  replies,
  SECOND,
  said,
  view,
} from './talkers.js'

let library: Library
beforeAll(async () => {
  library = await starterLibrary()
})
const dane = (...views: TalkView[]) => inDanish(library, ...views)
const resident = (...views: TalkView[]) => inArabic(library, ...views)

describe('a talk begins', () => {
  test('the helper reads who it is, what was written, how it works and the code word', () => {
    const person = talk(library)
    const turn = begins(person, HELPER, 'Mælk og brød. Ring 20304050')
    expect(said(turn)).toContain('Amina (H-4F7K)')
    expect(said(turn)).toContain('العربية')
    expect(said(turn)).toContain(`Amina har skrevet: Mælk og brød. Ring ${MASK}`)
    expect(said(turn)).toContain('æble')
    expect(said(turn)).toContain('Sig det ved døren')
    expect(said(turn)).toContain('500 kr.')
    expect(said(turn)).toContain('»Kort«')
    expect(said(turn)).not.toContain('luk ikke op')
    expect(replies(turn).map(({ action }) => [action.do, 'act' in action ? action.act : undefined])).toEqual([
      ['task', 'on-the-way'],
      ['task', 'agree-time'],
      ['card', undefined],
      ['task', 'hand-back'],
      ['talk', 'report'],
      ['talk', 'alias'],
      ['talk', undefined],
    ])
    expect(help(person)).toMatchObject({ talk: 'h1', talks: [HELPER] })
    expect(JSON.stringify(person.session)).not.toContain('Mælk')
  })

  test('the resident reads to ask for the word at the door, and gets their own buttons', () => {
    const turn = begins(talk(library), view({ otherLanguage: 'da' }))
    expect(said(turn)).toContain('Intet kodeord: luk ikke op.')
    expect(said(turn)).not.toContain('»Kort«')
    expect(replies(turn).map(({ action }) => ('act' in action ? action.act : action.do))).toEqual([
      'card',
      'show-door',
      'stop',
      'report',
      'alias',
      'talk',
    ])
  })

  test.each([
    ['medicine', 'CPR-nummer', 'ringer selv til apoteket', 'Ring selv til apoteket'],
    ['letter', 'MitID', 'sidder ved siden af dig', 'Sid ved siden af Yusuf'],
  ])('both read what %s asks of them', (task, common, helper, own) => {
    const [there, here] = [begins(talk(library), { ...HELPER, task }), begins(talk(library), view({ task }))]
    for (const turn of [there, here]) expect(said(turn)).toContain(common)
    expect(said(there)).toContain(helper)
    expect(said(here)).toContain(own)
  })

  test('a newer one waits behind a button, and words still go to the current one', () => {
    const person = dane(view())
    const turn = begins(person, SECOND)
    expect(said(turn)).toContain('går stadig til Yusuf (H-4F7K)')
    expect(relays(person.says('hej'))).toEqual([{ handoff: 'h1', text: 'hej' }])
    expect(said(press(person, turn, { do: 'talk', of: 'h2' }))).toContain('går til Leyla (H-9XYZ)')
    expect(relays(person.says('hej'))).toEqual([{ handoff: 'h2', text: 'hej' }])
  })

  test('told twice it is one talk', () => {
    expect(help(dane(view(), view())).talks).toHaveLength(1)
  })
})

describe('words cross', () => {
  test('both ways in two languages, without a word from Opgang to the writer', () => {
    const [amina, yusuf] = [resident(view()), dane(HELPER)]
    const hello = amina.says('أحتاج الحليب')
    expect(messages(hello)).toEqual([])
    const [read] = crosses(hello, yusuf, 'Amina')
    expect(read && messages(read).map(({ text, language }) => [language, text])).toEqual([
      ['da', '\u2068Amina\u2069 (\u2068H-4F7K\u2069): \u2068أحتاج الحليب\u2069'],
    ])
    const answer = yusuf.says('Kommer kl. 14.30')
    expect(messages(answer)).toEqual([])
    const [back] = crosses(answer, amina, 'Yusuf')
    expect(back && said(back)).toContain('Kommer kl. 14.30')
    expect(back && messages(back)[0]?.language).toBe('ar')
    expect(JSON.stringify([amina.session, yusuf.session])).not.toMatch(/الحليب|14\.30/)
  })

  test('what is a question to Opgang elsewhere, a yes, a number or an emoji goes to the other', () => {
    const person = dane(view())
    for (const text of ['ja', 'Hvornår bliver der vand igen?', '3', '👍', 'tak']) {
      const turn = person.says(text)
      expect([text, relays(turn), messages(turn)]).toEqual([text, [{ handoff: 'h1', text }], []])
    }
  })

  test('the name of a language may be for either: it is asked', () => {
    const person = dane(view())
    const asked = person.says('English')
    expect(relays(asked)).toEqual([])
    expect(said(asked)).toContain('Hvem er det til?')
    expect(press(person, asked, { of: '' }).session.language.code).toBe('en')
  })

  test('a pattern of our own phrases is only words', () => {
    const text = '{{receipt}} $t(talking.how) $& \u202eabc\n\n\nYusuf'
    expect(plain(texts(arrives(dane(view()), { text }))[0])).toBe('Yusuf (H-4F7K): {{receipt}} $t(talking.how) $& abc\nYusuf')
  })

  test('of another talk they name it and offer the way there', () => {
    const person = dane(view(), SECOND)
    const turn = arrives(person, { text: 'hvornår?' }, SECOND, 'Leyla')
    expect(said(turn)).toContain('Leyla (H-9XYZ): hvornår?')
    expect(said(turn)).toContain('går stadig til Yusuf')
    press(person, turn, { do: 'talk', of: 'h2' })
    expect(relays(person.says('nu'))).toEqual([{ handoff: 'h2', text: 'nu' }])
  })

  test('after the end nothing is shown', () => {
    const person = dane(view())
    news(person, { what: 'talk-ends' })
    expect(messages(arrives(person, { text: 'er du der?' }))).toEqual([])
    expect(messages(arrives(talk(library), { text: 'er du der?' }))).toEqual([])
  })
})

describe('what does not cross is said', () => {
  test('telephone numbers, addresses and links are hidden, each once, and the rest is sent', () => {
    const person = dane(view())
    const turn = person.says('Ring 20304050 eller skriv a@b.dk')
    expect(relays(turn)).toEqual([{ handoff: 'h1', text: `Ring ${MASK} eller skriv ${MASK}` }])
    expect(said(turn)).toContain('skjult et telefonnummer')
    expect(said(turn)).toContain('skjult en mailadresse')
    expect(said(turn)).toContain('Resten er sendt til Yusuf (H-4F7K)')
  })

  test('numbers that everybody may call cross', () => {
    const person = talk(library, {
      scene: { area: { id: 'a', name: 'A', demo: false, owner: 'o', variables: { office_phone: '33 12 45 67' } } },
    })
    begins(person, view())
    const turn = person.says('Kontoret er 33124567, lægen 1813')
    expect(relays(turn)).toEqual([{ handoff: 'h1', text: 'Kontoret er 33124567, lægen 1813' }])
    expect(messages(turn)).toEqual([])
  })

  test('what was masked at the door comes with the sentence why', () => {
    const turn = dane(view()).says('Mit cpr er ▮▮▮▮▮▮-▮▮▮▮', { redacted: ['cpr'] })
    expect(relays(turn)).toEqual([{ handoff: 'h1', text: 'Mit cpr er ▮▮▮▮▮▮-▮▮▮▮' }])
    expect(said(turn)).toContain('ligner et CPR-nummer')
    expect(said(turn)).toContain('Resten er sendt')
  })

  test('a picture alone is not sent, and the text beside one is', () => {
    const person = dane(view())
    const alone = person.says('', { attachments: ['image'] })
    expect(relays(alone)).toEqual([])
    expect(said(alone)).toContain('Skriv det, eller brug et kort.')
    const beside = person.says('se her', { attachments: ['image'] })
    expect(relays(beside)).toEqual([{ handoff: 'h1', text: 'se her' }])
    expect(said(beside)).toContain('bliver ikke sendt videre')
  })

  test('words of danger go to nobody, and tell staff of the talk they were written in; where that is not known, of each', () => {
    const person = dane(view(), SECOND)
    const turn = person.says('Han slår mig')
    expect(relays(turn)).toEqual([])
    expect(effectsOf(turn, 'openHandoff')).toMatchObject([{ task: 'danger', note: 'violence', talks: ['h1'] }])
    expect(effectsOf(turn, 'talk-danger').map(({ handoff }) => handoff)).toEqual(['h1'])
    expect(replies(turn).map(({ action }) => action)).toContainEqual({ do: 'talk', of: 'h1', act: 'report' })
    expect(said(turn)).toContain('112')
    expect(said(turn)).toContain('Det, du skrev, er ikke sendt til Yusuf.')
    const again = person.says('Han slår mig igen')
    expect(effectsOf(again, 'openHandoff')).toEqual([])
    expect(effectsOf(again, 'talk-danger').map(({ handoff }) => handoff)).toEqual(['h1', 'h2'])
  })

  test('what the patterns take for danger is asked about in a talk and as long as it can be reported, though it is let go elsewhere', () => {
    const person = dane()
    const asks = () => said(person.says('Min mand slår mig altid i backgammon')).includes('Er nogen i fare lige nu?')
    expect(asks()).toBe(false)
    begins(person, view())
    expect(asks()).toBe(true)
    news(person, { what: 'talk-ends' })
    expect(asks()).toBe(true)
    person.clock = { ...person.clock, now: NOW + 31 * 24 * 3_600_000 }
    expect(asks()).toBe(false)
  })

  test('words of arriving cross, and ask nobody whether they are in danger', () => {
    const helper = dane(HELPER)
    expect(relays(helper.says('Jeg står ved opgangen.'))).toEqual([{ handoff: 'h1', text: 'Jeg står ved opgangen.' }])
  })

  test('after a card of danger nothing crosses before it is said whom it is for: the card says "write to me"', () => {
    const person = dane(view())
    person.says('Han slår mig')
    const next = person.says('Tak for i går')
    expect(relays(next)).toEqual([])
    expect(said(next)).toContain('Hvem er det til?')
    expect(relays(press(person, next, { of: 'h1' }))).toEqual([{ handoff: 'h1', text: 'Tak for i går' }])
  })

  test('unclear words of danger wait: a yes alarms, a no asks whom they are for', () => {
    for (const answer of ['yes', 'no']) {
      const person = dane(view())
      const asked = person.says('Min mand slår mig altid i backgammon')
      expect(said(asked)).toContain('Er nogen i fare lige nu?')
      expect(said(asked)).toContain('ikke sendt til Yusuf')
      expect([...relays(asked), ...effectsOf(asked, 'talk-danger')]).toEqual([])
      const turn = press(person, asked, { do: 'danger', answer })
      expect(effectsOf(turn, 'talk-danger')).toHaveLength(answer === 'yes' ? 1 : 0)
      expect(relays(turn)).toEqual([])
      if (answer === 'no') {
        const sent = press(person, turn, { do: 'talk', of: 'h1', send: true })
        expect(relays(sent)).toEqual([{ handoff: 'h1', text: 'Min mand slår mig altid i backgammon' }])
      }
    }
  })

  test('a talk that ended meanwhile is said to have missed the words', () => {
    const person = dane(view())
    const result = { command: 'relay', handoff: 'h1', receipt: 'H-4F7K', refused: 'ended' }
    const turn = person.happens({ type: 'result', of: '1.0', result } as never)
    expect(said(turn)).toContain('nåede ikke frem')
    expect(help(person).talks).toEqual([])
    expect(said(person.happens({ type: 'result', of: '1.1', result } as never))).toContain('nåede ikke frem')
  })
})

test('every phrase of the talk has its values filled in', () => {
  const shown: Outbound[] = []
  for (const one of [HELPER, view({ task: 'medicine' }), view({ task: 'letter' })]) {
    const person = dane(one, { ...SECOND, side: one.side })
    for (const turn of [
      begins(person, one, 'note'),
      person.says('stop'),
      person.says('anmeld'),
      person.says('kort'),
      person.says('spørg opgang'),
      news(person, { what: 'still-there' }),
      news(person, { what: 'other-erased' }),
    ])
      shown.push(...messages(turn))
  }
  for (const { text, quickReplies = [] } of shown)
    for (const said of [text, ...quickReplies.map(({ title }) => title)]) expect(said).not.toMatch(/\{\{|talking\.|undefined/)
})
