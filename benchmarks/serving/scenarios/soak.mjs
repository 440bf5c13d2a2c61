// Ten minutes at full load: no errors, and no memory growth after the warm-up.
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { assembly, build, programs } from '../machine/build.mjs';
import { describeMachine } from '../machine/describe.mjs';
import { requireLoadGenerator } from '../machine/prerequisites.mjs';
import { residentAndData } from '../machine/usage.mjs';
import { writeBodies } from '../load/digits.mjs';
import { wrk } from '../load/wrk.mjs';
import { printTable } from '../report/markdown.mjs';
import { plotMemory } from '../report/memory-plot.mjs';
import { median, slope } from '../report/statistics.mjs';
import { startOurs, train } from '../services/our-service.mjs';
import { readHeapSamples } from './heap-samples.mjs';

const warmUpShare = 0.2;

/** Summarizes a series of [minutes, megabytes] after the warm-up: start, end, maximum, and megabytes per minute. */
function growth(series, minutes) {
  const warm = series.filter(([time]) => time >= warmUpShare * minutes);
  const tenth = Math.max(1, Math.floor(warm.length / 10));
  const middle = (points) => median(points.map((point) => point[1])).toFixed(0);
  const highest = Math.max(...warm.map((point) => point[1])).toFixed(0);
  return [middle(warm.slice(0, tenth)), middle(warm.slice(-tenth)), highest, slope(warm).toFixed(2)];
}

export async function soak(directory, { seconds = 600, connections = 64 }) {
  requireLoadGenerator();
  build(programs.service, programs.heapSampler);
  const heapFile = join(directory, 'heap.jsonl');
  const ours = await startOurs(directory, { DOTNET_STARTUP_HOOKS: assembly(programs.heapSampler, 'RnnService.Benchmarks.HeapSampler'), HEAP_SAMPLES: heapFile });
  await train(ours);
  console.log(`${describeMachine()}\n`);

  const resident = [];
  const data = [];
  const start = Date.now();
  const minutesSince = (time) => (time - start) / 60_000;
  let result = null;
  const load = wrk(ours, writeBodies(directory), { connections, seconds }).then((summary) => { result = summary; });
  while (!result) {
    const sample = residentAndData(ours.pid);
    resident.push([minutesSince(Date.now()), sample.resident]);
    data.push([minutesSince(Date.now()), sample.data]);
    await Promise.race([load, delay(2000)]);
  }

  const heap = readHeapSamples(heapFile).filter((sample) => sample.time >= start).map((sample) => [minutesSince(sample.time), sample.megabytes]);
  const minutes = seconds / 60;
  console.log(`${minutes.toFixed(1)} minutes, ${connections} connections:\n`);
  printTable(['responses', 'requests/s', 'p50, ms', 'p99, ms', 'maximum, ms', 'not 200', 'connection errors', 'timeouts (10 s)'], [[
    result.responses, result.perSecond.toFixed(0), result.p50.toFixed(1), result.p99.toFixed(1), result.maximum.toFixed(0), result.not2xx, result.connectionErrors, result.timeouts]]);
  printTable(['memory, MB', `after ${(warmUpShare * minutes).toFixed(1)} minutes`, 'at the end', 'maximum', 'growth, MB per minute'], [
    ['resident (VmRSS)', ...growth(resident, minutes)],
    ['allocated (VmData)', ...growth(data, minutes)],
    ['managed heap after the last collection', ...growth(heap, minutes)]]);
  plotMemory({ resident, heap, minutes }, `${result.perSecond.toFixed(0)} requests per second over ${connections} connections, ${result.errors} errors`);
  await ours.stop();
}
