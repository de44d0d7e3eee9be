import { Fault } from '@siaga/contracts';
import { trusted, type Model, type QueryFilter } from 'mongoose';
import { z } from 'zod';
import type { Stored } from './kept.ts';

/** What to list. Documents of equal value follow each other by `_id`, so no page repeats or skips one. */
export interface PageQuery<Document> {
  readonly where?: QueryFilter<Stored<Document>>;
  /** An indexed field holding text or numbers in every document listed; `_id` unless given. */
  readonly sort?: string;
  readonly descending?: true;
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: string | undefined;
  /** Only documents with this text in one of the fields, whatever its case. */
  readonly search?: { readonly text: string | undefined; readonly fields: readonly string[] };
}

/** One page; absent `next` means the end. */
export interface Page<Document> {
  items: Stored<Document>[];
  next?: string;
}

/** Reads one page. Throws `invalid` for an `after` that is not a `next` of ours. */
export async function pageOf<Document>(
  model: Model<Stored<Document>>,
  query: PageQuery<Document>,
): Promise<Page<Document>> {
  const field = query.sort ?? '_id';
  const conditions = [query.where, searching(query.search), following(field, query)].filter(
    (part) => part !== undefined,
  );
  const direction = query.descending === true ? -1 : 1;
  const found = (await model
    .find((conditions.length === 0 ? {} : { $and: conditions }) as QueryFilter<Stored<Document>>)
    .sort(field === '_id' ? { _id: direction } : { [field]: direction, _id: direction })
    .limit(query.limit + 1)
    .lean()) as Stored<Document>[];
  const items = found.slice(0, query.limit);
  const last = items.at(-1);
  if (found.length <= query.limit || last === undefined) return { items };
  return { items, next: encode([(last as Record<string, unknown>)[field] as string | number, last._id]) };
}

const Position = z.tuple([z.union([z.string(), z.number()]), z.string()]);

function following(field: string, query: PageQuery<never>): Record<string, unknown> | undefined {
  if (query.after === undefined) return undefined;
  const [value, id] = decode(query.after);
  const beyond = (than: unknown) => trusted(query.descending === true ? { $lt: than } : { $gt: than });
  if (field === '_id') return { _id: beyond(id) };
  return { $or: [{ [field]: beyond(value) }, { [field]: value, _id: beyond(id) }] };
}

function searching(search: PageQuery<never>['search']): Record<string, unknown> | undefined {
  if (search?.text === undefined || search.text === '') return undefined;
  const pattern = trusted({ $regex: search.text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), $options: 'i' });
  return { $or: search.fields.map((field) => ({ [field]: pattern })) };
}

function encode(position: z.infer<typeof Position>): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function decode(after: string): z.infer<typeof Position> {
  try {
    return Position.parse(JSON.parse(Buffer.from(after, 'base64url').toString()));
  } catch (cause) {
    throw new Fault('invalid', 'after: not the "next" of a page', { cause });
  }
}
