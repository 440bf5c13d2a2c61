// Compares two versions of the service in one run: time from start to first prediction, memory, prediction throughput, and training throughput. They run in
// turns, each with its own copy of one data directory with one trained model. Measuring predictions per second requires wrk.
// Usage: node benchmarks/compare-versions.mjs --before DIR [--after DIR] [--rounds 10] [--predictions 200] [--seconds 4] [--model '{"preset": "article"}'] [--training '{"preset": "robust", "epochs": 2, "unaugmentedEpochs": 0}' | --no-training]
// DIR is a folder with RnnService.Api.dll, as dotnet build or dotnet publish leaves it, or a checkout in which src/Api was built with -c Release;
// --after is this checkout by default. The version before trains the model; the version after opens a copy of that database. Linux only.
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { png } from './mnist.mjs';
import { writeBodies } from './serving/load/digits.mjs';
import { wrk } from './serving/load/wrk.mjs';
import { repository } from './serving/machine/build.mjs';
import { describeMachine } from './serving/machine/describe.mjs';
import { requireLoadGenerator } from './serving/machine/prerequisites.mjs';
import { startServer, stopAll } from './serving/machine/server.mjs';
import { hasLoaded, residentAndPeak } from './serving/machine/usage.mjs';
import { printTable } from './serving/report/markdown.mjs';
import { median, range } from './serving/report/statistics.mjs';
import { job, startTraining, train } from './serving/services/our-service.mjs';

const pollMilliseconds = 5;
const { values } = parseArgs({
  options: {
    before: { type: 'string' },
    after: { type: 'string', default: repository },
    rounds: { type: 'string', default: '10' },
    predictions: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '4' },
    model: { type: 'string', default: '{"preset": "article", "epochs": 1, "trainingImages": 6000}' },
    training: { type: 'string', default: '{"preset": "article", "epochs": 1}' },
    'no-training': { type: 'boolean', default: false },
  },
});
const [rounds, predictions, seconds] = [values.rounds, values.predictions, values.seconds].map(Number);
const connections = 64;

function findProgram(directory) {
  const program = ['', 'src/Api/bin/Release/net10.0'].map((folder) => resolve(directory, folder, 'RnnService.Api.dll')).find((path) => existsSync(path));
  if (!program) throw new Error(`${directory} has no RnnService.Api.dll. Build it: dotnet build src/Api -c Release`);
  return program;
}

const predict = (url, image = 0) => fetch(`${url}/predict`, { method: 'POST', headers: { 'Content-Type': 'image/png' }, body: png(image) });

const start = (version, readiness) => startServer({
  name: version.name,
  command: (port) => ['dotnet', version.program, '--urls', `http://127.0.0.1:${port}`],
  environment: { Storage__Directory: version.data },
  directory: temporary,
  ...readiness,
});

/** The earlier version trains the model that both serve. */
async function prepare(before) {
  const server = await start({ ...before, data: template }, { readyPath: '/health/live' });
  await train(server, JSON.parse(values.model));
  await server.stop();
}

/** Training images per second in the last epoch, as reported by the service. */
async function trainingThroughput(server) {
  const id = await startTraining(server, JSON.parse(values.training));
  for (;;) {
    const { status, epochs } = await job(server, id);
    if (status === 'succeeded') return epochs.at(-1).imagesPerSecond;
    if (status === 'failed') throw new Error('Training failed.');
    await delay(200);
  }
}

/** One start: first prediction, memory, then throughput. */
async function measure(version, bodies) {
  rmSync(version.data, { recursive: true, force: true });
  cpSync(template, version.data, { recursive: true });
  const server = await start(version, { probe: predict, pollMilliseconds });
  for (let i = 1; i < predictions; i++) {
    const response = await predict(server.url, i);
    if (!response.ok) throw new Error(`POST /predict of ${version.name} answered ${response.status}: ${await response.text()}`);
    await response.arrayBuffer();
  }

  const result = { first: server.readyMilliseconds, ...residentAndPeak(server.pid), torch: hasLoaded(server.pid, 'libtorch_cpu') };
  result.predictions = (await wrk(server, bodies, { connections, seconds })).perSecond;
  if (!values['no-training']) result.training = await trainingThroughput(server);
  await server.stop();
  return result;
}

function report(before, after) {
  const row = (name, field) => {
    const [old, recent] = [before, after].map((version) => version.results.map((result) => result[field]));
    const cells = [old, recent].map((results) => `${median(results).toFixed(0)} (${range(results, 0)})`);
    const ratios = before.results.map((result, round) => after.results[round][field] / result[field]);
    return [name, ...cells, `${median(ratios).toFixed(3)} (${range(ratios, 3)})`];
  };
  const loaded = (version) => `${version.results.filter((result) => result.torch).length} of ${rounds} starts`;

  console.log(`${rounds} starts of each version, in turn; medians, and lowest to highest; ratios within one round. Memory after ${predictions} predictions.\n`);
  printTable(['', 'before', 'after', 'after / before'], [
    ['start to first answered POST /predict, ms', 'first'],
    ['resident memory (VmRSS), MiB', 'resident'],
    ['peak resident memory (VmHWM), MiB', 'peak'],
    [`predictions per second, ${connections} connections`, 'predictions'],
    ...(values['no-training'] ? [] : [[`training images per second, ${values.training}`, 'training']]),
  ].map(([name, field]) => row(name, field)).concat([['libtorch_cpu loaded', loaded(before), loaded(after), '']]));
}

if (!values.before || !(rounds > 0) || !(predictions > 0) || !(seconds > 0)) {
  console.error('Usage: node benchmarks/compare-versions.mjs --before DIR [--after DIR] [--rounds 10] [--predictions 200] [--seconds 4] [--model JSON] [--training JSON | --no-training]');
  process.exit(2);
}

const temporary = mkdtempSync(join(tmpdir(), 'rnn-versions-'));
const template = join(temporary, 'data');
try {
  requireLoadGenerator();
  const bodies = writeBodies(temporary);
  const [before, after] = ['before', 'after'].map((name) => ({ name, program: findProgram(values[name]), data: join(temporary, `data-${name}`), results: [] }));
  await prepare(before);
  console.log(`${describeMachine()}\n`);

  // The first round warms the page cache, and is not counted.
  for (let round = 0; round <= rounds; round++) {
    for (const version of [before, after]) {
      const result = await measure(version, bodies);
      if (round > 0) version.results.push(result);
    }
  }

  report(before, after);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await stopAll();
  rmSync(temporary, { recursive: true });
}
