/** What somebody who is not signed in came for, as the address says it. */
export type WayIn = { to: 'sign-in' } | { to: 'invitation'; token: string } | { to: 'pairing' };

/** The page of its own; any other page asks in its own place, and is there once somebody has signed in. */
export const SIGN_IN_PATH = '/masuk';
const INVITATION = 'undangan';
/** `/?distance=5#pasangkan`: what an unattended screen is started with. */
const PAIRING = 'pasangkan';

/** Reads the part of an address behind `#`, which no server sees. */
export function wayInOf(hash: string): WayIn {
  const said = new URLSearchParams(hash.replace(/^#/, ''));
  const token = said.get(INVITATION);
  if (token !== null && token !== '') return { to: 'invitation', token };
  return said.has(PAIRING) ? { to: 'pairing' } : { to: 'sign-in' };
}
