import type { AttachmentKind } from '../../core/types.js'
import { type Fields, fieldsOf, idOf, isFields, listOf, textOf } from './fields.js'

/** Messenger's thumb (Messenger Platform, messages: `sticker_id`). */
const LIKE_STICKER = '369239263222822'

/** Kinds by Meta's types (Messenger Platform, messages). `location` is no longer listed there, and still read. */
const KINDS: Readonly<Record<string, AttachmentKind>> = {
  image: 'image',
  audio: 'audio',
  video: 'video',
  file: 'file',
  sticker: 'sticker',
  location: 'location',
  fallback: 'share',
  share: 'share',
  post: 'share',
  reel: 'share',
  ig_post: 'share',
  ig_reel: 'share',
}

/** Kinds of what was sent; addresses and files are never kept. Before 30 Aug 2026 a sticker came twice, once as its image. */
export function attachmentKinds(attachments: unknown): readonly AttachmentKind[] {
  const kinds = listOf(attachments).filter(isFields).map(kindOf)
  if (!kinds.includes('sticker')) return kinds
  return ['sticker', ...kinds.filter((kind) => kind !== 'sticker' && kind !== 'image')]
}

/** True when all that was sent is Messenger's thumb. */
export function isLike(attachments: unknown): boolean {
  const list = listOf(attachments).filter(isFields)
  return attachmentKinds(attachments).join() === 'sticker' && list.some((attachment) => stickerId(attachment) === LIKE_STICKER)
}

function kindOf(attachment: Fields): AttachmentKind {
  if (stickerId(attachment) !== '') return 'sticker'
  const type = textOf(attachment['type']).toLowerCase()
  return Object.hasOwn(KINDS, type) ? (KINDS[type] ?? 'other') : 'other'
}

function stickerId(attachment: Fields): string {
  return idOf(fieldsOf(attachment['payload'])['sticker_id'])
}
