// Files that a person dropped or chose, with their names inside the folders that were dropped.

/** A file and its name from outside, folders included. */
export interface Picked {
  file: File
  name: string
}

const NUMBERED = /^\d+_/

/** Whether something that is being dragged holds files. */
export function hasFiles(event: DragEvent): boolean {
  return [...(event.dataTransfer?.types ?? [])].includes('Files')
}

/** All files of a drop, those in folders too. To be called within the event: its data are gone afterwards. */
export async function droppedFiles(event: DragEvent): Promise<Picked[]> {
  const plain = [...(event.dataTransfer?.files ?? [])].map((file) => ({ file, name: file.name }))
  const entries = [...(event.dataTransfer?.items ?? [])].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  if (!entries.length) return plain // a browser that tells nothing of folders
  const found = await Promise.all(entries.map((entry) => walk(entry, '')))
  return withoutTop(found.flat())
}

/** Files of an <input>; one for folders tells their names inside the folder. */
export function chosenFiles(input: HTMLInputElement): Picked[] {
  const found = [...(input.files ?? [])].map((file) => ({ file, name: file.webkitRelativePath || file.name }))
  input.value = '' // so that the same choice can be made again
  return withoutTop(found)
}

/** Names without the one folder around all of them, unless that is `N_words`: a trainer does not look that deep. */
export function withoutTop(files: Picked[]): Picked[] {
  const tops = new Set(files.map((one) => (one.name.includes('/') ? one.name.split('/')[0] : '')))
  const [top] = tops
  if (tops.size !== 1 || !top || NUMBERED.test(top)) return files
  return files.map((one) => ({ ...one, name: one.name.slice(top.length + 1) }))
}

async function walk(entry: FileSystemEntry, above: string): Promise<Picked[]> {
  const name = above + entry.name
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))
    return [{ file, name }]
  }
  const inside = await childrenOf((entry as FileSystemDirectoryEntry).createReader())
  return (await Promise.all(inside.map((child) => walk(child, `${name}/`)))).flat()
}

/** A folder's reader gives its entries in parts, an empty one at the end. */
async function childrenOf(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = []
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (!part.length) return all
    all.push(...part)
  }
}
