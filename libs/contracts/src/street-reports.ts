import { z } from 'zod';
import { KelurahanCode } from './condition.ts';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineRoute } from './define-route.ts';
import { defineStream } from './define-stream.ts';
import type { Role } from './role.ts';
import { CityCode, CityDay, EpochMs, label, pageOf, PageQuery, Place } from './shapes.ts';
import { LampId, streetAgencies, streetReaders } from './street-assets.ts';

/** Who deals with reports, work orders and PLN: the people of the desk. */
export const streetDesk: readonly Role[] = ['dispatcher', 'supervisor', 'agency-admin'];

/** Lines that people write: no control characters but line breaks, no half characters. */
export const lines = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^(?:[^\p{C}]|[\n\r\t\u200c\u200d])+$/u, 'no control characters but line breaks');

/** `LAP-7K2M9QXA`: short enough to be read out. */
export const ReportId = z.string().regex(/^LAP-[0-9A-Z]{8}$/, 'reportId: LAP- and 8 letters or digits');
/** `SPK-7K2M9QXA` (surat perintah kerja). */
export const WorkOrderId = z.string().regex(/^SPK-[0-9A-Z]{8}$/, 'workOrderId: SPK- and 8 letters or digits');

/** What people see of a street light: padam, berkedip, siang menyala, tiang miring, kabel. */
export const StreetTrouble = z.enum(['dark', 'flickering', 'day-burning', 'leaning-pole', 'cable']);
export type StreetTrouble = z.infer<typeof StreetTrouble>;

/** Who told: the emergency number, the desk, RT or RW, our own patrol, anybody by the code on a pole. */
export const ReportSource = z.enum(['112', 'desk', 'neighbourhood', 'patrol', 'public']);
export type ReportSource = z.infer<typeof ReportSource>;

/** Diterima → dijadwalkan → selesai; or dismissed with an answer. */
export const ReportStatus = z.enum(['accepted', 'scheduled', 'done', 'dismissed']);
export type ReportStatus = z.infer<typeof ReportStatus>;

const Count = z.number().int().min(1);

export const citizenReports = defineStream({ name: 'street.citizen-reports', delivery: 'latest', keepForDays: 400 });

/** One trouble that people reported, however many of them; nothing of who they are or what they wrote. */
export const StreetReportChanged = defineEvent({
  name: 'street.report.changed',
  summary: 'One trouble of street light that people reported, however often; nothing of who they are.',
  stream: citizenReports,
  data: z.object({
    reportId: ReportId,
    lampId: LampId.optional(),
    /** The code on the pole names a lamp that the register does not have. */
    isUnknownLamp: z.literal(true).optional(),
    /** Of the lamp, else as it was told; absent for an unknown lamp. */
    place: Place.optional(),
    kelurahanCode: KelurahanCode.optional(),
    trouble: StreetTrouble,
    status: ReportStatus,
    /** How many told. */
    times: Count,
    sources: z.array(ReportSource).min(1),
    workOrderId: WorkOrderId.optional(),
    /** City date on which somebody comes; of `scheduled`. */
    plannedOn: CityDay.optional(),
    firstAtMs: EpochMs,
    lastAtMs: EpochMs,
    /** End of the second working day after the first report, the standard for light complaints; holidays are not known. */
    dueAtMs: EpochMs,
    closedAtMs: EpochMs.optional(),
    changedAtMs: EpochMs,
    version: Count,
  }),
  key: (report) => report.reportId,
  version: (report) => report.version,
  where: (report) => report.place,
  audience: streetAgencies,
});
export type StreetReportChanged = DataOf<typeof StreetReportChanged>;

/** How to reach who told, should there be a question. */
const Reporter = z.object({
  reporterName: label(80).meta({ class: 'personal' }).optional(),
  reporterPhone: z
    .string()
    .trim()
    .regex(/^\+?[0-9][0-9 -]{5,18}[0-9]$/, 'nomor telepon: angka, spasi, atau - · digits, spaces or -')
    .meta({ class: 'personal' })
    .optional(),
});

/** What was told, in the words of who told. */
const Told = z.object({ text: lines(500).optional() }).extend(Reporter.shape);

