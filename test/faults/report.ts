/** An account in words; the last line is the count. */
import type { Account } from './account.js'

/** Problems that are printed; the count has them all. */
const SHOWN = 30

export function reportOf(account: Account): string {
  const { problems, listed, unseen, refused } = account
  const more = problems.length > SHOWN ? [`… and ${problems.length - SHOWN} more`] : []
  const apart = `for staff in the store: ${listed} listed as unknown twice (${unseen} of them never reached Meta), ${refused} refused by Meta for good`
  return [...problems.slice(0, SHOWN), ...more, apart, countOf(account)].join('\n')
}

function countOf({ acknowledged, lost, twice, outOfOrder, wrong, unfinished }: Account): string {
  const { byKill, byCut, unexcused } = twice
  const excused = `${byKill} by a kill between Meta's taking and our noting without an echo, ${byCut} by a cut answer without an echo`
  const others = [
    [wrong, 'wrong'],
    [unfinished, 'unfinished'],
  ].flatMap(([count, name]) => (count === 0 ? [] : [`${count} ${name}`]))
  const counts = [
    `${acknowledged} acknowledged`,
    `${lost} lost`,
    `${byKill + byCut + unexcused} answered twice (${excused}, ${unexcused} without such a reason)`,
    `${outOfOrder} out of order`,
    ...others,
  ]
  return counts.join(', ')
}
