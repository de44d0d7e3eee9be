import {
  Fault,
  GetSetup,
  InvitePerson,
  ListInvitations,
  WithdrawInvitation,
  type Client,
  type Invitation,
} from '@siaga/contracts';

/** How people get into a city that has just started. */
export type Entrance =
  | { kind: 'sign-in' }
  /** Nobody administers it yet; whoever opens `path` first will. */
  | { kind: 'invited'; path: string }
  /** Nobody can tell, or no link could be made: `why` in a sentence. */
  | { kind: 'unclear'; why: string };

/** Also the name he has until he changes it. */
const displayName = 'Administrator pertama';

/**
 * A one-time link for the first administrator, as long as there is none. Links are kept hashed, so the one printed at the
 * start before cannot be printed again: it is withdrawn. A city runs without administrator, so nothing here stops its start.
 */
export async function inviteFirstAdministrator(call: Client): Promise<Entrance> {
  try {
    if ((await call(GetSetup, {})).hasAdministrator) return { kind: 'sign-in' };
    const { items } = await call(ListInvitations, { query: { q: displayName, limit: 1000 } });
    for (const { invitationId } of items.filter(isOfStart))
      await call(WithdrawInvitation, { params: { invitationId } });
    const { path } = await call(InvitePerson, {
      body: { displayName, agencies: ['command'], roles: ['city-admin'] },
    });
    return { kind: 'invited', path };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { kind: 'unclear', why: error.message };
  }
}

/** Links that administrators made themselves bear the name of somebody. */
const isOfStart = (invitation: Invitation) =>
  invitation.displayName === displayName && invitation.roles.includes('city-admin');
