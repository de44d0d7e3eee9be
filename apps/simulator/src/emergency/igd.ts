import { AcknowledgePatient, ListHospitals, PutHospital, TakeBedFeed, type Client } from '@siaga/contracts';
import { hasBegun } from '../register.ts';
import { OLD_COUNT_MS, readBy, rowsOf, simulatedHospitals, type SimulatedHospital } from './hospitals.ts';
import { unlessBusy } from './unless-busy.ts';

/** Nobody is faster than a nurse at night. */
const LOOK_EVERY_MS = 10_000;

/** The simulated hospitals: they count their beds by the public feed, and read who is announced to them. */
export class SimulatedHospitals {
  /** When each counts next, epoch ms. */
  readonly #countsAtMs = new Map<string, number>();
  #lookAtMs = 0;

  readonly #client: Client;
  readonly #seed: string;

  constructor(client: Client, seed: string) {
    this.#client = client;
    this.#seed = seed;
  }

  /** Puts them into the register, and counts what was counted long ago; those of a city that works in earnest are not there. */
  async enrol(nowMs: number): Promise<void> {
    for (const hospital of simulatedHospitals) {
      if (await hasBegun(this.#client)) return;
      const { hospitalId, entry, countsEveryMs } = hospital;
      await this.#client(PutHospital, { params: { hospitalId }, body: entry });
      if (countsEveryMs === undefined) await this.#count(hospital, nowMs - OLD_COUNT_MS);
      else this.#countsAtMs.set(hospitalId, nowMs);
    }
  }

  /** What is due now. */
  async step(nowMs: number): Promise<void> {
    if (nowMs < this.#lookAtMs) return;
    this.#lookAtMs = nowMs + LOOK_EVERY_MS;
    for (const hospital of simulatedHospitals) {
      const { hospitalId, countsEveryMs } = hospital;
      if (countsEveryMs === undefined || nowMs < (this.#countsAtMs.get(hospitalId) ?? Infinity)) continue;
      this.#countsAtMs.set(hospitalId, nowMs + countsEveryMs);
      await this.#count(hospital, nowMs);
    }
    await this.#read(nowMs);
  }

  async #count(hospital: SimulatedHospital, atMs: number): Promise<void> {
    const { hospitalId } = hospital;
    const rows = rowsOf(hospital, { seed: this.#seed, atMs });
    await this.#client(TakeBedFeed, { params: { hospitalId }, body: { atMs, rows } });
  }

  async #read(nowMs: number): Promise<void> {
    const { items } = await this.#client(ListHospitals, {});
    const ours = new Set(simulatedHospitals.map(({ hospitalId }) => hospitalId));
    for (const hospital of items.filter(({ hospitalId }) => ours.has(hospitalId)))
      for (const { requestId, ...note } of readBy(hospital, { seed: this.#seed, nowMs })) {
        const params = { hospitalId: hospital.hospitalId, requestId };
        await this.#client(AcknowledgePatient, { params, body: note }).catch(unlessBusy);
      }
  }
}
