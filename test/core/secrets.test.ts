import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { Library } from '../../src/core/library.js'
import { starterLibrary } from '../library.js'
import { HOSTILE, operationsOf } from './operations.js'

const MASK = '▮▮▮▮'

let library: Library
beforeAll(async () => {
  library = await starterLibrary()
})

const hide = (text: string) => library.hideSecrets(text)

describe('a secret is hidden where a word names it', () => {
  test.each([
    ['min adgangskode er solskin', `min adgangskode er ${MASK}`],
    ['kode: solskin', `kode: ${MASK}`],
    ['kodeord: Sommer2024!', `kodeord: ${MASK}`],
    ['Min nye kode til netbank hedder Fuglesang', `Min nye kode til netbank hedder ${MASK}`],
    ['koden er “Hestesko”.', `koden er “${MASK}”.`],
    ['kode: "blå hest 12" virker den?', `kode: "${MASK}" virker den?`],
    ['my password is sunshine, can you log in', `my password is ${MASK}, can you log in`],
    ['pasword: hunter2', `pasword: ${MASK}`],
    ['kooden er 4821', `kooden er ${MASK}`],
    ['adganskode er 99Hest', `adganskode er ${MASK}`],
    ['PIN=4821', `PIN=${MASK}`],
    ['kode4821', `kode${MASK}`],
    ['koden\n4821', `koden\n${MASK}`],
    ['Koden til døren er 4821#', `Koden til døren er ${MASK}`],
    ['ｐａｓｓｗｏｒｄ： Hest９９', `ｐａｓｓｗｏｒｄ： ${MASK}`],
    ['p\u200bassword is He\u200bst99', `p\u200bassword is ${MASK}`],
    ['adgangskoden a\u030aben99', `adgangskoden ${MASK}`],
    ['kapının kodu 4455 ama açılmıyor', `kapının kodu ${MASK} ama açılmıyor`],
    ['BENİM ŞİFREM 4455', `BENİM ŞİFREM ${MASK}`],
    ['sifrem gül_2020', `sifrem ${MASK}`],
    ['میرا پاس ورڈ ستارہ77 ہے', `میرا پاس ورڈ ${MASK} ہے`],
    ['میرا پاس ورڈ سورج ہے', `میرا پاس ورڈ ${MASK} ہے`],
    ['mera password khushi123 hai', `mera password ${MASK} hai`],
    ['رمز من ۱۲۳۴ است', `رمز من ${MASK} است`],
    ['رمز عبورم خورشید است', `رمز عبورم ${MASK} است`],
    ['ramz kartam 5566 ast', `ramz kartam ${MASK} ast`],
    ['كلمة السر: قمر', `كلمة السر: ${MASK}`],
    ['كَلِمة السرّ هي قمر', `كَلِمة السرّ هي ${MASK}`],
    ['وباسوردي yara@99', `وباسوردي ${MASK}`],
    ['lambarka sirta ah waa qorrax', `lambarka sirta ah waa ${MASK}`],
    ['pin-kaygu waa 5566', `pin-kaygu waa ${MASK}`],
    ['moje hasło jest słoneczko', `moje hasło jest ${MASK}`],
    ['мій пароль сонце123', `мій пароль ${MASK}`],
    ['moja lozinka je sunce', `moja lozinka je ${MASK}`],
    ['şîfreya min 5566 ye', `şîfreya min ${MASK} ye`],
    ['ኮደይ 4471 እዩ', `ኮደይ ${MASK} እዩ`],
  ])('%j', (text, masked) => {
    expect(hide(text)).toEqual({ text: masked, found: true })
  })
})

