import { randomUUID } from 'node:crypto';
import { Fault, type StorageReport } from '@siaga/contracts';
import type { Database, RootDatabase } from 'lmdb';
import type { DiskGate } from '../disk.ts';
import type { TopicEnds, TopicSettings } from './event-log.ts';
import { GroupCommit } from './group-commit.ts';
import { partitionOf } from './partition.ts';
import { refuseOversized, storedHead, storedRecord, type WireRecord } from './stored-record.ts';

/** A record as read: its offset and its stored bytes. */
export type StoredEntry = [offset: number, stored: Buffer];

interface Partition {
  /** Offset of the next append; runs ahead of `durable` while a transaction is under way. */
  next: number;
  /** Readers see records below it. */
  durable: number;
  lastTimeMs: number;
}

interface Topic {
  id: number;
  settings: TopicSettings;
  partitions: Partition[];
}

type RecordKey = [topicId: number, partition: number, offset: number];

const TOMBSTONES_KEPT_MS = 24 * 3600_000;
const DAY_MS = 24 * 3600_000;
/** Records that wait for the disk, of all writers together: what a slow disk does not take must not fill the memory. */
const MOST_WAITING_BYTES = 64 * 1024 * 1024;
const SWEPT_AT_ONCE = 1000; // a sweep must not hold up appends for long

/** The last backup that lies outside the data folder. */
export type LastBackup = NonNullable<StorageReport['lastBackup']>;

export interface LogStoreOptions {
  disk: DiskGate;
  now?: () => number;
}

/** The event log in LMDB: named databases `log/*` of an environment that this process alone has open. */
export class LogStore {
  readonly logId: string;
  readonly #sinceMs: number;
  readonly #state: Database;
  readonly #records: Database<Buffer, RecordKey>;
  /** Newest offset of each key of `latest` topics. */
  readonly #newest: Database<number, Buffer>;
  /** When tombstones may go, by time. */
  readonly #tombstones: Database<boolean, [atMs: number, ...RecordKey]>;
  readonly #topics = new Map<string, Topic>();
  /** Topics written in the transaction under way. */
  readonly #written = new Set<Topic>();
  readonly #commits: GroupCommit;
  readonly #disk: DiskGate;
  readonly #now: () => number;
  #waitingBytes = 0;
  #onAppended: (topic: string) => void = () => undefined;

