// The page's texts: one catalogue file a page and language, merged under the file's name.
import { createI18n } from 'vue-i18n'

export type Language = 'en' | 'zh-CN'
interface Catalogue {
  [key: string]: string | Catalogue
}

function catalogues(files: Record<string, { default: Catalogue }>): Catalogue {
  return Object.fromEntries(
    Object.entries(files).map(([path, file]) => [path.replace(/^.*\/|\.json$/g, ''), file.default]),
  )
}

const messages = {
  en: catalogues(import.meta.glob('./en/*.json', { eager: true })),
  'zh-CN': catalogues(import.meta.glob('./zh-CN/*.json', { eager: true })),
}

export const i18n = createI18n<false>({
  legacy: false,
  locale: browserLanguage(),
  fallbackLocale: 'en',
  messages,
})

/** The language that the browser asks for. */
export function browserLanguage(): Language {
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

/** A text that the server tells in both languages, in the page's. */
export function said(text: { en: string; zh: string }): string {
  return i18n.global.locale.value === 'zh-CN' ? text.zh : text.en
}

/** Show the page in a language. */
export function speak(language: Language): void {
  i18n.global.locale.value = language
  document.documentElement.lang = language
}
