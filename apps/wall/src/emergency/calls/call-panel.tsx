import { CallSource, CLAIM_STALE_MS, ClaimCall, GetCall, MASKED, OpenCall, type CallChanged } from '@siaga/contracts';
import { useMemo, useState } from 'react';
import { Who } from '../../alarms/who.tsx';
import { call as ask } from '../../city/api.ts';
import { ageMs } from '../../link/age.ts';
import { useNow } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';
import { Choice } from '../../room/choice.tsx';
import { useFocus } from '../../room/focus.tsx';
import { Panel } from '../../room/panel.tsx';
import { usePress } from '../../room/press.ts';
import { HiddenHere } from '../../session/reveal/hidden-here.tsx';
import { PrivateText } from '../../session/reveal/private-text.tsx';
import { seesIn, useSight } from '../../session/reveal/sight.ts';
import { useMe } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { useBoard } from '../emergency-context.tsx';
import { ReasonForm } from '../reason-form.tsx';
import { Refused } from '../refused.tsx';
import { CALL, NEW_CALL } from '../kinds.ts';
import { CallEnd } from './call-end.tsx';
import { CallForm } from './call-form.tsx';
import { Surroundings } from './surroundings.tsx';
import { useNotes } from './use-notes.ts';

/** One call: taken, written down while somebody speaks, and made an incident or closed. */
export default function CallPanel({ focusKey }: { focusKey: string }) {
  const { call: find } = useBoard();
  if (focusKey === NEW_CALL) return <NewCall />;
  const heard = find(focusKey);
  return heard === undefined ? <OldCall callId={focusKey} /> : <OneCall call={heard} />;
}

/** One that screens were let go of: the city still knows it. */
function OldCall({ callId }: { callId: string }) {
  const { text } = useSpeech();
  const sight = useSight();
  const { answer, failure } = useAsked(useMemo(() => askOf({ callId, sight }), [callId, sight]));
  if (answer !== undefined) return <OneCall call={answer} />;
  return (
    <Panel title={text.emergency.calls}>
      {failure === undefined ? <p>{text.loading}</p> : <p role="alert">{failure}</p>}
    </Panel>
  );
}

const askOf =
  ({ callId }: { callId: string; sight: string }) =>
  (signal: AbortSignal) =>
    ask(GetCall, { params: { callId } }, { signal });

function NewCall() {
  const { text } = useSpeech();
  const words = text.emergency;
  const { show } = useFocus();
  const [source, setSource] = useState<CallSource>('112');
  const press = usePress();
  const { busy, run } = press;
  return (
    <Panel title={words.newCall}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          run(async (send) => {
            const { callId } = await send(OpenCall, { body: { source } });
            show(CALL, callId);
          });
        }}
      >
        <Choice label={words.source} options={CallSource.options} chosen={source} onChoose={setSource} wraps>
          {(one) => words.sources[one]}
        </Choice>
        <Refused press={press} />
        <button type="submit" className="strong" autoFocus disabled={busy}>
          {words.openCall} <kbd>Enter</kbd>
        </button>
      </form>
    </Panel>
  );
}

/** How long it took; that nobody knows when it ended, where nobody said so. */
function lastedOf({ startedAtMs, endedAtMs }: CallChanged, { text, format }: ReturnType<typeof useSpeech>): string {
  return endedAtMs === undefined ? text.emergency.endUnknown : format.duration(Math.max(0, endedAtMs - startedAtMs));
}

function OneCall({ call }: { call: CallChanged }) {
  const speech = useSpeech();
  const { text, format } = speech;
  const words = text.emergency;
  const me = useMe();
  const nowMs = useNow();
  const isMine = call.claim?.by === me.principalId;
  return (
    <Panel title={`${words.sources[call.source]} · ${words.callStatuses[call.status]}`}>
      <p className="second">
        {format.moment(call.startedAtMs, nowMs)} ·{' '}
        {call.status === 'done' ? lastedOf(call, speech) : format.duration(ageMs(call.startedAtMs, nowMs))} ·{' '}
        {call.callId}
      </p>
      {call.before !== undefined && call.before.calls > 0 && (
        <p data-tone={call.before.junk > 0 ? 'attention' : undefined}>
          {words.before(format.number(call.before.calls), format.number(call.before.junk))}
          {call.before.blockedUntilMs !== undefined && ` · ${words.blocked(format.time(call.before.blockedUntilMs))}`}
        </p>
      )}
      {!isMine && call.status !== 'done' && <Claim call={call} />}
      {isMine ? (
        <MyCall key={call.callId} call={call} />
      ) : (
        <>
          <CallFacts call={call} />
          <CallEnd call={call} />
        </>
      )}
    </Panel>
  );
}

/** Written down and ended by whoever has it. */
function MyCall({ call }: { call: CallChanged }) {
  const notes = useNotes(call.callId);
  const words = useSpeech().text.emergency;
  const isOpen = seesIn(useSight(), 'caller');
  const isMasked = [call.words, call.callerName, call.number].includes(MASKED);
  return (
    <>
      {!isOpen && <HiddenHere classes={['caller']}>{words.callHidden}</HiddenHere>}
      {/* drawn anew once what is written can be read, and never under the hand that writes */}
      <CallForm key={String(isOpen && !isMasked)} call={call} notes={notes} />
      <Surroundings call={call} />
      <CallEnd call={call} flushed={notes.flushed} />
    </>
  );
}

/** Takes a call that nobody has, or one whose taker has fallen silent, with the reason. */
function Claim({ call: { callId, claim } }: { call: CallChanged }) {
  const { text, format } = useSpeech();
  const words = text.emergency;
  const nowMs = useNow();
  const press = usePress();
  const { busy, run } = press;
  const take = (body: { takeOverReason?: string }) => {
    run(async (send) => {
      await send(ClaimCall, { params: { callId }, body });
    });
  };
  const silentMs = claim === undefined ? 0 : ageMs(claim.seenMs, nowMs);
  return (
    <>
      {claim === undefined ? (
        <button
          type="button"
          className="strong"
          autoFocus
          disabled={busy}
          onClick={() => {
            take({});
          }}
        >
          {words.claim} <kbd>Enter</kbd>
        </button>
      ) : (
        <p>
          {words.claimedBy} <Who actor={claim.by} />
          {silentMs > CLAIM_STALE_MS && (
            <span data-tone="attention"> · {words.staleClaim(format.duration(silentMs))}</span>
          )}
        </p>
      )}
      {claim !== undefined && silentMs > CLAIM_STALE_MS && (
        <ReasonForm
          label={words.takeOverReason}
          yes={words.takeOver}
          busy={busy}
          onReason={(takeOverReason) => {
            take({ takeOverReason });
          }}
        />
      )}
      <Refused press={press} />
    </>
  );
}

/** What is written down of a call that somebody else has. */
function CallFacts({ call }: { call: CallChanged }) {
  const { text, format } = useSpeech();
  const words = text.emergency;
  const facts = [
    [words.place, call.place?.words],
    [words.kind, call.kind && words.kinds[call.kind]],
    [words.victims, call.victims === undefined ? undefined : format.number(call.victims)],
    [words.said, call.words],
    [words.callerName, call.callerName],
    [words.callerNumber, call.number],
  ].filter((fact): fact is [string, string] => fact[1] !== undefined);
  return (
    <dl className="call-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <PrivateText>{value}</PrivateText>
          </dd>
        </div>
      ))}
    </dl>
  );
}
