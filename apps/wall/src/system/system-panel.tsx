import { ListDeadLetters } from '@siaga/contracts';
import { Panel } from '../room/panel.tsx';
import { useMay } from '../session/session-context.tsx';
import { useSpeech } from '../text/speech.tsx';
import { AccountSection } from './account-section.tsx';
import { DeadLetterSection } from './dead-letter-section.tsx';
import { wordsOf } from './finding-words.ts';
import { LiveSection } from './live-section.tsx';
import { ServiceList } from './service-list.tsx';
import { StorageSection } from './storage-section.tsx';
import { useSystem } from './system-context.tsx';
import { ToneMark } from './tone-mark.tsx';

/** How everything that feeds this screen is, and what one can do about it. */
export default function SystemPanel() {
  const { text } = useSpeech();
  const may = useMay();
  return (
    <Panel title={text.system.title}>
      <Verdict />
      <ServiceList />
      <LiveSection />
      <AccountSection />
      {may(ListDeadLetters) && <DeadLetterSection />}
      <StorageSection />
    </Panel>
  );
}

/** The light in full: everything that is not as it should be, and for which moment that is told. */
function Verdict() {
  const { text, format } = useSpeech();
  const { verdict, findings, atMs, linked } = useSystem();
  return (
    <section className="verdict" aria-label={text.system.title}>
      {!linked && (
        <p className="verdict-unlinked">
          {atMs === undefined ? text.system.unlinkedNever : text.system.unlinked(format.timeWithSeconds(atMs))}
        </p>
      )}
      {linked && (
        <p className="verdict-words">
          <ToneMark tone={verdict} />
          <strong>{text.system.verdicts[verdict]}</strong>
        </p>
      )}
      {atMs !== undefined && findings.length > 0 && (
        <ul>
          {findings.map((finding) => (
            <li key={finding.kind + ('name' in finding ? finding.name : '')} data-tone-of={finding.tone}>
              <ToneMark tone={finding.tone} />
              {wordsOf(finding, { text, format, atMs })}
            </li>
          ))}
        </ul>
      )}
      {linked && atMs !== undefined && <p className="third">{text.system.asOf(format.timeWithSeconds(atMs))}</p>}
    </section>
  );
}
