import { Injectable } from '@nestjs/common';
import type { CrewMessages } from '@siaga/contracts';
import { newWebhookSecret } from '@siaga/service';
import { setOrUnset, Store, type Stored } from '@siaga/store';
import { crewMessages, type CrewMessagesDocument } from './alert-documents.ts';

const CITY = 'city';

/** The address that writes to crews, if there is one. */
@Injectable()
export class CrewMessagesStore {
  constructor(private readonly store: Store) {}

  /** Instead of the one before. Answers its secret, which is nowhere to be read any more. */
  async set({ channel, url }: Pick<CrewMessages, 'channel' | 'url'>): Promise<string> {
    const secret = newWebhookSecret();
    const fields = { channel, url, secret };
    const change = setOrUnset({ ...fields, deliveredAtMs: undefined, failure: undefined });
    if ((await this.store.change(crewMessages, { where: { _id: CITY }, change })) !== undefined) return secret;
    const made = await this.store.createIfFree(crewMessages, { _id: CITY, ...fields });
    return made === undefined ? this.set({ channel, url }) : secret;
  }

  find(): Promise<Stored<CrewMessagesDocument> | undefined> {
    return this.store.find(crewMessages, CITY);
  }

  async withSecret(): Promise<Stored<CrewMessagesDocument> | undefined> {
    const found = await this.store
      .of(crewMessages)
      .findOne({ _id: CITY })
      .select('+secret')
      .lean<Stored<CrewMessagesDocument> | null>();
    return found ?? undefined;
  }

  async fared(fields: Pick<CrewMessagesDocument, 'deliveredAtMs' | 'failure'>): Promise<void> {
    await this.store.change(crewMessages, { where: { _id: CITY }, change: setOrUnset(fields) });
  }

  async remove(): Promise<void> {
    await this.store.remove(crewMessages, { _id: CITY });
  }
}
