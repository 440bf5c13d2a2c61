export const ROWS = 28;

export const argmax = values => values.indexOf(Math.max(...values));

/** The row (from 1) at which the predicted digit changed for the last time, and the digit before; null if it never changed. */
export function lastChange(trace) {
  const digits = trace.map(argmax);
  const digit = digits.at(-1);
  const last = digits.findLastIndex(other => other !== digit);
  return { digit, row: last + 2, before: last < 0 ? null : digits[last] };
}

/** Describes the last change as [text] or as [text, row, text]. */
export function describeChange({ digit, row, before }) {
  if (before === null) {
    return [`The prediction is ${digit} from the first row on.`];
  }
  const where = row === ROWS ? 'at the last row' : `at row ${row} of ${ROWS}`;
  return ['The prediction last changes ', where, `, from ${before} to ${digit}.`];
}
