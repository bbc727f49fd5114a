/** How a request goes on or ends once somebody said yes by what people say: handed back, nobody came, called off. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import {
  AMINAS_WORDS,
  accepts,
  arrive,
  asksForMedicine,
  becomesCoordinator,
  beginning,
  confirms,
  onDuty,
  openPlace,
  type Place,
  twoWhoTalk,
  typed,
  YUSUF,
} from './people-at-work.js'
import { dropDatabases, LAST_STORE } from './stores.js'

const HODAN = 'Hodan (demo)'

afterAll(dropDatabases)

describe.each(LAST_STORE)('on %s', (_, makeStore) => {
  let place: Place
  beforeEach(async () => {
    place = await openPlace({ store: makeStore() })
  })
  afterEach(() => place.close())

  test('handed back without blame: the resident reads it and the next is asked; nobody came: the next again, and staff', async () => {
    const sanne = await arrive(place, 'da')
    await becomesCoordinator(place, sanne)
    const hodan = await onDuty(place, 'hodan', 'so')
    const yusuf = await onDuty(place, 'yusuf', 'ar')
    const amina = await arrive(place, 'so')
    await asksForMedicine(amina, { what: AMINAS_WORDS, stairwell: '3' })
    const receipt = await confirms(amina)
    await accepts(hodan, receipt, amina)
    expect(yusuf.since()).toHaveLength(1)

    await hodan.taps(hodan.t('talking.button.hand-back'))
    await hodan.taps(hodan.t('volunteering.hand-back.ill'))
    await hodan.reads(hodan.t('volunteering.result.hand-back', { receipt }))
    const handedBack = await amina.reads(amina.t('asking.told.handed-back', { alias: HODAN }))
    expect(handedBack).not.toContain(amina.t('volunteering.hand-back.ill'))
    await accepts(yusuf, receipt, amina)
    await amina.reads(beginning(amina.t('talking.begins.resident', { other: `${YUSUF}|`, receipt, task: '', language: '' })))

    await amina.says(typed(amina, 'my-requests'))
    await amina.reads(beginning(amina.t('asking.state.helper', { time: '|' })))
    await amina.says(typed(amina, 'nobody-came'))
    await amina.reads(amina.t('asking.nobody-came.giving'))
    await amina.reads(amina.t('talking.ends', { other: YUSUF, receipt }))
    await yusuf.reads(yusuf.t('volunteering.told.handed-on', { receipt }))
    await sanne.reads(sanne.t('coordinating.why.nobody-came'))
    // Nobody is left to be asked.
    await amina.reads(amina.t('asking.told.with-staff'))
  })

  test('called off: whoever said yes reads not to go', async () => {
    const { amina, yusuf, receipt } = await twoWhoTalk(place)
    await amina.says(typed(amina, 'cancel-request'))
    await amina.taps(amina.t('asking.cancel.yes'))
    await amina.reads(amina.t('asking.told.cancelled'))
    await yusuf.reads(yusuf.t('volunteering.told.do-not-go', { receipt }))
    await yusuf.taps(yusuf.t('talking.button.on-my-way'), 'old')
    await yusuf.reads(yusuf.t('volunteering.tasks.over'))
  })
})
