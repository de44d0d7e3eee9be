/** `1 report`, `2 reports`: Bahasa does without. */
export function many(count: string, noun: string): string {
  return `${count} ${noun}${count === '1' ? '' : 's'}`;
}
