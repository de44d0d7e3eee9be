import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dueMs, step } from './floor-control.ts';
import {
  emptyFloor,
  floorTimers,
  stateOf,
  type Floor,
  type FloorInput,
  type FloorMessage,
  type Said,
} from './floor.ts';

const who = ['a', 'b', 'c', 'd'] as const;
const member = { rank: 1, mayTalk: true };

/** A group as its members see it: each knows only what it was told. */
class Group {
  floor: Floor = emptyFloor;
  nowMs = 1_000_000;
  /** Last word of the floor to each: what a phone would show. */
  readonly seen = new Map<string, FloorMessage>();
  /** Who was told that he may talk and not yet that he may not. */
  readonly permitted = new Map<string, string>();
  readonly said: Said[] = [];

  do(input: FloorInput): boolean {
    const { floor, said, relays } = step(this.floor, input, { nowMs: this.nowMs, timers: floorTimers });
    this.floor = floor;
    this.said.push(...said);
    if (input.kind === 'leave') {
      this.seen.delete(input.participantId);
      this.permitted.delete(input.participantId);
    }
    for (const one of said) for (const to of this.addressed(one)) this.tell(to, one.message);
    return relays;
  }

  join(...ids: readonly string[]): this {
    for (const participantId of ids) this.do({ kind: 'join', participant: { participantId, ...member } });
    return this;
  }

  request(participantId: string, talkId: string, isEmergency = false) {
    const from = this.said.length;
    this.do({ kind: 'request', participantId, talkId, isEmergency });
    return this.said.slice(from);
  }

  /** Lets time pass as a timer would: to each moment at which something is due. */
  wait(forMs: number): void {
    const untilMs = this.nowMs + forMs;
    for (let due = dueMs(this.floor, floorTimers); due !== undefined && due <= untilMs;) {
      this.nowMs = Math.max(this.nowMs, due);
      this.do({ kind: 'clock' });
      due = dueMs(this.floor, floorTimers);
    }
    this.nowMs = untilMs;
    this.do({ kind: 'clock' });
  }

  private addressed(said: Said): string[] {
    return 'to' in said ? [said.to] : [...this.floor.participants.keys()].filter((id) => id !== said.allBut);
  }

  private tell(to: string, message: FloorMessage): void {
    this.seen.set(to, message);
    if (message.kind === 'granted') this.permitted.set(to, message.talkId);
    if (message.kind === 'idle' || message.kind === 'taken') this.permitted.delete(to);
    if (message.kind === 'revoke' && this.permitted.get(to) === message.talkId) {
      // of a burst that was too long the grace is still its own
      if (message.cause !== 'media-burst-too-long') this.permitted.delete(to);
    }
  }
}

describe('a floor', () => {
  it('is granted to one of fifty at once, and forty-nine are told their place', () => {
    const ids = Array.from({ length: 50 }, (_, at) => `p${String(at)}`);
    const group = new Group().join(...ids);
    for (const id of ids) group.request(id, `t-${id}`);
    const last = ids.map((id) => group.seen.get(id));
    expect(last.filter((one) => one?.kind === 'granted')).toHaveLength(1);
    expect(last.flatMap((one) => (one?.kind === 'queue-position' ? [one.position] : []))).toEqual(
      Array.from({ length: 49 }, (_, at) => at + 1),
    );
  });

  it('tells who comes late at once who talks', () => {
    const group = new Group().join('a', 'b');
    group.request('a', 't1');
    group.join('c');
    expect(group.seen.get('c')).toEqual({ kind: 'taken', talkId: 't1', by: 'a', isEmergency: false });
  });

  it('lets go in silence, which is no punishment', () => {
    const group = new Group().join('a', 'b');
    group.request('a', 't1');
    group.wait(floorTimers.endOfMediaMs);
    expect(stateOf(group.floor)).toBe('floor-idle');
    expect(group.said.filter(({ message }) => message.kind === 'revoke')).toEqual([]);
    expect(group.seen.get('a')).toEqual({ kind: 'idle' });
  });

  it('warns, revokes what is too long, lets its last words through, and goes to the next', () => {
    const group = new Group().join('a', 'b');
    group.request('a', 't1');
    group.request('b', 't2');
    const relayed: boolean[] = [];
    for (let atMs = 0; atMs < 34_000; atMs += 1000) {
      relayed.push(group.do({ kind: 'media', participantId: 'a', talkId: 't1' }));
      group.wait(1000);
    }
    const toA = group.said.flatMap((one) => ('to' in one && one.to === 'a' ? [one.message] : []));
    expect(toA).toContainEqual({ kind: 'ending', talkId: 't1', inMs: 5000 });
    expect(toA).toContainEqual({ kind: 'revoke', talkId: 't1', cause: 'media-burst-too-long' });
    expect(relayed.lastIndexOf(true)).toBe(32); // 30 s, and 3 s of grace
    expect(group.seen.get('b')).toMatchObject({ kind: 'granted', talkId: 't2' });
  });

  it('is taken by an emergency in one step from who is none, never from another emergency', () => {
    const group = new Group().join('a', 'b', 'c');
    group.request('a', 't1');
    expect(group.request('b', 't2', true)).toEqual([
      { to: 'a', message: { kind: 'revoke', talkId: 't1', cause: 'media-burst-pre-empted' } },
      { to: 'b', message: { kind: 'granted', talkId: 't2', isEmergency: true, forMs: 30_000, listeners: 2 } },
      { allBut: 'b', message: { kind: 'taken', talkId: 't2', by: 'b', isEmergency: true } },
    ]);
    expect(group.request('c', 't3', true)).toEqual([
      { to: 'c', message: { kind: 'queue-position', talkId: 't3', position: 1 } },
    ]);
  });

  it('is nobody’s for ever who presses anew before his time is over: whoever waits is next', () => {
    const group = new Group().join('a', 'b');
    group.request('a', 't1');
    group.request('b', 't2');
    group.request('a', 't3');
    expect(group.seen.get('b')).toMatchObject({ kind: 'granted', talkId: 't2' });
    expect(group.seen.get('a')).toEqual({ kind: 'queue-position', talkId: 't3', position: 1 });
  });

  it('stays with an officer in danger who presses anew, before everybody who is not', () => {
    const group = new Group().join('a', 'b');
    group.request('a', 't1', true);
    group.request('b', 't2');
    group.request('a', 't3', true);
    expect(group.seen.get('a')).toMatchObject({ kind: 'granted', talkId: 't3', isEmergency: true });
    expect(group.seen.get('b')).toMatchObject({ kind: 'taken', by: 'a' });
  });

  it('drops what was not permitted, and says so once', () => {
    const group = new Group().join('a', 'b');
    group.request('a', 't1');
    const forged = () => group.do({ kind: 'media', participantId: 'b', talkId: 't9' });
    expect([forged(), forged(), forged()]).toEqual([false, false, false]);
    expect(group.said.filter((one) => 'to' in one && one.to === 'b' && one.message.kind === 'revoke')).toEqual([
      { to: 'b', message: { kind: 'revoke', talkId: 't9', cause: 'no-permission' } },
    ]);
  });

  it('is denied to who only listens', () => {
    const group = new Group().join('a');
    group.do({ kind: 'join', participant: { participantId: 'wall', rank: 0, mayTalk: false } });
    group.request('wall', 't1');
    expect(group.seen.get('wall')).toEqual({ kind: 'deny', talkId: 't1', cause: 'receive-only' });
  });
});

