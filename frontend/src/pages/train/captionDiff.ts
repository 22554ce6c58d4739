// Captions held against each other tag by tag: what moved or is new, and what is gone.
import { commonLengths } from '../datasets/captions/words'

/** A tag of a caption, and whether the other caption lacks it at this place of the order. */
export interface Tag {
  text: string
  other: boolean
}

/** The tags of `now`, marked where they are not in the order of `before`, and those of `before` that `now` lacks. */
export function compared(before: string, now: string): { tags: Tag[]; gone: string[] } {
  const old = before.split(', ')
  const fresh = now.split(', ')
  const common = commonLengths(old, fresh)
  const tags: Tag[] = []
  let at = 0
  for (const [place, text] of fresh.entries()) {
    while (at < old.length && old[at] !== text && common[at + 1]![place]! >= common[at]![place + 1]!) at += 1
    const same = at < old.length && old[at] === text
    if (same) at += 1
    tags.push({ text, other: !same })
  }
  return { tags, gone: old.filter((text) => text && !fresh.includes(text)) }
}
