import { ApproveFootage, belongsTo, HandOverFootage, RefuseFootage, type FootageRequest } from '@siaga/contracts';
import { useState } from 'react';
import { Field } from '../../room/field.tsx';
import { usePress } from '../../room/press.ts';
import { useMay, useMe } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';

interface StepProps {
  request: FootageRequest;
  onDone: () => void;
}

/** What may happen next to a request, and by whom: never by who wrote it down. */
export function FootageSteps({ request, onDone }: StepProps) {
  const words = useSpeech().text.footage;
  const me = useMe();
  const may = useMay();
  const { status, owner, askedBy } = request;
  if (status === 'refused' || status === 'handed-over') return null;
  if (!belongsTo(me, [owner])) return <p className="third">{words.notMine}</p>;
  if (status === 'approved') return may(HandOverFootage) ? <HandOverForm request={request} onDone={onDone} /> : null;
  if (askedBy === me.principalId) return <p className="third">{words.byMe}</p>;
  return may(ApproveFootage) ? <DecisionForm request={request} onDone={onDone} /> : null;
}

function DecisionForm({ request: { footageId }, onDone }: StepProps) {
  const words = useSpeech().text.footage;
  const [note, setNote] = useState('');
  const { busy, failure, run } = usePress();
  const said = note.trim();
  const params = { footageId };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        run(async (send) => {
          await send(ApproveFootage, { params, body: said === '' ? {} : { note: said } });
          onDone();
        });
      }}
    >
      <Field
        label={words.note}
        hint={words.noteHint}
        maxLength={300}
        value={note}
        onChange={({ target }) => {
          setNote(target.value);
        }}
      />
      {failure !== undefined && <p role="alert">{failure}</p>}
      <div className="doings">
        <button type="submit" className="strong" disabled={busy}>
          {words.approve}
        </button>
        <button
          type="button"
          disabled={busy || said === ''}
          onClick={() => {
            run(async (send) => {
              await send(RefuseFootage, { params, body: { note: said } });
              onDone();
            });
          }}
        >
          {words.refuse}
        </button>
      </div>
    </form>
  );
}

function HandOverForm({ request: { footageId }, onDone }: StepProps) {
  const words = useSpeech().text.footage;
  const [how, setHow] = useState('');
  const [sha256, setSha256] = useState('');
  const { busy, failure, run } = usePress();
  const sum = sha256.trim().toLowerCase();
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        run(async (send) => {
          await send(HandOverFootage, { params: { footageId }, body: { how, ...(sum === '' ? {} : { sha256: sum }) } });
          onDone();
        });
      }}
    >
      <Field
        label={words.how}
        hint={words.howHint}
        required
        maxLength={200}
        value={how}
        onChange={({ target }) => {
          setHow(target.value);
        }}
      />
      <Field
        label={words.sha256}
        hint={words.sha256Hint}
        pattern="\s*[0-9a-fA-F]{64}\s*"
        value={sha256}
        onChange={({ target }) => {
          setSha256(target.value);
        }}
      />
      {failure !== undefined && <p role="alert">{failure}</p>}
      <button type="submit" className="strong" disabled={busy || how.trim() === ''}>
        {words.handOver}
      </button>
    </form>
  );
}
