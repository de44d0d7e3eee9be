import { WriteCall, type RequestOf } from '@siaga/contracts';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useSend } from '../../room/press.ts';
import { NotesSaver } from './notes-saver.ts';

type Notes = RequestOf<typeof WriteCall>['body'];

/** What is typed of one call, saved as it is typed; the form is of one call for as long as it is drawn. */
export function useNotes(callId: string) {
  const send = useSend();
  const [saver] = useState(() => new NotesSaver<Notes>((body) => send(WriteCall, { params: { callId }, body })));
  useEffect(
    () => () => {
      saver.end();
    },
    [saver],
  );
  const saving = useSyncExternalStore(saver.subscribe, saver.get);
  return {
    saving,
    note: (notes: Notes) => {
      saver.note(notes);
    },
    /** Saves now; false: some of it could not be saved. */
    flushed: () => saver.flushed(),
  };
}

export type CallNotesForm = ReturnType<typeof useNotes>;
