import {
  LampProgrammeAssigned,
  LampProgrammeChanged,
  sunProgramme,
  TakeLampOverride,
  type LampOverrideChanged,
} from '@siaga/contracts';
import { useLatest } from '../../link/use-live.ts';
import { useFocus } from '../../room/focus.tsx';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { CONTROL } from '../kinds.ts';
import { heldBy } from './held-by.ts';
import { OverrideLine } from './override-line.tsx';
import { useOverrides } from './seen-overrides.ts';

interface ControlOfProps {
  /** `lamp:PJU-1`, `panel:APP-1`. */
  thing: string;
  /** Of a lamp: whose contactor switches it, too, and whose programme it follows. */
  panelId?: string | undefined;
}

/** What a lamp or panel was told: by hand, by whom and for how long still; else its programme. The way to tell it. */
export function ControlOf({ thing, panelId }: ControlOfProps) {
  const { text } = useSpeech();
  const words = text.control;
  const { show } = useFocus();
  const may = useMay();
  const above = panelId === undefined ? [] : [`panel:${panelId}`];
  const held = heldBy(useOverrides(), [thing, ...above]);
  const programme = useProgrammeName([thing, ...above]);
  return (
    <section className="control-of" aria-label={words.title}>
      {held === undefined ? <p className="third">{words.follows(programme)}</p> : <Held override={held} />}
      {may(TakeLampOverride) && (
        <button
          type="button"
          onClick={() => {
            show(CONTROL, `new/${thing}`);
          }}
        >
          {words.new}
        </button>
      )}
    </section>
  );
}

function Held({ override }: { override: LampOverrideChanged }) {
  const words = useSpeech().text.control;
  const { show } = useFocus();
  return (
    <div data-tone="attention">
      <button
        type="button"
        className="link"
        onClick={() => {
          show(CONTROL, `override/${override.overrideId}`);
        }}
      >
        {words.underOverride}
      </button>
      <OverrideLine override={override} />
    </div>
  );
}

/** What is said of the first that anything is said of, else the sun. */
function useProgrammeName(things: readonly string[]): string {
  const words = useSpeech().text.control;
  const assigned = useLatest(LampProgrammeAssigned);
  const programmes = useLatest(LampProgrammeChanged);
  const said = things.map((thing) => assigned.get(thing)?.data.programmeId).find((one) => one !== undefined);
  if (said === undefined || said === sunProgramme.programmeId) return words.sun;
  return programmes.get(said)?.data.name ?? words.sun;
}
