import { describe, expect, it } from '@jest/globals';
import { dictionaries } from '../text/dictionary.ts';
import { createFormat } from '../text/format.ts';
import { affectedWords, kindWords } from './alarm-text.ts';

const speech = (language: 'id' | 'en') => ({
  language,
  text: dictionaries[language],
  format: createFormat(language, 'Asia/Jakarta'),
});

describe('words of an alarm', () => {
  it('counts what hangs below it, the most first', () => {
    const affected = { camera: 1, lamp: 1180, panel: 8 };
    expect(affectedWords(affected, speech('id'))).toBe('1.180 lampu · 8 panel · 1 kamera');
    expect(affectedWords(affected, speech('en'))).toBe('1,180 lamps · 8 panels · 1 camera');
    expect(affectedWords({ 'water-gauge': 2 }, speech('id'))).toBe('2 water-gauge');
    expect(affectedWords({}, speech('id'))).toBe('');
  });

  it('says what is the matter, also for a kind it never heard of', () => {
    expect(kindWords('supplyLoss', dictionaries.id)).toBe('tanpa listrik');
    expect(kindWords('pumpJammed2', dictionaries.id)).toBe('pump jammed 2');
  });
});
