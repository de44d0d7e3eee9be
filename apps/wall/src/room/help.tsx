import { useSpeech } from '../text/speech.tsx';
import { Panel } from './panel.tsx';

/** Kind of focus under which the list of keys is shown. */
export const HELP = 'keys';

/** Every key of the wall. */
export function HelpPanel() {
  const { text } = useSpeech();
  const keys: [key: string, meaning: string][] = [
    ['/', text.keySearch],
    ['↑ ↓', text.keyArrows],
    ['Esc', text.keyClose],
    ['h', text.keyHome],
    ['a', text.keyConnect],
    ['s', text.keySystem],
    ['l', text.keyLanguage],
    ['?', text.keyHelp],
  ];
  return (
    <Panel title={text.keys}>
      <dl className="keys">
        {keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
