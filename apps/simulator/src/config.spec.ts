import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.ts';

describe('readConfig', () => {
  it('takes flags before variables before defaults', () => {
    const env = { SIAGA_SIMULATOR_TOKEN: 't', SPEED: '5', SEED: '', GATEWAY_URL: 'http://127.0.0.1:4000/' };
    expect(readConfig(['--speed', '60'], env)).toEqual({
      SIAGA_SIMULATOR_TOKEN: 't',
      SPEED: 60,
      SEED: 'siaga',
      GATEWAY_URL: 'http://127.0.0.1:4000',
    });
  });

  it('names every problem at once', () => {
    expect(() => readConfig([], { SPEED: '0', GATEWAY_URL: 'ftp://x' })).toThrow(
      /GATEWAY_URL: .*\n.*SIAGA_SIMULATOR_TOKEN: .*\n.*SPEED: /,
    );
  });
});
