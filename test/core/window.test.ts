import { expect, test } from '@jest/globals'
import { HUMAN_AGENT_MS, WINDOW_MS, windowRule } from '../../src/core/window.js'

const NOW = 1_795_392_000_000
const bot = { byPerson: false, humanAgent: true }
const person = { byPerson: true, humanAgent: true }
const plain = { byPerson: true, humanAgent: false }

test.each([
  ['just opened', 0, bot, 'response'],
  ['at 24 hours', WINDOW_MS, bot, 'response'],
  ['after 24 hours the bot is silent', WINDOW_MS + 1, bot, 'closed'],
  ['a person may still answer', WINDOW_MS + 1, person, 'human_agent'],
  ['without the feature nobody may', WINDOW_MS + 1, plain, 'closed'],
  ['inside the window a person needs no tag', WINDOW_MS, person, 'response'],
  ['just before 7 days', HUMAN_AGENT_MS - 1, person, 'human_agent'],
  ['at 7 days', HUMAN_AGENT_MS, person, 'closed'],
  ['never opened', undefined, person, 'closed'],
] as const)('%s', (_, age, who, rule) => {
  expect(windowRule({ now: NOW, openedAt: age === undefined ? undefined : NOW - age, ...who })).toBe(rule)
})
