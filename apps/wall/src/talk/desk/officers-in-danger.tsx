import { EndDistress, type DistressChanged, type TalkGroup } from '@siaga/contracts';
import { useWho } from '../../alarms/who.tsx';
import { ReasonForm } from '../../emergency/reason-form.tsx';
import { INCIDENT } from '../../emergency/kinds.ts';
import { ageMs } from '../../link/age.ts';
import { useNow } from '../../link/use-live.ts';
import { useFocus } from '../../room/focus.tsx';
import { usePress } from '../../room/press.ts';
import { useMe } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { useOpenDistresses } from '../distress/open-distresses.ts';
import { useRadio } from '../talk-context.tsx';

/** Who may say that somebody else is safe. */
const LEADERS: readonly string[] = ['dispatcher', 'supervisor', 'city-admin'];

/** Officers in danger, above everything else of the radio: who, where he is heard, since when, and the way to him. */
export function OfficersInDanger() {
  const words = useSpeech().text.talk.distress;
  const { items = [] } = useRadio();
  const open = useOpenDistresses();
  if (open.length === 0) return null;
  return (
    <ul className="talk-danger" aria-label={words.inDanger}>
      {open.map((distress) => (
        <Officer
          key={distress.distressId}
          distress={distress}
          group={items.find(({ groupId }) => groupId === distress.groupId)}
        />
      ))}
    </ul>
  );
}

function Officer({ distress, group }: { distress: DistressChanged; group: TalkGroup | undefined }) {
  const { text, format } = useSpeech();
  const words = text.talk.distress;
  const { distressId, principalId, agency, raisedAtMs, position } = distress;
  const who = useWho(principalId);
  const { roles } = useMe();
  const { air, choose } = useRadio();
  const { show, canShow } = useFocus();
  const { busy, failure, run } = usePress();
  return (
    <li>
      <p role="alert">
        <strong>{text.talk.emergency(who)}</strong> · {text.session.agencies[agency]} ·{' '}
        {format.duration(ageMs(raisedAtMs, useNow()))}
      </p>
      <p>
        {group === undefined ? words.inNoGroup : words.heardIn(group.name)} ·{' '}
        {position === undefined ? words.placeUnknown : `± ${format.number(Math.round(position.accuracyM))} m`}
      </p>
      {air === undefined && <p>{words.openToHear}</p>}
      <div className="talk-danger-ways">
        {air !== undefined && group?.mayTalk === true && (
          <button
            type="button"
            onClick={() => {
              choose(group.groupId);
            }}
          >
            {words.talkToHim}
          </button>
        )}
        {canShow(INCIDENT) && (
          <button
            type="button"
            onClick={() => {
              // its incident has its number
              show(INCIDENT, distressId.replace(/^DRT/, 'INS'));
            }}
          >
            {words.itsIncident}
          </button>
        )}
      </div>
      {roles.some((role) => LEADERS.includes(role)) && (
        <details>
          <summary>{words.end}</summary>
          <ReasonForm
            label={words.endReason}
            yes={words.end}
            busy={busy}
            onReason={(reason) => {
              run(async (send) => {
                await send(EndDistress, { params: { distressId }, body: { reason } });
              });
            }}
          />
        </details>
      )}
      {failure !== undefined && <p role="alert">{failure}</p>}
    </li>
  );
}
