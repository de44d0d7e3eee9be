import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IncidentDocument, StoredIncident } from './incident-document.ts';
import { joined } from './caller-rules.ts';
import type { Turn } from './incident-turn.ts';
import { assignmentAt, incidentWith } from './incident.harness.ts';
import { held, inHoldingOrder, letGo, mergedInto, mustFit, settled, split } from './merge-rules.ts';

const idOf = (at: number) => `INS-0000000${String(at)}`;
const actor = { by: 'p1', nowMs: 5000 };

/** The store in small: each change is of one incident; what follows from it is settled, or was interrupted and is later. */
class City {
  readonly incidents = new Map<string, StoredIncident>();
  readonly unsettled = new Set<string>();

  open(at: number): void {
    this.incidents.set(idOf(at), incidentWith({ _id: idOf(at) }));
  }

  /** What is refused changes nothing. */
  change(id: string, rule: (incident: StoredIncident) => Turn | undefined): boolean {
    const incident = this.incidents.get(id);
    if (incident === undefined) return false;
    try {
      const turn = rule(incident);
      if (turn !== undefined) this.incidents.set(id, { ...incident, ...(turn.fields as Partial<IncidentDocument>) });
      return true;
    } catch {
      return false;
    }
  }

  join(at: number, callId: string): void {
    const id = this.root(idOf(at));
    this.change(id, (incident) => joined(incident, { callId, incidentId: id }));
  }

  hold(one: number, other: number, token: string): boolean {
    const [first, second] = inHoldingOrder(idOf(one), idOf(other));
    const hold = (id: string, otherId: string) =>
      this.change(id, (incident) => held(incident, { token, otherId, by: 'p1', atMs: 5000 }));
    if (!hold(first, second)) return false;
    if (hold(second, first)) return true;
    this.change(first, (incident) => letGo(incident, token));
    return false;
  }

  merge(one: number, other: number, token: string): void {
    this.change(idOf(one), (incident) => mergedInto(incident, { token, otherId: idOf(other) }, actor));
    this.unsettled.add(idOf(other));
    for (const at of [one, other]) this.change(idOf(at), (incident) => letGo(incident, token));
  }

  split(at: number): void {
    const into = this.incidents.get(idOf(at))?.mergedInto;
    this.change(idOf(at), (incident) => split(incident, { reason: 'lain' }));
    if (into !== undefined) this.unsettled.add(into);
  }

  settle(): void {
    for (const id of this.unsettled) {
      this.root(id);
      let at: string | undefined = id;
      while (at !== undefined) {
        const parts = [...this.incidents.values()].filter(({ mergedInto: into }) => into === at);
        this.change(at, (incident) => settled(incident, parts));
        at = this.incidents.get(at)?.mergedInto;
      }
    }
    this.unsettled.clear();
  }

  /** Throws on a circle. */
  root(id: string): string {
    const been = new Set<string>();
    for (let at = id; ;) {
      if (been.has(at)) throw new Error(`circle at ${at}`);
      been.add(at);
      const into = this.incidents.get(at)?.mergedInto;
      if (into === undefined) return at;
      at = into;
    }
  }
}

const place = fc.nat(4);
type Step = (city: City, calls: string[]) => void;
const steps: fc.Arbitrary<Step> = fc.oneof(
  place.map((at): Step => (city, calls) => {
    city.join(at, calls[calls.push(`TLP-${String(calls.length)}`) - 1] ?? '');
  }),
  fc.tuple(place, place).map(([one, other]): Step => (city) => {
    if (one !== other && city.hold(one, other, 'a')) city.merge(one, other, 'a');
  }),
  // two at the same moment, the other way round or in a circle
  fc.tuple(place, place, place).map(([one, other, third]): Step => (city) => {
    if (new Set([one, other, third]).size < 3) return;
    const isHeld = [city.hold(one, other, 'a'), city.hold(other, one, 'b'), city.hold(other, third, 'c')];
    if (isHeld[0]) city.merge(one, other, 'a');
    if (isHeld[1]) city.merge(other, one, 'b');
    if (isHeld[2]) city.merge(other, third, 'c');
  }),
  place.map((at): Step => (city) => {
    city.split(at);
  }),
  fc.constant<Step>((city) => {
    city.settle();
  }),
);

describe('merging and splitting', () => {
  it('keeps every caller in exactly one open incident, whatever is done in whatever order', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 40, size: 'max' }), (taken) => {
        const city = new City();
        for (const at of [0, 1, 2, 3, 4]) city.open(at);
        const calls: string[] = [];
        for (const step of taken) step(city, calls);
        for (const id of city.incidents.keys()) city.unsettled.add(id);
        city.settle();
        const open = [...city.incidents.values()].filter(({ status }) => status !== 'merged');
        const found = open.flatMap((incident) => incident.calls.map(({ callId }) => callId));
        expect(found.toSorted()).toEqual(calls.toSorted());
        for (const { _id, mergedInto: into, merging } of city.incidents.values()) {
          const root = city.incidents.get(city.root(_id));
          if (into !== undefined) expect(root?.merged).toContain(_id);
          expect(merging).toBeUndefined();
        }
      }),
    );
  });

  it('gives back exactly the callers and units it had', () => {
    const one = incidentWith({ _id: idOf(1), calls: [{ callId: 'A', incidentId: idOf(1) }], assignments: [assignmentAt('en-route')] }); // prettier-ignore
    const two = incidentWith({ _id: idOf(2), calls: [{ callId: 'B', incidentId: idOf(2) }] });
    const city = new City();
    for (const each of [one, two]) city.incidents.set(each._id, each);
    expect(city.hold(1, 2, 't')).toBe(true);
    city.merge(1, 2, 't');
    city.settle();
    expect(city.incidents.get(idOf(2))).toMatchObject({
      ...{ status: 'en-route', merged: [idOf(1)], assignments: one.assignments },
      calls: [{ callId: 'B' }, { callId: 'A' }],
    });
    // a caller of the one that goes on stays with it
    city.join(1, 'C');
    city.split(1);
    city.settle();
    expect(city.incidents.get(idOf(1))).toMatchObject({ calls: one.calls, status: 'en-route', mergedInto: undefined });
    expect(city.incidents.get(idOf(2))).toMatchObject({ calls: [{ callId: 'B' }, { callId: 'C' }], status: 'active' });
  });

  it('is decided by who holds both first; who took too long does not merge any more', () => {
    const city = new City();
    for (const at of [1, 2]) city.open(at);
    expect([city.hold(1, 2, 'a'), city.hold(2, 1, 'b')]).toEqual([true, false]);
    const late = incidentWith({ merging: { token: 'a', otherId: idOf(2), by: 'p1', atMs: 0 } });
    expect(() => mergedInto(late, { token: 'a', otherId: idOf(2) }, { by: 'p1', nowMs: 20_000 })).toThrow('coba lagi');
    expect(() => split(incidentWith(), { reason: 'x' })).toThrow('tidak digabung');
  });

  it('mixes nothing simulated with what is real, and makes none too large', () => {
    const refused = (over: Partial<StoredIncident>) => () => {
      mustFit(incidentWith(over), incidentWith({ calls: Array.from({ length: 120 }, (_, at) => ({ callId: String(at), incidentId: 'x' })) })); // prettier-ignore
    };
    expect(refused({ exercise: true })).toThrow('simulasi');
    expect(refused({ calls: Array.from({ length: 81 }, (_, at) => ({ callId: String(at), incidentId: 'y' })) })).toThrow('terlalu banyak'); // prettier-ignore
    expect(refused({})).not.toThrow();
  });
});
