import { createHash, randomBytes } from 'node:crypto';
import type { Credentials, CredentialsOf, SignIn } from '../credentials.ts';
import { Unseen } from './unseen.ts';

/** What a server asks for, of one `WWW-Authenticate`. */
export interface Challenge {
  readonly scheme: 'digest' | 'basic';
  readonly params: Readonly<Record<string, string>>;
}

const hashes: Readonly<Record<string, string>> = { md5: 'md5', 'sha-256': 'sha256' };

/**
 * What a 401 is answered with. A camera that once asked for a digest is not told its password in the plain: who stands in
 * its place now may be somebody else. Throws {@link Unseen}; `detail` like `RTSP 401`.
 */
export function answerTo(
  headers: readonly string[],
  credentials: CredentialsOf,
  detail: string,
): { challenge: Challenge; signIn: SignIn } {
  if (credentials === 'none') throw new Unseen('needs-credentials', detail);
  if (credentials === 'elsewhere') throw new Unseen('credentials-elsewhere', detail);
  const challenge = bestOf(headers);
  if (challenge === undefined) throw new Unseen('wrong-credentials', detail);
  if (challenge.scheme === 'digest') credentials.sawDigest();
  else if (credentials.digestOnly) throw new Unseen('weaker-sign-in', detail);
  return { challenge, signIn: credentials };
}

/** The best of several challenges that we can answer: a digest, SHA-256 before MD5, else a plain password. */
function bestOf(headers: readonly string[]): Challenge | undefined {
  const known = headers.map(challengeOf).filter((one) => one !== undefined);
  const rank = ({ scheme, params }: Challenge) =>
    scheme === 'basic' ? 2 : (params['algorithm'] ?? 'MD5').toLowerCase() === 'sha-256' ? 0 : 1;
  return known.toSorted((a, b) => rank(a) - rank(b))[0];
}

function challengeOf(header: string): Challenge | undefined {
  const [, word = '', rest = ''] = /^\s*(\w+)\s*(.*)$/s.exec(header.slice(0, 2000)) ?? [];
  const scheme = word.toLowerCase();
  if (scheme === 'basic') return { scheme, params: {} };
  if (scheme !== 'digest') return undefined;
  const found = rest.matchAll(/(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g);
  const params = Object.fromEntries([...found].map(([, name = '', quoted, bare]) => [name.toLowerCase(), quoted ?? bare ?? ''])); // prettier-ignore
  if (params['nonce'] === undefined || hashes[(params['algorithm'] ?? 'MD5').toLowerCase()] === undefined)
    return undefined;
  return { scheme, params };
}

/** The request that is signed: its method, its URI as it stands in its first line, how many were signed with this nonce. */
export interface Signed {
  readonly method: string;
  readonly uri: string;
  readonly count: number;
}

/** The `Authorization` header of a request: RFC 7616, and RFC 2617 for cameras without `qop`; or RFC 7617. */
export function authorization(
  { scheme, params }: Challenge,
  { userName, password }: Credentials,
  { method, uri, count }: Signed,
): string {
  if (scheme === 'basic') return `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`;
  const { realm = '', nonce = '', qop, opaque, algorithm } = params;
  const hash = (text: string) => createHash(hashes[(algorithm ?? 'MD5').toLowerCase()] ?? 'md5').update(text).digest('hex'); // prettier-ignore
  const [who, what] = [hash(`${userName}:${realm}:${password}`), hash(`${method}:${uri}`)];
  const isCounted = qop?.split(',').some((one) => one.trim() === 'auth') === true;
  const [nc, cnonce] = [count.toString(16).padStart(8, '0'), randomBytes(8).toString('hex')];
  const response = hash(isCounted ? `${who}:${nonce}:${nc}:${cnonce}:auth:${what}` : `${who}:${nonce}:${what}`);
  const quoted = { username: userName.replace(/["\\]/g, '\\$&'), realm, nonce, uri, response, ...(opaque === undefined ? {} : { opaque }) }; // prettier-ignore
  return [
    `Digest ${Object.entries(quoted)
      .map(([name, value]) => `${name}="${value}"`)
      .join(', ')}`,
    ...(algorithm === undefined ? [] : [`algorithm=${algorithm}`]),
    ...(isCounted ? [`qop=auth, nc=${nc}, cnonce="${cnonce}"`] : []),
  ].join(', ');
}
