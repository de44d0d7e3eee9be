import { describe, expect, it } from '@jest/globals';
import { encodeEvent, type LogRecord } from '@siaga/bus';
import { defineEvent, defineStream, MASKED, TruckMoved, type AnyEvent, type FieldClass } from '@siaga/contracts';
import { z } from 'zod';
import { everyEntry, latestEntry } from './events.ts';
import { eyesOf } from './eyes.ts';
import { everyEvent, latestValue, readRecord } from './read-record.ts';

const Called = defineEvent({
  name: 'test.caller.called',
  summary: 'For this test.',
  stream: defineStream({ name: 'test.calls', delivery: 'every', keepForDays: 1 }),
  data: z.object({
    callId: z.string(),
    caller: z.object({ name: z.string().meta({ class: 'personal' }) }),
    ageYears: z.number().meta({ class: 'health' }).optional(),
  }),
  key: (call) => call.callId,
  audience: ['dinkes'],
});
const call = { callId: 'C1', caller: { name: 'Siti' }, ageYears: 40 };
const truck = { truckId: 'T1', atMs: 1, lat: 0, lng: 0, protocol: 'osmand' as const };

function read(event: AnyEvent, data: unknown) {
  const record = encodeEvent(event, data as never, { city: '3574', source: 'test', exercise: false });
  const stored: LogRecord = { ...record, partition: 0, offset: 0, timeMs: 1 };
  const understood = readRecord(stored, new Map([[event.name, event]]));
  if (understood === undefined) throw new Error('not read');
  return understood;
}
const eyes = (...classes: FieldClass[]) =>
  eyesOf({ roles: ['viewer'], agencies: ['dinkes'], reveal: { classes, untilMs: Infinity } }, 0);

describe('a value with fields of a class', () => {
  it('travels to each as much as he may see, whole in memory', () => {
    const event = everyEvent(read(Called, call), 1);
    const [, , nothing] = everyEntry(event, eyes());
    const [, , person] = everyEntry(event, eyes('personal'));
    const [, , whole] = everyEntry(event, eyes('personal', 'health'));
    expect(nothing).toEqual({ callId: 'C1', caller: { name: MASKED } });
    expect(person).toEqual({ callId: 'C1', caller: { name: 'Siti' } });
    expect(whole).toEqual(call);
    expect(event.data).toEqual(call);
  });

  it('is masked once for all who see as much, whatever their agencies', () => {
    const value = latestValue(read(Called, call), undefined, { cold: false });
    const first = latestEntry(value, eyes('health'))[2];
    const police = eyesOf({ roles: ['viewer'], agencies: ['polres'], reveal: { classes: ['health'], untilMs: 2 } }, 1);
    expect(latestEntry(value, police)[2]).toBe(first);
    expect(latestEntry(value, eyes('health'))[2]).toBe(first);
    expect(latestEntry(value, eyes())[2]).not.toBe(first);
  });
});

describe('a value without', () => {
  it('has no veil and travels as it is', () => {
    const value = latestValue(read(TruckMoved, truck), undefined, { cold: false });
    const event = everyEvent(read(TruckMoved, truck), 1);
    expect([value.veil, event.veil]).toEqual([undefined, undefined]);
    expect([latestEntry(value, eyes())[2] === value.data, everyEntry(event, eyes())[2] === event.data]).toEqual([
      true,
      true,
    ]);
  });
});
