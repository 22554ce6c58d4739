// Lines of a log as the page draws them: without control codes, cut where a searched word stands.

/** A part of a line, and whether it is what was searched for. */
export interface Piece {
  text: string
  hit: boolean
}

const CONTROL = /\u001b\[[0-9;?]*[A-Za-z]/g
const ERROR = /\b(error|exception|traceback|fatal)\b/i
const WARNING = /\bwarn(ing)?\b/i

/** A text's lines; the last one may not be finished. Colours and cursor moves of a terminal are left out. */
export function linesOfText(text: string): string[] {
  return text.replace(CONTROL, '').split(/\r?\n/)
}

/** Places of the lines that hold a word, case ignored. */
export function hitsIn(lines: string[], query: string): number[] {
  const wanted = query.toLowerCase()
  if (!wanted) return []
  const found: number[] = []
  lines.forEach((line, place) => line.toLowerCase().includes(wanted) && found.push(place))
  return found
}

/** A line cut into what was searched for and the rest. */
export function piecesOf(line: string, query: string): Piece[] {
  const wanted = query.toLowerCase()
  const lower = line.toLowerCase()
  if (!wanted || lower.length !== line.length) return [{ text: line, hit: false }]
  const pieces: Piece[] = []
  let start = 0
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, start)) {
    if (at > start) pieces.push({ text: line.slice(start, at), hit: false })
    start = at + wanted.length
    pieces.push({ text: line.slice(at, start), hit: true })
  }
  if (start < line.length) pieces.push({ text: line.slice(start), hit: false })
  return pieces
}

/** Whether a line speaks of an error or a warning. */
export function toneOf(line: string): 'error' | 'warning' | '' {
  return ERROR.test(line) ? 'error' : WARNING.test(line) ? 'warning' : ''
}
