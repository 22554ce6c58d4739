// What a person chose, kept by the server; language and theme act at once.
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'
import { api, data, type Schemas } from '@/api/client'
import { browserLanguage, speak, type Language } from '@/i18n'
import { useStudio } from '@/live/stream'
import type { ThemeName } from '@/theme'

export type Preferences = Schemas['Preferences']

interface State {
  preferences: Ref<Preferences | null>
  themeName: ComputedRef<ThemeName>
  choose: (change: Partial<Preferences>) => Promise<void>
}

let state: State | null = null

/** The one state of preferences; loaded at the first call. */
export function usePreferences(): State {
  state ??= load()
  return state
}

function load(): State {
  const preferences = ref<Preferences | null>(null)
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const systemDark = ref(dark.matches)
  dark.addEventListener('change', (event) => (systemDark.value = event.matches))
  const themeName = computed<ThemeName>(() => {
    const wanted = preferences.value?.theme ?? 'system'
    return wanted === 'system' ? (systemDark.value ? 'dark' : 'light') : wanted
  })

  async function choose(change: Partial<Preferences>): Promise<void> {
    const before = preferences.value ?? (await data<Preferences>(api.GET('/api/preferences')))
    preferences.value = { ...before, ...change } // seen at once; the server's word follows
    try {
      preferences.value = await data<Preferences>(api.PUT('/api/preferences', { body: preferences.value }))
    } catch (error) {
      preferences.value = before
      throw error
    }
  }

  const { studio } = useStudio()
  watch([preferences, studio], () => {
    speak((preferences.value?.language ?? studio.value?.language ?? browserLanguage()) as Language)
  })
  watch(themeName, (name) => (document.documentElement.dataset.theme = name), { immediate: true })
  data<Preferences>(api.GET('/api/preferences')).then(
    (found) => (preferences.value ??= found),
    () => undefined, // the frame says that the studio does not answer
  )
  return { preferences, themeName, choose }
}
