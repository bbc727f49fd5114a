/** Documents that the store's contract is tried with. */
import type { CollectionDeclaration, Stored } from '../../src/store/collection.js'

export interface Note extends Stored {
  readonly room: string
  readonly seq: number
  readonly key: string
  readonly at: number
  readonly mark: { readonly by: string; readonly state: string }
  readonly flag: boolean
  readonly words?: unknown
}

export const NOTES: CollectionDeclaration = {
  name: 'contract_notes',
  unique: [['room', 'seq'], ['key']],
  indexes: [['mark.by', 'mark.state', 'at'], ['at', '_id'], ['flag']],
}

export function note(seq: number, more: Partial<Note> = {}): Note {
  const mark = { by: 'one', state: 'open' }
  return {
    _id: `n${String(seq).padStart(5, '0')}`,
    version: 1,
    room: 'a',
    seq,
    key: `key ${seq}`,
    at: 1_700_000_000_000 + seq,
    mark,
    flag: false,
    ...more,
  }
}

/** Texts that engines, encodings and indexes have stumbled over. */
export const TEXTS = [
  '',
  'Må min søn mødes med sine venner?',
  'هل يمكن لابني أن يقابل أصدقاءه؟',
  '👩‍👩‍👧‍👦 🇩🇰 e\u0301',
  'quotes \' " ` \\ %s ? :a $1 ; -- /*',
  'line\r\nbreak\ttab \u2028 \u0000 nul',
  '$set',
  'لا'.repeat(50_000),
]
