import { useColleague } from '../session/colleagues.ts';
import { useMe } from '../session/session-context.tsx';
import { useSpeech } from '../text/speech.tsx';

/** What the desk calls itself in what it tells. */
const DESK = 'service';

/** Says who did something, from the id that stands in the log; somebody who works here no more has no name. */
export function useWho(actor: string | undefined): string {
  const me = useMe();
  const { text } = useSpeech();
  const colleague = useColleague(actor);
  if (actor === DESK) return text.alarms.siaga;
  if (actor === me.principalId) return text.alarms.me;
  return colleague?.displayName ?? text.alarms.somebody;
}

/** The name of who did something. */
export function Who({ actor }: { actor: string }) {
  return useWho(actor);
}
