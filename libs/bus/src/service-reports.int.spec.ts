import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Module } from '@nestjs/common';
import { defineEvent, defineStream, ServiceReported, systemServices } from '@siaga/contracts';
import { connectLog } from '@siaga/engine';
import {
  Health,
  serviceContext,
  ServiceModule,
  start,
  TRANSPORT,
  withContext,
  type RunningService,
} from '@siaga/service';
import { eventually, randomCities, startTestEngine, type TestEngine } from '@siaga/testing';
import { z } from 'zod';
import { BusModule } from './bus.module.ts';
import { decodeEvent } from './envelope.ts';
import { EventBus } from './event-bus.ts';
import type { EventLog } from './event-log.ts';
import type { EventTransport } from './event-transport.ts';
import { On } from './on.ts';
import { ServiceReports } from './service-reports.ts';
import { silentPeers } from './silent-peers.ts';
import { topicOf, topicSettings } from './topics.ts';

const bells = defineStream({ name: 'test.bells', delivery: 'every', partitions: 1, keepForDays: 1 });
const Rang = defineEvent({
  name: 'test.bell.rang',
  summary: 'A bell rang.',
  stream: bells,
  data: z.object({ bellId: z.string() }),
  key: (bell) => bell.bellId,
  audience: ['command'],
});

let silence: (() => void)[] = [];

@Controller()
class Listener {
  @On(Rang)
  rang({ bellId }: { bellId: string }): Promise<void> {
    return bellId === 'long' ? new Promise((resolve) => silence.push(resolve)) : Promise.resolve();
  }
}

@Module({})
class TestModule {}

describe('the report of a service', () => {
  let engine: TestEngine;
  let log: EventLog;
  let service: RunningService;
  const [city = '1000'] = randomCities(1);
  const reports = new Map<string, ServiceReported | null>();
  const inCity = <Result>(work: () => Result) => withContext(serviceContext(city), work);

  beforeAll(async () => {
    engine = await startTestEngine();
    log = connectLog(engine.logSocket);
    await log.ensure([topicSettings(city, systemServices), topicSettings(city, bells)]);
    await log.follow({
      topics: [{ topic: topicOf(city, systemServices), from: 'start' }],
      onBatch: ({ records }) => {
        for (const record of records) {
          const event = decodeEvent(record, ServiceReported);
          reports.set(record.key, event instanceof Error ? null : event.data);
        }
      },
    });
    service = await start(
      {
        module: TestModule,
        imports: [
          ServiceModule.for({ cities: [city], secrets: undefined }),
          BusModule.forCities([city], { app: 'test', log: connectLog(engine.logSocket), instanceId: 'one' }),
        ],
        controllers: [Listener],
      },
      { name: 'test', host: '127.0.0.1', port: 0 },
    );
  });
  afterAll(async () => {
    await log.close();
    await engine.close();
  });

  it('tells that it is ready, what it weighs, and how far its handlers are', async () => {
    await eventually(() => {
      expect(reports.get('test@one')).toMatchObject({
        service: 'test',
        instanceId: 'one',
        ready: true,
        checks: [
          { name: 'event-log', ok: true },
          { name: 'event-handlers', ok: true },
          { name: 'event-followers', ok: true },
        ],
        handlers: { lagEvents: 0 },
      });
    });
    expect(reports.get('test@one')?.memoryBytes).toBeGreaterThan(10_000_000);
  });

  it('tells what an app adds, what is wrong although a check hangs, and what lags', async () => {
    const parts = service.app.get(ServiceReports);
    parts.add((of) => ({ deadLetters: of === city ? 3 : 0 }));
    parts.add(() => Promise.reject(new Error('not told')));
    const health = service.app.get(Health);
    health.add('scales', () => ({ ok: false, detail: 'away since\n10:00\u0000' }));
    health.add('bridge', () => new Promise(() => undefined));
    const bus = service.app.get(EventBus);
    await inCity(() => bus.publish(Rang, { bellId: 'short' }));
    await inCity(() => bus.publishAll(Rang, [{ bellId: 'long' }, { bellId: 'short' }]));
    await eventually(() => {
      const report = reports.get('test@one');
      expect(report).toMatchObject({ ready: false, deadLetters: 3, handlers: { lagEvents: 2 } });
      expect(report?.checks).toContainEqual({ name: 'scales', ok: false, detail: 'away since 10:00' });
      expect(report?.checks).toContainEqual({
        name: 'bridge',
        ok: false,
        detail: expect.stringContaining('no answer within 3 s'),
      });
      expect(report?.handlers?.lastEventAtMs).toBeGreaterThan(Date.now() - 60_000);
    }, 20_000);
    for (const go of silence) go();
    silence = [];
  });

  it('takes back those of its kind that were silent for long, and no other', async () => {
    const bus = service.app.get(EventBus);
    const seen = reports.get('test@one');
    if (seen === undefined || seen === null) throw new Error('no report');
    const say = (name: string, instanceId: string) =>
      inCity(() => bus.publish(ServiceReported, { ...seen, service: name, instanceId }));
    await say('test', 'gone');
    await say('tester', 'gone');
    const peers = { city, service: 'test', silentForMs: 200 };
    await eventually(async () => {
      await say('test', 'two');
      expect(await silentPeers(log, peers)).toContain('test@gone');
    });
    const two = new ServiceReports(
      {
        app: 'test',
        cities: [city],
        bus,
        log,
        transport: service.app.get<EventTransport>(TRANSPORT),
        health: new Health(),
        silentForMs: 200,
      },
      'two',
    );
    two.onApplicationBootstrap();
    await eventually(() => {
      expect(reports.get('test@gone')).toBeNull();
    });
    expect(reports.get('tester@gone')).not.toBeNull();
    await two.beforeApplicationShutdown();
    await eventually(() => {
      expect(reports.get('test@two')).toBeNull();
    });
  });

  it('is taken back when it stops cleanly', async () => {
    await eventually(() => {
      expect(reports.get('test@one')).not.toBeNull();
    });
    await service.close();
    await eventually(() => {
      expect(reports.get('test@one')).toBeNull();
    });
  });
});
