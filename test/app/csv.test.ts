import { expect, test } from '@jest/globals'
import { csvOf } from '../../src/app/csv.js'

test('Excel reads it as UTF-8, with a semicolon between cells and a line for each row', () => {
  expect(
    csvOf([
      ['Navn', 'Område'],
      ['Åse', 'Søndervang; øst'],
    ]),
  ).toBe('\uFEFF"Navn";"Område"\r\n"Åse";"Søndervang; øst"\r\n')
})

test('quotes and lines inside a cell stay inside it', () => {
  expect(csvOf([['she said "no"', 'one\r\ntwo', '']])).toBe('\uFEFF"she said ""no""";"one\r\ntwo";""\r\n')
})

test.each(['=1+1', '+45 12', '-2', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '=HYPERLINK("x")'])('%j is text and no formula', (cell) => {
  expect(csvOf([[cell]])).toBe(`\uFEFF"'${cell.replaceAll('"', '""')}"\r\n`)
})

test('what only holds such a sign stays as it is', () => {
  expect(csvOf([['a=b', '2-3', "'x"]])).toBe(`\uFEFF"a=b";"2-3";"'x"\r\n`)
})
