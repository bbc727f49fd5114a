/** Either side may have everything erased in the middle, or report the other: what the other reads, what staff read, and what is left. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import {
  AMINAS_WORDS,
  arrive,
  becomesCoordinator,
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
import { dropDatabases, FIRST_STORE, storedText } from './stores.js'

const HERS = 'Albaabka buluugga ah'
const HIS = 'أنا أمام المبنى'

afterAll(dropDatabases)

describe.each(FIRST_STORE)('on %s', (_, makeStore) => {
  let place: Place
  beforeEach(async () => {
    place = await openPlace({ store: makeStore() })
  })
  afterEach(() => place.close())

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
    await yusuf.reads(yusuf.t('volunteering.role.resumed.on-duty'))
    for (const secret of [HIS, AMINAS_WORDS, amina.id, yusuf.id]) expect(everythingSentTo(sanne)).not.toContain(secret)
  })
})
