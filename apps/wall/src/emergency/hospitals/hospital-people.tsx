import { AddHospitalPerson, GetHospitalEntry, ListPeople, RemoveHospitalPerson, type AnswerOf } from '@siaga/contracts';
import { useCallback, useState } from 'react';
import { call } from '../../city/api.ts';
import { useAsked } from '../../room/asked.ts';
import { usePress } from '../../room/press.ts';
import { SureButton } from '../../room/sure-button.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { Refused } from '../refused.tsx';

/** As many people as one answer has. */
const MOST_PEOPLE = 1000;
/** Its page is answered to nobody else (`ListOwnHospitals`). */
const NURSES_ROLE = 'responder';

/** Who its people are: they see its patients on the page of the hospital. Asked for when somebody opens it. */
export function HospitalPeople({ hospitalId }: { hospitalId: string }) {
  const words = useSpeech().text.hospital;
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details
      onToggle={({ currentTarget }) => {
        setIsOpen(currentTarget.open);
      }}
    >
      <summary>{words.people}</summary>
      {isOpen && <Asked hospitalId={hospitalId} />}
    </details>
  );
}

function Asked({ hospitalId }: { hospitalId: string }) {
  const { text } = useSpeech();
  const ask = useCallback(
    async (signal: AbortSignal) => {
      const [entry, { items }] = await Promise.all([
        call(GetHospitalEntry, { params: { hospitalId } }, { signal }),
        call(ListPeople, { query: { limit: MOST_PEOPLE } }, { signal }),
      ]);
      return { entry, candidates: items.filter(({ agencies }) => agencies.includes('rs')) };
    },
    [hospitalId],
  );
  const { answer, failure, again } = useAsked(ask);
  if (failure !== undefined) return <p role="alert">{failure}</p>;
  if (answer === undefined) return <p className="third">{text.loading}</p>;
  return <People key={answer.entry.people.join(' ')} {...answer} onKept={again} />;
}

interface PeopleProps {
  entry: AnswerOf<typeof GetHospitalEntry>;
  candidates: AnswerOf<typeof ListPeople>['items'];
  onKept: () => void;
}

/** Accounts of hospitals, each of which is this one's or not; what sends its feed stays. */
function People({ entry: { hospitalId, name, people }, candidates, onKept }: PeopleProps) {
  const words = useSpeech().text.hospital;
  const press = usePress();
  const change = (route: typeof AddHospitalPerson, principalId: string) => {
    press.run(async (send) => {
      await send(route, { params: { hospitalId, principalId } });
      onKept();
    });
  };
  return (
    <section className="hospital-people" aria-label={words.peopleOf}>
      <p className="second">{words.peopleOf}</p>
      {candidates.length === 0 && <p className="second">{words.noAccounts}</p>}
      <ul>
        {candidates.map(({ personId, displayName, roles, blocked }) => {
          const isOne = people.includes(personId);
          const why = [blocked && words.blocked, !roles.includes(NURSES_ROLE) && words.needsRole].filter(Boolean);
          return (
            <li key={personId}>
              {displayName} {why.length > 0 && <span className="second">· {why.join(' · ')}</span>}
              {(isOne || why.length === 0) && (
                <SureButton
                  key={String(isOne)}
                  means={isOne ? words.takeSight(displayName, name) : words.giveSight(displayName, name)}
                  yes={isOne ? words.takeOff : words.letIn}
                  label={`${isOne ? words.takeOff : words.letIn}: ${displayName}`}
                  busy={press.busy}
                  onSure={() => {
                    change(isOne ? RemoveHospitalPerson : AddHospitalPerson, personId);
                  }}
                >
                  {isOne ? words.takeOff : words.letIn}
                </SureButton>
              )}
            </li>
          );
        })}
      </ul>
      <Refused press={press} />
    </section>
  );
}
