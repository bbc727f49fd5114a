/** Three sizes of text; the choice stays on the device. */
import type { KeptStore } from '../shared/browser-store.js'

export const TEXT_SIZES = ['1', '2', '3'] as const
export type TextSize = (typeof TEXT_SIZES)[number]

const KEY = 'opgang.text-size'

export function readTextSize(store: KeptStore): TextSize {
  const kept = store.getItem(KEY)
  return TEXT_SIZES.find((size) => size === kept) ?? '1'
}

export function nextTextSize(size: TextSize): TextSize {
  return TEXT_SIZES[(TEXT_SIZES.indexOf(size) + 1) % TEXT_SIZES.length] ?? '1'
}

/** Shows the page in that size and keeps the choice. */
export function setTextSize(size: TextSize, store: KeptStore, root: HTMLElement): void {
  root.dataset['text'] = size
  store.setItem(KEY, size)
}
