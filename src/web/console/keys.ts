/** Names under which the console keeps what it has read, so that whoever hears of a change can have it read anew. */
export const KEYS = {
  /** Pages of the board; the filters follow. */
  requests: ['requests'],
  /** One request, by its id; the language of the reader follows. */
  request: (id: string) => ['request', id] as const,
  alarms: ['alarms'],
} as const
