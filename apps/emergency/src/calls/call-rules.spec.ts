import { describe, expect, it } from '@jest/globals';
import { CallDisposition, CLAIM_STALE_MS, Fault } from '@siaga/contracts';
import fc from 'fast-check';
import type { StoredCall } from './call-document.ts';
import { changeOf, due, wakeAtMsOf } from './call-life.ts';
import { CALLS_KEPT_MS } from '../retention-rules.ts';
import {
  beaten,
  claimed,
  closed,
  closedWithIncident,
  moved,
  placeAsked,
  placeTold,
  TALKS_MS,
  toCallBack,
  written,
  type CallTurn,
  type Doing,
} from './call-rules.ts';

const nowMs = 1_800_000_000_000;
const at = (by: string, ms = nowMs): Doing => ({ by, nowMs: ms });
const claim = { by: 'sri', atMs: nowMs - 1000, seenMs: nowMs - 1000 };
const talking: StoredCall = {
  ...{ _id: 'TLP-7K2M9QXA', version: 1, source: '112', status: 'talking', exercise: false, claim },
  ...{ startedAtMs: nowMs - 1000, changedAtMs: nowMs - 1000 },
};

/** The call after a turn, as the store would leave it. */
function after(call: StoredCall, turn: CallTurn | undefined): StoredCall {
  if (turn === undefined) return call;
  const left = Object.entries({ ...call, ...turn.fields }).filter(([, value]) => value !== undefined);
  return { ...(Object.fromEntries(left) as unknown as StoredCall), version: call.version + 1 };
}

const refused = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof Fault) return `${error.kind}: ${error.message} ${JSON.stringify(error.deed ?? {})}`;
    throw error;
  }
  return 'taken';
};

describe('a claim', () => {
  it('is not taken while its claimer is heard, and not in silence when he is not', () => {
    expect(refused(() => claimed(talking, { takeOverReason: 'mau' }, at('dedi')))).toMatch(/^conflict: .*sri/);
    const later = at('dedi', claim.seenMs + CLAIM_STALE_MS);
    expect(refused(() => claimed(talking, {}, later))).toMatch(/^conflict: .*alasan.*sri/);
    const taken = claimed(talking, { takeOverReason: 'mejanya kosong' }, later);
    expect(taken?.lines).toEqual([{ step: 'call-taken-over', words: 'mejanya kosong' }]);
    expect(refused(() => beaten(after(talking, taken), {}, at('sri', later.nowMs + 1)))).toMatch(/^conflict: .*dedi/);
  });

  it('of one’s own is no news', () => {
    expect(claimed(talking, {}, at('sri'))).toBeUndefined();
  });

  const who = fc.constantFrom('sri', 'dedi', 'ani');
  const deed = fc.record({
    by: who,
    afterMs: fc.constantFrom(0, 1000, 15_000, 50_000),
    does: fc.constantFrom('claim', 'take-over', 'beat', 'write', 'call-back', 'close'),
    disposition: fc.constantFrom(...CallDisposition.options),
    blockHours: fc.constantFrom(undefined, 1, 24),
    number: fc.constantFrom(undefined, null, '081234567890'),
    incidentId: fc.constantFrom(undefined, 'INS-00000000'),
  });

  it('holds whatever anybody does: only its claimer writes and closes, and what is done stays done', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 30 }), (deeds) => {
        let [call, ms] = [talking, nowMs];
        for (const { by, afterMs, does, disposition, blockHours, number, incidentId } of deeds) {
          ms += afterMs;
          const doing = at(by, ms);
          if (incidentId !== undefined && call.incidentId === undefined)
            call = after(call, moved(call, { to: incidentId }, doing));
          const run = {
            claim: () => claimed(call, {}, doing),
            'take-over': () => claimed(call, { takeOverReason: 'perlu' }, doing),
            beat: () => beaten(call, {}, doing),
            write: () => written(call, { number }, doing),
            'call-back': () => toCallBack(call, {}, doing),
            close: () => closed(call, { disposition, blockHours }, doing),
          }[does];
          const before = call;
          let turn: CallTurn | undefined;
          const said = refused(() => (turn = run()));
          call = after(call, turn);
          const isHis = before.claim?.by === by;
          if (before.status === 'done') expect(call).toEqual(before);
          if (['beat', 'write', 'close'].includes(does) && !isHis) expect(turn).toBeUndefined();
          if (before.claim !== undefined && call.claim?.by !== before.claim.by && does !== 'call-back')
            expect([does, ms - before.claim.seenMs >= CLAIM_STALE_MS]).toEqual(['take-over', true]);
          if (call.blocksUntilMs !== undefined)
            expect([call.numberKey, call.incidentId]).toEqual(['081234567890', undefined]);
          expect(said === 'taken' || turn === undefined).toBe(true);
          if (call.blocksUntilMs !== undefined) return;
        }
      }),
    );
  });
});

