// What watchers of one job cost: opens 1,000 event streams on a job that waits behind another, looks at the service's memory before and
// after, lets the job run, and counts what each watcher heard. Linux; start the service first, on an empty data folder, and give its
// process id: node benchmarks/subscribers.mjs <pid> [address] [watchers]
import { readFileSync } from 'node:fs';
import http from 'node:http';

const [pid, address = 'http://127.0.0.1:5000', count = '1000'] = process.argv.slice(2);
const watchers = Number(count);
const epochs = 10;

function residentMegabytes() {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
}

async function train(settings) {
  const response = await fetch(`${address}/train`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(settings) });
  return (await response.json()).id;
}

// Calls back at each event's type and id; resolves when the stream ends.
function watch(job, heard) {
  return new Promise((resolve, reject) => {
    http.get(`${address}/jobs/${job}/progress`, { agent: false }, response => {
      let rest = '';
      response.setEncoding('utf8');
      response.on('data', text => {
        const blocks = (rest + text).split('\n\n');
        rest = blocks.pop();
        blocks.forEach(block => heard(/^event: (.*)$/m.exec(block)?.[1], /^id: (.*)$/m.exec(block)?.[1]));
      });
      response.on('end', resolve);
    }).on('error', reject);
  });
}

// Everything is compiled and warm before memory is looked at.
const warm = await train({ epochs: 1, hiddenSize: 8, trainingImages: 1000 });
await Promise.all(Array.from({ length: 50 }, () => watch(warm, () => {})));

const blocker = await train({ epochs: 1000 });
const job = await train({ epochs, hiddenSize: 8, trainingImages: 1000 });
const before = residentMegabytes();
const logs = [];
let joined = 0;
const ends = Array.from({ length: watchers }, (_, i) => watch(job, (type, id) => {
  joined += type === 'status';
  if (id) (logs[i] ??= []).push(`${id}:${type}`);
}));
while (joined < watchers) await new Promise(resolve => setTimeout(resolve, 50));
const watched = residentMegabytes();

await fetch(`${address}/jobs/${blocker}/cancel`, { method: 'POST' });
const started = performance.now();
await Promise.all(ends);
const after = residentMegabytes();

const expected = [...Array.from({ length: epochs }, (_, i) => `${i + 1}:epoch`), `${epochs + 1}:succeeded`].join();
const whole = logs.filter(log => log.join() === expected).length;
console.log(`${whole} of ${watchers} watchers heard each of ${epochs} epochs and the end once, in ${((performance.now() - started) / 1000).toFixed(1)} s`);
console.log(`memory before ${before.toFixed(0)} MB, with ${watchers} watchers ${watched.toFixed(0)} MB, at the end ${after.toFixed(0)} MB`);
console.log(`a watcher costs ${((watched - before) * 1024 / watchers).toFixed(1)} kB while it waits, ${((after - before) * 1024 / watchers).toFixed(1)} kB when it has heard all`);
