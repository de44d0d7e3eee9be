import { ListCalls, ListIncidents, type CallStatus } from '@siaga/contracts';
import { useMemo, useState } from 'react';
import { call } from '../../city/api.ts';
import { Choice } from '../../room/choice.tsx';
import { ListView, SearchField, useList, type ListQuery } from '../../room/list.tsx';
import { Panel } from '../../room/panel.tsx';
import { useSight } from '../../session/reveal/sight.ts';
import { useSpeech } from '../../text/speech.tsx';
import { CallRow } from '../calls/call-row.tsx';
import { useBoard } from '../emergency-context.tsx';
import { OverIncidentRow } from './over-incident-row.tsx';

const lists = ['incidents', 'done', 'unanswered', 'call-back'] as const;

/** What is over, so that it can be looked up, opened again or split off; and who is still to be called back. */
export default function OverPanel() {
  const words = useSpeech().text.emergency;
  const [list, setList] = useState<(typeof lists)[number]>('incidents');
  return (
    <Panel title={words.over}>
      <Choice label={words.over} options={lists} chosen={list} onChoose={setList} wraps>
        {(one) => (one === 'incidents' ? words.incidents : words.callLists[one])}
      </Choice>
      {list === 'incidents' ? <OverIncidents /> : <Calls key={list} status={list} />}
    </Panel>
  );
}

interface Because {
  /** What of the board is another, and what may be seen: the list is asked for anew. */
  because: string;
}

const askIncidents =
  ({ open }: Because & { open: 'false' }) =>
  (query: ListQuery, signal: AbortSignal) =>
    call(ListIncidents, { query: { ...query, open } }, { signal });

function OverIncidents() {
  const words = useSpeech().text.emergency;
  const because = `${useBoard()
    .incidents.map(({ incidentId }) => incidentId)
    .join(' ')} ${useSight()}`;
  const list = useList(useMemo(() => askIncidents({ because, open: 'false' }), [because]));
  return (
    <>
      <SearchField label={words.searchOver} search={list.search} onSearch={list.onSearch} />
      <ListView list={list} label={words.over} className="incident-list" empty={words.noneOver}>
        {(incident) => (
          <li key={incident.incidentId}>
            <OverIncidentRow incident={incident} />
          </li>
        )}
      </ListView>
    </>
  );
}

const askCalls =
  ({ status }: Because & { status: CallStatus }) =>
  (query: ListQuery, signal: AbortSignal) =>
    call(ListCalls, { query: { ...query, status } }, { signal });

function Calls({ status }: { status: Exclude<(typeof lists)[number], 'incidents'> }) {
  const words = useSpeech().text.emergency;
  const because = `${useBoard()
    .calls.map(({ callId, status: now }) => callId + now)
    .join(' ')} ${useSight()}`;
  const list = useList(useMemo(() => askCalls({ because, status }), [because, status]));
  return (
    <>
      <SearchField label={words.searchOver} search={list.search} onSearch={list.onSearch} />
      <ListView list={list} label={words.callLists[status]} className="call-list" empty={words.noneOver}>
        {(one) => (
          <li key={one.callId}>
            <CallRow call={one} isShown={false} />
          </li>
        )}
      </ListView>
    </>
  );
}
