import { z } from 'zod';
import { AlarmActor } from './alarm.ts';
import { defineRoute } from './define-route.ts';
import { Version } from './register-routes.ts';
import { EpochMs, label, pageOf, PageQuery } from './shapes.ts';
import { streetAgencies, streetReaders } from './street-assets.ts';
import { lines, streetDesk } from './street-reports.ts';
import { ThingKey } from './thing.ts';

export const OutageId = z.string().regex(/^PLN-[0-9A-Z]{8}$/, 'outageId: PLN- and 8 letters or digits');

/** A feeder or panel without current. */
const Concerned = ThingKey.regex(/^(feeder|panel):/, 'feeder:<feederId> or panel:<panelId>');

const said = {
  /** When PLN was called. */
  calledAtMs: EpochMs,
  /** Of PLN. */
  ticket: label(40).optional(),
  /** When PLN expects current again. */
  expectedAtMs: EpochMs.optional(),
  things: z.array(Concerned).min(1).max(50),
  note: lines(500).optional(),
};

/** An outage of PLN's that the desk called about. */
export const Outage = z.object({
  outageId: OutageId,
  ...said,
  /** Who wrote it down. */
  by: AlarmActor,
  /** When the current was back. */
  endedAtMs: EpochMs.optional(),
  changedAtMs: EpochMs,
  version: Version,
});
export type Outage = z.infer<typeof Outage>;

const hands = { permission: streetDesk, agencies: streetAgencies };

export const ReportOutage = defineRoute({
  name: 'street.outages.report',
  summary:
    'Writes down that PLN was called: when, under which ticket, what is without current, and when it is expected back.',
  method: 'POST',
  path: '/api/street/outages',
  body: z.object(said),
  answer: Outage,
  ...hands,
});

export const ChangeOutage = defineRoute({
  name: 'street.outages.change',
  summary:
    'What PLN says by now, as it was read at `version`; with `endedAtMs` the current is back. 409 when somebody changed it meanwhile.',
  method: 'PUT',
  path: '/api/street/outages/:outageId',
  params: z.object({ outageId: OutageId }),
  body: z.object({ ...said, endedAtMs: EpochMs.optional(), version: Version }),
  answer: Outage,
  ...hands,
});

export const ListOutages = defineRoute({
  name: 'street.outages.list',
  summary: 'Outages, last called first; `thing` those of one feeder or panel, `open=true` those without an end.',
  method: 'GET',
  path: '/api/street/outages',
  query: PageQuery.omit({ q: true }).extend({ open: z.stringbool().optional(), thing: Concerned.optional() }),
  answer: pageOf(Outage),
  permission: streetReaders,
  agencies: streetAgencies,
});
