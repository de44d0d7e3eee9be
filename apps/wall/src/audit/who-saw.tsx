import { History, ScrollText } from 'lucide-react';
import { useFocus } from '../room/focus.tsx';
import { useMe } from '../session/session-context.tsx';
import { auditWords } from '../text/audit-words.ts';
import { useSpeechWith } from '../text/speech.tsx';
import { AUDIT, deedsOf, readsAudit } from './kinds.ts';

interface WhoSawProps {
  subject: string;
  /** Of a person: what he did himself is offered, too. */
  principalId?: string;
}

/** The way from a thing to who saw or changed it, for who may read that. */
export function WhoSaw({ subject, principalId }: WhoSawProps) {
  const { text } = useSpeechWith(auditWords);
  const { show } = useFocus();
  if (!readsAudit(useMe())) return null;
  return (
    <div className="doings">
      <button
        type="button"
        onClick={() => {
          show(AUDIT, subject);
        }}
      >
        <History aria-hidden="true" /> {text.audit.whoSaw}
      </button>
      {principalId !== undefined && (
        <button
          type="button"
          onClick={() => {
            show(AUDIT, deedsOf(principalId));
          }}
        >
          <ScrollText aria-hidden="true" /> {text.audit.whatHeDid}
        </button>
      )}
    </div>
  );
}
