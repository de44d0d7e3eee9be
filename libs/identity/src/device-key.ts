import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new key for a device: 32 random bytes, marked so that scanners for leaked secrets can find it. */
export const newDeviceKey = (): string => `siaga_dk_${randomBytes(32).toString('base64url')}`;

/** What is kept of a key. It is random and long, so a plain hash gives nothing away. */
export const hashOfKey = (key: string): string => createHash('sha256').update(key).digest('base64url');

/** Compares in constant time. */
export function isKey(key: string, keyHash: string): boolean {
  const given = Buffer.from(hashOfKey(key));
  const kept = Buffer.from(keyHash);
  return given.length === kept.length && timingSafeEqual(given, kept);
}
