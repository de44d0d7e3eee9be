import { describe, expect, it } from '@jest/globals';
import { Fault } from '@siaga/contracts';
import { dictionaries } from './dictionary.ts';
import { detailIn, faultWords, inLanguage } from './fault-words.ts';
import { createFormat, type Language } from './format.ts';

const speech = (language: Language) => ({
  language,
  text: dictionaries[language],
  format: createFormat(language, 'Asia/Jakarta'),
});

describe('a sentence of the server', () => {
  it('is heard in the language of the screen', () => {
    const said = 'akun ini diblokir · this account is blocked';
    expect(inLanguage(said, 'id')).toBe('Akun ini diblokir.');
    expect(inLanguage(said, 'en')).toBe('This account is blocked.');
  });

  it('in one language only is not taken for the other', () => {
    expect(inLanguage('this token is not valid', 'id')).toBeUndefined();
  });
});

describe('what a service says of a thing', () => {
  it('is heard in the language of the screen, with the code that belongs to both', () => {
    const said = 'Sambungan putus di tengah jalan · The connection broke off (ECONNRESET)';
    expect(detailIn(said, 'id')).toBe('Sambungan putus di tengah jalan (ECONNRESET)');
    expect(detailIn(said, 'en')).toBe('The connection broke off (ECONNRESET)');
    const doubled = 'Kamera melarang (403) · The camera forbids it (403)';
    expect(detailIn(doubled, 'id')).toBe('Kamera melarang (403)');
  });

  it('is shown as it is where it has one language', () => {
    expect(detailIn('RTSP 401 Unauthorized', 'en')).toBe('RTSP 401 Unauthorized');
    expect(detailIn('a · b · c', 'id')).toBe('a · b · c');
  });
});

describe('what went wrong, in words', () => {
  it('says how long to wait', () => {
    const fault = new Fault('too-many', 'slow down', { retryAfterS: 64 });
    expect(faultWords(fault, speech('id'))).toBe('Terlalu sering dicoba. Coba lagi dalam 1 mnt.');
  });

  it('names what is wrong at a field, without the name of the field', () => {
    const issues = [{ at: 'password', message: 'paling sedikit 12 karakter · at least 12 characters' }];
    const fault = new Fault('invalid', 'body: password – …', { issues });
    expect(faultWords(fault, speech('id'))).toBe('Paling sedikit 12 karakter.');
    expect(faultWords(fault, speech('en'))).toBe('At least 12 characters.');
  });

  it('says of a missing answer what to do', () => {
    expect(faultWords(new Fault('unavailable', 'no answer'), speech('id'))).toContain('Coba lagi');
  });

  it('keeps what it has no words for', () => {
    expect(faultWords(new Fault('invalid', 'no such thing'), speech('id'))).toBe('Gagal: no such thing');
  });
});
