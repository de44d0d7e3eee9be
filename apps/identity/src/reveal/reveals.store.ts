import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Fault, type InputOf, type Reveal } from '@siaga/contracts';
import type { Principal } from '@siaga/service';
import { Store } from '@siaga/store';
import { PeopleStore } from '../people/people.store.ts';
import { reveals } from './reveal-document.ts';
import { extended, type Uncovered } from './uncovered.ts';

/** Each loss of a race means that somebody else changed the person. */
const RACES = 5;

type Asked = InputOf<typeof Reveal>['body'];

/** Uncovers masked fields for people. What is uncovered is in the person's document, so that every door learns of it. */
@Injectable()
export class RevealsStore {
  constructor(
    private readonly store: Store,
    private readonly people: PeopleStore,
  ) {}

  /** The reason is kept before anything is uncovered. Throws `forbidden` for who is no person of the city. */
  async reveal({ id }: Principal, asked: Asked): Promise<Uncovered> {
    if ((await this.people.find(id)) === undefined) throw noPerson();
    const revealId = await this.keepReason(id, asked);
    for (let race = 0; race < RACES; race += 1) {
      const person = await this.people.find(id);
      if (person === undefined) throw noPerson();
      const reveal = extended(person.reveal, { ...asked, revealId }, Date.now());
      if ((await this.people.change(id, { reveal }, person.version)) !== undefined) return reveal;
    }
    throw new Fault('unavailable', 'akun Anda sedang diubah, coba lagi · your account is being changed, try again');
  }

  private async keepReason(principalId: string, { classes, reason, minutes }: Asked): Promise<string> {
    const atMs = Date.now();
    const untilMs = atMs + minutes * 60_000;
    const kept = { _id: randomUUID(), principalId, classes, reason, atMs, untilMs };
    await this.store.create(reveals, kept);
    return kept._id;
  }
}

const noPerson = () =>
  new Fault(
    'forbidden',
    'hanya orang yang masuk dengan akunnya sendiri: alasan ditulis atas namanya · only people signed in with an account of their own: the reason is kept under their name',
  );
