/** Data tables: the figures of a chart, for those who read numbers, or hear them. */

export interface TableData {
  readonly caption: string;
  readonly columns: readonly string[];
  /** The first cell of each row is its head. */
  readonly rows: readonly (readonly (string | number)[])[];
}

/** More rows than this make the page slow and help nobody: the rest is in the downloads. */
const mostRows = 200;

export function DataTable({ caption, columns, rows }: TableData) {
  const shown = rows.slice(0, mostRows);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="scroll" tabIndex={0} aria-label={caption}>
      <table>
        <caption>
          <span>
            {caption}
            {shown.length < rows.length && ` (the first ${shown.length} of ${rows.length} rows)`}
          </span>
        </caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(([head, ...cells], i) => (
            <tr key={i}>
              <th scope="row">{head}</th>
              {cells.map((cell, j) => (
                <td key={j}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
