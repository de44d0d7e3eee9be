import { expect, it } from '@jest/globals';
import { noticeOf } from './push-notice.ts';

const pushed = (text: string) => noticeOf({ json: () => JSON.parse(text) as unknown });

it('names the unit, the same job under the same tag', () => {
  const { title, options } = pushed('{"assignmentId":"TGS-7K2M9QXA","unitName":"Ambulans Satu","sentAtMs":1}');
  expect(title).toBe('TUGAS BARU · New job');
  expect(options).toMatchObject({
    tag: 'TGS-7K2M9QXA',
    requireInteraction: true,
    body: expect.stringMatching(/^\d\d\.\d\d Ambulans Satu: /),
    timestamp: 1,
  });
});

it('says at what o’clock of the phone the job was sent, and nothing where that was not told', () => {
  const sentAtMs = new Date(2026, 10, 23, 3, 7).getTime();
  const body = (notice: object) => pushed(JSON.stringify(notice)).options.body;
  expect(body({ unitName: 'Surya 1', sentAtMs })).toMatch(/^03\.07 Surya 1: /);
  expect(body({ unitName: 'Surya 1', sentAtMs: 'x' })).toMatch(/^Surya 1: /);
  expect(body({})).toMatch(/^buka /);
});

it('says that it is an exercise', () => {
  expect(pushed('{"assignmentId":"TGS-7K2M9QXA","unitName":"x","sentAtMs":1,"exercise":true}').title).toMatch(
    /^LATIHAN/,
  );
});

it.each([
  ['no json', '{'],
  ['null', 'null'],
  ['a number', '7'],
  ['other kinds', '{"assignmentId":7,"unitName":[]}'],
])('rings also by what cannot be read: %s', (_, text) => {
  expect(pushed(text)).toMatchObject({ title: 'TUGAS BARU · New job', options: { tag: 'siaga' } });
});

it('rings without a word', () => {
  expect(noticeOf(null).options.tag).toBe('siaga');
});
