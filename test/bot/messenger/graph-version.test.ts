import { expect, test } from '@jest/globals'
import { graphVersionEnds } from '../../../src/bot/messenger/graph-version.js'

const NOV_2026 = Date.parse('2026-11-23T12:00:00Z')

test.each([
  ['https://graph.facebook.com/v26.0', NOV_2026, undefined],
  ['https://graph.facebook.com/v25.0', NOV_2026, undefined],
  ['https://graph.facebook.com/v25.0', Date.parse('2028-07-01'), /v25 ends on 2028-07-29, in 28 days/],
  ['https://graph.facebook.com/v22.0', NOV_2026, undefined],
  ['https://graph.facebook.com/v21.0', NOV_2026, /v21 ends on 2027-01-21, in 59 days.*GRAPH_API_URL/],
  ['https://graph.facebook.com/v20.0/', NOV_2026, /v20 ended on 2026-09-24/],
  ['https://graph.facebook.com/v3.2', NOV_2026, /v3 has ended/],
  ['http://127.0.0.1:4000', NOV_2026, undefined],
])('%s', (url, now, text) => {
  const warning = graphVersionEnds(url, now)
  if (text === undefined) expect(warning).toBeUndefined()
  else expect(warning).toMatch(text)
})
