import { Injectable } from '@nestjs/common';
import { Fault, type Agency, type HandOver } from '@siaga/contracts';
import { Store, type Page } from '@siaga/store';
import { handOvers, type HandOverDocument, type StoredHandOver } from './hand-over-document.ts';

/** What is written, by whom, for which shift. */
export interface Writing {
  readonly on: { day: string; shift: HandOver['shift']; index: number };
  readonly agency: Agency;
  readonly text: string;
  readonly by: string;
  readonly atMs: number;
  /** Of the note that the writer saw. */
  readonly version: number | undefined;
}

/** So many former texts of one note are kept. */
const MOST_FORMER = 20;

/** Notes that shifts leave each other. */
@Injectable()
export class HandOversStore {
  constructor(private readonly store: Store) {}

  page(
    agency: Agency,
    { limit, after }: { limit: number; after?: string | undefined },
  ): Promise<Page<HandOverDocument>> {
    return this.store.page(handOvers, { where: { agency }, descending: true, limit, after });
  }

  /** Throws `conflict` when somebody else wrote since. */
  async write(writing: Writing): Promise<StoredHandOver> {
    const { on, agency, text, by, atMs, version } = writing;
    const _id = `${agency}/${on.day}/${String(on.index)}`;
    const said = { text, by, atMs, writtenAt: new Date(atMs) };
    if (version === undefined) {
      const first = { _id, agency, day: on.day, shift: on.shift, former: [], ...said };
      const made = await this.store.createIfFree(handOvers, first);
      if (made !== undefined) return made;
    }
    const before = await this.store.find(handOvers, _id);
    if (version !== undefined && before?.version === version) {
      const former = [...before.former, { text: before.text, by: before.by, atMs: before.atMs }].slice(-MOST_FORMER);
      const made = await this.store.change(handOvers, {
        where: { _id, version },
        change: { $set: { ...said, former } },
      });
      if (made !== undefined) return made;
    }
    throw changedBy((await this.store.find(handOvers, _id))?.by);
  }
}

const changedBy = (who = 'shift sebelumnya · the shift before') =>
  new Fault(
    'conflict',
    `catatan ini baru ditulis oleh ${who}: muat ulang, lalu tulis lagi · ${who} wrote this note meanwhile: load it again`,
  );
