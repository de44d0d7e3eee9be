import {
  isOpenIncident,
  CloseIncident,
  IncidentDisposition,
  ListCamerasNear,
  ListRecordings,
  NoteIncident,
  ReopenIncident,
  SplitIncident,
  type IncidentChanged,
} from '@siaga/contracts';
import { useState } from 'react';
import { WhoSaw } from '../../audit/who-saw.tsx';
import { ageMs } from '../../link/age.ts';
import { useNow } from '../../link/use-live.ts';
import { Choice } from '../../room/choice.tsx';
import { useFocus } from '../../room/focus.tsx';
import { Panel } from '../../room/panel.tsx';
import { usePress } from '../../room/press.ts';
import { PrivateText } from '../../session/reveal/private-text.tsx';
import { useMay } from '../../session/session-context.tsx';
import { CamerasNear } from '../../street/cameras/cameras-near.tsx';
import { PicturesOf } from '../../street/cameras/pictures-of.tsx';
import { WATCH } from '../../street/kinds.ts';
import { TALK } from '../../talk/kinds.ts';
import { useSpeech } from '../../text/speech.tsx';
import { fits, hasPatients } from '../patients.ts';
import { ReasonForm } from '../reason-form.tsx';
import { Refused } from '../refused.tsx';
import { Tag } from '../triage-tag.tsx';
import { INCIDENT } from '../kinds.ts';
import { HospitalChoice } from '../hospitals/hospital-choice.tsx';
import { Describe } from './describe.tsx';
import { Dispatch } from './dispatch.tsx';
import { whereOf } from './where-of.ts';
import { IncidentTimeline, IncidentTimelineWithVoice } from './incident-timeline.tsx';
import { LadderAndAgencies } from './ladder-and-agencies.tsx';
import { MergeInto } from './merge-into.tsx';
import { seenLate } from './seen-late.ts';
import { Triage } from './triage.tsx';
import { useIncident } from './use-incident.ts';

/** Everything about one incident, in the order of the work: how bad, whom to send, whom to tell, what happened. */
export default function IncidentPanel({ focusKey: incidentId }: { focusKey: string }) {
  const { text } = useSpeech();
  const words = text.emergency;
  const may = useMay();
  const { canShow } = useFocus();
  const { heard, whole, timeline, failure } = useIncident(incidentId);
  const incident = heard ?? whole;
  if (incident === undefined)
    return (
      <Panel title={words.incidents}>
        {failure === undefined ? <p>{text.loading}</p> : <p role="alert">{failure}</p>}
      </Panel>
    );
  const mayAct = may(NoteIncident);
  return (
    <Panel
      title={
        <>
          <Tag tag={incident.tag} /> {incident.kind === undefined ? words.noKind : words.kinds[incident.kind]}
        </>
      }
    >
      <Facts incident={incident} said={whole?.words} />
      {mayAct && isOpenIncident(incident) && (
        <>
          <Describe incident={incident} />
          {hasPatients(incident) && <Triage incidentId={incidentId} triage={whole?.triage} />}
          <Dispatch incident={incident} />
          {hasPatients(incident) && <HospitalChoice key={`hospital ${incidentId}`} incident={incident} />}
          <LadderAndAgencies key={incident.level} incident={incident} />
          <MergeInto incident={incident} />
        </>
      )}
      {incident.place !== undefined && canShow(WATCH) && may(ListCamerasNear) && <CamerasNear place={incident.place} />}
      {canShow(WATCH) && (
        <PicturesOf
          about={`incident:${incidentId}`}
          place={incident.place}
          atMs={incident.seenAtMs ?? incident.openedAtMs}
        />
      )}
      {mayAct && <Endings incident={incident} />}
      {failure !== undefined && <p role="alert">{failure}</p>}
      {timeline !== undefined &&
        (canShow(TALK) && may(ListRecordings) ? (
          <IncidentTimelineWithVoice key={`timeline ${incidentId}`} incidentId={incidentId} lines={timeline} />
        ) : (
          <IncidentTimeline lines={timeline} />
        ))}
      <WhoSaw subject={`incident:${incidentId}`} />
    </Panel>
  );
}

