/** A coordinator asks for somebody who has no chat, and answers somebody who wants to help. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import {
  accepts,
  arrive,
  asked,
  asksForMedicine,
  becomesCoordinator,
  beginning,
  confirms,
  everythingSentTo,
  languageName,
  library,
  nameless,
  onDuty,
  openPlace,
  type Person,
  type Place,
  readsCodeWord,
  readsOffer,
  typed,
} from './people-at-work.js'
import { eventually } from './product.js'
import { dropDatabases, FIRST_STORE, storedText } from './stores.js'

const INGRIDS = 'Posen ligger klar ved disken'
const CODE_WORD = /^\p{L}+ \d\d$/u
const DOOR = 'Birkevej 22, st. th, Holm'

afterAll(dropDatabases)

describe.each(FIRST_STORE)('on %s', (_, makeStore) => {
  let place: Place
  let sanne: Person
  beforeEach(async () => {
    place = await openPlace({ store: makeStore() })
    sanne = await arrive(place, 'da')
    await becomesCoordinator(place, sanne)
  })
  afterEach(() => place.close())

  test('for Ingrid, who has no chat: staff carry the words, the helper alone reads the door, both sides the same code word', async () => {
    const lone = await onDuty(place, 'lone', 'da')
    const hodan = await onDuty(place, 'hodan', 'so')
    await sanne.taps(sanne.t('coordinating.button.behalf'), 'old')
    await sanne.taps(sanne.t('volunteering.task.medicine'))
    await sanne.reads(sanne.t('coordinating.behalf.what', { task: sanne.t('volunteering.task.medicine') }))
    await sanne.says(INGRIDS)
    await sanne.taps(sanne.t('asking.when.now'))
    await sanne.taps('2')
    await sanne.reads(sanne.t('asking.language.behalf'))
    await sanne.taps(sanne.t('asking.language.only', { language: languageName('da') }))
    await sanne.taps(sanne.t('asking.wish.woman'))
    await sanne.taps(sanne.t('asking.done'))
    await sanne.reads(sanne.t('asking.summary'))
    const receipt = await confirms(sanne)
    await eventually(() => asked([lone, hodan], receipt).length === 2)
    const offer = await readsOffer(hodan, receipt)
    expect(offer).toContain(hodan.t('volunteering.offer.language', { language: languageName('da') }))

    await accepts(lone, receipt, sanne)
    const word = await readsCodeWord(lone, 'helper', nameless(sanne))
    expect(word).toMatch(CODE_WORD)
    expect(await readsCodeWord(sanne, 'behalf', 'Lone (demo)')).toBe(word)
    await sanne.taps(sanne.t('talking.button.show-door'))
    await sanne.says(DOOR)
    await lone.reads(DOOR)
    expect(everythingSentTo(hodan)).not.toMatch(new RegExp(`${DOOR}|${INGRIDS}`))
    await lone.taps(lone.t('talking.button.on-my-way'))
    await lone.taps(lone.t('volunteering.button.done'))
    await sanne.reads(sanne.t('asking.told.done'))
    await eventually(async () => !(await storedText(place.environment)).includes(DOOR))
  })

  test('somebody signs up in the chat, the coordinator says yes there, and they are asked like everybody', async () => {
    const karim = await arrive(place, 'ar')
    await karim.says(typed(karim, 'volunteer'))
    await karim.taps(karim.t('volunteering.sign-up.adult.yes'))
    await karim.taps('الجيران (demo)')
    await karim.taps(library.areas['demo']?.name ?? '')
    await karim.taps(languageName('da'))
    await karim.taps(karim.t('volunteering.button.ready'))
    await karim.taps(karim.t('volunteering.button.all'))
    await karim.taps(karim.t('volunteering.hours.any'))
    await karim.taps(karim.t('volunteering.gender.man'))
    await karim.says('كريم')
    await karim.reads(karim.t('volunteering.promise.text'))
    await karim.taps(karim.t('volunteering.sign-up.promise.yes'))
    await karim.taps(karim.t('volunteering.sign-up.summary.yes'))
    await karim.reads(karim.t('volunteering.sign-up.sent'))
    await sanne.reads(sanne.t('coordinating.why.application'))
    expect(everythingSentTo(sanne)).not.toMatch(new RegExp(`كريم|${karim.id}`))
    expect(await place.desk('approve', '--list')).toContain('(demo)')
    await sanne.taps(sanne.t('coordinating.button.approve'))
    await sanne.reads(sanne.t('coordinating.ok.approve'))
    await karim.reads(karim.t('volunteering.role.approved'))
    await karim.taps(karim.t('volunteering.button.duty-on'))
    await karim.reads(beginning(karim.t('volunteering.duty.on', { until: '|' })))

    const amina = await arrive(place, 'so')
    await asksForMedicine(amina, { what: INGRIDS, stairwell: '3', also: ['da'], wishes: [] })
    const receipt = await confirms(amina)
    await accepts(karim, receipt, amina)
    await amina.reads('كريم')
  })
})
