// Trains the `article` preset through the API, once per seed, and prints the tables for docs/results.md.
// Usage: node benchmarks/article.mjs [--seeds 1,2,3,4,5] [--url http://localhost:5000] [--body '{"epochs": 2}']
// The service must be running: dotnet run --project src/Api -c Release
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1,2,3,4,5' },
    url: { type: 'string', default: 'http://localhost:5000' },
    body: { type: 'string', default: '{}' },
  },
});

const percent = (share) => (100 * share).toFixed(2);

async function* events(url) {
  const response = await fetch(url);
  let text = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const lines = text.slice(0, end).split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]);
      const field = (name) => lines.filter(([key]) => key === name).map(([, value]) => value).join('\n');
      text = text.slice(end + 2);
      yield { type: field('event'), data: JSON.parse(field('data')) };
    }
  }
}

async function train(seed) {
  const body = JSON.stringify({ preset: 'article', ...JSON.parse(values.body), seed });
  const response = await fetch(`${values.url}/train`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  if (response.status !== 202) {
    throw new Error(`POST /train returned ${response.status}: ${await response.text()}`);
  }

  const { id } = await response.json();
  for await (const { type, data } of events(`${values.url}/jobs/${id}/progress`)) {
    if (type === 'epoch') {
      console.log(`| ${seed} | ${data.epoch} | ${data.loss.toFixed(4)} | ${data.cumulativeLoss.toFixed(2)} | ${percent(data.validationAccuracy)} | ${data.seconds.toFixed(1)} |`);
    } else if (['succeeded', 'failed', 'cancelled'].includes(type)) {
      return data;
    }
  }

  throw new Error(`The stream of job ${id} ended before the job finished.`);
}

console.log('| seed | epoch | loss | cumulative loss | validation accuracy, % | seconds |\n|---|---|---|---|---|---|');
const jobs = [];
for (const seed of values.seeds.split(',').map(Number)) {
  jobs.push(await train(seed));
}

console.log('\n| seed | test accuracy, % | cumulative loss | training seconds |\n|---|---|---|---|');
for (const job of jobs) {
  const seconds = job.epochs.reduce((sum, epoch) => sum + epoch.seconds, 0);
  console.log(`| ${job.options.seed} | ${job.status === 'succeeded' ? percent(job.testAccuracy) : job.status} | ${job.epochs.at(-1)?.cumulativeLoss.toFixed(2)} | ${seconds.toFixed(0)} |`);
}

const mean = jobs.reduce((sum, job) => sum + job.testAccuracy, 0) / jobs.length;
console.log(`\nMean test accuracy: ${percent(mean)}%`);
