import { Injectable } from '@nestjs/common';
import {
  Fault,
  type CallNotes,
  type CallSource,
  type CloseCall,
  type InputOf,
  type ListCalls,
  type TelephoneEvent,
  type WriteCall,
} from '@siaga/contracts';
import { asExercise, currentContext, numberFor, numberOfPress } from '@siaga/service';
import { defined, Store, trusted, type Page } from '@siaga/store';
import { calls, type CallDocument, type StoredCall } from './call-document.ts';
import { changeOf, linesOf, wakeAtMsOf } from './call-life.ts';
import {
  beaten,
  claimed,
  closed,
  closedWithIncident,
  moved,
  placeAsked,
  placeTold,
  toCallBack,
  written,
} from './call-rules.ts';
import type { CallTurn, Doing, PhonePlace } from './call-rules.ts';
import { numberKeyOf } from './number-key.ts';
import { placed } from './place-in-city.ts';
import { TelephoneClock } from './telephone-clock.ts';
import { callerNameOf, callerNumberOf, isAnother, marked, saidByMarks } from './telephone-rules.ts';

/** So often a telephone system gives the same name to another call, while the first one is kept. */
const MOST_REUSED = 100;

/** Of one number so many calls are counted: beyond that nobody reads the figure. */
const MOST_COUNTED = 1000;

/** Calls of the context's city: each turn is one atomic change of one document, with its lines in the timeline. */
@Injectable()
export class CallsStore {
  /** Of each telephone system. */
  readonly #clocks = new Map<string, TelephoneClock>();

  constructor(private readonly store: Store) {}

  /** A call that the caller of the route takes now; the same press makes the same one. */
  async open({ source, place, ...notes }: CallNotes & { source: CallSource }): Promise<StoredCall> {
    const { exercise, press } = currentContext();
    const doing = doingNow();
    const { by, nowMs } = doing;
    const callId = numberOfPress('TLP');
    const document: CallDocument = {
      ...defined(notes),
      ...(place !== undefined && { place: placed(place) }),
      ...(await this.#ofNumber(notes.number, { callId, exercise })),
      ...{ source, status: 'talking', exercise, claim: { by, atMs: nowMs, seenMs: nowMs } },
      ...{ startedAtMs: nowMs, answeredAtMs: nowMs, changedAtMs: nowMs },
    };
    const lines = [{ step: 'call-opened' as const }, ...(place === undefined ? [] : [{ step: 'placed' as const }])];
    return this.store.create(
      calls,
      { ...document, _id: callId, wakeAtMs: wakeAtMsOf(document) },
      { events: linesOf({ _id: callId, version: 0 }, lines, doing), ...(press !== undefined && { once: press }) },
    );
  }

  get(callId: string): Promise<StoredCall> {
    return this.store.get(calls, callId);
  }

  /** Last begun first. */
  page(query: InputOf<typeof ListCalls>['query']): Promise<Page<CallDocument>> {
    const { limit, after, q, ...asked } = query;
    const search = { text: q, fields: ['_id'] };
    const where = defined(asked) as never;
    return this.store.page(calls, { where, sort: 'startedAtMs', descending: true, limit, after, search });
  }

  claim(callId: string, what: { takeOverReason?: string | undefined }): Promise<StoredCall> {
    return this.#turn(callId, (call, doing) => claimed(call, what, doing));
  }

  beat(callId: string): Promise<StoredCall> {
    return this.#turn(callId, (call, doing) => beaten(call, {}, doing));
  }

  async write(callId: string, notes: InputOf<typeof WriteCall>['body']): Promise<StoredCall> {
    const { exercise } = await this.get(callId);
    const { before } = await this.#ofNumber(notes.number ?? undefined, { callId, exercise });
    return this.#turn(callId, (call, doing) => written(call, { ...notes, before }, doing));
  }

  callBack(callId: string): Promise<StoredCall> {
    return this.#turn(callId, (call, doing) => toCallBack(call, {}, doing));
  }

  close(callId: string, what: InputOf<typeof CloseCall>['body']): Promise<StoredCall> {
    return this.#turn(callId, (call, doing) => closed(call, what, doing));
  }

  /** Its incident was closed by somebody; nothing when the call is over, or not known here. */
  async closeWithIncident(callId: string, by: string): Promise<void> {
    if ((await this.store.find(calls, callId)) === undefined) return;
    await this.#turn(callId, (call, doing) => closedWithIncident(call, {}, { ...doing, by }));
  }

  /** Gives a call to an incident, or takes it away from one; `conflict` when it is not where it was thought to be. */
  move(callId: string, way: { from?: string | undefined; to?: string | undefined }): Promise<StoredCall> {
    return this.#turn(callId, (call, doing) => moved(call, way, doing));
  }

  askPlace(callId: string, hash: string): Promise<StoredCall> {
    return this.#turn(callId, (call, doing) => placeAsked(call, { hash }, doing));
  }

  /** The phone that was sent this link answers; false for a link that is unknown. Throws `not-found` for one that is used up or old. */
  async tellPlace(hash: string, place: PhonePlace): Promise<boolean> {
    const where = { 'placeLink.hash': hash } as never;
    const found = await this.store.of(calls).findOne(where).lean<StoredCall | null>();
    if (found === null) return false;
    await this.#turn(found._id, (call, doing) => placeTold(call, { hash, ...place }, doing));
    return true;
  }

  /** What a telephone system says of a call of its own; late, repeated and out of order come to the same. */
  async hear(event: TelephoneEvent, deviceId: string, receivedAtMs: number): Promise<StoredCall> {
    const { city, exercise } = currentContext();
    const atMs = this.#clockOf(`${city} ${deviceId} ${String(exercise)}`).setRight(
      Date.parse(event.event_ts),
      receivedAtMs,
    );
    const nameOf = (time: number) =>
      numberFor('TLP', JSON.stringify([city, exercise, deviceId, event.call_id, ...(time === 0 ? [] : [time])]));
    let callId = nameOf(0);
    let known = await this.store.find(calls, callId);
    for (let time = 1; time < MOST_REUSED && isAnother(known?.telephone ?? {}, atMs); time += 1) {
      callId = nameOf(time);
      known = await this.store.find(calls, callId);
    }
    const made = known ?? (await this.#ring(callId, event, atMs));
    if (made !== undefined && known === undefined) return made;
    const number = callerNumberOf(event);
    const ofNumber = known?.number === undefined ? await this.#ofNumber(number, { callId, exercise }) : {};
    const caller = { ...defined({ number }), ...ofNumber };
    return this.#turn(callId, (call, { nowMs }) => heard(call, { event, atMs, nowMs, caller }));
  }

  /** Everything simulated leaves. */
  async removeExercises(): Promise<number> {
    const found = await this.store.of(calls).find({ exercise: true }).lean<StoredCall[]>();
    for (const { _id } of found) await asExercise(true, () => this.store.remove(calls, { _id }));
    return found.length;
  }

  /** Only systems that proved themselves are heard: a handful. */
  #clockOf(system: string): TelephoneClock {
    const clock = this.#clocks.get(system) ?? new TelephoneClock();
    this.#clocks.set(system, clock);
    return clock;
  }

