import type { Me } from '@siaga/contracts';
import { useEffect, useRef, type ReactNode } from 'react';
import { Waiting } from '../city/waiting.tsx';
import { SpeechProvider } from '../text/speech.tsx';
import { homePageOf } from './home-page.ts';
import { MeProvider, useSession } from './session-context.tsx';
import { session } from './session.ts';
import { InvitationPage } from './sign-in/invitation-page.tsx';
import { SignInPage } from './sign-in/sign-in-page.tsx';
import { PairingPage } from './pairing/pairing-page.tsx';
import { useWayIn } from './use-way-in.ts';
import { SIGN_IN_PATH } from './way-in.ts';

interface SessionGateProps {
  /** What a page has to show where no city answers; undefined: that it waits. */
  unreachable?: ReactNode;
  children: ReactNode;
}

/** Shows what is behind it to who is signed in; to anybody else the way in, in place of whatever page he wanted. */
export function SessionGate({ unreachable, children }: SessionGateProps) {
  const state = useSession();
  const [way, go] = useWayIn();
  useEffect(() => void session.look(), []);
  const isIn = state.at === 'in';
  const wasOut = useRef(false);
  useEffect(() => {
    if (state.at === 'out') wasOut.current = true;
    if (state.at !== 'in' || way.to === 'invitation') return;
    leaveEntrance();
    // whoever asked for a page gets it; whoever only came in gets his own
    const home = homePageOf(state.me);
    if (wasOut.current && location.pathname === '/' && home !== '/') location.replace(home);
    wasOut.current = false;
  }, [state, way]);

  if (state.at === 'unreachable' && unreachable !== undefined) return unreachable;
  if (state.at === 'asking' || state.at === 'unreachable')
    return <Waiting trouble={state.at === 'asking' ? null : 'unreachable'} />;
  if (isIn && way.to !== 'invitation')
    return (
      // another person or session: nothing on the screen outlives the one before
      <MeProvider key={keyOf(state.me)} me={state.me}>
        {children}
      </MeProvider>
    );
  const toSignIn = () => {
    go({ to: 'sign-in' });
  };
  return (
    <SpeechProvider timezone={Intl.DateTimeFormat().resolvedOptions().timeZone}>
      {way.to === 'invitation' && (
        <InvitationPage key={way.token} token={way.token} me={isIn ? state.me : undefined} onDone={toSignIn} />
      )}
      {way.to === 'pairing' && <PairingPage onBack={toSignIn} />}
      {way.to === 'sign-in' && (
        <SignInPage
          why={state.at === 'out' ? state.why : undefined}
          onPair={() => {
            go({ to: 'pairing' });
          }}
        />
      )}
    </SpeechProvider>
  );
}

const keyOf = ({ principalId, sessionId = '' }: Me) => `${principalId} ${sessionId}`;

/** Takes the page of the entrance, and what it was asked for, off the address. */
function leaveEntrance(): void {
  const path = location.pathname === SIGN_IN_PATH ? '/' : location.pathname;
  if (path !== location.pathname || location.hash !== '') history.replaceState(null, '', path + location.search);
}
