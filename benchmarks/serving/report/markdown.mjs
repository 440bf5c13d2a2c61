/** Prints a table that can be pasted into docs/results.md, and an empty line after it. */
export function printTable(columns, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  console.log([line(columns), `|${columns.map(() => '---').join('|')}|`, ...rows.map(line), ''].join('\n'));
}