  constructor(env: RootDatabase, { disk, now = Date.now }: LogStoreOptions) {
    this.#disk = disk;
    this.#now = now;
    this.#state = env.openDB('log/state', { encoding: 'msgpack' });
    this.#records = env.openDB('log/records', { encoding: 'binary' });
    this.#newest = env.openDB('log/newest', { encoding: 'msgpack', keyEncoding: 'binary' });
    this.#tombstones = env.openDB('log/tombstones', { encoding: 'msgpack' });
    this.#commits = new GroupCommit(env, disk, (durable) => {
      if (durable) this.#show();
      else this.#load();
    });
    this.logId = this.#kept('logId', randomUUID);
    this.#sinceMs = this.#kept('sinceMs', now);
    this.#load();
  }

  /** Since when this log is kept, and its last backup. */
  get history(): Pick<StorageReport, 'sinceMs' | 'lastBackup'> {
    const lastBackup = this.#state.get('lastBackup') as LastBackup | undefined;
    return { sinceMs: this.#sinceMs, ...(lastBackup === undefined ? {} : { lastBackup }) };
  }

  async recordBackup(backup: LastBackup): Promise<void> {
    await this.#commits.add(() => {
      this.#state.putSync('lastBackup', backup);
    });
  }

  /** Told of each topic after records of it became durable. */
  onAppended(listener: (topic: string) => void): void {
    this.#onAppended = listener;
  }

  async ensure(topics: readonly TopicSettings[]): Promise<void> {
    const changed = topics.filter((settings) => !this.#agrees(settings));
    if (changed.length === 0) return;
    await this.#commits.add(() => {
      for (const settings of changed) this.#create(settings);
    });
  }

  /** Durable when it resolves. `Fault('unavailable')` when the disk is full, or too slow for what is written. */
  async append(topicName: string, records: readonly WireRecord[]): Promise<void> {
    const { delivery } = this.#topic(topicName).settings;
    for (const record of records) refuseOversized(record);
    this.#disk.refuseWhenFull(delivery === 'latest' ? 'replaces' : 'grows');
    const bytes = records.reduce((sum, [, , body]) => sum + body.length, 0);
    if (this.#waitingBytes + bytes > MOST_WAITING_BYTES)
      throw new Fault('unavailable', 'too much waits for the disk of the log');
    this.#waitingBytes += bytes;
    try {
      await this.#commits.add(() => {
        this.#write(this.#topic(topicName), records);
      });
    } finally {
      this.#waitingBytes -= bytes;
    }
  }

  ends(topicName: string): TopicEnds {
    const topic = this.#topic(topicName);
    const partitions = topic.partitions.map(({ durable }, partition) => {
      const [oldest] = this.#read(topic, partition, 0, 1);
      return { partition, first: oldest?.[0] ?? durable, next: durable };
    });
    return { logId: this.logId, partitions };
  }

  /** Offset the next record of a partition will get. */
  end(topicName: string, partition: number): number {
    return this.#topic(topicName).partitions[partition]?.durable ?? 0;
  }

  /** Records from an offset on, in order: at least one when there is one, then as many as fit into `maxBytes`. */
  read(topicName: string, partition: number, from: number, maxBytes: number): StoredEntry[] {
    const entries: StoredEntry[] = [];
    let bytes = 0;
    for (const entry of this.#read(this.#topic(topicName), partition, from, 1000)) {
      entries.push(entry);
      bytes += entry[1].length;
      if (bytes >= maxBytes) break;
    }
    return entries;
  }

  /** The first offset whose record was appended at or after a time; the end when there is none. */
  offsetAt(topicName: string, partition: number, sinceMs: number): number {
    const topic = this.#topic(topicName);
    const end = topic.partitions[partition]?.durable ?? 0;
    let [low, high] = [0, end];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const [entry] = this.#read(topic, partition, middle, 1);
      if (entry === undefined || storedHead(entry[1]).timeMs >= sinceMs) high = middle;
      else low = entry[0] + 1;
    }
    return low;
  }

  /** The offset a group reads next; 0 before its first commit. */
  position(group: string, topicName: string, partition: number): number {
    return (this.#state.get(['group', group, this.#topic(topicName).id, partition]) as number | undefined) ?? 0;
  }

  async commit(group: string, topicName: string, partition: number, next: number): Promise<void> {
    const { id } = this.#topic(topicName);
    await this.#commits.add(() => {
      this.#state.putSync(['group', group, id, partition], next);
    });
  }

  /** Takes records out for good and answers how many were there. */
  async remove(topicName: string, partition: number, offsets: readonly number[]): Promise<number> {
    const topic = this.#topic(topicName);
    let removed = 0;
    await this.#commits.add(() => {
      for (const offset of offsets) if (this.#drop([topic.id, partition, offset])) removed++;
    });
    return removed;
  }

  /** Lets go of what was kept long enough: old records of every topic, tombstones after a day. */
  async sweep(): Promise<void> {
    const now = this.#now();
    for (;;) {
      const old: RecordKey[] = [...this.#oldTombstones(now), ...this.#oldRecords(now)];
      if (old.length === 0) return;
      await this.#commits.add(() => {
        for (const key of old) this.#drop(key);
        for (const key of [...this.#tombstones.getKeys({ end: [now, 0, 0, 0], limit: SWEPT_AT_ONCE })])
          this.#tombstones.removeSync(key);
      });
    }
  }

  /** Waits for writes under way. */
  async close(): Promise<void> {
    await this.#commits.idle();
  }

  /** What was stored under a name, made at the first start. Nothing is written later: a full disk must not keep us from starting. */
  #kept<Value>(name: string, make: () => Value): Value {
    const stored = this.#state.get(name) as Value | undefined;
    if (stored !== undefined) return stored;
    const made = make();
    this.#state.putSync(name, made);
    return made;
  }

  /** What was just flushed becomes visible to readers. */
  #show(): void {
    const appended = [...this.#written];
    this.#written.clear();
    for (const topic of appended) for (const partition of topic.partitions) partition.durable = partition.next;
    for (const topic of appended) this.#onAppended(topic.settings.topic);
  }

  #load(): void {
    this.#topics.clear();
    this.#written.clear();
    for (const { value } of this.#state.getRange({ start: ['topic'], end: ['topic', '\uffff'] })) {
      const { id, settings } = value as Pick<Topic, 'id' | 'settings'>;
      const partitions = Array.from({ length: settings.partitions }, (_, partition) => {
        const end = this.#state.get(['end', id, partition]) as { next: number; lastTimeMs: number } | undefined;
        return { next: end?.next ?? 0, durable: end?.next ?? 0, lastTimeMs: end?.lastTimeMs ?? 0 };
      });
      this.#topics.set(settings.topic, { id, settings, partitions });
    }
  }

  #topic(name: string): Topic {
    const topic = this.#topics.get(name);
    if (topic === undefined) throw new Fault('not-found', `no topic ${name}`);
    return topic;
  }

  #agrees(settings: TopicSettings): boolean {
    const held = this.#topics.get(settings.topic)?.settings;
    if (held !== undefined && held.delivery !== settings.delivery)
      throw new Fault('conflict', `${settings.topic} keeps ${held.delivery}; a topic's delivery cannot change`);
    return held?.keepForDays === settings.keepForDays;
  }

  #create(settings: TopicSettings): void {
    const held = this.#topics.get(settings.topic);
    const id = held?.id ?? this.#topics.size + 1;
    const kept = { ...settings, partitions: held?.settings.partitions ?? settings.partitions };
    this.#state.putSync(['topic', settings.topic], { id, settings: kept });
    const partitions =
      held?.partitions ?? Array.from({ length: kept.partitions }, () => ({ next: 0, durable: 0, lastTimeMs: 0 }));
    this.#topics.set(settings.topic, { id, settings: kept, partitions });
  }

  #write(topic: Topic, records: readonly WireRecord[]): void {
    const touched = new Set<number>();
    this.#written.add(topic);
    for (const record of records) {
      const number = partitionOf(record[0], topic.partitions.length);
      const partition = topic.partitions[number];
      if (partition === undefined) throw new Error(`partition ${String(number)} of ${topic.settings.topic} is missing`);
      touched.add(number);
      partition.lastTimeMs = Math.max(partition.lastTimeMs, this.#now());
      const key: RecordKey = [topic.id, number, partition.next++];
      if (topic.settings.delivery === 'latest') this.#supersede(key, record, partition.lastTimeMs);
      this.#records.putSync(key, storedRecord(record, partition.lastTimeMs));
    }
    for (const number of touched) {
      const { next, lastTimeMs } = topic.partitions[number] ?? { next: 0, lastTimeMs: 0 };
      this.#state.putSync(['end', topic.id, number], { next, lastTimeMs });
    }
  }

  #supersede([topicId, partition, offset]: RecordKey, [key, tombstone]: WireRecord, timeMs: number): void {
    const newestKey = indexKey(topicId, key);
    const before = this.#newest.get(newestKey);
    if (before !== undefined) this.#records.removeSync([topicId, partition, before]);
    this.#newest.putSync(newestKey, offset);
    if (tombstone) this.#tombstones.putSync([timeMs + TOMBSTONES_KEPT_MS, topicId, partition, offset], true);
  }

  #drop(key: RecordKey): boolean {
    const stored = this.#records.get(key);
    if (stored === undefined) return false;
    const newestKey = indexKey(key[0], storedHead(stored).key);
    if (this.#newest.get(newestKey) === key[2]) this.#newest.removeSync(newestKey);
    return this.#records.removeSync(key);
  }

  *#read(topic: Topic, partition: number, from: number, limit: number): Iterable<StoredEntry> {
    const end = topic.partitions[partition]?.durable ?? 0;
    const range = { start: [topic.id, partition, from], end: [topic.id, partition, end], limit };
    for (const { key, value } of this.#records.getRange(range)) yield [key[2], value];
  }

  *#oldTombstones(now: number): Iterable<RecordKey> {
    for (const [, ...key] of this.#tombstones.getKeys({ end: [now, 0, 0, 0], limit: SWEPT_AT_ONCE })) yield key;
  }

  *#oldRecords(now: number): Iterable<RecordKey> {
    for (const topic of this.#topics.values()) {
      const before = now - topic.settings.keepForDays * DAY_MS;
      for (const partition of topic.partitions.keys())
        for (const [offset, stored] of this.#read(topic, partition, 0, SWEPT_AT_ONCE)) {
          if (storedHead(stored).timeMs >= before) break;
          yield [topic.id, partition, offset];
        }
    }
  }
}

function indexKey(topicId: number, key: string): Buffer {
  const bytes = Buffer.allocUnsafe(4 + Buffer.byteLength(key));
  bytes.writeUInt32BE(topicId, 0);
  bytes.write(key, 4);
  return bytes;
}
