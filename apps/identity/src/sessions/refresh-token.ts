import { randomBytes } from 'node:crypto';
import { hashOfSecret, newSecret } from '@siaga/identity';
import { withCity } from '../city-of-visitor.ts';

/**
 * A refresh token: `<city>.<family>.<secret>`, the code of its city, 16 and 32 random bytes, base64url; those of older
 * releases name no city. The family stays the same for the whole session and is as secret as the rest: by it a token that was replaced long ago is known for one that was ours.
 */
export const newFamily = (): string => randomBytes(16).toString('base64url');
export const newRefreshToken = (family: string): string => withCity(`${family}.${newSecret()}`);

/** What is kept of a token. */
export interface TokenHashes {
  familyHash: string;
  refreshHash: string;
}

/** Hashes of what a browser sent; undefined when it cannot be a token of ours. */
export function hashesOf(token: string): TokenHashes | undefined {
  const family = familyOf(token);
  if (family === undefined) return undefined;
  return { familyHash: hashOfSecret(family), refreshHash: hashOfSecret(token) };
}

/** Undefined when it cannot be a token of ours. */
export const familyOf = (token: string): string | undefined => /^(?:\d{4}\.)?([\w-]{22})\.[\w-]{43}$/.exec(token)?.[1];
