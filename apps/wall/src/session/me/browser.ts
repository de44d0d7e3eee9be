/** Chromium's relatives say that they are Chrome, and Chrome that it is Safari: the most particular name first. */
const browsers: readonly (readonly [word: RegExp, name: string])[] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|HeadlessChrome|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const systems: readonly (readonly [word: RegExp, name: string])[] = [
  [/\bAndroid\b/, 'Android'],
  [/\b(iPhone|iPad)\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/** `Chrome · Windows` of a `User-Agent` header, as far as it says; undefined when it says neither. */
export function browserOf(userAgent: string): string | undefined {
  const named = [browsers, systems].flatMap((list) => list.find(([word]) => word.test(userAgent))?.[1] ?? []);
  return named.length === 0 ? undefined : named.join(' · ');
}
