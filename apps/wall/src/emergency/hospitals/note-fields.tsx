import { PreArrivalNote } from '@siaga/contracts';
import { Choice } from '../../room/choice.tsx';
import { Field } from '../../room/field.tsx';
import { useSpeech } from '../../text/speech.tsx';

// nothing pressed is not known
const ages = PreArrivalNote.shape.ageBand.unwrap().options.filter((one) => one !== 'unknown');
const sexes = PreArrivalNote.shape.sex.unwrap().options.filter((one) => one !== 'unknown');

/** Who comes, as it is written; without a complaint nobody was told anything. */
export type Note = Pick<PreArrivalNote, 'complaint' | 'ageBand' | 'sex'>;

export const nobody: Note = { complaint: '' };

interface NoteFieldsProps {
  note: Note;
  onNote: (note: Note) => void;
}

/** What the hospital is told of who comes: no name, no number. */
export function NoteFields({ note, onNote }: NoteFieldsProps) {
  const words = useSpeech().text.hospital;
  return (
    <>
      <Field
        label={words.complaint}
        maxLength={200}
        value={note.complaint}
        onChange={({ target }) => {
          onNote({ ...note, complaint: target.value });
        }}
      />
      <Choice
        label={words.age}
        options={ages}
        chosen={note.ageBand}
        onChoose={(ageBand) => {
          onNote({ ...note, ageBand });
        }}
        wraps
      >
        {(one) => words.ageBands[one]}
      </Choice>
      <Choice
        label={words.sex}
        options={sexes}
        chosen={note.sex}
        onChoose={(sex) => {
          onNote({ ...note, sex });
        }}
      >
        {(one) => words.sexes[one]}
      </Choice>
    </>
  );
}
