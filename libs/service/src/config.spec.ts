import { describe, expect, it } from '@jest/globals';
import { ConfigError, isLoopback, loadConfig, serviceConfig, ServiceConfig } from './config.ts';

describe('configuration', () => {
  it('counts an empty variable as unset', () => {
    expect(loadConfig(ServiceConfig, { PORT: '', SIAGA_CITY: '3573' })).toMatchObject({
      PORT: 0,
      SIAGA_CITY: '3573',
      HOST: '127.0.0.1',
    });
  });

  it('takes no name for this machine because of how it begins', () => {
    const names = ['127.evil.example', '127.0.0.1.evil.example', '127.', '127.0.0.1.', 'localhost.evil.example', '::2'];
    expect(names.filter(isLoopback)).toEqual([]);
    expect(['127.0.0.1', '127.9.8.7', '::1', 'localhost'].every(isLoopback)).toBe(true);
  });

  it('names every problem at once', () => {
    const read = () => loadConfig(ServiceConfig, { PORT: '99999', SIAGA_CITY: 'Probolinggo', SIAGA_SECRET: 'short' });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/PORT[^]*SIAGA_CITY[^]*SIAGA_SECRET/);
  });

  it('asks for a secret as soon as a service listens on a network', () => {
    const shape = serviceConfig({});
    expect(() => loadConfig(shape, { HOST: '0.0.0.0' })).toThrow(/SIAGA_SECRET: is needed/);
    expect(loadConfig(shape, { HOST: '0.0.0.0', SIAGA_SECRET: 'x'.repeat(32) }).HOST).toBe('0.0.0.0');
    expect(loadConfig(shape, { HOST: '::1' }).HOST).toBe('::1');
    const open = { HOST: '0.0.0.0', SIAGA_SECRET: 'x'.repeat(32), SIAGA_LOCAL_OPERATOR: 'true' };
    expect(() => loadConfig(shape, open)).toThrow(/SIAGA_LOCAL_OPERATOR: must not/);
  });
});
