/** A resident asks for somebody who fetches medicine, and the right few volunteers are asked: what each of them reads, and what nobody may read. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { copenhagenTime } from '../../src/core/copenhagen.js'
import {
  arrive,
  asked,
  asksForMedicine,
  beginning,
  confirms,
  everythingSentTo,
  languageName,
  library,
  onDuty,
  openPlace,
  type Person,
  type Place,
  plain,
  readsOffer,
  talkBegins,
} from './people-at-work.js'
import { eventually } from './product.js'
import { dropDatabases, FIRST_STORE } from './stores.js'

const NOTE = 'Daawadeydu waxay ku jirtaa farmashiyaha'
const WANTED = { what: NOTE, stairwell: 'opgang 41 b', also: ['da'], wishes: [] }
const MINUTE_MS = 60_000
const AREA = library.areas['demo']?.name ?? ''

afterAll(dropDatabases)

describe.each(FIRST_STORE)('on %s', (_, makeStore) => {
  let place: Place
  beforeEach(async () => {
    place = await openPlace({ store: makeStore() })
  })
  afterEach(() => place.close())

  /** Five who may do it: each in a language of their own. */
  const fiveOnDuty = () =>
    Promise.all([
      onDuty(place, 'hodan', 'so'),
      onDuty(place, 'abdi', 'en'),
      onDuty(place, 'fatma', 'tr'),
      onDuty(place, 'lone', 'da'),
      onDuty(place, 'yusuf', 'ar'),
    ])

  test('asked in Somali by taps and words: five questions, a summary, a number, and an honest wait', async () => {
    await fiveOnDuty()
    const amina = await arrive(place, 'so')
    const before = amina.all().length
    const summary = await asksForMedicine(amina, { ...WANTED, wishes: ['woman', 'stairwell'] })
    const lines = [
      amina.t('asking.summary.task', { task: amina.t('volunteering.task.medicine') }),
      amina.t('asking.summary.what', { what: NOTE }),
      amina.t('asking.summary.when', { when: amina.t('asking.when.now') }),
      amina.t('asking.summary.stairwell', { area: AREA, stairwell: '41 B' }),
      amina.t('asking.summary.languages', { languages: `${languageName('so')}, ${languageName('da')}` }),
      amina.t('asking.summary.wishes', { wishes: `${amina.t('asking.wish.woman')}, ${amina.t('asking.wish.stairwell')}` }),
    ]
    for (const line of lines) expect(summary).toContain(line)
    const questions = ['what.medicine', 'when', 'area', 'stairwell', 'language', 'wishes'].map((id) => amina.t(`asking.${id}`))
    const read = amina
      .all()
      .slice(before)
      .map(({ text }) => plain(text))
    // Area and stairwell are one matter: where.
    for (const question of questions) expect(read.filter((text) => text === question)).toHaveLength(1)
    const receipt = await confirms(amina)
    expect(receipt).toMatch(/^H-/)
    await amina.reads(amina.t('asking.wait.unknown'))
    await amina.reads(amina.t('asking.wait.news'))
    expect(await place.desk('show', receipt)).toContain(receipt)
  })

  test('three of five read the offer in their own language; of many who accept at once one has it, the others read so', async () => {
    const five = await fiveOnDuty()
    const amina = await arrive(place, 'so')
    await asksForMedicine(amina, WANTED)
    const receipt = await confirms(amina)
    await eventually(() => asked(five, receipt).length === 3)
    const three = asked(five, receipt)
    for (const one of three) {
      const offer = await readsOffer(one, receipt)
      expect(offer).toContain(one.t('volunteering.offer.when', { when: one.t('volunteering.offer.when.now') }))
      expect(offer).toContain(one.t('volunteering.offer.area', { area: AREA }))
      // Fatma and Lone speak no Somali: what they share with her is Danish.
      const shared = ['tr', 'da'].includes(one.language) ? 'da' : 'so'
      expect(offer).toContain(one.t('volunteering.offer.language', { language: languageName(shared) }))
      expect(
        one
          .since()
          .at(-1)
          ?.buttons.map(({ title }) => title),
      ).toEqual(['accept', 'decline', 'why'].map((act) => expect.stringMatching(one.t(`volunteering.button.${act}`).slice(0, 15))))
      expect(everythingSentTo(one)).not.toMatch(new RegExp(`${NOTE}|${amina.id}|41 ?B`, 'i'))
    }
    await three[2]?.taps(three[2].t('volunteering.button.why'))
    const why = await three[2]?.reads(three[2].t('volunteering.why.heading', { receipt }))
    expect(why).toContain(three[2]?.t('volunteering.why.near'))
    await Promise.all(three.map((one) => one.taps(one.t('volunteering.button.accept'), 'old')))
    // Told by the news, or by the refusal of their own yes, whichever comes first.
    const taken = (one: Person) => ['told', 'refused'].map((how) => one.t(`volunteering.${how}.taken`, { receipt }))
    const lost = (one: Person) => one.since().some(({ text }) => taken(one).includes(plain(text)))
    const begins = (one: Person) => one.since().some(({ text }) => plain(text).startsWith(talkBegins(one, receipt, amina)))
    await eventually(() => three.every((one) => lost(one) || begins(one)), 40_000)
    expect([three.filter(begins).length, three.filter(lost).length]).toEqual([1, 2])
    expect(three.filter((one) => lost(one) && begins(one))).toEqual([])
    await amina.reads(amina.t('volunteering.task.medicine'))
    expect(asked(five, receipt)).toHaveLength(3)
  })

  test('with nobody on duty it is staff that have it, which is said in the same breath as the number', async () => {
    const amina = await arrive(place, 'so')
    await asksForMedicine(amina, WANTED)
    const receipt = await confirms(amina)
    expect(await amina.reads(receipt)).toContain(amina.t('asking.wait.staff'))
    await amina.reads(beginning(amina.t('asking.staff.not-told-before', { time: '|' })))
    expect(amina.all().some(({ text }) => text.includes(amina.t('asking.staff.told')))).toBe(false)
  })

  test('while nobody keeps hours, the hour is said when somebody does', async () => {
    const soon = Date.now() + 20 * MINUTE_MS
    const [from, until] = [soon, soon + 60 * MINUTE_MS].map((at) => copenhagenTime(at).slice(-5))
    await place.close()
    place = await openPlace({
      store: makeStore(),
      people: (file) => file.replace('alias: Hodan (demo)', `$&\n    hours: mon-sun ${from}-${until}`),
    })
    const hodan = await onDuty(place, 'hodan', 'so')
    const amina = await arrive(place, 'so')
    await asksForMedicine(amina, WANTED)
    const receipt = await confirms(amina)
    expect(await amina.reads(receipt)).toContain(from?.replace(':', '.'))
    expect(asked([hodan], receipt)).toEqual([])
  })
})
