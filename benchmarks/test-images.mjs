// Sends all 10,000 test images to POST /predict as PNGs, and prints how many were told right beside what the job reported.
// Usage: node benchmarks/test-images.mjs [--url http://localhost:5000]
// The service must be running, with a trained network.
import { parseArgs } from 'node:util';
import { labels, png } from './mnist.mjs';

const { values } = parseArgs({ options: { url: { type: 'string', default: 'http://localhost:5000' } } });
const callers = 32;
let next = 0;
let right = 0;

async function send() {
  while (next < labels.length) {
    const index = next++;
    const response = await fetch(`${values.url}/predict`, { method: 'POST', headers: { 'Content-Type': 'image/png' }, body: png(index) });
    if (!response.ok) throw new Error(`POST /predict answered ${response.status}: ${await response.text()}`);
    right += (await response.json()).digit === labels[index] ? 1 : 0;
  }
}

await Promise.all(Array.from({ length: callers }, send));
const { data: [model] } = await (await fetch(`${values.url}/models?limit=1`)).json();
console.log(`${right} of ${labels.length} right; model ${model.version} reported ${model.testAccuracy}`);
