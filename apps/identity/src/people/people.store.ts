import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Fault, type Person } from '@siaga/contracts';
import { Store, trusted } from '@siaga/store';
import { people, type PersonDocument, type StoredPerson } from './person-document.ts';

/** What a new person is made of. */
export type NewPerson = Pick<
  PersonDocument,
  'userName' | 'displayName' | 'agencies' | 'roles' | 'passwordHash' | 'lastInvitationId' | 'first'
> & { personId: string };

/** What an administrator, or a reveal, changes of a person. */
export type PersonChange = Partial<Pick<PersonDocument, 'displayName' | 'agencies' | 'roles' | 'blocked' | 'reveal'>>;

interface PersonUpdate {
  $set: Partial<PersonDocument>;
  $inc?: { passwordNumber: 1 };
}

/** An id that says nothing: 16 random bytes, base64url. For people and screens. */
export const newPrincipalId = (): string => randomBytes(16).toString('base64url');

/** People of the city. Every change of what somebody may do leaves as `PrincipalChanged`. */
@Injectable()
export class PeopleStore {
  constructor(private readonly store: Store) {}

  /** `conflict` when the user name, the personId, or the place of the first administrator is taken. */
  async create({ personId, ...person }: NewPerson): Promise<StoredPerson> {
    try {
      return await this.store.create(people, {
        _id: personId,
        ...person,
        passwordNumber: 1,
        blocked: false,
        createdAtMs: Date.now(),
      });
    } catch (error) {
      throw taken(error);
    }
  }

  find(personId: string): Promise<StoredPerson | undefined> {
    return this.store.find(people, personId);
  }

  async byUserName(userName: string): Promise<StoredPerson | undefined> {
    return (await this.store.of(people).findOne({ userName }).lean<StoredPerson>()) ?? undefined;
  }

  /** Whether anybody can administer the city. */
  async hasAdministrator(): Promise<boolean> {
    return (await this.store.of(people).findOne({ roles: 'city-admin', blocked: false }).lean()) !== null;
  }

  /** Changes somebody who is still as he was read, or, without `version`, however he is; undefined when he is not. */
  change(personId: string, set: PersonChange, version?: number): Promise<StoredPerson | undefined> {
    const where = { _id: personId, ...(version === undefined ? {} : { version }) };
    return this.store.change(people, { where, change: { $set: set } });
  }

  /** The same password, hashed anew; false when it is not his any more. */
  async rehashPassword(personId: string, { was, passwordHash }: { was: string; passwordHash: string }) {
    return this.set({ _id: personId, passwordHash: was }, { $set: { passwordHash } });
  }

  /** Another password, his next one; false when he has changed it meanwhile. Says nothing of what he may do. */
  async changePassword({ _id, passwordHash: was }: StoredPerson, passwordHash: string): Promise<boolean> {
    return this.set({ _id, passwordHash: was }, { $set: { passwordHash }, $inc: { passwordNumber: 1 } });
  }

  /** The password that somebody chose by a link, his next one; false when this link did it before. */
  async renewPassword(
    personId: string,
    { invitationId, passwordHash }: { invitationId: string; passwordHash: string },
  ) {
    const where = { _id: personId, lastInvitationId: trusted({ $ne: invitationId }) };
    return this.set(where, { $set: { passwordHash, lastInvitationId: invitationId }, $inc: { passwordNumber: 1 } });
  }

  async noteSignIn(personId: string): Promise<void> {
    await this.set({ _id: personId }, { $set: { lastSignInAtMs: Date.now() } });
  }

  /** What concerns nobody else: no new version, so that an administrator's form stays good, and no event. */
  private async set(where: Record<string, unknown>, change: PersonUpdate): Promise<boolean> {
    const { matchedCount } = await this.store.of(people).updateOne(where as never, change);
    return matchedCount === 1;
  }
}

/** A person as administrators see him: without his password's hash. */
export function personOf(document: StoredPerson): Person {
  const { _id, userName, displayName, agencies, roles, blocked, createdAtMs, lastSignInAtMs, version } = document;
  return {
    ...{ personId: _id, userName, displayName, agencies, roles, blocked, createdAtMs, version },
    ...(lastSignInAtMs === undefined ? {} : { lastSignInAtMs }),
  };
}

/** What is taken, in words; any other error as it is. */
function taken(error: unknown): unknown {
  const at = error instanceof Fault ? error.issues[0]?.at : undefined;
  if (at === 'first') return new Fault('conflict', firstIsThere, { cause: error });
  if (at !== 'userName') return error;
  const message = 'nama pengguna ini sudah dipakai, pilih yang lain · this user name is taken, choose another';
  return new Fault('conflict', message, { cause: error, issues: [{ at, message }] });
}

const firstIsThere =
  'kota ini baru saja mendapat administrator pertamanya lewat tautan lain: minta undangan darinya · this city has just got its first administrator by another link: ask him for an invitation';
