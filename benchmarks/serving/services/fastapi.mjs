// FastAPI, uvicorn, and PyTorch from Debian's packages.
import { fileURLToPath } from 'node:url';
import { startServer } from '../machine/server.mjs';

/** Debian's Python, which its packages are installed for. Another Python may come first in PATH. */
export const python = '/usr/bin/python3';

const processes = [
  { setup: '1 worker, 1 thread', workers: 1, threads: 1 },
  { setup: '1 worker, 2 threads', workers: 1, threads: 2 },
  { setup: '2 workers, 1 thread', workers: 2, threads: 1 },
];

// If the environment selects the kernels of OpenBLAS, also measure its default choice, which may be faster. Predictions are verified.
const kernels = process.env.OPENBLAS_CORETYPE
  ? [{ label: ', OpenBLAS default', environment: { OPENBLAS_CORETYPE: undefined, OPENBLAS_L2_SIZE: undefined } },
    { label: `, OpenBLAS for ${process.env.OPENBLAS_CORETYPE}`, environment: {} }]
  : [{ label: '', environment: {} }];

/** The configurations to measure on two cores. */
export const fastapiVariants = kernels.flatMap(({ label, environment }) => processes.map((variant) => ({ ...variant, setup: variant.setup + label, environment })));

export const startFastapi = (directory, weights, { workers, threads, environment }) => startServer({
  name: 'FastAPI + PyTorch',
  command: (port) => [python, '-m', 'uvicorn', 'app:app', '--host', '127.0.0.1', '--port', String(port), '--workers', String(workers),
    '--no-access-log', '--log-level', 'warning'],
  readyPath: '/health/ready',
  environment: {
    WEIGHTS: weights, TORCH_THREADS: String(threads), OMP_NUM_THREADS: String(threads), OPENBLAS_NUM_THREADS: String(threads), ...environment },
  directory,
  workingDirectory: fileURLToPath(new URL('../fastapi/', import.meta.url)),
});
