import type { AnswerOf, EnergyFinding, ListEnergyFindings } from '@siaga/contracts';
import { useFocus } from '../../room/focus.tsx';
import { dishubWords } from '../../text/dishub-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';
import { PANEL } from '../kinds.ts';

type Findings = AnswerOf<typeof ListEnergyFindings>;

/** What does not add up, most kWh first, with what to do; and what nobody can tell yet, and for want of what. */
export function FindingsTable({ items, notJudged }: Pick<Findings, 'items' | 'notJudged'>) {
  const { text, format } = useSpeechWith(dishubWords);
  const words = text.dishub;
  return (
    <>
      {items.length === 0 ? (
        <p>{words.findingsNone}</p>
      ) : (
        <div className="opd-scroll" tabIndex={0} role="group" aria-label={words.findings}>
          <table>
            <caption>
              {words.findings} · {format.number(items.length)}
            </caption>
            <thead>
              <tr>
                <th scope="col">{words.columns.finding}</th>
                <th scope="col">{words.columns.whose}</th>
                <th scope="col" data-number="true">
                  {words.columns.atStake}
                </th>
                <th scope="col">{words.columns.basis}</th>
                <th scope="col">{words.columns.todo}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((finding, index) => (
                // an answer never changes; two findings may be of one connection and kind
                <FindingLine key={index} finding={finding} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {notJudged.length > 0 && (
        <ul className="opd-not-judged">
          {notJudged.map(({ kind, lacking }) => (
            <li key={kind} className="third">
              {words.notJudged(words.findingKinds[kind], words.lacking[lacking])}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function FindingLine({ finding }: { finding: EnergyFinding }) {
  const { text, format } = useSpeechWith(dishubWords);
  const { show } = useFocus();
  const words = text.dishub;
  const { kind, basis, idpel, panelIds, lamps, atStakeKwh, numbers } = finding;
  return (
    <tr>
      <th scope="row">{words.findingKinds[kind]}</th>
      <td>
        {idpel !== undefined && <span>{idpel} </span>}
        {panelIds.map((panelId) => (
          <button
            key={panelId}
            type="button"
            className="link"
            onClick={() => {
              show(PANEL, panelId);
            }}
          >
            {panelId}
          </button>
        ))}
        {lamps > 0 && <span className="third"> {words.lampsCount(format.number(lamps))}</span>}
      </td>
      <td data-number="true">
        {format.number(atStakeKwh)}
        {numbers.darkLampHours !== undefined && (
          <span className="third"> {words.darkLampHours(format.number(numbers.darkLampHours))}</span>
        )}
        {numbers.billedRupiah !== undefined && <span className="third"> Rp {format.number(numbers.billedRupiah)}</span>}
      </td>
      <td>{words.bases[basis]}</td>
      <td>{words.todos[kind]}</td>
    </tr>
  );
}
