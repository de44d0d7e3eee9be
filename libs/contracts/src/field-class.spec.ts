import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { MASKED, maskOfShape, type FieldClass } from './field-class.ts';

const Call = z.object({
  callId: z.string(),
  caller: z.object({ name: z.string().meta({ class: 'personal' }), line: z.string().optional() }),
  conditions: z.array(z.string()).meta({ class: 'health' }).optional(),
  heardBy: z.array(z.object({ who: z.string().meta({ class: 'personal' }), atMs: z.number() })),
  ageYears: z.number().meta({ class: 'personal' }).optional(),
  more: z.union([z.object({ note: z.string().meta({ class: 'health' }) }), z.object({ count: z.number() })]).optional(),
});

const call = {
  callId: 'C1',
  caller: { name: 'Siti', line: '0812' },
  conditions: ['asma'],
  heardBy: [{ who: 'Budi', atMs: 1 }],
  ageYears: 40,
  more: { note: 'sesak' },
};
const shown = (...sees: FieldClass[]) => maskOfShape(Call)?.(call, new Set(sees));

describe('masking by field class', () => {
  it('hides what the eyes lack, wherever in the shape it lies, and keeps the rest', () => {
    expect(shown()).toEqual({
      callId: 'C1',
      caller: { name: MASKED, line: '0812' },
      heardBy: [{ who: MASKED, atMs: 1 }],
      more: { note: MASKED },
    });
    expect(shown('health')).toMatchObject({ conditions: ['asma'], more: { note: 'sesak' }, caller: { name: MASKED } });
    expect(shown('personal', 'health')).toEqual(call);
  });

  it('leaves the value itself as it is: others see it whole', () => {
    const before = structuredClone(call);
    shown();
    expect(call).toEqual(before);
  });

  it('answers a shape that still fits its contract', () => {
    expect(Call.safeParse(shown()).success).toBe(true);
  });

  it('has no mask for a shape without such fields', () => {
    expect(maskOfShape(z.object({ truckId: z.string() }))).toBeUndefined();
  });
});
