import {
  AskCallerPlace,
  CallBack,
  CallDisposition,
  CloseCall,
  JoinIncident,
  OpenIncident,
  SuggestDuplicates,
  type CallChanged,
} from '@siaga/contracts';
import { useMemo, useState } from 'react';
import { call as ask } from '../../city/api.ts';
import { useAsked } from '../../room/asked.ts';
import { useFocus } from '../../room/focus.tsx';
import { usePress, type Press } from '../../room/press.ts';
import { SureButton } from '../../room/sure-button.tsx';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { useBoard } from '../emergency-context.tsx';
import { INCIDENT } from '../kinds.ts';
import { Refused } from '../refused.tsx';

interface CallEndProps {
  call: CallChanged;
  /** Of a call that is mine: saves what was typed last; false where some of it could not be saved. */
  flushed?: () => Promise<boolean>;
}

/** What becomes of a call: an incident, one more caller of one, a call back, or nothing. */
export function CallEnd({ call, flushed }: CallEndProps) {
  const { text } = useSpeech();
  const words = text.emergency;
  const { show } = useFocus();
  const press = usePress();
  const { callId, incidentId } = call;
  return (
    <section className="call-end">
      {incidentId !== undefined && (
        <button
          type="button"
          className="strong"
          onClick={() => {
            show(INCIDENT, incidentId);
          }}
        >
          {words.toIncident}
        </button>
      )}
      {incidentId === undefined && flushed !== undefined && (
        <>
          <Duplicates call={call} press={press} flushed={flushed} />
          <button
            type="button"
            className="strong"
            disabled={press.busy}
            onClick={() => {
              press.run(async (send) => {
                // an incident does not wait for words that are refused; they stay in sight then
                const isSaved = await flushed();
                const incident = await send(OpenIncident, { body: { callId } });
                if (isSaved) show(INCIDENT, incident.incidentId);
              });
            }}
          >
            {words.makeIncident}
          </button>
        </>
      )}
      {flushed !== undefined && call.status !== 'done' && <Endings call={call} press={press} flushed={flushed} />}
      <Refused press={press} />
    </section>
  );
}

interface OfMyCall extends Required<CallEndProps> {
  press: Press;
}

function Endings({ call: { callId, number }, press, flushed }: OfMyCall) {
  const { text } = useSpeech();
  const words = text.emergency;
  const [blocks, setBlocks] = useState(false);
  const close = (disposition: CallDisposition) => {
    press.run(async (send) => {
      const isJunk = disposition === 'ghost' || disposition === 'prank';
      const body = { disposition, ...(isJunk && blocks && number !== undefined && { blockHours: 24 }) };
      await flushed();
      await send(CloseCall, { params: { callId }, body });
    });
  };
  return (
    <>
      <PlaceLink callId={callId} press={press} />
      <button
        type="button"
        disabled={press.busy}
        onClick={() => {
          press.run(async (send) => {
            await flushed();
            await send(CallBack, { params: { callId } });
          });
        }}
      >
        {words.callBack}
      </button>
      <h3>{words.closeCall}</h3>
      {number !== undefined && (
        <label className="check">
          <input
            type="checkbox"
            checked={blocks}
            onChange={({ target }) => {
              setBlocks(target.checked);
            }}
          />
          {words.block}
        </label>
      )}
      <div className="call-closings">
        {CallDisposition.options.map((one) => (
          <SureButton
            key={one}
            means={words.closeSure(words.callDispositions[one])}
            yes={words.closeCall}
            busy={press.busy}
            onSure={() => {
              close(one);
            }}
          >
            {words.callDispositions[one]}
          </SureButton>
        ))}
      </div>
    </>
  );
}

/** A link for the caller's phone; shown once. */
function PlaceLink({ callId, press }: { callId: string; press: Press }) {
  const words = useSpeech().text.emergency;
  const [url, setUrl] = useState<string>();
  if (url !== undefined)
    return (
      <p role="status">
        {words.placeLink} <code>{url}</code>
      </p>
    );
  return (
    <button
      type="button"
      disabled={press.busy}
      onClick={() => {
        press.run(async (send) => {
          setUrl((await send(AskCallerPlace, { params: { callId } })).url);
        });
      }}
    >
      {words.askPlace}
    </button>
  );
}

const askOf =
  ({ callId }: { callId: string; because: string }) =>
  (signal: AbortSignal) =>
    ask(SuggestDuplicates, { params: { callId } }, { signal });

/** Open incidents that may be the same: one press makes this caller one of theirs. */
function Duplicates({ call: { callId, place, kind: about }, press, flushed }: OfMyCall) {
  const { text, format } = useSpeech();
  const words = text.emergency;
  const { show } = useFocus();
  const { incident: find, incidents } = useBoard();
  const mayJoin = useMay()(JoinIncident);
  // asked anew when the call is told otherwise, or there are other incidents: four callers in a minute are one
  const told = [place?.lat, place?.lng, place?.uncertaintyM, about].join(' ');
  const because = `${told} ${incidents.map(({ incidentId }) => incidentId).join(' ')}`;
  const { answer, failure } = useAsked(useMemo(() => askOf({ callId, because }), [callId, because]));
  if (!mayJoin) return null;
  if (failure !== undefined) return <p role="alert">{words.maybeSameUnknown(failure)}</p>;
  if (answer === undefined || answer.items.length === 0) return null;
  return (
    <>
      <h3>{words.maybeSame}</h3>
      <ul className="call-places">
        {answer.items.map(({ incidentId, distanceM, agoMs }) => {
          const kind = find(incidentId)?.kind;
          return (
            <li key={incidentId}>
              <button
                type="button"
                disabled={press.busy}
                onClick={() => {
                  press.run(async (send) => {
                    const isSaved = await flushed();
                    await send(JoinIncident, { params: { incidentId }, body: { callId } });
                    if (isSaved) show(INCIDENT, incidentId);
                  });
                }}
              >
                {kind !== undefined && `${words.kinds[kind]} · `}
                {words.joinIncident(
                  distanceM === undefined ? undefined : format.number(distanceM),
                  format.duration(agoMs),
                )}
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
