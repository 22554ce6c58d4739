// Captions as tags and as words: split, joined and compared as the server does.

export const FREE_TEXT = ''

/** A caption's tags, each trimmed; free text is one tag a line. */
export function splitTags(caption: string, separator: string): string[] {
  const lines = caption.split('\n')
  const parts = separator === FREE_TEXT ? lines : lines.flatMap((line) => line.split(separator))
  return parts.map((part) => part.trim()).filter(Boolean)
}

/** Tags of one line as text. */
export function joinTags(tags: string[], separator: string): string {
  return tags.join(separator.trim() ? `${separator} ` : separator || ' ')
}

/** A tag as it is compared: case and underscores ignored. */
export function folded(tag: string): string {
  return tag.toLowerCase().replaceAll('_', ' ')
}

/** A piece of a text, and whether the other text lacks it. */
export interface Piece {
  text: string
  own: boolean
}

const MOST_PIECES = 400 // longer differences are shown as a whole: comparing takes the square of their length

/** Two texts side by side: what each has that the other has not, by words and signs. */
export function compared(old: string, now: string): [Piece[], Piece[]] {
  const [a, b] = [pieces(old), pieces(now)]
  const shorter = Math.min(a.length, b.length)
  let start = 0
  while (start < shorter && a[start] === b[start]) start += 1
  let end = 0
  while (end < shorter - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  const [left, right] = between(a.slice(start, a.length - end), b.slice(start, b.length - end))
  const framed = (middle: Piece[]): Piece[] => {
    const row: Piece[] = []
    const whole = [{ text: a.slice(0, start).join(''), own: false }, ...middle, { text: a.slice(a.length - end).join(''), own: false }]
    for (const piece of whole) if (piece.text) push(row, piece.text, piece.own)
    return row
  }
  return [framed(left), framed(right)]
}

/** The same of what lies between a common beginning and a common end. */
function between(a: string[], b: string[]): [Piece[], Piece[]] {
  if (a.length > MOST_PIECES || b.length > MOST_PIECES) return [[{ text: a.join(''), own: true }], [{ text: b.join(''), own: true }]]
  const lengths = commonLengths(a, b)
  const left: Piece[] = []
  const right: Piece[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      push(left, a[i]!, false)
      push(right, b[j]!, false)
      i += 1
      j += 1
    } else if (j >= b.length || (i < a.length && lengths[i + 1]![j]! >= lengths[i]![j + 1]!)) {
      push(left, a[i]!, true)
      i += 1
    } else {
      push(right, b[j]!, true)
      j += 1
    }
  }
  return [left, right]
}

function pieces(text: string): string[] {
  return text.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? []
}

/** Lengths of the longest common sequences from each pair of places on. */
export function commonLengths(a: string[], b: string[]): number[][] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i]![j] = a[i] === b[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!)
    }
  }
  return lengths
}

function push(row: Piece[], text: string, own: boolean): void {
  const last = row.at(-1)
  if (last?.own === own) last.text += text
  else row.push({ text, own })
}
