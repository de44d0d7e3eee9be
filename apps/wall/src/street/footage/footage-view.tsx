import { GetFootage, type FootageRequest } from '@siaga/contracts';
import { useCallback } from 'react';
import { Who } from '../../alarms/who.tsx';
import { call } from '../../city/api.ts';
import { useNow } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';
import { BackButton } from '../../room/back-button.tsx';
import { useFocus } from '../../room/focus.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { Facts } from '../facts.tsx';
import { FOOTAGE } from '../kinds.ts';
import { useCameraNames } from './camera-names.ts';
import { toneOf } from './status-tone.ts';
import { footageChanged } from './changes.ts';
import { FootageSteps } from './footage-steps.tsx';
import { Recordings } from './recordings.tsx';

/** One request: what is asked for, by whom, what was decided, and what may happen next. */
export function FootageView({ footageId }: { footageId: string }) {
  const words = useSpeech().text.footage;
  const { show } = useFocus();
  const { answer, failure, again } = useAsked(
    useCallback((signal: AbortSignal) => call(GetFootage, { params: { footageId } }, { signal }), [footageId]),
  );
  return (
    <>
      <BackButton
        onBack={() => {
          show(FOOTAGE, 'list');
        }}
      >
        {words.back}
      </BackButton>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {answer !== undefined && (
        <>
          <FootageFacts request={answer} />
          <Recordings request={answer} />
          <FootageSteps
            key={answer.status}
            request={answer}
            onDone={() => {
              again();
              footageChanged();
            }}
          />
        </>
      )}
    </>
  );
}

function FootageFacts({ request }: { request: FootageRequest }) {
  const { text, format } = useSpeech();
  const words = text.footage;
  const nowMs = useNow();
  const names = useCameraNames(request.cameraIds);
  const { footageId, status, fromMs, toMs, decision, handOver } = request;
  const at = (atMs: number) => format.moment(atMs, nowMs);
  return (
    <>
      <p className="job-head">
        <strong>{footageId}</strong>
        <em className="tag" role="status" data-tone={toneOf[status]}>
          {words.statuses[status]}
        </em>
      </p>
      <Facts
        facts={[
          [words.cameras, names.join(', ')],
          [words.period, `${at(fromMs)} – ${at(toMs)} (${format.duration(toMs - fromMs)})`],
          [words.letterNumber, request.letterNumber],
          [words.institution, request.institution],
          [words.requester, request.requester ?? words.forgotten],
          [words.purpose, request.purpose],
          [words.keptUntil, format.date(request.keptUntilMs)],
          [words.askedBy, <By key="asked" actor={request.askedBy} at={at(request.askedAtMs)} />],
          decision !== undefined && [words.decidedBy, <By key="decided" actor={decision.by} at={at(decision.atMs)} />],
          decision?.note !== undefined && [words.note, decision.note],
          handOver !== undefined && [words.handedOver, <By key="handed" actor={handOver.by} at={at(handOver.atMs)} />],
          handOver !== undefined && [words.how, handOver.how],
          handOver?.sha256 !== undefined && [words.sha256, handOver.sha256],
        ]}
      />
    </>
  );
}

function By({ actor, at }: { actor: string; at: string }) {
  return (
    <>
      <Who actor={actor} /> · {at}
    </>
  );
}
