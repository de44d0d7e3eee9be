import { EndSession, ListSessions } from '@siaga/contracts';
import { useCallback } from 'react';
import { call } from '../../city/api.ts';
import { ageMs } from '../../link/age.ts';
import { useNow } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';
import { usePress } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';
import { PrivateText } from '../reveal/private-text.tsx';
import { browserOf } from './browser.ts';

/** Where somebody is signed in, and how to end it there. */
export function SessionList({ personId }: { personId: string }) {
  const { text, format } = useSpeech();
  const words = text.session;
  const nowMs = useNow();
  const { answer, failure, again } = useAsked(
    useCallback((signal: AbortSignal) => call(ListSessions, { params: { personId } }, { signal }), [personId]),
  );
  const press = usePress();
  const end = (sessionId: string) => {
    press.run(async (send) => {
      await send(EndSession, { params: { personId, sessionId } });
      again();
    });
  };
  const sessions = answer?.items ?? [];
  return (
    <>
      {answer === undefined && failure === undefined && <p className="third">{text.loading}</p>}
      {answer !== undefined && sessions.length === 0 && <p className="third">{words.noSessions}</p>}
      <ul className="rows">
        {sessions.map(({ sessionId, userAgent, address, lastSeenAtMs, current }) => {
          const where = browserOf(userAgent) ?? words.unknownBrowser;
          return (
            <li key={sessionId}>
              <p>
                <strong>{where}</strong>
                {current && <em className="tag here">{words.sessionHere}</em>}
              </p>
              <p className="row-facts">
                <PrivateText>{address}</PrivateText> · {words.sessionSeen(format.duration(ageMs(lastSeenAtMs, nowMs)))}
              </p>
              {!current && (
                <button
                  type="button"
                  disabled={press.busy}
                  aria-label={words.endSessionOf(where)}
                  onClick={() => {
                    end(sessionId);
                  }}
                >
                  {words.endSession}
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {(press.failure ?? failure) !== undefined && <p role="alert">{press.failure ?? failure}</p>}
    </>
  );
}
