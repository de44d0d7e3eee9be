import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  ActionAttempted,
  events,
  GetMe,
  ListSessions,
  MASKED,
  PrincipalChanged,
  Reveal,
  SignIn,
  type FieldClass,
} from '@siaga/contracts';
import { eventually, randomCities } from '@siaga/testing';
import { startTestIdentity, type TestIdentity } from '../identity.harness.ts';
import { reveals } from './reveal-document.ts';

const [city = ''] = randomCities(1);
let identity: TestIdentity;

beforeAll(async () => {
  identity = await startTestIdentity(city);
});
afterAll(() => identity.close());
afterEach(() => {
  jest.restoreAllMocks();
});

const reason = 'Laporan orang hilang nomor 17, dicocokkan dengan alamat masuk';
const minute = 60_000;

/** An administrator of dlh at his desk, and somebody of dlh whose sessions he looks at. */
async function desk() {
  const [admin, other] = [
    await identity.person({ agencies: ['dlh'], roles: ['agency-admin'] }),
    await identity.person({ agencies: ['dlh'] }),
  ];
  for (const { userName, password } of [other]) await identity.browser().call(SignIn, { body: { userName, password } });
  const browser = identity.browser();
  await browser.call(SignIn, { body: { userName: admin.userName, password: admin.password } });
  const reveal = (classes: FieldClass[], minutes: number) =>
    browser.call(Reveal, { body: { classes, minutes, reason } });
  const address = async () =>
    (await browser.call(ListSessions, { params: { personId: other.personId } })).items[0]?.address;
  return { personId: admin.personId, browser, reveal, address };
}

describe('a reveal', () => {
  it('uncovers what is masked for who stated why, tells every process, and ends by itself', async () => {
    const { personId, reveal, address, browser } = await desk();
    expect(await address()).toBe(MASKED);
    const { untilMs } = await reveal(['personal'], 1);
    expect(untilMs - Date.now()).toBeLessThanOrEqual(minute);
    await eventually(async () => expect(await address()).toBe('192.0.2.1'));
    expect(await browser.call(GetMe, {})).toMatchObject({ reveal: { classes: ['personal'], untilMs } });
    const said = (await identity.readAll(PrincipalChanged)).filter(({ subject }) => subject === personId);
    expect(said.at(-1)?.data).toMatchObject({ reveal: { classes: ['personal'], untilMs } });

    jest.spyOn(Date, 'now').mockReturnValue(untilMs);
    expect(await address()).toBe(MASKED);
    expect((await browser.call(GetMe, {})).reveal).toBeUndefined();
  });

  it('is extended, by time and by what is seen, and each time has its reason', async () => {
    const { personId, reveal, browser } = await desk();
    const first = await reveal(['personal'], 10);
    expect(await reveal(['health'], 1)).toEqual(first);
    const last = await reveal(['health'], 15);
    expect(last.untilMs).toBeGreaterThan(first.untilMs);
    await eventually(async () =>
      expect((await browser.call(GetMe, {})).reveal).toEqual({ classes: ['personal', 'health'], ...last }),
    );
    const kept = await identity.documents((store) => store.of(reveals).find({ principalId: personId }).lean());
    expect(kept).toHaveLength(3);
    for (const one of kept) expect(one).toMatchObject({ principalId: personId, reason });
  });

  it('is for people with an account: not for scripts, screens or the operator of the machine', async () => {
    const body = { classes: ['personal' as const], minutes: 1, reason };
    for (const over of [{ kind: 'service' as const }, { kind: 'person' as const }]) {
      const script = await identity.as({ id: 'nobody-we-know', roles: ['supervisor'], ...over });
      await expect(script(Reveal, { body })).rejects.toMatchObject({
        kind: 'forbidden',
        message: expect.stringContaining('akunnya sendiri'),
      });
    }
    const viewer = await identity.as({ roles: ['viewer'] });
    await expect(viewer(Reveal, { body })).rejects.toMatchObject({ kind: 'forbidden' });
    const kept = await identity.documents((store) => store.of(reveals).find({ principalId: 'nobody-we-know' }).lean());
    expect(kept).toEqual([]);
  });

  it('needs a reason that says something', async () => {
    const { browser } = await desk();
    const body = { classes: ['personal' as const], minutes: 1, reason: 'perlu' };
    await expect(browser.call(Reveal, { body })).rejects.toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('tulis alasannya'),
    });
  });

  it('its reason is in no stream, nor is the trail without the act', async () => {
    const { personId, reveal } = await desk();
    await reveal(['personal'], 1);
    await eventually(async () => {
      const trail = (await identity.readAll(ActionAttempted)).map(({ data }) => data as ActionAttempted);
      expect(trail).toContainEqual(expect.objectContaining({ action: Reveal.name, principalId: personId }));
    });
    for (const event of events) expect(JSON.stringify(await identity.readAll(event))).not.toContain('orang hilang');
  });
});
