import { z } from 'zod';
import { KelurahanCode } from './condition.ts';
import { defineRoute } from './define-route.ts';
import { Registration, registerRoutes, Version } from './register-routes.ts';
import { CityDay, PageQuery, REGISTER_ID } from './shapes.ts';
import { Idpel, PanelId, streetAgencies, streetReaders } from './street-assets.ts';

/** `2026-11`. */
export const YearMonth = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'month: 2026-11');
export type YearMonth = z.infer<typeof YearMonth>;

/** Kilowatt-hours. */
export const Kwh = z.number().min(0).max(1_000_000_000);

/** What PLN bills one connection for one month. */
export const Bill = z.object({
  idpel: Idpel,
  month: YearMonth,
  kwh: Kwh,
  rupiah: z.number().int().min(0).max(1_000_000_000_000),
  /** Stands of PLN's meter, where it has one. */
  standStartKwh: Kwh.optional(),
  standEndKwh: Kwh.optional(),
});
export type Bill = z.infer<typeof Bill>;

/** Names a bill: `515100012345@2026-11`. */
export const BillId = z.string().regex(/^\d{12}@20\d\d-(0[1-9]|1[0-2])$/, 'bill: 515100012345@2026-11');
export const RegisteredBill = Bill.extend(Registration.shape);

/** A stand of a panel's meter, read by hand: one a day. */
export const MeterReading = z.object({
  panelId: PanelId,
  /** City date. */
  day: CityDay,
  /** What the meter shows; of a new meter, what it began with. */
  kwhTotal: Kwh,
  /** A new meter hangs there since this day: its stand does not go on from the one before. */
  replaced: z.boolean().default(false),
  /** Last stand of the meter that was taken off; absent: nobody read it. */
  closingKwh: Kwh.optional(),
});
export type MeterReading = z.infer<typeof MeterReading>;

/** Names a reading: `APP-001@2026-11-01`. */
export const ReadingId = z
  .string()
  .regex(new RegExp(`^${REGISTER_ID}@\\d{4}-\\d\\d-\\d\\d$`), 'reading: APP-001@2026-11-01');
export const RegisteredReading = MeterReading.extend(Registration.shape);

const whose = { readers: streetReaders, agencies: streetAgencies };

export const billRoutes = registerRoutes({
  ...{ name: 'street.bills', one: 'a bill of PLN', searches: 'IDPEL and month', key: 'billId', ...whose },
  params: z.object({ billId: BillId }),
  query: PageQuery.extend({ idpel: Idpel.optional(), month: YearMonth.optional() }),
  thing: Bill,
  change: Bill.omit({ idpel: true, month: true }).extend({ version: Version }),
  registered: RegisteredBill,
});

export const readingRoutes = registerRoutes({
  ...{ name: 'street.readings', one: 'a stand of a meter', searches: 'panel and day', key: 'readingId', ...whose },
  params: z.object({ readingId: ReadingId }),
  query: PageQuery.extend({ panelId: PanelId.optional() }),
  thing: MeterReading,
  change: MeterReading.omit({ panelId: true, day: true }).extend({ version: Version }),
  registered: RegisteredReading,
});

/**
 * Energy of a month. What meters said and what was reckoned from watts and the sun stand apart: nobody may add them up
 * without saying so.
 */
export const Energy = z.object({
  /** By meters: their stands, else the bill of a metered connection. */
  measuredKwh: z.number().min(0),
  /** Reckoned for lamps behind no meter: watt × hours of darkness. */
  estimatedKwh: z.number().min(0),
  /** Reckoned for all lamps fed by PLN, to compare with. */
  expectedKwh: z.number().min(0),
  /** By PLN's bills. */
  billedKwh: z.number().min(0),
  billedRupiah: z.number().min(0),
  /** Lamps behind a meter, behind none, and fed by the sun. */
  lamps: z.object({
    measured: z.number().int().min(0),
    estimated: z.number().int().min(0),
    solar: z.number().int().min(0),
  }),
});
export type Energy = z.infer<typeof Energy>;

export const KelurahanEnergy = Energy.extend({
  /** Absent: outside the city, or a bill of a connection without lamps. */
  kelurahanCode: KelurahanCode.optional(),
  kelurahan: z.string().optional(),
});
export type KelurahanEnergy = z.infer<typeof KelurahanEnergy>;

