import { Reveal, type FieldClass } from '@siaga/contracts';
import { LockKeyhole } from 'lucide-react';
import { useSpeech } from '../../text/speech.tsx';
import { useMay } from '../session-context.tsx';
import { RevealForm } from './reveal-form.tsx';

interface HiddenHereProps {
  /** What is hidden, in words. */
  children: string;
  /** Its classes: chosen already where it may be uncovered. */
  classes: readonly FieldClass[];
}

/** Something stands here that is not for who looks: masked is not empty. Who may uncover it does so here. */
export function HiddenHere({ children, classes }: HiddenHereProps) {
  const { text } = useSpeech();
  const may = useMay();
  return (
    <div className="hidden-here">
      <p>
        <LockKeyhole aria-hidden="true" /> {children}
      </p>
      {may(Reveal) && (
        <details className="fold">
          <summary>{text.session.reveal}</summary>
          <RevealForm first={classes} />
        </details>
      )}
    </div>
  );
}
