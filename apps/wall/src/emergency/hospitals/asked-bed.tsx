import {
  AcknowledgePatient,
  AnnouncePatient,
  CancelBedRequest,
  ExtendBedRequest,
  type BedRequest,
  type IncidentChanged,
} from '@siaga/contracts';
import { useState } from 'react';
import { usePress } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';
import { ReasonForm } from '../reason-form.tsx';
import { Refused } from '../refused.tsx';
import { nobody, NoteFields } from './note-fields.tsx';
import { RequestLine } from './request-line.tsx';

interface AskedBedProps {
  hospitalId: string;
  request: BedRequest;
  incident: IncidentChanged;
}

/** A bed that was asked for: what became of it, and while it is held all that the desk does with it. */
export function AskedBed({ hospitalId, request, incident }: AskedBedProps) {
  const words = useSpeech().text.hospital;
  const press = usePress();
  const { busy, run } = press;
  const params = { hospitalId, requestId: request.requestId };
  const isUnread = request.announced !== undefined && request.acknowledged === undefined;
  return (
    <div className="asked-bed">
      <RequestLine request={request} />
      {request.status === 'held' && (
        <>
          <div className="assignment-steps">
            <button
              type="button"
              disabled={busy}
              onClick={() => {
                run(async (send) => {
                  await send(ExtendBedRequest, { params });
                });
              }}
            >
              {words.extend}
            </button>
            {isUnread && (
              <button
                type="button"
                disabled={busy}
                onClick={() => {
                  run(async (send) => {
                    await send(AcknowledgePatient, { params, body: { channel: 'telephone' } });
                  });
                }}
              >
                {words.readByTelephone}
              </button>
            )}
          </div>
          <Announce params={params} isAgain={request.announced !== undefined} incident={incident} />
          <ReasonForm
            label={words.cancelReason}
            yes={words.cancel}
            busy={busy}
            onReason={(reason) => {
              run(async (send) => {
                await send(CancelBedRequest, { params, body: { reason } });
              });
            }}
          />
        </>
      )}
      <Refused press={press} />
    </div>
  );
}

interface AnnounceProps {
  params: { hospitalId: string; requestId: string };
  isAgain: boolean;
  incident: IncidentChanged;
}

/** The hospital is told who comes, or what is different by now. */
function Announce({ params, isAgain, incident: { tag } }: AnnounceProps) {
  const words = useSpeech().text.hospital;
  const [note, setNote] = useState(nobody);
  const press = usePress();
  const { busy, run } = press;
  const complaint = note.complaint.trim();
  return (
    <details>
      <summary>{isAgain ? words.announceAgain : words.announce}</summary>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          run(async (send) => {
            await send(AnnouncePatient, { params, body: { ...note, complaint, ...(tag && { tag }) } });
            setNote(nobody);
          });
        }}
      >
        <NoteFields note={note} onNote={setNote} />
        <Refused press={press} />
        <button type="submit" disabled={busy || complaint === ''}>
          {words.tell}
        </button>
      </form>
    </details>
  );
}