describe('what is written', () => {
  it('changes what is given only, and null takes it away', () => {
    const noted = after(talking, written(talking, { kind: 'fire', victims: 2, words: 'asap' }, at('sri')));
    const again = written(noted, { kind: null, words: 'asap tebal' }, at('sri'));
    expect(again?.fields).toEqual({ kind: undefined, words: 'asap tebal' });
    expect(after(noted, again)).toMatchObject({ victims: 2, words: 'asap tebal' });
    expect(written(noted, { kind: 'fire', victims: 2 }, at('sri'))).toBeUndefined();
  });

  it('is in the timeline by what it was, never by words, names or numbers', () => {
    const place = { lat: -7.75, lng: 113.21, uncertaintyM: 0, source: 'map' as const };
    const all = { place, kind: 'fire' as const, words: 'rahasia', callerName: 'Bu Sri', number: '081234567890' };
    expect(written(talking, all, at('sri'))?.lines).toEqual([{ step: 'placed' }, { step: 'described' }]);
  });
});

describe('a close', () => {
  const numbered = { ...talking, number: '081234567890', numberKey: '081234567890' };
  const prank = { disposition: 'prank' as const, blockHours: 24 };

  it('blocks the number of a ghost or prank only, and never without number', () => {
    expect(closed(numbered, prank, at('sri'))?.fields.blocksUntilMs).toBe(nowMs + 86_400_000);
    expect(refused(() => closed(talking, prank, at('sri')))).toMatch(/^invalid: .*tanpa nomor/);
    expect(refused(() => closed(numbered, { ...prank, disposition: 'information' }, at('sri')))).toMatch(/^invalid/);
  });

  it('of a call in an incident is no ghost or prank', () => {
    const ours = { ...numbered, incidentId: 'INS-00000000' };
    expect(refused(() => closed(ours, prank, at('sri')))).toMatch(/^conflict: .*INS-00000000/);
    expect(closed(ours, { disposition: 'emergency' }, at('sri'))?.fields.status).toBe('done');
  });

  it('again is the same for who did it, and tells everybody else who it was', () => {
    const done = after(talking, closed(talking, { disposition: 'information' }, at('sri')));
    expect(closed(done, { disposition: 'information' }, at('sri', nowMs + 1))).toBeUndefined();
    expect(refused(() => closed(done, { disposition: 'ghost' }, at('dedi')))).toMatch(/^conflict: .*sri/);
  });
});

describe('the link to the caller’s phone', () => {
  const asked = after(talking, placeAsked(talking, { hash: 'h' }, at('sri')));
  const told = { hash: 'h', lat: -7.75, lng: 113.21, accuracyM: 30 };

  it('answers once, and not after half an hour', () => {
    const answered = after(asked, placeTold(asked, told, at('visitor')));
    expect(answered.place).toMatchObject({ source: 'caller-phone', uncertaintyM: 30 });
    expect(refused(() => placeTold(answered, told, at('visitor')))).toMatch(/^not-found/);
    expect(refused(() => placeTold(asked, told, at('visitor', nowMs + 30 * 60_000)))).toMatch(/^not-found/);
  });

  it('never takes the place of one that is more exact: then it is in the timeline only', () => {
    const exact = { ...asked, place: { lat: -7.7, lng: 113.2, uncertaintyM: 20, source: 'gazetteer' as const } };
    const turn = placeTold(exact, told, at('visitor'));
    expect(turn?.fields).toEqual({ placeLink: undefined });
    expect(turn?.lines).toEqual([{ step: 'placed', words: '-7.75000, 113.21000 ± 30 m' }]);
    const vague = { ...exact, place: { ...exact.place, uncertaintyM: 500, words: 'dekat pasar' } };
    expect(placeTold(vague, told, at('visitor'))?.fields.place).toMatchObject({
      uncertaintyM: 30,
      words: 'dekat pasar',
    });
  });
});

