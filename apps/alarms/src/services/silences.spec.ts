import { describe, expect, it } from '@jest/globals';
import { ConditionChanged } from '@siaga/contracts';
import { SILENT_MS, silences } from './silences.ts';

const at = 1_000_000_000;
const report = (service: string, timeMs: number) => ({ report: { service, instanceId: 'host 1/a' }, timeMs });
const now = { nowMs: at, ownTimeMs: at - 1000 };
const none = new Map<string, ConditionChanged>();

describe('a process that falls silent', () => {
  it('is told of once, and again when it is heard or has gone', () => {
    const heard = [report('waste', at - SILENT_MS - 1), report('gateway', at - SILENT_MS)];
    const begun = silences(heard, none, now);
    expect(begun).toMatchObject([
      {
        thing: { kind: 'service', thingId: 'waste-host-1-a' },
        active: true,
        agency: 'command',
        sinceMs: at - SILENT_MS - 1,
      },
    ]);
    const said = new Map(
      begun.map((condition) => [ConditionChanged.key(condition), ConditionChanged.data.parse(condition)]),
    );
    expect(silences(heard, said, now)).toEqual([]);
    for (const since of [[report('waste', at)], []])
      expect(silences(since, said, now)).toMatchObject([
        { thing: { thingId: 'waste-host-1-a' }, active: false, changedAtMs: at + 1 },
      ]);
  });

  it('is not told of while the log is away from us as well', () => {
    expect(silences([report('waste', 0)], none, { nowMs: at, ownTimeMs: at - SILENT_MS })).toEqual([]);
  });
});
