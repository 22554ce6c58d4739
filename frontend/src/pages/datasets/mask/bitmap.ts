// A mask in memory: one byte a pixel, 255 counts fully; what brushes, areas and fills do to it. No page in here.

export interface Point {
  x: number
  y: number
}

/** A part of a mask, in whole pixels. */
export interface Rect {
  x: number
  y: number
  width: number
  height: number
}

export interface Bitmap {
  width: number
  height: number
  data: Uint8ClampedArray
}

/** How a stroke looks: radius in pixels, softness from 0 (hard) to 1, and whether it takes away. */
export interface Brush {
  radius: number
  softness: number
  erase: boolean
}

const WHITE = 255
const MIDDLE = 128

export function emptyBitmap(width: number, height: number): Bitmap {
  return { width, height, data: new Uint8ClampedArray(width * height) }
}

export function wholeOf(bitmap: Bitmap): Rect {
  return { x: 0, y: 0, width: bitmap.width, height: bitmap.height }
}

/** The smallest rectangle that holds both. */
export function united(first: Rect | null, second: Rect): Rect {
  if (!first) return second
  const x = Math.min(first.x, second.x)
  const y = Math.min(first.y, second.y)
  const right = Math.max(first.x + first.width, second.x + second.width)
  const bottom = Math.max(first.y + first.height, second.y + second.height)
  return { x, y, width: right - x, height: bottom - y }
}

/** What lies inside the mask, or null. */
export function clipped(bitmap: Bitmap, left: number, top: number, right: number, bottom: number): Rect | null {
  const x = Math.max(0, Math.floor(left))
  const y = Math.max(0, Math.floor(top))
  const width = Math.min(bitmap.width, Math.ceil(right)) - x
  const height = Math.min(bitmap.height, Math.ceil(bottom)) - y
  return width > 0 && height > 0 ? { x, y, width, height } : null
}

/** How much a brush covers at a distance from its line, 0 to 255; the outermost pixel is always smooth. */
function coverage(distance: number, brush: Brush): number {
  const inner = brush.radius * (1 - brush.softness)
  const fade = Math.max(1, brush.radius - inner)
  const share = (brush.radius + 0.5 - distance) / fade
  if (share >= 1) return WHITE
  if (share <= 0) return 0
  return WHITE * share * share * (3 - 2 * share)
}

/** Draw from one point to another, without gaps however fast the hand was; return what was changed. */
export function drawLine(bitmap: Bitmap, from: Point, to: Point, brush: Brush): Rect | null {
  const reach = brush.radius + 1
  const rect = clipped(
    bitmap, Math.min(from.x, to.x) - reach, Math.min(from.y, to.y) - reach, Math.max(from.x, to.x) + reach, Math.max(from.y, to.y) + reach,
  )
  if (!rect) return null
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = dx * dx + dy * dy
  for (let y = rect.y; y < rect.y + rect.height; y += 1) {
    const row = y * bitmap.width
    for (let x = rect.x; x < rect.x + rect.width; x += 1) {
      const [px, py] = [x + 0.5 - from.x, y + 0.5 - from.y]
      const along = length ? Math.min(1, Math.max(0, (px * dx + py * dy) / length)) : 0
      const amount = coverage(Math.hypot(px - along * dx, py - along * dy), brush)
      if (!amount) continue
      const now = bitmap.data[row + x]!
      bitmap.data[row + x] = brush.erase ? Math.min(now, WHITE - amount) : Math.max(now, amount)
    }
  }
  return rect
}

/** Fill the inside of a closed line (even-odd); a rectangle is one of four points. */
export function fillArea(bitmap: Bitmap, points: Point[], erase: boolean): Rect | null {
  const xs = points.map((point) => point.x)
  const ys = points.map((point) => point.y)
  const rect = points.length > 2 ? clipped(bitmap, Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)) : null
  if (!rect) return null
  for (let y = rect.y; y < rect.y + rect.height; y += 1) {
    const cuts = crossings(points, y + 0.5)
    for (let index = 0; index + 1 < cuts.length; index += 2) {
      const start = Math.max(rect.x, Math.round(cuts[index]!))
      const end = Math.min(rect.x + rect.width, Math.round(cuts[index + 1]!))
      if (end > start) bitmap.data.fill(erase ? 0 : WHITE, y * bitmap.width + start, y * bitmap.width + end)
    }
  }
  return rect
}

/** Where a closed line crosses a height, from left to right. */
function crossings(points: Point[], y: number): number[] {
  const found: number[] = []
  points.forEach((point, index) => {
    const next = points[(index + 1) % points.length]!
    if (point.y <= y !== next.y <= y) found.push(point.x + ((y - point.y) / (next.y - point.y)) * (next.x - point.x))
  })
  return found.sort((a, b) => a - b)
}

/** Fill the connected part around a point that is as dark (or, to take away, as light) as that point. */
export function fillAround(bitmap: Bitmap, at: Point, erase: boolean): Rect | null {
  const { width, height, data } = bitmap
  const [x0, y0] = [Math.floor(at.x), Math.floor(at.y)]
  const open = (place: number): boolean => data[place]! >= MIDDLE === erase
  if (x0 < 0 || y0 < 0 || x0 >= width || y0 >= height || !open(y0 * width + x0)) return null
  const value = erase ? 0 : WHITE
  let rect: Rect | null = null
  const waiting = [y0 * width + x0]
  while (waiting.length) {
    const place = waiting.pop()!
    if (!open(place)) continue
    const row = Math.floor(place / width) * width
    let left = place
    while (left > row && open(left - 1)) left -= 1
    let right = place + 1
    while (right < row + width && open(right)) right += 1
    for (const beside of [row - width, row + width]) {
      if (beside < 0 || beside >= width * height) continue
      for (let next = beside + left - row; next < beside + right - row; next += 1) {
        if (open(next) && (next === beside + left - row || !open(next - 1))) waiting.push(next)
      }
    }
    data.fill(value, left, right)
    rect = united(rect, { x: left - row, y: row / width, width: right - left, height: 1 })
  }
  return rect
}

export function invert(bitmap: Bitmap): Rect {
  const { data } = bitmap
  for (let place = 0; place < data.length; place += 1) data[place] = WHITE - data[place]!
  return wholeOf(bitmap)
}

export function fillAll(bitmap: Bitmap, erase: boolean): Rect {
  bitmap.data.fill(erase ? 0 : WHITE)
  return wholeOf(bitmap)
}

/** The bytes of a part, row by row. */
export function cut(bitmap: Bitmap, rect: Rect): Uint8ClampedArray {
  const found = new Uint8ClampedArray(rect.width * rect.height)
  for (let row = 0; row < rect.height; row += 1) {
    const start = (rect.y + row) * bitmap.width + rect.x
    found.set(bitmap.data.subarray(start, start + rect.width), row * rect.width)
  }
  return found
}

export function paste(bitmap: Bitmap, rect: Rect, bytes: Uint8ClampedArray): void {
  for (let row = 0; row < rect.height; row += 1) {
    bitmap.data.set(bytes.subarray(row * rect.width, (row + 1) * rect.width), (rect.y + row) * bitmap.width + rect.x)
  }
}

/** How much of the picture counts, 0 to 1. */
export function counted(bitmap: Bitmap): number {
  const { data } = bitmap
  let sum = 0
  for (let place = 0; place < data.length; place += 1) sum += data[place]!
  return sum / (data.length * WHITE)
}
