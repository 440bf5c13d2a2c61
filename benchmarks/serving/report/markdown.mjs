/** Prints a Markdown table for docs/results.md, followed by an empty line. */
export function printTable(columns, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  console.log([line(columns), `|${columns.map(() => '---').join('|')}|`, ...rows.map(line), ''].join('\n'));
}
