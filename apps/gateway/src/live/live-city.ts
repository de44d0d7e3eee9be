import type { LogRecord } from '@siaga/bus';
import type { Area, Frame, Stream, Subscribed } from '@siaga/contracts';
import { areaText, tiled } from './area.ts';
import type { News } from './events.ts';
import type { Eyes } from './eyes.ts';
import { Pending } from './pending.ts';
import type { Position, Vector } from './position.ts';
import type { Answer } from './resume.ts';
import { SharedAnswers } from './shared-answers.ts';
import type { StreamState } from './stream-state.ts';
import { frameOf, newsIn, positionIn, viewOf, type View } from './views.ts';

/** One connected screen, as the socket layer shows it. */
export interface Screen {
  /** Nothing waits in its socket: a frame would go out at once. */
  isWritable(): boolean;
  send(frame: Frame): void;
  /** Takes part in what is sent to a room, until {@link leave}. */
  join(room: string): void;
  leave(room: string): void;
  /** Cuts the connection so that the client comes back by itself. */
  cut(): void;
}

/** What a screen asks for. */
export interface Wish {
  streams: ReadonlySet<Stream>;
  eyes: Eyes;
  area: Area | null;
  since: Position | undefined;
}

export interface LiveCityPorts {
  now(): number;
  /** Sends one frame to everyone in a room, encoded once. */
  broadcast(room: string, frame: Frame): void;
  /** Asks for a {@link LiveCity.tick} soon, or at once. */
  wake(when: 'soon' | 'at once'): void;
  /** The log answers: what we hold is what is. Without it screens hear nothing and say so. */
  inTouch(): boolean;
  /** Where the log ends now; not told when the log cannot be asked. */
  ends(tell: (ends: Vector) => void): void;
  /** News has been handed to the sockets of everyone in a room; `atMs` is the time after the last of them. */
  onFlush?(news: News, atMs: number): void;
  onSlow?(): void;
  /** How much a frame of a longer answer carries. */
  partBytes?: number;
}

/** After so long without news a frame carries just position and server time; looked at five times a second. */
const HEARTBEAT_MS = 800;
/** A socket that does not drain for so long is cut. */
const STUCK_MS = 10_000;

interface Seat {
  wish: Wish;
  view: View | undefined;
  /** In its view's room; everything sent there counts as given. */
  inRoom: boolean;
  /** What the screen has while it is not in a room. */
  since: Position | undefined;
  answer: (Pick<Answer, 'frames' | 'reached' | 'atMs'> & { next: number }) | undefined;
  answered: ((answer: Subscribed) => void) | undefined;
  /** It knows more than we have read: where the log ended when we asked, `'asked'` while we wait for that. */
  ahead: Vector | 'asked' | undefined;
  /** Since when the socket has taken nothing. */
  stuckSinceMs: number;
}

interface Room {
  view: View;
  seats: Map<Screen, Seat>;
  frameAtMs: number;
}

/**
 * The screens of one city in front of its state. A screen is either in the room of its view, where it gets what is new,
 * or it waits: freshly connected, moved to another area, or too slow. Whoever waits is answered from its own position
 * and then joins the room, so slow sockets and returning ones are the same case, and no socket ever has a queue.
 */
export class LiveCity {
  readonly #ports: LiveCityPorts;
  readonly #seats = new Map<Screen, Seat>();
  readonly #waiting = new Set<Screen>();
  readonly #rooms = new Map<string, Room>();
  readonly #answers: SharedAnswers;
  #pending = new Pending();
  #state: StreamState | undefined;
  /** What everyone in a room has been given. */
  #flushed: Vector = new Map();

  constructor(ports: LiveCityPorts) {
    this.#ports = ports;
    this.#answers = new SharedAnswers(ports.partBytes);
  }

