import { randomInt } from 'node:crypto';

/** Without vowels, so that no word comes out, and without what looks like something else; RFC 8628 §6.1. */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
const LENGTH = 8;
const ours = new RegExp(`^[${LETTERS}]{${String(LENGTH)}}$`);

/** What a screen shows and an administrator types: eight letters, 20⁸ possible ones. */
export function newUserCode(): string {
  return Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

/** `WDJB-MJHT`: easier to read aloud. */
export const spelled = (userCode: string): string => `${userCode.slice(0, 4)}-${userCode.slice(4)}`;

/** The code somebody meant: small letters, no dash or a space count the same. undefined: no code of ours. */
export function readUserCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s\p{Pd}_.]/gu, '');
  return ours.test(code) ? code : undefined;
}
