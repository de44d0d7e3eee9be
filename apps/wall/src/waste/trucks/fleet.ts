import { TruckMoved, type TruckRegistered } from '@siaga/contracts';
import { isFresh } from '../../link/age.ts';

/** `silent`: its last report is older than its contract calls fresh. `never`: registered, but nothing was heard yet. */
export type TruckState = 'moving' | 'stopped' | 'silent' | 'never';

/** A truck as the room sees it: what the register says joined with where it is. */
export interface FleetTruck {
  truckId: string;
  state: TruckState;
  registered?: TruckRegistered;
  position?: TruckMoved;
  exercise: boolean;
}

interface Known<Data> {
  data: Data;
  exercise: boolean;
}

/** GPS of a parked truck wanders at walking pace: below this it stands. */
const movingFromKph = 3;

/** The state of a truck at a moment of the city's clock. */
export function stateOf(position: TruckMoved | undefined, nowMs: number): TruckState {
  if (position === undefined) return 'never';
  if (!isFresh(TruckMoved, position.atMs, nowMs)) return 'silent';
  return (position.speedKph ?? 0) >= movingFromKph ? 'moving' : 'stopped';
}

/** Ids of every truck that is registered or heard, by number; the same array as before while nobody came or left. */
export function truckIds(
  registered: ReadonlyMap<string, unknown>,
  positions: ReadonlyMap<string, unknown>,
  before: readonly string[] = [],
): readonly string[] {
  const ids = new Set([...registered.keys(), ...positions.keys()]);
  if (before.length === ids.size && before.every((truckId) => ids.has(truckId))) return before;
  return [...ids].sort(byName);
}

/**
 * The trucks named by `ids`, which come by number: silent ones first because somebody should call them, then those at
 * work, last those never heard; each group keeps its order, so that a truck which stops at a light keeps its place.
 */
export function fleetOf(
  ids: readonly string[],
  registered: ReadonlyMap<string, Known<TruckRegistered>>,
  positions: ReadonlyMap<string, Known<TruckMoved>>,
  nowMs: number,
): FleetTruck[] {
  const groups: [FleetTruck[], FleetTruck[], FleetTruck[]] = [[], [], []];
  for (const truckId of ids) {
    const register = registered.get(truckId);
    const heard = positions.get(truckId);
    const state = stateOf(heard?.data, nowMs);
    groups[ranks[state]].push({
      truckId,
      state,
      exercise: (register?.exercise ?? false) || (heard?.exercise ?? false),
      ...(register && { registered: register.data }),
      ...(heard && { position: heard.data }),
    });
  }
  return groups.flat();
}

const ranks: Record<TruckState, 0 | 1 | 2> = { silent: 0, moving: 1, stopped: 1, never: 2 };
const byName = new Intl.Collator('id', { numeric: true }).compare;

/** How many trucks are in each state. */
export function countStates(fleet: readonly FleetTruck[]): Record<TruckState, number> {
  const counts: Record<TruckState, number> = { moving: 0, stopped: 0, silent: 0, never: 0 };
  for (const truck of fleet) counts[truck.state] += 1;
  return counts;
}

/** Trucks whose id, plate or hull number contains the text, spaces and case aside. */
export function findTrucks(fleet: readonly FleetTruck[], search: string): readonly FleetTruck[] {
  const wanted = squeeze(search);
  if (wanted === '') return fleet;
  return fleet.filter(({ truckId, registered }) =>
    [truckId, registered?.plate ?? '', registered?.hullNumber ?? ''].some((name) => squeeze(name).includes(wanted)),
  );
}

function squeeze(name: string): string {
  return name.toLowerCase().replaceAll(/[\s._-]/g, '');
}
