import { Injectable } from '@nestjs/common';
import { Store, trusted } from '@siaga/store';
import { people } from '../people/person-document.ts';
import { screens } from '../screens/screen-document.ts';

/** What is known today of those in the trail, which itself holds pseudonyms only. */
@Injectable()
export class WhoActed {
  constructor(private readonly store: Store) {}

  /** Names of people and screens by principalId; whoever was erased, or never was one, has none. */
  async namesOf(principalIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const where = { _id: trusted({ $in: [...new Set(principalIds)] }) } as never;
    const [persons, walls] = await Promise.all([
      this.store.of(people).find(where).lean(),
      this.store.of(screens).find(where).lean(),
    ]);
    return new Map([...persons, ...walls].map(({ _id, displayName }) => [_id, displayName]));
  }
}
