import { describe, expect, it } from '@jest/globals';
import type { StoredReport } from './report-document.ts';
import { changeOf, due, STRANGE_KEPT_MS, wakeAtMsOf } from './report-life.ts';

const DAY_MS = 86_400_000;
const toldAtMs = 1_800_000_000_000;
const open: StoredReport = {
  ...{ _id: 'LAP-00000001', version: 1, lampId: 'PJU-1', lampName: 'T-1', trouble: 'dark', status: 'accepted' },
  ...{ times: 1, sources: ['public'], within: [], exercise: false, openKey: 'PJU-1/dark', openTile: '18/1/1/dark' },
  ...{ firstAtMs: toldAtMs, lastAtMs: toldAtMs, changedAtMs: toldAtMs, dueAtMs: toldAtMs + 2 * DAY_MS },
};
const strange: StoredReport = { ...open, lampName: undefined, isUnknownLamp: true };
const closed: StoredReport = { ...open, status: 'done', closedAtMs: toldAtMs };

describe('a report of a pole that is not registered', () => {
  it('waits seven days, then ends with an answer, and its place at the door is free', () => {
    const atMs = toldAtMs + STRANGE_KEPT_MS;
    expect(due(strange, atMs - 1)).toEqual({ change: { $set: { wakeAtMs: atMs } } });
    expect(due(strange, atMs)?.change).toMatchObject({
      $set: { status: 'dismissed', closedAtMs: atMs, answer: expect.stringContaining('112') },
      $unset: { openKey: 1, openTile: 1 },
    });
  });

  it('waits on while somebody says it again, and as long as a crew is to look', () => {
    expect(wakeAtMsOf({ ...strange, lastAtMs: toldAtMs + DAY_MS })).toBe(toldAtMs + DAY_MS + STRANGE_KEPT_MS);
    expect(wakeAtMsOf({ ...strange, workOrderId: 'SPK-00000001' })).toBe(toldAtMs + 400 * DAY_MS);
  });
});

describe('a closed report', () => {
  it('leaves screens after a day, and loses what people said after ninety', () => {
    const shown = due(closed, toldAtMs + DAY_MS)?.change;
    expect(shown).toEqual({ $set: { archived: true, wakeAtMs: toldAtMs + 90 * DAY_MS } });
    const forgotten = due({ ...closed, archived: true }, toldAtMs + 90 * DAY_MS)?.change;
    expect(forgotten).toEqual({ $set: { voices: [], publicVoices: [], heard: [] } });
  });

  it('is found as open no more, and ends its condition', () => {
    const { change, events } = changeOf(open, { status: 'done', closedAtMs: toldAtMs + 1 }, toldAtMs + 1);
    expect(change).toMatchObject({ $unset: { openKey: 1, openTile: 1 }, $set: { wakeAtMs: toldAtMs + 1 + DAY_MS } });
    expect(events).toMatchObject([{ data: { kind: 'reportedDark', active: false } }]);
  });
});

it('an open report of a lamp of ours is open until somebody closes it; only what people said is forgotten', () => {
  expect(due(open, toldAtMs + 400 * DAY_MS)?.change).toEqual({ $set: { voices: [], publicVoices: [], heard: [] } });
});
