import { randomUUID } from 'node:crypto';
import {
  AdoptDevice,
  Fault,
  GetCity,
  ListTrucks,
  RegisterTruck,
  type Client,
  type DeviceRef,
  type RegisteredTruck,
} from '@siaga/contracts';
import { registration, type SimulatedTruck } from './fleet.ts';

/**
 * Puts the fleet into the city's register, through its public door; trucks of an earlier run are taken up again.
 * Answers with the trucks it may move: a truckId or device that a real truck holds is left alone; `begun` when the city
 * works in earnest, also when it begins meanwhile. Throws the Fault of the door, or an Error when the token is not one for
 * exercises.
 */
export async function enrol(
  client: Client,
  fleet: readonly SimulatedTruck[],
): Promise<readonly SimulatedTruck[] | 'begun'> {
  if (await hasBegun(client)) return 'begun';
  const known = await everyTruck(client);
  const enrolled: SimulatedTruck[] = [];
  for (const truck of fleet) {
    // each time anew: what comes into the register after the city has cleared it stays there
    if (await hasBegun(client)) return 'begun';
    const registered = await orConflict(enrolOne(client, truck, known.get(truck.truckId)));
    if (registered === 'conflict') continue;
    if (known.has(truck.truckId) && !registered.exercise) continue;
    if (!registered.exercise) throw new Error(notAnExercise(truck.truckId));
    enrolled.push(truck);
  }
  return enrolled;
}

/** Whether things are still tried out, and at least one of the trucks is in the register as an exercise. */
export async function stillEnrolled(client: Client, trucks: readonly SimulatedTruck[]): Promise<boolean> {
  if (await hasBegun(client)) return false;
  const known = await everyTruck(client);
  return trucks.some(({ truckId }) => known.get(truckId)?.exercise === true);
}

/** A supervisor that saw the simulator crash starts it again, also when the city has begun in earnest meanwhile. */
export async function hasBegun(client: Client): Promise<boolean> {
  return (await client(GetCity, {})).beganAtMs !== undefined;
}

async function enrolOne(
  client: Client,
  truck: SimulatedTruck,
  known: RegisteredTruck | undefined,
): Promise<RegisteredTruck> {
  const body = registration(truck);
  const options = { idempotencyKey: randomUUID() };
  if (known === undefined) return client(RegisterTruck, { body }, options);
  const [device] = body.devices;
  if (!known.exercise || device === undefined || rides(known, device)) return known;
  return client(AdoptDevice, { params: { truckId: truck.truckId }, body: device }, options);
}

const rides = (truck: RegisteredTruck, device: DeviceRef) =>
  truck.devices.some(({ protocol, deviceId }) => protocol === device.protocol && deviceId === device.deviceId);

async function everyTruck(client: Client): Promise<Map<string, RegisteredTruck>> {
  const trucks = new Map<string, RegisteredTruck>();
  let after: string | undefined;
  do {
    const page = await client(ListTrucks, { query: { limit: 1000, after } });
    for (const truck of page.items) trucks.set(truck.truckId, truck);
    after = page.next;
  } while (after !== undefined);
  return trucks;
}

async function orConflict<Value>(asked: Promise<Value>): Promise<Value | 'conflict'> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Fault && error.kind === 'conflict') return 'conflict';
    throw error;
  }
}

const notAnExercise = (truckId: string) =>
  `the city registered ${truckId} as a real truck: SIAGA_SIMULATOR_TOKEN is not a token for exercises`;
