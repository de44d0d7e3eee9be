import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { GetTriageCard, ListRunCards } from '@siaga/contracts';
import { randomCities } from '@siaga/testing';
import { startTestEmergency, type TestEmergency } from './emergency.harness.ts';

const [city = ''] = randomCities(1);
let emergency: TestEmergency;

beforeAll(async () => {
  emergency = await startTestEmergency(city);
});
afterAll(() => emergency.close());

it('tells the desk what to ask and what to send', async () => {
  const call = await emergency.as();
  expect((await call(GetTriageCard, {})).questions.length).toBeGreaterThan(5);
  expect((await call(ListRunCards, {})).items.at(-1)?.cardId).toBe('otherwise');
});
