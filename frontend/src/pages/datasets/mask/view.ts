// Where the picture lies in its window: enlarged and moved by wheel, fingers and keys.
import { computed, reactive, ref, type ComputedRef, type Ref } from 'vue'
import type { Point } from './bitmap'

export interface View {
  x: number
  y: number
  zoom: number
}

export interface Viewing {
  view: View
  /** Whether the whole picture is shown, as `fit` does it. */
  fitted: Ref<boolean>
  style: ComputedRef<{ transform: string }>
  /** Show the whole picture. */
  fit: () => void
  /** Enlarge around a point of the window. */
  zoomAt: (at: Point, factor: number) => void
  /** Enlarge around the middle of the window. */
  zoomBy: (factor: number) => void
  pan: (dx: number, dy: number) => void
  /** The pixel of the picture under a point of the window. */
  toPicture: (at: Point) => Point
}

const LEAST = 0.02
const MOST = 32
const MARGIN = 12

/** The view of a picture in a window, both sizes in pixels. */
export function useView(window: () => { width: number; height: number }, picture: () => { width: number; height: number }): Viewing {
  const view = reactive<View>({ x: 0, y: 0, zoom: 1 })
  const fitted = ref(true)

  function fit(): void {
    const [outer, inner] = [window(), picture()]
    view.zoom = Math.min(4, Math.max(LEAST, Math.min((outer.width - MARGIN) / inner.width, (outer.height - MARGIN) / inner.height)))
    view.x = (outer.width - inner.width * view.zoom) / 2
    view.y = (outer.height - inner.height * view.zoom) / 2
    fitted.value = true
  }

  function zoomAt(at: Point, factor: number): void {
    const zoom = Math.min(MOST, Math.max(LEAST, view.zoom * factor))
    const held = toPicture(at)
    view.zoom = zoom
    fitted.value = false
    view.x = at.x - held.x * zoom
    view.y = at.y - held.y * zoom
  }

  function zoomBy(factor: number): void {
    const outer = window()
    zoomAt({ x: outer.width / 2, y: outer.height / 2 }, factor)
  }

  function pan(dx: number, dy: number): void {
    view.x += dx
    fitted.value = false
    view.y += dy
  }

  function toPicture(at: Point): Point {
    return { x: (at.x - view.x) / view.zoom, y: (at.y - view.y) / view.zoom }
  }

  const style = computed(() => ({ transform: `translate(${view.x}px, ${view.y}px) scale(${view.zoom})` }))
  return { view, fitted, style, fit, zoomAt, zoomBy, pan, toPicture }
}
