import {
  AlarmKind,
  ControllerId,
  EpochMs,
  Fault,
  LampMeasures,
  PanelMeasures,
  StreetThing,
  type StreetRefusalReason,
  type StreetTelemetry,
  type TalqEvent,
} from '@siaga/contracts';
import { deviceTimeMs, withoutKeys } from '@siaga/identity';
import { z } from 'zod';

/** Why a report was not taken; `detail` is for the operator's screen, in Bahasa. */
export interface Refusal {
  reason: StreetRefusalReason;
  detail: string;
}

/** One report out of a message, before anybody asked whose device it is; `raw` is that part of the message as it came. */
export type Saying = { deviceId: string; raw: string } & ({ said: Said } | { refused: Refusal });

/** What a device said, its measures not yet believed: what they may be depends on what it speaks for. */
export interface Said {
  /** Absent: of the thing it speaks for. */
  of?: string;
  /** Absent: just now. */
  atMs?: number;
  /** What makes two reports of one time two; a repeat has the same. */
  mark: string;
  events: readonly (Omit<TalqEvent, 'atMs'> & { atMs?: number })[];
  measures: Readonly<Record<string, unknown>>;
}

/** What is kept of a raw message. */
export const RAW_LIMIT = 2000;

const Time = z.union([z.string(), z.number()]).transform((said, check) => {
  const atMs = EpochMs.safeParse(deviceTimeMs(said));
  if (atMs.success) return atMs.data;
  check.addIssue('waktu tidak terbaca');
  return z.NEVER;
});

const Envelope = z.looseObject({
  lampId: z.string().optional(),
  panelId: z.string().optional(),
  time: Time.optional(),
  events: z
    .array(z.strictObject({ eventType: AlarmKind, startEndFlag: z.enum(['start', 'end']), time: Time.optional() }))
    .max(20)
    .default([]),
});

/** What our own JSON says beside the device: thing, time, events, and measures by their names. */
export function readSaid(item: Readonly<Record<string, unknown>>, mark: string): Said | Refusal {
  const read = Envelope.safeParse(item);
  if (!read.success) return malformed(read.error);
  const { lampId, panelId, time: atMs, events, ...measures } = read.data;
  if (lampId !== undefined && panelId !== undefined)
    return { reason: 'malformed', detail: 'lampId dan panelId tidak boleh bersama: satu laporan tentang satu benda' };
  const named = lampId === undefined ? (panelId === undefined ? undefined : `panel:${panelId}`) : `lamp:${lampId}`;
  const of = named === undefined ? undefined : StreetThing.safeParse(named);
  if (of?.success === false) return { reason: 'malformed', detail: `${named ?? ''}: ID tidak sah`.slice(0, 300) };
  return {
    ...(of && { of: of.data }),
    ...(atMs !== undefined && { atMs }),
    mark,
    events: events.map(({ time, ...event }) => ({ ...event, ...(time !== undefined && { atMs: time }) })),
    measures,
  };
}

/** A saying of a device, or throws `invalid` when nobody can tell whose it is. */
export function sayingOf(deviceId: unknown, raw: string, read: (raw: string) => Said | Refusal): Saying {
  const id = ControllerId.safeParse(deviceId);
  if (!id.success || withoutKeys(id.data) !== id.data)
    throw new Fault('invalid', 'deviceId tidak ada atau tidak sah · deviceId is missing or not valid');
  const kept = withoutKeys(raw).slice(0, RAW_LIMIT);
  const said = read(kept);
  return { deviceId: id.data, raw: kept, ...('reason' in said ? { refused: said } : { said }) };
}

const shapes = { lamp: z.strictObject(LampMeasures.shape), panel: z.strictObject(PanelMeasures.shape) };

/** The measures of a lamp or panel, or why they cannot be. */
export function measuresOf(
  thing: string,
  measures: Readonly<Record<string, unknown>>,
): Pick<StreetTelemetry, 'lamp' | 'panel'> | Refusal {
  if (Object.keys(measures).length === 0) return {};
  const kind = thing.startsWith('lamp:') ? 'lamp' : 'panel';
  const read = shapes[kind].safeParse(measures);
  if (!read.success) return malformed(read.error, Object.keys(shapes[kind].shape));
  return { [kind]: read.data };
}

/** What is wrong with the first thing that is, in words that say what to send. */
function malformed({ issues }: z.ZodError, names: readonly string[] = []): Refusal {
  const [issue] = issues;
  const detail = issue === undefined ? 'bentuk laporan tidak sah' : wordsOf(issue, names);
  return { reason: 'malformed', detail: detail.replace(/\p{C}/gu, '\uFFFD').slice(0, 300) };
}

function wordsOf(issue: z.core.$ZodIssue, names: readonly string[]): string {
  const at = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const meant = names.find((name) => name.toLowerCase().startsWith(key.toLowerCase().slice(0, 40)));
    return `"${key.slice(0, 40)}" tidak dikenal${meant === undefined ? '' : `; kirim ${meant}`}`;
  }
  if (issue.code === 'too_big') return `${at} melebihi ${String(issue.maximum)}: periksa satuannya`;
  if (issue.code === 'too_small') return `${at} kurang dari ${String(issue.minimum)}: periksa satuannya`;
  return `${at}: ${issue.message}`;
}
