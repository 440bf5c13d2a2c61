// Throughput, latency, CPU, and memory of POST /predict: RnnService, ONNX Runtime without batching, and FastAPI with PyTorch.
import { build, programs } from '../machine/build.mjs';
import { describeMachine } from '../machine/describe.mjs';
import { requireLoadGenerator, requirePeers } from '../machine/prerequisites.mjs';
import { writeBodies } from '../load/digits.mjs';
import { plotComparison } from '../report/comparison-plot.mjs';
import { printTable } from '../report/markdown.mjs';
import { median, range } from '../report/statistics.mjs';
import { fastapiVariants, startFastapi } from '../services/fastapi.mjs';
import { onnxRuntimeVariants, startOnnxRuntime } from '../services/onnx-runtime-api.mjs';
import { download, startOurs, train } from '../services/our-service.mjs';
import { serversInAgreement } from './agreement.mjs';
import { summary, takeTurns } from './turns.mjs';

const setupColumns = ['', 'configuration', 'requests/s', 'p50, ms', 'p99, ms', ''];
const columns = ['', 'requests/s', 'lowest to highest', 'p50, ms', 'p99, ms', 'CPU, cores', 'memory, MB', 'errors'];

/** Starts a server in each configuration. Configurations that do not start are skipped. */
async function startAll(variants, start) {
  const servers = [];
  for (const variant of variants) {
    try {
      servers.push(Object.assign(await start(variant), { setup: variant.setup }));
    } catch (error) {
      console.error(`${variant.setup}: ${error.message}`);
    }
  }

  return servers;
}

/** Returns the fastest configuration of a server and stops the others. */
async function fastest(servers, folder, load, rows) {
  const turns = (await takeTurns(servers, folder, load)).map(summary);
  const speeds = turns.map((result) => (result.errors === 0 ? result.perSecond : 0));
  const best = servers[speeds.indexOf(Math.max(...speeds))];
  servers.forEach((server, i) => rows.push([
    server.name, server.setup, turns[i].perSecond.toFixed(0), turns[i].p50.toFixed(1), turns[i].p99.toFixed(1), server === best ? 'selected' : '']));
  await Promise.all(servers.filter((server) => server !== best).map((server) => server.stop()));
  return best;
}

export async function compare(directory, { rounds = 5, seconds = 10, connections = 64 }) {
  requireLoadGenerator();
  requirePeers();
  build(programs.service, programs.onnxRuntimeApi);
  const folder = writeBodies(directory);
  const ours = await startOurs(directory);
  const model = await train(ours);
  const onnx = await download(ours, model, 'model.onnx', directory);
  const weights = await download(ours, model, 'weights.safetensors', directory);
  console.log(`${describeMachine()}\n`);

  // Compare with the fastest configuration of each server: first measure all configurations of a server in turns.
  const setups = [];
  const trial = { rounds: Math.min(rounds, 3), seconds: Math.ceil(seconds / 2), connections };
  const peer = async (variants, start) => {
    const [, ...correct] = await serversInAgreement([ours, ...await startAll(variants, start)]);
    return fastest(correct, folder, trial, setups);
  };
  const onnxRuntime = await peer(onnxRuntimeVariants, (variant) => startOnnxRuntime(directory, onnx, variant));
  const fastapi = await peer(fastapiVariants, (variant) => startFastapi(directory, weights, variant));
  console.log(`Configurations of the other servers (${trial.rounds} rounds of ${trial.seconds} s, ${connections} connections, medians):\n`);
  printTable(setupColumns, setups);

  const servers = [ours, onnxRuntime, fastapi];
  const turns = await takeTurns(servers, folder, { rounds, seconds, connections });
  const results = turns.map((own, i) => ({ name: servers[i].name, ...summary(own) }));
  console.log(`${connections} connections, multipart PNGs, ${rounds} rounds of ${seconds} s in turns, medians:\n`);
  printTable(columns, results.map((result) => [
    result.name, result.perSecond.toFixed(0), range(result.speeds, 0), result.p50.toFixed(1), result.p99.toFixed(1),
    result.cores.toFixed(2), result.memory.toFixed(0), result.errors]));

  const ratios = (other) => turns[0].map((own, round) => own.perSecond / turns[other][round].perSecond);
  printTable(['requests/s, ratio within a round', 'median', 'lowest to highest'], [1, 2].map((other) => [
    `ours / ${servers[other].name}`, median(ratios(other)).toFixed(2), range(ratios(other), 2)]));
  plotComparison(results, `${connections} connections, POST /predict with multipart PNGs, LSTM with hidden size 256, 2 cores including the load generator`);
  await Promise.all(servers.map((server) => server.stop()));
}
