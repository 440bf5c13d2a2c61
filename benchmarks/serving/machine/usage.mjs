// CPU time and memory of a server and its workers, from /proc (Linux).
import { readFileSync, readdirSync } from 'node:fs';

const ticksPerSecond = 100;

const read = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // The process has just exited.
  }
};

/** The fields after the program name in /proc/PID/stat; the name may contain spaces. */
const statistics = (pid) => read(`/proc/${pid}/stat`).replace(/^.*\) /s, '').split(' ');

/** The processes in the server's process group. */
const processesOf = (group) => readdirSync('/proc').filter((name) => /^\d+$/.test(name) && statistics(name)[2] === String(group));

const sum = (values) => values.reduce((total, value) => total + value, 0);

/** CPU time used so far, in seconds. */
export const cpuSeconds = (server) => sum(processesOf(server.pid).map((pid) => {
  const fields = statistics(pid);
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond || 0;
}));

const kilobytes = (text, name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0);

/** Resident memory in megabytes. Shared memory is counted once. */
export const memoryMegabytes = (server) => sum(processesOf(server.pid).map((pid) => kilobytes(read(`/proc/${pid}/smaps_rollup`), 'Pss'))) / 1024;

/** Resident memory and data segment of a process, in megabytes. */
export function residentAndData(pid) {
  const status = read(`/proc/${pid}/status`);
  return { resident: kilobytes(status, 'VmRSS') / 1024, data: kilobytes(status, 'VmData') / 1024 };
}

/** Megabytes of one process in memory: now, and at most since its start. */
export function residentAndPeak(pid) {
  const status = read(`/proc/${pid}/status`);
  return { resident: kilobytes(status, 'VmRSS') / 1024, peak: kilobytes(status, 'VmHWM') / 1024 };
}

/** Whether a process has loaded a library. */
export const hasLoaded = (pid, library) => read(`/proc/${pid}/maps`).includes(library);
