import type { PatrolPlace, PatrolRoute } from '@siaga/contracts';
import { distanceM } from '@siaga/geo';
import { useState } from 'react';
import { SureButton } from '../room/sure-button.tsx';
import { base64Of } from '../street/work-orders/photo-file.ts';
import { useSpeech } from '../text/speech.tsx';
import { smallPhoto } from './patrol-photo.ts';
import type { PatrolQueue } from './patrol-queue.ts';
import { PatrolReport } from './patrol-report.tsx';
import { StepButton } from './step-button.tsx';
import { placeHere, placesAhead, type Walk } from './patrol-walk.ts';
import { usePosition } from './use-position.ts';

interface RoundProps {
  route: PatrolRoute;
  walk: Walk;
  queue: PatrolQueue;
}

/** A round under way: one large button for the place that is next, what was seen, and the end. */
export function PatrolRound({ route, walk, queue }: RoundProps) {
  const { text, format } = useSpeech();
  const words = text.patrol;
  const position = usePosition();
  const [next, ...others] = placesAhead(route, walk, position);
  const here = placeHere(route, position);
  const { patrolId } = walk;
  const checkIn = ({ placeId }: PatrolPlace) => {
    queue.press(patrolId, { what: 'check-in', body: { placeId, ...(position !== undefined && { position }) } });
  };
  const away = (place: PatrolPlace) =>
    position === undefined ? words.noPosition : words.away(format.number(Math.round(distanceM(place, position))));
  return (
    <>
      {next !== undefined && (
        <StepButton
          key={next.placeId}
          className="strong field-large"
          onPress={() => {
            checkIn(next);
          }}
        >
          {words.checkIn(next.name)}
          <small>{away(next)}</small>
        </StepButton>
      )}
      {others.length > 0 && (
        <details>
          <summary>{words.otherPlaces}</summary>
          <div className="field-steps">
            {others.map((place) => (
              <button
                key={place.placeId}
                type="button"
                onClick={() => {
                  checkIn(place);
                }}
              >
                {place.name} <small>{away(place)}</small>
              </button>
            ))}
          </div>
        </details>
      )}
      <Visits route={route} walk={walk} />
      <PatrolReport
        onReport={(finding) => {
          const at = { ...(position && { position }), ...(here && { placeId: here.placeId }) };
          queue.press(patrolId, { what: 'report', body: { ...finding, ...at } });
        }}
      />
      <Photo
        onPhoto={(contentBase64) => {
          queue.press(patrolId, { what: 'photo', body: { contentBase64, ...(here && { placeId: here.placeId }) } });
        }}
      />
      <SureButton
        means={next === undefined ? words.endMeans : words.endEarly(format.number(others.length + 1))}
        yes={words.endYes}
        onSure={() => {
          queue.press(patrolId, { what: 'end', body: {} });
        }}
      >
        {words.end}
      </SureButton>
    </>
  );
}

/** Where the squad was, and what of it the city does not have yet. */
function Visits({ route, walk: { visits } }: Pick<RoundProps, 'route' | 'walk'>) {
  const { text, format } = useSpeech();
  const words = text.patrol;
  return (
    <ul className="field-visits" aria-label={words.visits}>
      {route.places.map(({ placeId, name }) => {
        const visit = visits.get(placeId);
        if (visit === undefined) return null;
        const marks = [visit.byHand && words.byHand, !visit.isSent && words.notSent].filter(Boolean);
        return <li key={placeId}>{[name, format.time(visit.atMs), ...marks].join(' · ')}</li>;
      })}
    </ul>
  );
}

function Photo({ onPhoto }: { onPhoto: (contentBase64: string) => void }) {
  const words = useSpeech().text.patrol;
  const [isBroken, setBroken] = useState(false);
  const [taken, setTaken] = useState(0);
  const take = (file: File) => {
    smallPhoto(file)
      .then(base64Of)
      .then((content) => {
        onPhoto(content);
        setBroken(false);
        setTaken((before) => before + 1);
      })
      .catch(() => {
        setBroken(true);
      });
  };
  return (
    <>
      <label className="field-photo">
        {words.photo}
        <input
          // a new one each time: the same picture may be taken again
          key={taken}
          type="file"
          accept="image/*"
          capture="environment"
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file !== undefined) take(file);
          }}
        />
      </label>
      {taken > 0 && <p className="second">{words.photosTaken(String(taken))}</p>}
      {isBroken && <p role="alert">{words.photoBroken}</p>}
    </>
  );
}
