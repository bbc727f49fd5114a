/** How a request goes on or ends once somebody said yes: handed back, nobody came, called off, erased by either side, reported. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import {
  AMINAS_WORDS,
  accepts,
  arrive,
  asksForMedicine,
  becomesCoordinator,
  beginning,
  confirms,
  everythingSentTo,
  nameless,
  onDuty,
  openPlace,
  type Place,
  readsOffer,
  twoWhoTalk,
  typed,
  YUSUF,
} from './people-at-work.js'
import { eventually } from './product.js'
import { dropDatabases, STORES, storedText } from './stores.js'

const HODAN = 'Hodan (demo)'
const HERS = 'Albaabka buluugga ah'
const HIS = 'أنا أمام المبنى'

afterAll(dropDatabases)

describe.each(STORES)('on %s', (_, makeStore) => {
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
    await amina.reads(amina.t('asking.told.looking'))
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

  test('the resident has everything erased: whoever was on the way reads not to go, and none of their words is left', async () => {
    const { amina, yusuf, receipt } = await twoWhoTalk(place)
    await amina.says(HERS)
    await yusuf.reads(HERS)
    expect(await storedText(place.environment)).toContain(HERS)
    await amina.says(typed(amina, 'delete-me'))
    await amina.taps(amina.t('delete-me.yes'))
    await yusuf.reads(yusuf.t('volunteering.told.do-not-go', { receipt }))
    await eventually(async () => {
      const stored = await storedText(place.environment)
      return !stored.includes(HERS) && !stored.includes(AMINAS_WORDS)
    })
    await yusuf.says('مرحبا')
    await eventually(() => yusuf.since().length > 0)
    expect(amina.since().filter(({ text }) => text !== amina.t('delete-me.done'))).toEqual([])
  })

  test('the helper has everything erased: handed back first, the next is asked, and none of their words is left', async () => {
    const { amina, yusuf, receipt } = await twoWhoTalk(place)
    const hodan = await onDuty(place, 'hodan', 'so')
    await yusuf.says(HIS)
    await amina.reads(HIS)
    await yusuf.says(typed(yusuf, 'delete-me'))
    await yusuf.taps(yusuf.t('delete-me.yes'))
    await amina.reads(amina.t('asking.told.handed-back', { alias: YUSUF }))
    await readsOffer(hodan, receipt)
    await eventually(async () => !(await storedText(place.environment)).includes(HIS))
  })

  test('reported: the talk ends, the one on call is alarmed in the chat, sees the case and decides; the two never meet again', async () => {
    const sanne = await arrive(place, 'da')
    await becomesCoordinator(place, sanne)
    const { amina, yusuf, receipt } = await twoWhoTalk(place)
    await yusuf.says(HIS)
    await amina.reads(HIS)
    await amina.says(typed(amina, 'report'))
    await amina.taps(amina.t('talking.report.yes'))
    await amina.reads(amina.t('talking.report.done', { receipt }))
    await yusuf.reads(yusuf.t('talking.ends', { other: nameless(amina), receipt }))
    await yusuf.reads(yusuf.t('volunteering.role.paused'))
    await yusuf.says(HIS)

    const alarm = await sanne.reads(sanne.t('coordinating.why.report'))
    expect(alarm).toContain(receipt)
    await amina.reads(amina.t('asking.staff.told'))
    await sanne.taps(sanne.t('coordinating.button.seen'))
    await sanne.reads(sanne.t('coordinating.ok.acknowledged'))
    await amina.reads(amina.t('asking.staff.has-it'))
    await sanne.taps(sanne.t('coordinating.button.more'))
    await sanne.taps(sanne.t('coordinating.button.decide'))
    await sanne.taps(sanne.t('coordinating.button.may-go-on'))
    await sanne.reads(sanne.t('coordinating.ok.decide-report', { receipt }))
    await yusuf.reads(yusuf.t('volunteering.role.resumed'))
    for (const secret of [HIS, AMINAS_WORDS, amina.id, yusuf.id]) expect(everythingSentTo(sanne)).not.toContain(secret)
  })
})
