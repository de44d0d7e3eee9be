import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BurstRecorded, Fault, type Asker, type InputOf, type ListRecordings } from '@siaga/contracts';
import { asExercise, createLogger, currentContext } from '@siaga/service';
import { Blobs, emission, setOrUnset, Store, Timers, trusted, type Due, type Page } from '@siaga/store';
import { bursts, parts, recordingOf, type Beginning, type BurstDocument, type StoredBurst } from './burst-document.ts';
import { RECORDINGS_KEPT_MS } from '../retention-rules.ts';
import { soundOf } from './sound.ts';

const log = createLogger('bursts');

/** So often a burst that is open is looked at: one that nobody writes was left by a process that ended. */
const LEFT_AFTER_MS = 10_000;

/** Bursts of the context's city: parts while somebody speaks, one file afterwards. */
@Injectable()
export class BurstsStore implements OnModuleInit {
  /** Recordings this process still writes: their time is not up. */
  readonly #writing = new Set<string>();

  constructor(
    private readonly store: Store,
    private readonly blobs: Blobs,
    private readonly timers: Timers,
  ) {}

  onModuleInit(): void {
    this.timers.onDue(bursts, (burst) => this.#due(burst));
  }

  /** A burst has begun; a repeat is the same. */
  async open(beginning: Beginning): Promise<void> {
    const { recordingId, groupId, agencies, principalId, exercise, isEmergency, startedAtMs, place } = beginning;
    this.#writing.add(recordingId);
    await this.store.createIfFree(bursts, {
      ...{ _id: recordingId, groupId, agencies: [...agencies], principalId, exercise, isEmergency, startedAtMs },
      ...(place && { place }),
      ...{ status: 'open', wakeAtMs: Date.now() + LEFT_AFTER_MS },
    });
  }

  /** Its next second; a repeat is the same. */
  async append(recordingId: string, at: number, packets: readonly Uint8Array[]): Promise<void> {
    const text = packets.map((packet) => Buffer.from(packet).toString('base64'));
    await this.store.createIfFree(parts, { _id: `${recordingId}/${String(at)}`, recordingId, at, packets: text });
  }

  /** It has ended, and is kept as one file when this resolves; `undefined`: nobody said anything. */
  async keep(recordingId: string): Promise<StoredBurst | undefined> {
    const burst = await this.store.get(bursts, recordingId);
    const due = await this.#due(burst, 'whole');
    const where = { _id: recordingId, status: 'open' as const };
    const kept = await asExercise(burst.exercise, () => this.store.change(bursts, { where, change: {}, ...due }));
    this.#writing.delete(recordingId);
    const now = kept ?? (await this.store.get(bursts, recordingId));
    return now.status === 'kept' ? now : undefined;
  }

  /** Nobody writes it any more, whatever became of it: the timer sees to what there is. */
  givenUp(recordingId: string): void {
    this.#writing.delete(recordingId);
  }

  /** Throws `not-found` for one that was never kept. */
  async get(recordingId: string): Promise<StoredBurst> {
    const burst = await this.store.get(bursts, recordingId);
    if (burst.status !== 'kept') throw new Fault('not-found', `rekaman ${recordingId} belum tersimpan · not kept yet`);
    return burst;
  }

  /** Last first; an exercise hears what is simulated, and nothing else. */
  page(query: InputOf<typeof ListRecordings>['query'], asker: Asker): Promise<Page<BurstDocument>> {
    const { groupId, principalId, fromMs = 0, toMs = Number.MAX_SAFE_INTEGER, limit, after } = query;
    const where = {
      ...{ status: 'kept', exercise: currentContext().exercise },
      startedAtMs: trusted({ $gte: fromMs, $lt: toMs }),
      ...(groupId === undefined ? {} : { groupId }),
      // by who was meant when it was said, also after the group is gone
      ...(asker.roles.includes('city-admin') ? {} : { agencies: trusted({ $in: [...asker.agencies] }) }),
      ...(principalId === undefined ? {} : { principalId }),
    } as never;
    return this.store.page(bursts, { where, sort: 'startedAtMs', descending: true, limit, after });
  }

  /** Its parts leave as soon as they are one file, and after its time the file, too. */
  async #over({ _id, hash, startedAtMs }: StoredBurst): Promise<Due<BurstDocument>> {
    await this.store.of(parts).deleteMany({ recordingId: _id });
    const wakeAtMs = startedAtMs + RECORDINGS_KEPT_MS;
    if (hash !== undefined && wakeAtMs > Date.now()) return { change: { $set: { wakeAtMs } } };
    if (hash !== undefined) await this.blobs.remove(hash);
    await this.store.remove(bursts, { _id });
    return {};
  }

  /** One file of its parts; afterwards, awake once more, the parts leave. */
  async #due(burst: StoredBurst, ending: 'whole' | 'cut-off' = 'cut-off'): Promise<Due<BurstDocument>> {
    const { _id: recordingId } = burst;
    if (burst.status !== 'open') return this.#over(burst);
    const isCutOff = ending === 'cut-off';
    if (isCutOff && this.#writing.has(recordingId))
      return { change: { $set: { wakeAtMs: Date.now() + LEFT_AFTER_MS } } };
    const said = await this.store.of(parts).find({ recordingId }).sort({ at: 1 }).lean();
    const sound = soundOf(
      recordingId,
      said.flatMap(({ packets }) => packets.map((packet) => Buffer.from(packet, 'base64'))),
    );
    const wakeAtMs = Date.now();
    if (sound === undefined) return { change: setOrUnset({ status: 'empty' as const, wakeAtMs }) };
    const { contentType, durationMs, holes, content } = sound;
    const { hash, bytes } = await this.blobs.put(content, contentType);
    const kept = {
      ...{ status: 'kept' as const, contentType, durationMs, holes, hash, bytes },
      isCutOff: isCutOff ? (true as const) : undefined,
    };
    if (isCutOff) log.warn({ recordingId }, 'a burst was left by a process that ended: kept without its last second');
    const events = [emission(BurstRecorded, recordingOf({ ...burst, ...kept }))];
    return { change: setOrUnset({ ...kept, wakeAtMs }), events };
  }
}
