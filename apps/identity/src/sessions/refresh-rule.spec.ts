import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  MOST_GIVEN,
  OVERLAP_MS,
  rotated,
  used,
  verdictOn,
  type RefreshState,
  type RefreshVerdict,
} from './refresh-rule.ts';

/**
 * What a tab of the honest browser does, and what the network does to it. Seconds: a request waits for its service up to
 * 15, an answer stalls for longer than anybody waits.
 */
const move = fc.record({
  afterS: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 150 }), fc.integer({ min: 0, max: 900 })),
  requestS: fc.integer({ min: 0, max: 15 }),
  answerS: fc.oneof(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 0, max: 100 })),
  fate: fc.constantFrom('arrives', 'arrives', 'request lost', 'answer lost'),
});
type Move = typeof move extends fc.Arbitrary<infer One> ? One : never;

const first: RefreshState = { refreshHash: 'token-0', rotatedAtMs: 0 };

/** A session, as the server keeps it: tokens are numbered in the order they were given out. */
class Server {
  state = first;
  #given = 0;

  present(token: string, nowMs: number): { verdict: RefreshVerdict; next?: string } {
    const verdict = verdictOn(this.state, token, nowMs);
    if (verdict === 'access') this.state = used(this.state, token, nowMs);
    if (verdict !== 'rotate' && verdict !== 'again') return { verdict };
    const next = `token-${String(++this.#given)}`;
    this.state = rotated(this.state, token, { nextHash: next, nowMs });
    return { verdict, next };
  }
}

/** What the clock of the server shows; it is set now and then. */
type Clock = (atMs: number) => number;
const right: Clock = (atMs) => atMs;

/** A clock that is set back, by a second or by days. */
const setBack = fc
  .array(fc.record({ atS: fc.integer({ max: 9000, min: 0 }), byS: fc.oneof(fc.nat(600), fc.nat(300_000)) }), { maxLength: 4 })
  .map((sets): Clock => (atMs) => sets.reduce((shown, { atS, byS }) => (atMs >= atS * 1000 ? shown - byS * 1000 : shown), atMs)); // prettier-ignore

/** Tabs of one browser share its cookies; their requests and answers overtake each other as they like. */
function browse(moves: readonly Move[], clock = right) {
  const server = new Server();
  let jar = first.refreshHash;
  const events: { atMs: number; happen: (atMs: number) => void }[] = [];
  const verdicts: RefreshVerdict[] = [];
  /** What a thief who copies the cookies at that moment has. */
  const copies: string[] = [];
  let sentAtMs = 0;
  for (const { afterS, requestS, answerS, fate } of moves) {
    sentAtMs += afterS * 1000;
    events.push({
      atMs: sentAtMs,
      happen: (atMs) => {
        const token = jar;
        copies.push(token);
        if (fate === 'request lost') return;
        const answered = (processedAtMs: number) => {
          const { verdict, next } = server.present(token, clock(processedAtMs));
          verdicts.push(verdict);
          if (next === undefined || fate === 'answer lost') return;
          events.push({ atMs: processedAtMs + answerS * 1000, happen: () => (jar = next) });
        };
        events.push({ atMs: atMs + requestS * 1000, happen: answered });
      },
    });
  }
  let nowMs = 0;
  while (events.length > 0) {
    const earliest = events.reduce((least, event, index) => (event.atMs < events[least]!.atMs ? index : least), 0);
    const [event] = events.splice(earliest, 1);
    nowMs = event!.atMs;
    event!.happen(nowMs);
  }
  return { server, verdicts, copies, jar, nowMs };
}