function Facts({ incident, said }: { incident: IncidentChanged; said: string | undefined }) {
  const { text, format } = useSpeech();
  const words = text.emergency;
  const nowMs = useNow();
  const { show } = useFocus();
  const seenAtMs = seenLate(incident, incident.openedAtMs);
  const { status, openedAtMs, place, victims, callIds, mergedInto, closed, disposition } = incident;
  return (
    <>
      <p className="incident-now" data-status={status}>
        <strong>{words.statuses[status]}</strong> · {format.duration(ageMs(openedAtMs, nowMs))} · {incident.incidentId}
      </p>
      <p>
        {whereOf(incident) ?? words.noPlace}
        {place !== undefined && <span className="second"> ± {format.number(Math.round(place.uncertaintyM))} m</span>}
      </p>
      <p className="second">
        {[
          words.calledBy(format.number(callIds.length)),
          victims !== undefined && words.victimsCount(format.number(victims)),
          words.levelWords[incident.level],
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {incident.patrolId !== undefined && (
        <p className="second">
          {text.patrol.foundOn(incident.patrolId)}
          {seenAtMs !== undefined &&
            ` · ${text.patrol.seenThen(format.moment(seenAtMs, nowMs), format.moment(openedAtMs, nowMs))}`}
        </p>
      )}
      {said !== undefined && (
        <blockquote className="incident-said">
          <PrivateText>{said}</PrivateText>
        </blockquote>
      )}
      {closed !== undefined && disposition !== undefined && (
        <p>
          {words.dispositions[disposition]} · {words.closedAt(format.moment(closed.atMs, nowMs))}
        </p>
      )}
      {mergedInto !== undefined && (
        <button
          type="button"
          onClick={() => {
            show(INCIDENT, mergedInto);
          }}
        >
          {words.mergedInto}
        </button>
      )}
    </>
  );
}

/** A remark, and the end; or the way back from it. */
function Endings({ incident }: { incident: IncidentChanged }) {
  const { incidentId, status } = incident;
  const { text } = useSpeech();
  const words = text.emergency;
  const [disposition, setDisposition] = useState<IncidentDisposition>();
  const press = usePress();
  const { busy, run } = press;
  const params = { incidentId };
  if (status === 'merged' || status === 'closed') {
    const [label, yes] = status === 'merged' ? [words.splitReason, words.split] : [words.reopenReason, words.reopen];
    return (
      <section className="incident-part">
        <ReasonForm
          label={label}
          yes={yes}
          busy={busy}
          onReason={(reason) => {
            run(async (send) => {
              await send(status === 'merged' ? SplitIncident : ReopenIncident, { params, body: { reason } });
            });
          }}
        />
        <Refused press={press} />
      </section>
    );
  }
  return (
    <section className="incident-part">
      <Note incidentId={incidentId} />
      <h3>{words.close}</h3>
      <Choice
        label={words.closeAs}
        options={IncidentDisposition.options.filter((one) => fits(one, incident))}
        chosen={disposition}
        onChoose={setDisposition}
        wraps
      >
        {(one) => words.dispositions[one]}
      </Choice>
      <button
        type="button"
        className="strong"
        disabled={busy || disposition === undefined}
        onClick={() => {
          if (disposition === undefined) return;
          run(async (send) => {
            await send(CloseIncident, { params, body: { disposition } });
          });
        }}
      >
        {words.close}
      </button>
      <Refused press={press} />
    </section>
  );
}

function Note({ incidentId }: { incidentId: string }) {
  const words = useSpeech().text.emergency;
  const [times, setTimes] = useState(0);
  const press = usePress();
  const { busy, run } = press;
  return (
    <>
      <ReasonForm
        key={times}
        label={words.note}
        yes={words.addNote}
        busy={busy}
        onReason={(said) => {
          run(async (send) => {
            await send(NoteIncident, { params: { incidentId }, body: { words: said } });
            setTimes(times + 1);
          });
        }}
      />
      <Refused press={press} />
    </>
  );
}
