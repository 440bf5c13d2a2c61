// Excludes servers whose predictions differ from those of RnnService.
import { bodies, contentType } from '../load/digits.mjs';

const tolerance = 1e-3;

async function predictions(server) {
  return Promise.all(bodies.map(async (body) => {
    const response = await fetch(`${server.url}/predict`, { method: 'POST', headers: { 'Content-Type': contentType }, body });
    if (!response.ok) throw new Error(`${server.name} returned ${response.status}: ${await response.text()}`);
    return response.json();
  }));
}

/** Returns the servers whose predictions equal those of the first one, except for rounding. Reports the others on standard error. */
export async function serversInAgreement([first, ...others]) {
  const expected = await predictions(first);
  const agree = [first];
  for (const other of others) {
    const actual = await predictions(other);
    const difference = Math.max(...actual.flatMap((prediction, i) => prediction.probabilities.map((value, digit) => Math.abs(value - expected[i].probabilities[digit]))));
    if (difference <= tolerance) agree.push(other);
    else console.error(`${other.name}, ${other.setup}: excluded, because its probabilities differ by up to ${difference}`);
  }

  return agree;
}
