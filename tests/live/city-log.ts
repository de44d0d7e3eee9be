import type { LogRecord, NewRecord } from '@siaga/bus';
import { Agency, defineEvent, defineStream, Latitude, Longitude, type AnyEvent, type Stream } from '@siaga/contracts';
import { z } from 'zod';

export const Moved = defineEvent({
  name: 'test.truck.moved',
  summary: 'For this test.',
  stream: defineStream({ name: 'test.positions', delivery: 'latest', partitions: 2, keepForDays: 1 }),
  data: z.object({ truckId: z.string(), atMs: z.number(), lat: Latitude, lng: Longitude }),
  key: (truck) => truck.truckId,
  version: (truck) => truck.atMs,
  where: (truck) => truck,
  audience: ['dlh', 'command'],
});
export const Incident = defineEvent({
  name: 'test.incident.changed',
  summary: 'For this test.',
  stream: defineStream({ name: 'test.incidents', delivery: 'latest', keepForDays: 1 }),
  data: z.object({
    incidentId: z.string(),
    note: z.number(),
    agencies: z.array(Agency),
    caller: z.string().meta({ class: 'personal' }).optional(),
  }),
  key: (incident) => incident.incidentId,
  audience: (incident) => incident.agencies,
});
export const Alarm = defineEvent({
  name: 'test.alarm.raised',
  summary: 'For this test.',
  stream: defineStream({ name: 'test.alarms', delivery: 'every', partitions: 2, keepForDays: 1 }),
  data: z.object({
    alarmId: z.string(),
    at: z.string(),
    agencies: z.array(Agency),
    patient: z.object({ condition: z.string().meta({ class: 'health' }) }).optional(),
  }),
  key: (alarm) => alarm.at,
  id: (alarm) => alarm.alarmId,
  audience: (alarm) => alarm.agencies,
  urgent: true,
});
export const contracts: readonly AnyEvent[] = [Moved, Incident, Alarm];
export const streams = contracts.map((event) => event.stream);
export const contractOf = (name: string) => contracts.find((event) => event.name === name);

export interface Content {
  atMs: number;
  lat: number;
  lng: number;
  alarmId: string;
  agencies: Agency[];
  caller?: string;
  patient?: { condition: string };
}
export const contentOf = ({ value }: NewRecord) => (value === null ? null : (JSON.parse(value.toString()) as Content));

/** A log of one city in memory: records by stream and partition, offsets with gaps. */
export class CityLog {
  readonly logId: string;
  readonly partitions = new Map<Stream, LogRecord[][]>();
  readonly written: { event: AnyEvent; record: NewRecord }[] = [];
  clockMs = 1_800_000_000_000;

  constructor(logId: string) {
    this.logId = logId;
    for (const stream of streams)
      this.partitions.set(
        stream,
        Array.from({ length: stream.partitions }, () => []),
      );
  }

  lanes(stream: Stream): LogRecord[][] {
    return this.partitions.get(stream) ?? [];
  }

  append(event: AnyEvent, record: NewRecord, gap: number): void {
    const partition = Buffer.from(record.key).reduce((sum, byte) => sum + byte, 0) % event.stream.partitions;
    const lane = this.lanes(event.stream)[partition] ?? [];
    lane.push({ ...record, partition, offset: (lane.at(-1)?.offset ?? -1) + 1 + gap, timeMs: this.clockMs });
    this.written.push({ event, record });
  }

  ends(stream: Stream) {
    return this.lanes(stream).map((lane) => {
      const next = (lane.at(-1)?.offset ?? -1) + 1;
      return { first: lane[0]?.offset ?? next, next };
    });
  }

  /** What a reader that starts now is given of a partition: of `latest` streams only the last record of each key. */
  compacted(stream: Stream, partition: number): LogRecord[] {
    const lane = this.lanes(stream)[partition] ?? [];
    if (stream.delivery === 'every') return lane;
    return lane.filter((record, index) => !lane.slice(index + 1).some((later) => later.key === record.key));
  }
}
