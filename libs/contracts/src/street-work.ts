import { z } from 'zod';
import { AlarmActor, AlarmId } from './alarm.ts';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineRoute } from './define-route.ts';
import { defineStream } from './define-stream.ts';
import { CityDay, EpochMs, label, pageOf, PageQuery, Place } from './shapes.ts';
import { LampId, PanelId, streetAgencies, streetReaders } from './street-assets.ts';
import { lines, ReportId, StreetTrouble, streetDesk, WorkOrderId } from './street-reports.ts';

const Count = z.number().int().min(0);
const hands = { permission: streetDesk, agencies: streetAgencies };

/** Rancangan → dijadwalkan → dikerjakan → selesai, or dibatalkan. */
export const WorkOrderStatus = z.enum(['draft', 'scheduled', 'under-way', 'done', 'cancelled']);
export type WorkOrderStatus = z.infer<typeof WorkOrderStatus>;

export const workOrders = defineStream({ name: 'street.work-orders', delivery: 'latest', keepForDays: 3650 });

/** A work order as it is now; its crew and its stops are asked for. */
export const WorkOrderChanged = defineEvent({
  name: 'street.work-order.changed',
  summary: 'A work order of street light as it is now; its crew and its stops are asked for.',
  stream: workOrders,
  data: z.object({
    workOrderId: WorkOrderId,
    status: WorkOrderStatus,
    /** City date. */
    plannedOn: CityDay.optional(),
    stops: z.number().int().min(1),
    reportIds: z.array(ReportId),
    changedAtMs: EpochMs,
    version: z.number().int().min(1),
  }),
  key: (order) => order.workOrderId,
  version: (order) => order.version,
  audience: streetAgencies,
});
export type WorkOrderChanged = DataOf<typeof WorkOrderChanged>;

/** One place where the crew has something to do, in the order of the way. */
export const WorkStop = z.object({
  place: Place.optional(),
  lampId: LampId.optional(),
  panelId: PanelId.optional(),
  poleNumber: label(40).optional(),
  road: label(80).optional(),
  watt: z.number().int().optional(),
  /** What people reported there. */
  troubles: z.array(StreetTrouble),
  reportIds: z.array(ReportId),
  alarmIds: z.array(AlarmId),
});
export type WorkStop = z.infer<typeof WorkStop>;

/** What was used: `lampu LED 90 W`, 2, `buah`. */
export const Material = z.object({ item: label(80), count: z.number().min(0.01).max(100_000), unit: label(20) });
export type Material = z.infer<typeof Material>;

export const WorkPhoto = z.object({
  /** SHA-256 of the picture, lower-case hex. */
  hash: z.string().regex(/^[0-9a-f]{64}$/, 'hash: 64 hexadecimal digits'),
  contentType: z.enum(['image/jpeg', 'image/png', 'image/webp']),
  bytes: Count,
  atMs: EpochMs,
});
export type WorkPhoto = z.infer<typeof WorkPhoto>;

/** Everything of a work order. */
export const WorkOrder = WorkOrderChanged.data.omit({ stops: true }).extend({
  stops: z.array(WorkStop).min(1).max(60),
  /** Straight lines from stop to stop, metres: no streets are known. */
  straightLineM: Count,
  /** As a team is called; its people are not listed. */
  crew: label(60).optional(),
  note: lines(500).optional(),
  photos: z.array(WorkPhoto).max(10),
  materials: z.array(Material).max(30),
  remark: lines(500).optional(),
  /** Why it is done without a picture. */
  noPhotoReason: label(200).optional(),
  /** Reports that were not settled: they wait again. */
  notSettled: z.array(ReportId),
  cancelReason: label(300).optional(),
  /** What happened to it, oldest first. */
  steps: z.array(z.object({ status: WorkOrderStatus, by: AlarmActor, atMs: EpochMs })).max(100),
});
export type WorkOrder = z.infer<typeof WorkOrder>;

const ByOrder = z.object({ workOrderId: WorkOrderId });
const upTo =
  (most: number) =>
  <Item extends z.ZodType>(item: Item) =>
    z.array(item).max(most).default([]);

export const MakeWorkOrder = defineRoute({
  name: 'street.work-orders.make',
  summary:
    'A draft of the ways to lamps, panels, reports and alarms, at most 60 stops. 409 when another order holds one of the reports.',
  method: 'POST',
  path: '/api/street/work-orders',
  body: z
    .object({
      reportIds: upTo(60)(ReportId),
      alarmIds: upTo(60)(AlarmId),
      lampIds: upTo(60)(LampId),
      panelIds: upTo(60)(PanelId),
      note: lines(500).optional(),
    })
    .refine(
      ({ reportIds, alarmIds, lampIds, panelIds }) =>
        [reportIds, alarmIds, lampIds, panelIds].some((some) => some.length > 0),
      {
        message: 'pilih laporan, alarm, lampu, atau panel · choose reports, alarms, lamps or panels',
        path: ['reportIds'],
      },
    ),
  answer: WorkOrder,
  ...hands,
});

