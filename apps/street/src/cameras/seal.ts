import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { Fault } from '@siaga/contracts';

/** RFC 5869: who has the secret for one purpose has it for no other. */
const PURPOSE = 'siaga/street/cameras/1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

interface Key {
  readonly keyId: string;
  readonly key: Buffer;
}

/**
 * Keeps secrets at rest: AES-256-GCM under a key derived from `SIAGA_SECRET` by HKDF-SHA-256. What it is bound to (city,
 * camera, host) is authenticated, not kept: a sealed text that is copied elsewhere opens nowhere else.
 */
export class Seal {
  readonly #keys: readonly Key[];

  /** `secrets`: the first seals, all open; without one nothing is sealed. */
  constructor(secrets: readonly string[]) {
    this.#keys = secrets.map((secret) => {
      const key = Buffer.from(hkdfSync('sha256', secret, '', PURPOSE, 32));
      return { keyId: createHash('sha256').update(key).digest('base64url').slice(0, 8), key };
    });
  }

  /** `1.<key>.<iv, tag and text>`, base64url. Throws `unavailable` without a secret. */
  seal(text: string, boundTo: string): string {
    const [first] = this.#keys;
    if (first === undefined)
      throw new Fault('unavailable', 'SIAGA_SECRET belum diisi: sandi tidak dapat disimpan · SIAGA_SECRET is not set');
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', first.key, iv).setAAD(Buffer.from(boundTo));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return `1.${first.keyId}.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')}`;
  }

  /** The text, or undefined when no secret of ours sealed it, or for something else. */
  open(sealed: string, boundTo: string): string | undefined {
    const [form, keyId, content = ''] = sealed.split('.');
    const known = this.#keys.find((one) => one.keyId === keyId);
    const bytes = Buffer.from(content, 'base64url');
    if (form !== '1' || known === undefined || bytes.length < IV_BYTES + TAG_BYTES) return undefined;
    try {
      const decipher = createDecipheriv('aes-256-gcm', known.key, bytes.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(boundTo)).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      const text = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES));
      return Buffer.concat([text, decipher.final()]).toString('utf8');
    } catch {
      return undefined;
    }
  }

  /** Sealed with a secret that is about to be forgotten: to be sealed again. */
  isOld(sealed: string): boolean {
    return sealed.split('.')[1] !== this.#keys[0]?.keyId;
  }
}
