import { describe, expect, it } from '@jest/globals';
import { readChirpstack } from './chirpstack.ts';

/** As ChirpStack v4 sends it, with what a codec made of it. */
const uplink = (more: object = {}) => ({
  ...{ deduplicationId: '3ac7e3c4-4401-4b8d-9386-a5c902f9202d', time: '2026-01-15T11:00:00+00:00' },
  deviceInfo: {
    tenantName: 'kota',
    applicationName: 'pju',
    deviceName: 'PJU-0142',
    devEui: '0101010101ABCDEF',
    tags: {},
  },
  ...{ devAddr: '00189440', adr: true, dr: 1, fCnt: 4, fPort: 10, confirmed: false, data: 'qg==' },
  object: { activePowerW: 88, levelPercent: 100 },
  ...more,
});
const read = (body: unknown, event = 'up') =>
  readChirpstack({
    ...{ query: `event=${event}`, contentType: 'application/json', receivedAtMs: 0 },
    body: Buffer.from(JSON.stringify(body)),
  });

describe('an uplink of ChirpStack v4', () => {
  it('is what its codec made of it, at the time it was received by a gateway', () => {
    expect(read(uplink()).sayings).toMatchObject([
      {
        deviceId: '0101010101abcdef',
        said: { atMs: Date.parse('2026-01-15T11:00:00Z'), measures: { activePowerW: 88, levelPercent: 100 } },
      },
    ]);
  });

  it('is known again by its deduplicationId, because the frame counter begins again with every join', () => {
    const markOf = (more: object) => read(uplink(more)).sayings.map((saying) => 'said' in saying && saying.said.mark);
    expect(markOf({ fCnt: 0, rxInfo: [{ gatewayId: 'b' }] })).toEqual(markOf({}));
    expect(markOf({ deduplicationId: 'another' })).not.toEqual(markOf({}));
  });

  it('without a codec says so', () => {
    expect(read(uplink({ object: undefined })).sayings).toMatchObject([{ refused: { reason: 'no-codec' } }]);
  });

  it('is nothing for us when it is another event', () => {
    for (const event of ['join', 'ack', 'txack', 'status', 'log', 'location'])
      expect(read({ anything: 1 }, event).sayings).toEqual([]);
  });

  it('of version 3 is refused with what to do', () => {
    const old = { applicationID: '1', devEUI: 'AQEBAQEBAQE=', objectJSON: '{}' };
    expect(() => read(old)).toThrow('ChirpStack v3');
    expect(() => read({})).toThrow('bukan uplink');
  });
});
