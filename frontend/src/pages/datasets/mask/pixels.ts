// Between files, canvases and a mask's bytes.
import { address, api, data, type Schemas } from '@/api/client'
import type { Bitmap, Rect } from './bitmap'
import type { Setting } from './tools'

export type Sheet = Schemas['MaskSheet']
export type Query = { dataset: string; picture: string }

const TINT = [230, 60, 120] as const

/** A picture of the server, ready to be drawn. */
export async function loadPicture(url: string): Promise<HTMLImageElement> {
  const image = new Image()
  image.src = address(url)
  await image.decode()
  return image
}

/** The bytes of a mask that the server gives as a picture. */
export async function bytesOf(file: Blob, width: number, height: number): Promise<Uint8ClampedArray> {
  const image = await createImageBitmap(file)
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  context.drawImage(image, 0, 0, width, height)
  image.close()
  const colours = context.getImageData(0, 0, width, height).data
  const bytes = new Uint8ClampedArray(width * height)
  for (let place = 0; place < bytes.length; place += 1) bytes[place] = colours[place * 4]!
  return bytes
}

/** A mask as a PNG, grey. */
export async function pngOf(bitmap: Bitmap): Promise<Blob> {
  const canvas = document.createElement('canvas')
  canvas.width = bitmap.width
  canvas.height = bitmap.height
  const colours = new ImageData(bitmap.width, bitmap.height)
  const words = new Uint32Array(colours.data.buffer)
  for (let place = 0; place < words.length; place += 1) words[place] = 0xff000000 | (bitmap.data[place]! * 0x010101)
  canvas.getContext('2d')!.putImageData(colours, 0, 0)
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no PNG'))), 'image/png'))
}

/** Draw a part of the mask over the picture. */
export function paint(context: CanvasRenderingContext2D, bitmap: Bitmap, rect: Rect, look: Setting['look']): void {
  const colours = new ImageData(rect.width, rect.height)
  const [red, green, blue] = look === 'colour' ? TINT : [0, 0, 0]
  let to = 0
  for (let row = rect.y; row < rect.y + rect.height; row += 1) {
    let from = row * bitmap.width + rect.x
    for (let column = 0; column < rect.width; column += 1, from += 1, to += 4) {
      const value = bitmap.data[from]!
      colours.data[to] = red
      colours.data[to + 1] = green
      colours.data[to + 2] = blue
      colours.data[to + 3] = look === 'colour' ? value : 255 - value
    }
  }
  context.putImageData(colours, rect.x, rect.y)
}

export function readSheet(query: Query): Promise<Sheet> {
  return data<Sheet>(api.GET('/api/datasets/mask', { params: { query } }))
}

/** A mask, transparency or a former version, as a picture. */
export function readLayer(query: Query, kind: string): Promise<Blob> {
  return data<Blob>(api.GET('/api/datasets/mask/layer', { params: { query: { ...query, kind } }, parseAs: 'blob' }) as Promise<{ data?: Blob }>)
}

export function readGuess(query: Query, model: string): Promise<Blob> {
  const body = { ...query, model, grow: 0, soften: 0, invert: false }
  return data<Blob>(api.POST('/api/datasets/mask/guess', { body, parseAs: 'blob' }) as Promise<{ data?: Blob }>)
}

export async function saveMask(query: Query, seen: number | null, bitmap: Bitmap): Promise<Sheet> {
  const body = (await pngOf(bitmap)) as unknown as string
  const request = { params: { query: { ...query, seen } }, body, bodySerializer: (blob: unknown) => blob as Blob, headers: { 'Content-Type': 'image/png' } }
  return data<Sheet>(api.PUT('/api/datasets/mask', request))
}

export function removeMask(query: Query, seen: number | null): Promise<Sheet> {
  return data<Sheet>(api.DELETE('/api/datasets/mask', { params: { query: { ...query, seen } } }))
}
