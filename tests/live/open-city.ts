import { encodeEvent, EventBus, openEventLog, topicOf, topicSettings, type EventLog } from '@siaga/bus';
import { LIVE_NAMESPACE, streams, type AnyEvent, type DataOf, type Frame, type Problem } from '@siaga/contracts';
import { createLive, type Live } from '@siaga/live';
import { serviceContext, signToken, withContext, type Principal, type RunningService } from '@siaga/service';
import { eventually, randomCities, startTestEngine, type TestEngine } from '@siaga/testing';
import { expect } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import { GatewayConfig } from '../../apps/gateway/src/config.ts';
import { startGateway } from '../../apps/gateway/src/gateway.module.ts';

const secret = 'a secret of at least thirty-two characters';
let people = 0;

/** A city with a real log and gateways before it, as people's screens meet it. */
export class OpenCity {
  readonly city = randomCities(1)[0] ?? '';
  readonly #engine: TestEngine;
  readonly #log: EventLog;
  readonly #bus: EventBus;
  readonly #ends: (() => unknown)[] = [];

  private constructor(engine: TestEngine, log: EventLog) {
    this.#engine = engine;
    this.#log = log;
    this.#bus = new EventBus(log, 'test', [this.city]);
  }

  static async begin(): Promise<OpenCity> {
    const engine = await startTestEngine();
    const city = new OpenCity(engine, await openEventLog({ SIAGA_ENGINE: engine.logSocket }));
    await city.#log.ensure(streams.map((stream) => topicSettings(city.city, stream)));
    return city;
  }

  /** `of`: one of another city on the same engine. `signIn: 'none'`: whoever comes is the local operator. */
  async gateway({ signIn = 'tokens', of = this.city }: { signIn?: 'tokens' | 'none'; of?: string } = {}) {
    const config = { SIAGA_CITY: of, PORT: '0', ...(signIn === 'tokens' ? { SIAGA_SECRET: secret } : {}) };
    const log = await openEventLog({ SIAGA_ENGINE: this.#engine.logSocket });
    const gateway: RunningService = await startGateway(GatewayConfig.parse(config), log);
    this.#ends.unshift(() => gateway.close());
    await eventually(async () => expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(200));
    return gateway;
  }

  /** Somebody whom the log does not know yet. */
  somebody(who: Partial<Principal> = {}): Principal {
    const id = `somebody-${String((people += 1))}`;
    const what = { agencies: [], roles: ['viewer' as const], exercise: false };
    return { id, kind: 'person', city: this.city, ...what, sessionId: `${id}-session`, ...who };
  }

  publish<Event extends AnyEvent>(event: Event, data: DataOf<Event>): Promise<void> {
    return withContext(serviceContext(this.city), () => this.#bus.publish(event, data));
  }

  /** Into the log of any city, as another process of it would. */
  async append(event: AnyEvent, data: unknown, city = this.city): Promise<void> {
    await this.#log.ensure([topicSettings(city, event.stream)]);
    const record = encodeEvent(event, data as never, { city, source: 'test', exercise: false });
    await this.#log.append(topicOf(city, event.stream), [record]);
  }

  /** The client module of the wall. */
  screen(url: string, token: () => Promise<string | undefined>): Live {
    const live = createLive({ url, token });
    this.#ends.unshift(() => {
      live.close();
    });
    return live;
  }

  /** A client that shows every frame as it came. */
  rawScreen(url: string, token: string | undefined): RawScreen {
    const screen = new RawScreen(url, token);
    this.#ends.unshift(() => {
      screen.leave();
    });
    return screen;
  }

  async close(): Promise<void> {
    for (const end of this.#ends) await end();
    await this.#bus.close();
    await this.#log.close();
    await this.#engine.close();
  }
}

export const tokenOf = (who: Principal) => signToken(who, secret, '10m');
export { secret };

/** A screen of socket.io's own client, with nothing of ours on its side; it does not come back by itself. */
export class RawScreen {
  readonly frames: Frame[] = [];
  ended: Problem | undefined;
  refused: Problem | undefined;
  readonly #socket: Socket;

  constructor(url: string, token: string | undefined) {
    this.#socket = io(url + LIVE_NAMESPACE, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: token === undefined ? {} : { token },
    });
    this.#socket.on('frame', (frame: Frame) => this.frames.push(frame));
    this.#socket.on('ended', (why: Problem) => (this.ended = why));
    this.#socket.on('connect_error', (error: Error & { data?: unknown }) => (this.refused = error.data as Problem));
  }

  get isOpen(): boolean {
    return this.#socket.connected;
  }

  get position(): string {
    return this.frames.at(-1)?.position ?? '';
  }

  /** How far it has heard each partition, whatever its eyes. */
  get reached(): string {
    return this.position.split('~').at(-1) ?? '';
  }

  get epoch(): string {
    return this.position.split('~')[1] ?? '';
  }

  /** Whole pictures it was given. */
  get snapshots(): number {
    return this.frames.filter(({ part }) => part?.index === 0).length;
  }

  /** Names of everything it was ever told of. */
  get told(): string[] {
    const names = this.frames.flatMap(({ latest, every }) => [...latest, ...every].map(([name]) => name));
    return [...new Set(names)].toSorted();
  }

  /** Answers what the gateway acknowledged, once frames come. */
  async subscribe(wish: object = {}): Promise<unknown> {
    const before = this.frames.length;
    const answer: unknown = await this.#socket.timeout(5000).emitWithAck('subscribe', wish);
    await eventually(() => expect(this.frames.length).toBeGreaterThan(before));
    return answer;
  }

  leave(): void {
    this.#socket.disconnect();
  }
}
