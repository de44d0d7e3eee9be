import type { AuditedAction } from '@siaga/contracts';
import { RotateCw, ScrollText } from 'lucide-react';
import { useMemo } from 'react';
import { ADMIN, administers, personFocus } from '../admin/kinds.ts';
import { useFocus } from '../room/focus.tsx';
import { Panel } from '../room/panel.tsx';
import { useMe } from '../session/session-context.tsx';
import type { Format } from '../text/format.ts';
import { auditWords } from '../text/audit-words.ts';
import { useSpeechWith } from '../text/speech.tsx';
import { TRUCK } from '../waste/kinds.ts';
import { ActionRow } from './action-row.tsx';
import './audit.css';
import { folded, type Row } from './folded.ts';
import { AUDIT, questionOf } from './kinds.ts';
import { QuestionForm } from './question-form.tsx';
import { SaveButton } from './save-button.tsx';
import { said, whoWords, type Names } from './subjects.ts';
import { useNames } from './use-names.ts';
import { useTrail, type Trail } from './use-trail.ts';

/** Catatan audit: who saw or did what, newest first; of one thing or one principal when the focus names one. */
export default function AuditPanel({ focusKey }: { focusKey: string }) {
  const { text } = useSpeechWith(auditWords);
  return (
    <Panel title={text.audit.title}>
      <div className="audit">
        <QuestionForm focusKey={focusKey} />
        <Answer focusKey={focusKey} />
      </div>
    </Panel>
  );
}

function Answer({ focusKey }: { focusKey: string }) {
  const { text, format } = useSpeechWith(auditWords);
  const words = text.audit;
  const question = useMemo(() => questionOf(focusKey), [focusKey]);
  const trail = useTrail(question);
  const names = useNames({ subjects: subjectsIn(trail, focusKey), names: namesIn(trail) });
  const { actions, failure } = trail;
  return (
    <>
      <Heading focusKey={focusKey} names={names} />
      {failure !== undefined && (
        <p role="alert" className="audit-as-of">
          {failure}
          {actions === undefined && (
            <button type="button" onClick={trail.again}>
              <RotateCw aria-hidden="true" /> {words.again}
            </button>
          )}
        </p>
      )}
      {actions === undefined && failure === undefined && <p className="third">{text.loading}</p>}
      {actions !== undefined && (
        <p className="audit-as-of">
          {words.asOf(`${format.timeWithSeconds(trail.atMs)} ${format.zone}`)}
          <button type="button" onClick={trail.again}>
            <RotateCw aria-hidden="true" /> {words.again}
          </button>
        </p>
      )}
      {actions?.length === 0 && (
        <p>{'subject' in question ? words.nothingOf(said(focusKey, names, text).text) : words.nothing}</p>
      )}
      {byDay(actions ?? [], format).map(([day, those]) => (
        <section key={day} aria-label={day}>
          <h3>
            {day} {format.zone}
          </h3>
          <ol className="actions">
            {those.map((row) => (
              <li key={row.action.seq}>
                <ActionRow row={row} names={names} focusKey={focusKey} />
              </li>
            ))}
          </ol>
        </section>
      ))}
      {actions !== undefined && actions.length > 0 && !trail.hasMore && <p className="third">{words.end}</p>}
      <div className="doings">
        {trail.hasMore && (
          <button type="button" disabled={trail.busy} onClick={trail.more}>
            {words.older}
          </button>
        )}
        {actions !== undefined && actions.length > 0 && <SaveButton question={question} />}
      </div>
      <p className="third">{words.whatIsWritten}</p>
    </>
  );
}

/** What the list is of, and the ways on from there. */
function Heading({ focusKey, names }: { focusKey: string; names: Names }) {
  const { text } = useSpeechWith(auditWords);
  const words = text.audit;
  const { show } = useFocus();
  const page = usePageOf(focusKey);
  if (focusKey === '') return null;
  const title = focusKey.startsWith('@')
    ? words.deedsOf(whoWords(focusKey.slice(1), names, text))
    : words.about(said(focusKey, names, text).text);
  return (
    <header className="audit-about">
      <strong>{title}</strong>
      <div className="doings">
        {page !== undefined && (
          <button
            type="button"
            onClick={() => {
              show(...page);
            }}
          >
            {words.openPage}
          </button>
        )}
        <button
          type="button"
          onClick={() => {
            show(AUDIT);
          }}
        >
          <ScrollText aria-hidden="true" /> {words.everything}
        </button>
      </div>
    </header>
  );
}

/** Where somebody or something has a page of its own that the reader may open, as a focus. */
function usePageOf(focusKey: string): [kind: string, key: string] | undefined {
  const me = useMe();
  const [, truckId] = /^truck:(.+)$/.exec(focusKey) ?? [];
  if (truckId !== undefined) return [TRUCK, truckId];
  const [, kind = '', key] = /^(lamp|panel|camera|alarm):(.+)$/.exec(focusKey) ?? [];
  if (key !== undefined) return [kind, key];
  const [, personId] = /^person:(.+)$/.exec(focusKey) ?? [];
  return personId !== undefined && administers(me) ? [ADMIN, personFocus(personId)] : undefined;
}

const subjectsIn = ({ actions }: Trail, focusKey: string): string[] => [
  focusKey,
  ...(actions ?? []).flatMap(({ subjects }) => subjects),
];

/** Of those that something was done to, and of those that did it. */
function namesIn({ actions, names }: Trail): Names {
  const who = (actions ?? []).flatMap(({ principalId, displayName }) =>
    displayName === undefined ? [] : [[principalId, displayName] as const],
  );
  return { ...names, ...Object.fromEntries(who) };
}

/** In the order they come, which is that of time. */
function byDay(actions: readonly AuditedAction[], format: Format): [day: string, rows: Row[]][] {
  const days = new Map<string, AuditedAction[]>();
  for (const action of actions) {
    const day = `${format.weekday(action.atMs)}, ${format.date(action.atMs)}`;
    const those = days.get(day) ?? [];
    those.push(action);
    days.set(day, those);
  }
  return [...days].map(([day, those]) => [day, folded(those)]);
}
