// Draws docs/serving.svg: requests per second of each server, with latency, CPU, and memory.
import { bar, line, text, writeSvg } from './svg.mjs';

const width = 760;
const left = 196;
const longest = 224;
const top = 92;
const rowHeight = 46;
const columns = [
  { x: 550, head: 'p99', value: ({ p99 }) => `${p99 < 10 ? p99.toFixed(1) : p99.toFixed(0)} ms` },
  { x: 650, head: 'CPU', value: ({ cores }) => `${cores.toFixed(2)} cores` },
  { x: 750, head: 'memory', value: ({ memory }) => `${memory.toFixed(0)} MB` },
];

const thousands = (value) => value.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ',');

function row(result, index, scale) {
  const y = top + index * rowHeight;
  const length = Math.max(2, result.perSecond * scale);
  const emphasis = index === 0 ? ' strong' : '';
  return [
    text(10, y + 17, result.name, emphasis.trim()),
    bar(left, y, length, 26, index === 0 ? 'ours' : 'other'),
    text(left + length + 8, y + 17, thousands(result.perSecond), emphasis.trim()),
    ...columns.map(({ x, value }) => text(x, y + 17, value(result), `end${emphasis}`)),
  ];
}

/** Draws the results of the servers, RnnService first. */
export function plotComparison(results, subtitle) {
  const scale = longest / Math.max(...results.map((result) => result.perSecond));
  const height = top + results.length * rowHeight;
  const description = results.map(({ name, perSecond, p99 }) => `${name}: ${perSecond.toFixed(0)} requests per second, p99 ${p99.toFixed(1)} ms`).join('; ');
  writeSvg('serving.svg', width, height, description, [
    text(10, 24, 'Throughput of POST /predict', 'title'),
    text(10, 44, subtitle, 'quiet'),
    text(left, 76, 'requests/s', 'quiet'),
    ...columns.map(({ x, head }) => text(x, 76, head, 'quiet end')),
    line(10, 83, width - 10, 83),
    ...results.flatMap((result, index) => row(result, index, scale)),
  ]);
}
