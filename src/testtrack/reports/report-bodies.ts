import type { ColumnCatalogue } from '../columns/catalogue.ts';
import { textWriter } from '../columns/cells.ts';
import type { Column, Row } from '../columns/column.ts';
import { groupRecords, type RecordGroup } from '../columns/record-groups.ts';
import { recordTitles } from '../columns/record-titles.ts';
import type { View } from '../rules/view.ts';
import { barColours, mostBars } from './chart.ts';
import { type Html, html, withLineBreaks } from './report-html.ts';

/** What the body of a report shows, and how. */
export interface Shown {
  readonly view: View;
  /** The columns in the order of the report. */
  readonly columns: readonly Column[];
  readonly records: readonly Row[];
}

/** A row for each record; with a column to divide them by, a table for each of its values. */
export function listBody(shown: Shown, groupBy: Column | undefined): readonly Html[] {
  if (!groupBy) return [tableOf(shown)];
  return groupRecords(shown.records, groupBy, shown.view).flatMap(({ label, records }) => [
    html`<h2>${groupBy.label}: ${label} (${records.length})</h2>
`,
    tableOf({ ...shown, records }),
  ]);
}

function tableOf({ view, columns, records }: Shown): Html {
  const writers = columns.map((column) => textWriter(column, view));
  const rows = records.map(
    (record) => html`<tr>${writers.map((write) => html`<td>${withLineBreaks(write(record))}</td>`)}</tr>
`,
  );
  return html`<table>
<thead><tr>${columns.map(({ label }) => html`<th>${label}</th>`)}</tr></thead>
<tbody>
${rows}</tbody>
</table>
`;
}

/** A table of fields and values for each record. */
export function detailBody({ view, columns, records }: Shown, catalogue: ColumnCatalogue): readonly Html[] {
  const writers = columns.map((column) => [column.label, textWriter(column, view)] as const);
  const title = recordTitles(catalogue, view);
  return records.map(
    (record) => html`<h2>${title(record)}</h2>
<table>
${writers.map(
  ([label, write]) => html`<tr><th>${label}</th><td>${withLineBreaks(write(record))}</td></tr>
`,
)}</table>
`,
  );
}

/** How many records have each value: the picture, and a table that says which bar is which. */
export function distributionBody(
  groups: readonly RecordGroup[],
  column: Column,
  pictureName: string,
): readonly Html[] {
  const counted = groups.reduce((sum, { records }) => sum + records.length, 0);
  const rows = groups.map(({ label, records: { length } }, at) => {
    const swatch =
      at < mostBars
        ? html`<span class="swatch" style="background: ${barColours[at % barColours.length] ?? ''}"></span> ${at + 1}`
        : '';
    const share = `${((100 * length) / counted).toFixed(1)}%`;
    return html`<tr><td>${swatch}</td><td>${label}</td><td class="number">${length}</td><td class="number">${share}</td></tr>
`;
  });
  const more =
    groups.length > mostBars
      ? html`<p>The picture shows the first ${mostBars} values of ${groups.length}.</p>\n`
      : '';
  return [
    html`<p><img src="${pictureName}" alt="Records by ${column.label}" /></p>
${more}<table>
<thead><tr><th></th><th>${column.label}</th><th>Count</th><th>Share</th></tr></thead>
<tbody>
${rows}</tbody>
</table>
`,
  ];
}
