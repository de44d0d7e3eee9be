import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { EventBus, openEventLog } from '@siaga/bus';
import {
  createClient,
  encodeVoice,
  VoiceWord,
  type Client,
  type DataOf,
  type TalkFloorChanged,
  type VoiceFrame,
  type VoiceRequest,
} from '@siaga/contracts';
import { signTicket, signToken, type Principal } from '@siaga/service';
import { eventually, startTestEngine } from '@siaga/testing';
import { WebSocket } from 'ws';
import { TalkConfig } from './config.ts';
import { startTalk } from './talk.module.ts';

export const CITY = '3574';
const RESTART = 1012;

/** A talk service on an engine of its own, and the doors a test reaches it by. */
export interface TestTalk {
  readonly url: string;
  /** The test's own line to the log, as another service. */
  readonly bus: EventBus;
  /** A phone that has said hello. */
  phone(over?: Partial<Principal>, deviceId?: string): Promise<Phone>;
  /** A socket nobody has introduced. */
  socket(): WebSocket;
  as(over?: Partial<Principal>): Promise<Client>;
  token(over?: Partial<Principal>): Promise<string>;
  ticket(over?: Partial<Principal>): Promise<string>;
  close(): Promise<void>;
}

/** `documentsAt`: by which way it reaches the documents of this address. */
export async function startTestTalk({ documentsAt = (uri: string) => Promise.resolve(uri) } = {}): Promise<TestTalk> {
  const engine = await startTestEngine();
  const secret = randomBytes(32).toString('hex');
  const open = () => openEventLog({ SIAGA_ENGINE: engine.logSocket });
  const env = { MONGODB_URI: await documentsAt(engine.mongoUri), SIAGA_CITY: CITY, SIAGA_SECRET: secret };
  const service = await startTalk(TalkConfig.parse(env), await open());
  const log = await open();
  const bus = new EventBus(log, 'another', [CITY]);
  const token = (over: Partial<Principal> = {}) => signToken({ ...officer, ...over }, secret, '10m');
  const ticket = (over: Partial<Principal> = {}) => signTicket({ ...officer, ...over }, secret, Date.now() + 600_000);
  const socket = () => new WebSocket(`${service.url.replace('http', 'ws')}/voice`);
  return {
    ...{ url: service.url, bus, token, ticket, socket },
    phone: async (over, deviceId = randomUUID()) => {
      // as phones do, until the process speaks for the city
      for (;;) {
        const hello = { ticket: await ticket(over), deviceId };
        const phone = new Phone(socket());
        await phone.hello(hello);
        if ((await phone.welcomed()) !== RESTART) return phone;
      }
    },
    as: async (over) => createClient({ baseUrl: service.url, token: await token(over) }),
    close: async () => {
      await service.close();
      await bus.close();
      await log.close();
      await engine.close();
    },
  };
}

const officer: Principal = {
  ...{ id: 'petugas-1', kind: 'person', city: CITY, agencies: ['satpolpp'], roles: ['responder'], exercise: false },
};

/** A phone on the line: what it was told and what it heard, in order. */
export class Phone {
  readonly socket: WebSocket;
  readonly words: VoiceWord[] = [];
  readonly packets: Uint8Array[] = [];
  /** The code its link was ended with. */
  closed: number | undefined;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('close', (code) => {
      this.closed = code;
    });
    socket.on('error', () => undefined);
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) this.packets.push(Uint8Array.from(data));
      else {
        const word = VoiceWord.parse(JSON.parse(data.toString()));
        if (word.kind !== 'ping') this.words.push(word);
        else this.say({ kind: 'pong', atMs: word.atMs });
      }
    });
  }

  async hello(hello: { ticket: string; deviceId: string }): Promise<void> {
    if (this.socket.readyState !== WebSocket.OPEN) await once(this.socket, 'open');
    this.say({ kind: 'hello', ...hello });
  }

  /** Resolves when it is on the line, or ended with a code. */
  async welcomed(): Promise<number | undefined> {
    await eventually(() => {
      if (this.closed === undefined) this.last('welcome');
    });
    return this.closed;
  }

  say(request: VoiceRequest): void {
    this.socket.send(JSON.stringify(request));
  }

  join(groupId: string): void {
    this.say({ kind: 'join', groupId });
  }

  press(groupId: string, talkId: string, isEmergency = false): void {
    this.say({ kind: 'request', groupId, talkId, ...(isEmergency && { isEmergency: true as const }) });
  }

  release(groupId: string, talkId: string): void {
    this.say({ kind: 'release', groupId, talkId });
  }

  /** Packets of a burst, `from` to `to`, each with its number in it. */
  speak(burst: number, { from = 0, to }: { from?: number; to: number }): void {
    for (let sequence = from; sequence < to; sequence += 1) this.socket.send(packetOf({ burst, sequence }));
  }

  /** The newest word of a kind. */
  last<Kind extends VoiceWord['kind']>(kind: Kind): Extract<VoiceWord, { kind: Kind }> {
    const found = this.words.findLast((word) => word.kind === kind);
    if (found === undefined) throw new Error(`not told ${kind}, but ${this.words.map((word) => word.kind).join(' ')}`);
    return found as Extract<VoiceWord, { kind: Kind }>;
  }
}

/** One packet of Opus, wideband, 20 ms, whose payload says which it is. */
export function packetOf(frame: Partial<VoiceFrame> & { burst: number; sequence: number }): Uint8Array {
  const payload = Uint8Array.of(0x48, frame.sequence & 0xff, frame.sequence >> 8);
  return encodeVoice({ timeMs: frame.sequence * 20, isLast: false, codec: 'opus', payload, ...frame });
}

/** Who has the floor of a group, as every screen is told. */
export type Floor = DataOf<typeof TalkFloorChanged>;
