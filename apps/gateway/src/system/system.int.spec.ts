import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deadLetterTopic, openEventLog, type EventLog } from '@siaga/bus';
import {
  createClient,
  DismissDeadLetters,
  ListDeadLetters,
  ReplayDeadLetters,
  ServiceReported,
  type Client,
} from '@siaga/contracts';
import { createLive, type Live } from '@siaga/live';
import { signToken, type RunningService } from '@siaga/service';
import { eventually, randomCities, startTestEngine, type TestEngine } from '@siaga/testing';
import { GatewayConfig } from '../config.ts';
import { startGateway } from '../gateway.module.ts';

const [city = ''] = randomCities(1);
const secret = 'a secret of at least thirty-two characters';

let engine: TestEngine;
let log: EventLog;
let gateway: RunningService;
let call: Client;
let live: Live;

const tokenOf = (role: 'supervisor' | 'viewer') =>
  signToken({ id: role, kind: 'person', city, agencies: ['command'], roles: [role], exercise: false }, secret, '1h');

/** A letter as the consumer of a group writes it, with data nobody but that group may see. */
const letter = (offset: number) => {
  const origin = { topic: `${city}.waste.fixes`, partition: 0, offset, timeMs: 1000 + offset };
  const about = {
    group: `${city}.test.Bells.rang`,
    cause: 'MongoServerError: duplicate key { phone: "0812-555" }',
    fault: { kind: 'conflict', detail: 'already taken: phone' },
    attempts: 5,
    origin,
    givenUpAtMs: 2000 + offset,
  };
  return {
    key: `${about.group}/${origin.topic}/0/${String(offset)}`,
    value: Buffer.from('{"name":"Siti"}'),
    headers: {
      ce_id: `id-${String(offset)}`,
      'siaga-dead-letter': JSON.stringify({ ...about, key: 'k', tombstone: false }),
    },
  };
};
const replays = async () => {
  const { partitions } = await log.ends(`${city}.replays`);
  return partitions.reduce((sum, { first, next }) => sum + next - first, 0);
};
const metric = async (name: string) => {
  const response = await fetch(`${gateway.url}/metrics`, {
    headers: { authorization: `Bearer ${await tokenOf('viewer')}` },
  });
  return (await response.text()).split('\n').filter((line) => line.startsWith(`${name}{`));
};

beforeAll(async () => {
  engine = await startTestEngine();
  log = await openEventLog({ SIAGA_ENGINE: engine.logSocket });
  await log.ensure([deadLetterTopic(city)]);
  gateway = await startGateway(
    GatewayConfig.parse({ SIAGA_CITY: city, PORT: '0', SIAGA_SECRET: secret }),
    await openEventLog({ SIAGA_ENGINE: engine.logSocket }),
  );
  call = createClient({ baseUrl: gateway.url, token: await tokenOf('supervisor') });
  live = createLive({ url: gateway.url, token: () => tokenOf('viewer') });
});
afterAll(async () => {
  live.close();
  await gateway.close();
  await log.close();
  await engine.close();
});

