import { describe, expect, it } from '@jest/globals';
import { Fault, TruckMoved, FixRecorded } from '@siaga/contracts';
import { decodeEvent, encodeEvent, encodeRetraction } from './envelope.ts';

const moved = { truckId: 'T-01', atMs: 1_700_000_000_000, lat: -7.75, lng: 113.2, protocol: 'osmand' } as const;
const meta = { city: '3574', source: 'siaga/waste', exercise: true, correlation: 'c', timeMs: 1_700_000_000_500 };
const stored = (record: ReturnType<typeof encodeEvent>) => ({ ...record, partition: 0, offset: 0, timeMs: 1 });

describe('an event in the log', () => {
  it('is JSON with CloudEvents headers, and comes back as it was', () => {
    const record = encodeEvent(TruckMoved, moved, { ...meta, traceparent: '00-aa-bb-01' });
    expect(record.key).toBe('T-01');
    expect(JSON.parse(String(record.value))).toEqual(moved);
    expect(record.headers).toEqual({
      ce_specversion: '1.0',
      ce_id: 'T-01@1700000000000',
      ce_type: 'waste.truck.moved',
      ce_source: 'siaga/waste',
      ce_time: '2023-11-14T22:13:20.500Z',
      ce_subject: 'T-01',
      ce_city: '3574',
      ce_exercise: 'true',
      ce_correlation: 'c',
      'content-type': 'application/json',
      traceparent: '00-aa-bb-01',
    });
    expect(decodeEvent(stored(record))).toEqual({
      id: 'T-01@1700000000000',
      type: 'waste.truck.moved',
      subject: 'T-01',
      data: moved,
      ...meta,
      traceparent: '00-aa-bb-01',
    });
  });

  it('has the same id on every repeat, or the one it is given', () => {
    const ids = [1, 2].map(() => encodeEvent(TruckMoved, moved, meta).headers['ce_id']);
    expect(ids[0]).toBe(ids[1]);
    expect(encodeEvent(TruckMoved, moved, { ...meta, id: 'fixed' }).headers['ce_id']).toBe('fixed');
  });

  it('is a tombstone only on a stream of latest values', () => {
    const gone = decodeEvent(stored(encodeRetraction(TruckMoved, 'T-01', meta)));
    expect(gone).toMatchObject({ subject: 'T-01', data: null });
    expect(() => encodeRetraction(FixRecorded, 'T-01', meta)).toThrow('latest');
  });

  it.each([
    ['no CloudEvents headers', { headers: {} }, 'has no ce_type'],
    ['an unknown type', { headers: { ce_id: '1', ce_type: 'x.y.z', ce_city: '3574' } }, 'unknown event x.y.z'],
    ['bytes that are not JSON', { value: Buffer.from([0xff, 0x00]) }, 'not JSON'],
    ['data against the contract', { value: Buffer.from('{"truckId":"T-01"}') }, 'waste.truck.moved: atMs'],
  ])('with %s is answered with the reason', (_, change, reason) => {
    const fault = decodeEvent({ ...stored(encodeEvent(TruckMoved, moved, meta)), ...change });
    expect(fault).toBeInstanceOf(Fault);
    expect(fault).toMatchObject({ kind: 'invalid', message: expect.stringContaining(reason) });
  });

  it('refuses to be written when it breaks its contract, has no key, or is too large', () => {
    expect(() => encodeEvent(TruckMoved, { ...moved, lat: Number.NaN }, meta)).toThrow('lat');
    expect(() => encodeRetraction(TruckMoved, '', meta)).toThrow('1 to 512 bytes');
    expect(() => encodeRetraction(TruckMoved, 'ä'.repeat(257), meta)).toThrow('1 to 512 bytes');
  });
});
