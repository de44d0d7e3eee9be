import { Circle, CircleCheck, CircleMinus, Hourglass, TriangleAlert } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { useNow } from '../link/use-live.ts';
import { startWords } from '../text/start-words.ts';
import { useSpeechWith } from '../text/speech.tsx';
import { noteWords } from './note-words.ts';
import { stepNames, type Standing, type StepName } from './standing.ts';

/** A shape for each state, so that nobody needs its colour. */
const marks = { open: Circle, waiting: Hourglass, done: CircleCheck, failed: TriangleAlert, 'left-out': CircleMinus };

interface StepProps {
  name: StepName;
  standing: Standing;
  /** The first one that is not done: this is where to go on. */
  isNext: boolean;
  /** How to do it; a step that is done needs none of it. */
  children: ReactNode;
  /** What is offered also once it is done. */
  always?: ReactNode;
}

/** One step of the first hour: what to do, and how it stands as the city sees it. */
export function Step({ name, standing: { at, note }, isNext, children, always }: StepProps) {
  const { text, format } = useSpeechWith(startWords);
  const words = text.start;
  const nowMs = useNow();
  const id = useId();
  const Mark = marks[at];
  const isOver = at === 'done' || at === 'left-out';
  return (
    <li className="step" data-at={at} data-next={isNext} aria-current={isNext ? 'step' : undefined}>
      <section aria-labelledby={id}>
        <header className="step-head">
          <Mark aria-hidden="true" />
          <h2 id={id}>
            <span className="spoken">{words.stepNumber(format.number(stepNames.indexOf(name) + 1))}: </span>
            {words.steps[name].title}
          </h2>
          <p className="step-state">
            <strong>{words.states[at]}</strong>
            {note !== undefined && (at === 'failed' ? ' ' : ': ')}
            {note !== undefined && noteWords(note, { text, format, nowMs })}
          </p>
        </header>
        {!isOver && <p className="step-how">{words.steps[name].how}</p>}
        {!isOver && children}
        {always}
      </section>
    </li>
  );
}
