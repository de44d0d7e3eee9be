import {
  AcknowledgePatient,
  BedClass,
  ListOwnHospitals,
  ReceivePatient,
  ReportBeds,
  type Hospital,
} from '@siaga/contracts';
import { useEffect, useState } from 'react';
import { call } from '../../city/api.ts';
import { useCity } from '../../city/city-context.tsx';
import '../../field/field.css';
import { useAsked } from '../../room/asked.ts';
import { Field } from '../../room/field.tsx';
import { FocusProvider } from '../../room/focus.tsx';
import { Page } from '../../room/page.tsx';
import { usePress } from '../../room/press.ts';
import { SpeechProvider, useSpeech } from '../../text/speech.tsx';
import { BedLine } from './bed-line.tsx';
import { RequestLine } from './request-line.tsx';

const noPanels = {};
/** Its people hear nothing of the live streams, which are the city's: the page asks. */
const ASK_EVERY_MS = 5000;
const ask = (signal: AbortSignal) => call(ListOwnHospitals, {}, { signal });

/** `/rs`: who comes to this hospital, and its beds to be counted, on a phone. */
export default function HospitalPage() {
  const { city } = useCity();
  return (
    <SpeechProvider timezone={city.timezone}>
      <FocusProvider>
        <Own />
      </FocusProvider>
    </SpeechProvider>
  );
}

function Own() {
  const { text } = useSpeech();
  const words = text.hospital;
  const { answer, failure, again } = useAsked(ask);
  useEffect(() => {
    const asking = setInterval(again, ASK_EVERY_MS);
    return () => {
      clearInterval(asking);
    };
  }, [again]);
  return (
    <Page title={words.pageTitle} className="field-page" panels={noPanels}>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {answer?.items.length === 0 && <p>{words.notYours}</p>}
      {answer?.items.map((hospital) => (
        <section key={hospital.hospitalId} className="field-job">
          <h2>{hospital.name}</h2>
          <Coming hospital={hospital} again={again} />
          <BedCounts hospital={hospital} again={again} />
        </section>
      ))}
    </Page>
  );
}

interface OwnProps {
  hospital: Hospital;
  again: () => void;
}

function Coming({ hospital: { hospitalId, requests }, again }: OwnProps) {
  const { text } = useSpeech();
  const words = text.hospital;
  const { busy, failure, run } = usePress();
  const coming = requests.filter(({ status }) => status === 'held' || status === 'arrived');
  return (
    <>
      <h3>{words.coming}</h3>
      {coming.length === 0 && <p className="second">{words.nobody}</p>}
      {coming.map((request) => {
        const params = { hospitalId, requestId: request.requestId };
        const { note, status } = request;
        return (
          <article key={request.requestId}>
            <RequestLine request={request} />
            {note !== undefined && (
              <blockquote>
                {note.tag !== undefined && `${text.emergency.tags[note.tag]} · `}
                {note.complaint}
              </blockquote>
            )}
            {request.acknowledged === undefined && (
              <button
                type="button"
                className="strong"
                disabled={busy}
                onClick={() => {
                  run(async (send) => {
                    await send(AcknowledgePatient, { params, body: {} });
                    again();
                  });
                }}
              >
                {words.acknowledge}
              </button>
            )}
            <button
              type="button"
              disabled={busy}
              onClick={() => {
                run(async (send) => {
                  const next = status === 'held' ? ('arrived' as const) : ('handed-over' as const);
                  await send(ReceivePatient, { params, body: { status: next } });
                  again();
                });
              }}
            >
              {status === 'held' ? words.arrived : words.received}
            </button>
          </article>
        );
      })}
      {failure !== undefined && <p role="alert">{failure}</p>}
    </>
  );
}

function BedCounts({ hospital: { hospitalId, beds }, again }: OwnProps) {
  const { text } = useSpeech();
  const words = text.hospital;
  const [written, setWritten] = useState<Readonly<Record<string, string>>>({});
  const { busy, failure, run } = usePress();
  const counts = BedClass.options.flatMap((bedClass) => {
    const [total, occupied] = [written[`${bedClass} total`] ?? '', written[`${bedClass} occupied`] ?? ''];
    return total === '' || occupied === ''
      ? []
      : [{ bedClass, totalCount: Number(total), occupiedCount: Number(occupied) }];
  });
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        run(async (send) => {
          await send(ReportBeds, { params: { hospitalId }, body: { beds: counts } });
          setWritten({});
          again();
        });
      }}
    >
      <h3>{words.beds}</h3>
      {BedClass.options.map((bedClass) => {
        const known = beds.find((one) => one.bedClass === bedClass);
        return (
          <div key={bedClass}>
            {known !== undefined && <BedLine beds={known} />}
            {(['total', 'occupied'] as const).map((which) => (
              <Field
                key={which}
                label={`${words.bedClasses[bedClass]}: ${words[which]}`}
                type="number"
                inputMode="numeric"
                min={0}
                max={5000}
                value={written[`${bedClass} ${which}`] ?? ''}
                onChange={({ target }) => {
                  setWritten({ ...written, [`${bedClass} ${which}`]: target.value });
                }}
              />
            ))}
          </div>
        );
      })}
      {failure !== undefined && <p role="alert">{failure}</p>}
      <button type="submit" className="strong" disabled={busy || counts.length === 0}>
        {words.report}
      </button>
    </form>
  );
}
