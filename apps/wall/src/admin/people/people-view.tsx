import { ListPeople, type Person } from '@siaga/contracts';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { call } from '../../city/api.ts';
import { useFocus } from '../../room/focus.tsx';
import { ListView, SearchField, useList, type ListQuery } from '../../room/list.tsx';
import { adminWords } from '../../text/admin-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';
import { ADMIN } from '../kinds.ts';
import { PersonRow } from './person-row.tsx';
import { PersonView } from './person-view.tsx';

const ask = (query: ListQuery, signal: AbortSignal) => call(ListPeople, { query }, { signal });

/** Everybody of the city, or of my agencies, found by name; one of them in full. */
export function PeopleView() {
  const { text } = useSpeechWith(adminWords);
  const { show } = useFocus();
  const [open, setOpen] = useState<Person>();
  const list = useList(ask);
  if (open !== undefined)
    return (
      <PersonView
        key={open.personId}
        person={open}
        onPerson={setOpen}
        onBack={() => {
          setOpen(undefined);
          list.again();
        }}
      />
    );
  return (
    <>
      <div className="admin-head">
        <SearchField label={text.admin.searchPeople} search={list.search} onSearch={list.onSearch} />
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
      <ListView
        list={list}
        className="people"
        label={text.admin.people}
        empty={list.q === '' ? text.admin.noPeople : text.admin.nobodyFound(list.q)}
      >
        {(person) => (
          <li key={person.personId}>
            <PersonRow
              person={person}
              onOpen={() => {
                setOpen(person);
              }}
            />
          </li>
        )}
      </ListView>
    </>
  );
}
