import { describe, expect, it } from '@jest/globals';
import { encodeEvent } from '@siaga/bus';
import { Alarm, CityLog, Incident } from './city-log.ts';
import { Gateway } from './memory-gateway.ts';
import { Wall } from './wall.ts';

const settings = { compaction: false, partBytes: 65_536 };
const origin = { city: '3574', source: 'test', exercise: false };

function cityWith(logId: string, incidents: readonly string[], alarms: readonly string[]): CityLog {
  const log = new CityLog(logId);
  for (const incidentId of incidents)
    log.append(Incident, encodeEvent(Incident, { incidentId, note: 1, agencies: ['command'] }, origin), 0);
  for (const alarmId of alarms)
    log.append(Alarm, encodeEvent(Alarm, { alarmId, at: 'here', agencies: ['command'] }, origin), 0);
  return log;
}

function settle(gateway: Gateway, wall: Wall): void {
  for (let round = 0; round < 5; round += 1) {
    gateway.city.tick();
    wall.screen?.drain();
  }
}

/** A wall that has seen the first log, then its gateway or the next one finds the other. */
function meet(other: CityLog, how: 'under our feet' | 'after a restart') {
  let log = cityWith('log one', ['old'], ['a1', 'a2', 'a3']);
  const gateway = new Gateway(() => log, settings);
  const wall = new Wall({ roles: ['viewer'], agencies: ['command'] }, null, () => log);
  wall.connect(gateway);
  settle(gateway, wall);
  expect(wall.shown().incidents).toHaveProperty('old');
  log = other;
  if (how === 'under our feet') gateway.load();
  else {
    gateway.restart();
    wall.connect(gateway);
  }
  settle(gateway, wall);
  expect(gateway.city.waiting).toBe(0);
  return Object.keys(wall.shown().incidents);
}

describe.each(['under our feet', 'after a restart'] as const)('another log %s', (how) => {
  it('gives a clean snapshot: restored, under a new id', () => {
    expect(meet(cityWith('log two', ['new'], ['a1', 'a2', 'a3', 'a4']), how)).toEqual(['new']);
  });

  it('gives one even when nobody could tell the logs apart but by what they hold', () => {
    expect(meet(cityWith('log one', ['new'], ['b1', 'b2', 'b3', 'b4']), how)).toEqual(['new']);
  });

  it('gives one when it is shorter than what the screen has seen', () => {
    expect(meet(cityWith('log one', ['new'], ['a1']), how)).toEqual(['new']);
  });
});
