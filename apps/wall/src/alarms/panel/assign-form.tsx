import { ListAlarmHolders, type AlarmChanged } from '@siaga/contracts';
import { useId, useMemo, useState } from 'react';
import { call } from '../../city/api.ts';
import { useAsked } from '../../room/asked.ts';
import { useColleagues } from '../../session/colleagues.ts';
import { useSpeech } from '../../text/speech.tsx';
import { CommandForm } from './command-form.tsx';
import { holdersByAgency } from './holders.ts';

const askOf = (alarmId: string) => (signal: AbortSignal) =>
  call(ListAlarmHolders, { params: { alarmId } }, { signal }).then(({ items }) =>
    items.map(({ principalId }) => principalId),
  );

const nobody: readonly string[] = [];

/** Gives an alarm to one of those who may act on it; letters find a name. */
export function AssignForm({ alarm }: { alarm: AlarmChanged }) {
  const { text } = useSpeech();
  const { alarms: words } = text;
  const id = useId();
  const { alarmId, agency, assignee: holder } = alarm;
  const { answer, failure } = useAsked(useMemo(() => askOf(alarmId), [alarmId]));
  const people = useColleagues(answer ?? nobody);
  const [chosen, setChosen] = useState('');
  const groups = holdersByAgency(
    people.filter(({ principalId }) => principalId !== holder),
    agency,
  );
  const assignee = people.find(({ principalId }) => principalId === chosen && principalId !== holder);
  const instead = holder === undefined ? {} : { instead: holder };
  return (
    <CommandForm
      alarmId={alarmId}
      command={assignee && { act: 'assign', assignee: assignee.principalId, ...instead }}
      send={assignee?.displayName === undefined ? words.assign : words.sendAssign(assignee.displayName)}
    >
      <div className="field">
        <label htmlFor={id}>{words.assignTo}</label>
        <select
          id={id}
          autoFocus
          value={assignee === undefined ? '' : chosen}
          onChange={({ target }) => {
            setChosen(target.value);
          }}
        >
          <option value="">{answer === undefined && failure === undefined ? text.loading : words.assignChoose}</option>
          {groups.map(({ agency: whose, people: those }) => (
            <optgroup key={whose} label={text.session.agencies[whose]}>
              {those.map(({ principalId, displayName }) => (
                <option key={principalId} value={principalId}>
                  {displayName}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </div>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {answer?.length === 0 && <p className="third">{words.assignNobody}</p>}
    </CommandForm>
  );
}
