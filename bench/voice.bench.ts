import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { encodeVoice, VOICE_FRAME_MS, type VoiceRequest, type VoiceWord } from '@siaga/contracts';
import { signTicket } from '@siaga/service';
import { startTestCity } from '@siaga/testing';
import { WebSocket } from 'ws';
import { percentile, told, type Bench, type Figure } from './figure.ts';

const CITY = '3574';
const LISTENERS = 50;
const PRESSES = 100;
/** Two seconds of speech in each. */
const PACKETS = 100;
/** What has not come by then is lost. */
const PATIENCE_MS = 10_000;

export const about = `${String(LISTENERS)} phones of one group on the line of a whole city, through its gateway: one after the other presses, is granted, and speaks for two seconds at the pace of a microphone; every packet is timed at every listener. Without browsers: what a microphone, a codec and a jitter buffer add is told by the journey talk.e2e.`;

export const bench: Bench = async () => {
  const secret = randomBytes(32).toString('hex');
  const city = await startTestCity({ env: { SIAGA_SECRET: secret, SIAGA_CITY: CITY } });
  const url = `${city.url.replace('http', 'ws')}/voice`;
  const ticketOf = (id: string) =>
    signTicket(
      { id, kind: 'person', city: CITY, agencies: ['satpolpp'], roles: ['responder'], exercise: false },
      secret,
      Date.now() + 3_600_000,
    );
  const phones: Phone[] = [];
  try {
    for (let at = 0; at < LISTENERS; at += 1) phones.push(await Phone.on(url, await ticketOf(`petugas-${String(at)}`)));
    const access: number[] = [];
    const relay: number[] = [];
    let lost = 0;
    for (let at = 0; at < PRESSES; at += 1) {
      const talker = phones[at % phones.length];
      if (talker === undefined) break;
      const others = phones.filter((phone) => phone !== talker);
      const { burst, accessMs } = await talker.press(`tekan-${String(at).padStart(4, '0')}`);
      access.push(accessMs);
      const delays = await speak(talker, others, burst);
      relay.push(...delays);
      lost += others.length * PACKETS - delays.length;
      await talker.release();
    }
    return [
      told({ name: 'press → permission, p95', value: percentile(access, 0.95), unit: 'ms', goal: { atMost: 300 } }),
      told({ name: `one packet → ${String(LISTENERS - 1)} listeners, p50`, value: percentile(relay, 0.5), unit: 'ms' }),
      told({ name: `one packet → ${String(LISTENERS - 1)} listeners, p99`, value: percentile(relay, 0.99), unit: 'ms', goal: { atMost: 50 } }), // prettier-ignore
      told({ name: 'packets that never came', value: (100 * lost) / (lost + relay.length), unit: '%', goal: { atMost: 1 } }), // prettier-ignore
    ] satisfies Figure[];
  } finally {
    for (const phone of phones) phone.close();
    await city.stop();
    await city.remove();
  }
};

/** Says two seconds, and how long each packet took to each of the others. */
async function speak(talker: Phone, others: readonly Phone[], burst: number): Promise<number[]> {
  const sentMs: number[] = [];
  const delays: number[] = [];
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const all = others.length * PACKETS;
  for (const phone of others)
    phone.onPacket = (packet) => {
      const sequence = Buffer.from(packet).readUInt16BE(6);
      delays.push(performance.now() - (sentMs[sequence] ?? Number.NaN));
      if (delays.length === all) resolve(undefined);
    };
  const beganMs = performance.now();
  for (let sequence = 0; sequence < PACKETS; sequence += 1) {
    const dueMs = beganMs + sequence * VOICE_FRAME_MS;
    await new Promise((done) => setTimeout(done, Math.max(0, dueMs - performance.now())));
    sentMs[sequence] = performance.now();
    talker.send(encodeVoice({ burst, sequence, timeMs: sequence * VOICE_FRAME_MS, isLast: false, codec: 'opus', payload: new Uint8Array(60) })); // prettier-ignore
  }
  const timer = setTimeout(resolve, PATIENCE_MS, undefined);
  await promise;
  clearTimeout(timer);
  return delays;
}

/** A phone on the line, in the group of its agency. */
class Phone {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<VoiceWord['kind'], (word: VoiceWord) => void>();
  onPacket: (packet: Uint8Array) => void = () => undefined;
  #talkId = '';

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) {
        this.onPacket(data);
        return;
      }
      const word = JSON.parse(data.toString()) as VoiceWord;
      if (word.kind === 'ping') this.#say({ kind: 'pong', atMs: word.atMs });
      this.#waiting.get(word.kind)?.(word);
    });
  }

  /** As phones do, until the process speaks for the city. */
  static async on(url: string, ticket: string): Promise<Phone> {
    for (;;) {
      const socket = new WebSocket(url);
      await once(socket, 'open');
      const phone = new Phone(socket);
      const welcome = phone.#heard('welcome');
      phone.#say({ kind: 'hello', ticket, deviceId: randomUUID() });
      const isIn = await Promise.race([welcome.then(() => true), once(socket, 'close').then(() => false)]);
      if (!isIn) continue;
      const idle = phone.#heard('idle');
      phone.#say({ kind: 'join', groupId: 'satpolpp' });
      await idle;
      return phone;
    }
  }

  async press(talkId: string): Promise<{ burst: number; accessMs: number }> {
    this.#talkId = talkId;
    const granted = this.#heard('granted');
    const pressedMs = performance.now();
    this.#say({ kind: 'request', groupId: 'satpolpp', talkId });
    const word = await granted;
    return { burst: word.kind === 'granted' ? word.burst : 0, accessMs: performance.now() - pressedMs };
  }

  async release(): Promise<void> {
    const idle = this.#heard('idle');
    this.#say({ kind: 'release', groupId: 'satpolpp', talkId: this.#talkId });
    await idle;
  }

  send(packet: Uint8Array): void {
    this.#socket.send(packet);
  }
  close(): void {
    this.#socket.terminate();
  }

  #say(request: VoiceRequest): void {
    this.#socket.send(JSON.stringify(request));
  }
  #heard(kind: VoiceWord['kind']): Promise<VoiceWord> {
    return new Promise((resolve) => this.#waiting.set(kind, resolve));
  }
}
