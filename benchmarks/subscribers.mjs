// Measures the memory used by subscribers to one job: opens 1,000 event streams on a queued job, compares the service's memory before and
// after, lets the job run, and counts the events that each subscriber receives. Linux only. Start the service with an empty data directory.
// Usage: node benchmarks/subscribers.mjs <pid> [address] [subscribers]
import { readFileSync } from 'node:fs';
import http from 'node:http';

const [pid, address = 'http://127.0.0.1:5000', count = '1000'] = process.argv.slice(2);
const subscribers = Number(count);
const epochs = 10;

function residentMegabytes() {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
}

async function train(settings) {
  const response = await fetch(`${address}/train`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(settings) });
  return (await response.json()).id;
}

// Calls back with the type and id of each event; resolves when the stream ends.
function subscribe(job, received) {
  return new Promise((resolve, reject) => {
    http.get(`${address}/jobs/${job}/progress`, { agent: false }, response => {
      let rest = '';
      response.setEncoding('utf8');
      response.on('data', text => {
        const blocks = (rest + text).split('\n\n');
        rest = blocks.pop();
        blocks.forEach(block => received(/^event: (.*)$/m.exec(block)?.[1], /^id: (.*)$/m.exec(block)?.[1]));
      });
      response.on('end', resolve);
    }).on('error', reject);
  });
}

// Warm up, so that compilation does not affect the memory measurement.
const warm = await train({ epochs: 1, hiddenSize: 8, trainingImages: 1000 });
await Promise.all(Array.from({ length: 50 }, () => subscribe(warm, () => {})));

const blocker = await train({ epochs: 1000 });
const job = await train({ epochs, hiddenSize: 8, trainingImages: 1000 });
const before = residentMegabytes();
const logs = [];
let joined = 0;
const ends = Array.from({ length: subscribers }, (_, i) => subscribe(job, (type, id) => {
  joined += type === 'status';
  if (id) (logs[i] ??= []).push(`${id}:${type}`);
}));
while (joined < subscribers) await new Promise(resolve => setTimeout(resolve, 50));
const subscribed = residentMegabytes();

await fetch(`${address}/jobs/${blocker}/cancel`, { method: 'POST' });
const started = performance.now();
await Promise.all(ends);
const after = residentMegabytes();

const expected = [...Array.from({ length: epochs }, (_, i) => `${i + 1}:epoch`), `${epochs + 1}:succeeded`].join();
const complete = logs.filter(log => log.join() === expected).length;
console.log(`${complete} of ${subscribers} subscribers received each of ${epochs} epochs and the final event exactly once, in ${((performance.now() - started) / 1000).toFixed(1)} s`);
console.log(`memory before ${before.toFixed(0)} MB, with ${subscribers} subscribers ${subscribed.toFixed(0)} MB, at the end ${after.toFixed(0)} MB`);
console.log(`memory per subscriber: ${((subscribed - before) * 1024 / subscribers).toFixed(1)} kB while waiting, ${((after - before) * 1024 / subscribers).toFixed(1)} kB after the last event`);
