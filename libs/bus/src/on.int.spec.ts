import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Module } from '@nestjs/common';
import { defineEvent, defineStream, EpochMs, Fault, type CloudEvent } from '@siaga/contracts';
import { connectLog } from '@siaga/engine';
import { currentContext, serviceContext, ServiceModule, start, withContext, type RunningService } from '@siaga/service';
import { eventually, randomCities, startKafka, startTestEngine } from '@siaga/testing';
import { z } from 'zod';
import { BusModule, EVENT_LOG } from './bus.module.ts';
import { listDeadLetters, replayDeadLetters } from './dead-letters.ts';
import { encodeEvent } from './envelope.ts';
import { EventBus } from './event-bus.ts';
import type { EventLog } from './event-log.ts';
import { openKafkaLog } from './kafka-log.ts';
import { On, OnEvents } from './on.ts';
import { topicOf } from './topics.ts';

const bells = defineStream({ name: 'test.bells', delivery: 'every', partitions: 2, keepForDays: 1 });
const Rang = defineEvent({
  name: 'test.bell.rang',
  summary: 'A bell rang.',
  stream: bells,
  data: z.object({ bellId: z.string(), count: z.number().int() }),
  key: (bell) => bell.bellId,
  id: (bell) => `${bell.bellId}#${String(bell.count)}`,
  audience: ['command'],
});
const Muted = defineEvent({ ...Rang, name: 'test.bell.muted' });

const gates = defineStream({ name: 'test.gates', delivery: 'every', keepForDays: 1 });
const Opened = defineEvent({ ...Rang, name: 'test.gate.opened', stream: gates });
const Shut = defineEvent({ ...Rang, name: 'test.gate.shut', stream: gates });

const lamps = defineStream({ name: 'test.lamps', delivery: 'latest', partitions: 2, keepForDays: 1 });
const Lit = defineEvent({
  name: 'test.lamp.lit',
  summary: 'A lamp is lit.',
  stream: lamps,
  data: z.object({ lampId: z.string(), atMs: EpochMs, lat: z.number(), lng: z.number() }),
  key: (lamp) => lamp.lampId,
  version: (lamp) => lamp.atMs,
  where: (lamp) => lamp,
  audience: ['dishub'],
});

type Bell = z.infer<typeof Rang.data>;

