// Uploads: sent in small parts one after another, going on while the person looks at other places.
import { reactive, ref } from 'vue'
import { ApiError, address, type Schemas } from '@/api/client'
import type { Picked } from './picked'

/** One upload into one folder. */
export interface Upload {
  key: number
  folder: string
  files: number
  bytes: number
  /** Bytes that have gone out. */
  sent: number
  added: number
  skipped: Schemas['Skipped'][]
  state: 'running' | 'done' | 'failed' | 'stopped'
  error: unknown
}

const PART_BYTES = 24_000_000
const PART_FILES = 40

const uploads = ref<Upload[]>([])
const running = new Map<number, AbortController>()
let count = 0

/** All uploads of this visit, the newest first. */
export function useUploads(): { uploads: typeof uploads; start: typeof start; stop: typeof stop; forget: typeof forget } {
  return { uploads, start, stop, forget }
}

/** Send files into a folder; resolves when all were sent, whatever came of them. */
async function start(folder: string, files: Picked[]): Promise<Upload> {
  const bytes = files.reduce((sum, one) => sum + one.file.size, 0)
  const upload = reactive<Upload>({
    key: (count += 1), folder, files: files.length, bytes, sent: 0, added: 0, skipped: [], state: 'running', error: null,
  })
  uploads.value = [upload, ...uploads.value]
  const control = new AbortController()
  running.set(upload.key, control)
  try {
    for (const part of partsOf(files)) await sendPart(upload, part, control.signal)
    upload.state = 'done'
  } catch (error) {
    upload.state = control.signal.aborted ? 'stopped' : 'failed'
    upload.error = error
  } finally {
    running.delete(upload.key)
  }
  return upload
}

/** End an upload; what has arrived stays. */
function stop(upload: Upload): void {
  running.get(upload.key)?.abort()
}

/** Take an upload that has ended off the list. */
function forget(upload: Upload): void {
  uploads.value = uploads.value.filter((one) => one.key !== upload.key)
}

/** Small parts, so that little is lost when the connection breaks. A zip file goes alone. */
export function partsOf(files: Picked[]): Picked[][] {
  const parts: Picked[][] = []
  let size = Infinity
  for (const one of files) {
    const last = parts.at(-1)
    if (!last || size + one.file.size > PART_BYTES || last.length >= PART_FILES) {
      parts.push([one])
      size = one.file.size
    } else {
      last.push(one)
      size += one.file.size
    }
  }
  return parts
}

async function sendPart(upload: Upload, part: Picked[], signal: AbortSignal): Promise<void> {
  const before = upload.sent
  const size = part.reduce((sum, one) => sum + one.file.size, 0)
  const answer = await post(upload.folder, part, signal, (share) => (upload.sent = before + Math.round(size * share)))
  upload.sent = before + size
  upload.added += answer.added.length
  upload.skipped.push(...answer.skipped)
}

/** fetch cannot tell how much has been sent, XMLHttpRequest can. */
function post(folder: string, part: Picked[], signal: AbortSignal, onShare: (share: number) => void): Promise<Schemas['UploadAnswer']> {
  const body = new FormData()
  for (const one of part) body.append('files', one.file, one.name)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', address(`api/datasets/upload?path=${encodeURIComponent(folder)}`))
    request.responseType = 'json'
    request.upload.onprogress = (event) => event.lengthComputable && onShare(event.loaded / event.total)
    request.onload = () => {
      if (request.status < 300) return resolve(request.response as Schemas['UploadAnswer'])
      const told = (request.response as Schemas['Failure'] | null)?.errors
      return reject(new ApiError(request.status, told ?? [{ code: `http-${request.status}`, message: request.statusText, hint: '' }]))
    }
    request.onerror = () => reject(new ApiError(0, [{ code: 'unreachable', message: '', hint: '' }]))
    request.onabort = () => reject(new DOMException('stopped', 'AbortError'))
    signal.addEventListener('abort', () => request.abort())
    request.send(body)
  })
}
