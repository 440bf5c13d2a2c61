// Who answers otherwise than the others is no contestant.
import { bodies, contentType } from '../load/digits.mjs';

const tolerance = 1e-3;

async function answers(server) {
  return Promise.all(bodies.map(async (body) => {
    const response = await fetch(`${server.url}/predict`, { method: 'POST', headers: { 'Content-Type': contentType }, body });
    if (!response.ok) throw new Error(`${server.name} answered ${response.status}: ${await response.text()}`);
    return response.json();
  }));
}

/** The servers that answer all digits as the first does, but for rounding; what the others do is said on standard error. */
export async function thoseWhoAgree([first, ...others]) {
  const expected = await answers(first);
  const agree = [first];
  for (const other of others) {
    const given = await answers(other);
    const difference = Math.max(...given.flatMap((answer, i) => answer.probabilities.map((value, digit) => Math.abs(value - expected[i].probabilities[digit]))));
    if (difference <= tolerance) agree.push(other);
    else console.error(`${other.name}, ${other.setup}: its probabilities differ by up to ${difference}, so it is left out`);
  }

  return agree;
}
