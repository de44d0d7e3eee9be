import { Fault, Password, ReadInvitation, UserName, type AnswerOf, type Me } from '@siaga/contracts';
import { useEffect, useState } from 'react';
import { usePress } from '../../room/press.ts';
import { faultWords } from '../../text/fault-words.ts';
import { useSpeech } from '../../text/speech.tsx';
import { Entrance } from '../entrance.tsx';
import { session } from '../session.ts';
import { PasswordField } from './password-field.tsx';
import { UserNameField } from './user-name-field.tsx';

type Offer = AnswerOf<typeof ReadInvitation>;

interface InvitationPageProps {
  token: string;
  /** Who is signed in in this browser already. */
  me: Me | undefined;
  onDone: () => void;
}

/** A one-time link: whoever opens it chooses how to sign in from now on, and is in. */
export function InvitationPage({ token, me, onDone }: InvitationPageProps) {
  const speech = useSpeech();
  const { session: words } = speech.text;
  const [offer, setOffer] = useState<Offer>();
  const [failure, setFailure] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const ending = new AbortController();
    session.call(ReadInvitation, { body: { token } }, { signal: ending.signal }).then(
      (answer) => {
        setOffer(answer);
        setFailure(undefined);
      },
      (error: unknown) => {
        if (!ending.signal.aborted) setFailure(error);
      },
    );
    return () => {
      ending.abort();
    };
  }, [token, attempt]);

  if (failure !== undefined) {
    const away = failure instanceof Fault && failure.retriable;
    return (
      <Entrance title={away ? words.linkReading : words.linkDead}>
        <p role="alert">{away ? faultWords(failure, speech) : words.linkDeadHow}</p>
        {away && (
          <button
            type="button"
            className="strong"
            onClick={() => {
              setAttempt(attempt + 1);
            }}
          >
            {words.tryAgain}
          </button>
        )}
        <button type="button" onClick={onDone}>
          {words.toSignIn}
        </button>
      </Entrance>
    );
  }
  if (offer === undefined) return <Entrance title={words.linkReading}>{null}</Entrance>;
  return (
    <Entrance title={words.welcome(offer.displayName)}>
      {me?.sessionId !== undefined && <p className="entrance-why">{words.otherSignedIn(me.displayName)}</p>}
      <p>{offer.userName === undefined ? words.chooseBoth : words.chooseAgain}</p>
      <AcceptForm token={token} offer={offer} onDone={onDone} />
    </Entrance>
  );
}

function AcceptForm({ token, offer, onDone }: { token: string; offer: Offer; onDone: () => void }) {
  const { text } = useSpeech();
  const words = text.session;
  const [userName, setUserName] = useState('');
  const [password, setPassword] = useState('');
  const { busy, failure, run } = usePress((error) => {
    const gone = error instanceof Fault && (error.kind === 'unauthenticated' || error.kind === 'not-found');
    return gone ? `${words.linkDead}. ${words.linkDeadHow}` : undefined;
  });
  const isNew = offer.userName === undefined;
  const complete = Password.safeParse(password).success && (!isNew || UserName.safeParse(userName).success);
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!complete) return;
        run(async () => {
          await session.acceptInvitation({ token, password, ...(isNew ? { userName } : {}) });
          onDone();
        });
      }}
    >
      {isNew && <UserNameField value={userName} onChange={setUserName} />}
      {/* tells a password manager whose password this is */}
      {!isNew && <input className="spoken" name="username" autoComplete="username" value={offer.userName} readOnly />}
      <PasswordField
        label={isNew ? words.password : words.newPassword}
        autoComplete="new-password"
        value={password}
        onChange={setPassword}
        rule={{ words: words.passwordRule, met: Password.safeParse(password).success }}
      />
      {failure !== undefined && <p role="alert">{failure}</p>}
      <button type="submit" className="strong" disabled={busy || !complete}>
        {busy ? words.signingIn : words.comeIn}
      </button>
    </form>
  );
}
