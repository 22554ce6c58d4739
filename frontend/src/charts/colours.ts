// Colours of curves: six that can be told from each other, for a light and for a dark page.
const ON_LIGHT = ['#8a5a00', '#1f5fa8', '#0f766e', '#a8326a', '#5b4bb0', '#4d6b12']
const ON_DARK = ['#e0b04c', '#7ab5f5', '#4fd0bd', '#f08ab4', '#b3a4ff', '#b4d264']

/** Colour of the curve at a place, from 0; they come round again after six. */
export function curveColour(place: number, dark: boolean): string {
  const palette = dark ? ON_DARK : ON_LIGHT
  return palette[place % palette.length]!
}

/** The same colour, let through in part. */
export function faded(colour: string, alpha: number): string {
  return colour + Math.round(alpha * 255).toString(16).padStart(2, '0')
}

/** Whether a page of this background colour (`#rrggbb` or `rgb(...)`) is a dark one. */
export function isDark(background: string): boolean {
  const parts = background.startsWith('#')
    ? [1, 3, 5].map((start) => parseInt(background.slice(start, start + 2), 16))
    : (background.match(/\d+/g) ?? []).slice(0, 3).map(Number)
  const [red = 255, green = 255, blue = 255] = parts
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128
}
