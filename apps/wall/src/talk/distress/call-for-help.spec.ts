import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Fault, type Client, type DistressChanged } from '@siaga/contracts';
import { PhonePosition } from '../../field/phone-position.ts';
import { CallForHelp } from './call-for-help.ts';

const raised: DistressChanged = {
  ...{ distressId: 'DRT-7K2M9QXA', principalId: 'budi', agency: 'satpolpp', groupId: 'satpolpp' },
  ...{ raisedAtMs: 1000, version: 1 },
};
const over = { by: 'sari', atMs: 2000, reason: 'aman' };

/** A phone whose network is cut or not, and what came through it. */
class Phone {
  isCut = false;
  answer: DistressChanged | Fault = raised;
  readonly asked: { name: string; key: string | undefined; body: unknown }[] = [];
  readonly #kept = new Map<string, string>();
  readonly #place: { tell?: PositionCallback } = {};
  #presses = 0;

  /** A page on it, which finds what the page before has kept. */
  page(principalId = 'budi'): CallForHelp {
    const geolocation = {
      watchPosition: (tell: PositionCallback) => {
        this.#place.tell = tell;
        return 1;
      },
      clearWatch: () => delete this.#place.tell,
      getCurrentPosition: () => undefined,
    } as unknown as Geolocation;
    const call = ((route: { name: string }, { body }: { body?: unknown }, options?: { idempotencyKey?: string }) => {
      if (this.isCut) return Promise.reject(new TypeError('no network'));
      this.asked.push({ name: route.name, key: options?.idempotencyKey, body });
      return this.answer instanceof Fault ? Promise.reject(this.answer) : Promise.resolve(this.answer);
    }) as unknown as Client;
    const storage = {
      getItem: (name: string) => this.#kept.get(name) ?? null,
      setItem: (name: string, value: string) => void this.#kept.set(name, value),
      removeItem: (name: string) => void this.#kept.delete(name),
    };
    const newKey = () => `press-${String((this.#presses += 1))}`;
    const page = new CallForHelp({ principalId, storage, call, position: new PhonePosition(geolocation), newKey });
    page.begin();
    return page;
  }

  /** The phone knows where it is. */
  isAt(lat: number, accuracy: number): void {
    const coords = { latitude: lat, longitude: 113.2, accuracy, speed: null };
    this.#place.tell?.({ coords, timestamp: Date.now() } as GeolocationPosition);
  }

  get isWatched(): boolean {
    return this.#place.tell !== undefined;
  }
  named(name: string) {
    return this.asked.filter((one) => one.name === name);
  }
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('a call for help', () => {
  it('is sent until the city has it, as one press, also by the page that comes after a reload', async () => {
    const phone = new Phone();
    phone.isCut = true;
    const before = phone.page();
    before.raise('satpolpp');
    await jest.advanceTimersByTimeAsync(10_000);
    expect(before.get()).toEqual({ at: 'calling', isUnsent: true });
    before.close();
    const page = phone.page();
    page.raise('satpolpp');
    phone.isCut = false;
    await jest.advanceTimersByTimeAsync(3000);
    expect(page.get()).toEqual({ at: 'open', distress: raised });
    expect(phone.asked).toEqual([{ name: 'talk.distress.raise', key: 'press-1', body: { groupId: 'satpolpp' } }]);
    page.close();
    expect(phone.page().get()).toEqual({ at: 'open', distress: raised });
    expect(phone.page('sari').get()).toEqual({ at: 'none' });
  });

  it('is over when the city says so, and the next press is another one', async () => {
    const phone = new Phone();
    const page = phone.page();
    page.raise(undefined);
    await jest.advanceTimersByTimeAsync(1);
    page.heard({ ...raised, version: 2, ended: over });
    expect([page.get(), phone.isWatched]).toEqual([{ at: 'none' }, false]);
    page.heard({ ...raised, distressId: 'DRT-00000001', principalId: 'sari' });
    expect(page.get()).toEqual({ at: 'none' });
    page.raise(undefined);
    await jest.advanceTimersByTimeAsync(1);
    expect(phone.named('talk.distress.raise').map(({ key }) => key)).toEqual(['press-1', 'press-2']);
  });

  it('tells where he is while he moves, again what did not arrive, and at most each five seconds', async () => {
    const phone = new Phone();
    const page = phone.page();
    page.raise(undefined);
    await jest.advanceTimersByTimeAsync(1);
    phone.isAt(-7.75, 900);
    await jest.advanceTimersByTimeAsync(1);
    phone.isCut = true;
    phone.isAt(-7.751, 20);
    await jest.advanceTimersByTimeAsync(6000);
    phone.isCut = false;
    await jest.advanceTimersByTimeAsync(6000);
    phone.isAt(-7.752, 20);
    phone.isAt(-7.753, 20);
    await jest.advanceTimersByTimeAsync(6000);
    await jest.advanceTimersByTimeAsync(60_000);
    const told = phone.named('talk.distress.place').map(({ body }) => (body as { lat: number }).lat);
    expect(told).toEqual([-7.75, -7.751, -7.753]);
    page.close();
    expect(phone.isWatched).toBe(false);
  });

  it('says why the city refused it, and sends it no more', async () => {
    const phone = new Phone();
    phone.answer = new Fault('forbidden', 'bukan untuk Anda · not for you');
    const page = phone.page();
    page.raise(undefined);
    await jest.advanceTimersByTimeAsync(20_000);
    expect(page.get()).toMatchObject({ at: 'none', refused: { kind: 'forbidden' } });
    expect(phone.asked).toHaveLength(1);
  });
});