/** One report with what each of the people said; what is theirs leaves 90 days after it is closed. */
export const CitizenReport = StreetReportChanged.data.extend({
  /** The answer that people get: of a report that was dismissed. */
  answer: label(300).optional(),
  /** Everything that was taken down, and the last 100 that came by the code on a pole; oldest first. */
  voices: z.array(Told.extend({ source: ReportSource, atMs: EpochMs })),
});
export type CitizenReport = z.infer<typeof CitizenReport>;

const ByReport = z.object({ reportId: ReportId });
const hands = { permission: streetDesk, agencies: streetAgencies };

export const MakeStreetReport = defineRoute({
  name: 'street.reports.make',
  summary:
    'Takes a report down. Joined with an open one of the same trouble at the same lamp, or within 40 m where either names no lamp.',
  method: 'POST',
  path: '/api/street/reports',
  body: Told.extend({
    source: ReportSource.exclude(['public']),
    lampId: LampId.optional(),
    place: Place.optional(),
    trouble: StreetTrouble,
  }).refine(({ lampId, place }) => (lampId === undefined) !== (place === undefined), {
    message: 'lampu atau tempat, salah satu · a lamp or a place, one of them',
    path: ['lampId'],
  }),
  answer: StreetReportChanged.data,
  // 112 is answered by Satpol PP, calls for ambulances by Dinkes: a dark street is told there, too
  permission: ['call-taker', ...streetDesk],
  agencies: [...streetAgencies, 'satpolpp', 'dinkes'],
});

export const ListStreetReports = defineRoute({
  name: 'street.reports.list',
  summary: 'Reports, last changed first; `open=true` those that wait. `q` searches number and lamp.',
  method: 'GET',
  path: '/api/street/reports',
  query: PageQuery.extend({
    open: z.stringbool().optional(),
    status: ReportStatus.optional(),
    trouble: StreetTrouble.optional(),
    lampId: LampId.optional(),
    workOrderId: WorkOrderId.optional(),
  }),
  answer: pageOf(StreetReportChanged.data),
  permission: streetReaders,
  agencies: streetAgencies,
});

export const GetStreetReport = defineRoute({
  name: 'street.reports.get',
  summary: 'One report with what each of the people said; who they are is masked.',
  method: 'GET',
  path: '/api/street/reports/:reportId',
  params: ByReport,
  answer: CitizenReport,
  ...hands,
});

export const DismissStreetReport = defineRoute({
  name: 'street.reports.dismiss',
  summary: 'Closes a report without work; `answer` is read by who reported. 409 while a work order holds it.',
  method: 'POST',
  path: '/api/street/reports/:reportId/dismiss',
  params: ByReport,
  body: z.object({ answer: label(300) }),
  answer: StreetReportChanged.data,
  status: 200,
  ...hands,
});

/** Of the code on the pole; for a city that is not here the pole is an unknown one. */
const city = CityCode;

/** Made by the phone that reports, 128 bits: the link to the answer. A repeat of a report carries the same one. */
const AnswerKey = z.string().regex(/^[0-9a-f]{32}$/, 'key: 32 hexadecimal digits');

export const ReportFromPole = defineRoute({
  name: 'street.public.report',
  summary:
    'Anybody reports the lamp whose code he reads, in the city of the code. Answers alike whether the lamp is known or not; `key` opens the answer later. Rare by address and by pole, rarer for lamps that are not registered: of those 100 may wait, 7 days each.',
  method: 'POST',
  path: '/api/street/public/reports',
  body: Told.extend({ city, lampId: LampId, trouble: StreetTrouble, key: AnswerKey }),
  answer: z.object({}),
  permission: 'anyone',
  secret: true,
});

/** What somebody who reported is told. */
export const ReportAnswer = z.object({
  trouble: StreetTrouble,
  status: ReportStatus,
  /** Of `scheduled`: city date. */
  plannedOn: CityDay.optional(),
  answer: label(300).optional(),
  /** When he told, and when something last happened. */
  toldAtMs: EpochMs,
  changedAtMs: EpochMs,
});
export type ReportAnswer = z.infer<typeof ReportAnswer>;

export const ReadReportAnswer = defineRoute({
  name: 'street.public.answer',
  summary: 'What became of a report, for who has its key.',
  method: 'POST',
  path: '/api/street/public/answers',
  body: z.object({ city, key: AnswerKey }),
  answer: ReportAnswer,
  status: 200,
  permission: 'anyone',
  secret: true,
});
