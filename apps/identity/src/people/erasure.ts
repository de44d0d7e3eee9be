import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Fault } from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import { forgetPresses, Store } from '@siaga/store';
import { invitations } from '../invitations/invitation-document.ts';
import { Passwords } from '../passwords/passwords.ts';
import { sessions } from '../sessions/session-document.ts';
import { SessionsStore } from '../sessions/sessions.store.ts';
import { reveals } from '../reveal/reveal-document.ts';
import { LastAdministrator } from './last-administrator.store.ts';
import { administersCity } from './person-change.ts';
import { people } from './person-document.ts';

/** What stands in the place of a name. */
const ERASED = '(dihapus · erased)';

/**
 * Takes away who somebody is. The person's document stays, blocked and without a name: its id is the pseudonym under
 * which the trail keeps what was done. Done again, it finishes what was cut off.
 */
@Injectable()
export class Erasure {
  constructor(
    private readonly store: Store,
    private readonly sessions: SessionsStore,
    private readonly passwords: Passwords,
    private readonly administrators: LastAdministrator,
  ) {}

  /** Throws `not-found`, and `conflict` for oneself and for the last administrator. */
  async erase(personId: string): Promise<void> {
    const person = await this.store.get(people, personId);
    if (currentContext().principal.id === personId)
      throw new Fault('conflict', 'minta administrator lain menghapus Anda · ask another administrator to erase you');
    const { version } = person;
    const wipe = () => this.wipe(personId, version);
    await (administersCity(person) ? this.administrators.takingAway({ personId, version }, wipe) : wipe());
    await this.sessions.endAllOf(personId);
    await this.store
      .of(sessions)
      .updateMany({ principalId: personId } as never, { $set: { address: '', userAgent: '' } });
    await this.store.of(invitations).deleteMany({ personId });
    await this.store.of(reveals).deleteMany({ principalId: personId });
    await forgetPresses(this.store, `person:${personId}`);
  }

  private async wipe(personId: string, version: number): Promise<void> {
    // of a password that nobody knows
    const passwordHash = await this.passwords.inTurn(({ hash }) => hash(randomBytes(32).toString('base64')));
    const erased = await this.store.change(people, {
      where: { _id: personId, version },
      change: {
        $set: {
          ...{ userName: `erased-${randomBytes(12).toString('hex')}`, displayName: ERASED, passwordHash },
          ...{ agencies: [], roles: [], blocked: true, erasedAtMs: Date.now() },
        },
        $unset: { reveal: 1, lastSignInAtMs: 1, lastInvitationId: 1 },
      },
    });
    if (erased === undefined)
      throw new Fault(
        'conflict',
        'orang ini baru saja diubah, coba lagi · somebody just changed this person, try again',
      );
  }
}
