import { expect, it } from '@jest/globals';
import { fixWithin, PhonePosition, type Fix, type NoFix } from './phone-position.ts';

const coords = { latitude: -7.75, longitude: 113.21, accuracy: 12, altitude: null, altitudeAccuracy: null, heading: null, speed: 10 }; // prettier-ignore
const at = (timestamp: number, accuracy = 12) =>
  ({ timestamp, coords: { ...coords, accuracy } }) as GeolocationPosition;
const refusal = { code: 1, PERMISSION_DENIED: 1 } as GeolocationPositionError;

/** A phone's own reader of its place: which watches run, by satellites or not, and what it tells them. */
function phone() {
  const watches = new Map<number, { isExact: boolean; hear: PositionCallback; miss: PositionErrorCallback }>();
  let begun = 0;
  const geolocation = {
    watchPosition: (hear: PositionCallback, miss: PositionErrorCallback, options?: PositionOptions) => {
      begun += 1;
      watches.set(begun, { isExact: options?.enableHighAccuracy === true, hear, miss });
      return begun;
    },
    clearWatch: (id: number) => void watches.delete(id),
    getCurrentPosition: () => undefined,
  };
  const tell = (position: GeolocationPosition) => {
    for (const { hear } of watches.values()) hear(position);
  };
  const refuse = () => {
    for (const { miss } of watches.values()) miss(refusal);
  };
  return { geolocation, tell, refuse, running: () => [...watches.values()].map(({ isExact }) => isExact) };
}

it('watches once for all who ask, by satellites only while one of them needs it, and not at all for nobody', () => {
  const { geolocation, tell, running } = phone();
  const position = new PhonePosition(geolocation);
  const heard: Fix[] = [];
  const told: Fix[] = [];
  const endRough = position.watch({ need: 'rough', heard: (fix) => heard.push(fix) });
  expect(running()).toEqual([false]);
  tell(at(1));
  const endExact = position.watch({ need: 'exact', heard: (fix) => told.push(fix) });
  expect(running()).toEqual([true]);
  tell(at(2, 5e6));
  expect(heard.map(({ atMs }) => atMs)).toEqual([1, 2]);
  expect(told).toMatchObject([{ atMs: 1, lat: -7.75, accuracyM: 12, speedKph: 36 }, { accuracyM: 1_000_000 }]);
  endExact();
  expect(running()).toEqual([false]);
  endRough();
  expect(running()).toEqual([]);
  // where the phone was then is nobody's business later
  position.watch({ need: 'rough', heard: (fix) => heard.push(fix) })();
  expect(heard).toHaveLength(2);
});

it('says that somebody refused', () => {
  const { geolocation, refuse } = phone();
  const why: NoFix[] = [];
  const end = new PhonePosition(geolocation).watch({
    need: 'rough',
    heard: () => undefined,
    missed: (one) => why.push(one),
  });
  refuse();
  end();
  expect(why).toEqual(['refused']);
});

it('waits for a fix that is fresh and sure enough, and ends its watch with it', async () => {
  const { geolocation, tell, running } = phone();
  const position = new PhonePosition(geolocation);
  const found = fixWithin(position, { freshMs: 10_000, mostM: 500, withinMs: 5000 });
  const now = Date.now();
  tell(at(now - 60_000));
  tell(at(now, 900));
  tell(at(now, 8));
  await expect(found).resolves.toMatchObject({ accuracyM: 8 });
  expect(running()).toEqual([]);
});

it.each([
  ['the phone has none', undefined],
  ['none comes in time', phone().geolocation],
])('knows nothing where %s', async (_, geolocation) => {
  const position = new PhonePosition(geolocation);
  await expect(fixWithin(position, { freshMs: 10_000, mostM: 500, withinMs: 10 })).resolves.toBeUndefined();
});
