import { ChevronLeft, ChevronRight, Pause, Play } from 'lucide-react';
import type { Dispatch, SetStateAction } from 'react';
import { Choice } from '../../../room/choice.tsx';
import { useSpeech } from '../../../text/speech.tsx';
import { gridSizes, rotations, turnAmong, type GridSize, type Rotation } from './rotation.ts';

/** How many cameras are shown, which turn it is, and how that changes. */
export interface Turning {
  size: GridSize;
  setSize: (size: GridSize) => void;
  everyS: Rotation;
  setEveryS: (seconds: Rotation) => void;
  isPaused: boolean;
  setPaused: Dispatch<SetStateAction<boolean>>;
  turn: number;
  turns: number;
  step: (by: number) => void;
}

/** What one sets and presses above the pictures; every press has a key, too. */
export function GridBar({ turning }: { turning: Turning }) {
  const { text, format } = useSpeech();
  const { view: words } = text.street.camera;
  const { size, setSize, everyS, setEveryS, turn, turns } = turning;
  return (
    <div className="grid-bar">
      <Choice label={words.size} options={gridSizes} chosen={size} onChoose={setSize}>
        {(count) => words.cameras(format.number(count))}
      </Choice>
      <Choice label={words.every} options={rotations} chosen={everyS} onChoose={setEveryS}>
        {(seconds) => format.duration(seconds * 1000)}
      </Choice>
      <TurnButtons turning={turning} />
      <p className="third">{words.turn(format.number(turnAmong(turn, turns) + 1), format.number(turns))}</p>
    </div>
  );
}

function TurnButtons({ turning: { isPaused, setPaused, turns, step } }: { turning: Turning }) {
  const { text } = useSpeech();
  const { view: words } = text.street.camera;
  const isAll = turns === 1;
  return (
    <div className="doings">
      <button
        type="button"
        aria-label={words.before}
        disabled={isAll}
        onClick={() => {
          step(-1);
        }}
      >
        <ChevronLeft aria-hidden="true" />
      </button>
      <button
        type="button"
        aria-pressed={isPaused}
        disabled={isAll}
        onClick={() => {
          setPaused(!isPaused);
        }}
      >
        {isPaused ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
        {isPaused ? words.goOn : words.hold} <kbd aria-hidden="true">p</kbd>
      </button>
      <button
        type="button"
        aria-label={words.next}
        disabled={isAll}
        onClick={() => {
          step(1);
        }}
      >
        <ChevronRight aria-hidden="true" />
      </button>
    </div>
  );
}
