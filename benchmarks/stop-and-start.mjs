// Measures how long a shutdown takes in the middle of an epoch, and how soon the service responds after it is killed. Starts the built
// service repeatedly with a temporary data directory. Build first: dotnet build src/Api -c Release
// Usage: node benchmarks/stop-and-start.mjs [repetitions]
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const repetitions = Number(process.argv[2] ?? 5);
const address = 'http://127.0.0.1:5099';
const data = mkdtempSync(join(tmpdir(), 'rnn-service-'));
const seven = readFileSync(new URL('../docs/seven.png', import.meta.url));
const program = new URL('../src/Api/bin/Release/net10.0/RnnService.Api.dll', import.meta.url).pathname;

const seconds = since => (performance.now() - since) / 1000;
const list = values => values.map(value => value.toFixed(2)).join(' ');

async function start() {
  const service = spawn('dotnet', [program, '--urls', address, `--Storage:Directory=${data}`], { stdio: 'ignore' });
  service.ended = new Promise(resolve => service.on('exit', resolve));
  return service;
}

async function firstResponse(path, options) {
  for (;;) {
    try {
      return await fetch(address + path, options);
    } catch {
      await new Promise(resolve => setTimeout(resolve, 5));
    }
  }
}

async function train(settings) {
  const response = await firstResponse('/train', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(settings) });
  return (await response.json()).id;
}

async function until(job, condition) {
  for (;;) {
    const state = await (await firstResponse(`/jobs/${job}`)).json();
    if (condition(state)) return state;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

let service = await start();
await until(await train({ epochs: 1, trainingImages: 1000 }), job => job.status === 'succeeded');
const job = await train({ epochs: 1000 });

const stops = [];
const starts = [];
for (let i = 0; i < repetitions; i++) {
  await until(job, state => state.status === 'running' && state.attempt === 2 * i + 1 && state.progress?.batch > 20);
  let since = performance.now();
  service.kill('SIGTERM');
  const code = await service.ended;
  stops.push(seconds(since));
  if (code !== 0) throw new Error(`exit code ${code}`);

  service = await start();
  await until(job, state => state.status === 'running' && state.attempt === 2 * i + 2);
  service.kill('SIGKILL');
  await service.ended;
  since = performance.now();
  service = await start();
  const response = await firstResponse('/predict', { method: 'POST', headers: { 'Content-Type': 'image/png' }, body: seven });
  if (response.status !== 200) throw new Error(`the first response was ${response.status}`);
  starts.push(seconds(since));
}

service.kill('SIGKILL');
await service.ended;
rmSync(data, { recursive: true });
console.log(`from SIGTERM in the middle of an epoch to process exit, s: ${list(stops)}`);
console.log(`from start after SIGKILL to the first response of /predict (200), s: ${list(starts)}`);
