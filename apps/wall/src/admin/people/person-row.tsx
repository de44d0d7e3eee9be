import type { Person } from '@siaga/contracts';
import { ageMs } from '../../link/age.ts';
import { useNow } from '../../link/use-live.ts';
import { useMe } from '../../session/session-context.tsx';
import { adminWords } from '../../text/admin-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';

/** One person: name, what he may do and for whom, when he was last here. */
export function PersonRow({ person, onOpen }: { person: Person; onOpen: () => void }) {
  const { text, format } = useSpeechWith(adminWords);
  const nowMs = useNow();
  const me = useMe();
  const { personId, displayName, userName, roles, agencies, blocked, lastSignInAtMs } = person;
  return (
    <button type="button" className="person-row" data-blocked={blocked} onClick={onOpen}>
      <strong>
        {displayName}
        {personId === me.principalId && <em className="tag here">{text.admin.itsYou}</em>}
        {blocked && <em className="tag">{text.admin.blocked}</em>}
      </strong>
      <span className="person-name">{userName}</span>
      <span className="person-access">
        {roles.map((role) => text.session.roles[role]).join(', ')} ·{' '}
        {agencies.map((agency) => text.session.agencies[agency]).join(', ')}
      </span>
      <span className="third">
        {lastSignInAtMs === undefined
          ? text.admin.neverSignedIn
          : text.admin.lastSignIn(format.duration(ageMs(lastSignInAtMs, nowMs)))}
      </span>
    </button>
  );
}
