// One mask being painted: changes go through here, and each can be undone.
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { counted, cut, emptyBitmap, paste, united, wholeOf, type Bitmap, type Rect } from './bitmap'

interface Step {
  rect: Rect
  before: Uint8ClampedArray
  after: Uint8ClampedArray
}

export interface Editor {
  bitmap: ShallowRef<Bitmap>
  /** How much of the picture counts, 0 to 1. */
  share: Ref<number>
  canUndo: ComputedRef<boolean>
  canRedo: ComputedRef<boolean>
  /** Whether there is something to save. */
  changed: ComputedRef<boolean>
  /** Begin anew with these bytes; undo ends here. */
  reset: (width: number, height: number, bytes?: Uint8ClampedArray) => void
  /** Begin a change of several parts, such as a stroke. */
  begin: () => void
  /** Tell that a part has been changed since `begin`. */
  touch: (rect: Rect | null) => void
  /** End the change; from here on it can be undone. */
  commit: () => void
  /** Give up the change that was begun. */
  cancel: () => void
  /** Make a change at once. */
  apply: (change: (bitmap: Bitmap) => Rect | null) => void
  undo: () => void
  redo: () => void
  /** Note the mask as it is now; what it returns is called when that has been saved, while painting went on. */
  saving: () => () => void
}

/** Bytes that undo may take. */
const MOST_BYTES = 160_000_000

/** An editor that tells of every part that has to be drawn again. */
export function useEditor(draw: (rect: Rect) => void): Editor {
  const bitmap = shallowRef<Bitmap>(emptyBitmap(1, 1))
  const past = shallowRef<Step[]>([])
  const future = shallowRef<Step[]>([])
  const share = ref(0)
  const kept = shallowRef<Step | null>(null)
  const lost = ref(false)
  let before: Uint8ClampedArray | null = null
  let touched: Rect | null = null

  function reset(width: number, height: number, bytes?: Uint8ClampedArray): void {
    bitmap.value = { width, height, data: bytes ?? new Uint8ClampedArray(width * height) }
    past.value = []
    future.value = []
    saving()()
    shown(wholeOf(bitmap.value))
  }

  function shown(rect: Rect): void {
    share.value = counted(bitmap.value)
    draw(rect)
  }

  function begin(): void {
    before = bitmap.value.data.slice()
    touched = null
  }

  function touch(rect: Rect | null): void {
    if (!rect) return
    touched = united(touched, rect)
    draw(rect)
  }

  function commit(): void {
    if (before && touched) push(touched, cut({ ...bitmap.value, data: before }, touched))
    before = null
  }

  function push(rect: Rect, old: Uint8ClampedArray): void {
    const after = cut(bitmap.value, rect)
    if (after.every((value, place) => value === old[place])) return
    past.value = trimmed([...past.value, { rect, before: old, after }])
    future.value = []
    share.value = counted(bitmap.value)
  }

  /** Let the oldest steps go where all of them take too much memory. */
  function trimmed(steps: Step[]): Step[] {
    let bytes = 0
    let first = steps.length
    while (first > 0 && (bytes += 2 * steps[first - 1]!.before.length) <= MOST_BYTES) first -= 1
    const rest = steps.slice(Math.min(first, steps.length - 1))
    if (rest.length < steps.length && (!kept.value || !rest.includes(kept.value))) lost.value = true
    return rest
  }

  function cancel(): void {
    if (before && touched) {
      paste(bitmap.value, touched, cut({ ...bitmap.value, data: before }, touched))
      draw(touched)
    }
    before = null
    touched = null
  }

  function apply(change: (bitmap: Bitmap) => Rect | null): void {
    if (before) return // a stroke is being drawn, and would be lost to undo
    begin()
    touch(change(bitmap.value))
    commit()
  }

  function undo(): void {
    const step = past.value.at(-1)
    if (!step || before) return
    past.value = past.value.slice(0, -1)
    future.value = [...future.value, step]
    paste(bitmap.value, step.rect, step.before)
    shown(step.rect)
  }

  function redo(): void {
    const step = future.value.at(-1)
    if (!step || before) return
    future.value = future.value.slice(0, -1)
    past.value = [...past.value, step]
    paste(bitmap.value, step.rect, step.after)
    shown(step.rect)
  }

  function saving(): () => void {
    const step = past.value.at(-1) ?? null
    return () => {
      kept.value = step
      lost.value = false
    }
  }

  return {
    bitmap, share, reset, begin, touch, commit, cancel, apply, undo, redo, saving,
    canUndo: computed(() => past.value.length > 0),
    canRedo: computed(() => future.value.length > 0),
    changed: computed(() => lost.value || (past.value.at(-1) ?? null) !== kept.value),
  }
}
