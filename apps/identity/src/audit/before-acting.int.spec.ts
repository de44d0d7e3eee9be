import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { openEventLog } from '@siaga/bus';
import {
  ChangeDeviceCredentials,
  deviceSubject,
  ErasePerson,
  ListAudit,
  ListDeviceCredentials,
} from '@siaga/contracts';
import type { RunningService } from '@siaga/service';
import { eventually, startFaultProxy, type FaultProxy } from '@siaga/testing';
import { startTestTrail, type TestTrail } from './audit.harness.ts';

let trail: TestTrail;
let proxy: FaultProxy;
/** Reaches the log only through the proxy. */
let service: RunningService;

beforeAll(async () => {
  trail = await startTestTrail();
  proxy = await startFaultProxy({ target: { socketPath: trail.engine.logSocket } });
  service = await trail.another(await openEventLog({ SIAGA_ENGINE: proxy.address }, { answerWithinMs: 2000 }));
}, 60_000);
afterEach(() => {
  proxy.pass();
});
afterAll(async () => {
  await service.close();
  await proxy.close();
  await trail.close();
});

const block = async (deviceId: string, key?: string) =>
  fetch(`${service.url}/api/identity/devices/dlh/osmand/${deviceId}`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${await trail.tokenOf({})}`,
      'content-type': 'application/json',
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    body: JSON.stringify({ version: 0, blocked: true }),
  });
const blocked = async () => {
  const { items } = await (await trail.as({}))(ListDeviceCredentials, { query: {} });
  return items.filter((device) => device.blocked).map(({ deviceId }) => deviceId);
};
const tries = async (deviceId: string) => {
  const subject = deviceSubject(trail.city, { agency: 'dlh', protocol: 'osmand', deviceId });
  const { items } = await (await trail.as({}))(ListAudit, { query: { subject } });
  return items.map(({ action, outcome, fault }) => ({ action, outcome, fault }));
};

describe('what is written down before it is done', () => {
  it.each([
    ['is-away', () => proxy.reset()],
    ['hangs', () => proxy.blackhole()],
  ])(
    'is not done when the log %s',
    async (deviceId, befall) => {
      befall();
      const answer = await block(deviceId);
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
      expect(await answer.json()).toMatchObject({ type: 'urn:siaga:fault:unavailable' });
      expect(await blocked()).not.toContain(deviceId);
      proxy.pass();
      await eventually(async () => expect((await block(deviceId)).status).toBe(200));
      expect(await blocked()).toContain(deviceId);
    },
    25_000,
  );

  it('is written once, with its end, however often the same press arrives', async () => {
    const answers = await Promise.all([block('pressed', 'press-1'), block('pressed', 'press-1')]);
    answers.push(await block('pressed', 'press-1'));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    await block('pressed'); // another press: the second in the trail, and the last
    await eventually(async () => {
      const done = { action: ChangeDeviceCredentials.name, outcome: 'done', fault: undefined };
      expect(await tries('pressed')).toEqual([done, done]);
    });
  });

  it('is written with the rule that refused it', async () => {
    const call = await trail.as({});
    const personId = 'nobody-in-sight';
    await expect(call(ErasePerson, { params: { personId } })).rejects.toMatchObject({ kind: 'not-found' });
    await eventually(async () => {
      const { items } = await call(ListAudit, { query: { subject: `person:${personId}` } });
      expect(items).toMatchObject([{ action: ErasePerson.name, outcome: 'refused', fault: 'not-found' }]);
    });
  });
});
