import { Injectable } from '@nestjs/common';
import { Fault } from '@siaga/contracts';
import { asExercise, currentContext } from '@siaga/service';
import { Store, trusted } from '@siaga/store';
import { kinds } from '../kinds.ts';
import { agenciesSeen, mayChange, maySee, notThere, notYours, shownOf } from './owners.ts';
import {
  answerOf,
  idOf,
  namedBy,
  type Fields,
  type Kind,
  type RegisterDocument,
  type Row,
  type StoredThing,
} from './kind.ts';
import { OutsideNames } from './outside-names.ts';

/** Which things of a register: values of document fields. */
export type Filter = Readonly<Record<string, unknown>>;

/** Ids asked for at once. */
const IDS_AT_ONCE = 1000;

/** The registers of the context's city: one mechanism for every kind. */
@Injectable()
export class Things {
  constructor(
    private readonly store: Store,
    private readonly outside: OutsideNames,
  ) {}

  /** `conflict` when its id is taken; a repeat of the same press answers what the first one made. */
  async register(kind: Kind, thing: Row): Promise<Row> {
    const _id = idOf(kind, thing);
    if (!mayChange(kind, thing)) throw notYours(thing['owner']);
    await this.#refuseUnknown(kind, thing, undefined);
    const { exercise, press } = currentContext();
    const now = Date.now();
    const document = { _id, ...documentFields(kind, thing), exercise, createdAtMs: now, changedAtMs: now };
    const made = await this.store
      .create(kind.collection, document, press === undefined ? {} : { once: press })
      .catch((error: unknown) => {
        throw takenInWords(error, _id);
      });
    return answerOf(kind, made);
  }

  async get(kind: Kind, id: string): Promise<Row> {
    return shownOf(kind, answerOf(kind, await this.seen(kind, id)));
  }

  /** The document, for who may see it. */
  async seen(kind: Kind, id: string): Promise<StoredThing> {
    return this.#found(kind, id, maySee);
  }

  /** The document, for who may change it. */
  async mine(kind: Kind, id: string): Promise<StoredThing> {
    return this.#found(kind, id, mayChange);
  }

  /** By id; see the contract for what `q` searches. */
  async list(kind: Kind, { limit, after, q }: { limit: number; after?: string; q?: string }, filter: Filter) {
    const search = { text: q, fields: kind.searched };
    const where = whereOf(seenIn(kind, filter));
    const page = await this.store.page(kind.collection, { where, limit, after, search });
    return { ...page, items: page.items.map((document) => shownOf(kind, answerOf(kind, document))) };
  }

  /** All that the caller sees of a register, by id. */
  async allSeen(kind: Kind, filter: Filter): Promise<StoredThing[]> {
    const all = await this.all(kind, seenIn(kind, filter));
    return all.map((document) => shownOf(kind, document) as StoredThing);
  }

  /** All of a register, or those that fit, by id. */
  async all(kind: Kind, filter: Filter = {}): Promise<StoredThing[]> {
    return this.store.of(kind.collection).find(whereOf(filter)).sort({ _id: 1 }).lean<StoredThing[]>();
  }

