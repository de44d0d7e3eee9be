import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  AcceptInvitation,
  ChangePerson,
  createClient,
  ExportAudit,
  InvitePerson,
  ListAudit,
  ListPeople,
  ListSessions,
  PairScreen,
  Reveal,
  SignIn,
  type Client,
} from '@siaga/contracts';
import { signToken, type Principal } from '@siaga/service';
import { eventually, randomCities, startTestEngine, startTestProcess, type TestEngine, type TestProcess } from '@siaga/testing'; // prettier-ignore

const [city = ''] = randomCities(1);
const secret = randomBytes(32).toString('hex');
const password = 'kursi biru di serambi';
let engine: TestEngine;
let service: TestProcess;
let url: string;
let said = '';

beforeAll(async () => {
  engine = await startTestEngine();
  const env = {
    ...{ LOG_LEVEL: 'trace', PORT: '0', SIAGA_SECRET: secret, SIAGA_CITY: city },
    ...{ SIAGA_ENGINE: engine.logSocket, MONGODB_URI: engine.mongoUri },
  };
  service = startTestProcess(path.join(import.meta.dirname, '../main.ts'), [], env, (text) => (said += text));
  ({ url } = ((await service.message()) as { ready: { url: string } }).ready);
});
afterAll(async () => {
  await service.kill9();
  await engine.close();
});

/** Words and where they come in, so that a leak names it; of small letters, so that they are user names, too. */
const planted = new Map<string, string>();
const plant = (place: string) => {
  const word = `bocor${randomBytes(8).toString('hex')}`;
  planted.set(word, place);
  return word;
};

const tokenOf = (over: Partial<Principal>) =>
  signToken(
    { id: 'script-1', kind: 'person', city, agencies: ['command'], roles: ['city-admin'], exercise: false, ...over },
    secret,
    '10m',
  );
const as = async (over: Partial<Principal>) => createClient({ baseUrl: url, token: await tokenOf(over) });
const kindOf = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    (fault: unknown) => (fault as { kind?: string }).kind,
  );

/** Somebody of the city, by an invitation; answers who he is. */
async function newcomer(call: Client, userName: string) {
  const body = { displayName: plant('name of who is invited'), agencies: ['command' as const], roles: ['city-admin' as const] }; // prettier-ignore
  const { path: link } = await call(InvitePerson, { body });
  const token = link.replace('/masuk#undangan=', '');
  return createClient({ baseUrl: url })(AcceptInvitation, { body: { token, userName, password } });
}

it('names of people and reasons of reveals are in documents: in no log, no figures, not in the chain', async () => {
  const script = await as({});
  const visitor = createClient({ baseUrl: url });
  const userName = plant('user name');
  const { principalId } = await newcomer(script, userName);
  expect(await kindOf(newcomer(script, userName))).toBe('conflict');
  expect(await kindOf(visitor(SignIn, { body: { userName, password } }))).toBe('done');
  for (const name of [userName, plant('user name of nobody')])
    expect(await kindOf(visitor(SignIn, { body: { userName: name, password: plant('wrong password') } }))).toBe('unauthenticated'); // prettier-ignore
  const call = await as({ id: principalId });
  await call(ListPeople, { query: { q: plant('search') } });
  const params = { personId: principalId };
  await call(ChangePerson, { params, body: { version: 1, displayName: plant('new name') } });
  expect(await kindOf(call(ChangePerson, { params, body: { version: 1, displayName: plant('late name') } }))).toBe('conflict'); // prettier-ignore
  expect(await kindOf(call(PairScreen, { body: { userCode: 'ABCD', displayName: plant('screen'), agencies: ['command'] } }))).not.toBe('done'); // prettier-ignore

  const reason = () => plant('reason');
  const body = { classes: ['personal' as const], minutes: 1, reason: reason() };
  await call(Reveal, { body });
  await eventually(async () => expect((await call(ListSessions, { params })).items[0]?.address).toBe('127.0.0.1'));
  expect(await kindOf(call(Reveal, { body: { ...body, minutes: 99, reason: reason() } }))).toBe('invalid');
  expect(await kindOf(call(Reveal, { body: { ...body, reason: reason().repeat(20) } }))).toBe('invalid');
  const viewer = await as({ id: 'viewer-1', roles: ['viewer'] });
  expect(await kindOf(viewer(Reveal, { body: { ...body, reason: reason() } }))).toBe('forbidden');
  expect(await kindOf(script(Reveal, { body: { ...body, reason: reason() } }))).toBe('forbidden');
  const headers = { authorization: `Bearer ${await tokenOf({ id: principalId })}`, 'content-type': 'application/json' };
  const broken = await fetch(`${url}${Reveal.path}`, { method: 'POST', headers, body: `{"reason": "${reason()}` });
  expect(broken.status).toBe(400);
  expect(await kindOf(call(ListAudit, { query: { subject: plant('search in the trail') } }))).toBe('invalid');

  // what was said lately is sealed: the chain speaks of the viewer
  const chain = await eventually(async () => {
    const text = JSON.stringify((await call(ExportAudit, { query: {} })).items);
    expect(text).toContain('viewer-1');
    return text;
  });
  const figures = await (await fetch(`${url}/metrics`, { headers })).text();
  expect(figures).toContain('process_cpu_user_seconds_total');
  service.child.kill('SIGTERM');
  await once(service.child, 'close');
  expect(said).toContain('identity listens');
  const leaks = [...planted].flatMap(([word, place]) => {
    const line = said.split('\n').find((candidate) => candidate.includes(word));
    return [
      ...(line === undefined ? [] : [`log, ${place}: ${line}`]),
      ...(chain.includes(word) ? [`chain: ${place}`] : []),
      ...(figures.includes(word) ? [`figures: ${place}`] : []),
    ];
  });
  expect(leaks).toEqual([]);
});