describe('a secret is hidden before the word, in groups, and with others', () => {
  test.each([
    ['4821 er koden til opgangen', `${MASK} er koden til opgangen`],
    ['1234 şifrem', `${MASK} şifrem`],
    ['5566 هو رمز الباب', `${MASK} هو رمز الباب`],
    ['448812 i sms’en', `${MASK} i sms’en`],
    ['min pin er 12 34 56', `min pin er ${MASK}`],
    ['kODEN eR 4 8 2 1', `kODEN eR ${MASK}`],
    ['min pin er 4821 2 gange', `min pin er ${MASK} 2 gange`],
    ['koderne er 4821, 7712 og 9912', `koderne er ${MASK}, ${MASK} og ${MASK}`],
    ['skift koden fra 4455 til 9981', `skift koden fra ${MASK} til ${MASK}`],
    ['brugerid anna77 og adgangskode Hest!99', `brugerid ${MASK} og adgangskode ${MASK}`],
    ['MitID: hedda_k / Hest!99', `MitID: ${MASK} / ${MASK}`],
    ['my pin is 4455 and the puk is 12345678', `my pin is ${MASK} and the puk is ${MASK}`],
    ['jeg taster 5566 men intet sker', `jeg taster ${MASK} men intet sker`],
  ])('%j', (text, masked) => {
    expect(hide(text)).toEqual({ text: masked, found: true })
  })
})

describe('what has no value stays', () => {
  test.each([
    'hvad er en MitID-kode?',
    'I forgot my password yesterday',
    'password does not work',
    'the code on the door does not work',
    'PIN-kode glemt',
    'code of conduct',
    'Reset password to log in',
    'My pin is four digits right?',
    'is my password too short',
    'my password is not working since 10.30',
    'min adgangskode er forkert',
    'koden er 6 cifre',
    'koden udløber om 10 minutter',
    'beskeden kom 12.05.2024 kl. 10.15',
    'døren åbner kl 10',
    'Jeg har glemt min kode, ring til mig på 20304050',
    'MitID support 33 98 00 10 svarer ikke',
    'koden virker ikke, jeg bor i 2450 København SV',
    'koden virker ikke, jeg bor Sydvej 124, 2. tv',
    'mit postnummer er 2450',
    'mit pas er udløbet, nummer 20912345',
    'new password costs 250 kr',
    'jeg fik en besked om huslejen på 7450 kr',
    'jeg fik besked om ny husleje 7.450,00 fra juni',
    'send en besked til 1245',
    'mit tastatur er hvidt',
    'login virker ikke på https://www.mitid.dk/login2',
    'skriv til os på kode2@kontoret.dk',
    'koden er ▮▮▮▮▮▮-▮▮▮▮',
    'şifrem çalışmıyor',
    'posta kodum 2450',
    'پاس ورڈ کیا ہے',
    'میرے پاس 2450 کرونر ہیں',
    'رمز عبور چیست',
    'کد پستی ما ۲۴۵۰ است',
    'كلمة السر لا تعمل',
    'الرمز البريدي ٢٤٥٠',
    'waan ilaaway lambarka sirta ah',
    'kod kuće sam u 1030',
    '',
    '   ',
  ])('%j', (text) => {
    expect(hide(text)).toEqual({ text, found: false })
  })
})

test('a text without a secret comes back as it was written, its composition too', () => {
  const decomposed = 'Kan I a\u030abne do\u0308ren?'
  expect(hide(decomposed).text).toBe(decomposed)
})

describe('lines by somebody who has not seen the word lists', () => {
  const lines = readFileSync(join(import.meta.dirname, 'private/phrases.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { text: string; lang: string; hide: readonly string[] })

  test('there are lines with and without a secret', () => {
    expect(lines.filter((line) => line.hide.length > 0).length).toBeGreaterThanOrEqual(70)
    expect(lines.filter((line) => line.hide.length === 0).length).toBeGreaterThanOrEqual(40)
  })

  test('every secret is gone', () => {
    const kept = lines.filter((line) => line.hide.some((secret) => hide(line.text).text.includes(secret)))
    expect(kept).toEqual([])
  })

  test('a line without one is unchanged', () => {
    const changed = lines.filter((line) => line.hide.length === 0 && hide(line.text).text !== line.text)
    expect(changed).toEqual([])
  })
})

test.each(Object.entries(HOSTILE))('twice as much of %s is about twice the work', (_, made) => {
  const [short, long] = [made(1000), made(2000)]
  hide(long)
  expect(operationsOf(() => hide(long))).toBeLessThan(2.3 * operationsOf(() => hide(short)) + 200)
})
