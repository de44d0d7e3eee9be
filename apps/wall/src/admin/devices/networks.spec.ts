import { describe, expect, it } from '@jest/globals';
import { networksOf } from './networks.ts';

describe('networks as somebody writes them', () => {
  it('are one on each line, or with commas, each once', () => {
    expect(networksOf(' 10.20.0.0/16\n\n2001:db8::/32, 10.20.0.0/16\n')).toEqual({
      networks: ['10.20.0.0/16', '2001:db8::/32'],
    });
  });

  it('are none: from anywhere', () => {
    expect(networksOf(' \n')).toEqual({ networks: [] });
  });

  it.each(['10.20.0.1', '10.20.0.0/33', 'kantor'])('name what is none: %s', (wrong) => {
    expect(networksOf(`10.0.0.0/8\n${wrong}`)).toEqual({ wrong });
  });
});
