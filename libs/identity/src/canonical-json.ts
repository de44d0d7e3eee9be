/**
 * One text for one value, whoever writes it down: RFC 8785. Names in the order of their UTF-16 units, no spaces, numbers
 * and strings as ECMAScript writes them. Throws for what JSON has not (NaN, infinite, half of a surrogate pair).
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    // code units, not letters of any language
    members.sort(([one], [other]) => (one < other ? -1 : 1));
    return `{${members.map(([name, member]) => `${canonicalJson(name)}:${canonicalJson(member)}`).join(',')}}`;
  }
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${String(value)} is no JSON`);
  if (typeof value === 'string' && !value.isWellFormed()) throw new TypeError('half of a surrogate pair is no JSON');
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new TypeError(`a ${typeof value} is no JSON`);
  return text;
}
