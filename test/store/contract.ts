/** What every engine of the store must do. Each engine's own test file calls {@link storeContract}. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Collection, Count, Scalar, Store, Stored } from '../../src/store/collection.js'
import { NOTES, type Note, note, TEXTS } from './notes.js'

export interface OpenStore {
  readonly store: Store
  /** Ends the store and opens the same one again, for engines that keep their own files. */
  reopen?(): Promise<Store>
  /** Ends the store and removes all it kept. */
  close(): Promise<void>
}

export function storeContract(name: string, open: () => Promise<OpenStore>): void {
  describe(`${name} keeps the store's contract:`, () => {
    let opened: OpenStore
    let store: Store
    let notes: Collection<Note>

    beforeEach(async () => {
      opened = await open()
      store = opened.store
      notes = store.collection<Note>(NOTES)
    })
    afterEach(() => opened.close())

    const insertAll = async (docs: readonly Note[]): Promise<void> => {
      const outcomes = await Promise.all(docs.map((doc) => notes.insert(doc)))
      expect(outcomes.filter((outcome) => outcome !== 'ok')).toEqual([])
    }
    const idsOf = (docs: readonly Note[]): string[] => docs.map((doc) => doc._id)

    describe('insert', () => {
      test('refuses a taken id, a taken key and a taken pair, and writes nothing then', async () => {
        await insertAll([note(1)])
        expect(await notes.insert(note(1, { room: 'b', key: 'other' }))).toBe('duplicate')
        expect(await notes.insert(note(2, { key: 'key 1' }))).toBe('duplicate')
        expect(await notes.insert(note(2, { seq: 1 }))).toBe('duplicate')
        expect(await notes.count({})).toEqual([{ by: [], count: 1 }])
      })

      test('takes half of a unique pair twice', async () => {
        await insertAll([note(1), note(2), note(3, { room: 'b', seq: 1 })])
      })

      test('lets one of 100 parallel inserts of one unique key through', async () => {
        const outcomes = await Promise.all(Array.from({ length: 100 }, (_, i) => notes.insert(note(i, { room: 'x', seq: 7 }))))
        expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(1)
        expect(await notes.count({})).toEqual([{ by: [], count: 1 }])
      })

      test.each(TEXTS.map((text) => [text.slice(0, 20), text]))('keeps text as it is: %j', async (_, text) => {
        const doc = note(1, { words: { text, deep: [[text], { 'key with space': [text, 1, 0.1, -1, true, false, [], {}] }] } })
        await insertAll([doc])
        expect(await notes.get(doc._id)).toEqual(doc)
      })

      test.each(TEXTS.filter((text) => text.length < 100 && !text.includes('\u0000')))('finds by any id and key: %j', async (text) => {
        const doc = note(1, { _id: `id ${text}`, key: text })
        await insertAll([doc, note(2)])
        expect(await notes.get(doc._id)).toEqual(doc)
        expect(await notes.find({ key: text }, { sort: ['_id'], limit: 5 })).toEqual([doc])
        expect(await notes.find({ key: { in: [text, 'no'] } }, { sort: ['_id'], limit: 5 })).toEqual([doc])
      })

      test('keeps a document as it was when it was handed over', async () => {
        const words = ['before']
        const inserted = notes.insert(note(1, { words }))
        words[0] = 'after'
        await inserted
        expect((await notes.get('n00001'))?.words).toEqual(['before'])
      })
    })

    test('get answers nothing for an unknown id', async () => {
      expect(await notes.get('nobody')).toBeUndefined()
    })

    describe('replace', () => {
      test('writes the next version, and refuses one that is no longer stored', async () => {
        await insertAll([note(1)])
        expect(await notes.replace(note(1, { words: 'first' }))).toBe('ok')
        expect(await notes.get('n00001')).toEqual(note(1, { version: 2, words: 'first' }))
        expect(await notes.replace(note(1, { words: 'late' }))).toBe('conflict')
        expect(await notes.replace(note(1, { version: 3, words: 'early' }))).toBe('conflict')
        expect(await notes.get('n00001')).toEqual(note(1, { version: 2, words: 'first' }))
      })

      test('drops fields that the new document does not have', async () => {
        await insertAll([note(1, { words: 'gone' })])
        await notes.replace(note(1))
        expect(await notes.get('n00001')).toEqual(note(1, { version: 2 }))
      })

      test('is a conflict for a document that is not there', async () => {
        expect(await notes.replace(note(1))).toBe('conflict')
        expect(await notes.get('n00001')).toBeUndefined()
      })

      test('rejects a change that takes the unique key of another, and changes nothing', async () => {
        await insertAll([note(1), note(2)])
        await expect(notes.replace(note(2, { key: 'key 1' }))).rejects.toThrow(/unique key/)
        expect(await notes.get('n00002')).toEqual(note(2))
      })

      test('has one winner of 100 parallel claims', async () => {
        await insertAll([note(1)])
        const claims = Array.from({ length: 100 }, (_, i) => notes.replace(note(1, { words: i })))
        const outcomes = await Promise.all(claims)
        expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(1)
        expect(await notes.get('n00001')).toEqual(note(1, { version: 2, words: outcomes.indexOf('ok') }))
      })

      test('moves a document to another place in the indexes', async () => {
        await insertAll([note(1), note(2)])
        await notes.replace(note(1, { mark: { by: '', state: 'done' } }))
        expect(idsOf(await notes.find({ 'mark.by': 'one', 'mark.state': 'open' }, { sort: ['at'], limit: 9 }))).toEqual(['n00002'])
        expect(idsOf(await notes.find({ 'mark.by': '' }, { sort: ['at'], limit: 9 }))).toEqual(['n00001'])
      })
    })

    describe('find', () => {
      const seqs = async (where: Parameters<typeof notes.find>[0], descending = false): Promise<number[]> => {
        const found = await notes.find(where, { sort: ['seq'], descending, limit: 100 })
        return found.map((doc) => doc.seq)
      }
      beforeEach(() => insertAll([3, 10, 1, 2, 20].map((seq) => note(seq, { flag: seq > 5, room: seq === 20 ? 'b' : 'a' }))))

      test('sorts numbers as numbers, both ways', async () => {
        expect(await seqs({})).toEqual([1, 2, 3, 10, 20])
        expect(await seqs({}, true)).toEqual([20, 10, 3, 2, 1])
      })

      test('takes equality, in, from (included) and below (excluded), all at once', async () => {
        expect(await seqs({ room: 'a', seq: 3 })).toEqual([3])
        expect(await seqs({ seq: { in: [10, 2, 99] } })).toEqual([2, 10])
        expect(await seqs({ seq: { in: [] } })).toEqual([])
        expect(await seqs({ seq: { from: 2, below: 10 } })).toEqual([2, 3])
        expect(await seqs({ seq: { from: 10 }, room: { in: ['a', 'c'] } })).toEqual([10])
        expect(await seqs({ at: { below: 1_700_000_000_003 } })).toEqual([1, 2])
        expect(await seqs({ _id: { from: 'n00003', below: 'n00020' } })).toEqual([3, 10])
        expect(await seqs({ _id: 'n00003' })).toEqual([3])
      })

      test('takes booleans', async () => {
        expect(await seqs({ flag: true })).toEqual([10, 20])
        expect(await seqs({ flag: false })).toEqual([1, 2, 3])
        expect(await seqs({ flag: { in: [true, false] } })).toEqual([1, 2, 3, 10, 20])
      })

      test('reaches inside with a dotted path', async () => {
        expect(await seqs({ 'mark.by': 'one', 'mark.state': 'open' })).toHaveLength(5)
        expect(await seqs({ 'mark.by': 'one', 'mark.state': 'done' })).toEqual([])
      })

      test('stops at the limit: the last turn of a conversation', async () => {
        expect(idsOf(await notes.find({ room: 'a' }, { sort: ['seq'], descending: true, limit: 1 }))).toEqual(['n00010'])
      })

      test.each([
        ['where', { words: 'x' }, ['seq']],
        ['where inside', { 'mark.hidden': 'x' }, ['seq']],
        ['sort', {}, ['words']],
        ['version', { version: 1 }, ['seq']],
      ])('refuses a path that no index knows: %s', async (_, where: Record<string, Scalar>, sort) => {
        await expect(notes.find(where, { sort, limit: 1 })).rejects.toThrow(TypeError)
        await expect(notes.find(where, { sort, limit: 1 })).rejects.toThrow(/words|mark\.hidden|version/)
      })

      test.each([{ seq: {} }, { seq: undefined }, { seq: null }, { seq: { $gt: 1 } }, { key: { from: {} } }])(
        'refuses a condition of another shape: %j',
        async (where) => {
          await expect(notes.find(where as never, { sort: ['seq'], limit: 1 })).rejects.toThrow(TypeError)
          await expect(notes.remove(where as never, 1)).rejects.toThrow(TypeError)
          expect(await seqs({})).toHaveLength(5)
        },
      )

      test.each([0, -1, 1.5, Number.NaN])('refuses the limit %d', async (limit) => {
        await expect(notes.find({}, { sort: ['seq'], limit })).rejects.toThrow(TypeError)
        await expect(notes.remove({}, limit)).rejects.toThrow(TypeError)
      })
    })

    describe('paging', () => {
      const pageThrough = async (limit: number, descending: boolean): Promise<string[]> => {
        const seen: string[] = []
        let after: readonly Scalar[] | undefined
        for (;;) {
          const page = await notes.find({}, { sort: ['at', '_id'], descending, limit, ...(after && { after }) })
          seen.push(...idsOf(page))
          const last = page.at(-1)
          if (last === undefined) return seen
          after = [last.at, last._id]
        }
      }

      test.each([
        [1, false],
        [2, false],
        [3, true],
        [100, true],
      ])('by %d, descending %s, goes over equal values of the first path', async (limit, descending) => {
        const docs = [1, 2, 3, 4, 5, 6, 7].map((seq) => note(seq, { at: 1000 + Math.floor(seq / 3) }))
        await insertAll(docs.toReversed())
        expect(await pageThrough(limit, descending)).toEqual(idsOf(descending ? docs.toReversed() : docs))
      })

      test('continues inside a condition', async () => {
        await insertAll([1, 2, 3, 4].map((seq) => note(seq, { room: seq % 2 === 0 ? 'even' : 'odd' })))
        const found = await notes.find({ room: 'even', at: { from: 0 } }, { sort: ['seq'], limit: 9, after: [2] })
        expect(idsOf(found)).toEqual(['n00004'])
      })

      test('needs as many values as paths', async () => {
        await expect(notes.find({}, { sort: ['at', '_id'], limit: 1, after: [1] })).rejects.toThrow(TypeError)
      })

      test('goes through 5,000 documents, each once', async () => {
        const docs = Array.from({ length: 5_000 }, (_, i) => note(i, { at: 1000 + (i % 7) }))
        for (let first = 0; first < docs.length; first += 500) await insertAll(docs.slice(first, first + 500))
        const seen = await pageThrough(500, false)
        expect(seen).toHaveLength(5_000)
        expect(new Set(seen).size).toBe(5_000)
      })
    })

    test('remove takes at most limit documents, and only those that fit', async () => {
      await insertAll([1, 2, 3, 4, 5].map((seq) => note(seq, { room: seq === 5 ? 'kept' : 'a' })))
      expect(await notes.remove({ room: 'a' }, 3)).toBe(3)
      expect(await notes.remove({ room: 'a' }, 3)).toBe(1)
      expect(await notes.remove({ room: 'a' }, 3)).toBe(0)
      expect(idsOf(await notes.find({}, { sort: ['_id'], limit: 9 }))).toEqual(['n00005'])
      expect(await notes.insert(note(1))).toBe('ok')
    })

    describe('count', () => {
      const sorted = (counts: readonly Count[]): Count[] => counts.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))

      test('without paths is one number, also of nothing', async () => {
        expect(await notes.count({})).toEqual([{ by: [], count: 0 }])
        await insertAll([note(1), note(2)])
        expect(await notes.count({ seq: { from: 2 } })).toEqual([{ by: [], count: 1 }])
        expect(await notes.count({ seq: 9 })).toEqual([{ by: [], count: 0 }])
      })

      test('groups by two paths, with values of their own type', async () => {
        expect(await notes.count({}, ['room', 'flag'])).toEqual([])
        await insertAll([note(1), note(2), note(3, { flag: true }), note(4, { room: 'لا', flag: true })])
        expect(sorted(await notes.count({}, ['room', 'flag']))).toEqual([
          { by: ['a', false], count: 2 },
          { by: ['a', true], count: 1 },
          { by: ['لا', true], count: 1 },
        ])
        expect(sorted(await notes.count({ room: 'a' }, ['seq']))).toEqual([1, 2, 3].map((seq) => ({ by: [seq], count: 1 })))
      })

      test('gives null for a path that a document does not have', async () => {
        const loose = store.collection<Stored & { readonly kind?: string }>({ name: 'contract_loose', unique: [], indexes: [['kind']] })
        await Promise.all([loose.insert({ _id: '1', version: 1 }), loose.insert({ _id: '2', version: 1, kind: 'k' })])
        expect(sorted(await loose.count({}, ['kind']))).toEqual([
          { by: ['k'], count: 1 },
          { by: [null], count: 1 },
        ])
      })
    })

    test('writes to one document that are issued together happen one after another', async () => {
      const outcomes = await Promise.all([
        notes.insert(note(1)),
        notes.insert(note(1)),
        notes.replace(note(1, { words: 'a' })),
        notes.replace(note(1, { words: 'b' })),
        notes.replace(note(1, { version: 2, words: 'c' })),
        notes.remove({ room: 'a' }, 5),
        notes.insert(note(1, { words: 'again' })),
      ])
      expect(outcomes).toEqual(['ok', 'duplicate', 'ok', 'conflict', 'ok', 1, 'ok'])
      expect(await notes.get('n00001')).toEqual(note(1, { words: 'again' }))
    })

    test('a read between writes answers what was asked, never what was asked before', async () => {
      const rooms = Array.from({ length: 40 }, (_, at) => `room ${at}`)
      await insertAll(rooms.slice(0, 30).flatMap((room, at) => [1, 2, 3].map((seq) => note(at * 10 + seq, { room, seq }))))
      for (let round = 0; round < 300; round++) {
        const room = rooms[(round * 7) % rooms.length] ?? ''
        const [newest] = await notes.find({ room }, { sort: ['seq'], descending: true, limit: 1 })
        expect([newest?.room, newest?.seq]).toEqual((round * 7) % rooms.length < 30 ? [room, 3] : [undefined, undefined])
        const id = `n${String(round).padStart(5, '0')}`
        expect((await notes.get(id))?._id ?? id).toBe(id)
        if (round % 5 === 0) await notes.insert(note(100_000 + round, { room: 'elsewhere' }))
        if (round % 3 === 0) expect(await notes.find({ room: 'room 1' }, { sort: ['seq'], descending: true, limit: 9 })).toHaveLength(3)
      }
    })

    test('collections of two names do not meet, two of one name do', async () => {
      await insertAll([note(1)])
      const others = store.collection<Note>({ ...NOTES, name: 'contract_others' })
      expect(await others.insert(note(1))).toBe('ok')
      expect(await store.collection<Note>(NOTES).get('n00001')).toEqual(note(1))
    })

    test('probe and scrub come back', async () => {
      await store.probe()
      await store.probe()
      await insertAll([note(1)])
      await store.scrub()
      expect(await notes.get('n00001')).toEqual(note(1))
    })

    test('what was stored is there after opening again', async () => {
      if (opened.reopen === undefined) return
      await insertAll([note(1), note(2)])
      const again = (await opened.reopen()).collection<Note>(NOTES)
      expect(await again.find({}, { sort: ['seq'], limit: 9 })).toEqual([note(1), note(2)])
      expect(await again.insert(note(3, { key: 'key 1' }))).toBe('duplicate')
    })
  })
}
