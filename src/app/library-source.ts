import type { Library } from '../core/library.js'

/** The library in force: a turn takes it once and finishes on it. */
export interface LibrarySource {
  current(): Library
}
