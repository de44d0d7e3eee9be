import { lampRoutes, MakeStreetReport } from '@siaga/contracts';
import { useCallback } from 'react';
import { WhoSaw } from '../../audit/who-saw.tsx';
import { call } from '../../city/api.ts';
import { useAsked } from '../../room/asked.ts';
import { useFocus } from '../../room/focus.tsx';
import { Panel } from '../../room/panel.tsx';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { ControlOf } from '../control/control-of.tsx';
import { FaultList } from '../fault-list.tsx';
import { Facts } from '../facts.tsx';
import { JOBS, LAMP, PANEL } from '../kinds.ts';
import { ShowOnMap } from '../show-on-map.tsx';
import { Ago } from '../since.tsx';
import { useStreet } from '../street-context.tsx';
import { kelurahanName } from '../where.ts';
import { LampMark } from './lamp-mark.tsx';
import type { SeenLamp } from './seen-lamps.ts';

/** Everything about one lamp: whether it gives light, since when, who says so, and what the register knows. */
export default function LampPanel({ focusKey: lampId }: { focusKey: string }) {
  const { text } = useSpeech();
  const { lamps } = useStreet();
  const lamp = lamps.lamps.get(lampId);
  return (
    <Panel
      title={
        <>
          <LampMark look={lamp?.look ?? 'unknown'} />
          {lampId}
          {lamp?.exercise === true && <em className="tag">{text.simulationTag}</em>}
        </>
      }
    >
      {lamp === undefined ? <p>{text.street.lampGone}</p> : <LampNow lamp={lamp} />}
    </Panel>
  );
}

function LampNow({ lamp }: { lamp: SeenLamp }) {
  const { text } = useSpeech();
  const { lampStates, panelStates } = useStreet();
  const words = text.street;
  const state = lampStates.get(lamp.lampId)?.data;
  const said = state ?? (lamp.panelId === undefined ? undefined : panelStates.get(lamp.panelId)?.data);
  return (
    <>
      <p className="street-now" data-look={lamp.look}>
        <strong>{words.looks[lamp.look]}</strong>
        {said !== undefined && (
          <span>
            {words.since} <Ago atMs={said.sinceMs} />
          </span>
        )}
      </p>
      <p className="third">
        {lamp.look === 'unmonitored'
          ? words.unmonitoredWhy
          : lamp.basis === 'inferred'
            ? words.inferredFrom(lamp.panelId ?? '–')
            : words.basis[lamp.basis]}
      </p>
      <FaultList faults={state?.faults ?? []} />
      {lamp.old && said !== undefined && (
        <p data-tone="attention">
          {words.oldNews} <Ago atMs={said.heardAtMs} />
        </p>
      )}
      <ControlOf thing={`lamp:${lamp.lampId}`} panelId={lamp.panelId} />
      <LampFacts lamp={lamp} />
    </>
  );
}

function LampFacts({ lamp }: { lamp: SeenLamp }) {
  const { text, format } = useSpeech();
  const { lampStates } = useStreet();
  const { show } = useFocus();
  const may = useMay();
  const words = text.street;
  const { lampId, panelId, place, approximate } = lamp;
  const state = lampStates.get(lampId)?.data;
  const ask = useCallback((signal: AbortSignal) => call(lampRoutes.get, { params: { lampId } }, { signal }), [lampId]);
  const { answer, failure } = useAsked(ask);
  const level = state?.levelPercent;
  return (
    <>
      <Facts
        facts={[
          state !== undefined && [words.lastWord, <Ago key="heard" atMs={state.heardAtMs} />],
          [words.rated, words.watts(format.number(lamp.watt))],
          state?.activePowerW !== undefined && [words.drawn, words.watts(format.number(state.activePowerW))],
          level !== undefined && [
            words.level,
            state?.commandedPercent === undefined
              ? `${format.number(level)} %`
              : words.levelOf(format.number(level), format.number(state.commandedPercent)),
          ],
          [
            words.panel,
            panelId === undefined ? (
              words.panelUnknown
            ) : (
              <button
                key="panel"
                type="button"
                className="link"
                onClick={() => {
                  show(PANEL, panelId);
                }}
              >
                {panelId}
              </button>
            ),
          ],
          answer?.poleNumber !== undefined && [words.pole, answer.poleNumber],
          answer?.road !== undefined && [words.road, answer.road],
          [words.kelurahan, kelurahanName(answer?.kelurahanCode) ?? (answer === undefined ? '…' : text.outsideCity)],
          answer !== undefined && [words.kind, words.lampKinds[answer.kind]],
          answer?.installedOn !== undefined && [words.installed, answer.installedOn],
        ]}
      />
      {failure !== undefined && <p role="alert">{failure}</p>}
      <ShowOnMap place={place} thing={{ kind: LAMP, key: lampId }} guess={approximate ? text.approximate : undefined} />
      {may(MakeStreetReport) && (
        <p className="street-doings">
          <button
            type="button"
            onClick={() => {
              show(JOBS, `new/${lampId}`);
            }}
          >
            {text.jobs.reportLamp}
          </button>
        </p>
      )}
      <WhoSaw subject={`lamp:${lampId}`} />
    </>
  );
}
