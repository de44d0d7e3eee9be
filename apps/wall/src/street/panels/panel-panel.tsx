import { PanelStateChanged, type PanelRegistered } from '@siaga/contracts';
import { WhoSaw } from '../../audit/who-saw.tsx';
import { isFresh } from '../../link/age.ts';
import { useNow } from '../../link/use-live.ts';
import { Panel } from '../../room/panel.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { ControlOf } from '../control/control-of.tsx';
import { FaultList } from '../fault-list.tsx';
import { Facts } from '../facts.tsx';
import { PANEL } from '../kinds.ts';
import { ShowOnMap } from '../show-on-map.tsx';
import { Ago } from '../since.tsx';
import { useStreet } from '../street-context.tsx';
import { kelurahanName } from '../where.ts';
import { TallyBar } from './tally-bar.tsx';

/** Everything about one panel: whether PLN feeds it, whether it feeds its lamps, and how they are. */
export default function PanelPanel({ focusKey: panelId }: { focusKey: string }) {
  const { text, format } = useSpeech();
  const { panels, panelStates, lamps } = useStreet();
  const words = text.street;
  const registered = panels.get(panelId);
  const state = panelStates.get(panelId)?.data;
  const sum = lamps.panels.get(panelId);
  return (
    <Panel
      title={
        <>
          {panelId}
          {registered?.exercise === true && <em className="tag">{text.simulationTag}</em>}
        </>
      }
    >
      {sum === undefined ? <p>{words.panelGone}</p> : <TallyBar panel={sum} />}
      {state === undefined ? <p className="third">{words.panelSilent}</p> : <PanelNow state={state} />}
      <ControlOf thing={`panel:${panelId}`} />
      {registered !== undefined && <PanelFacts panel={registered.data} />}
      {sum?.place !== undefined && (
        <ShowOnMap
          place={sum.place}
          thing={{ kind: PANEL, key: panelId }}
          guess={registered?.data.place === undefined ? words.middleOf(format.number(sum.lamps)) : undefined}
        />
      )}
      <WhoSaw subject={`panel:${panelId}`} />
    </Panel>
  );
}

function PanelNow({ state }: { state: PanelStateChanged }) {
  const { text, format } = useSpeech();
  const words = text.street;
  const old = !isFresh(PanelStateChanged, state.heardAtMs, useNow());
  return (
    <>
      <FaultList faults={state.faults} />
      {old && (
        <p data-tone="attention">
          {words.oldNews} <Ago atMs={state.heardAtMs} />
        </p>
      )}
      <Facts
        facts={[
          [
            words.supply,
            <span key="supply" data-tone={state.supply === 'lost' ? 'attention' : undefined}>
              {words.supplies[state.supply]}
            </span>,
          ],
          [words.output, words.outputs[state.light]],
          [words.sinceWhen, <Ago key="since" atMs={state.sinceMs} />],
          state.mode !== undefined && [words.mode, words.modes[state.mode]],
          state.door !== undefined && [
            words.door,
            <span key="door" data-tone={state.door === 'open' ? 'attention' : undefined}>
              {words.doors[state.door]}
            </span>,
          ],
          state.activePowerW !== undefined && [words.drawn, words.watts(format.number(state.activePowerW))],
          [words.lastWord, <Ago key="heard" atMs={state.heardAtMs} />],
        ]}
      />
    </>
  );
}

function PanelFacts({ panel }: { panel: PanelRegistered }) {
  const { text, format } = useSpeech();
  const { feeders } = useStreet();
  const words = text.street;
  const { feederId } = panel;
  return (
    <Facts
      facts={[
        [words.fedBy, words.panelSupplies[panel.supply]],
        [words.idpel, panel.idpel ?? words.notKnown],
        [words.feeder, feederId === undefined ? words.notKnown : (feeders.get(feederId)?.data.name ?? feederId)],
        panel.road !== undefined && [words.road, panel.road],
        panel.kelurahanCode !== undefined && [words.kelurahan, kelurahanName(panel.kelurahanCode)],
        panel.contractedVa !== undefined && [words.contracted, `${format.number(panel.contractedVa)} VA`],
        panel.tariff !== undefined && [words.tariff, panel.tariff],
      ]}
    />
  );
}
