import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient, FixRecorded, GetTrack, RegisterTruck, TruckMoved } from '@siaga/contracts';
import { createLive, type Live } from '@siaga/live';
import { eventually, startTestCity, type TestCity } from '@siaga/testing';

const KILLS = 50;
const PHONES = 12;
const SEED = Number(process.env['FAULTS_SEED'] ?? Date.now() % 100_000);

/** What one phone did: the time of every position it was told "200" for. */
interface Ledger {
  truckId: string;
  acknowledged: number[];
}

/**
 * The whole city in processes of its own; waste, gateway, engine or all of them are killed at random moments while phones report and
 * a screen watches. What a phone was told is kept must be kept once and have been seen once.
 */
describe(`${KILLS} × kill -9 of waste, gateway, engine or all of them (seed ${SEED})`, () => {
  let city: TestCity;
  let screen: Live;
  const seen = new Map<string, number>();

  beforeAll(async () => {
    city = await startTestCity();
    screen = createLive({ url: city.url, streams: [FixRecorded.stream.name, TruckMoved.stream.name] });
    screen.every(FixRecorded, (fix) => {
      const name = `${fix.truckId}@${fix.atMs}`;
      seen.set(name, (seen.get(name) ?? 0) + 1);
    });
  }, 60_000);
  afterAll(async () => {
    screen.close();
    await city.stop();
    await city.remove();
  }, 60_000);

  it('loses no position that was acknowledged, keeps none twice, shows none twice', async () => {
    const call = createClient({ baseUrl: city.url });
    const ledgers = Array.from({ length: PHONES }, (_, index): Ledger => ({
      truckId: `KILL-${index}`,
      acknowledged: [],
    }));
    for (const { truckId } of ledgers) {
      await call(RegisterTruck, {
        body: {
          truckId,
          plate: truckId,
          hullNumber: truckId,
          kind: 'dump',
          capacityKg: 4000,
          devices: [{ protocol: 'osmand', deviceId: truckId }],
        },
      });
    }
    const from = Date.now() - 3_600_000;
    const over = new AbortController();
    const phones = ledgers.map((ledger) => report(ledger, { url: city.url, from, signal: over.signal }));
    await killAtRandom(city, ledgers);
    over.abort();
    await Promise.all(phones);

    for (const { truckId, acknowledged } of ledgers) {
      expect(acknowledged.length).toBeGreaterThan(0);
      await eventually(async () => {
        const track = await call(GetTrack, { params: { truckId }, query: { from, to: Date.now() } });
        const kept = track.features.map(({ properties }) => properties.atMs);
        expect(kept.length).toBe(new Set(kept).size);
        expect(acknowledged.filter((atMs) => !kept.includes(atMs))).toEqual([]);
      }, 20_000);
      await eventually(() => {
        expect(acknowledged.filter((atMs) => seen.get(`${truckId}@${atMs}`) !== 1)).toEqual([]);
        expect(screen.latest(TruckMoved).get().get(truckId)?.data.atMs).toBeGreaterThanOrEqual(
          Math.max(...acknowledged),
        );
      }, 20_000);
    }
    expect([...seen].filter(([, times]) => times > 1)).toEqual([]);
  }, 400_000);
});

/** Sends one position after the other, each until it is acknowledged, as a phone does; a second of track per report. */
async function report(ledger: Ledger, options: { url: string; from: number; signal: AbortSignal }): Promise<void> {
  let step = 0;
  while (!options.signal.aborted) {
    const atMs = options.from + step * 1000;
    const place = { lat: String(-7.75 - step * 0.00001), lon: '113.21' };
    const query = new URLSearchParams({ id: ledger.truckId, timestamp: String(atMs), ...place }).toString();
    if (!(await isTaken(`${options.url}/ingest/osmand?${query}`))) continue;
    ledger.acknowledged.push(atMs);
    step += 1;
  }
}

async function isTaken(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
    return response.status === 200 && (await response.text()) === '';
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 20)); // what a phone waits before it tries again
    return false;
  }
}

const victims = [['waste'], ['gateway'], ['engine'], ['engine', 'waste', 'gateway']] as const;

/** Each kill comes at a random moment of a city that is at work: some of its phones have been answered since the last. */
async function killAtRandom(city: TestCity, ledgers: readonly Ledger[]): Promise<void> {
  const random = randomFrom(SEED);
  const answered = () => ledgers.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0);
  for (let kill = 0; kill < KILLS; kill += 1) {
    const before = answered();
    await eventually(() => expect(answered()).toBeGreaterThan(before + PHONES), 30_000);
    await new Promise((resolve) => setTimeout(resolve, random() * 200)); // the moment is what is random here
    const pids = await city.pids();
    for (const name of victims[Math.floor(random() * victims.length)] ?? []) {
      const pid = pids[name];
      if (pid !== undefined) kill9(pid);
    }
  }
}

function kill9(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // it went down by itself a moment ago
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Numbers from 0 to 1 that repeat by their seed. */
function randomFrom(seed: number): () => number {
  let drawn = 0;
  return () => createHash('sha256').update(`${seed}/${drawn++}`).digest().readUInt32BE() / 2 ** 32;
}