describe('refresh tokens that rotate', () => {
  it('never take honest tabs for thieves, whatever overtakes what, stalls or gets lost', () => {
    fc.assert(
      fc.property(fc.array(move, { minLength: 1, maxLength: 40 }), (moves) => {
        expect(browse(moves).verdicts).not.toContain('reuse');
      }),
      { numRuns: 5000 },
    );
  });

  it('never do so either when the clock is set back, however far and often', () => {
    fc.assert(
      fc.property(fc.array(move, { minLength: 1, maxLength: 40 }), setBack, (moves, clock) => {
        expect(browse(moves, clock).verdicts).not.toContain('reuse');
      }),
      { numRuns: 5000 },
    );
    // two tabs and a second between them
    const server = new Server();
    const next = server.present('token-0', 1_000_000).next!;
    server.present(next, 1_001_000);
    expect(server.present('token-0', 1_002_000 - 3 * OVERLAP_MS).verdict).toBe('access');
  });

  it('tell a copy after the clock was set back, too, once its owner has gone on', () => {
    fc.assert(
      fc.property(fc.array(move, { minLength: 1, maxLength: 20 }), setBack, fc.nat(), (moves, clock, pick) => {
        const { server, copies, jar, nowMs } = browse(moves, clock);
        const copy = copies[pick % copies.length]!;
        let held = jar;
        let atMs = clock(nowMs) - 86_400_000;
        for (let visit = 0; visit < 4; visit += 1) {
          atMs += OVERLAP_MS + 1;
          held = server.present(held, atMs).next ?? held;
        }
        expect(server.present(copy, atMs + OVERLAP_MS + 1).verdict).toBe('reuse');
      }),
      { numRuns: 2000 },
    );
  });

  it('always tell a copy that is used after its owner has gone on twice', () => {
    fc.assert(
      fc.property(fc.array(move, { minLength: 1, maxLength: 20 }), fc.nat(), (moves, pick) => {
        const { server, copies, jar, nowMs } = browse(moves);
        const copy = copies[pick % copies.length]!;
        const later = server.present(jar, nowMs + OVERLAP_MS + 1).next!;
        server.present(later, nowMs + 2 * OVERLAP_MS + 2);
        expect(server.present(copy, nowMs + 3 * OVERLAP_MS + 3).verdict).toBe('reuse');
      }),
      { numRuns: 2000 },
    );
  });

  it('let one of all who hold copies go on, and tell the others when they come, however they time it', () => {
    const visit = fc.record({ who: fc.nat({ max: 8 }), afterS: fc.integer({ min: 0, max: 400 }) });
    fc.assert(
      fc.property(fc.array(visit, { minLength: 1, maxLength: 60 }), (visits) => {
        const server = new Server();
        /** The owner and eight thieves, who copied his cookies. */
        const held = Array<string>(9).fill(first.refreshHash);
        /** Since when somebody else has gone on by what he does not hold. */
        const outSinceMs: (number | undefined)[] = [];
        let nowMs = 0;
        for (const { who, afterS } of visits) {
          nowMs += afterS * 1000;
          const token = held[who]!;
          const { verdict, next } = server.present(token, nowMs);
          const outSince = outSinceMs[who];
          if (outSince !== undefined) expect(verdict).toBe(nowMs - outSince <= OVERLAP_MS ? 'access' : 'reuse');
          if (verdict === 'reuse') return;
          if (verdict === 'rotate')
            for (const other of held.keys()) if (held[other] !== token) outSinceMs[other] ??= nowMs;
          if (next !== undefined) held[who] = next;
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('end the session within three rounds in which each of two to nine comes', () => {
    const rounds = fc
      .integer({ min: 2, max: 9 })
      .chain((count) => fc.tuple(...Array.from({ length: 3 }, () => fc.shuffledSubarray(range(count), { minLength: count })))); // prettier-ignore
    fc.assert(
      fc.property(rounds, (of) => {
        const server = new Server();
        const held = Array<string>(9).fill(first.refreshHash);
        const verdicts = of.flat().map((who, turn) => {
          const { verdict, next } = server.present(held[who]!, (turn + 1) * (OVERLAP_MS + 1));
          if (next !== undefined) held[who] = next;
          return verdict;
        });
        expect(verdicts).toContain('reuse');
      }),
    );
  });

  it('let go on whose slow answer took the place of one that was asked for later', () => {
    const server = new Server();
    const slow = server.present('token-0', 1000).next!;
    const later = server.present('token-0', 1001 + OVERLAP_MS);
    expect(later.verdict).toBe('again');
    expect(server.present(slow, 600_000).verdict).toBe('rotate');
    expect(server.present(later.next!, 600_001 + OVERLAP_MS).verdict).toBe('reuse');
  });

  it('tell a thief who came first as soon as both have come again', () => {
    const server = new Server();
    const stolen = server.present('token-0', 1000).next!;
    const honest = server.present('token-0', 600_000);
    expect(honest.verdict).toBe('again');
    expect(server.present(stolen, 800_000).verdict).toBe('rotate');
    expect(server.present(honest.next!, 1_000_000).verdict).toBe('reuse');
  });

  it('tell the one before as soon as its successor has been seen', () => {
    const server = new Server();
    const next = server.present('token-0', 1000).next!;
    expect(server.present(next, 2000).verdict).toBe('access');
    expect(server.present('token-0', 2000 + OVERLAP_MS).verdict).toBe('access');
    expect(server.present('token-0', 2001 + OVERLAP_MS).verdict).toBe('reuse');
  });

  it('rotate, and tell copies, also when the clock is set back by a day; by a little, tabs are still together', () => {
    const dayMs = 86_400_000;
    const server = new Server();
    const copy = server.present('token-0', dayMs).next!;
    expect(server.present('token-0', dayMs - OVERLAP_MS).verdict).toBe('access');
    expect(server.present(copy, 1000).verdict).toBe('access');
    const next = server.present(copy, 1001 + OVERLAP_MS).next!;
    expect(server.present(next, 1002 + 2 * OVERLAP_MS).verdict).toBe('rotate');
    expect(server.present(copy, 1003 + 3 * OVERLAP_MS).verdict).toBe('reuse');
  });

  it('give two tabs at once one new token', () => {
    const server = new Server();
    expect([0, 1, OVERLAP_MS].map((late) => server.present('token-0', 5000 + late).verdict)).toEqual([
      'rotate',
      'access',
      'access',
    ]);
  });

  it('tell a thief who throws away what he gets and comes with the same copy again and again, however often', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2000, max: 900_000 }),
        fc.integer({ min: 60_000, max: 900_000 }),
        (thiefMs, ownerMs) => {
          const server = new Server();
          const copy = first.refreshHash;
          let [held, verdict]: [string, RefreshVerdict] = [copy, 'access'];
          let [thiefAtMs, ownerAtMs] = [1000, 1000 + ownerMs];
          for (let visits = 0; verdict !== 'reuse' && visits < 100_000; visits += 1) {
            const isThief = thiefAtMs <= ownerAtMs;
            const answer = server.present(isThief ? copy : held, isThief ? thiefAtMs : ownerAtMs);
            verdict = answer.verdict;
            if (isThief) thiefAtMs += thiefMs;
            else [held, ownerAtMs] = [answer.next ?? held, ownerAtMs + ownerMs];
            expect(ownerAtMs).toBeLessThan(6 * ownerMs + 6 * thiefMs + 6 * OVERLAP_MS);
          }
          expect(verdict).toBe('reuse');
        },
      ),
    );
  });

  it('remember so many given out for one, and no more', () => {
    const server = new Server();
    const given = Array.from(
      { length: MOST_GIVEN + 1 },
      (_, turn) => server.present('token-0', turn * (OVERLAP_MS + 1)).next!,
    );
    expect(server.state.elderHashes).toEqual(given.slice(1, -1));
  });
});

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
