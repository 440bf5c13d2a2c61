// Checks for the required programs, named after their Debian packages.
import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { python } from '../services/fastapi.mjs';

const runs = (program, ...args) => spawnSync(program, args, { stdio: 'ignore' }).error?.code !== 'ENOENT';
const imports = (module) => spawnSync(python, ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0;

/** On Debian, this alternative selects the BLAS library. The default one is ten times slower than OpenBLAS. */
function hasOpenBlas() {
  try {
    return realpathSync('/etc/alternatives/libblas.so.3-x86_64-linux-gnu').includes('openblas');
  } catch {
    return imports('torch'); // Not Debian on x86-64: PyTorch includes its own BLAS.
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
  const missing = tools.filter(([, isInstalled]) => !isInstalled()).map(([name]) => name);
  if (missing.length > 0) {
    throw new Error(`Missing prerequisites: ${missing.join(', ')}. On Debian: apt-get install ${missing.join(' ')}`);
  }
}

export const requireLoadGenerator = () => require(load);
export const requirePeers = () => require(peer);
