import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { encodeVoice, VoiceRequest, type VoiceFrame, type VoiceWord } from '@siaga/contracts';
import { eventually } from '@siaga/testing';
import { WebSocketServer, type WebSocket as FarSocket } from 'ws';
import type { Tone } from './line-state.ts';
import { VoiceLine } from './voice-line.ts';

/** The far end: a real server that keeps what it is told and hands packets to everybody else. */
let server: WebSocketServer;
let links: { socket: FarSocket; said: VoiceRequest[] }[] = [];
const lines: VoiceLine[] = [];

beforeAll(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) => {
    const link = { socket, said: [] as VoiceRequest[] };
    links.push(link);
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) for (const other of links) if (other !== link) other.socket.send(data);
      if (isBinary) return;
      const request = VoiceRequest.parse(JSON.parse(data.toString('utf8')));
      link.said.push(request);
      if (request.kind === 'hello') tell(link, { kind: 'welcome', participantId: 'hp-ini-01' });
      if (request.kind === 'join') tell(link, { kind: 'idle', groupId: request.groupId });
      if (request.kind === 'request')
        tell(link, { ...request, kind: 'granted', burst: 7, forMs: 30_000, listeners: 1 });
    });
  });
  await once(server, 'listening');
});
beforeEach(() => {
  for (const line of lines.splice(0)) line.close();
  links = [];
});
afterAll(() => {
  for (const line of lines) line.close();
  for (const client of server.clients) client.terminate();
  server.close();
});

const tell = ({ socket }: { socket: FarSocket }, word: VoiceWord) => {
  socket.send(JSON.stringify(word));
};
let presses = 0;
function phone() {
  const heard: VoiceFrame[] = [];
  const tones: Tone[] = [];
  const { port } = server.address() as AddressInfo;
  const line = new VoiceLine({
    url: `ws://127.0.0.1:${String(port)}/voice`,
    deviceId: 'hp-ini-01',
    ticket: () => Promise.resolve('tiket'),
    place: () => undefined,
    newTalkId: () => `tekan-${String((presses += 1)).padStart(4, '0')}`,
    heard: (frame) => heard.push(frame),
    sounds: (tone) => tones.push(tone),
  });
  lines.push(line);
  line.join('satpolpp');
  return { line, heard, tones };
}
const isIn = (line: VoiceLine) =>
  eventually(() => {
    expect(line.get().groups.get('satpolpp')?.isIn).toBe(true);
  });
const packet = (burst: number, sequence: number) =>
  new Uint8Array(encodeVoice({ burst, sequence, timeMs: 20, isLast: false, codec: 'opus', payload: Uint8Array.of(1) }));

it('talks to the others while it has the floor, and to nobody before and after', async () => {
  const talker = phone();
  const listener = phone();
  await Promise.all([isIn(talker.line), isIn(listener.line)]);
  talker.line.send('tekan-lama', packet(1, 0));
  const talkId = talker.line.press('satpolpp', { isEmergency: false });
  talker.line.send(talkId, packet(7, 0));
  await eventually(() => {
    expect(talker.tones).toEqual(['permit']);
  });
  talker.line.send(talkId, packet(7, 1));
  talker.line.letGo(talkId);
  talker.line.send(talkId, packet(7, 2));
  await eventually(() => {
    expect(links.flatMap(({ said }) => said)).toContainEqual({ kind: 'release', groupId: 'satpolpp', talkId });
    expect(listener.heard.map(({ sequence }) => sequence)).toEqual([1]);
  });
});

it('comes back by itself with its groups, says that the press is lost, and answers who asks whether it is there', async () => {
  const { line, tones } = phone();
  await isIn(line);
  const talkId = line.press('satpolpp', { isEmergency: false });
  await eventually(() => {
    expect(tones).toEqual(['permit']);
  });
  links[0]!.socket.terminate();
  await eventually(() => {
    expect(line.get()).toMatchObject({ outcome: { talkId, why: 'link-lost' } });
  });
  await isIn(line);
  expect(links[1]!.said.slice(0, 2)).toEqual([
    { kind: 'hello', ticket: 'tiket', deviceId: 'hp-ini-01' },
    { kind: 'join', groupId: 'satpolpp' },
  ]);
  expect(line.get().press).toBeUndefined();
  tell(links[1]!, { kind: 'ping', atMs: 1_700_000_000_000 });
  await eventually(() => {
    expect(links[1]!.said.at(-1)).toEqual({ kind: 'pong', atMs: 1_700_000_000_000 });
  });
});

it('cuts a line on which nothing is heard any more, and leaves it to the other window where that took it', async () => {
  const { line } = phone();
  await isIn(line);
  // nothing is said: no ping for four seconds
  await eventually(() => {
    expect(links.length).toBe(2);
  });
  await isIn(line);
  links[1]!.socket.close(4001);
  await eventually(() => {
    expect(line.get().link).toBe('replaced');
  });
  line.retry();
  await isIn(line);
  expect(links.length).toBe(3);
});
