import { expect, it } from '@jest/globals';
import { startLine } from './start-line.ts';

const tls = { TLS_CERT_FILE: '/data/tls/city.crt' };

it('starts where and as the person did, and tells no secret', () => {
  const env = { SIAGA_DATA: '/data', PORT: '3001', HOST: '', SIAGA_SECRET: 'hidden', HOME: '/root' };
  expect(startLine(env, tls)).toBe('SIAGA_DATA=/data PORT=3001 TLS_CERT_FILE=/data/tls/city.crt npm start -- --lan');
  expect(startLine({}, tls)).toBe('TLS_CERT_FILE=/data/tls/city.crt npm start -- --lan');
});

it('is one line of a shell, whatever a folder is called', () => {
  expect(startLine({ SIAGA_DATA: "/data/pak Budi's" }, {})).toBe(
    String.raw`SIAGA_DATA='/data/pak Budi'\''s' npm start -- --lan`,
  );
});
