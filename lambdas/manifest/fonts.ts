/** The font files of the documents and the npm package each comes from (SIL Open Font Licence). */
export const FONT_FILES = {
  regular: { package: '@expo-google-fonts/noto-sans', folder: '400Regular', file: 'NotoSans_400Regular.ttf' },
  bold: { package: '@expo-google-fonts/noto-sans', folder: '700Bold', file: 'NotoSans_700Bold.ttf' },
  japanese: { package: '@expo-google-fonts/noto-sans-jp', folder: '400Regular', file: 'NotoSansJP_400Regular.ttf' },
  simplifiedChinese: {
    package: '@expo-google-fonts/noto-sans-sc',
    folder: '400Regular',
    file: 'NotoSansSC_400Regular.ttf',
  },
  korean: { package: '@expo-google-fonts/noto-sans-kr', folder: '400Regular', file: 'NotoSansKR_400Regular.ttf' },
} as const;

/** Where an npm package holds the file, as an import names it. */
export function fontSpecifier(name: keyof typeof FONT_FILES): string {
  const { package: packageName, folder, file } = FONT_FILES[name];
  return `${packageName}/${folder}/${file}`;
}
