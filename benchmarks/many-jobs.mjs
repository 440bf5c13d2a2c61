// Compares a database with 5,000 jobs and 200 models with one of 20 jobs and 5 models: start to the first response, pages of GET /jobs and GET /models, the requests of the
// web page's first visit, and the time until Chromium shows the page. Both take turns. Needs the sqlite3 command and Chromium.
// Usage: node benchmarks/many-jobs.mjs [--rounds 7] [--calls 100] [--loads 25]
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startChromium } from './chromium.mjs';
import { assembly, programs } from './serving/machine/build.mjs';
import { describeMachine } from './serving/machine/describe.mjs';
import { startServer, stopAll } from './serving/machine/server.mjs';
import { printTable } from './serving/report/markdown.mjs';
import { median, range } from './serving/report/statistics.mjs';
import { train } from './serving/services/our-service.mjs';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' }, calls: { type: 'string', default: '100' }, loads: { type: 'string', default: '25' } } });
const [rounds, calls, loads] = [values.rounds, values.calls, values.loads].map(Number);
const firstVisit = ['/', '/jobs?limit=20', '/models?limit=5', '/models/active'];
const warmUpLoads = 3;
const temporary = mkdtempSync(join(tmpdir(), 'rnn-many-'));

const start = (data) => startServer({
  name: `RnnService-${data.split('-').at(-1)}`,
  command: (port) => ['dotnet', assembly(programs.service, 'RnnService.Api'), '--urls', `http://127.0.0.1:${port}`],
  environment: { Storage__Directory: data },
  directory: temporary,
  readyPath: '/jobs',
  pollMilliseconds: 5,
});

/** Copies the only job, its events, and the only model with its weights until there are so many. */
function fill(data, jobs, models) {
  const newId = "printf('%s-%s-%s-%s-%s', hex(randomblob(4)), hex(randomblob(2)), hex(randomblob(2)), hex(randomblob(2)), hex(randomblob(6)))";
  const columns = (table) => execFileSync('sqlite3', [join(data, 'rnn-service.db'), `SELECT group_concat(name) FROM pragma_table_info('${table}') WHERE name NOT IN ('number', 'id')`], { encoding: 'utf8' }).trim();
  const copies = (table, count) => `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count - 1})
    INSERT INTO ${table} (id, ${columns(table)}) SELECT ${newId}, ${columns(table)} FROM n, (SELECT * FROM ${table} LIMIT 1);`;
  execFileSync('sqlite3', [join(data, 'rnn-service.db')], {
    input: `UPDATE jobs SET idempotency_key = NULL;
      ${copies('jobs', jobs)}
      INSERT INTO job_events (job_id, sequence, type, data)
        SELECT jobs.id, old.sequence, old.type, old.data FROM jobs, (SELECT * FROM job_events) AS old WHERE jobs.number > 1;
      ${copies('models', models)}
      INSERT INTO model_weights (model_id, content) SELECT models.id, old.content FROM models, (SELECT * FROM model_weights) AS old WHERE models.number > 1;`,
  });
}

async function time(url, paths) {
  const times = [];
  for (let i = 0; i < calls; i++) {
    const begin = performance.now();
    for (const path of paths) {
      const response = await fetch(url + path);
      if (!response.ok) throw new Error(`GET ${path} returned ${response.status}: ${await response.text()}`);
      await response.arrayBuffer();
    }
    times.push(performance.now() - begin);
  }
  return median(times);
}

async function measure(data) {
  const server = await start(data);
  const result = { start: server.readyMilliseconds };
  await time(server.url, firstVisit); // warms up
  result.jobs = await time(server.url, ['/jobs?limit=20']);
  result.models = await time(server.url, ['/models?limit=5']);
  result.page = await time(server.url, firstVisit);
  await server.stop();
  return result;
}

/** Loads the page of both databases in turn. It is loaded when its lists are filled, the active model is named, and the first curve is drawn. */
async function measurePage(sizes) {
  const isLoaded = `document.querySelectorAll('.job').length >= 20 && document.querySelectorAll('tbody tr[data-version]').length >= 5
    && document.querySelector('#serving').textContent.includes('Active model') && parseInt(document.querySelector('#accuracy-chart').dataset.points) > 0`;
  const servers = [];
  for (const size of sizes) servers.push(await start(size.data));
  const chromium = startChromium(temporary);
  const times = sizes.map(() => []);
  try {
    for (let i = -warmUpLoads; i < loads; i++) {
      for (const [index, server] of servers.entries()) {
        const milliseconds = await chromium.load(server.url, isLoaded);
        if (i >= 0) times[index].push(milliseconds);
      }
    }
  } finally {
    await chromium.stop();
    await stopAll();
  }

  return times;
}

try {
  const [few, many] = [{ jobs: 20, models: 5 }, { jobs: 5000, models: 200 }].map((size) => ({ ...size, data: join(temporary, `data-${size.jobs}`), results: [] }));
  const server = await start(few.data);
  await train(server, { epochs: 13, hiddenSize: 128, trainingImages: 500 });
  await server.stop();
  cpSync(few.data, many.data, { recursive: true });
  for (const size of [few, many]) fill(size.data, size.jobs, size.models);

  console.log(`${describeMachine()}\n`);
  for (let round = 0; round <= rounds; round++) {
    for (const size of [few, many]) {
      const result = await measure(size.data);
      if (round > 0) size.results.push(result);
    }
  }

  const page = await measurePage([few, many]);
  const compare = (name, [left, right]) => {
    const ratios = left.map((value, round) => right[round] / value);
    return [name, ...[left, right].map((side) => median(side).toFixed(1)), `${median(ratios).toFixed(2)} (${range(ratios, 2)})`];
  };
  const row = (name, field) => compare(name, [few, many].map((size) => size.results.map((result) => result[field])));
  printTable(['median of rounds, ms', '20 jobs, 5 models', '5,000 jobs, 200 models', 'ratio'], [
    row('start to the first GET /jobs', 'start'),
    row('GET /jobs?limit=20', 'jobs'),
    row('GET /models?limit=5', 'models'),
    row("requests of the page's first visit", 'page'),
    compare('the page in Chromium, until it is filled', page),
  ]);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await stopAll();
  rmSync(temporary, { recursive: true });
}
