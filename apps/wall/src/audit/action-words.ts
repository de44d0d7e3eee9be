/** How actions are called in one language. */
export interface ActionWords {
  /** Actions that have a word of their own, by name. */
  readonly whole: Readonly<Record<string, string>>;
  /** By the last part of a route's name, `change`, with `{}` for the noun. */
  readonly verbs: Readonly<Record<string, string>>;
  /** By the part before it: `trucks`. */
  readonly nouns: Readonly<Record<string, string>>;
}

/** What was done, in words: its own, or verb and noun of the route's name. A name nobody has words for stands as it is. */
export function actionWords(name: string, { whole, verbs, nouns }: ActionWords): string {
  const own = whole[name];
  if (own !== undefined) return own;
  const [verb, noun] = name.split('.').reverse().slice(0, 2);
  const did = verbs[verb ?? ''];
  const what = nouns[noun ?? ''];
  return did === undefined || what === undefined ? name : did.replace('{}', what);
}
