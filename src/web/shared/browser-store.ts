/** Storage of the browser that never throws: where it is closed to pages, what is kept lasts as long as the page. */

export type KeptStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** `localStorage` or `sessionStorage`, or memory where the browser refuses it. */
export function browserStore(open: () => Storage): KeptStore {
  try {
    const store = open()
    const probe = 'opgang.probe'
    store.setItem(probe, '1')
    store.removeItem(probe)
    return store
  } catch {
    return memoryStore()
  }
}

function memoryStore(): KeptStore {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}
