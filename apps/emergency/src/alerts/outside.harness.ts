import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PushTarget } from '@siaga/contracts';
import { newKeyPair, type KeyPair } from './web-push.ts';

/** What a browser makes of a push for it (RFC 8291, from its end); throws for one that is another's. */
export function readPush(body: Buffer, { privateKey, publicKey }: KeyPair, auth: string): string {
  const salt = body.subarray(0, 16);
  const from = body.subarray(21, 21 + body.readUInt8(20));
  const content = body.subarray(21 + from.length);
  const mine = createECDH('prime256v1');
  mine.setPrivateKey(privateKey, 'base64url');
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), Buffer.from(publicKey, 'base64url'), from]);
  const secret = Buffer.from(hkdfSync('sha256', mine.computeSecret(from), Buffer.from(auth, 'base64url'), info, 32));
  const part = (name: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', secret, salt, `Content-Encoding: ${name}\0`, bytes));
  const decipher = createDecipheriv('aes-128-gcm', part('aes128gcm', 16), part('nonce', 12));
  decipher.setAuthTag(content.subarray(-16));
  const record = Buffer.concat([decipher.update(content.subarray(0, -16)), decipher.final()]);
  return record.subarray(0, record.lastIndexOf(2)).toString();
}

/** A phone as its push service knows it, and what it was rung with. */
export interface Phone {
  readonly target: PushTarget;
  readonly rung: { readonly headers: IncomingHttpHeaders; readonly notice: unknown }[];
}

/** Stands for whatever is outside: push services of browsers, and an address that writes messages. */
export interface Outside {
  /** A phone that rings. */
  phone(): Phone;
  /** What each address under this path answers from now on; 201 unless told otherwise. 0: nothing ever. */
  answers(path: string, status: number): void;
  /** Whatever was posted to a path, oldest first. */
  posted(path: string): { readonly headers: IncomingHttpHeaders; readonly body: Buffer }[];
  readonly url: string;
  close(): void;
}

/** Starts it on this machine. */
export async function startOutside(): Promise<Outside> {
  const statuses = new Map<string, number>();
  const posts: { path: string; headers: IncomingHttpHeaders; body: Buffer }[] = [];
  const hears = new Map<string, (headers: IncomingHttpHeaders, body: Buffer) => void>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      const body = Buffer.concat(chunks);
      const status = statuses.get(path) ?? 201;
      posts.push({ path, headers: request.headers, body });
      if (status === 201) hears.get(path)?.(request.headers, body);
      if (status !== 0) response.writeHead(status).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    url,
    phone: () => {
      const pair = newKeyPair();
      const auth = randomBytes(16).toString('base64url');
      const path = `/push/${randomBytes(9).toString('base64url')}`;
      const rung: Phone['rung'] = [];
      hears.set(path, (headers, body) => rung.push({ headers, notice: JSON.parse(readPush(body, pair, auth)) }));
      return { target: { endpoint: `${url}${path}`, keys: { p256dh: pair.publicKey, auth } }, rung };
    },
    answers: (path, status) => statuses.set(path, status),
    posted: (path) => posts.filter((one) => one.path === path),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
