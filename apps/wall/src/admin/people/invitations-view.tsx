import { ListInvitations, WithdrawInvitation, type Invitation } from '@siaga/contracts';
import { useState } from 'react';
import { call } from '../../city/api.ts';
import { useNow } from '../../link/use-live.ts';
import { ListView, useList, type ListQuery } from '../../room/list.tsx';
import { usePress } from '../../room/press.ts';
import { adminWords } from '../../text/admin-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';

const ask = (query: ListQuery, signal: AbortSignal) => call(ListInvitations, { query }, { signal });

/** Links nobody has used yet, and how to make them open nothing. */
export function InvitationsView() {
  const { text, format } = useSpeechWith(adminWords);
  const words = text.admin;
  const nowMs = useNow();
  const list = useList(ask);
  const [withdrawn, setWithdrawn] = useState<string>();
  const press = usePress();
  const withdraw = ({ invitationId, displayName }: Invitation) => {
    press.run(async (send) => {
      await send(WithdrawInvitation, { params: { invitationId } });
      setWithdrawn(displayName);
      list.again();
    });
  };
  return (
    <>
      {press.failure !== undefined && <p role="alert">{press.failure}</p>}
      <p role="status">{withdrawn !== undefined && words.withdrawn(withdrawn)}</p>
      <ListView list={list} className="rows" label={words.invitations} empty={words.noInvitations}>
        {(invitation) => (
          <li key={invitation.invitationId}>
            <p>
              <strong>{invitation.displayName}</strong>
              <em className="tag here">{invitation.personId === undefined ? words.newcomer : words.renewing}</em>
            </p>
            <p className="row-facts">
              {invitation.roles.map((role) => text.session.roles[role]).join(', ')} ·{' '}
              {invitation.agencies.map((agency) => text.session.agencies[agency]).join(', ')} ·{' '}
              {words.until(format.moment(invitation.expiresAtMs, nowMs))}
            </p>
            <button
              type="button"
              disabled={press.busy}
              aria-label={words.withdrawOf(invitation.displayName)}
              onClick={() => {
                withdraw(invitation);
              }}
            >
              {words.withdraw}
            </button>
          </li>
        )}
      </ListView>
    </>
  );
}
