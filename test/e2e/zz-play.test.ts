import { appendFileSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, test } from '@jest/globals'
import { arrive, asksForMedicine, confirms, becomesCoordinator, onDuty, openPlace, type Person } from './people-at-work.js'
import { dropDatabases, FIRST_STORE } from './stores.js'
afterAll(dropDatabases)
const OUT = '/tmp/staffvol/play.txt'
writeFileSync(OUT, '')
const log = (line: string) => appendFileSync(OUT, line + '\n')
async function show(name: string, person: Person, wait = 1500) {
  await sleep(wait)
  for (const { text, buttons } of person.since()) log(`  ${name} < ${text.replace(/\n/g, '\n      ')}\n      [${buttons.map(({ title }) => title).join('] [')}]`)
}
async function say(name: string, person: Person, text: string, wait = 1500) {
  log(`${name} > ${text}`)
  await person.says(text)
  await show(name, person, wait)
}
async function tap(name: string, person: Person, title: string, when?: 'old') {
  log(`${name} taps ${title}`)
  try { await Promise.race([person.taps(title, when), sleep(6000).then(() => { throw new Error('no button ' + title) })]) } catch (e) { log('!!! ' + String(e).slice(0, 300)); return }
  await show(name, person)
}
test('play', async () => {
  const place = await openPlace({ store: FIRST_STORE[0]![1]() })
  try {
    const sanne = await arrive(place, 'da')
    await becomesCoordinator(place, sanne)
    const hodan = await onDuty(place, 'hodan', 'da')
    await show('Hodan', hodan)
    const yusuf = await onDuty(place, 'yusuf', 'da')
    const amina = await arrive(place, 'so')
    await asksForMedicine(amina, { what: 'daawo', stairwell: '3' })
    await confirms(amina)
    await show('Amina', amina, 3000)
    await show('Hodan', hodan)
    await say('Hodan', hodan, 'hvad går det ud på?')
    await say('Hodan', hodan, 'hvor langt er der?')
    await tap('Hodan', hodan, 'Tag opgaven', 'old')
    await show('Amina', amina)
    await show('Yusuf', yusuf)
    await say('Hodan', hodan, 'jeg er 16 år')
    await show('Hodan', hodan, 4000)
    await show('Amina', amina)
    await show('Yusuf', yusuf)
    await show('Sanne', sanne, 3000)
    await say('Hodan', hodan, 'på vagt')
    await say('Hodan', hodan, 'mine opgaver')
    await say('Hodan', hodan, 'jeg er 26')
    await say('Sanne', sanne, 'alarmer', 2500)
    await tap('Sanne', sanne, 'Frivillig 1')
    await tap('Sanne', sanne, 'Godkend', 'old')
    await show('Hodan', hodan, 2000)
    await say('Hodan', hodan, 'på vagt')
    await say('Hodan', hodan, 'jeg er 16 år')
    await say('Hodan', hodan, 'hold pause')
    await say('Hodan', hodan, 'pause slut')
    await say('Hodan', hodan, 'frivillig')
    log(await place.desk('list'))
    const receipt = /H-\w{4}/.exec(await place.desk('list'))?.[0] ?? ''
    log(await place.desk('show', receipt))
    log(await place.desk('approve').catch((e: unknown) => String(e)))
    log(await place.desk('on-call', 'demo'))
  } finally {
    await place.close()
  }
}, 160_000)
