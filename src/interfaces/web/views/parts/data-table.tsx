import type { ComponentChildren } from 'preact';

export interface Column<Row> {
  readonly heading: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** The cell needs no heading beside it where the table is too narrow for a row of headings. */
  readonly selfEvident?: boolean;
}

export interface DataTableProps<Row> {
  /** What the table lists, for people who don't see the page around it. */
  readonly caption: string;
  /** The first column names the row. */
  readonly columns: readonly [Column<Row>, ...Column<Row>[]];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
}

/** Rows of the same kind; on a narrow screen each row becomes a block that repeats the headings. */
export function DataTable<Row>({ caption, columns: [first, ...others], rows, rowKey }: DataTableProps<Row>) {
  return (
    <table class="data-table">
      <caption class="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {[first, ...others].map(({ heading }) => (
            <th scope="col" key={heading}>
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)}>
            <th scope="row">{first.cell(row)}</th>
            {others.map(({ heading, cell, selfEvident }) => (
              <td key={heading} data-heading={selfEvident ? undefined : heading}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
