// Sentences in the page's language for the codes of what the server refuses or remarks: its own words are English.
import { useI18n } from 'vue-i18n'
import chinese from '@/i18n/problems/zh-CN.json'

/** By language; English has none, since there the server's own words say it already, and more exactly. */
const SENTENCES: Record<string, Record<string, string> | undefined> = { 'zh-CN': chinese }

/** Returns `sentenceOf(code, words)`: what to say above the server's words; empty where they are enough. */
export function useSentences(): { sentenceOf: (code: string, words: string) => string } {
  const { locale } = useI18n()
  function sentenceOf(code: string, words: string): string {
    const key = code.startsWith('http-') ? 'http' : code
    return (!isChinese(words) && SENTENCES[locale.value]?.[key]) || ''
  }
  return { sentenceOf }
}

/** Whether words are a Chinese sentence; Chinese names of files in an English one do not make it one. */
export function isChinese(words: string): boolean {
  return /[\u3002\uff01\uff1f]$/.test(words.trim())
}
