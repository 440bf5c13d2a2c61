// Measures the latency of API calls with and without training, and prints the table for docs/results.md.
// Usage: node benchmarks/latency-while-training.mjs [--url http://localhost:5000] [--calls 500]
// The service must be running: dotnet run --project src/Api -c Release
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { url: { type: 'string', default: 'http://localhost:5000' }, calls: { type: 'string', default: '500' } } });
const seven = readFileSync(new URL('../docs/seven.png', import.meta.url));

const calls = {
  'GET /jobs': () => fetch(`${values.url}/jobs`),
  'POST /predict': () => fetch(`${values.url}/predict`, { method: 'POST', headers: { 'Content-Type': 'image/png' }, body: seven }),
};

async function train(settings) {
  const response = await fetch(`${values.url}/train`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(settings) });
  return `${values.url}${response.headers.get('location')}`;
}

/** Sorted latencies in milliseconds of sequential calls with pauses in between. */
async function measure(call) {
  const times = [];
  for (let i = 0; i < Number(values.calls); i++) {
    const start = performance.now();
    const response = await call();
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${response.url} returned ${response.status}`);
    times.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }

  return times.sort((a, b) => a - b);
}

const quantile = (sorted, share) => sorted[Math.floor(share * (sorted.length - 1))].toFixed(1);

async function measureAll(load) {
  for (const [name, call] of Object.entries(calls)) {
    const times = await measure(call);
    console.log(`| ${name} | ${load} | ${quantile(times, 0.5)} | ${quantile(times, 0.99)} | ${quantile(times, 1)} |`);
  }
}

// A model for predictions: trained quickly, but of the same size as with the `article` preset.
const first = await train({ epochs: 1, trainingImages: 1000 });
await (await fetch(`${first}/progress`)).text();

console.log('| call | load | p50, ms | p99, ms | maximum, ms |\n|---|---|---|---|---|');
await measureAll('none');
const job = await train({});
while ((await (await fetch(job)).json()).status !== 'running') await new Promise((resolve) => setTimeout(resolve, 100));
await measureAll('training');
await fetch(`${job}/cancel`, { method: 'POST' });
