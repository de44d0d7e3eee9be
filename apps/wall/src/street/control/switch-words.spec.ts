import { expect, it } from '@jest/globals';
import { dictionaries } from '../../text/dictionary.ts';
import { createFormat } from '../../text/format.ts';
import { switchWords } from './switch-words.ts';

const read = (language: 'id' | 'en') => {
  const words = { text: dictionaries[language], format: createFormat(language, 'Asia/Jakarta') };
  return [
    switchWords({ at: { sun: 'sunset', offsetMinutes: -10 }, levelPercent: 100 }, words),
    switchWords({ at: { clock: '22:00' }, levelPercent: 50 }, words),
    switchWords({ at: { sun: 'sunrise', offsetMinutes: 5 }, levelPercent: 30 }, words),
    switchWords({ at: { sun: 'sunrise', offsetMinutes: 0 }, levelPercent: 0 }, words),
  ];
};

it('a programme is read as people say it', () => {
  expect(read('id')).toEqual(['10 mnt sebelum terbenam: Nyala', '22.00: 50 %', '5 mnt setelah terbit: 30 %', 'saat terbit: Padam']); // prettier-ignore
  expect(read('en')).toEqual([
    '10 min before sunset: On',
    '22:00: 50 %',
    '5 min after sunrise: 30 %',
    'at sunrise: Off',
  ]);
});
