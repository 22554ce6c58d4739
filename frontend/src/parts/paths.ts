// Paths of the server's machine, of Windows too.

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.replace(/[\\/]+$/, '').split(/[\\/]/).pop() ?? ''
}
