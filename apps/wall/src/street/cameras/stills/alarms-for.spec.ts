import { expect, it } from '@jest/globals';
import type { AlarmChanged } from '@siaga/contracts';
import { alarmsFor } from './alarms-for.ts';

const alarm = (alarmId: string, thing: string, status: AlarmChanged['status'], raisedAtMs: number) => {
  const [kind = '', thingId = ''] = thing.split(':');
  return { alarmId, thing: { kind, thingId }, status, raisedAtMs } as AlarmChanged;
};

it('the camera’s own alarms come first, then what is still the matter, the newest first', () => {
  const alarms = [
    alarm('over', 'lamp:L', 'cleared', 9),
    alarm('older', 'lamp:M', 'active', 1),
    alarm('newer', 'panel:P', 'active', 2),
    alarm('own', 'camera:flora', 'cleared', 0),
    alarm('another', 'camera:plaza', 'cleared', 3),
  ];
  expect(alarmsFor('flora', alarms).map(({ alarmId }) => alarmId)).toEqual([
    'own',
    'newer',
    'older',
    'over',
    'another',
  ]);
});
