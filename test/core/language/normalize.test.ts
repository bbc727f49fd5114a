import { expect, test } from '@jest/globals'
import { foldDigits } from '../../../src/core/language/digits.js'
import { normalize } from '../../../src/core/language/normalize.js'

test.each([
  // 1 compatibility forms and what nobody sees
  ['da', 'Ｈｅｊ', 'hej'],
  ['ar', '\ufefb', 'لا'],
  ['da', 'h\u200be\u200fj\u2066\ufe0f', 'hej'],
  ['fa', 'می\u200cخواهم', 'ميخواهم'],
  // 2 case, and the Turkish i
  ['da', 'HEJ DU', 'hej du'],
  ['tr', 'IŞIK', 'isik'],
  ['tr', 'ışık', 'isik'],
  ['tr', 'İstanbul', 'istanbul'],
  ['da', 'İstanbul', 'istanbul'],
  ['en', 'ISTANBUL', 'istanbul'],
  // 3 digits
  ['ar', '٥٢٤٠', '5240'],
  ['fa', '۵۲۴۰', '5240'],
  ['da', '५२४०', '5240'],
  ['ta', '௫', '5'],
  // 4 Arabic script
  ['ar', 'مُحَمَّد', 'محمد'],
  ['ar', 'مـــرحبا', 'مرحبا'],
  ['ar', 'أإآٱ', 'اا'],
  ['ar', 'مدرسة', 'مدرسه'],
  ['ar', 'على', 'علي'],
  ['ar', 'كيف', 'کيف'],
  ['fa', 'کیف', 'کيف'],
  ['ar', 'مسؤول', 'مسوول'],
  ['ar', 'ماء', 'ما'],
  ['ur', 'ہے', 'هي'],
  // 5 Latin
  ['da', 'Ærø på øl', 'aeroe paa oel'],
  ['da', 'aeroe paa oel', 'aeroe paa oel'],
  ['da', 'a\u030a', 'aa'],
  ['bs', 'đak čć šž', 'djak cc sz'],
  ['pl', 'Łódź', 'lodz'],
  ['tr', 'çğöşü', 'cgosu'],
  ['ro', 'ăâîșț şţ', 'aaist st'],
  ['vi', 'tiếng Việt', 'tieng viet'],
  ['ku', 'êîûşç', 'eiusc'],
  ['de', 'Straße', 'strasse'],
  // … only Latin
  ['uk', 'мій їжак', 'мій їжак'],
  ['ta', 'கொ', 'கொ'],
  ['ti', 'ኣይፋል', 'ኣይፋል'],
  // 6 apostrophes, punctuation, repeats
  ['so', "la'aan laʼaan la’aan la`aan la´aan", 'laaan laaan laaan laaan laaan'.replaceAll('aaa', 'aa')],
  ['uk', "м'я м’я", 'мя мя'],
  ['da', '»Må jeg?«  (ja!)', 'maa jeg ja'],
  ['ar', 'نعم؟ لا، شكرا؛', 'نعم لا شکرا'],
  ['ur', 'جی۔', 'جي'],
  ['ti', 'እወ። ሕራይ፧ ቁ፡ጽ፣', 'እወ ሕራይ ቁ ጽ'],
  ['da', 'hjææælp', 'hjaeaeaelp'],
  ['da', 'neeeeej', 'neej'],
  ['da', '1000', '1000'],
  // 7 Ethiopic rows
  ['ti', 'ሠላም ፀሓይ', 'ሰላም ጸሓይ'],
  ['ti', 'ሀ ሐ አ ዐ', 'ሀ ሐ አ ዐ'],
  // 10 emoji
  ['da', 'ja tak 👍🏽', 'ja tak'],
  ['da', '👨‍👩‍👧 🇩🇰', ''],
  ['da', '   ', ''],
])('%s: %j → %j', (language, text, expected) => {
  expect(normalize(text, language)).toBe(expected)
})

test('a normal form is its own normal form', () => {
  for (const text of ['Må jeg få hjælp?', 'مَدرسة', 'IŞIK', "la'aan", 'м’ята']) {
    const once = normalize(text, 'da')
    expect(normalize(once, 'da')).toBe(once)
  }
})

test('all digits of a text become Latin', () => {
  expect(foldDigits('٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ ०९ ০৯ ௦௯ ０９ 𝟎𝟗 ½')).toBe('0123456789 0123456789 09 09 09 09 09 ½')
})
