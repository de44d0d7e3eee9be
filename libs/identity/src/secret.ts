import { createHash, randomBytes } from 'node:crypto';

/** Something to know that nobody guesses: 32 random bytes, base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What is kept of a secret of ours: SHA-256, base64url. It is random and long, so a plain hash gives nothing away. */
export const hashOfSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
