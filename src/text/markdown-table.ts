/**
 * A section of a page with a table.
 *
 * @returns empty without rows
 */
export function tableSection(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.map(tableCell).join(' | ')} |`;
  return [`## ${title}`, '', line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Text of a server in a cell: one line, and no mark-up. */
export function tableCell(text: string): string {
  return text.replace(/[\\|<>`*_[\]]/g, (sign) => `\\${sign}`).replace(/\s+/g, ' ');
}
