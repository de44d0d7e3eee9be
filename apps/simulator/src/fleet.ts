import type { Truck, TruckKind } from '@siaga/contracts';
import { kelurahan } from '@siaga/geo';

/** How a truck's device speaks; each is one of the doors `/ingest/<protocol>`. */
export type Dialect = 'osmand-query' | 'osmand-form' | 'osmand-json' | 'owntracks' | 'traccar';

/** Hours of work, city time; `to` past 24 is the next morning. */
export interface Shift {
  readonly fromHour: number;
  readonly toHour: number;
}

/** What is wrong with one truck's device, beyond the troubles every device has. */
export type Weakness = 'slow-clock' | 'clock-jumps-ahead' | 'weak-battery';

export interface SimulatedTruck {
  readonly truckId: string;
  readonly plate: string;
  readonly kind: TruckKind;
  readonly capacityKg: number;
  readonly dialect: Dialect;
  readonly deviceId: string;
  /** Seconds between fixes while moving. */
  readonly fixEveryS: number;
  /** Seconds by which its fixes come after the full ten: devices do not speak in chorus. */
  readonly phaseS: number;
  readonly shifts: readonly Shift[];
  /** Crossings where it collects, in order, again and again. */
  readonly beat: readonly string[];
  readonly weakness?: Weakness;
}

const morning = { fromHour: 5.5, toHour: 13.75 };
const afternoon = { fromHour: 14.25, toHour: 19.25 };
const evening = { fromHour: 13, toHour: 20.5 };
/** Markets are cleared at night, and main streets swept. */
const night = { fromHour: 18.5, toHour: 30 };

const capacityKg: Readonly<Record<TruckKind, number>> = {
  compactor: 4000,
  dump: 4500,
  armroll: 5000,
  pickup: 1000,
  tossa: 300,
};

type Row = readonly [
  TruckKind,
  Dialect,
  fixEveryS: number,
  shifts: readonly Shift[],
  beat: readonly string[],
  Weakness?,
];

/** Fifteen trucks as before the fire of 2021, of the kinds the city names; beats are kelurahan by name or TPS by id. */
const rows: readonly Row[] = [
  ['compactor', 'osmand-query', 5, [morning], ['tps-kedopok', 'Kareng Lor', 'Sumber Wetan', 'Jrebeng Kulon']],
  [
    'compactor',
    'osmand-query',
    10,
    [morning, afternoon],
    ['tps-pasar-baru', 'Sukabumi', 'Tisnonegaran', 'Kebonsari Kulon'],
  ],
  ['compactor', 'osmand-json', 5, [morning], ['Jati', 'Wiroborang', 'Sukoharjo', 'Kebonsari Wetan']],
  ['compactor', 'traccar', 10, [evening], ['tps-pasar-baru', 'Pilang', 'tps-twsl', 'Wiroborang', 'Kanigaran']],
  ['dump', 'osmand-form', 8, [morning, afternoon], ['Pilang', 'Ketapang', 'Triwung Lor', 'Triwung Kidul']],
  ['dump', 'osmand-json', 10, [morning], ['Kademangan', 'Pohsangit Kidul', 'Curahgrinting'], 'clock-jumps-ahead'],
  ['dump', 'osmand-form', 6, [morning], ['Wonoasih', 'Jrebeng Kidul', 'Pakistaji']],
  ['dump', 'owntracks', 10, [morning, afternoon], ['Kedunggaleng', 'Kedung Asem', 'Sumber Taman'], 'slow-clock'],
  ['dump', 'osmand-query', 10, [night], ['tps-pasar-baru', 'Wonoasih', 'tps-pasar-mangunharjo', 'Ketapang']],
  ['armroll', 'traccar', 5, [morning], ['Kanigaran', 'tps-kedopok', 'Jrebeng Wetan']],
  ['armroll', 'owntracks', 8, [night], ['tps-twsl', 'Triwung Lor', 'Jrebeng Lor', 'tps-pasar-mangunharjo']],
  ['armroll', 'traccar', 10, [night], ['tps-pasar-baru', 'tps-kedopok', 'Pilang', 'Kedung Asem']],
  [
    'pickup',
    'osmand-query',
    5,
    [morning],
    ['Kebonsari Wetan', 'Kebonsari Kulon', 'Kanigaran', 'Tisnonegaran'],
    'weak-battery',
  ],
  ['pickup', 'osmand-json', 5, [night], ['tps-pasar-mangunharjo', 'Kanigaran', 'Mayangan', 'Sumber Taman', 'Sukabumi']],
  ['tossa', 'owntracks', 10, [morning, afternoon], ['tps-twsl', 'Mayangan', 'tps-pasar-mangunharjo']],
];

/** The simulated fleet: invented plates, devices and beats. */
export const fleet: readonly SimulatedTruck[] = rows.map(
  ([kind, dialect, fixEveryS, shifts, beat, weakness], index) => {
    const number = String(index + 1).padStart(2, '0');
    return {
      truckId: `DLH-${number}`,
      plate: `N 80${number} SIM`,
      kind,
      capacityKg: capacityKg[kind],
      dialect,
      deviceId: deviceIdOf(dialect, number),
      fixEveryS,
      phaseS: index % fixEveryS,
      shifts,
      beat: beat.map(crossingOf),
      ...(weakness === undefined ? {} : { weakness }),
    };
  },
);

/** A tracker that is in no register: somebody mistyped the address on a private phone. */
export const stranger = { deviceId: 'simulasi-hp-7421', dialect: 'osmand-query', near: 'tps-pasar-baru' } as const;

/** The truck as the register wants it. */
export function registration(truck: SimulatedTruck): Truck {
  return {
    truckId: truck.truckId,
    plate: truck.plate,
    hullNumber: truck.truckId.replace('DLH-', 'SIM '),
    kind: truck.kind,
    capacityKg: truck.capacityKg,
    devices: [{ protocol: protocolOf(truck.dialect), deviceId: truck.deviceId }],
  };
}

export function protocolOf(dialect: Dialect): 'osmand' | 'owntracks' | 'traccar' {
  return dialect === 'owntracks' || dialect === 'traccar' ? dialect : 'osmand';
}

/** Ids as such devices have them: an app's number, a topic, an IMEI (all of the never allotted 00 range). */
function deviceIdOf(dialect: Dialect, number: string): string {
  if (dialect === 'owntracks') return `owntracks/dlh/sim-${number}`;
  return dialect === 'traccar' ? `0000000000000${number}` : `9900${number}`;
}

function crossingOf(stop: string): string {
  return kelurahan().find(({ name }) => name === stop)?.code ?? stop;
}
