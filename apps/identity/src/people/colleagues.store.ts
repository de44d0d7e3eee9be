import { Injectable } from '@nestjs/common';
import type { Colleague } from '@siaga/contracts';
import { Store, trusted } from '@siaga/store';
import { people } from './person-document.ts';

/** What people of a city may know of one another. */
@Injectable()
export class ColleaguesStore {
  constructor(private readonly store: Store) {}

  /** One for each id, in this order: with name and agencies who works here, by his id alone anybody else. */
  async of(principalIds: readonly string[]): Promise<Colleague[]> {
    const where = { _id: trusted({ $in: [...new Set(principalIds)] }), blocked: false } as never;
    const found = await this.store.of(people).find(where).lean();
    const known = new Map(found.map(({ _id, displayName, agencies }) => [_id, { displayName, agencies }]));
    return principalIds.map((principalId) => ({ principalId, ...known.get(principalId) }));
  }
}
