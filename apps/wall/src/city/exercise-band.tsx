import { useExercise } from '../link/use-live.ts';
import { useSpeech } from '../text/speech.tsx';

/** The band nobody can miss while anything on the screen is simulated. */
export function ExerciseBand() {
  const share = useExercise();
  const { text } = useSpeech();
  if (share === 'none') return null;
  return (
    <div className="exercise-band" role="status">
      <p>
        <strong>{text.simulation}</strong>
        <span>{share === 'all' ? text.simulationAll : text.simulationSome}</span>
      </p>
    </div>
  );
}
