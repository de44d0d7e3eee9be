import { describe, expect, it } from '@jest/globals';
import { ConfigError, loadConfig, ServiceConfig } from './config.ts';

describe('configuration', () => {
  it('counts an empty variable as unset', () => {
    expect(loadConfig(ServiceConfig, { PORT: '', SIAGA_CITY: '3573' })).toMatchObject({
      PORT: 0,
      SIAGA_CITY: '3573',
      HOST: '127.0.0.1',
    });
  });

  it('names every problem at once', () => {
    const read = () => loadConfig(ServiceConfig, { PORT: '99999', SIAGA_CITY: 'Probolinggo', SIAGA_SECRET: 'short' });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/PORT[^]*SIAGA_CITY[^]*SIAGA_SECRET/);
  });
});
