/** The one colour that an area may set. All other colours are in `theme.css`. */

/** WCAG 2.2, 1.4.3: text against its ground, normal size. */
const CONTRAST_MIN = 4.5

/** Sets the area's colour as `--accent` when white text on it can be read; otherwise the colour of the page stays. */
export function applyAreaColour(colour: string | undefined, root: HTMLElement): void {
  if (colour !== undefined && contrastWithWhite(colour) >= CONTRAST_MIN) root.style.setProperty('--accent', colour)
  else root.style.removeProperty('--accent')
}

/** Contrast of `#rrggbb` with white, 1–21 (WCAG 2.2, "contrast ratio"); 0 for anything that is not such a colour. */
export function contrastWithWhite(colour: string): number {
  const channels = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i
    .exec(colour)
    ?.slice(1)
    .map((hex) => linear(Number.parseInt(hex, 16) / 255))
  if (channels === undefined) return 0
  const [red = 0, green = 0, blue = 0] = channels
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
}
