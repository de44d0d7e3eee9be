import { createHash, randomBytes } from 'node:crypto';

/**
 * A refresh token: `<family>.<secret>`, 16 and 32 random bytes, base64url. The family stays the same for the whole
 * session and is as secret as the rest: by it a token that was replaced long ago is known for one that was ours.
 */
export const newFamily = (): string => randomBytes(16).toString('base64url');
export const newRefreshToken = (family: string): string => `${family}.${randomBytes(32).toString('base64url')}`;

/** What is kept of a token. It is random and long, so a plain hash gives nothing away. */
export interface TokenHashes {
  familyHash: string;
  refreshHash: string;
}

/** Hashes of what a browser sent; undefined when it cannot be a token of ours. */
export function hashesOf(token: string): TokenHashes | undefined {
  const family = /^([\w-]{22})\.[\w-]{43}$/.exec(token)?.[1];
  if (family === undefined) return undefined;
  return { familyHash: sha256(family), refreshHash: sha256(token) };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');