  /** undefined when another message about the same call was faster. */
  async #ring(callId: string, event: TelephoneEvent, atMs: number): Promise<StoredCall | undefined> {
    const { exercise } = currentContext();
    const doing = doingNow();
    const telephone = marked({}, event, atMs);
    const [number, callerName] = [callerNumberOf(event), callerNameOf(event)];
    const document: CallDocument = {
      ...{ source: '112', exercise, telephone, changedAtMs: doing.nowMs, ...saidByMarks(telephone, doing.nowMs) },
      ...defined({ number, callerName }),
      ...(await this.#ofNumber(number, { callId, exercise })),
    };
    const events = linesOf({ _id: callId, version: 0 }, [{ step: 'call-opened' }], doing);
    const full = { ...document, _id: callId, wakeAtMs: wakeAtMsOf(document) };
    return this.store.create(calls, full, { events }).catch((error: unknown) => {
      if (error instanceof Fault && error.kind === 'conflict') return undefined;
      throw error;
    });
  }

  async #turn(callId: string, rule: (call: StoredCall, doing: Doing) => CallTurn | undefined): Promise<StoredCall> {
    const { document } = await this.store.turn(calls, callId, (call) => {
      const doing = doingNow();
      const turn = rule(call, doing);
      return turn === undefined ? undefined : changeOf(call, turn, doing);
    });
    return document;
  }

  /** What was heard of a number: counted from its calls as they are now, so nothing counts twice or is forgotten. */
  async #ofNumber(
    number: string | undefined,
    { callId, exercise }: { callId: string; exercise: boolean },
  ): Promise<Pick<CallDocument, 'numberKey' | 'before'>> {
    if (number === undefined) return {};
    const numberKey = numberKeyOf(number);
    const found = await this.store
      .of(calls)
      .find({ numberKey, exercise, _id: trusted({ $ne: callId }) } as never)
      .sort({ startedAtMs: -1 } as never)
      .limit(MOST_COUNTED)
      .lean<StoredCall[]>();
    const junk = found.filter(({ disposition }) => disposition === 'ghost' || disposition === 'prank').length;
    const blockedUntilMs = Math.max(0, ...found.map(({ blocksUntilMs = 0 }) => blocksUntilMs));
    const isBlocked = blockedUntilMs > Date.now();
    return { numberKey, before: { calls: found.length, junk, ...(isBlocked && { blockedUntilMs }) } };
  }
}

interface Heard {
  event: TelephoneEvent;
  atMs: number;
  nowMs: number;
  /** Its number, and what was heard of that before. */
  caller: Pick<CallDocument, 'number' | 'numberKey' | 'before'>;
}

/** A further word of a telephone system: it moves what nobody of ours has in hand, and dates the rest. */
function heard(call: StoredCall, { event, atMs, nowMs, caller }: Heard): CallTurn | undefined {
  const telephone = marked(call.telephone ?? {}, event, atMs);
  const said = saidByMarks(telephone, nowMs);
  const isOurs = call.claim !== undefined || call.status === 'call-back' || call.status === 'done';
  const { startedAtMs, endedAtMs } = said;
  const news = isOurs ? { startedAtMs, ...(call.endedAtMs === undefined && endedAtMs !== undefined && { endedAtMs }) } : said; // prettier-ignore
  const isOld = call.telephone?.[event.event] === telephone[event.event];
  const callerName = callerNameOf(event);
  const filled = {
    ...(call.number === undefined ? caller : {}),
    ...(call.callerName === undefined && callerName !== undefined && { callerName }),
  };
  const isNothing = isOld && Object.keys(filled).length === 0;
  return isNothing ? undefined : { fields: { telephone, ...news, ...filled }, lines: [] };
}

const doingNow = (): Doing => ({ by: currentContext().principal.id, nowMs: Date.now() });
