import { expect, it } from '@jest/globals';
import { MASKED } from '@siaga/contracts';
import { changedIn, isSeen, nothingWritten, saidOf, writtenOf } from './notes.ts';

it('keeps what was written, and half a number with who asked', () => {
  expect(saidOf({ ...nothingWritten, patientName: ' Pak Darmo ', number: '0812-0000 001' })).toEqual({
    patientName: 'Pak Darmo',
    number: '08120000001',
  });
  expect(saidOf({ ...nothingWritten, askedBy: 'Puskesmas', number: '08 lupa' })).toEqual({
    askedBy: 'Puskesmas 08 lupa',
  });
});

it('sends what somebody changed and nothing else; what he emptied is taken out', () => {
  const before = writtenOf({ patientName: 'Darmo', number: '081200000001', needs: 'oksigen' });
  expect(changedIn(before, before)).toEqual({});
  const after = { ...before, patientName: ' Darmi', needs: ' ', number: '0812 0000 0002' };
  expect(changedIn(before, after)).toEqual({ patientName: 'Darmi', needs: null, number: '081200000002' });
});

it('is not to be written over by who sees dots in its place', () => {
  expect([isSeen({ patientName: 'Darmo' }), isSeen({ number: MASKED })]).toEqual([true, false]);
});
