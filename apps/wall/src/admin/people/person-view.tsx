import { ChangePerson, Fault, GetPerson, RenewPassword, type AnswerOf, type Person } from '@siaga/contracts';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { WhoSaw } from '../../audit/who-saw.tsx';
import { call } from '../../city/api.ts';
import { Field } from '../../room/field.tsx';
import { usePress } from '../../room/press.ts';
import { SureButton } from '../../room/sure-button.tsx';
import { SessionList } from '../../session/me/session-list.tsx';
import { useMe } from '../../session/session-context.tsx';
import { adminWords } from '../../text/admin-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';
import { AccessFields } from '../access-fields.tsx';
import { changesOf, draftOf } from './draft.ts';
import { LinkOnce } from './link-once.tsx';

interface PersonViewProps {
  person: Person;
  /** He has been changed, here or by somebody else. */
  onPerson: (person: Person) => void;
  onBack: () => void;
}

type Body = Parameters<typeof call<typeof ChangePerson>>[1]['body'];

/** One person in full: what he may do, whether he may come in, where he is signed in. */
export function PersonView({ person, onPerson, onBack }: PersonViewProps) {
  const { text } = useSpeechWith(adminWords);
  const words = text.admin;
  const me = useMe();
  const [draft, setDraft] = useState(() => draftOf(person));
  const [isSaved, setSaved] = useState(false);
  const [link, setLink] = useState<AnswerOf<typeof RenewPassword>>();
  const { busy, failure, run } = usePress();
  const { personId } = person;
  const changes = changesOf(person, draft);

  const take = (now: Person) => {
    onPerson(now);
    setDraft(draftOf(now));
  };
  const change = (body: Omit<Body, 'version'>) => {
    setSaved(false);
    run(async (send) => {
      try {
        const request = { params: { personId }, body: { version: person.version, ...body } };
        take(await send(ChangePerson, request));
        setSaved(true);
      } catch (error) {
        if (error instanceof Fault && error.kind === 'conflict') take(await call(GetPerson, { params: { personId } }));
        throw error;
      }
    });
  };
  const renew = () => {
    run(async (send) => {
      setLink(await send(RenewPassword, { params: { personId } }));
    });
  };

  return (
    <article className="person">
      <header className="admin-head">
        <button type="button" className="quiet" aria-label={words.back} onClick={onBack}>
          <ArrowLeft aria-hidden="true" />
        </button>
        <h3 className="person-title">
          {person.displayName} <span className="person-name">{person.userName}</span>
          {person.blocked && <em className="tag">{words.blocked}</em>}
        </h3>
      </header>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (changes !== undefined) change(changes);
        }}
      >
        <Field
          label={words.displayName}
          required
          maxLength={80}
          autoComplete="off"
          value={draft.displayName}
          onChange={({ target }) => {
            setDraft({ ...draft, displayName: target.value });
          }}
        />
        <AccessFields
          access={draft}
          onChange={(access) => {
            setDraft({ ...draft, ...access });
          }}
        />
        {failure !== undefined && <p role="alert">{failure}</p>}
        <p role="status">{isSaved && changes === undefined && words.changed}</p>
        <button type="submit" className="strong" disabled={busy || changes === undefined}>
          {words.change}
        </button>
      </form>
      {link !== undefined && (
        <LinkOnce
          link={link}
          onDone={() => {
            setLink(undefined);
          }}
        />
      )}
      <section className="part">
        <h3>{words.access}</h3>
        <div className="doings">
          {link === undefined && !person.blocked && (
            <SureButton means={words.renewPasswordMeans} yes={words.renewPassword} busy={busy} onSure={renew}>
              {words.renewPassword}
            </SureButton>
          )}
          {personId !== me.principalId && (
            <SureButton
              means={person.blocked ? words.unblockMeans : words.blockMeans}
              yes={person.blocked ? words.unblockYes(person.displayName) : words.blockYes(person.displayName)}
              busy={busy}
              onSure={() => {
                change({ blocked: !person.blocked });
              }}
            >
              {person.blocked ? words.unblock : words.block}
            </SureButton>
          )}
        </div>
      </section>
      <WhoSaw subject={`person:${personId}`} principalId={personId} />
      <section className="part">
        <h3>{words.sessions}</h3>
        <SessionList key={String(person.blocked)} personId={personId} />
      </section>
    </article>
  );
}
