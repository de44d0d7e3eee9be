/** One line: what it is about, and its figures as they are read. */
export interface FiguresLine {
  key: string;
  name: string;
  figures: readonly string[];
}

interface FiguresTableProps {
  caption: string;
  /** Of the names, then of the figures. */
  headings: readonly string[];
  lines: readonly FiguresLine[];
  total?: FiguresLine;
}

/** A table of figures that scrolls where it is wider than the screen. */
export function FiguresTable({ caption, headings: [first, ...rest], lines, total }: FiguresTableProps) {
  return (
    <div className="opd-scroll" tabIndex={0} role="group" aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {rest.map((heading) => (
              <th key={heading} scope="col" data-number="true">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ key, ...line }) => (
            <Line key={key} {...line} />
          ))}
        </tbody>
        {total !== undefined && (
          <tfoot>
            <Line name={total.name} figures={total.figures} />
          </tfoot>
        )}
      </table>
    </div>
  );
}

function Line({ name, figures }: Omit<FiguresLine, 'key'>) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {figures.map((figure, index) => (
        // columns never change their order
        <td key={index} data-number="true">
          {figure}
        </td>
      ))}
    </tr>
  );
}
