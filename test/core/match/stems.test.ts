import { describe, expect, test } from '@jest/globals'
import { normalize } from '../../../src/core/language/normalize.js'
import { stemmed } from '../../../src/core/match/stems.js'
import { trainModel } from '../../../src/core/match/train.js'

const stem = (text: string) => stemmed(normalize(text, 'ar'))

describe('Arabic words lose what grammar adds', () => {
  test.each([
    ['the article, alone and after one-letter words', 'الماء والماء بالماء للماء', 'ما ما ما ما'],
    ['whose it is, and number', 'مفتاحي مفتاحها مفتاحكم', 'فتاح فتاح فتاح'],
    ['who does it, in written Arabic and in dialects', 'يغسل تغسل سيغسل بيغسل كيغسل حيغسل', 'غسل غسل غسل غسل غسل غسل'],
    ['"not" around the verb', 'ماغسلش', 'غسل'],
  ])('%s', (_, text, stems) => {
    expect(stem(text)).toBe(stems)
  })

  test.each(['من', 'لا', 'في', 'باب', 'الا'])('a short word stays: %s', (word) => {
    expect(stem(word)).toBe(normalize(word, 'ar'))
  })
})

test('words of other scripts keep their first 4 letters, numbers and mixed words too', () => {
  expect(stemmed('vaskemaskinen virker ikke 112 wifiالبيت')).toBe('vask virk ikke 112 wifi')
  expect(stemmed('')).toBe('')
})

describe('a verb is found in a person and a dialect that no example has', () => {
  const texts = ['كيف اغسل الملابس', 'اين يغسل الناس الملابس', 'متى يفتح المكتب', 'كيف افتح المكتب']
  const model = trainModel(
    texts.map((text, at) => ({ label: at < 2 ? 0 : 1, text: normalize(text, 'ar') })),
    2,
  )

  // Without stems the first is no more than 4 times as likely.
  test.each(['ماغسلتش', 'كنغسلو', 'حتغسلها', 'سنغسلها'])('%s', (verb) => {
    const [washing, opening] = model.probabilities(normalize(verb, 'ar'))
    expect(washing).toBeGreaterThan(4 * (opening ?? 1))
  })
})
