import { useFocus } from '../../room/focus.tsx';
import type { List } from '../../room/list.tsx';
import { dishubWords } from '../../text/dishub-words.ts';
import { useSpeech, useSpeechWith } from '../../text/speech.tsx';
import type { Register, RegisterRow } from './registers.ts';

/** A page of a register as a table; the first cell of a line opens what it is about. */
export function RegisterTable({ list, register }: { list: List<RegisterRow>; register: Register }) {
  const { text } = useSpeechWith(dishubWords);
  const { items, q, failure, more } = list;
  const words = text.dishub.registers[register.id];
  if (failure !== undefined) return <p role="alert">{failure}</p>;
  if (items === undefined) return <p className="third">{text.loading}</p>;
  if (items.length === 0) return <p className="third">{q === '' ? words.empty : text.searchNothing(q)}</p>;
  return (
    <>
      <div className="opd-scroll" tabIndex={0} role="group" aria-label={words.title}>
        <table>
          <caption className="spoken">{words.title}</caption>
          <thead>
            <tr>
              {words.headings.map((heading, index) => (
                <th key={heading} scope="col" data-number={register.numbers.includes(index)}>
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((row) => (
              <Line key={row.key} row={row} numbers={register.numbers} />
            ))}
          </tbody>
        </table>
      </div>
      {more !== undefined && (
        <button type="button" onClick={more}>
          {text.moreItems}
        </button>
      )}
    </>
  );
}

function Line({ row, numbers }: { row: RegisterRow; numbers: readonly number[] }) {
  const { text } = useSpeech();
  const { show } = useFocus();
  const { focus, exercise } = row;
  const [name, ...rest] = row.cells;
  return (
    <tr>
      <th scope="row">
        {focus === undefined ? (
          name
        ) : (
          <button
            type="button"
            className="link"
            onClick={() => {
              show(...focus);
            }}
          >
            {name}
          </button>
        )}
        {exercise && <em className="tag">{text.simulationTag}</em>}
      </th>
      {rest.map((cell, index) => (
        // cells of a line never change their order
        <td key={index} data-number={numbers.includes(index + 1)}>
          {cell}
        </td>
      ))}
    </tr>
  );
}
