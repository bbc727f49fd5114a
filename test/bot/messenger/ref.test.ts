import { expect, test } from '@jest/globals'
import { parseRef } from '../../../src/bot/messenger/ref.js'

const LANGUAGES = ['da', 'ar', 'ku', 'en']

test.each<[unknown, object | undefined]>([
  ['omr_vollsmose', { area: 'vollsmose' }],
  ['omr_Vollsmose-opgang12-AR', { area: 'vollsmose', language: 'ar' }],
  ['omr_vollsmose-ar-opgang12', { area: 'vollsmose', language: 'ar' }],
  ['omr_vollsmose-en-ar', { area: 'vollsmose', language: 'ar' }],
  ['omr_vollsmose-kmr', { area: 'vollsmose', language: 'ku' }],
  ['omr_vollsmose-xx', { area: 'vollsmose' }],
  ['omr_ar', { area: 'ar' }],
  ['omr_', undefined],
  ['omr_-ar', undefined],
  ['ans_corona=teenager', { answer: 'corona/teenager' }],
  ['ans_corona=teenager=ar', { answer: 'corona/teenager', language: 'ar' }],
  ['ans_corona=teenager=xx', { answer: 'corona/teenager' }],
  ['ans_corona', undefined],
  ['ans_=teenager', undefined],
  ['campaign7', undefined],
  ['omr_vollsmose/../x', undefined],
  ['omr_volls møse', undefined],
  [`omr_${'a'.repeat(300)}`, undefined],
  ['', undefined],
  [7, undefined],
  [undefined, undefined],
])('%s', (ref, origin) => {
  expect(parseRef(ref, LANGUAGES)).toEqual(origin)
})
