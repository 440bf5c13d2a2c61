// Writes 0dacae0.db and 0dacae0.json beside this file: a small database of commit 0dacae0, which stored no versions, and what its API
// returned for it. Needs the .NET SDK, git and the repository's history. Usage: node write.mjs
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const commit = '0dacae0';
const here = dirname(fileURLToPath(import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'rnn-service-'));
const sources = join(temporary, 'sources');
const output = join(temporary, 'output');
const data = join(temporary, 'data');
const url = 'http://127.0.0.1:5987';

execFileSync('git', ['worktree', 'add', '--detach', sources, commit], { cwd: here, stdio: 'inherit' });
try {
  execFileSync('dotnet', ['build', join(sources, 'src/Api'), '-c', 'Release', '-o', output], { stdio: 'inherit' });
  await writeDatabase();
} finally {
  execFileSync('git', ['worktree', 'remove', '--force', sources], { cwd: here });
  rmSync(temporary, { recursive: true, force: true });
}

async function writeDatabase() {
  const mine = join(output, 'datasets/mnist');
  let service = await start([`--Datasets:mine:Directory=${mine}`]);
  const first = await finish(await train({ epochs: 2, hiddenSize: 4, trainingImages: 200 }));
  await finish(await train({ preset: 'accurate', network: 'gru', epochs: 1, hiddenSize: 4, layers: 2, trainingImages: 200, patience: 3 }));
  await call('PUT', '/models/active', { id: first.modelId });

  // Cancelled while running, cancelled while queued, and failed because its dataset is gone after a restart.
  const running = await train({ epochs: 1000, hiddenSize: 4, batchSize: 20 });
  const queued = await train({ epochs: 1 });
  await train({ epochs: 1, dataset: 'mine' });
  await call('POST', `/jobs/${queued.id}/cancel`);
  await until(running, job => job.epochs.length > 0);
  await stop(service);

  service = await start([]);
  await call('POST', `/jobs/${running.id}/cancel`);
  for (const job of (await call('GET', '/jobs')).data) {
    await finish(job);
  }

  const answers = {};
  for (const path of ['/jobs', '/models', '/models/active']) {
    answers[path] = await call('GET', path);
  }

  for (const { id } of answers['/jobs'].data) {
    answers[`/jobs/${id}`] = await call('GET', `/jobs/${id}`);
    answers[`/jobs/${id}/events?limit=100`] = await call('GET', `/jobs/${id}/events?limit=100`);
  }

  await stop(service);
  copyFileSync(join(data, 'rnn-service.db'), join(here, `${commit}.db`));
  writeFileSync(join(here, `${commit}.json`), `${JSON.stringify(answers, null, 1)}\n`);
}

async function start(options) {
  const service = spawn('dotnet', [join(output, 'RnnService.Api.dll'), '--urls', url, `--Storage:Directory=${data}`, ...options], { stdio: 'inherit' });
  for (;;) {
    const response = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (response?.ok) {
      return service;
    }

    await new Promise(resolve => setTimeout(resolve, 200));
  }
}

async function stop(service) {
  const exit = new Promise(resolve => service.once('exit', resolve));
  service.kill('SIGTERM');
  await exit;
}

async function call(method, path, body) {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: body ? { 'Content-Type': 'application/json' } : {},
    body: body && JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Error(`${method} ${path}: ${await response.text()}`);
  }

  return response.json();
}

async function train(options) {
  return call('POST', '/train', options);
}

async function finish(job) {
  return until(job, current => ['succeeded', 'failed', 'cancelled'].includes(current.status));
}

async function until({ id }, condition) {
  for (;;) {
    const job = await call('GET', `/jobs/${id}`);
    if (condition(job)) {
      return job;
    }

    await new Promise(resolve => setTimeout(resolve, 100));
  }
}
