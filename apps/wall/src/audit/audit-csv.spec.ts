import { expect, it } from '@jest/globals';
import type { AuditedAction } from '@siaga/contracts';
import { auditWords } from '../text/audit-words.ts';
import { dictionaries } from '../text/dictionary.ts';
import { createFormat } from '../text/format.ts';
import { auditCsv } from './audit-csv.ts';

const timezone = 'Asia/Jakarta';
const action: AuditedAction = {
  seq: 41,
  attemptId: 'attempt-1',
  atMs: Date.parse('2026-11-21T20:12:47Z'),
  action: 'reveal.used',
  principalId: 'b3a1c9d2-7e55-4f0a-9a51-1f2e3d4c5b6a',
  principalKind: 'person',
  displayName: 'Rani Wulandari',
  sessionId: 's-1',
  subjects: ['class:personal', 'person:p-1'],
  exercise: false,
  correlation: 'c-1',
  outcome: 'done',
  reason: 'Orang hilang; nomor "17"',
};
const linesOf = (...actions: AuditedAction[]) =>
  auditCsv({
    actions,
    text: { ...dictionaries.id, ...auditWords.id },
    format: createFormat('id', timezone),
    timezone,
  }).split('\r\n');

it('says who, what, of what, when in the city, why and what became of it', () => {
  expect(linesOf(action)).toEqual([
    '\uFEFFNomor;Waktu (WIB);Pelaku;Jenis pelaku;ID pelaku;Tindakan;Nama tindakan;Menyangkut;Alasan;Hasil;Sesi;Simulasi',
    '41;2026-11-22 03:12:47;Rani Wulandari;Orang;b3a1c9d2-7e55-4f0a-9a51-1f2e3d4c5b6a;Melihat data yang dibuka;reveal.used;' +
      'class:personal person:p-1;"Orang hilang; nomor ""17""";selesai;s-1;',
    '',
  ]);
});

it('a name that a spreadsheet would execute stays a name, and a refusal says why', () => {
  const [, line] = linesOf({ ...action, displayName: '=1+1', outcome: 'refused', fault: 'forbidden', exercise: true });
  expect(line).toContain(";'=1+1;");
  expect(line).toContain(';ditolak: tidak berwenang;s-1;ya');
});
