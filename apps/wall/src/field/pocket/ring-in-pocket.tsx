import { useEffect, useState } from 'react';
import { usePress } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';
import { installWorker, pocketNow, ringHere, ringNoMore, tellCity } from './pocket.ts';
import type { Pocket } from './pocket-state.ts';

/** One press lets this phone ring while its screen is off; or why it cannot, and what to do. */
export function RingInPocket() {
  const words = useSpeech().text.field.pocket;
  const [pocket, setPocket] = useState<Pocket>();
  const { busy, failure, run } = usePress();
  const [isUnknown, setUnknown] = useState(false);
  useEffect(() => {
    const look = () => pocketNow().then(setPocket);
    installWorker()
      .then(tellCity)
      // it may ring all the same, and nobody here knows
      .catch(() => {
        setUnknown(true);
      })
      .finally(() => void look());
    // somebody comes back from the settings of his browser
    const again = () => void look();
    document.addEventListener('visibilitychange', again);
    return () => {
      document.removeEventListener('visibilitychange', again);
    };
  }, []);
  if (pocket === undefined) return null;
  const press = (what: () => Promise<void>) => {
    run(async () => {
      try {
        await what();
        setUnknown(false);
      } finally {
        setPocket(await pocketNow());
      }
    });
  };
  return (
    <section aria-label={words.title}>
      {pocket === 'off' ? (
        <button
          type="button"
          disabled={busy}
          onClick={() => {
            press(ringHere);
          }}
        >
          {words.ring}
        </button>
      ) : (
        <p className="third" data-tone={pocket === 'on' ? undefined : 'attention'}>
          {words.states[pocket]}{' '}
          {pocket === 'on' && (
            <button
              type="button"
              className="link"
              disabled={busy}
              onClick={() => {
                press(ringNoMore);
              }}
            >
              {words.stop}
            </button>
          )}
        </p>
      )}
      {isUnknown && pocket === 'on' && <p data-tone="attention">{words.untold}</p>}
      {failure !== undefined && <p role="alert">{failure}</p>}
    </section>
  );
}