describe('dead letters', () => {
  it('are listed newest first without their data, and how many there are', async () => {
    await log.append(
      deadLetterTopic(city).topic,
      Array.from({ length: 205 }, (_, offset) => letter(offset)),
    );
    await eventually(async () => {
      const { items, total } = await call(ListDeadLetters, {});
      expect([total, items.length, items[0]?.origin.offset]).toEqual([205, 200, 204]);
      expect(items[0]).toMatchObject({
        fault: { kind: 'conflict', detail: 'already taken: phone' },
        ...{ attempts: 5, leftOut: false, givenUpAtMs: 2204 },
      });
    });
    const raw = await fetch(`${gateway.url}${ListDeadLetters.path}`, {
      headers: { authorization: `Bearer ${await tokenOf('supervisor')}` },
    });
    expect(await raw.text()).not.toMatch(/Siti|0812/);
  });

  it('are nobody’s who only looks', async () => {
    const viewer = createClient({ baseUrl: gateway.url, token: await tokenOf('viewer') });
    await expect(viewer(ListDeadLetters, {})).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(viewer(ReplayDeadLetters, { body: {} })).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('are replayed by name, once, however often that is asked at the same time', async () => {
    const { items } = await call(ListDeadLetters, {});
    const deadLetterIds = items.slice(0, 5).map(({ deadLetterId }) => deadLetterId);
    const answers = await Promise.all([1, 2, 3].map(() => call(ReplayDeadLetters, { body: { deadLetterIds } })));
    expect(answers.map(({ replayed }) => replayed)).toEqual([5, 0, 0]);
    expect(await replays()).toBe(5);
    await eventually(async () => {
      expect(await call(ListDeadLetters, {})).toMatchObject({ total: 200 });
    });
  });

  it('are told by the gateway on the live stream, and by its metrics', async () => {
    await eventually(async () => {
      const [report] = live.latest(ServiceReported).get().values();
      expect(report?.data).toMatchObject({ service: 'gateway', ready: true, deadLetters: 200, live: { screens: 1 } });
      expect(report?.data.storage?.usedBytes).toBeGreaterThan(0);
      expect(report?.data.live?.eventToScreenP99Ms).toBeGreaterThanOrEqual(
        report?.data.live?.eventToScreenP50Ms ?? NaN,
      );
      expect(await metric('siaga_storage_full')).toEqual([expect.stringMatching(/ 0$/)]);
      expect(await metric('siaga_backup_age_seconds')).toHaveLength(1);
      expect(await metric('siaga_dead_letters')).toEqual([expect.stringMatching(/ 200$/)]);
    });
  });

  it('are dismissed by name, also those that cannot be replayed, and gone', async () => {
    const { key, value, headers } = letter(500);
    const about = JSON.parse(headers['siaga-dead-letter']) as object;
    const leftOut = { 'siaga-dead-letter': JSON.stringify({ ...about, leftOut: true }) };
    await log.append(deadLetterTopic(city).topic, [{ key, value, headers: leftOut }]);
    await eventually(async () => {
      expect((await call(ListDeadLetters, {})).items[0]).toMatchObject({ deadLetterId: key, leftOut: true });
    });
    const viewer = createClient({ baseUrl: gateway.url, token: await tokenOf('viewer') });
    const body = { deadLetterIds: [key] };
    await expect(viewer(DismissDeadLetters, { body })).rejects.toMatchObject({ kind: 'forbidden' });
    expect(await call(ReplayDeadLetters, { body })).toEqual({ replayed: 0 });
    const answers = await Promise.all([1, 2].map(() => call(DismissDeadLetters, { body })));
    expect(answers).toEqual([{ dismissed: 1 }, { dismissed: 0 }]);
    await eventually(async () => {
      expect(await call(ListDeadLetters, {})).toMatchObject({ total: 200 });
    });
  });

  it('are replayed all at once, and gone', async () => {
    expect(await call(ReplayDeadLetters, { body: {} })).toEqual({ replayed: 200 });
    expect(await replays()).toBe(205);
    await eventually(async () => {
      expect(await call(ListDeadLetters, {})).toEqual({ items: [], total: 0 });
    });
  });
});

it('a clock that is set back makes nobody silent', async () => {
  const clock = Date.now;
  Date.now = () => clock() - 600_000;
  try {
    const told = new Set<number>();
    await eventually(() => {
      const [report] = live.latest(ServiceReported).get().values();
      if (report !== undefined && report.data.atMs < clock() - 500_000) told.add(report.data.atMs);
      expect(told.size).toBe(3);
    }, 30_000);
    const [line = ''] = await metric('siaga_service_report_age_seconds');
    expect(Number(line.split(' ').at(-1))).toBeLessThan(7);
  } finally {
    Date.now = clock;
  }
}, 40_000);

it('the age of each report is measured, and grows while the log is away', async () => {
  const age = async () => {
    const [line = ''] = await metric('siaga_service_report_age_seconds');
    expect(line).toContain(`city="${city}",service="gateway"`);
    return Number(line.split(' ').at(-1));
  };
  expect(await metric('siaga_service_ready')).toEqual([expect.stringMatching(/service="gateway".* 1$/)]);
  expect(await age()).toBeLessThan(6);
  await engine.close();
  await eventually(async () => {
    expect(await age()).toBeGreaterThan(6);
  }, 20_000);
});
