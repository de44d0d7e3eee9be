import { InvitePerson, type AnswerOf } from '@siaga/contracts';
import { useState } from 'react';
import { Field } from '../../room/field.tsx';
import { useFocus } from '../../room/focus.tsx';
import { usePress } from '../../room/press.ts';
import { isLocalOperator } from '../../session/me/name-of.ts';
import { useMe } from '../../session/session-context.tsx';
import { adminWords } from '../../text/admin-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';
import { AccessFields } from '../access-fields.tsx';
import { ADMIN } from '../kinds.ts';
import { isComplete, type Draft } from './draft.ts';
import { LinkOnce } from './link-once.tsx';

/** A link for somebody new. */
export function InviteView() {
  const { text } = useSpeechWith(adminWords);
  const words = text.admin;
  const me = useMe();
  const { show } = useFocus();
  const [draft, setDraft] = useState<Draft>(() => ({
    displayName: '',
    // whoever administers one agency only means that one; a city without administrator needs one first
    agencies: isLocalOperator(me) || !me.roles.includes('city-admin') ? me.agencies.slice(0, 1) : [],
    roles: isLocalOperator(me) ? ['city-admin'] : [],
  }));
  const [link, setLink] = useState<AnswerOf<typeof InvitePerson>>();
  const { busy, failure, run } = usePress();
  if (link !== undefined)
    return (
      <LinkOnce
        link={link}
        onDone={() => {
          show(ADMIN, 'invitations');
        }}
      />
    );
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        const { displayName, agencies, roles } = draft;
        run(async (send) => {
          const body = { displayName, agencies: [...agencies], roles: [...roles] };
          setLink(await send(InvitePerson, { body }));
        });
      }}
    >
      <Field
        label={words.displayName}
        hint={words.displayNameHint}
        required
        autoFocus
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
      <button type="submit" className="strong" disabled={busy || !isComplete(draft)}>
        {words.makeLink}
      </button>
    </form>
  );
}
