/** Rules about questions. */
import { normalize } from '../language/normalize.js'
import type { Ask, Problem } from '../types.js'
import { allNodes, allTexts, type CheckInput, inNode, type NodeAt, problem, type TextAt } from './check-input.js'

/** A question keeps its answer or offers quick replies; otherwise any text is swallowed. */
export function asksKeepAnswers(input: CheckInput): readonly Problem[] {
  return asks(input)
    .filter(({ ask }) => ask.save === undefined && ask.quickReplies.length === 0)
    .map(({ at }) => problem(input, inNode(at, 'ask'), `the answer to node ${at.node} goes nowhere: give it \`save\` or quick replies`))
}

/** Who expects a kind of answer says what it looks like when another comes. */
export function expectsHaveRetry(input: CheckInput): readonly Problem[] {
  return asks(input)
    .filter(({ ask }) => ask.expect !== undefined && ask.retry === undefined)
    .map(({ at }) =>
      problem(input, inNode(at, 'expect'), `node ${at.node} expects a kind of answer but has no \`retry\`: say there what to write`),
    )
}

/** A choice is made among quick replies. */
export function choicesHaveReplies(input: CheckInput): readonly Problem[] {
  return asks(input)
    .filter(({ ask }) => ask.expect?.type === 'choice' && ask.quickReplies.length === 0)
    .map(({ at }) => problem(input, inNode(at, 'expect'), `node ${at.node} expects a choice but offers none: give it quick replies`))
}

/** The titles of one question differ, also for somebody who types them without accents. */
export function titlesDiffer(input: CheckInput): readonly Problem[] {
  const seen = new Map<string, TextAt>()
  return allTexts(input).flatMap((title) => {
    if (!title.key.includes('.quick_replies.')) return []
    const key = `${title.language} ${title.dialog}/${title.node}: ${alike(title)}`
    const other = seen.get(key)
    seen.set(key, other ?? title)
    if (other === undefined) return []
    const message = `node ${title.node} in ${title.language}: the quick replies "${other.text}" and "${title.text}" read alike: rename one`
    return [problem(input, title, message)]
  })
}

function alike({ text, language }: TextAt): string {
  return normalize(text, language) || text.trim()
}

function asks(input: CheckInput): { at: NodeAt; ask: Ask }[] {
  return allNodes(input).flatMap((at) => (at.value.does?.kind === 'ask' ? [{ at, ask: at.value.does.ask }] : []))
}
