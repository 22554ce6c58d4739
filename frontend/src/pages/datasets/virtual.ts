// The geometry of a grid of thousands: only the rows in sight are in the document, and arrow keys walk through all.
import { computed, nextTick, onBeforeUnmount, onMounted, ref, type ComputedRef, type Ref } from 'vue'

const SPARE_ROWS = 2

/** How a grid is laid out, in pixels: cells are `side` or a little wider; `label` is the height below the picture. */
export interface Layout {
  total: () => number
  side: () => number
  label: () => number
  gap: number
}

/** A cell in sight: its place in the list, and where it stands. */
export interface Cell {
  index: number
  style: Record<string, string>
}

/** What a page does with its grid. */
export interface Grid {
  /** Bring a cell into sight; the focus goes with it where it was among the cells. */
  reveal: (place: number) => Promise<void>
  toTop: () => void
}

export interface VirtualGrid {
  cells: ComputedRef<Cell[]>
  cell: ComputedRef<number>
  first: ComputedRef<number>
  last: ComputedRef<number>
  wholeHeight: ComputedRef<number>
  scrolled: (event: Event) => void
  steps: (key: string) => number
  reveal: (index: number) => Promise<void>
}

/** Lay out a grid inside a box that scrolls; its buttons carry their place as `data-place`. */
export function useVirtualGrid(box: Ref<HTMLElement | null>, layout: Layout): VirtualGrid {
  const width = ref(0)
  const height = ref(0)
  const top = ref(0)

  const columns = computed(() => Math.max(1, Math.floor((width.value + layout.gap) / (layout.side() + layout.gap))))
  const cell = computed(() => Math.max(40, (width.value - layout.gap * (columns.value - 1)) / columns.value))
  const pitch = computed(() => cell.value + layout.label() + layout.gap)
  const lines = computed(() => Math.ceil(layout.total() / columns.value))
  const first = computed(() => Math.max(0, Math.floor(top.value / pitch.value) - SPARE_ROWS) * columns.value)
  const last = computed(() => {
    const line = Math.ceil((top.value + height.value) / pitch.value) + SPARE_ROWS
    return Math.min(layout.total(), line * columns.value) - 1
  })
  const wholeHeight = computed(() => Math.max(0, lines.value * pitch.value - layout.gap))
  const cells = computed(() => {
    const shown: Cell[] = []
    for (let index = first.value; index <= last.value; index += 1) {
      const line = Math.floor(index / columns.value)
      const column = index - line * columns.value
      const transform = `translate(${column * (cell.value + layout.gap)}px, ${line * pitch.value}px)`
      shown.push({ index, style: { transform, width: `${cell.value}px`, height: `${cell.value + layout.label()}px` } })
    }
    return shown
  })

  const resized = new ResizeObserver(([entry]) => {
    width.value = entry?.contentRect.width ?? 0
    height.value = entry?.contentRect.height ?? 0
  })
  onMounted(() => box.value && resized.observe(box.value))
  onBeforeUnmount(() => resized.disconnect())

  function scrolled(event: Event): void {
    top.value = (event.target as HTMLElement).scrollTop
  }

  /** How far a key leads; 0 for keys that lead nowhere. */
  function steps(key: string): number {
    const page = Math.max(1, Math.floor(height.value / pitch.value)) * columns.value
    const all = layout.total()
    return { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns.value, ArrowUp: -columns.value, PageDown: page, PageUp: -page, Home: -all, End: all }[key] ?? 0
  }

  /** Bring a cell into sight; the focus goes with it where it was among the cells. */
  async function reveal(index: number): Promise<void> {
    const view = box.value
    if (!view) return
    const line = Math.floor(index / columns.value) * pitch.value
    if (line < view.scrollTop) view.scrollTop = line
    else if (line + pitch.value > view.scrollTop + height.value) view.scrollTop = line + pitch.value - height.value
    top.value = view.scrollTop
    const focused = view.contains(document.activeElement)
    await nextTick()
    if (focused) view.querySelector<HTMLElement>(`[data-place="${index}"]`)?.focus({ preventScroll: true })
  }

  return { cells, cell, first, last, wholeHeight, scrolled, steps, reveal }
}
