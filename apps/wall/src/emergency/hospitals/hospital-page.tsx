import { ListOwnHospitals, type Hospital } from '@siaga/contracts';
import { useCallback } from 'react';
import { call } from '../../city/api.ts';
import { useCity } from '../../city/city-context.tsx';
import { AskedExerciseBand } from '../../city/exercise-band.tsx';
import '../../field/field.css';
import { Sound } from '../../field/sound.tsx';
import { ageMs } from '../../link/age.ts';
import { useCityNow, useNow } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';
import { FocusProvider } from '../../room/focus.tsx';
import { Page } from '../../room/page.tsx';
import { useMay } from '../../session/session-context.tsx';
import { SpeechProvider, useSpeech } from '../../text/speech.tsx';
import { Coming } from './coming.tsx';
import { CountForm } from './count-form.tsx';
import '../emergency.css';
import './hospitals.css';
import { TrafficForm } from './traffic-form.tsx';
import { TrafficLine } from './traffic-line.tsx';

const noPanels = {};
/** Its people hear nothing of the live streams, which are the city's: the page asks. */
const ASK_EVERY_MS = 5000;
/** Several questions without an answer: what stands here may be wrong by now. */
const OLD_AFTER_MS = 20_000;

/** `/rs`: who comes to this hospital, and its beds to be counted, on a phone or at the desk of the IGD. */
export default function HospitalPage() {
  const { city } = useCity();
  return (
    <SpeechProvider timezone={city.timezone}>
      <FocusProvider>
        <Door />
      </FocusProvider>
    </SpeechProvider>
  );
}

/** Who may ask which hospital is his is shown it; everybody else what he lacks, and who gives it. */
function Door() {
  const words = useSpeech().text.hospital;
  const may = useMay();
  if (may(ListOwnHospitals)) return <Own />;
  return (
    <Page title={words.pageTitle} className="field-page hospital-page" panels={noPanels}>
      <p>{words.notYours}</p>
    </Page>
  );
}

function Own() {
  const { text } = useSpeech();
  const words = text.hospital;
  const cityNow = useCityNow();
  const ask = useCallback(
    async (signal: AbortSignal) => {
      const { items } = await call(ListOwnHospitals, {}, { signal });
      return { items, heardAtMs: cityNow() };
    },
    [cityNow],
  );
  const { answer, failure, again } = useAsked(ask, { everyMs: ASK_EVERY_MS });
  const [only, ...more] = answer?.items ?? [];
  const simulated = (answer?.items ?? []).filter(({ exercise }) => exercise === true);
  const title = only !== undefined && more.length === 0 ? only.name : words.pageTitle;
  return (
    <Page title={title} className="field-page hospital-page" panels={noPanels}>
      {simulated.length > 0 && <AskedExerciseBand share={simulated.length === answer?.items.length ? 'all' : 'some'} />}
      <Sound />
      {answer === undefined && failure === undefined && <p className="third">{text.loading}</p>}
      {failure !== undefined && <p role="alert">{failure}</p>}
      {answer !== undefined && <Heard atMs={answer.heardAtMs} />}
      {answer?.items.length === 0 && <p>{words.notYours}</p>}
      {answer?.items.map((hospital) => (
        <OwnHospital key={hospital.hospitalId} isNamed={more.length > 0} {...{ hospital, again }} />
      ))}
    </Page>
  );
}

/** How old what stands here is: said small while it is new, and loudly when the city does not answer. */
function Heard({ atMs }: { atMs: number }) {
  const { text, format } = useSpeech();
  const words = text.hospital;
  const age = ageMs(atMs, useNow());
  if (age < OLD_AFTER_MS) return <p className="third">{words.heard}</p>;
  return <p role="alert">{words.notHeard(format.duration(age))}</p>;
}

interface OwnHospitalProps {
  hospital: Hospital;
  isNamed: boolean;
  again: () => void;
}

function OwnHospital({ hospital, isNamed, again }: OwnHospitalProps) {
  const { text } = useSpeech();
  const words = text.hospital;
  return (
    <section className="field-job" aria-label={hospital.name}>
      {isNamed && <h2>{hospital.name}</h2>}
      <Coming hospital={hospital} again={again} />
      <h3>{words.beds}</h3>
      <CountForm hospital={hospital} onCounted={again} />
      <h3>{words.trafficTitle}</h3>
      <TrafficLine hospital={hospital} />
      <TrafficForm key={hospital.emsTraffic} hospital={hospital} onSaid={again} />
    </section>
  );
}
