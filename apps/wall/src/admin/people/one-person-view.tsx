import { GetPerson, type Person } from '@siaga/contracts';
import { useCallback, useState } from 'react';
import { call } from '../../city/api.ts';
import { useAsked } from '../../room/asked.ts';
import { useFocus } from '../../room/focus.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { ADMIN } from '../kinds.ts';
import { PersonView } from './person-view.tsx';

/** One person in full, for whoever comes here from somewhere else than the list. */
export function OnePersonView({ personId }: { personId: string }) {
  const { text } = useSpeech();
  const { show } = useFocus();
  const [changed, setChanged] = useState<Person>();
  const { answer, failure } = useAsked(
    useCallback((signal: AbortSignal) => call(GetPerson, { params: { personId } }, { signal }), [personId]),
  );
  const person = changed ?? answer;
  if (person === undefined) return <p role={failure && 'alert'}>{failure ?? text.loading}</p>;
  return (
    <PersonView
      person={person}
      onPerson={setChanged}
      onBack={() => {
        show(ADMIN, 'people');
      }}
    />
  );
}