const inputs = fc.oneof(
  fc.record({ kind: fc.constant('wait' as const), forMs: fc.integer({ min: 0, max: 8000 }) }),
  fc.record({ kind: fc.constant('join' as const), id: fc.constantFrom(...who), rank: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant('leave' as const), id: fc.constantFrom(...who) }),
  fc.record({
    ...{ kind: fc.constant('request' as const), id: fc.constantFrom(...who) },
    ...{ press: fc.integer({ min: 1, max: 3 }), isEmergency: fc.boolean() },
  }),
  fc.record({
    kind: fc.constant('release' as const),
    id: fc.constantFrom(...who),
    press: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    kind: fc.constant('media' as const),
    id: fc.constantFrom(...who),
    press: fc.integer({ min: 1, max: 3 }),
  }),
);

describe('whatever happens in whatever order', () => {
  it('at most one may talk, all know who, everybody is answered, and nobody waits for ever', () => {
    fc.assert(
      fc.property(fc.array(inputs, { maxLength: 120 }), (all) => {
        const group = new Group();
        for (const one of all) {
          const from = group.said.length;
          const { talk } = group.floor;
          const isIn = one.kind !== 'wait' && group.floor.participants.has(one.id);
          let relays = false;
          if (one.kind === 'wait') group.wait(one.forMs);
          else if (one.kind === 'join')
            group.do({ kind: 'join', participant: { participantId: one.id, rank: one.rank, mayTalk: true } });
          else if (one.kind === 'leave') group.do({ kind: 'leave', participantId: one.id });
          else {
            const press = { participantId: one.id, talkId: `${one.id}${String(one.press)}` };
            if (one.kind === 'request') group.request(press.participantId, press.talkId, one.isEmergency);
            else relays = group.do({ kind: one.kind, ...press });
            // only the burst that has the floor is heard
            expect(relays).toBe(one.kind === 'media' && talk?.talkId === press.talkId && talk.participantId === one.id);
            const answers = group.said.slice(from).filter((said) => 'to' in said && said.to === one.id);
            if (one.kind === 'request' && isIn) expect(answers.length).toBeGreaterThan(0);
          }
          expect(group.permitted.size).toBeLessThanOrEqual(1);
          const now = group.floor.talk;
          expect([...group.permitted.keys()]).toEqual(now === undefined ? [] : [now.participantId]);
          for (const [at, { participantId, talkId }] of group.floor.queue.entries()) {
            expect(participantId).not.toBe(now?.revokedAtMs === undefined ? now?.participantId : undefined);
            const told = group.said.findLast(
              (said) =>
                'to' in said && said.to === participantId && 'talkId' in said.message && said.message.talkId === talkId,
            );
            expect(told?.message).toMatchObject({ kind: 'queue-position', position: at + 1 });
          }
        }
        // all fall silent: each one that waits has its turn, and then it is idle
        const waited = group.floor.queue.map(({ talkId }) => talkId);
        const from = group.said.length;
        group.wait(10 * 60_000);
        const served = group.said
          .slice(from)
          .flatMap(({ message }) => (message.kind === 'granted' ? [message.talkId] : []));
        expect(served).toEqual(waited);
        expect(stateOf(group.floor)).toBe('floor-idle');
      }),
      { numRuns: 300 },
    );
  });
});
