/** The object without some of its fields, all of which it may lack. */
export function without<Whole extends object>(whole: Whole, ...optional: readonly string[]): Whole {
  return Object.fromEntries(Object.entries(whole).filter(([field]) => !optional.includes(field))) as Whole;
}
