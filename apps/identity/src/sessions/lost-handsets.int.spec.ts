import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { EventBus } from '@siaga/bus';
import { GetMe, HandsetChanged, SignIn, type DataOf } from '@siaga/contracts';
import { serviceContext, withContext } from '@siaga/service';
import { eventually, randomCities } from '@siaga/testing';
import { startTestIdentity, type TestIdentity } from '../identity.harness.ts';

const [city = ''] = randomCities(1);
let identity: TestIdentity;
let talk: EventBus;
beforeAll(async () => {
  identity = await startTestIdentity(city);
  talk = new EventBus(identity.log, 'talk', [city]);
});
afterAll(async () => {
  await talk.close();
  await identity.close();
});

it('the sign-in on a radio that was lost ends, and no other of the same person', async () => {
  const { userName, password } = await identity.person();
  const signIn = async () => {
    const { call } = identity.browser();
    return { call, me: await call(SignIn, { body: { userName, password } }) };
  };
  const [radio, desk] = [await signIn(), await signIn()];
  const { principalId, sessionId } = radio.me;
  const tell = (handset: Partial<DataOf<typeof HandsetChanged>>) =>
    withContext(serviceContext(city), () =>
      talk.publish(HandsetChanged, {
        ...{ handsetId: 'HT-014', isTraining: false, isLost: false, version: 1 },
        holder: { principalId, participantId: 'ponsel-14', ...(sessionId && { sessionId }) },
        ...handset,
      }),
    );
  await tell({});
  await tell({ isLost: true, version: 2 });
  await eventually(() => expect(radio.call(GetMe, {})).rejects.toMatchObject({ kind: 'unauthenticated' }));
  expect(await desk.call(GetMe, {})).toMatchObject({ principalId });
});
