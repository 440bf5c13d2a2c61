// Sends handwritten digits of people who did not contribute to MNIST to POST /predict?fit=true, as enlarged PNGs, and prints the accuracy and the errors.
// Usage: node benchmarks/semeion.mjs --file semeion.txt [--lines 801-1593] [--enlarge smooth,nearest] [--size 320] [--models 1] [--url http://localhost:5000]
// The file is the Semeion Handwritten Digit Data Set (UCI Machine Learning Repository). The service must be running and have trained models: the newest are measured.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { deflateSync } from 'node:zlib';
import { pngOf } from './mnist.mjs';

const { values } = parseArgs({
  options: {
    file: { type: 'string' },
    lines: { type: 'string', default: '801-1593' },
    enlarge: { type: 'string', default: 'smooth,nearest' },
    size: { type: 'string', default: '320' },
    models: { type: 'string', default: '1' },
    url: { type: 'string', default: 'http://localhost:5000' },
  },
});

const side = 16;
const marginShare = 0.2;
const callers = 8;

function readDigits() {
  const [first, last] = values.lines.split('-').map(Number);
  return readFileSync(values.file, 'utf8').trim().split('\n').slice(first - 1, last).map(line => {
    const numbers = line.trim().split(/\s+/).map(Number);
    return { ink: numbers.slice(0, side * side), label: numbers.at(-1) };
  });
}

/** Dark ink on white paper, with a margin. `smooth` interpolates bilinearly, `nearest` repeats the pixels. */
function enlarge(ink, kind, size) {
  const margin = Math.round(size * marginShare);
  const full = size + 2 * margin;
  const at = (x, y) => (x < 0 || y < 0 || x >= side || y >= side ? 0 : ink[y * side + x]);
  const rows = Buffer.alloc(full * (full + 1));
  for (let y = 0; y < full; y++) {
    for (let x = 0; x < full; x++) {
      const [u, v] = [x, y].map(position => (position + 0.5 - margin) * side / size);
      rows[y * (full + 1) + 1 + x] = 255 - Math.round(255 * (kind === 'nearest' ? at(Math.floor(u), Math.floor(v)) : interpolate(at, u - 0.5, v - 0.5)));
    }
  }
  return pngOf(full, deflateSync(rows));
}

function interpolate(at, u, v) {
  const [x, y] = [Math.floor(u), Math.floor(v)];
  const [right, down] = [u - x, v - y];
  const upper = at(x, y) * (1 - right) + at(x + 1, y) * right;
  const lower = at(x, y + 1) * (1 - right) + at(x + 1, y + 1) * right;
  return upper * (1 - down) + lower * down;
}

async function predict(model, body) {
  const response = await fetch(`${values.url}/predict?fit=true&model=${model.id}`, { method: 'POST', headers: { 'Content-Type': 'image/png' }, body });
  if (!response.ok) {
    throw new Error(`POST /predict returned ${response.status}: ${await response.text()}`);
  }
  return (await response.json()).digit;
}

/** Returns how often each wrong answer was given, such as "1 as 7". */
async function errorsOf(model, kind, digits) {
  const errors = new Map();
  let next = 0;
  const call = async () => {
    while (next < digits.length) {
      const { ink, label } = digits[next++];
      const digit = await predict(model, enlarge(ink, kind, Number(values.size)));
      if (digit !== label) {
        errors.set(`${label} as ${digit}`, (errors.get(`${label} as ${digit}`) ?? 0) + 1);
      }
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  return errors;
}

const digits = readDigits();
const { data: models } = await (await fetch(`${values.url}/models?limit=${values.models}`)).json();
console.log(`${digits.length} digits, lines ${values.lines}\n`);
console.log('| model | preset | seed | MNIST test, % | enlarged | accuracy, % | errors |\n|---|---|---|---|---|---|---|');
for (const model of models) {
  for (const kind of values.enlarge.split(',')) {
    const errors = await errorsOf(model, kind, digits);
    const wrong = [...errors.values()].reduce((sum, count) => sum + count, 0);
    const listed = [...errors].sort(([, a], [, b]) => b - a).map(([error, count]) => `${error}: ${count}`).join(', ');
    console.log(`| #${model.version} | ${model.options.preset} | ${model.options.seed} | ${(100 * model.testAccuracy).toFixed(2)} | ${kind} | ${(100 * (1 - wrong / digits.length)).toFixed(2)} | ${listed} |`);
  }
}
