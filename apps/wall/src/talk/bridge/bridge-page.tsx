import { useEffect, useState, useSyncExternalStore } from 'react';
import { useCity } from '../../city/city-context.tsx';
import { Choice } from '../../room/choice.tsx';
import { FocusProvider } from '../../room/focus.tsx';
import { Page } from '../../room/page.tsx';
import { usePress } from '../../room/press.ts';
import { SpeechProvider, useSpeech } from '../../text/speech.tsx';
import { Air } from '../air.ts';
import { LevelMeter } from '../level-meter.tsx';
import { Standing } from '../standing.tsx';
import '../talk.css';
import { useAwake } from '../use-awake.ts';
import { useGroups } from '../use-groups.ts';
import { keepSettings, keptSettings, type BridgeSettings } from './bridge-settings.ts';
import { SerialPtt } from './serial-ptt.ts';
import { SettingsForm } from './settings-form.tsx';
import { VoxBridge } from './vox-bridge.ts';
import { usualVox } from './vox-rules.ts';

const noPanels = {};

/** `/jembatan`: a computer at a post whose sound card is wired to a set of their own: that set is one member of one group. */
export default function BridgePage() {
  const { city } = useCity();
  return (
    <SpeechProvider timezone={city.timezone}>
      <FocusProvider>
        <Bridge />
      </FocusProvider>
    </SpeechProvider>
  );
}

interface Running {
  air: Air;
  bridge: VoxBridge;
}

function Bridge() {
  const { text } = useSpeech();
  const words = text.bridge;
  const groups = useGroups('siaga.bridge-group', { follows: true });
  const [settings, setSettings] = useState(() => keptSettings(localStorage));
  const [running, setRunning] = useState<Running>();
  const opening = usePress(() => words.cannot);
  useEffect(
    () => () => {
      running?.bridge.close();
      running?.air.close();
    },
    [running],
  );
  const able = groups.items?.filter(({ mayTalk }) => mayTalk) ?? [];
  const group = able.find(({ groupId }) => groupId === groups.group?.groupId) ?? able[0];
  const begin = (groupId: string) => {
    opening.run(async () => {
      const bridge = new VoxBridge(groupId, { ...usualVox, ...settings });
      const heard = (block: Float32Array) => {
        bridge.heard(block);
      };
      const air = await Air.open({ ...settings, heard });
      air.touch();
      bridge.begin(air);
      setRunning({ air, bridge });
    });
  };
  if (running !== undefined)
    return (
      <Page title={words.title} className="ht-page" panels={noPanels}>
        <On
          {...running}
          groupName={able.find(({ groupId }) => groupId === running.bridge.groupId)?.name ?? running.bridge.groupId}
          onEnd={() => {
            setRunning(undefined);
          }}
        />
      </Page>
    );
  return (
    <Page title={words.title} className="ht-page" panels={noPanels}>
      <p>{words.why}</p>
      {groups.failure !== undefined && <p role="alert">{groups.failure}</p>}
      {groups.items !== undefined && group === undefined && <p>{words.noGroup}</p>}
      {group !== undefined && (
        <Choice
          label={text.talk.group}
          wraps
          options={able.map(({ groupId }) => groupId)}
          chosen={group.groupId}
          onChoose={groups.choose}
        >
          {(groupId) => able.find((one) => one.groupId === groupId)?.name ?? groupId}
        </Choice>
      )}
      <SettingsForm
        settings={settings}
        onChange={(next: BridgeSettings) => {
          keepSettings(localStorage, next);
          setSettings(next);
        }}
      />
      {opening.failure !== undefined && <p role="alert">{opening.failure}</p>}
      <button
        type="button"
        className="strong ht-begin"
        disabled={opening.busy || group === undefined}
        onClick={() => {
          if (group !== undefined) begin(group.groupId);
        }}
      >
        {words.begin}
      </button>
    </Page>
  );
}

function On({ air, bridge, groupName, onEnd }: Running & { groupName: string; onEnd: () => void }) {
  const words = useSpeech().text.bridge;
  const at = useSyncExternalStore(bridge.subscribe, bridge.get);
  const isAwake = useAwake();
  const line = useSyncExternalStore(air.line.subscribe, air.line.get);
  const microphone = useSyncExternalStore(air.microphone.subscribe, air.microphone.get);
  const [isKeyed, setIsKeyed] = useState(false);
  const choosing = usePress(() => words.noPort);
  // red is what the group hears, not what the set says
  const isHeard = line.press?.state.at === 'has-permission' || line.press?.state.at === 'pending-release';
  const shown = at === 'open' && !isHeard ? 'unheard' : at;
  const refused = line.groups.get(bridge.groupId)?.refused;
  return (
    <>
      <p className="bridge-state" role="status" data-at={shown}>
        {words.states[shown]}
      </p>
      <p>{words.member(groupName)}</p>
      {refused !== undefined && <p role="alert">{refused}</p>}
      <LevelMeter label={words.fromSet} level={air.spoken} />
      <LevelMeter label={words.toSet} level={air.heard} />
      <Standing air={air} />
      {isAwake === false && <p className="second">{words.asleep}</p>}
      {choosing.failure !== undefined && <p role="alert">{choosing.failure}</p>}
      {!SerialPtt.isThere && <p className="second">{words.ownVox}</p>}
      {isKeyed && <p className="second">{words.keyed}</p>}
      {SerialPtt.isThere && !isKeyed && (
        <button
          type="button"
          disabled={choosing.busy}
          onClick={() => {
            choosing.run(async () => {
              const chosen = await SerialPtt.choose();
              bridge.keyWith(chosen);
              setIsKeyed(true);
            });
          }}
        >
          {words.choosePort}
        </button>
      )}
      {microphone !== 'on' && microphone !== 'asking' && (
        <button
          type="button"
          onClick={() => {
            air.touch();
          }}
        >
          {words.reopen}
        </button>
      )}
      <button type="button" onClick={onEnd}>
        {words.end}
      </button>
    </>
  );
}