describe('time', () => {
  it('leaves a ringing call to the list of unanswered ones after a minute', () => {
    const ringing: StoredCall = { ...talking, status: 'ringing', claim: undefined, startedAtMs: nowMs };
    expect(due(ringing, nowMs + 59_999)).toBeUndefined();
    expect(due(ringing, nowMs + 60_000)).toEqual({ fields: { status: 'unanswered' }, lines: [] });
    expect(wakeAtMsOf(talking)).toBe(claim.seenMs + TALKS_MS);
  });

  it('lets screens go of what is done after a day, and forgets it after 400', () => {
    const done = after(talking, closed(talking, { disposition: 'ghost' }, at('sri')));
    const shown = { ...done, changedAtMs: nowMs };
    const archived = due(shown, nowMs + 86_400_000);
    expect(archived).toEqual({ fields: { archived: true }, lines: [] });
    if (archived === undefined || archived === 'leaves') throw new Error('not archived');
    // being let go is no news of the call: its 400 days go on
    const { change } = changeOf(shown, archived, at('service', nowMs + 86_400_000));
    expect(change).toMatchObject({ $set: { archived: true, wakeAtMs: nowMs + CALLS_KEPT_MS } });
    expect(due({ ...shown, archived: true }, nowMs + CALLS_KEPT_MS)).toBe('leaves');
  });

  it('ends openly, after two hours, what was answered at the telephone itself and never heard of again', () => {
    const answeredAtMs = nowMs + 5000;
    const alone: StoredCall = { ...talking, claim: undefined, answeredAtMs };
    expect(due(alone, answeredAtMs + TALKS_MS - 1)).toBeUndefined();
    const turn = due(alone, answeredAtMs + TALKS_MS);
    expect(turn).toMatchObject({
      fields: { status: 'done', disposition: 'not-recorded', closedBy: 'service' },
      lines: [{ step: 'call-closed' }],
    });
  });

  it('puts among those to be called back what somebody took and forgot, and does not invent an end', () => {
    expect(due(talking, claim.seenMs + TALKS_MS - 1)).toBeUndefined();
    const turn = due(talking, claim.seenMs + TALKS_MS);
    expect(turn).toEqual({ fields: { status: 'call-back', claim: undefined }, lines: [{ step: 'call-back' }] });
    const left = { ...after(talking, turn as CallTurn), changedAtMs: nowMs };
    const month = due(left, nowMs + 30 * 86_400_000);
    expect(month).toMatchObject({ fields: { status: 'done', disposition: 'not-recorded' } });
    expect(after(left, month as CallTurn).endedAtMs).toBeUndefined();
  });

  it('closes a call with its incident, when nobody is on the line any more', () => {
    const fresh = { ...talking, incidentId: 'INS-00000001' };
    const noted = after(fresh, closedWithIncident(fresh, {}, at('dewi')));
    expect(noted).toMatchObject({ status: 'talking', incidentClosedBy: 'dewi' });
    expect(closedWithIncident(noted, {}, at('dewi'))).toBeUndefined();
    const stale = claim.seenMs + CLAIM_STALE_MS;
    expect([wakeAtMsOf(noted), due(noted, stale - 1)]).toEqual([stale, undefined]);
    const over = after(noted, due(noted, stale) as CallTurn);
    expect(over).toMatchObject({ status: 'done', disposition: 'emergency', closedBy: 'dewi' });
    expect(over.incidentClosedBy).toBeUndefined();
    // who closes it himself talks no more
    expect(closedWithIncident(fresh, {}, at('sri'))?.fields.status).toBe('done');
    const onPhone = { ...fresh, telephone: { claimed_externally: nowMs }, answeredAtMs: nowMs };
    const spared = after(onPhone, closedWithIncident(onPhone, {}, at('sri')));
    expect(due(spared, nowMs + TALKS_MS - 1)).toBeUndefined();
    const hungUp = { ...spared, endedAtMs: nowMs + 1000, claim: undefined };
    expect(due(hungUp, nowMs + 1000)).toMatchObject({ fields: { status: 'done', disposition: 'emergency' } });
  });

  it('believes who calls back on a telephone that never says when a call has ended', () => {
    const calledBack = {
      ...talking,
      telephone: { ringing: 0 },
      startedAtMs: nowMs - 2 * TALKS_MS,
      answeredAtMs: undefined,
    };
    const kept = closedWithIncident(calledBack, {}, { by: 'dewi', nowMs: claim.seenMs + 1 });
    expect(kept).toEqual({ fields: { incidentClosedBy: 'dewi' }, lines: [] });
  });

  it('invents no end of a call that nobody reached when its incident is closed', () => {
    const waiting: StoredCall = { ...talking, status: 'call-back', claim: undefined, endedAtMs: undefined };
    const turn = closedWithIncident(waiting, {}, at('dewi'));
    expect(turn?.fields).toMatchObject({ status: 'done', endedAtMs: undefined });
  });

  it('makes no answer of a call back: who was not answered stays so', () => {
    const unanswered: StoredCall = { ...talking, status: 'unanswered', claim: undefined };
    expect(claimed(unanswered, {}, at('sri'))?.fields).not.toHaveProperty('answeredAtMs');
    const ringing: StoredCall = { ...unanswered, status: 'ringing' };
    expect(claimed(ringing, {}, at('sri'))?.fields.answeredAtMs).toBe(nowMs);
    // past its minute it may still ring: answered late is answered, until the telephone says that it ended
    const late: StoredCall = { ...unanswered, telephone: { ringing: nowMs - 70_000 }, startedAtMs: nowMs - 70_000 };
    expect(claimed(late, {}, at('sri'))?.fields.answeredAtMs).toBe(nowMs);
    expect(claimed({ ...late, endedAtMs: nowMs - 5000 }, {}, at('sri'))?.fields).not.toHaveProperty('answeredAtMs');
    expect(claimed(late, {}, at('sri', nowMs + 3_600_000))?.fields).not.toHaveProperty('answeredAtMs');
  });

  it('ends what nobody could call back in a month', () => {
    const waiting: StoredCall = { ...talking, status: 'unanswered', claim: undefined, changedAtMs: nowMs };
    expect(due(waiting, nowMs + 30 * 86_400_000)).toMatchObject({
      fields: { status: 'done', disposition: 'not-recorded', closedBy: 'service' },
      lines: [{ step: 'call-closed' }],
    });
  });
});
