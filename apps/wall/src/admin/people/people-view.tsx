import { ListPeople, type Person } from '@siaga/contracts';
import { Search, UserPlus } from 'lucide-react';
import { useCallback, useDeferredValue, useState } from 'react';
import { call } from '../../city/api.ts';
import { useAsked } from '../../room/asked.ts';
import { useFocus } from '../../room/focus.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { ADMIN } from '../kinds.ts';
import { PersonRow } from './person-row.tsx';
import { PersonView } from './person-view.tsx';

const STEP = 50;

/** Everybody of the city, or of my agencies, found by name; one of them in full. */
export function PeopleView() {
  const { text } = useSpeech();
  const { show } = useFocus();
  const [search, setSearch] = useState('');
  const [most, setMost] = useState(STEP);
  const [open, setOpen] = useState<Person>();
  const q = useDeferredValue(search.trim());
  const { answer, failure, again } = useAsked(
    useCallback(
      (signal: AbortSignal) => call(ListPeople, { query: { limit: most, ...(q === '' ? {} : { q }) } }, { signal }),
      [q, most],
    ),
  );
  if (open !== undefined)
    return (
      <PersonView
        key={open.personId}
        person={open}
        onPerson={setOpen}
        onBack={() => {
          setOpen(undefined);
          again();
        }}
      />
    );
  return (
    <>
      <div className="admin-head">
        <label className="search">
          <Search aria-hidden="true" />
          <input
            type="search"
            aria-label={text.admin.searchPeople}
            placeholder={text.admin.searchPeople}
            autoComplete="off"
            spellCheck={false}
            maxLength={100}
            value={search}
            onChange={({ target }) => {
              setSearch(target.value);
            }}
          />
        </label>
        <button
          type="button"
          className="strong"
          onClick={() => {
            show(ADMIN, 'invite');
          }}
        >
          <UserPlus aria-hidden="true" /> {text.admin.invite}
        </button>
      </div>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {answer === undefined && failure === undefined && <p className="third">{text.loading}</p>}
      {answer?.items.length === 0 && <p>{q === '' ? text.admin.noPeople : text.admin.nobodyFound(q)}</p>}
      <ul className="people" aria-label={text.admin.people}>
        {answer?.items.map((person) => (
          <li key={person.personId}>
            <PersonRow
              person={person}
              onOpen={() => {
                setOpen(person);
              }}
            />
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
          {text.admin.moreItems}
        </button>
      )}
    </>
  );
}
