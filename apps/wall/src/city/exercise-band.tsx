import { useExercise } from '../link/use-live.ts';
import { useSpeech } from '../text/speech.tsx';

/** The band nobody can miss while anything on the screen is simulated. */
export function ExerciseBand() {
  const share = useExercise();
  return share === 'none' ? null : <Band share={share} />;
}

/** The same on a page that hears nothing live: what it asked for is simulated. */
export function AskedExerciseBand({ share }: { share: 'some' | 'all' }) {
  return useExercise() === 'none' && <Band share={share} />;
}

function Band({ share }: { share: 'some' | 'all' }) {
  const { text } = useSpeech();
  return (
    <div className="exercise-band" role="status">
      <p>
        <strong>{text.simulation}</strong>
        <span>{share === 'all' ? text.simulationAll : text.simulationSome}</span>
      </p>
    </div>
  );
}
