// What must be installed, by the names of Debian's packages.
import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { python } from '../services/fastapi.mjs';

const runs = (program, ...args) => spawnSync(program, args, { stdio: 'ignore' }).error?.code !== 'ENOENT';
const imports = (module) => spawnSync(python, ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0;

/** Debian lets its packages choose which BLAS is behind this name, and the one that is there without asking is ten times slower. */
function hasOpenBlas() {
  try {
    return realpathSync('/etc/alternatives/libblas.so.3-x86_64-linux-gnu').includes('openblas');
  } catch {
    return imports('torch'); // Not Debian on x86-64: its PyTorch brings what it needs.
  }
}

const load = [['wrk', () => runs('wrk', '--version')]];
const peer = [
  ['python3-torch', () => imports('torch')],
  ['python3-fastapi', () => imports('fastapi')],
  ['python3-uvicorn', () => imports('uvicorn')],
  ['python3-uvloop', () => imports('uvloop')],
  ['python3-httptools', () => imports('httptools')],
  ['python3-multipart', () => imports('multipart')],
  ['python3-pil', () => imports('PIL')],
  ['libopenblas0-pthread', hasOpenBlas],
];

function require(tools) {
  const missing = tools.filter(([, isThere]) => !isThere()).map(([name]) => name);
  if (missing.length > 0) {
    throw new Error(`Missing on this machine: ${missing.join(', ')}. On Debian: apt-get install ${missing.join(' ')}`);
  }
}

export const requireLoadGenerator = () => require(load);
export const requirePeers = () => require(peer);
