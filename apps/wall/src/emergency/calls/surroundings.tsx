import { GetSurroundings, type AnswerOf, type CallChanged } from '@siaga/contracts';
import { useMemo } from 'react';
import { kindWords } from '../../alarms/alarm-text.ts';
import { ALARM } from '../../alarms/kinds.ts';
import { SeverityMark } from '../../alarms/severity-mark.tsx';
import { call as ask } from '../../city/api.ts';
import { ageMs } from '../../link/age.ts';
import { useCityNow, useNow } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';
import { useFocus } from '../../room/focus.tsx';
import { useMay } from '../../session/session-context.tsx';
import { NearCamera } from '../../street/cameras/cameras-near.tsx';
import { WATCH } from '../../street/kinds.ts';
import { kelurahanName } from '../../street/where.ts';
import { useSpeech } from '../../text/speech.tsx';
import { useBoard } from '../emergency-context.tsx';
import { howFar } from '../how-far.ts';
import { HospitalFacts } from '../hospitals/hospital-facts.tsx';
import { INCIDENT } from '../kinds.ts';

type Around = AnswerOf<typeof GetSurroundings>;

/** As many as one takes in at a glance, of each part of the run card. */
const MOST_UNITS = 3;

const askOf =
  ({ callId, cityNow }: { callId: string; because: string; cityNow: () => number }) =>
  async (signal: AbortSignal) => {
    const answer = await ask(GetSurroundings, { params: { callId } }, { signal });
    return { ...answer, heardAtMs: cityNow() };
  };

/** Units go and beds fill while somebody is still on the line. */
const ASK_EVERY_MS = 15_000;

/** What lies around a call's place, asked for in one go as soon as the city knows the place, and again when it is another. */
export function Surroundings({ call: { callId, place, kind } }: { call: CallChanged }) {
  const { text } = useSpeech();
  const may = useMay();
  if (place === undefined || !may(GetSurroundings)) return null;
  const { lat, lng, uncertaintyM } = place;
  const because = [lat, lng, uncertaintyM, kind].join(' ');
  return (
    <section className="incident-part" aria-label={text.around.title}>
      <h3>{text.around.title}</h3>
      <Answer callId={callId} because={because} />
    </section>
  );
}

function Answer({ callId, because }: { callId: string; because: string }) {
  const { text, format } = useSpeech();
  const { canShow } = useFocus();
  const cityNow = useCityNow();
  const question = useMemo(() => askOf({ callId, because, cityNow }), [callId, because, cityNow]);
  const { answer, failure } = useAsked(question, { everyMs: ASK_EVERY_MS });
  if (answer === undefined) return failure === undefined ? <p className="third">{text.loading}</p> : <p role="alert">{failure}</p>; // prettier-ignore
  return (
    <>
      {failure !== undefined && <p role="alert">{failure}</p>}
      <p className="third">{text.around.asOf(format.timeWithSeconds(answer.heardAtMs))}</p>
      <p>{kelurahanName(answer.kelurahanCode) ?? text.around.border}</p>
      <NearUnits parts={answer.parts} />
      <NearHospitals hospitals={answer.hospitals} />
      {answer.cameras.length > 0 && canShow(WATCH) && (
        <section className="cameras-near">
          <h4>{text.street.camera.near.title}</h4>
          <ul>
            {answer.cameras.map((camera) => (
              <li key={camera.cameraId}>
                <NearCamera camera={camera} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <NearIncidents incidents={answer.incidents} />
      <NearAlarms alarms={answer.alarms} />
    </>
  );
}

/** Nobody is sent before there is an incident: these are words, not buttons. */
function NearUnits({ parts }: Pick<Around, 'parts'>) {
  const speech = useSpeech();
  const { around, emergency: words } = speech.text;
  const { unit: find } = useBoard();
  return (
    <>
      <h4>{around.units}</h4>
      {parts.every(({ candidates }) => candidates.length === 0) && <p className="third">{around.noUnits}</p>}
      <ul className="near-units">
        {parts.flatMap(({ candidates }, part) =>
          candidates.slice(0, MOST_UNITS).map(({ unitId, passedOver, ...far }) => (
            <li key={`${String(part)} ${unitId}`} data-passed-over={passedOver}>
              {find(unitId)?.name ?? unitId}{' '}
              <span className="second">
                {[howFar(far, speech), passedOver === undefined ? around.ready : words.passedOver[passedOver]]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </li>
          )),
        )}
      </ul>
    </>
  );
}

function NearHospitals({ hospitals }: Pick<Around, 'hospitals'>) {
  const words = useSpeech().text.hospital;
  if (hospitals.length === 0) return null;
  return (
    <>
      <h4>{words.title}</h4>
      <ul className="near-units">
        {hospitals.map(({ distanceM, ...hospital }) => (
          <li key={hospital.hospitalId}>
            <HospitalFacts hospital={hospital} metres={distanceM} />
          </li>
        ))}
      </ul>
    </>
  );
}

function NearIncidents({ incidents }: Pick<Around, 'incidents'>) {
  const { text, format } = useSpeech();
  const { around, emergency: words } = text;
  const { show } = useFocus();
  const nowMs = useNow();
  if (incidents.length === 0) return null;
  return (
    <>
      <h4>{around.incidents}</h4>
      <ul className="call-places">
        {incidents.map(({ incidentId, kind, distanceM, openedAtMs }) => (
          <li key={incidentId}>
            <button
              type="button"
              onClick={() => {
                show(INCIDENT, incidentId);
              }}
            >
              {kind === undefined ? words.noKind : words.kinds[kind]} · {around.far(format.number(distanceM))} ·{' '}
              {around.age(format.duration(ageMs(openedAtMs, nowMs)))}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function NearAlarms({ alarms }: Pick<Around, 'alarms'>) {
  const { text, format } = useSpeech();
  const { around } = text;
  const { show, canShow } = useFocus();
  if (alarms.length === 0 || !canShow(ALARM)) return null;
  return (
    <>
      <h4>{around.alarms}</h4>
      <ul className="call-places">
        {alarms.map(({ alarmId, name, kind, severity, distanceM }) => (
          <li key={alarmId}>
            <button
              type="button"
              onClick={() => {
                show(ALARM, alarmId);
              }}
            >
              <SeverityMark severity={severity} /> {text.alarms.severities[severity]} · {name} · {kindWords(kind, text)}{' '}
              · {distanceM === 0 ? around.here : around.far(format.number(distanceM))}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
