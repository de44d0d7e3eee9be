import { ListInvitations, WithdrawInvitation, type Invitation } from '@siaga/contracts';
import { useCallback, useState } from 'react';
import { call, pressKey } from '../../city/api.ts';
import { useNow } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';
import { usePress } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';

const STEP = 50;

/** Links nobody has used yet, and how to make them open nothing. */
export function InvitationsView() {
  const { text, format } = useSpeech();
  const words = text.admin;
  const nowMs = useNow();
  const [most, setMost] = useState(STEP);
  const { answer, failure, again } = useAsked(
    useCallback((signal: AbortSignal) => call(ListInvitations, { query: { limit: most } }, { signal }), [most]),
  );
  const [withdrawn, setWithdrawn] = useState<string>();
  const press = usePress();
  const withdraw = ({ invitationId, displayName }: Invitation) => {
    press.run(async () => {
      await call(WithdrawInvitation, { params: { invitationId } }, { idempotencyKey: pressKey() });
      setWithdrawn(displayName);
      again();
    });
  };
  return (
    <>
      {(press.failure ?? failure) !== undefined && <p role="alert">{press.failure ?? failure}</p>}
      <p role="status">{withdrawn !== undefined && words.withdrawn(withdrawn)}</p>
      {answer === undefined && failure === undefined && <p className="third">{text.loading}</p>}
      {answer?.items.length === 0 && <p>{words.noInvitations}</p>}
      <ul className="rows" aria-label={words.invitations}>
        {answer?.items.map((invitation) => (
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
        ))}
      </ul>
      {answer?.next !== undefined && (
        <button
          type="button"
          onClick={() => {
            setMost(most + STEP);
          }}
        >
          {words.moreItems}
        </button>
      )}
    </>
  );
}