export const ListWorkOrders = defineRoute({
  name: 'street.work-orders.list',
  summary:
    'Work orders, last changed first; `open=true` those that are neither done nor cancelled. `q` searches number and crew.',
  method: 'GET',
  path: '/api/street/work-orders',
  query: PageQuery.extend({ open: z.stringbool().optional(), status: WorkOrderStatus.optional() }),
  answer: pageOf(WorkOrder),
  permission: streetReaders,
  agencies: streetAgencies,
});

export const GetWorkOrder = defineRoute({
  name: 'street.work-orders.get',
  summary: 'One work order.',
  method: 'GET',
  path: '/api/street/work-orders/:workOrderId',
  params: ByOrder,
  answer: WorkOrder,
  permission: streetReaders,
  agencies: streetAgencies,
});

const step = { method: 'POST', params: ByOrder, answer: WorkOrder, status: 200, ...hands } as const;

export const PlanWorkOrder = defineRoute({
  name: 'street.work-orders.plan',
  summary: 'Gives a draft its crew and day, or changes them before work begins.',
  path: '/api/street/work-orders/:workOrderId/plan',
  body: z.object({ crew: label(60), plannedOn: CityDay }),
  ...step,
});

export const BeginWorkOrder = defineRoute({
  name: 'street.work-orders.begin',
  summary: 'The crew is on its way. 409 unless it is scheduled.',
  path: '/api/street/work-orders/:workOrderId/begin',
  ...step,
});

export const FinishWorkOrder = defineRoute({
  name: 'street.work-orders.finish',
  summary:
    'Done, with a photo or the reason for none, and what was used; its reports are settled but those named. 409 unless it is under way.',
  path: '/api/street/work-orders/:workOrderId/finish',
  body: z.object({
    materials: upTo(30)(Material),
    remark: lines(500).optional(),
    noPhotoReason: label(200).optional(),
    notSettled: upTo(60)(ReportId),
  }),
  ...step,
});

export const CancelWorkOrder = defineRoute({
  name: 'street.work-orders.cancel',
  summary: 'Called off; its reports wait again. 409 when it is over.',
  path: '/api/street/work-orders/:workOrderId/cancel',
  body: z.object({ reason: label(300) }),
  ...step,
});

/** Two megabytes, in base64. */
const PHOTO_CHARACTERS = 2_796_204;

export const AddWorkPhoto = defineRoute({
  name: 'street.work-orders.add-photo',
  summary: 'A picture of the work, jpeg, png or webp, at most 2 MB; ten of an order. 409 unless it is under way.',
  path: '/api/street/work-orders/:workOrderId/photos',
  body: z.object({ contentBase64: z.base64().min(1).max(PHOTO_CHARACTERS) }),
  ...step,
});

export const GetWorkPhoto = defineRoute({
  name: 'street.work-orders.get-photo',
  summary: 'A picture of the work.',
  method: 'GET',
  path: '/api/street/work-orders/:workOrderId/photos/:hash',
  params: ByOrder.extend({ hash: WorkPhoto.shape.hash }),
  // the picture itself, not JSON
  answer: z.unknown(),
  permission: streetReaders,
  agencies: streetAgencies,
});

export const PrintWorkOrder = defineRoute({
  name: 'street.work-orders.print',
  summary: 'A page to print for the crew, A4: its stops in the order of the way.',
  method: 'GET',
  path: '/api/street/work-orders/:workOrderId/sheet',
  params: ByOrder,
  // the page itself, not JSON
  answer: z.unknown(),
  permission: streetReaders,
  agencies: streetAgencies,
});

/** How long repairs took, of reports that were settled in this time. */
export const StreetRepairs = z.object({
  /** City dates: from the first, before the second. */
  from: CityDay,
  to: CityDay,
  /** What the figures are made of: reports of people, from the first one to the work done. Lamps nobody reported are not in them. */
  basis: z.literal('reported'),
  repaired: Count,
  /** Hours from the first report until the work was done; absent: nothing was repaired. */
  meanHours: z.number().min(0).optional(),
  medianHours: z.number().min(0).optional(),
  /** Done by the end of the second working day. */
  withinStandard: Count,
  /** Still waiting now, and of them those past the second working day. */
  waiting: Count,
  overdue: Count,
  /** Lamps with more than one trouble reported in this time, most first. */
  repeats: z.array(z.object({ lampId: LampId, times: z.number().int().min(2), lastAtMs: EpochMs })).max(500),
});
export type StreetRepairs = z.infer<typeof StreetRepairs>;

export const GetStreetRepairs = defineRoute({
  name: 'street.repairs.get',
  summary:
    'Mean time to repair and lamps that fail again and again, by reports of people. With `Accept: text/csv` a spreadsheet in Bahasa of those lamps.',
  method: 'GET',
  path: '/api/street/repairs',
  query: z
    .object({ from: CityDay, to: CityDay })
    .refine(({ from, to }) => from < to && Date.parse(to) - Date.parse(from) <= 400 * 86_400_000, {
      message: 'from lebih awal dari to, paling lama 400 hari · from before to, at most 400 days',
      path: ['to'],
    }),
  answer: StreetRepairs,
  permission: streetReaders,
  agencies: streetAgencies,
});
