/** The numbers of requests: read on paper, said on the phone, typed into a chat. */
import { expect, test } from '@jest/globals'
import { RECEIPT_ALPHABET, receiptOf } from '../../src/app/handoffs/open.js'

test('each has four letters that are told apart, and all of them are used', () => {
  const receipts = Array.from({ length: 5000 }, (_, id) => receiptOf(`request ${id}`))
  expect(receipts.filter((receipt) => !/^H-[2-46-9A-HJKMNP-RT-VX-Z]{4}$/.test(receipt))).toEqual([])
  expect([...new Set(receipts.flatMap((receipt) => [...receipt.slice(2)]))].toSorted().join('')).toBe(RECEIPT_ALPHABET)
  expect(new Set(receipts).size).toBeGreaterThan(4950)
})
