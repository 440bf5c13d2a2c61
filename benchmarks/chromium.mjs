// Measures how long a page takes to load in headless Chromium, which is driven over a pipe (Chrome DevTools Protocol), without packages.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const executable = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']
  .find((path) => path && existsSync(path));
const flags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--remote-debugging-pipe'];

/** Starts Chromium with a profile in the directory. */
export function startChromium(directory) {
  if (!executable) throw new Error('Chromium was not found. Install it, or set the environment variable CHROMIUM to its path.');
  const child = spawn(executable, [...flags, `--user-data-dir=${join(directory, 'chromium')}`], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const [, , , requests, responses] = child.stdio;
  const waiting = new Map();
  const ended = new Promise((resolve) => child.once('exit', resolve));
  ended.then(() => waiting.forEach(({ reject }) => reject(new Error('Chromium ended.'))));
  let text = '';
  let lastId = 0;

  responses.setEncoding('utf8').on('data', (part) => {
    const messages = (text + part).split('\0');
    text = messages.pop();
    for (const { id, result, error } of messages.map((message) => JSON.parse(message))) {
      if (error) waiting.get(id)?.reject(new Error(error.message));
      else waiting.get(id)?.resolve(result);
      waiting.delete(id);
    }
  });

  const send = (method, params = {}, sessionId = undefined) => new Promise((resolve, reject) => {
    waiting.set(++lastId, { resolve, reject });
    requests.write(`${JSON.stringify({ id: lastId, method, params, sessionId })}\0`);
  });

  /**
   * Loads a page without cached files, and returns the milliseconds from the start of the navigation until `isLoaded`, a JavaScript expression, is true. It is evaluated after
   * each change of the document.
   */
  async function load(url, isLoaded) {
    const { browserContextId } = await send('Target.createBrowserContext');
    const { targetId } = await send('Target.createTarget', { url: 'about:blank', browserContextId, width: 1440, height: 900 });
    const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
    await send('Page.enable', {}, sessionId);
    await send('Page.addScriptToEvaluateOnNewDocument', {
      source: `globalThis.loadTime = new Promise((resolve) =>
        new MutationObserver(() => { if (${isLoaded}) resolve(performance.now()); }).observe(document, { childList: true, subtree: true, characterData: true, attributes: true }));`,
    }, sessionId);
    await send('Page.navigate', { url }, sessionId);
    const { result, exceptionDetails } = await send('Runtime.evaluate', { expression: 'loadTime', awaitPromise: true }, sessionId);
    if (exceptionDetails) throw new Error(exceptionDetails.text);
    await send('Target.disposeBrowserContext', { browserContextId });
    return result.value;
  }

  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  process.on('exit', () => child.kill('SIGKILL'));
  return { load, stop };
}