  /** Those of these ids that are there. */
  async known(kind: Kind, ids: readonly string[]): Promise<Map<string, StoredThing>> {
    const known = new Map<string, StoredThing>();
    for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
      const _id = trusted({ $in: ids.slice(from, from + IDS_AT_ONCE) });
      for (const found of await this.all(kind, { _id })) known.set(found._id, found);
    }
    return known;
  }

  /** Everything a thing says but its key, as it was read at this version; what is left out is cleared. */
  async change(kind: Kind, id: string, wanted: Fields & { version: number }): Promise<Row> {
    const before = await this.mine(kind, id);
    const { version, ...fields } = wanted;
    if (!mayChange(kind, fields)) throw notYours(fields['owner']);
    await this.#refuseUnknown(kind, fields, before);
    const after = await asExercise(before.exercise, () =>
      this.store.change(kind.collection, {
        where: { _id: id, version },
        change: updateOf(kind, fields, before),
      }),
    );
    if (after === undefined) throw changedMeanwhile(id);
    return answerOf(kind, after);
  }

  /** Takes out what nothing else names any more. */
  async remove(kind: Kind, id: string, version: number): Promise<void> {
    const before = await this.mine(kind, id);
    const [use] = await this.usesOf(kind, id);
    if (use !== undefined)
      throw new Fault(
        'conflict',
        `${id} masih dipakai ${use.count.toLocaleString('id-ID')} ${use.name}. Pindahkan dahulu · still in use`,
      );
    const gone = await asExercise(before.exercise, () => this.store.remove(kind.collection, { _id: id, version }));
    if (gone === undefined) throw changedMeanwhile(id);
  }

  /** How many things of each kind hang on this one. */
  async usesOf(kind: Kind, id: string): Promise<{ name: string; count: number }[]> {
    const uses: { name: string; count: number }[] = [];
    for (const one of kinds) {
      for (const { field, kind: named, isRecord } of namedBy(one)) {
        if (named !== kind || isRecord === true) continue;
        const count = await this.store.of(one.collection).countDocuments({ [field]: id } as never);
        if (count > 0) uses.push({ name: one.sheet.name, count });
      }
    }
    return uses;
  }

  /** Writes things, each as it was known or new; `conflict` when one was changed meanwhile, and those before it are written. */
  async write(kind: Kind, things: readonly Row[], known: ReadonlyMap<string, StoredThing>): Promise<void> {
    const { exercise } = currentContext();
    const now = Date.now();
    const fresh: (RegisterDocument & { _id: string })[] = [];
    const changed: { before: StoredThing; fields: Fields }[] = [];
    for (const thing of things) {
      const _id = idOf(kind, thing);
      const before = known.get(_id);
      if (before !== undefined) changed.push({ before, fields: thing });
      else fresh.push({ _id, ...documentFields(kind, thing), exercise, createdAtMs: now, changedAtMs: now });
    }
    await this.store.createAll(kind.collection, fresh).catch((error: unknown) => {
      throw brokenOff(error);
    });
    await byExercise(changed, async (some) => {
      const changes = some.map(({ before, fields }) => ({
        where: { _id: before._id, version: before.version } as never,
        change: updateOf(kind, fields, before) as never,
      }));
      if ((await this.store.changeAll(kind.collection, changes)) < some.length) throw brokenOff(undefined);
    });
  }

  /** Takes out things as they are known; `conflict` when one was changed meanwhile. */
  async removeAll(kind: Kind, things: readonly StoredThing[]): Promise<void> {
    await byExercise(
      things.map((before) => ({ before })),
      async (some) => {
        const guards = some.map(({ before: { _id, version } }) => ({ _id, version }) as never);
        if ((await this.store.removeAll(kind.collection, guards)) < some.length) throw brokenOff(undefined);
      },
    );
  }

  /** Takes out everything simulated, whatever happens to it meanwhile; answers how many there were. */
  async removeExercises(kind: Kind): Promise<number> {
    const simulated = await this.all(kind, { exercise: true });
    return asExercise(true, () =>
      this.store.removeAll(
        kind.collection,
        simulated.map(({ _id }) => ({ _id, exercise: true }) as never),
      ),
    );
  }

  async #found(kind: Kind, id: string, may: (kind: Kind, thing: Row) => boolean): Promise<StoredThing> {
    if (kind.owned === undefined) return this.store.get(kind.collection, id);
    const found = await this.store.find(kind.collection, id);
    if (found === undefined || !may(kind, found)) throw notThere(kind, id);
    return found;
  }

  async #refuseUnknown(kind: Kind, fields: Fields, before: StoredThing | undefined): Promise<void> {
    this.outside.refuse(kind, fields, before);
    for (const { field, kind: of } of namedBy(kind)) {
      const named = fields[field] as string | undefined;
      // who changes something else is not held up by a name that was never registered
      if (named === undefined || named === before?.[field]) continue;
      if ((await this.store.find(of.collection, named)) !== undefined) continue;
      const message = `${of.sheet.name} ${named} belum terdaftar. Daftarkan dahulu, atau kosongkan`;
      throw new Fault('invalid', `${message} · not registered`, { issues: [{ at: field, message }] });
    }
  }
}

/** What a document says beside its registration. */
function documentFields(kind: Kind, thing: Fields): Fields {
  const computed = kind.computed?.(thing);
  const all = Object.entries({ ...thing, ...computed });
  const isKey = (name: string) => kind.key.length === 1 && name === kind.key[0];
  return Object.fromEntries(all.filter(([name, value]) => value !== undefined && !isKey(name)));
}

function updateOf(kind: Kind, fields: Fields, { changedAtMs }: StoredThing) {
  const set = documentFields(kind, fields);
  const cleared = kind.optional.filter((name) => !(name in set));
  return {
    $set: { ...set, changedAtMs: Math.max(Date.now(), changedAtMs + 1) },
    ...(cleared.length === 0 ? {} : { $unset: Object.fromEntries(cleared.map((name) => [name, 1])) }),
  };
}

const whereOf = (filter: Filter) =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as never;

/** The filter within what the caller sees. */
function seenIn(kind: Kind, filter: Filter): Filter {
  const seen = agenciesSeen(kind);
  if (seen === undefined) return filter;
  const { owner } = filter;
  const isAsked = owner !== undefined;
  return { ...filter, owner: trusted({ $in: seen.filter((agency) => !isAsked || agency === owner) }) };
}

/** What is simulated stays so, whoever changes it. */
async function byExercise<One extends { before: StoredThing }>(
  all: readonly One[],
  write: (some: readonly One[]) => Promise<void>,
): Promise<void> {
  for (const exercise of [false, true]) {
    const some = all.filter(({ before }) => before.exercise === exercise);
    if (some.length > 0) await asExercise(exercise, () => write(some));
  }
}

const changedMeanwhile = (id: string) =>
  new Fault('conflict', `${id} baru saja diubah orang lain, lihat lagi · ${id} was changed meanwhile`);

/** A taken id in words; any other error as it is. */
function takenInWords(error: unknown, id: string): unknown {
  if (!(error instanceof Fault) || error.issues[0]?.at !== '_id') return error;
  return new Fault('conflict', `${id} sudah terdaftar · ${id} is taken`, { cause: error });
}

/** Somebody was faster in the middle of many; anything but that as it is. */
function brokenOff(error: unknown): unknown {
  if (error !== undefined && !(error instanceof Fault && error.kind === 'conflict')) return error;
  const message =
    'sebagian baru saja diubah orang lain atau sedang dihapus; ulangi sebentar lagi · some were changed meanwhile, do it again';
  return new Fault('conflict', message, { cause: error });
}