/** Handlers, dead letters and tables on a log, in a city of their own. */
function handlersOn(name: string, open: () => Promise<EventLog>): void {
  describe(`on ${name}`, () => {
    const [city = '1000'] = randomCities(1);

    /** What the handlers heard, and how they are told to fail. */
    const heard: Record<
      'one' | 'two' | 'batches',
      { data: Bell; id: string; exercise: boolean; correlation: string }[]
    > = {
      one: [],
      two: [],
      batches: [],
    };
    const failures = new Map<string, (bell: Bell) => Error | undefined>();

    function hear(handler: keyof typeof heard, data: Bell, event: CloudEvent<Bell>): void {
      const failure = failures.get(handler)?.(data);
      if (failure !== undefined) throw failure;
      const context = currentContext();
      expect(context.city).toBe(city);
      heard[handler].push({ data, id: event.id, exercise: context.exercise, correlation: context.correlation });
    }

    @Controller()
    class Listener {
      @On(Rang)
      async one(bell: Bell, event: CloudEvent<Bell>) {
        await Promise.resolve();
        hear('one', bell, event);
      }

      @On(Rang)
      two(bell: Bell, event: CloudEvent<Bell>) {
        hear('two', bell, event);
      }

      @On(Rang, { batch: true })
      batches(bells_: Bell[], events: CloudEvent<Bell>[]) {
        for (const bell of bells_) {
          const failure = failures.get('batches')?.(bell);
          if (failure !== undefined) throw failure;
        }
        for (const [at, event] of events.entries()) hear('batches', bells_[at] ?? { bellId: '', count: 0 }, event);
      }

      @OnEvents([Opened, Shut])
      gate(events: CloudEvent<Bell>[]) {
        for (const { type, data, exercise } of events) {
          const told = `${type} ${String(data?.count)} ${String(exercise)}`;
          gatesSeen.push({ told, atOnce: events.length, isReal: !currentContext().exercise });
        }
      }

      @On(Lit, { tombstones: true })
      lamp(lamp: z.infer<typeof Lit.data> | null) {
        lampsSeen.push(lamp?.lampId ?? null);
      }
    }
    const lampsSeen: (string | null)[] = [];
    const gatesSeen: { told: string; atOnce: number; isReal: boolean }[] = [];

    @Module({})
    class TestModule {}

    let service: RunningService;
    let bus: EventBus;
    let log: EventLog;

    beforeAll(async () => {
      service = await start(
        {
          module: TestModule,
          imports: [
            ServiceModule.for({ cities: [city], secrets: undefined }),
            BusModule.forCities([city], { app: 'test', log: await open() }),
          ],
          controllers: [Listener],
        },
        { name: 'test', host: '127.0.0.1', port: 0 },
      );
      bus = service.app.get(EventBus);
      log = service.app.get<EventLog>(EVENT_LOG);
    }, 60_000);

    afterAll(async () => {
      await service.close();
    });

    const inCity = <Result>(work: () => Result, exercise = false) =>
      withContext(serviceContext(city, { exercise, correlation: 'c-1' }), work);
    const ring = (bellId: string, count: number) => inCity(() => bus.publish(Rang, { bellId, count }));
    const countsOf = (handler: keyof typeof heard, bellId: string) =>
      heard[handler].filter(({ data }) => data.bellId === bellId).map(({ data }) => data.count);

    describe('handlers of events', () => {
      it('each get every event of their name, in order, in its context', async () => {
        for (let count = 1; count <= 20; count++)
          await inCity(() => bus.publish(Rang, { bellId: 'a', count }), count > 10);
        await inCity(() => bus.publish(Muted, { bellId: 'a', count: 99 }));
        await eventually(() => {
          for (const handler of ['one', 'two', 'batches'] as const)
            expect(countsOf(handler, 'a')).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
        }, 30_000);
        expect(heard.one.map(({ exercise }) => exercise)).toEqual(Array.from({ length: 20 }, (_, at) => at >= 10));
        expect(heard.batches.map(({ exercise }) => exercise)).toEqual(Array.from({ length: 20 }, (_, at) => at >= 10));
        expect(heard.two[0]).toMatchObject({ id: 'a#1', correlation: 'c-1' });
      });

      it('of several events of a stream get them in the order of the log, simulated ones beside real ones', async () => {
        const gate = (count: number) => {
          const [event, exercise] = [count % 2 === 0 ? Shut : Opened, count % 3 === 0];
          return encodeEvent(event, { bellId: 'g', count }, { city, source: 'test', exercise });
        };
        const counts = Array.from({ length: 20 }, (_, at) => at);
        await log.append(topicOf(city, gates), counts.map(gate));
        const told = counts.map((count) => `test.gate.${count % 2 === 0 ? 'shut' : 'opened'} ${String(count)} ${String(count % 3 === 0)}`); // prettier-ignore
        await eventually(() => {
          expect(gatesSeen.map((seen) => seen.told)).toEqual(told);
        }, 20_000);
        expect(new Set(gatesSeen.map(({ isReal }) => isReal))).toEqual(new Set([true]));
        expect(Math.max(...gatesSeen.map(({ atOnce }) => atOnce))).toBeGreaterThan(1);
      });

      it('hold their partition while something is unavailable, however long, and lose nothing', async () => {
        let tries = 0;
        failures.set('one', ({ bellId }) =>
          bellId === 'held' && ++tries <= 3 ? new Fault('unavailable', 'the store is away') : undefined,
        );
        await ring('held', 1);
        await ring('held', 2);
        await eventually(() => {
          expect(countsOf('one', 'held')).toEqual([1, 2]);
        }, 20_000);
        expect(countsOf('two', 'held')).toEqual([1, 2]);
        expect(await listDeadLetters(log, city)).toEqual([]);
      });

      it('put what is invalid into the dead letters at once, and get it again by a replay, nobody else', async () => {
        failures.set('two', ({ bellId }) => (bellId === 'bad' ? new Fault('invalid', 'no such bell') : undefined));
        await ring('bad', 1);
        await eventually(async () => {
          expect(await listDeadLetters(log, city)).toMatchObject([
            {
              group: `${city}.test.Listener.two`,
              cause: 'Fault: no such bell',
              attempts: 1,
              origin: { topic: `${city}.test.bells` },
            },
          ]);
        });
        failures.delete('two');
        expect(await replayDeadLetters(log, city)).toBe(1);
        await eventually(() => {
          expect(countsOf('two', 'bad')).toEqual([1]);
        });
        expect(countsOf('one', 'bad')).toEqual([1]);
        expect(await listDeadLetters(log, city)).toEqual([]);
      });

      it('try an unknown failure five times, find the one poisoned event of a batch, and go on behind it', async () => {
        let tries = 0;
        failures.set('batches', ({ bellId, count }) => {
          if (bellId !== 'poison' || count !== 2) return undefined;
          tries++;
          return new TypeError('x is not a function');
        });
        await inCity(() => bus.publishAll(Rang, [1, 2, 3].map((count) => ({ bellId: 'poison', count })))); // prettier-ignore
        await eventually(() => {
          expect(countsOf('batches', 'poison')).toEqual([1, 3]);
        }, 20_000);
        expect(tries).toBe(6); // once in its batch, five times alone
        const [letter] = await listDeadLetters(log, city);
        expect(letter).toMatchObject({ attempts: 5, cause: 'TypeError: x is not a function' });
      });

      it('never see what is no event of theirs: bytes that are not JSON, data against the contract, another city', async () => {
        const before = (await listDeadLetters(log, city)).length;
        const headers = { ce_id: '1', ce_type: Rang.name, ce_city: city };
        await log.append(topicOf(city, bells), [
          { key: 'z', value: Buffer.from('{'), headers },
          { key: 'z', value: Buffer.from('{"bellId":7}'), headers },
          { key: 'z', value: Buffer.from('{"bellId":"z","count":1}'), headers: { ...headers, ce_city: '9999' } },
        ]);
        await ring('z', 5);
        await eventually(async () => {
          expect(await listDeadLetters(log, city)).toHaveLength(before + 9); // three records, three groups
          expect(countsOf('one', 'z')).toEqual([5]);
        });
      });
    });

    describe('publishing', () => {
      it('refuses data that breaks its contract, and work outside a context', async () => {
        await expect(inCity(() => bus.publish(Rang, { bellId: 'a', count: 0.5 }))).rejects.toMatchObject({
          kind: 'invalid',
        });
        await expect(bus.publish(Rang, { bellId: 'a', count: 1 })).rejects.toThrow('no context');
        await expect(inCity(() => bus.retract(Rang, 'a'))).rejects.toMatchObject({ kind: 'invalid' });
      });
    });

    describe('a table', () => {
      it('holds the newest value of each key, older never replaces newer, and a retracted key is gone', async () => {
        const table = bus.table(Lit);
        await table.ready;
        const changes: string[] = [];
        const stop = table.onChange((key, lamp) => changes.push(`${key} ${String(lamp?.atMs)}`));
        const lit = (lampId: string, atMs: number, lat: number) => inCity(() => bus.publish(Lit, { lampId, atMs, lat, lng: 113.2 })); // prettier-ignore
        await lit('l1', 10, -7.75);
        await lit('l1', 5, -7.9);
        await lit('l2', 1, -7.7505);
        await lit('l3', 1, -7.8);
        await eventually(() => {
          expect(table.size).toBe(3);
        });
        expect(table.get('l1')).toMatchObject({ atMs: 10, lat: -7.75 });
        expect(table.near({ lat: -7.75, lng: 113.2 }, 100).map(({ lampId }) => lampId)).toEqual(['l1', 'l2']);
        await inCity(() => bus.retract(Lit, 'l2'));
        await eventually(() => {
          expect([...table.values()].map(({ lampId }) => lampId).sort()).toEqual(['l1', 'l3']);
        });
        expect(changes).toContain('l2 undefined');
        stop();
        await eventually(() => {
          expect(lampsSeen).toContain(null);
        });
        expect(bus.table(Lit, city)).toBe(table);
      });
    });

    describe('health', () => {
      it('knows that the log answers and the handlers move', async () => {
        const answer = await fetch(`${service.url}/health/ready`);
        expect(answer.status).toBe(200);
        expect(await answer.text()).toContain('event-handlers');
      });
    });
  });
}

const engine = await startTestEngine();
const kafka = await startKafka();
afterAll(async () => {
  await engine.close();
  await kafka?.stop();
});

handlersOn('the engine', () => Promise.resolve(connectLog(engine.logSocket)));
if (kafka !== undefined) handlersOn('Kafka', () => Promise.resolve(openKafkaLog(kafka.brokers)));
