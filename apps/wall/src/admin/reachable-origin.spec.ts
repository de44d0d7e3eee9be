import { describe, expect, it } from '@jest/globals';
import { reachableOrigin } from './reachable-origin.ts';

const at = (address: string) => new URL(address);

describe('the address of a link for somebody else', () => {
  it('is the one this screen was opened with', () => {
    const screen = at('https://siaga.probolinggokota.go.id/');
    expect(reachableOrigin(screen, ['http://192.168.1.20:3000'])).toEqual({ origin: screen.origin, isHereOnly: false });
  });

  it('is one of the network where this machine has one', () => {
    for (const here of ['http://127.0.0.1:3000/', 'http://localhost:3000/', 'http://[::1]:3000/'])
      expect(reachableOrigin(at(here), ['http://192.168.1.20:3000'])).toEqual({
        origin: 'http://192.168.1.20:3000',
        isHereOnly: false,
      });
  });

  it('is for this machine only where there is none', () => {
    const here = at('http://127.0.0.1:3000/');
    expect(reachableOrigin(here, [])).toEqual({ origin: here.origin, isHereOnly: true });
  });
});
