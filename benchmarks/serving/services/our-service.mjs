// RnnService with a temporary data directory.
import { mkdtempSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { assembly, programs } from '../machine/build.mjs';
import { startServer } from '../machine/server.mjs';

const json = { 'Content-Type': 'application/json' };

/** Trains a model of the same size as the `article` preset, with low accuracy but the same inference speed. */
export const quickTraining = { epochs: 1, trainingImages: 1000 };

async function call(server, method, path, body) {
  const response = await fetch(server.url + path, { method, headers: json, body: body && JSON.stringify(body) });
  if (!response.ok) throw new Error(`${method} ${path} returned ${response.status}: ${await response.text()}`);
  return response;
}

/** Returns the current state of a job. */
export const job = async (server, id) => (await call(server, 'GET', `/jobs/${id}`)).json();

export const startTraining = async (server, settings) => (await (await call(server, 'POST', '/train', settings)).json()).id;
export const cancelTraining = (server, id) => call(server, 'POST', `/jobs/${id}/cancel`);
export const activate = (server, id) => call(server, 'PUT', '/models/active', { id });

/** Trains a model and returns its id. */
export async function train(server, settings = quickTraining) {
  const id = await startTraining(server, settings);
  for (;;) {
    const { status, modelId, error } = await job(server, id);
    if (status === 'succeeded') return modelId;
    if (error) throw new Error(`The training job ${status}: ${error.message}`);
    await delay(100);
  }
}

/** Downloads a file of a model: model.onnx or weights.safetensors. */
export async function download(server, id, file, directory) {
  const path = join(directory, file);
  await writeFile(path, Buffer.from(await (await call(server, 'GET', `/models/${id}/${file}`)).arrayBuffer()));
  return path;
}

export const startOurs = (directory, environment = {}) => startServer({
  name: 'RnnService',
  command: (port) => ['dotnet', assembly(programs.service, 'RnnService.Api'), '--urls', `http://127.0.0.1:${port}`],
  readyPath: '/health/live',
  environment: { Storage__Directory: mkdtempSync(join(directory, 'data-')), ...environment },
  directory,
});
