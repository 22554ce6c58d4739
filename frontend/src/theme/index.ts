// The look: a quiet page with one accent, the young moon's gold; light and dark.
import { darkTheme, lightTheme, type GlobalTheme, type GlobalThemeOverrides } from 'naive-ui'

export type ThemeName = 'light' | 'dark'

const FONT = { fontFamily: 'var(--font)', fontFamilyMono: 'var(--mono)', borderRadius: '6px', fontSize: '14px' }

const LIGHT: GlobalThemeOverrides = {
  common: {
    ...FONT,
    primaryColor: '#8a5a00', primaryColorHover: '#a06a06', primaryColorPressed: '#6f4800', primaryColorSuppl: '#a06a06',
    bodyColor: '#f7f6f3', cardColor: '#ffffff', textColor3: '#6a6660', placeholderColor: '#716d66',
    // dark enough for small words on a light ground of the same colour
    infoColor: '#1f62a8', infoColorHover: '#2f72b8', infoColorPressed: '#184f89', infoColorSuppl: '#2f72b8',
    successColor: '#1a7441', successColorHover: '#26854f', successColorPressed: '#125c32', successColorSuppl: '#26854f',
    warningColor: '#8f5600', warningColorHover: '#a0660f', warningColorPressed: '#734500', warningColorSuppl: '#a0660f',
    errorColor: '#b3303c', errorColorHover: '#c4424e', errorColorPressed: '#92242f', errorColorSuppl: '#c4424e',
  },
}

const DARK: GlobalThemeOverrides = {
  common: {
    ...FONT,
    primaryColor: '#e0b04c', primaryColorHover: '#ecc169', primaryColorPressed: '#c99a36', primaryColorSuppl: '#c99a36',
    bodyColor: '#14151a', cardColor: '#1b1d24', modalColor: '#20222a', popoverColor: '#262933', textColor3: '#a3a4ab',
    placeholderColor: '#9a9ba3',
  },
}

/** Theme and overrides for Naive UI. */
export function themeOf(name: ThemeName): { theme: GlobalTheme; overrides: GlobalThemeOverrides } {
  return name === 'dark' ? { theme: darkTheme, overrides: DARK } : { theme: lightTheme, overrides: LIGHT }
}
