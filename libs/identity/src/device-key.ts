import { timingSafeEqual } from 'node:crypto';
import { hashOfSecret, newSecret } from './secret.ts';

/** A new key for a device: a secret, marked so that doors, and scanners for leaked secrets, can find it. */
export const newDeviceKey = (): string => `siaga_dk_${newSecret()}`;

/** The first key in a text, wherever a device put it: an address, a password, a header. */
export const keyIn = (text: string): string | undefined => /siaga_dk_[\w-]{43}/.exec(text)?.[0];

/** The text without keys, also those that were cut or written in percent-encoding. */
export const withoutKeys = (text: string): string =>
  text.replace(/siaga(?:_|%5f)dk(?:_|%5f)(?:[\w-]|%[0-9a-f]{2})*/gi, '•••');

/** What is kept of a key. */
export const hashOfKey = hashOfSecret;

/** Compares in constant time. */
export function isKey(key: string, keyHash: string): boolean {
  const given = Buffer.from(hashOfKey(key));
  const kept = Buffer.from(keyHash);
  return given.length === kept.length && timingSafeEqual(given, kept);
}
