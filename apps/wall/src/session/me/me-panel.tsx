import { ChangePassword, Reveal } from '@siaga/contracts';
import { UsersRound } from 'lucide-react';
import { ADMIN, administers } from '../../admin/kinds.ts';
import { useFocus } from '../../room/focus.tsx';
import { Panel } from '../../room/panel.tsx';
import { StartLink } from '../../start/start-link.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { RevealForm } from '../reveal/reveal-form.tsx';
import { useMay, useMe } from '../session-context.tsx';
import { ChangePasswordForm } from './change-password.tsx';
import { isLocalOperator, nameOf } from './name-of.ts';
import { SessionList } from './session-list.tsx';
import { SignOut } from './sign-out.tsx';

/** Who I am here, what I may do, and everything that is mine alone. */
export default function MePanel() {
  const { text } = useSpeech();
  const words = text.session;
  const me = useMe();
  const may = useMay();
  const isLocal = isLocalOperator(me);
  return (
    <Panel title={nameOf(me, text)}>
      <p className="me-roles">
        {me.roles.map((role) => words.roles[role]).join(', ')} ·{' '}
        {me.agencies.map((agency) => words.agencies[agency]).join(', ')}
      </p>
      {isLocal && <p>{words.localOperatorWhy}</p>}
      <Doings isLocal={isLocal} />
      {!isLocal && may(Reveal) && (
        <details className="fold">
          <summary>{words.reveal}</summary>
          <RevealForm />
        </details>
      )}
      {!isLocal && may(ChangePassword) && (
        <details className="fold">
          <summary>{words.changePassword}</summary>
          <ChangePasswordForm />
        </details>
      )}
      {!isLocal && (
        <section className="part">
          <h3>{words.mySessions}</h3>
          <SessionList personId={me.principalId} />
        </section>
      )}
    </Panel>
  );
}

function Doings({ isLocal }: { isLocal: boolean }) {
  const { text } = useSpeech();
  const words = text.session;
  const me = useMe();
  const { show } = useFocus();
  return (
    <>
      <div className="doings">
        {administers(me) && (
          <button
            type="button"
            className={isLocal ? 'strong' : undefined}
            onClick={() => {
              show(ADMIN, isLocal ? 'invite' : 'people');
            }}
          >
            <UsersRound aria-hidden="true" />
            {isLocal ? words.localOperatorInvite : words.manage}
          </button>
        )}
        <StartLink />
        {!isLocal && <SignOut />}
      </div>
    </>
  );
}
