import type { Socket } from 'node:net';
import { Fault, type StorageReport } from '@siaga/contracts';
import type { Backups } from '../backup/backups.ts';
import { FrameReader, frameOf } from './frames.ts';
import { ClientMessage, SESSION_MS, type FollowAnswer, type ServerMessage, type StartingPoint } from './protocol.ts';
import { Reading } from './reading.ts';
import type { Seats } from './seats.ts';
import type { LogStore } from './store.ts';

/** Bytes of requests one connection may have under way before we stop listening to it. */
const MAX_UNDER_WAY_BYTES = 16 * 1024 * 1024;

/** What connections have to offer. */
export interface Served {
  store: LogStore;
  seats: Seats;
  storage(): StorageReport;
  backups: Backups;
}

type Request = Exclude<ClientMessage, { op: 'done' }>;

/**
 * One client of the log. A client that does not read is not listened to and sent nothing more; bytes that are no
 * message close its connection and touch nobody else.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #served: Served;
  readonly #store: LogStore;
  readonly #frames = new FrameReader();
  readonly #readings = new Map<number, Reading>();
  readonly #leavings = new Map<number, () => void>();
  #lastHeardMs = performance.now();
  #underWayBytes = 0;
  #full = false;

  constructor(socket: Socket, served: Served) {
    this.#socket = socket;
    this.#served = served;
    this.#store = served.store;
    socket.on('data', (chunk: Buffer) => {
      this.#hear(chunk);
    });
    socket.on('drain', () => {
      this.#full = false;
      this.#listenAgain();
      for (const reading of this.#readings.values()) this.#pump(reading);
    });
    socket.on('error', () => {
      socket.destroy();
    });
    socket.on('close', () => {
      for (const leave of [...this.#leavings.values()]) leave();
      this.#readings.clear();
    });
  }

  /** Sends what was appended to a topic to the readings of it. */
  appended(topic: string): void {
    for (const reading of this.#readings.values()) if (reading.topic === topic) this.#pump(reading);
  }

  /** Gives up a client that has been silent for too long. */
  closeIfSilent(): void {
    if (performance.now() - this.#lastHeardMs > SESSION_MS) this.close();
  }

  close(): void {
    this.#socket.destroy();
  }

  #hear(chunk: Buffer): void {
    this.#lastHeardMs = performance.now();
    try {
      for (const [message, bytes] of this.#frames.push(chunk)) this.#take(ClientMessage.parse(message), bytes);
    } catch {
      this.close(); // not our protocol, or not any more
    }
  }

  #take(message: ClientMessage, bytes: number): void {
    if (message.op === 'done') {
      this.#done(message);
      return;
    }
    this.#underWayBytes += bytes;
    if (this.#underWayBytes > MAX_UNDER_WAY_BYTES) this.#socket.pause();
    void this.#answer(message).then((answer) => {
      this.#underWayBytes -= bytes;
      this.#listenAgain();
      this.#send(answer);
      const reading = message.op === 'follow' ? this.#readings.get(message.sub) : undefined;
      if (reading !== undefined) this.#pump(reading);
    });
  }

  async #answer(request: Request): Promise<ServerMessage> {
    try {
      return { id: request.id, result: await this.#serve(request) };
    } catch (error) {
      const fault =
        error instanceof Fault ? error : new Fault('unavailable', 'the engine failed at a request', { cause: error });
      return { id: request.id, fault: { kind: fault.kind, message: fault.message } };
    }
  }

  async #serve(request: Request): Promise<unknown> {
    const store = this.#store;
    switch (request.op) {
      case 'hello':
        return { logId: store.logId };
      case 'ping':
        return null;
      case 'storage':
        return this.#served.storage();
      case 'backup':
        return this.#served.backups.ask(request);
      case 'ensure':
        return store.ensure(request.topics);
      case 'append':
        return store.append(request.topic, request.records);
      case 'ends':
        return store.ends(request.topic);
      case 'positions':
        return this.#positions(request.group, request.topic);
      case 'remove':
        return store.remove(request.topic, request.partition, request.offsets);
      case 'follow':
        return this.#follow(request.sub, request.topic, request.from);
      case 'join':
        this.#join(request.sub, request.group, request.topic);
        return null;
      case 'leave':
        this.#leavings.get(request.sub)?.();
        this.#readings.delete(request.sub);
        return null;
    }
  }

  #follow(sub: number, topic: string, from: StartingPoint): FollowAnswer {
    const { partitions, logId } = this.#store.ends(topic);
    const reset = from !== 'start' && 'offsets' in from && isOfAnotherLog(from, logId, partitions);
    const offsets = partitions.map(({ partition }) => {
      if (from === 'start' || reset) return 0;
      if ('sinceMs' in from) return this.#store.offsetAt(topic, partition, from.sinceMs);
      return from.offsets.find(([number]) => number === partition)?.[1] ?? 0;
    });
    const send = this.#send.bind(this);
    this.#readings.set(
      sub,
      new Reading({ store: this.#store, sub, topic, offsets, window: 4, send, announceCaughtUp: true }),
    );
    return { logId, reset, offsets: offsets.map((next, partition) => [partition, next]) };
  }

  #join(sub: number, group: string, topic: string): void {
    const partitions = this.#store.ends(topic).partitions.map(({ partition }) => partition);
    const sitter = {
      seated: () => {
        const offsets = this.#positions(group, topic).map(([, next]) => next);
        const onDone = (partition: number, next: number) => {
          // lost with a failing disk it is repeated, which is harmless; appends report the disk
          this.#store.commit(group, topic, partition, next).catch(() => undefined);
        };
        const send = this.#send.bind(this);
        const reading = new Reading({
          ...{ store: this.#store, sub, topic, offsets, window: 1, send, onDone },
          announceCaughtUp: false,
        });
        this.#readings.set(sub, reading);
        this.#send({ sub, seated: partitions });
        this.#pump(reading);
      },
    };
    this.#leavings.set(sub, () => {
      this.#leavings.delete(sub);
      this.#served.seats.leave(group, topic, sitter);
    });
    this.#served.seats.take(group, topic, sitter);
  }

  #positions(group: string, topic: string): [number, number][] {
    return this.#store
      .ends(topic)
      .partitions.map(({ partition }) => [partition, this.#store.position(group, topic, partition)]);
  }

  #done({ sub, partition, next }: Extract<ClientMessage, { op: 'done' }>): void {
    const reading = this.#readings.get(sub);
    if (reading === undefined) return;
    reading.done(partition, next);
    this.#pump(reading);
  }

  #pump(reading: Reading): void {
    if (!this.#full) reading.pump();
  }

  #send(message: ServerMessage): boolean {
    if (this.#socket.destroyed) return false;
    if (this.#socket.write(frameOf(message))) return true;
    this.#full = true;
    this.#socket.pause();
    return false;
  }

  #listenAgain(): void {
    if (!this.#full && this.#underWayBytes <= MAX_UNDER_WAY_BYTES) this.#socket.resume();
  }
}

function isOfAnotherLog(
  from: { offsets: [number, number][]; logId?: string | undefined },
  logId: string,
  ends: readonly { partition: number; next: number }[],
): boolean {
  if (from.logId !== undefined && from.logId !== logId) return true;
  return from.offsets.some(([partition, next]) => next > (ends[partition]?.next ?? 0));
}
