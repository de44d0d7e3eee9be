import { Field } from '../../room/field.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { mostOf, noteNames, type Written } from './notes.ts';

interface NoteFieldsProps {
  written: Written;
  onWritten: (written: Written) => void;
}

/** Who is brought, from where to where. */
export function NoteFields({ written, onWritten }: NoteFieldsProps) {
  const words = useSpeech().text.bookings;
  return noteNames.map((name) => (
    <Field
      key={name}
      label={words.notes[name]}
      type={name === 'number' ? 'tel' : 'text'}
      maxLength={mostOf[name]}
      value={written[name]}
      onChange={({ target }) => {
        onWritten({ ...written, [name]: target.value });
      }}
    />
  ));
}
