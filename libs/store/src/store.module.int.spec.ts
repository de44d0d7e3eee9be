import { expect, it } from '@jest/globals';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { BusModule, openEventLog } from '@siaga/bus';
import { Health, serviceContext, ServiceModule, withContext } from '@siaga/service';
import { randomCities, startTestEngine } from '@siaga/testing';
import { Blobs } from './blobs.ts';
import { defineCollection } from './collection.ts';
import { StoreModule } from './store.module.ts';
import { Store } from './store.ts';
import { Timers } from './timers.ts';

const notes = defineCollection<{ text: string }>({ name: 'notes', fields: { text: String } });

it('gives a Nest app its documents and tells their health', async () => {
  const engine = await startTestEngine();
  const [city] = randomCities(1) as [string];
  const log = await openEventLog({ SIAGA_ENGINE: engine.logSocket });

  @Module({
    imports: [
      ServiceModule.for({ cities: [city], secrets: undefined }),
      BusModule.forCities([city], { app: 'notes', log }),
      StoreModule.forCities([city], { app: 'notes', collections: [notes], uri: engine.mongoUri }),
    ],
  })
  class NotesModule {}

  const app: INestApplicationContext = await NestFactory.createApplicationContext(NotesModule, { logger: false });
  const store = app.get(Store);
  await withContext(serviceContext(city), () => store.create(notes, { _id: 'N1', text: 'halo' }));
  expect(await withContext(serviceContext(city), () => store.get(notes, 'N1'))).toMatchObject({ text: 'halo' });
  expect(app.get(Blobs)).toBeInstanceOf(Blobs);
  expect(app.get(Timers)).toBeInstanceOf(Timers);
  const { checks } = await app.get(Health).report('ready');
  expect(checks).toMatchObject({ documents: { ok: true }, outbox: { ok: true } });
  await app.close();
  expect((await app.get(Health).report('ready')).checks).toMatchObject({ documents: { ok: false } });
  await engine.close();
});
