/** The pages of the console are one page to the browser: no style of one reaches into another. */
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'

/** What each rule of a page's own file begins with. */
const OWN: readonly [file: string, begins: RegExp][] = [
  ['board', /^(body:has\(\.board\)|\.board(?![\w-]))/],
  ['people', /^\.people-/],
  ['places', /^\.places-page(?![\w-])/],
  ['mode', /^\.mode(?!\w)/],
]

test.each(OWN)('%s.css', (file, begins) => {
  const css = readFileSync(`src/web/console/${file}.css`, 'utf8').replace(/\/\*.*?\*\//gs, '')
  const rules = css.replace(/@keyframes \w[\w-]* \{(?:[^{}]*\{[^{}]*\})*\s*\}/g, '').matchAll(/([^{};]+)\{(?=[^{}]*\})/g)
  // Commas inside brackets part no selectors.
  const selectors = [...rules].flatMap(([, list = '']) => list.split(/,(?![^()]*\))/)).map((one) => one.trim())
  expect(selectors.length).toBeGreaterThan(5)
  expect(selectors.filter((one) => !begins.test(one))).toEqual([])
})
