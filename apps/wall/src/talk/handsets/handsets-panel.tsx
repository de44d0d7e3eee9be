import {
  dayAt,
  FindHandset,
  GetHandsetMonth,
  ListHandsets,
  LoseHandset,
  PutHandset,
  type HandsetNow,
} from '@siaga/contracts';
import { Download } from 'lucide-react';
import { useCallback } from 'react';
import { call, download } from '../../city/api.ts';
import { useCity } from '../../city/city-context.tsx';
import { ReasonForm } from '../../emergency/reason-form.tsx';
import { ageMs } from '../../link/age.ts';
import { useNow } from '../../link/use-live.ts';
import { ListView, SearchField, useList, type ListQuery } from '../../room/list.tsx';
import { Panel } from '../../room/panel.tsx';
import { usePress } from '../../room/press.ts';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import '../talk.css';
import { HandsetForm } from './handset-form.tsx';

/** The register of radios: whose office, until when SIM and plan are paid, when it was heard last, and which are lost. */
export default function HandsetsPanel() {
  const words = useSpeech().text.handsets;
  const may = useMay();
  const ask = useCallback((query: ListQuery, signal: AbortSignal) => call(ListHandsets, { query }, { signal }), []);
  const list = useList(ask);
  const today = dayAt(useNow(), useCity().city.timezone);
  const saving = usePress();
  const month = today.slice(0, 7);
  return (
    <Panel title={words.register}>
      <SearchField label={words.find} search={list.search} onSearch={list.onSearch} />
      <ListView list={list} label={words.register} className="unit-rows" empty={words.none}>
        {(handset) => <HandsetRow key={handset.handsetId} handset={handset} today={today} onChanged={list.again} />}
      </ListView>
      {saving.failure !== undefined && <p role="alert">{saving.failure}</p>}
      {may(PutHandset) && <HandsetForm onKept={list.again} />}
      <button
        type="button"
        disabled={saving.busy}
        onClick={() => {
          const path = GetHandsetMonth.path.replace(':month', month) as `/api/${string}`;
          saving.run(() => download({ path, accept: 'text/csv' }, `ht-${month}.csv`));
        }}
      >
        <Download aria-hidden="true" /> {words.monthSheet(month)}
      </button>
    </Panel>
  );
}

interface HandsetRowProps {
  handset: HandsetNow;
  today: string;
  onChanged: () => void;
}

function HandsetRow({ handset, today, onChanged }: HandsetRowProps) {
  const { text, format } = useSpeech();
  const words = text.handsets;
  const may = useMay();
  const nowMs = useNow();
  const { busy, failure, run } = usePress();
  const { handsetId, agency, office, kind, simUntil, planUntil, isTraining, heardAtMs, battery, voice, lost, holder } =
    handset;
  const params = { handsetId };
  const over = (day: string | undefined) => day !== undefined && day < today;
  return (
    <li className="unit" data-lost={lost !== undefined}>
      <p>
        <strong>{handsetId}</strong> · {office} · {text.session.agencies[agency]}
      </p>
      <p className="second">
        {[
          words.kinds[kind],
          isTraining && words.training,
          heardAtMs === undefined
            ? kind !== 'analogue' && words.neverHeard
            : words.heardAgo(format.duration(ageMs(heardAtMs, nowMs))),
          battery !== undefined &&
            words.battery(format.number(battery.percent), format.duration(ageMs(battery.atMs, nowMs))),
          simUntil !== undefined && words.simUntil(simUntil),
          planUntil !== undefined && words.planUntil(planUntil),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {voice !== undefined && <HowWell voice={voice} />}
      {(over(simUntil) || over(planUntil)) && <p data-tone="attention">{words.runOut}</p>}
      {lost !== undefined && (
        <p data-tone="attention">{words.lostSince(format.moment(lost.atMs, nowMs), lost.reason)}</p>
      )}
      {failure !== undefined && <p role="alert">{failure}</p>}
      {lost === undefined && may(LoseHandset) && (
        <details>
          <summary>{words.lose}</summary>
          <p>{holder === undefined ? words.nobodyHolds : words.loseMeans}</p>
          <ReasonForm
            label={words.loseReason}
            yes={words.lose}
            busy={busy}
            onReason={(reason) => {
              run(async (send) => {
                await send(LoseHandset, { params, body: { reason } });
                onChanged();
              });
            }}
          />
        </details>
      )}
      {lost !== undefined && may(FindHandset) && (
        <button
          type="button"
          disabled={busy}
          onClick={() => {
            run(async (send) => {
              await send(FindHandset, { params });
              onChanged();
            });
          }}
        >
          {words.found}
        </button>
      )}
    </li>
  );
}

/** How well it talks and hears, each figure with its unit, and how old they are. */
function HowWell({ voice }: { voice: NonNullable<HandsetNow['voice']> }) {
  const { text, format } = useSpeech();
  const words = text.handsets;
  const { accessMs, delayMs, jitterMs, lostPercent, atMs } = voice;
  const age = format.duration(ageMs(atMs, useNow()));
  const figures = [
    accessMs !== undefined && words.access(format.number(accessMs)),
    delayMs !== undefined && words.delay(format.number(Math.round(delayMs))),
    jitterMs !== undefined && words.jitter(format.number(Math.round(jitterMs))),
    lostPercent !== undefined && words.lostVoice(format.number(lostPercent)),
  ];
  return <p className="second">{`${figures.filter(Boolean).join(' · ')} (${words.measuredAgo(age)})`}</p>;
}
