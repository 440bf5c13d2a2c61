// FastAPI, uvicorn and PyTorch, as Debian has them.
import { fileURLToPath } from 'node:url';
import { startServer } from '../machine/server.mjs';

/** Debian's own, for which its packages are; another Python may come first on the PATH. */
export const python = '/usr/bin/python3';

/** Workers and threads are what one tries first on two cores. */
export const fastapiVariants = [
  { setup: '1 worker, 1 thread', workers: 1, threads: 1 },
  { setup: '1 worker, 2 threads', workers: 1, threads: 2 },
  { setup: '2 workers, 1 thread', workers: 2, threads: 1 },
];

export const startFastapi = (directory, weights, { workers, threads }) => startServer({
  name: 'FastAPI + PyTorch',
  command: (port) => [python, '-m', 'uvicorn', 'app:app', '--host', '127.0.0.1', '--port', String(port), '--workers', String(workers),
    '--no-access-log', '--log-level', 'warning'],
  readyPath: '/health/ready',
  environment: { WEIGHTS: weights, TORCH_THREADS: String(threads), OMP_NUM_THREADS: String(threads), OPENBLAS_NUM_THREADS: String(threads) },
  directory,
  workingDirectory: fileURLToPath(new URL('../fastapi/', import.meta.url)),
});