export const StreetMonth = z.object({
  month: YearMonth,
  /** Hours between sunset and sunrise in the month. */
  darkHours: z.number().min(0),
  /** Bills there are for the month; none: nothing was imported yet. */
  bills: z.number().int().min(0),
  total: Energy,
  /** Its kWh and rupiah go by what each kelurahan's lamps are expected to use. */
  kelurahan: z.array(KelurahanEnergy),
});
export type StreetMonth = z.infer<typeof StreetMonth>;

/** What does not add up in a month. */
export const EnergyFindingKind = z.enum([
  /** Billed, but no panel of ours has the IDPEL. */
  'ghost',
  /** Lamps burn on it, but there is no bill: an illegal connection, or a bill that is missing. */
  'unbilled',
  /** The meter does not move while lamps burn, or says the same month after month. */
  'stuck-meter',
  /** Billed by estimate, more than 15 % above what the lamps can use. */
  'estimate-too-high',
  /** The meter says more than 25 % above what the lamps can use: somebody else draws from it. */
  'illegal-tap',
  /** Billed, though the sun feeds it. */
  'solar-billed',
  /** Billed, but no lamp is registered on it. */
  'no-lamps',
  /** A stand below the one before: read wrongly, or a meter was replaced and nobody said so. */
  'meter-backwards',
  /** A meter was replaced and its last stand was not read: what it counted is missing. */
  'meter-replaced',
  /**
   * Its lamps were dark for 5 % of their hours or more, and the bill is 2 % above what the others could burn; 25 % where a
   * meter counts. `measured`: lamps say so themselves; `estimated`: it follows from their panel.
   */
  'paid-but-dark',
]);
export type EnergyFindingKind = z.infer<typeof EnergyFindingKind>;

export const EnergyFinding = z.object({
  kind: EnergyFindingKind,
  /** Whether the number it rests on comes from a meter (or the lamp itself) or from an estimate. */
  basis: z.enum(['measured', 'estimated']),
  idpel: Idpel.optional(),
  panelIds: z.array(PanelId),
  /** Registered lamps on it. */
  lamps: z.number().int().min(0),
  /** The kWh of the month it is about, for the order of the list. */
  atStakeKwh: z.number().min(0),
  numbers: z.object({
    billedKwh: z.number().optional(),
    billedRupiah: z.number().optional(),
    /** Of the month before. */
    previousKwh: z.number().optional(),
    measuredKwh: z.number().optional(),
    /** Over the same days as what it is compared with. */
    expectedKwh: z.number().optional(),
    /** What its lamps did not use because they were dark at night, and for how many hours, all lamps together. */
    darkKwh: z.number().optional(),
    darkLampHours: z.number().optional(),
    /** Days and stands of the meter. */
    fromDay: CityDay.optional(),
    toDay: CityDay.optional(),
    fromKwh: z.number().optional(),
    toKwh: z.number().optional(),
  }),
});
export type EnergyFinding = z.infer<typeof EnergyFinding>;

const ByMonth = z.object({ month: YearMonth });

export const GetStreetMonth = defineRoute({
  name: 'street.months.get',
  summary:
    'Energy of a month by kelurahan, measured and estimated apart. With `Accept: text/csv` a spreadsheet in Bahasa.',
  method: 'GET',
  path: '/api/street/months/:month',
  params: ByMonth,
  answer: StreetMonth,
  permission: streetReaders,
  agencies: streetAgencies,
});

export const ListEnergyFindings = defineRoute({
  name: 'street.months.findings',
  summary:
    'What does not add up between lamps, meters and PLN’s bills of a month, most kWh first. With `Accept: text/csv` a spreadsheet in Bahasa.',
  method: 'GET',
  path: '/api/street/months/:month/findings',
  params: ByMonth,
  answer: z.object({
    month: YearMonth,
    items: z.array(EnergyFinding),
    /** What nobody can tell yet, and for want of what. */
    notJudged: z.array(
      z.object({
        kind: EnergyFindingKind,
        lacking: z.enum(['bills', 'bills-of-month-before', 'telemetry', 'telemetry-of-some']),
      }),
    ),
  }),
  permission: streetReaders,
  agencies: streetAgencies,
});
