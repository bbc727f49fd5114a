/** A message's text with its paragraphs, links and numbers. */
import { type Piece, paragraphs, pieces, safeHref } from '../shared/rich-text.js'

export function RichText({ text }: { readonly text: string }): React.ReactNode {
  return paragraphs(text).map((paragraph, index) => (
    <p key={`${index}:${paragraph}`}>{pieces(paragraph).map((piece, place) => renderPiece(piece, place))}</p>
  ))
}

function renderPiece(piece: Piece, key: number): React.ReactNode {
  switch (piece.kind) {
    case 'text':
      return piece.text
    case 'number':
      return (
        <bdi key={key} className="number" dir="ltr">
          {piece.text}
        </bdi>
      )
    case 'link':
      return (
        <bdi key={key} dir="ltr">
          <SafeLink address={piece.href}>{piece.text}</SafeLink>
        </bdi>
      )
  }
}

/** A link that tells the other side nothing and cannot reach back; its text alone when the address is none a page may link to. */
export function SafeLink({ address, children }: { readonly address: string; readonly children: React.ReactNode }): React.ReactNode {
  const href = safeHref(address)
  if (href === undefined) return children
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  )
}
