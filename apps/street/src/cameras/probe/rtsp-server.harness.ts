import { createHash, randomBytes } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** What a camera does when it is asked. */
export type Manner =
  | 'streams'
  | 'silent'
  | 'speaks-http'
  | 'has-no-video'
  | 'sends-nothing'
  | 'hangs-up'
  | 'forbids'
  | 'lost-its-stream'
  | 'babbles';

/** A camera as RTSP shows it: real TCP, real packets. */
export interface TestRtsp {
  readonly url: string;
  readonly port: number;
  manner: Manner;
  /** Asks for these; `stale`: the first nonce is refused once as old. */
  wants: { userName: string; password: string; scheme: 'Digest' | 'Basic'; algorithm?: 'SHA-256'; stale?: true } | undefined; // prettier-ignore
  /** First lines of what it was asked. */
  readonly asked: string[];
  close(): Promise<void>;
}

const PACKETS_MS = 10;

/** Starts one on a free loopback port. */
export async function startTestRtsp(): Promise<TestRtsp> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket)).on('error', () => undefined);
    converse(socket, camera);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const camera: TestRtsp = {
    ...{ url: `rtsp://127.0.0.1:${String(port)}/live`, port, manner: 'streams', wants: undefined, asked: [] },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
  return camera;
}

function converse(socket: Socket, camera: TestRtsp): void {
  let held = '';
  let sending: NodeJS.Timeout | undefined;
  let nonce = randomBytes(8).toString('hex');
  let wasStale = false;
  const answer = (status: string, cseq: string, headers: readonly string[] = [], body = '') => {
    const length = body === '' ? [] : [`Content-Length: ${String(Buffer.byteLength(body))}`];
    socket.write([`RTSP/1.0 ${status}`, `CSeq: ${cseq}`, ...headers, ...length, '', body].join('\r\n'));
  };
  const challenge = (isOld: boolean) => {
    const { scheme = 'Digest', algorithm } = camera.wants ?? {};
    if (scheme === 'Basic') return 'WWW-Authenticate: Basic realm="cam"';
    const parts = [`realm="cam", nonce="${nonce}", qop="auth"`, algorithm && `algorithm=${algorithm}`, isOld && 'stale=TRUE']; // prettier-ignore
    return `WWW-Authenticate: Digest ${parts.filter((part) => typeof part === 'string').join(', ')}`;
  };
  socket.once('close', () => {
    clearInterval(sending);
  });
  socket.on('data', (chunk) => {
    held += chunk.toString('latin1');
    for (let end = held.indexOf('\r\n\r\n'); end >= 0; end = held.indexOf('\r\n\r\n')) {
      const head = held.slice(0, end);
      held = held.slice(end + 4);
      const [first = ''] = head.split('\r\n');
      const [method = '', uri = ''] = first.split(' ');
      const [, cseq = '0'] = /^CSeq: (\d+)/im.exec(head) ?? [];
      camera.asked.push(first);
      if (camera.manner === 'silent') return;
      if (camera.manner === 'speaks-http') socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
      else if (camera.manner === 'hangs-up') socket.destroy();
      else if (camera.manner === 'babbles') for (let time = 0; time < 40; time += 1) answer('200 OK', cseq);
      else if (camera.wants !== undefined && !isSigned(head, { method, uri, nonce, wants: camera.wants })) {
        answer('401 Unauthorized', cseq, [challenge(false)]);
      } else if (camera.wants?.stale === true && !wasStale) {
        wasStale = true;
        nonce = randomBytes(8).toString('hex');
        answer('401 Unauthorized', cseq, [challenge(true)]);
      } else if (method === 'OPTIONS') answer('200 OK', cseq, ['Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN']);
      else if (camera.manner === 'forbids') answer('403 Forbidden', cseq);
      else if (camera.manner === 'lost-its-stream') answer('404 Not Found', cseq);
      else if (method === 'DESCRIBE') answer('200 OK', cseq, [`Content-Base: ${uri}/`], sdpOf(camera.manner));
      else if (method === 'SETUP') {
        answer('200 OK', cseq, ['Transport: RTP/AVP/TCP;unicast;interleaved=0-1', 'Session: 12345;timeout=60']);
      } else if (method === 'PLAY') {
        answer('200 OK', cseq, ['Session: 12345']);
        if (camera.manner !== 'sends-nothing') sending = setInterval(() => socket.write(packet()), PACKETS_MS);
      } else if (method === 'TEARDOWN') clearInterval(sending);
    }
  });
}

function isSigned(
  head: string,
  { method, uri, nonce, wants }: { method: string; uri: string; nonce: string; wants: NonNullable<TestRtsp['wants']> },
): boolean {
  const [, given = ''] = /^Authorization: (.*)$/im.exec(head) ?? [];
  const { userName, password, scheme, algorithm } = wants;
  if (scheme === 'Basic') return given === `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`;
  const part = (name: string) => new RegExp(`[ ,]${name}="?([^",]*)`).exec(given)?.[1] ?? '';
  const hash = (text: string) =>
    createHash(algorithm === undefined ? 'md5' : 'sha256')
      .update(text)
      .digest('hex');
  const [who, what] = [hash(`${userName}:cam:${password}`), hash(`${method}:${uri}`)];
  const wanted = hash(`${who}:${nonce}:${part('nc')}:${part('cnonce')}:auth:${what}`);
  return given.startsWith('Digest ') && part('uri') === uri && part('response') === wanted;
}

const sdpOf = (manner: Manner) =>
  [
    ...['v=0', 'o=- 0 0 IN IP4 0.0.0.0', 's=cam', 't=0 0'],
    ...(manner === 'has-no-video' ? [] : ['m=video 0 RTP/AVP 96', 'a=rtpmap:96 H264/90000', 'a=control:trackID=0']),
    ...['m=audio 0 RTP/AVP 0', 'a=control:trackID=1', ''],
  ].join('\r\n');

/** One RTP packet of a picture, and one of sound, interleaved. */
function packet(): Buffer {
  const framed = (channel: number, bytes: Buffer) => {
    const head = Buffer.from([0x24, channel, 0, 0]);
    head.writeUInt16BE(bytes.length, 2);
    return Buffer.concat([head, bytes]);
  };
  return Buffer.concat([framed(0, Buffer.alloc(900, 1)), framed(2, Buffer.alloc(160, 2))]);
}
