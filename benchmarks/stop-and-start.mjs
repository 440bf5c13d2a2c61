// How long a stop takes in the middle of an epoch, and how soon the service answers after a kill: starts the built service on a folder
// of its own, again and again. Build first: dotnet build src/Api -c Release. Then: node benchmarks/stop-and-start.mjs [times]
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const times = Number(process.argv[2] ?? 5);
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

async function firstAnswer(path, options) {
  for (;;) {
    try {
      return await fetch(address + path, options);
    } catch {
      await new Promise(resolve => setTimeout(resolve, 5));
    }
  }
}

async function train(settings) {
  const response = await firstAnswer('/train', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(settings) });
  return (await response.json()).id;
}

async function until(job, isSo) {
  for (;;) {
    const state = await (await firstAnswer(`/jobs/${job}`)).json();
    if (isSo(state)) return state;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

let service = await start();
await until(await train({ epochs: 1, trainingImages: 1000 }), job => job.status === 'succeeded');
const job = await train({ epochs: 1000 });

const stops = [];
const starts = [];
for (let i = 0; i < times; i++) {
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
  const answer = await firstAnswer('/predict', { method: 'POST', headers: { 'Content-Type': 'image/png' }, body: seven });
  if (answer.status !== 200) throw new Error(`the first answer was ${answer.status}`);
  starts.push(seconds(since));
}

service.kill('SIGKILL');
await service.ended;
rmSync(data, { recursive: true });
console.log(`from SIGTERM in the middle of an epoch to the end of the process, s: ${list(stops)}`);
console.log(`from the start after a SIGKILL to the first answer of /predict, a 200, s: ${list(starts)}`);
