import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { databaseOf } from '@siaga/store';
import { randomCities } from '@siaga/testing';
import { createConnection, type Connection } from 'mongoose';
import { startTestEmergency, type TestEmergency } from './emergency.harness.ts';
import { retentionRules } from './retention-rules.ts';

const [city = ''] = randomCities(1);
let emergency: TestEmergency;
let database: Connection;

beforeAll(async () => {
  emergency = await startTestEmergency(city);
  database = await createConnection(emergency.mongoUri, { dbName: databaseOf(city) }).asPromise();
});
afterAll(async () => {
  await database.close();
  await emergency.close();
});

it('has a row for every collection, and what expires by itself really does', async () => {
  const named = new Set<string>(retentionRules.map(({ collection }) => collection));
  const collections = (await database.listCollections()).map(({ name }) => name);
  // of the store
  const others = /^(leases|presses)$/;
  expect(collections.filter((name) => !named.has(name) && !others.test(name))).toEqual([]);
  for (const { collection, by } of retentionRules) {
    const indexes = await database.collection(collection).indexes();
    const expires = indexes.some(({ expireAfterSeconds }) => expireAfterSeconds !== undefined);
    expect([collection, expires]).toEqual([collection, by === 'expiry']);
  }
});
