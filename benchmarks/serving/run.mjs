// How well POST /predict serves, alone and beside others. One command starts all of it on this machine, loads it, prints Markdown, and ends it.
// Usage: node benchmarks/serving/run.mjs SCENARIO [--rounds N] [--seconds N] [--connections N] [--rate N] [--swaps N]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stopAll } from './machine/server.mjs';
import { burstScenario } from './scenarios/burst.mjs';
import { compare } from './scenarios/compare.mjs';
import { engine } from './scenarios/engine.mjs';
import { soak } from './scenarios/soak.mjs';
import { steady } from './scenarios/steady.mjs';
import { swaps } from './scenarios/swaps.mjs';
import { whileTraining } from './scenarios/while-training.mjs';

const scenarios = { compare, engine, steady, 'while-training': whileTraining, burst: burstScenario, swaps, soak };

const usage = `Usage: node benchmarks/serving/run.mjs SCENARIO [options]

  compare         ours, ONNX Runtime without batching, and FastAPI with PyTorch, in turn; draws docs/serving.svg
                  --rounds 5 --seconds 10 --connections 64
  engine          the network alone, in process, beside ONNX Runtime
                  --rounds 7 --seconds 1 (of a turn)
  steady          times at a steady rate, open loop
                  --rounds 3 --seconds 20 --connections 64 --rate 1000
  while-training  the same while a training runs, and what it costs the training
                  --rounds 3 --seconds 20 --connections 64 --rate 200
  burst           many at once against a queue of 256
                  --rounds 5 --connections 2000
  swaps           changes of the network that answers, under load
                  --swaps 200 --connections 64
  soak            errors and memory over a long time at full load; draws docs/serving-memory.svg
                  --seconds 600 --connections 64
  all             all of them, each with its defaults: half an hour

Let the machine do nothing else meanwhile. Tables go to standard output, progress to standard error.`;

const number = { type: 'string' };
const { values, positionals: [chosen] } = parseArgs({
  allowPositionals: true, options: { rounds: number, seconds: number, connections: number, rate: number, swaps: number } });
const options = Object.fromEntries(Object.entries(values).map(([name, text]) => [name, Number(text)]));
const names = chosen === 'all' ? Object.keys(scenarios) : [chosen];
if (names.some((name) => !Object.hasOwn(scenarios, name)) || Object.values(options).some((value) => !(value > 0))) {
  console.error(usage);
  process.exit(2);
}

const directory = mkdtempSync(join(tmpdir(), 'rnn-serving-'));
try {
  for (const name of names) {
    console.log(`## ${name}\n`);
    await scenarios[name](directory, options);
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await stopAll();
  rmSync(directory, { recursive: true });
}
