/** Two talk through the bot, each in a language of their own: what crosses, what does not, the door, the code word, and the end. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import {
  AMINAS_WORDS,
  beginning,
  everythingSentTo,
  nameless,
  openPlace,
  type Person,
  type Place,
  readsCodeWord,
  sendsPicture,
  twoWhoTalk,
  YUSUF,
} from './people-at-work.js'
import { eventually } from './product.js'
import { dropDatabases, LAST_STORE, storedText } from './stores.js'

const DOOR = 'Birkevej 14, 3. tv, Nuur'
const NUMBER = '20 12 34 56'
const CPR = '010190-1234'
const MASK = '▮▮▮▮'

afterAll(dropDatabases)

describe.each(LAST_STORE)('on %s', (_, makeStore) => {
  let place: Place
  let amina: Person
  let yusuf: Person
  let receipt: string
  beforeEach(async () => {
    place = await openPlace({ store: makeStore() })
    ;({ amina, yusuf, receipt } = await twoWhoTalk(place))
  })
  afterEach(() => place.close())

  const fromAmina = (text: string) => yusuf.t('talking.says', { other: nameless(amina), receipt, text })
  const fromYusuf = (text: string) => amina.t('talking.says', { other: YUSUF, receipt, text })
  test('words and cards cross both ways, contacts and numbers do not; door, code word, end and feedback', async () => {
    await yusuf.reads(yusuf.t('talking.note', { other: nameless(amina), text: AMINAS_WORDS }))
    await yusuf.reads(yusuf.t('talking.medicine.helper', { other: nameless(amina) }))
    await amina.reads(amina.t('talking.medicine.resident'))
    const word = await readsCodeWord(yusuf, 'helper', nameless(amina))
    expect(word).toMatch(/^\p{L}+ \d\d$/u)
    expect(await readsCodeWord(amina, 'resident', YUSUF)).toBe(word)

    await amina.says('Ma iman kartaa galabta?')
    await yusuf.reads(fromAmina('Ma iman kartaa galabta?'))
    await yusuf.says('نعم، سآتي بعد الظهر')
    await amina.reads(fromYusuf('نعم، سآتي بعد الظهر'))
    await amina.taps(amina.t('talking.button.cards'))
    await amina.taps(`1. ${amina.t('card.hello')}`)
    await yusuf.reads(fromAmina(yusuf.t('card.hello')))
    await yusuf.taps(yusuf.t('talking.button.cards'))
    await yusuf.taps(`4. ${yusuf.t('card.at-your-door')}`)
    await amina.reads(fromYusuf(amina.t('card.at-your-door')))
    // Who says that they are at the door is on the way, as by the button.
    await amina.reads(amina.t('asking.told.on-the-way', { alias: YUSUF }))

    await amina.says(`Lambarkaygu waa ${NUMBER}`)
    await amina.reads(amina.t('talking.masked.phone'))
    await yusuf.reads(fromAmina(`Lambarkaygu waa ${MASK}`))
    await amina.says(`Waa ${CPR}`)
    await amina.reads(amina.t('talking.masked.sent', { other: YUSUF, receipt }))
    await yusuf.reads(beginning(fromAmina('Waa |')))
    await sendsPicture(place, amina)
    await amina.reads(amina.t('talking.attachment'))

    await amina.taps(amina.t('talking.button.show-door'), 'old')
    await amina.reads(amina.t('asking.door.ask', { alias: YUSUF }))
    await amina.says(DOOR)
    await amina.reads(amina.t('asking.door.shown'))
    await yusuf.reads(yusuf.t('talking.door', { other: nameless(amina), receipt, door: DOOR }))
    expect(await storedText(place.environment)).toContain(DOOR)

    await yusuf.taps(yusuf.t('talking.button.on-my-way'))
    await yusuf.taps(yusuf.t('volunteering.button.done'))
    await amina.reads(amina.t('asking.told.done'))
    for (const [one, other] of [
      [amina, YUSUF],
      [yusuf, nameless(amina)],
    ] as const) {
      await one.reads(one.t('talking.ends', { other, receipt }))
      await one.reads(one.t('asking.feedback.ask', { other }))
      await one.taps(one.t('asking.feedback.good'))
      await one.taps(one.t('asking.feedback.no-words'))
      await one.reads(one.t('asking.feedback.thanks'))
    }
    await yusuf.says('هل من شيء آخر؟')
    await eventually(async () => !(await storedText(place.environment)).includes(DOOR))
    const [hers, his] = [everythingSentTo(amina), everythingSentTo(yusuf)]
    for (const secret of [amina.id, NUMBER, CPR, '41 B']) expect(his).not.toContain(secret)
    for (const secret of [yusuf.id, 'هل من شيء آخر']) expect(hers).not.toContain(secret)
    expect((his.match(new RegExp(DOOR, 'g')) ?? []).length).toBe(1)
  })
})
