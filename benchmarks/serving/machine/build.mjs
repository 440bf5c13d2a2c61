// Builds the measured programs, so that outdated builds are never measured.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../../../', import.meta.url));

export const programs = {
  service: 'src/Api',
  onnxRuntimeApi: 'benchmarks/serving/OnnxRuntimeApi',
  heapSampler: 'benchmarks/serving/HeapSampler',
  engine: 'benchmarks/serving/Engine',
};

/** The path of a project's assembly after `build`. */
export const assembly = (project, name) => `${repository}${project}/bin/Release/net10.0/${name}.dll`;

export function build(...projects) {
  for (const project of projects) {
    console.error(`building ${project}`);
    const { status, stdout } = spawnSync('dotnet', ['build', project, '-c', 'Release', '--nologo', '-v', 'quiet'], { cwd: repository, encoding: 'utf8' });
    if (status !== 0) throw new Error(`dotnet build ${project} failed:\n${stdout}`);
  }
}
