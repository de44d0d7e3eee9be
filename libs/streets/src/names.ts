/** Words of a street's kind: everybody leaves them out, or writes them otherwise. */
const kinds = new Set(['jl', 'jln', 'jalan', 'jlan']);
const lanes = new Set(['gang', 'gg', 'gng']);
/** Titles before a name: left out as often as not. */
const titles = new Set(['dr', 'prof', 'ir', 'kh', 'h', 'hj', 'k', 'r', 'mr', 'jend', 'jendral', 'jenderal', 'letjend', 'letjen']); // prettier-ignore
/** How somebody says where he stands; not part of what he stands at. */
const around = new Set(['depan', 'dpn', 'dekat', 'dkt', 'sebelah', 'samping', 'belakang', 'blkg', 'seberang', 'di', 'ke', 'dari', 'pas', 'perempatan', 'pertigaan', 'simpang']); // prettier-ignore
/** Written in many ways. */
const sameName: ReadonlyMap<string, string> = new Map([
  ...['moch', 'moh', 'muh', 'mohamad', 'mochamad', 'mohammad', 'muhamad', 'muhammad'].map((one) => [one, 'moh'] as const), // prettier-ignore
  ...[...lanes].map((one) => [one, 'gang'] as const),
]);
const roman = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii', 'xiii', 'xiv', 'xv', 'xvi', 'xvii', 'xviii', 'xix', 'xx']; // prettier-ignore

/**
 * A name as it is compared: without marks, `Jl.` and titles, in today's spelling (Soekarno = Sukarno), doubled letters
 * single, Roman numbers in digits: `Jl. KH Abdurrahman Wahid` → `abdurahman wahid`, `Gg. III` → `gang 3`. All of it, if
 * nothing would be left.
 */
export function wordsOf(name: string): string[] {
  const words = plain(name);
  const rest = words.filter((word) => !kinds.has(word) && !titles.has(word));
  return (rest.length === 0 ? words : rest).map(spelt);
}

/** The same of what somebody looks for, without how he stands to it: `suroyo depan bri` → `suroyo bri`. */
export function wordsSought(text: string): string[] {
  const words = plain(text).filter((word) => !around.has(word));
  return words.length === 0 ? wordsOf(text) : wordsOf(words.join(' '));
}

/** Is it the name of a gang, not of a street? */
export function isLaneName(name: string): boolean {
  return lanes.has(plain(name)[0] ?? '');
}

const plain = (text: string): string[] =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/(gg|gang)(?=\d)/g, '$1 ')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');

function spelt(word: string): string {
  const same = sameName.get(word);
  if (same !== undefined) return same;
  const number = roman.indexOf(word) + 1;
  if (number > 0) return String(number);
  if (/^\d+$/.test(word)) return String(Number(word));
  const today = word.replaceAll('oe', 'u').replaceAll('dj', 'j').replaceAll('tj', 'c');
  return today.replaceAll(/([a-z])\1+/g, '$1');
}
