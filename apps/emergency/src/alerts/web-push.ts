import { createCipheriv, createECDH, createPrivateKey, hkdfSync, randomBytes, sign } from 'node:crypto';
import type { PushTarget } from '@siaga/contracts';

const CURVE = 'prime256v1';
/** Of a record, bytes: push services take no message above 4096. */
const RECORD = 4096;
/** A day is the most that RFC 8292 allows. */
const TOKEN_FOR_S = 12 * 3600;

/** A key pair on P-256, base64url: the public one uncompressed. */
export interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** A fresh key pair. */
export function newKeyPair(): KeyPair {
  const pair = createECDH(CURVE);
  pair.generateKeys();
  return { publicKey: pair.getPublicKey('base64url'), privateKey: pair.getPrivateKey('base64url') };
}

/** What makes each message different: a key pair and a salt of 16 bytes, base64url. */
export interface Freshness {
  readonly pair: KeyPair;
  readonly salt: string;
}

/**
 * A message that only one browser reads: aes128gcm in one record. RFC 8291 (Message Encryption for Web Push) over RFC 8188.
 * Throws for a key of a browser that is no point of the curve.
 */
export function encrypted(
  text: string,
  { p256dh, auth }: PushTarget['keys'],
  { pair, salt }: Freshness = { pair: newKeyPair(), salt: randomBytes(16).toString('base64url') },
): Buffer {
  const ours = createECDH(CURVE);
  ours.setPrivateKey(pair.privateKey, 'base64url');
  const theirs = Buffer.from(p256dh, 'base64url');
  const from = Buffer.from(pair.publicKey, 'base64url');
  const saltBytes = Buffer.from(salt, 'base64url');
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), theirs, from]);
  const secret = derived(ours.computeSecret(theirs), Buffer.from(auth, 'base64url'), { info, bytes: 32 });
  const key = derived(secret, saltBytes, { info: 'Content-Encoding: aes128gcm\0', bytes: 16 });
  const nonce = derived(secret, saltBytes, { info: 'Content-Encoding: nonce\0', bytes: 12 });
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(RECORD);
  // 2: the delimiter of a last record, without padding
  const content = [cipher.update(text), cipher.update(Buffer.from([2])), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat([saltBytes, size, Buffer.from([from.length]), from, ...content]);
}

/** `Authorization` of a message to this endpoint: VAPID, RFC 8292, a token of ES256. `contact`: `mailto:` or `https:`. */
export function vapidOf(endpoint: string, pair: KeyPair, { contact, nowMs }: { contact?: string; nowMs: number }) {
  const exp = Math.floor(nowMs / 1000) + TOKEN_FOR_S;
  const claims = { aud: new URL(endpoint).origin, exp, ...(contact === undefined ? {} : { sub: contact }) };
  const signed = `${partOf({ typ: 'JWT', alg: 'ES256' })}.${partOf(claims)}`;
  const signature = sign('sha256', Buffer.from(signed), { key: privateKeyOf(pair), dsaEncoding: 'ieee-p1363' });
  return `vapid t=${signed}.${signature.toString('base64url')}, k=${pair.publicKey}`;
}

const partOf = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

const derived = (key: Buffer, salt: Buffer, { info, bytes }: { info: string | Buffer; bytes: number }) =>
  Buffer.from(hkdfSync('sha256', key, salt, info, bytes));

function privateKeyOf({ publicKey, privateKey }: KeyPair) {
  // 4, then 32 bytes of x and of y
  const point = Buffer.from(publicKey, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'));
  return createPrivateKey({
    format: 'jwk',
    key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '', d: d32(privateKey) },
  });
}

/** One in 256 keys begins with a zero byte, which is left out. */
const d32 = (privateKey: string) => {
  const bytes = Buffer.from(privateKey, 'base64url');
  return Buffer.concat([Buffer.alloc(32 - bytes.length), bytes]).toString('base64url');
};
