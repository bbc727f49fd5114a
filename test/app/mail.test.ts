/** What an address is, and who letters come from. */
import { expect, test } from '@jest/globals'
import { mailAddress, mailSender } from '../../src/app/mail.js'

test.each([
  ['vagt@example.org', 'vagt@example.org'],
  ["o'neill+vagt@mail.example.dk", "o'neill+vagt@mail.example.dk"],
  ['post@rødgrød.dk', 'post@xn--rdgrd-vuad.dk'],
  ['Post@Example.DK', 'Post@example.dk'],
  ['vagt', undefined],
  ['@example.dk', undefined],
  ['vagt@localhost', undefined],
  ['vagt@127.0.0.1', undefined],
  ['vagt@0x7f000001', undefined],
  ['va gt@example.dk', undefined],
  ['"va\ngt"@example.dk', undefined],
  ['vagt@exam ple.dk', undefined],
  ['vagt@exa\tmple.dk', undefined],
  ['vagt@example..dk', undefined],
  ['vagt.@example.dk', undefined],
  ['vågt@example.dk', undefined],
])('%p as an address is %p', (text, address) => expect(mailAddress(text)).toBe(address))

test('an address that is too long is none, and is looked at no longer than needed', () => {
  for (const long of [
    `${'a'.repeat(65)}@example.dk`,
    `a@${'b.'.repeat(130)}dk`,
    `${'a.'.repeat(100_000)}@`,
    `a@${'ø'.repeat(60)}.dk`.repeat(4),
  ])
    expect(mailAddress(long)).toBeUndefined()
})

test('who letters come from', () => {
  expect(mailSender('opgang@example.dk')).toEqual({ name: '', address: 'opgang@example.dk' })
  expect(mailSender('Opgang på Søndervang <opgang@example.dk>')).toEqual({ name: 'Opgang på Søndervang', address: 'opgang@example.dk' })
  for (const wrong of ['Opgang', 'Opgang <opgang>', 'Op"gang <opgang@example.dk>', 'a\nBcc: b <opgang@example.dk>', '<a@b.dk> <a@b.dk>'])
    expect(mailSender(wrong)).toBeUndefined()
})
