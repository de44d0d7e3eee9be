import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OVERLAP_MS, rotated, used, verdictOn, type RefreshState, type RefreshVerdict } from './refresh-rule.ts';

/** What a tab of the honest browser does, and what the network does to it. Seconds; the gateway gives up after 15. */
const move = fc.record({
  afterS: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 900 })),
  requestS: fc.integer({ min: 0, max: 15 }),
  answerS: fc.integer({ min: 0, max: 15 }),
  fate: fc.constantFrom('arrives', 'arrives', 'request lost', 'answer lost'),
});
type Move = typeof move extends fc.Arbitrary<infer One> ? One : never;

const first: RefreshState = { refreshHash: 'token-0', refreshUsed: false, rotatedAtMs: 0 };

/** A session, as the server keeps it: tokens are numbered in the order they were given out. */
class Server {
  state = first;
  #given = 0;

  present(token: string, nowMs: number): { verdict: RefreshVerdict; next?: string } {
    const verdict = verdictOn(this.state, token, nowMs);
    if (verdict === 'access') this.state = used(this.state, token);
    if (verdict !== 'rotate') return { verdict };
    const next = `token-${String(++this.#given)}`;
    this.state = rotated(token, next, nowMs);
    return { verdict, next };
  }
}

/** Tabs of one browser share its cookies; their requests and answers overtake each other as they like. */
function browse(moves: readonly Move[]) {
  const server = new Server();
  let jar = first.refreshHash;
  const events: { atMs: number; happen: (atMs: number) => void }[] = [];
  const presented: { token: string; verdict: RefreshVerdict }[] = [];
  /** What a thief who copies the cookies at that moment has, and how many requests had been answered before. */
  const copies: { token: string; before: number }[] = [];
  let sentAtMs = 0;
  for (const { afterS, requestS, answerS, fate } of moves) {
    sentAtMs += afterS * 1000;
    events.push({
      atMs: sentAtMs,
      happen: (atMs) => {
        const token = jar;
        copies.push({ token, before: presented.length });
        if (fate === 'request lost') return;
        const answered = (processedAtMs: number) => {
          const { verdict, next } = server.present(token, processedAtMs);
          presented.push({ token, verdict });
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
  return { server, presented, copies, nowMs };
}

const order = (token: string) => Number(token.replace('token-', ''));

describe('refresh tokens that rotate', () => {
  it('never take honest tabs for thieves, whatever overtakes what or gets lost', () => {
    fc.assert(
      fc.property(fc.array(move, { minLength: 1, maxLength: 40 }), (moves) => {
        expect(browse(moves).presented.map(({ verdict }) => verdict)).not.toContain('reuse');
      }),
      { numRuns: 2000 },
    );
  });

  it('always tell a copy that is used after its owner has come with a newer one', () => {
    fc.assert(
      fc.property(fc.array(move, { minLength: 2, maxLength: 20 }), fc.nat(), (moves, pick) => {
        const { server, presented, copies, nowMs } = browse(moves);
        const { token } = copies[pick % copies.length]!;
        fc.pre(presented.some((other) => order(other.token) > order(token)));
        expect(server.present(token, nowMs + OVERLAP_MS + 1).verdict).toBe('reuse');
      }),
      { numRuns: 2000 },
    );
  });

  it('tell a thief who came first as soon as both have come again', () => {
    const server = new Server();
    const stolen = server.present('token-0', 1000).next!;
    const honest = server.present('token-0', 600_000);
    expect(honest.verdict).toBe('rotate');
    expect(server.present(stolen, 700_000).verdict).toBe('reuse');
    expect(server.present(honest.next!, 700_000).verdict).toBe('rotate');
  });

  it('give two tabs at once one new token', () => {
    const server = new Server();
    expect([0, 1, OVERLAP_MS].map((late) => server.present('token-0', 5000 + late).verdict)).toEqual([
      'rotate',
      'access',
      'access',
    ]);
  });
});
