// What the figures were measured on.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** Cores, and how many processes wanted one in the minute before: where that is more than a few tenths, no figure is worth keeping. */
export function describeMachine() {
  const model = /model name\s*: (.*)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? 'processor';
  return `${availableParallelism()} cores (${model}), load generator included, load average before ${readFileSync('/proc/loadavg', 'utf8').split(' ')[0]}.`;
}
