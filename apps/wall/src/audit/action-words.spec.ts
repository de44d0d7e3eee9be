import { expect, it } from '@jest/globals';
import { auditWords } from '../text/audit-words.ts';
import { actionWords } from './action-words.ts';

it.each([
  ['session.sign-in', 'Masuk', 'Signed in'],
  ['waste.trucks.register', 'Mendaftarkan truk', 'Registered a truck'],
  ['street.lamps.change', 'Mengubah lampu', 'Changed a lamp'],
  ['identity.screens.list', 'Melihat daftar layar', 'Listed screens'],
  ['alarms.alarms.acknowledge', 'Menangani alarm', 'Acknowledged alarms'],
])('%s is said in words', (name, id, en) => {
  expect(actionWords(name, auditWords.id.audit.actions)).toBe(id);
  expect(actionWords(name, auditWords.en.audit.actions)).toBe(en);
});

it.each(['parking.meters.jam', 'street.lamps.jam', 'meters', ''])(
  '%s, which nobody has words for, stands as it is',
  (name) => {
    expect(actionWords(name, auditWords.id.audit.actions)).toBe(name);
  },
);
