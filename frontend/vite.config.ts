// Builds the page into the Python package, so that nobody needs Node to run it.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath, URL } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'

const here = fileURLToPath(new URL('.', import.meta.url))
const SOURCES = ['index.html', 'package.json', 'package-lock.json', 'vite.config.ts', 'public', 'src']

function filesOf(path: string): string[] {
  try {
    return readdirSync(path).flatMap((name) => filesOf(join(path, name)))
  } catch {
    return [path] // no folder
  }
}

/** One number over every source file, beside the built ones: a test without Node sees whether they belong together. */
function digest(): string {
  const whole = createHash('sha256')
  const names = SOURCES.flatMap((name) => filesOf(join(here, name))).map((path) => relative(here, path).split(sep).join('/'))
  for (const name of names.sort()) {
    whole.update(`${name}\n`)
    whole.update(readFileSync(join(here, name), 'utf8').replaceAll('\r\n', '\n'))
  }
  return whole.digest('hex')
}

const stamp: Plugin = {
  name: 'stamp',
  writeBundle: ({ dir }) => writeFileSync(join(dir ?? '', 'source.sha256'), `${digest()}\n`),
}

export default defineConfig({
  base: './', // works behind any path prefix
  plugins: [vue(), stamp],
  resolve: { alias: { '@': join(here, 'src') } },
  build: { outDir: '../mikazuki/web/static', emptyOutDir: true, chunkSizeWarningLimit: 1500 },
  server: { proxy: { '/api': 'http://127.0.0.1:28000', '/tensorboard': 'http://127.0.0.1:28000' } },
})
