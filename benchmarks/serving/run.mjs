// Benchmarks of POST /predict, alone and compared with other servers. Starts the servers on this machine, applies load, and prints Markdown.
// Usage: node benchmarks/serving/run.mjs SCENARIO [--rounds N] [--seconds N] [--connections N] [--rate N] [--swaps N]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stopAll } from './machine/server.mjs';
import { burstScenario } from './scenarios/burst.mjs';
import { compare } from './scenarios/compare.mjs';
import { engine } from './scenarios/engine.mjs';
import { hostile } from './scenarios/hostile.mjs';
import { soak } from './scenarios/soak.mjs';
import { steady } from './scenarios/steady.mjs';
import { swaps } from './scenarios/swaps.mjs';
import { whileTraining } from './scenarios/while-training.mjs';

const scenarios = { compare, engine, steady, 'while-training': whileTraining, burst: burstScenario, swaps, hostile, soak };

const usage = `Usage: node benchmarks/serving/run.mjs SCENARIO [options]

  compare         RnnService, ONNX Runtime without batching, and FastAPI with PyTorch, in turns; draws docs/serving.svg
                  --rounds 5 --seconds 10 --connections 64
  engine          in-process inference compared with ONNX Runtime
                  --rounds 7 --seconds 1 (per turn)
  steady          latency at a fixed rate, open loop
                  --rounds 3 --seconds 20 --connections 64 --rate 1000
  while-training  latency during training, and the slowdown of training
                  --rounds 3 --seconds 20 --connections 64 --rate 200
  burst           many simultaneous requests with a queue of 256
                  --rounds 5 --connections 2000
  swaps           changes of the active model under load
                  --swaps 200 --connections 64
  hostile         latency and memory while other clients send what is expensive
                  --rounds 3 --seconds 20 --connections 64 --rate 100
  soak            errors and memory during a long run at full load; draws docs/serving-memory.svg
                  --seconds 600 --connections 64
  all             all scenarios with their defaults: 30 minutes

Run nothing else on the machine. Tables are written to standard output, progress to standard error.`;

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
