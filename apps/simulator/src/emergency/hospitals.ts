import type { HospitalChanged, InputOf, PutHospital } from '@siaga/contracts';
import { kelurahan } from '@siaga/geo';
import { randomOf, within } from '../random.ts';

/** A simulated hospital: what the register has of it, its rooms, and how often it counts them. */
export interface SimulatedHospital {
  readonly hospitalId: string;
  readonly entry: InputOf<typeof PutHospital>['body'];
  /** Beds of each kind by the number that its feed has for it. */
  readonly rooms: Readonly<Record<string, number>>;
  /** ms; undefined: it counted once, {@link OLD_COUNT_MS} ago, and nobody has had time since. */
  readonly countsEveryMs: number | undefined;
}

/** A shift and more: what was counted then is *usang*. */
export const OLD_COUNT_MS = 9 * 3_600_000;
const EVERY_MS = 10 * 60_000;
/** A nurse reads of a patient after so long, ms, least and most. */
const READS_AFTER_MS = [20_000, 75_000] as const;

/** `id_tt` of a feed, as its own: the ministry's numbers are each hospital's to map. */
const feedClasses = { '1': 'igd', '2': 'icu', '3': 'ward-adult', '4': 'maternity' } as const;

const at = (name: string) => kelurahan().find((area) => area.name === name)?.label ?? { lat: -7.7551, lng: 113.2101 };
const entry = (name: string, where: string): SimulatedHospital['entry'] => ({
  ...{ name: `${name} (simulasi)`, place: at(where), isApproximate: true, services: ['IGD 24 jam'] },
  ...{ people: ['simulator'], feedClasses },
});

/** Three that no city has: two that count often, one whose counts grow old. Their names say that they are simulated. */
export const simulatedHospitals: readonly SimulatedHospital[] = [
  {
    ...{ hospitalId: 'SIM-RS-1', entry: entry('RS Bahari', 'Mayangan') },
    ...{ rooms: { '1': 12, '2': 6, '3': 80, '4': 8 }, countsEveryMs: EVERY_MS },
  },
  {
    ...{ hospitalId: 'SIM-RS-2', entry: entry('RS Bentar', 'Wonoasih') },
    ...{ rooms: { '1': 8, '2': 3, '3': 45 }, countsEveryMs: EVERY_MS },
  },
  {
    ...{ hospitalId: 'SIM-RS-3', entry: entry('RS Tengger', 'Ketapang') },
    ...{ rooms: { '1': 6, '3': 30 }, countsEveryMs: undefined },
  },
];

/** Rows of its feed at a time, as RS Online has them: numbers are text. The same for the same seed and time. */
export function rowsOf({ hospitalId, rooms }: SimulatedHospital, { seed, atMs }: { seed: string; atMs: number }) {
  return Object.entries(rooms).map(([id_tt, total]) => {
    const random = randomOf(seed, hospitalId, id_tt, Math.floor(atMs / EVERY_MS));
    const occupied = Math.min(total, Math.floor(total * within(random, 0.55, 1.02)));
    return { id_tt, ruang: `Ruang ${id_tt}`, jumlah: String(total), terpakai: String(occupied), antrian: '0' };
  });
}

/** Patients of whom its IGD has been told for long enough to have read it, with the note that it read. */
export function readBy(
  { requests }: Pick<HospitalChanged, 'requests'>,
  { seed, nowMs }: { seed: string; nowMs: number },
): { requestId: string; announcedAtMs?: number }[] {
  return requests.flatMap(({ requestId, status, announced, requested, acknowledged }) => {
    const told = announced ?? requested;
    const afterMs = within(randomOf(seed, requestId), ...READS_AFTER_MS);
    if (status !== 'held' || acknowledged !== undefined || told.atMs + afterMs > nowMs) return [];
    return [{ requestId, ...(announced && { announcedAtMs: announced.atMs }) }];
  });
}
