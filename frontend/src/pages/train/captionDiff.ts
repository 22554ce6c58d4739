// Captions held against each other tag by tag: what moved or is new, and what is gone.

/** A tag of a caption, and whether the other caption lacks it at this place of the order. */
export interface Tag {
  text: string
  other: boolean
}

/** The tags of `now`, marked where they are not in the order of `before`, and those of `before` that `now` lacks. */
export function compared(before: string, now: string): { tags: Tag[]; gone: string[] } {
  const old = before.split(', ')
  const fresh = now.split(', ')
  const common = longest(old, fresh)
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

/** Lengths of the longest common part of what follows each pair of places. */
function longest(one: string[], other: string[]): number[][] {
  const found = Array.from({ length: one.length + 1 }, () => new Array<number>(other.length + 1).fill(0))
  for (let row = one.length - 1; row >= 0; row -= 1) {
    for (let column = other.length - 1; column >= 0; column -= 1) {
      const apart = Math.max(found[row + 1]![column]!, found[row]![column + 1]!)
      found[row]![column] = one[row] === other[column] ? found[row + 1]![column + 1]! + 1 : apart
    }
  }
  return found
}
