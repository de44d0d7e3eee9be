import {
  ClaimCall,
  CloseCall,
  CloseIncident,
  DispatchUnit,
  isUnderWay,
  JoinIncident,
  OpenIncident,
  SuggestDuplicates,
  SuggestUnits,
  WriteCall,
  type Client,
  type Incident,
  type IncidentDisposition,
} from '@siaga/contracts';
import { pause } from '../reachable.ts';
import type { Story } from './stories.ts';
import { unlessBusy } from './unless-busy.ts';

/** Whoever tries the desk out has so long to take a call before a simulated colleague does, ms. */
export const LEFT_TO_PEOPLE_MS = 40_000;
const TALKS_MS = 8000;
const WEIGHS_MS = 6000;

/** A simulated call-taker and dispatcher: does what is left when nobody at a real desk does it. */
export class SimulatedDesk {
  /** Its own incidents, and how each will end; what people opened people close. */
  readonly #endings = new Map<string, IncidentDisposition>();

  readonly #client: Client;
  readonly #stop: AbortSignal;

  constructor(client: Client, stop: AbortSignal) {
    this.#client = client;
    this.#stop = stop;
  }

  /** Takes a call if it still rings, and does what it asks for; a person who was faster keeps it. */
  async answer(callId: string, story: Story): Promise<void> {
    const client = this.#client;
    if (!(await pause(LEFT_TO_PEOPLE_MS, this.#stop))) return;
    if ((await client(ClaimCall, { params: { callId }, body: {} }).catch(unlessBusy)) === undefined) return;
    if (!(await pause(TALKS_MS, this.#stop))) return;
    if (story.isJunk) {
      await client(CloseCall, { params: { callId }, body: { disposition: story.disposition } });
      return;
    }
    const { kind, place, words, victims, ends } = story;
    await client(WriteCall, { params: { callId }, body: { kind, place, words, victims } });
    const { items } = await client(SuggestDuplicates, { params: { callId } });
    const same = items.find(({ isSameKind }) => isSameKind);
    if (same === undefined) await this.#open(callId, ends);
    else await client(JoinIncident, { params: { incidentId: same.incidentId }, body: { callId } });
    await client(CloseCall, { params: { callId }, body: { disposition: 'emergency' } });
  }

  /** Closes those of its own incidents on which nobody is any more. */
  async close(open: readonly Incident[]): Promise<void> {
    for (const { incidentId, assignments } of open) {
      const disposition = this.#endings.get(incidentId);
      if (disposition === undefined || assignments.length === 0 || assignments.some(isUnderWay)) continue;
      this.#endings.delete(incidentId);
      await this.#client(CloseIncident, { params: { incidentId }, body: { disposition } }).catch(unlessBusy);
    }
  }

  async #open(callId: string, ends: IncidentDisposition): Promise<void> {
    const client = this.#client;
    const { incidentId } = await client(OpenIncident, { body: { callId } });
    this.#endings.set(incidentId, ends);
    if (!(await pause(WEIGHS_MS, this.#stop))) return;
    const { parts } = await client(SuggestUnits, { params: { incidentId } });
    for (const { count, candidates } of parts) {
      const free = candidates.filter(({ passedOver }) => passedOver === undefined);
      for (const { unitId } of free.slice(0, count))
        await client(DispatchUnit, { params: { incidentId }, body: { unitId, skipped: [] } }).catch(unlessBusy);
    }
  }
}
