import { expect, it } from '@jest/globals';
import type { BedRequest } from '@siaga/contracts';
import { askedFor } from './asked-for.ts';

const asked = (requestId: string, incidentId: string): BedRequest => ({
  ...{ requestId, incidentId, bedClass: 'icu', status: 'held', requested: { by: 'ani', atMs: 1000 } },
  expiresAtMs: 2000,
});

it('follows an incident into which others were merged, and leaves those that stand alone', () => {
  const requests = [asked('RSV-1', 'INS-1'), asked('RSV-2', 'INS-2'), asked('RSV-3', 'INS-3')];
  expect(askedFor({ requests }, { incidentId: 'INS-1', merged: ['INS-2'] })).toEqual(requests.slice(0, 2));
  expect(askedFor({ requests }, { incidentId: 'INS-2', merged: [] })).toEqual([requests[1]]);
});
