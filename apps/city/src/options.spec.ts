import { describe, expect, it } from '@jest/globals';
import { readOptions } from './options.ts';

describe('how a city is asked to start', () => {
  it('starts with the simulator on loopback when nothing is said', () => {
    expect(readOptions([], {})).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 3000,
      MQTT_PORT: 1883,
      simulator: true,
      lan: false,
      speed: 1,
    });
  });

  it('listens on the network with --lan, and where HOST says when it says something', () => {
    expect(readOptions(['--lan', '--no-simulator'], {})).toMatchObject({
      HOST: '0.0.0.0',
      lan: true,
      simulator: false,
    });
    expect(readOptions(['--lan'], { HOST: '10.1.2.3' })).toMatchObject({ HOST: '10.1.2.3' });
    expect(readOptions([], { HOST: '0.0.0.0' })).toMatchObject({ lan: true });
  });

  it.each([[['--speed', '0']], [['--speed', 'fast']], [['--sped', '2']], [['wall']]])(
    'refuses %j and shows the usage',
    (args) => {
      expect(() => readOptions(args, {})).toThrow(/npm start -- \[--no-simulator\]/);
    },
  );
});
