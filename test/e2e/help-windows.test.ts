/** One person plays resident, volunteer and coordinator in three browser windows, each with a device key of its own; and a crash in the middle. */
import { afterAll, describe, expect, test } from '@jest/globals'
import {
  AMINAS_WORDS,
  accepts,
  arrive,
  asksForMedicine,
  becomesCoordinator,
  becomesVolunteer,
  confirms,
  onDuty,
  openPlace,
  openWindow,
  plain,
  readsOffer,
  talkBegins,
} from './people-at-work.js'
import { dropDatabases, FIRST_STORE } from './stores.js'

afterAll(dropDatabases)

describe.each(FIRST_STORE)('on %s', (_, makeStore) => {
  test('three windows: asked for, alarmed, said yes to, talked about, done; a window opened again shows the same person', async () => {
    const place = await openPlace({ store: makeStore() })
    const [resident, helper, coordinator] = await Promise.all(['en', 'da', 'da'].map((language) => openWindow(place, language)))
    if (resident === undefined || helper === undefined || coordinator === undefined) throw new Error('no windows')
    expect(new Set([resident, helper, coordinator].map(({ cookie }) => cookie)).size).toBe(3)
    await becomesCoordinator(place, coordinator)
    await asksForMedicine(resident, { what: AMINAS_WORDS, stairwell: '3' })
    const receipt = await confirms(resident)
    await coordinator.reads(coordinator.t('coordinating.why.nobody-eligible'))
    await becomesVolunteer(place, helper, 'lone')
    await coordinator.taps(coordinator.t('coordinating.button.more'))
    await coordinator.taps(coordinator.t('coordinating.button.ask-more'))
    await coordinator.reads(coordinator.t('coordinating.ok.ask-more', { receipt }))
    await accepts(helper, receipt, resident)
    await resident.says('Please come at 15.00')
    await helper.reads('Please come at 15.00')
    const again = await openWindow(place, 'da', helper.cookie)
    expect(again.id).toBe(helper.id)
    await again.reads('Please come at 15.00')
    await again.taps(again.t('talking.button.on-my-way'))
    await resident.reads(resident.t('asking.told.on-the-way', { alias: 'Lone (demo)' }))
    for (const window of [resident, helper, coordinator, again]) window.close()
    await place.close()
  })

  test('killed after the offer and started again: a yes counts once', async () => {
    const place = await openPlace({ store: makeStore() })
    const yusuf = await onDuty(place, 'yusuf', 'ar')
    const amina = await arrive(place, 'so')
    await asksForMedicine(amina, { what: AMINAS_WORDS, stairwell: '3' })
    const receipt = await confirms(amina)
    await readsOffer(yusuf, receipt)
    await place.crash()
    await accepts(yusuf, receipt, amina)
    await yusuf.taps(yusuf.t('volunteering.button.accept'), 'old')
    await yusuf.reads(yusuf.t('volunteering.refused.already-yours', { receipt }))
    await place.crash()
    await amina.says('Ma iman kartaa?')
    await yusuf.reads('Ma iman kartaa?')
    const begun = yusuf.all().filter(({ text }) => plain(text).startsWith(talkBegins(yusuf, receipt, amina)))
    expect(begun).toHaveLength(1)
    await place.close()
  })
})
