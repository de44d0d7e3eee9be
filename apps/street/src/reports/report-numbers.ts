import { randomInt } from 'node:crypto';

/** Crockford's letters: none that is read for another. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;

/** A number to be read out, of 40 random bits: `LAP-7K2M9QXA`. */
export const numberOf = (prefix: 'LAP' | 'SPK' | 'PLN' | 'FOTO' | 'REK'): string =>
  `${prefix}-${Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')}`;
