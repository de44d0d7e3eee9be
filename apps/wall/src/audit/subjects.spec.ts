import { expect, it } from '@jest/globals';
import { auditWords } from '../text/audit-words.ts';
import { dictionaries } from '../text/dictionary.ts';
import { byWeight, isAsked, said, whoWords } from './subjects.ts';

const words = { ...dictionaries.id, ...auditWords.id };

const id = 'b3a1c9d2-7e55-4f0a-9a51-1f2e3d4c5b6a';
const names = { [id]: 'Rani Wulandari', Gx3_f9aQzB12LmNo: 'hp-07' };

it.each([
  ['class:personal', 'class', 'Data pribadi'],
  ['minutes:5', 'note', 'selama 5 menit'],
  ['route:identity.sessions.list', 'note', 'Melihat daftar sesi'],
  [`person:${id}`, 'thing', 'Orang Rani Wulandari'],
  ['device:Gx3_f9aQzB12LmNo', 'thing', 'Alat hp-07'],
  ['truck:DLH-07', 'thing', 'Truk DLH-07'],
  [`session:${id.replace('b3', 'c4')}`, 'thing', 'Sesi c4a1c9d2…'],
  ['hand-over:dishub', 'thing', 'Serah terima Dishub'],
  ['audit:all', 'note', 'semua catatan'],
  [`audit:person:${id}`, 'note', 'tentang Orang Rani Wulandari'],
  [`audit:by:${id}`, 'note', 'yang dilakukan Rani Wulandari'],
  ['sessions:40', 'note', 'sessions:40'],
  ['free text', 'note', 'free text'],
  ['truck:N 8123 AB', 'note', 'Truk N 8123 AB'],
])('%s is a %s: %s', (subject, as, text) => {
  expect(said(subject, names, words)).toEqual({ as, text, subject });
});

it('somebody has his name, else what he is known as, else the beginning of his id', () => {
  expect(whoWords(id, names, words)).toBe('Rani Wulandari');
  expect(whoWords('local', {}, words)).toBe('Operator setempat');
  expect(whoWords(id, {}, words)).toBe('b3a1c9d2…');
});

it('only what the route takes is offered as a question', () => {
  for (const subject of ['truck:DLH-07', 'workOrder:W-7', 'hand-over:dlh']) expect(isAsked(subject)).toBe(true);
  for (const subject of ['DLH-07', 'truck:', 'Truck:T1', 'truck:a b', `truck:${'x'.repeat(200)}`])
    expect(isAsked(subject)).toBe(false);
});

it('whom it was about stands first, the number of the uncovering last', () => {
  const subjects = ['reveal:r-1', 'route:identity.sessions.list', 'class:personal', `person:${id}`];
  const sorted = subjects.map((subject) => said(subject, names, words)).sort(byWeight);
  expect(sorted.map(({ subject }) => subject)).toEqual(subjects.toReversed());
});
