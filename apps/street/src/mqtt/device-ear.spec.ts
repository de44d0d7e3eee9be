import { expect, it } from '@jest/globals';
import { DeviceEar } from './device-ear.ts';

it('tells one thing until it is acknowledged; an acknowledgement of nothing counts for nothing', async () => {
  const sent: string[] = [];
  const ear = new DeviceEar((payload) => sent.push(payload));
  expect([ear.listen(), ear.listen()]).toEqual([true, false]);
  ear.acknowledge();
  let isTold = false;
  const telling = ear.tell('one').then(() => {
    isTold = true;
  });
  await new Promise(setImmediate);
  expect([sent, isTold]).toEqual([['one'], false]);
  ear.acknowledge();
  await telling;
  expect(isTold).toBe(true);
});

it('fails what is not acknowledged when the connection ends, and tells nothing more', async () => {
  const sent: string[] = [];
  const ear = new DeviceEar((payload) => sent.push(payload));
  const telling = ear.tell('one');
  ear.end();
  await expect(telling).rejects.toThrow('its connection has ended');
  await expect(ear.tell('two')).rejects.toThrow('its connection has ended');
  expect(sent).toEqual(['one']);
  expect(ear.ended.aborted).toBe(true);
});
