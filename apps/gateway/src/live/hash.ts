import { createHash } from 'node:crypto';

/** A short fingerprint of text: `length` characters of base64url, 6 bits each. */
export function fingerprint(text: string, length: number): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, length);
}
