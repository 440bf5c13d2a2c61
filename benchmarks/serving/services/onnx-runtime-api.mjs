// A minimal API with ONNX Runtime, with one inference call per request.
import { assembly, programs } from '../machine/build.mjs';
import { startServer } from '../machine/server.mjs';

/** The configurations to measure. With 0 threads, ONNX Runtime uses one thread per physical core. */
export const onnxRuntimeVariants = [
  { setup: 'session defaults', threads: 0 },
  { setup: '1 intra-op thread', threads: 1 },
  { setup: '2 intra-op threads', threads: 2 },
];

export const startOnnxRuntime = (directory, model, { threads }) => startServer({
  name: 'ONNX Runtime, unbatched',
  command: (port) => ['dotnet', assembly(programs.onnxRuntimeApi, 'RnnService.Benchmarks.OnnxRuntimeApi'),
    '--urls', `http://127.0.0.1:${port}`, '--Model', model, '--IntraOpThreads', String(threads)],
  readyPath: '/health/ready',
  directory,
});