  get screens(): number {
    return this.#seats.size;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** The log turned out to be another one: screens keep what they have and hear nothing until {@link open}. */
  shut(): void {
    for (const [screen, seat] of this.#seats) this.#leaveRoom(screen, seat);
    this.#state = undefined;
  }

  /** A state that has caught up with the log, at the start or after {@link shut}; everyone is answered from it. */
  open(state: StreamState): void {
    this.#state = state;
    this.#pending = new Pending();
    this.#flushed = state.vector;
    this.#ports.wake('at once');
  }

  advance(stream: Stream, partition: number, records: readonly LogRecord[]): void {
    if (this.#state === undefined) return;
    const urgent = this.#pending.advance(this.#state, stream, partition, records);
    this.#ports.wake(urgent ? 'at once' : 'soon');
  }

  /** A screen's wish, its first or another one. `answered` is told before the frames that follow. */
  subscribe(screen: Screen, wish: Wish, answered: (answer: Subscribed) => void): void {
    const held = this.#seats.get(screen);
    if (held !== undefined) this.#leaveRoom(screen, held);
    const nowMs = this.#ports.now();
    const area = wish.area === null ? null : tiled(wish.area);
    this.#seats.set(screen, {
      wish: { ...wish, area },
      view: undefined,
      inRoom: false,
      since: wish.since,
      answer: undefined,
      answered,
      ahead: undefined,
      stuckSinceMs: nowMs,
    });
    this.#waiting.add(screen);
    // screens that come back together are answered together: each tick on their account would also flush every room
    this.#ports.wake('soon');
  }

  /** Moves a screen's window over the map; false when it has not subscribed. */
  track(screen: Screen, area: Area | null): boolean {
    const seat = this.#seats.get(screen);
    if (seat === undefined) return false;
    const window = area === null ? null : tiled(area);
    if (areaText(window) === areaText(seat.wish.area)) return true;
    seat.wish = { ...seat.wish, area: window };
    if (seat.inRoom) this.#leaveRoom(screen, seat);
    this.#ports.wake('soon');
    return true;
  }

  /** Who sits there sees with other eyes from now on: what was on its way is given up, and a snapshot for them follows. */
  see(screen: Screen, eyes: Eyes): void {
    const seat = this.#seats.get(screen);
    if (seat === undefined || seat.wish.eyes === eyes) return;
    this.#leaveRoom(screen, seat);
    seat.wish = { ...seat.wish, eyes };
    // also when he soon sees with the old eyes again: part of an answer may have been given in between
    if (seat.since !== undefined) seat.since = { ...seat.since, epoch: '' };
    this.#ports.wake('at once');
  }

  remove(screen: Screen): void {
    const seat = this.#seats.get(screen);
    if (seat === undefined) return;
    this.#leaveRoom(screen, seat);
    this.#seats.delete(screen);
    this.#waiting.delete(screen);
  }

  /** The screen's socket has room again. */
  drained(screen: Screen): void {
    const seat = this.#seats.get(screen);
    if (seat === undefined || seat.inRoom) return;
    seat.stuckSinceMs = this.#ports.now();
    this.#serve(screen, seat);
  }

  /** News to the rooms, then whoever waits; heartbeats where nothing was said for a second. */
  tick(): void {
    if (this.#state === undefined) return;
    const nowMs = this.#ports.now();
    this.#flush(this.#state, nowMs);
    for (const screen of [...this.#waiting]) {
      const seat = this.#seats.get(screen);
      if (seat === undefined) continue;
      this.#serve(screen, seat);
      if (!seat.inRoom && !screen.isWritable() && nowMs - seat.stuckSinceMs > STUCK_MS) screen.cut();
    }
  }

  #flush(state: StreamState, nowMs: number): void {
    const news = this.#pending.take();
    for (const room of this.#rooms.values()) {
      const content = newsIn(room.view, news);
      const silent = content.latest.length === 0 && content.every.length === 0;
      if (silent && (nowMs - room.frameAtMs < HEARTBEAT_MS || !this.#ports.inTouch())) continue;
      for (const [screen, seat] of room.seats)
        if (!screen.isWritable()) {
          this.#leaveRoom(screen, seat);
          this.#ports.onSlow?.();
        }
      if (room.seats.size === 0) continue;
      this.#ports.broadcast(room.view.name, frameOf(state, room.view, nowMs, content));
      room.frameAtMs = nowMs;
    }
    this.#flushed = state.vector;
    if (this.#seats.size > 0) this.#ports.onFlush?.(news, this.#ports.now());
  }

  /** Sends a waiting screen as much of its answer as its socket takes, and lets it join once it has everything. */
  #serve(screen: Screen, seat: Seat): void {
    while (!seat.inRoom && screen.isWritable()) {
      seat.answer ??= this.#answerOf(seat);
      if (seat.answer === undefined) return;
      const { frames, next, reached, atMs } = seat.answer;
      const frame = frames[next];
      const nowMs = this.#ports.now();
      if (frame !== undefined) screen.send(frame(nowMs));
      seat.stuckSinceMs = nowMs;
      seat.answer.next += 1;
      if (seat.answer.next < frames.length) continue;
      seat.answer = undefined;
      this.#reached(screen, seat, { vector: reached, atMs });
    }
  }

  /** An answer is made only when everything read has been flushed, or the room would repeat it. */
  #answerOf(seat: Seat): Seat['answer'] {
    const state = this.#state;
    if (state === undefined || !this.#ports.inTouch()) return undefined;
    if (!this.#pending.isEmpty) {
      this.#ports.wake('soon');
      return undefined;
    }
    this.#flushed = state.vector;
    const nowMs = this.#ports.now();
    const view = viewOf(state, seat.wish);
    const answer = this.#answers.to(state, view, seat.since, nowMs);
    if (answer === 'ahead') {
      this.#askEnds(state, seat);
      return undefined;
    }
    seat.ahead = undefined;
    seat.view = view;
    seat.answered?.({ epoch: view.epoch, recovered: answer.recovered });
    seat.answered = undefined;
    return { ...answer, next: 0 };
  }

  /**
   * The screen has read further than this gateway, from another one: going back would show it the past, so it waits. But
   * when we have read up to the log's end and it is still ahead, its log is not ours: then nothing it knows counts.
   */
  #askEnds(state: StreamState, seat: Seat): void {
    if (seat.ahead === undefined) {
      seat.ahead = 'asked';
      this.#ports.ends((ends) => {
        seat.ahead = ends;
        this.#ports.wake('soon');
      });
    } else if (seat.ahead !== 'asked' && state.hasReached(seat.ahead)) {
      seat.since = undefined;
      this.#ports.wake('soon');
    }
  }

  /** Screens that shared an answer stand at the very same place, so they can share the next one too. */
  #reached(screen: Screen, seat: Seat, at: { vector: Vector; atMs: number }): void {
    const { view } = seat;
    const state = this.#state;
    if (view === undefined || state === undefined) return;
    seat.since = positionIn(state, view, at);
    if (at.vector !== this.#flushed || seat.wish.area !== view.area) return;
    let room = this.#rooms.get(view.name);
    if (room === undefined) {
      room = { view, seats: new Map<Screen, Seat>(), frameAtMs: this.#ports.now() };
      this.#rooms.set(view.name, room);
    }
    room.seats.set(screen, seat);
    seat.inRoom = true;
    this.#waiting.delete(screen);
    screen.join(view.name);
  }

  #leaveRoom(screen: Screen, seat: Seat): void {
    const { view } = seat;
    seat.answer = undefined;
    if (!seat.inRoom || view === undefined || this.#state === undefined) return;
    const nowMs = this.#ports.now();
    seat.inRoom = false;
    seat.since = positionIn(this.#state, view, { atMs: nowMs, vector: this.#flushed });
    seat.stuckSinceMs = nowMs;
    this.#waiting.add(screen);
    screen.leave(view.name);
    const room = this.#rooms.get(view.name);
    room?.seats.delete(screen);
    if (room?.seats.size === 0) this.#rooms.delete(view.name);
  }
}
