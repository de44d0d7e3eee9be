import { DeviceId, REGISTER_ID, TrackerProtocol, type Truck, type TruckKind } from '@siaga/contracts';
import {
  column,
  defineRegister,
  list,
  oneOf,
  optional,
  text,
  whole,
  type CellParser,
  type RowOf,
} from '@siaga/registers';

const protocols = TrackerProtocol.options.join(', ');
const device: CellParser<string> = (cell) => {
  const parsed = text({ max: 200 })(cell);
  if ('problem' in parsed) return parsed;
  const [protocol = '', ...rest] = parsed.value.split(':');
  const name = protocol.trim().toLowerCase();
  const deviceId = rest.join(':').trim();
  if (!TrackerProtocol.safeParse(name).success || deviceId === '')
    return { problem: `"${parsed.value}" harus berbentuk protokol:ID, misalnya osmand:48241179 (${protocols})` };
  if (!DeviceId.safeParse(deviceId).success)
    return { problem: `ID perangkat "${deviceId}" paling panjang ${String(DeviceId.maxLength)} huruf` };
  return { value: `${name}:${deviceId}` };
};
const devices = list(device, { max: 5 });

const kinds: Record<TruckKind, readonly string[]> = {
  dump: ['Dump truck', 'dump'],
  armroll: ['Arm roll', 'armroll'],
  compactor: ['Compactor', 'kompaktor', 'pemadat'],
  pickup: ['Pick up', 'bak terbuka'],
  tossa: ['Tossa', 'roda tiga'],
};

/** The register of trucks as DLH keeps it in a spreadsheet. */
export const truckRegister = defineRegister({
  name: 'truk',
  key: 'truckId',
  columns: {
    truckId: column({
      headings: { id: 'ID Truk', en: 'Truck ID', aliases: ['kode', 'kode truk'] },
      parse: text({
        max: 40,
        form: new RegExp(`^${REGISTER_ID}$`),
        hint: 'hanya huruf, angka, dan - _ . tanpa spasi, tidak berakhir titik',
      }),
      example: 'DLH-01',
      explanation: 'Nama tetap truk di Siaga. Impor ulang dengan ID yang sama mengubah truk itu.',
    }),
    plate: column({
      headings: { id: 'Nomor Polisi', en: 'Plate', aliases: ['nopol', 'plat', 'pelat', 'plat nomor', 'pelat nomor'] },
      parse: text({ max: 16 }),
      example: 'N 8123 RP',
      explanation: 'Nomor polisi seperti pada pelat.',
    }),
    hullNumber: column({
      headings: { id: 'Nomor Lambung', en: 'Hull Number', aliases: ['lambung', 'no lambung'] },
      parse: text({ max: 16 }),
      example: '07',
      explanation: 'Nomor yang dicat di badan truk.',
    }),
    kind: column({
      headings: { id: 'Jenis', en: 'Kind', aliases: ['jenis truk', 'tipe'] },
      parse: oneOf(kinds),
      example: 'Dump truck',
      explanation: 'Dump truck, Arm roll, Compactor, Pick up, atau Tossa.',
    }),
    capacityKg: column({
      headings: { id: 'Kapasitas (kg)', en: 'Capacity (kg)', aliases: ['kapasitas', 'muatan'] },
      parse: whole({ min: 1, max: 60_000, units: { kg: 1, ton: 1000, t: 1000 } }),
      example: '4000',
      explanation: 'Muatan yang boleh diangkut, dalam kilogram; boleh juga ditulis 4 ton.',
    }),
    devices: optional({
      headings: { id: 'Perangkat', en: 'Devices', aliases: ['gps', 'alat', 'tracker'] },
      parse: (cell) => {
        const parsed = devices(cell);
        return 'problem' in parsed ? parsed : { value: [...new Set(parsed.value)].sort() };
      },
      example: 'osmand:48241179; owntracks:owntracks/dlh/hp-07',
      explanation: `Alat pelacak di truk, masing-masing protokol:ID, dipisah titik koma. Protokol: ${protocols}.`,
    }),
  },
});

/** A truck as a line of the register; `devices` are `protocol:deviceId`, sorted. */
export type TruckRow = RowOf<typeof truckRegister.columns>;

export function rowOf({ truckId, plate, hullNumber, kind, capacityKg, devices: riding }: Truck): TruckRow {
  const keys = riding.map(({ protocol, deviceId }) => `${protocol}:${deviceId}`).sort();
  return { truckId, plate, hullNumber, kind, capacityKg, ...(keys.length === 0 ? {} : { devices: keys }) };
}
