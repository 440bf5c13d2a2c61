// Sends all 10,000 test images to POST /predict as PNGs, and prints how many are classified correctly and the accuracy that the job reported.
// Usage: node benchmarks/test-images.mjs [--url http://localhost:5000]
// The service must be running and have a trained model.
import { parseArgs } from 'node:util';
import { labels, png } from './mnist.mjs';

const { values } = parseArgs({ options: { url: { type: 'string', default: 'http://localhost:5000' } } });
const callers = 32;
let next = 0;
let correct = 0;

async function send() {
  while (next < labels.length) {
    const index = next++;
    const response = await fetch(`${values.url}/predict`, { method: 'POST', headers: { 'Content-Type': 'image/png' }, body: png(index) });
    if (!response.ok) throw new Error(`POST /predict returned ${response.status}: ${await response.text()}`);
    correct += (await response.json()).digit === labels[index] ? 1 : 0;
  }
}

await Promise.all(Array.from({ length: callers }, send));
const { data: [model] } = await (await fetch(`${values.url}/models?limit=1`)).json();
console.log(`${correct} of ${labels.length} classified correctly; model ${model.version} reported a test accuracy of ${model.testAccuracy}`);
