import { createHash, randomBytes } from 'node:crypto';
import { currentContext } from './context.ts';

/** Crockford's letters: none that is read for another. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;

/** A number to be read out, of 40 random bits: `LAP-7K2M9QXA`. */
export const numberOf = (prefix: string): string => written(prefix, randomBytes(LENGTH));

/** A number of the press that asks for it, so that its repeat, also after a crash, finds what the first one made. */
export function numberOfPress(prefix: string): string {
  const { press } = currentContext();
  return press === undefined ? numberOf(prefix) : numberFor(prefix, press.key);
}

/** A number of a key, the same for the same key: what another system calls by a name of its own. */
export const numberFor = (prefix: string, key: string): string =>
  written(prefix, createHash('sha256').update(key).digest());

const written = (prefix: string, bytes: Buffer) =>
  `${prefix}-${[...bytes.subarray(0, LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]).join('')}`;
