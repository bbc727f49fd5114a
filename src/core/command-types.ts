/** What can be asked of Opgang by one word, typed or tapped. */

/** Commands about requests: each means something only to those who have one, or help; to others the words are ordinary words. */
export const HELP_COMMANDS = [
  'my-requests',
  'cancel-request',
  'nobody-came',
  'show-door',
  'volunteer',
  'duty-on',
  'duty-off',
  'my-tasks',
  'on-my-way',
  'done',
  'hand-back',
  'too-heavy',
  'report',
  'pause',
  'stop-volunteering',
  'ask-opgang',
  'back-to-talk',
  'cards',
  'alarms',
] as const
export type HelpCommand = (typeof HELP_COMMANDS)[number]

export const COMMANDS = [
  'language',
  'menu',
  'restart',
  'help',
  'stop',
  'about-me',
  'delete-me',
  'delete-me-yes',
  'delete-me-no',
  ...HELP_COMMANDS,
] as const
/** A typed command is the whole message, or its button. `delete-me-yes` and `delete-me-no` exist as buttons only. */
export type Command = (typeof COMMANDS)[number]
