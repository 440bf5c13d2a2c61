// In-process inference: our classifier compared with ONNX Runtime.
import { spawnSync } from 'node:child_process';
import { assembly, build, programs } from '../machine/build.mjs';

export function engine(directory, { rounds, seconds }) {
  build(programs.engine);
  const options = [...(rounds ? ['--rounds', rounds] : []), ...(seconds ? ['--milliseconds', 1000 * seconds] : [])].map(String);
  const { status } = spawnSync('dotnet', [assembly(programs.engine, 'RnnService.Benchmarks.Engine'), ...options], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`The engine benchmark exited with status ${status}.`);
}
