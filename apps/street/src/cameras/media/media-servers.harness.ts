import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A media server as its documents describe it: real HTTP, their field names. */
export interface TestMedia {
  readonly url: string;
  /** mediamtx only: asked before anything is shown (`authHTTPAddress`). */
  askedAt: string | undefined;
  /** mediamtx only, as its WebRTC door does it: whether somebody may read a path, by what he brings. */
  reads(path: string, brings: { token?: string; query?: string }): Promise<boolean>;
  close(): Promise<void>;
}

/** Asks the address it was given, as internal/auth/manager.go does: any 2xx lets in. */
async function admits(askedAt: string | undefined, body: object): Promise<boolean> {
  if (askedAt === undefined) return true;
  const whole = {
    ip: '10.20.9.9',
    user: '',
    password: '',
    token: '',
    path: '',
    protocol: '',
    id: null,
    query: '',
    ...body,
  };
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(askedAt, { method: 'POST', headers, body: JSON.stringify(whole) });
  await answer.arrayBuffer();
  return answer.ok;
}

const tokenOf = ({ headers }: IncomingMessage) => /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';

/** Answers by path; what it does not know is 404. */
async function serving(answers: (path: string, request: IncomingMessage) => Promise<unknown>): Promise<Server> {
  const server = createServer((request, response) => {
    void answers(request.url ?? '', request).then((answer) => {
      const status = answer === undefined ? 404 : answer === 'refused' ? 401 : 200;
      const [type, body] = Buffer.isBuffer(answer)
        ? ['video/mp4', answer]
        : ['application/json', JSON.stringify(answer ?? {})];
      response.writeHead(status, { 'content-type': type }).end(body);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;
}

function partsOf(server: Server) {
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** mediamtx with one page for each of these paths: all begin when somebody watches. */
export async function startTestMediamtx(names: readonly string[]): Promise<TestMedia> {
  const page = (path: string, item: (name: string) => object) => {
    const at = Number(new URLSearchParams(path.split('?')[1]).get('page'));
    return { itemCount: names.length, pageCount: names.length, items: names.slice(at, at + 1).map(item) };
  };
  const server = await serving(async (path, request) => {
    if (path.startsWith('/get?')) return recording(path, request);
    if (!(await admits(media.askedAt, { action: 'api', token: tokenOf(request) }))) return 'refused';
    if (path.startsWith('/v3/paths/list'))
      return page(path, (name) => ({ name, confName: name, ready: false, source: null, tracks: [], readers: [] }));
    if (path.startsWith('/v3/config/paths/list'))
      return page(path, (name) => ({ name, source: 'rtsp://10.20.1.5/live', sourceOnDemand: true, runOnDemand: '' }));
    return undefined;
  });
  // its playback server, a door of its own in the real one
  const recording = async (address: string, request: IncomingMessage) => {
    const asked = new URLSearchParams(address.split('?')[1]);
    const path = asked.get('path') ?? '';
    if (!(await admits(media.askedAt, { action: 'playback', path, token: tokenOf(request) }))) return 'refused';
    if (!names.includes(path)) return undefined;
    return Buffer.from(`mp4 ${path} ${String(asked.get('start'))} ${String(asked.get('duration'))}`);
  };
  const media: TestMedia = {
    ...partsOf(server),
    askedAt: undefined,
    reads: (path, { token = '', query = '' }) =>
      admits(media.askedAt, { action: 'read', path, token, query, protocol: 'webrtc', id: '3f1c0a2e-5a0d-4a52-8a53-0a4f1f1a7b11' }), // prettier-ignore
  };
  return media;
}

/** go2rtc: asks nobody. */
export async function startTestGo2rtc(table: object): Promise<Pick<TestMedia, 'url' | 'close'>> {
  return partsOf(await serving((path) => Promise.resolve(path === '/api/streams' ? table : undefined)));
}
