import { Injectable } from '@nestjs/common';
import { belongsTo, Fault, type HandsetNow, type InputOf, type ListHandsets, type PutHandset } from '@siaga/contracts';
import { asExercise, currentContext } from '@siaga/service';
import { defined, setOrUnset, Store, trusted } from '@siaga/store';
import {
  handsetOf,
  handsets,
  handsetSigns,
  type HandsetDocument,
  type HandsetSign,
  type StoredHandset,
} from './handset-document.ts';
import type { HandsetFields } from './handset-rules.ts';

/** What a register entry may leave out: left out, it is cleared. */
const NONE = { model: undefined, simNumber: undefined, simUntil: undefined, planUntil: undefined, planRp: undefined };

/** Radios of the context's city. */
@Injectable()
export class HandsetsStore {
  constructor(private readonly store: Store) {}

  /** Of the caller's agencies; `not-found` for one of another. */
  async get(handsetId: string): Promise<StoredHandset> {
    const handset = await this.store.get(handsets, handsetId);
    mine(handset);
    return handset;
  }

  async put(handsetId: string, body: InputOf<typeof PutHandset>['body']): Promise<StoredHandset> {
    const { exercise, principal } = currentContext();
    if (!belongsTo(principal, [body.agency]))
      throw new Fault('forbidden', `${body.agency}: bukan OPD Anda · not your agency`);
    const fresh = { ...body, _id: handsetId, changedAtMs: Date.now(), exercise };
    const made = await asExercise(exercise, () => this.store.createIfFree(handsets, fresh));
    return made ?? this.turn(handsetId, () => ({ ...NONE, ...body }));
  }

  /** Changes one of the caller's by its rule; where the rule makes nothing it is as it is. */
  async turn(handsetId: string, rule: (handset: StoredHandset) => HandsetFields): Promise<StoredHandset> {
    const { document } = await this.store.turn(handsets, handsetId, (handset) => {
      mine(handset);
      const fields = rule(handset);
      return fields === undefined ? undefined : { change: setOrUnset({ ...fields, changedAtMs: Date.now() }) };
    });
    return document;
  }

  /** A phone is one radio: those it was before are nobody's. */
  async release(participantId: string, { butFor }: { butFor: string }): Promise<void> {
    const where = { 'holder.participantId': participantId, _id: trusted({ $ne: butFor }) } as never;
    for (const { _id } of await this.store.of(handsets).find(where).lean<StoredHandset[]>())
      await this.store.turn(handsets, _id, ({ holder, lost }) =>
        lost === undefined && holder?.participantId === participantId
          ? { change: setOrUnset({ holder: undefined, changedAtMs: Date.now() }) }
          : undefined,
      );
  }

  async remove(handsetId: string): Promise<void> {
    const { version, exercise } = await this.get(handsetId);
    const gone = await asExercise(exercise, () => this.store.remove(handsets, { _id: handsetId, version }));
    if (gone === undefined)
      throw new Fault('conflict', `${handsetId} baru saja diubah, lihat lagi · it was changed just now, look again`);
    await this.store.of(handsetSigns).deleteOne({ _id: handsetId });
  }

  async page({
    limit,
    after,
    q,
  }: InputOf<typeof ListHandsets>['query']): Promise<{ items: HandsetNow[]; next?: string }> {
    const where = seenBy();
    const page = await this.store.page(handsets, {
      where,
      limit,
      after,
      search: { text: q, fields: ['_id', 'office'] },
    });
    const items = await this.withSigns(page.items);
    return { items, ...(page.next === undefined ? {} : { next: page.next }) };
  }

  /** Those of an agency, or of all, that a roll call asks. */
  async called(agency: HandsetDocument['agency'] | undefined): Promise<StoredHandset[]> {
    const where = { lost: null, exercise: currentContext().exercise, ...(agency !== undefined && { agency }) };
    return this.store
      .of(handsets)
      .find(where as never)
      .sort({ agency: 1, _id: 1 })
      .lean<StoredHandset[]>();
  }

  /** All that the caller sees, by agency and id. */
  async all(): Promise<HandsetNow[]> {
    const found = await this.store.of(handsets).find(seenBy()).sort({ agency: 1, _id: 1 }).lean<StoredHandset[]>();
    return this.withSigns(found);
  }

  async withSigns(of: readonly StoredHandset[]): Promise<HandsetNow[]> {
    const where = { _id: trusted({ $in: of.map(({ _id }) => _id) }) } as never;
    const found = await this.store.of(handsetSigns).find(where).lean<(HandsetSign & { _id: string })[]>();
    const signs = new Map(found.map((sign) => [sign._id, sign]));
    return of.map((handset) => handsetOf(handset, signs.get(handset._id)));
  }

  /** Signs of life, of all at once. */
  async heard(signs: ReadonlyMap<string, HandsetSign>): Promise<void> {
    if (signs.size === 0) return;
    const writes = [...signs].map(([_id, sign]) => ({
      updateOne: { filter: { _id }, update: { $set: defined(sign) }, upsert: true },
    }));
    await this.store.of(handsetSigns).bulkWrite(writes, { ordered: false });
  }
}

/** One's own agencies; the room sees all. */
function seenBy() {
  const { exercise, principal } = currentContext();
  const seesAll = principal.roles.includes('city-admin') || principal.agencies.includes('command');
  return { exercise, ...(seesAll ? {} : { agency: trusted({ $in: [...principal.agencies] }) }) } as never;
}

function mine({ _id, agency }: StoredHandset): void {
  const { principal } = currentContext();
  if (!belongsTo(principal, [agency, 'command']))
    throw new Fault('not-found', `HT ${_id} tidak ada · ${_id} does not exist`);
}
