import {
  isUnderWay,
  openAssignment,
  StepUnit,
  TellPosition,
  type Client,
  type Incident,
  type UnitChanged,
} from '@siaga/contracts';
import { randomOf, shuffled } from '../random.ts';
import { nextStep, whereabouts, type Errand } from './crew.ts';
import { unlessBusy } from './unless-busy.ts';

/** What a crew pressed, and when. */
interface Press {
  readonly unitId: string;
  readonly assignmentId: string;
  readonly status: 'accepted' | 'en-route' | 'on-scene' | 'patient-contact' | 'leaving-scene' | 'at-hospital' | 'handed-over' | 'clear'; // prettier-ignore
  readonly atMs: number;
}

/** How the crews' phones and the crews themselves are now. */
export interface CrewTrouble {
  /** No network: what is pressed is sent when it is back, in no order, one of it twice. */
  readonly isOffline: boolean;
  /** The crew that was sent first since then does not answer, epoch ms; absent: all do. */
  readonly silentSinceMs?: number;
}

/** The simulated crews: each goes where its unit is sent, by whoever sent it, and presses what crews press. */
export class SimulatedCrews {
  #held: Press[] = [];
  /** Pressed already, by assignment and status: a phone without network does not ask the crew again. */
  readonly #pressed = new Map<string, number>();
  #silent: string | undefined;

  readonly #client: Client;
  readonly #seed: string;

  constructor(client: Client, seed: string) {
    this.#client = client;
    this.#seed = seed;
  }

  /** Presses and positions that are due now. `units`: the simulated ones. */
  async step(
    units: readonly UnitChanged[],
    { open, trouble, nowMs }: { open: readonly Incident[]; trouble: CrewTrouble; nowMs: number },
  ): Promise<void> {
    for (const unit of units) {
      const assignment = openAssignment(unit);
      if (assignment === undefined || !isUnderWay(assignment)) continue;
      const { assignmentId, incidentId } = assignment;
      if (this.#isSilent(assignment, trouble)) continue;
      const incident = open.find((one) => one.incidentId === incidentId);
      const errand: Errand = {
        from: unit.parked ?? unit.post,
        to: incident?.place,
        kind: incident?.kind,
        seed: this.#seed,
      };
      const { unitId } = unit;
      const place = trouble.isOffline ? undefined : whereabouts(assignment, errand, nowMs);
      if (place !== undefined) await this.#tellPlace(unitId, place, nowMs);
      const next = nextStep(unit, assignment, errand);
      if (next === undefined || next.atMs > nowMs || this.#pressed.has(`${assignmentId} ${next.step}`)) continue;
      this.#pressed.set(`${assignmentId} ${next.step}`, nowMs);
      this.#held.push({ unitId, assignmentId, status: next.step, atMs: next.atMs });
    }
    for (const [press, atMs] of this.#pressed) if (atMs < nowMs - FORGOTTEN_MS) this.#pressed.delete(press);
    if (!trouble.isOffline) await this.#send(nowMs);
  }

  #isSilent(
    { assignmentId, status, atMs }: { assignmentId: string; status: string; atMs: { dispatched?: number | undefined } },
    { silentSinceMs = Infinity }: CrewTrouble,
  ): boolean {
    // prettier-ignore
    if (status === 'dispatched' && (atMs.dispatched ?? 0) >= silentSinceMs) this.#silent ??= assignmentId;
    return this.#silent === assignmentId;
  }

  async #tellPlace(unitId: string, { lat, lng }: { lat: number; lng: number }, atMs: number): Promise<void> {
    await this.#client(TellPosition, { params: { unitId }, body: { lat, lng, accuracyM: 12, atMs } });
  }

  async #send(nowMs: number): Promise<void> {
    const held = this.#held;
    if (held.length === 0) return;
    this.#held = [];
    const sent = held.length === 1 ? held : [...shuffled(randomOf(this.#seed, 'presses', nowMs), held), ...held.slice(0, 1)]; // prettier-ignore
    for (const [index, { unitId, ...body }] of sent.entries())
      try {
        await this.#client(StepUnit, { params: { unitId }, body }).catch(unlessBusy);
      } catch (error) {
        this.#held.push(...sent.slice(index));
        throw error;
      }
  }
}

/** An assignment is over long before. */
const FORGOTTEN_MS = 6 * 3_600_000;
