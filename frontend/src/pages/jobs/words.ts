// Two captions taken apart into what both have and what only one has.

/** A part of a caption, and whether the other one lacks it. */
export interface WordPart {
  text: string
  changed: boolean
}

/** Both captions in parts: tags where there are commas, else words. */
export function partsOf(before: string, after: string): { old: WordPart[]; fresh: WordPart[] } {
  const cut = before.includes(',') || after.includes(',') ? /(,\s*)/ : /(\s+)/
  const [left, right] = [before.split(cut), after.split(cut)]
  return { old: marked(left, right), fresh: marked(right, left) }
}

/** Mark what the other side lacks; what stands between parts is never marked. */
function marked(parts: string[], others: string[]): WordPart[] {
  const there = new Set(others.map((text) => text.trim()))
  return parts.map((text, place) => ({ text, changed: place % 2 === 0 && text.trim() !== '' && !there.has(text.trim()) })).filter((part) => part.text)
}
