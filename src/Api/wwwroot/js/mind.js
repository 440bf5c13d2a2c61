export const ROWS = 28;

export const likeliest = probabilities => probabilities.indexOf(Math.max(...probabilities));

/** The row after which a network never changed its mind again, from 1, and what it believed before that. */
export function mindOf(trace) {
  const beliefs = trace.map(likeliest);
  const digit = beliefs.at(-1);
  const last = beliefs.findLastIndex(belief => belief !== digit);
  return { digit, row: last + 2, before: last < 0 ? null : beliefs[last] };
}

export function mindInWords({ digit, row, before }) {
  if (before === null) {
    return [`It leaned to ${digit} from the very first row.`];
  }
  const rest = row === ROWS ? 'with the very last row' : `at row ${row} of ${ROWS}`;
  return ['It made up its mind ', rest, `: until then it was for ${before}, from there on for ${digit}.`];
}
