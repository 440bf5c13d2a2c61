// The requests: MNIST test images as multipart forms with a PNG, as sent by a browser or curl.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { png } from '../../mnist.mjs';

const boundary = 'digit-of-the-serving-benchmark';
const before = Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="image"; filename="digit.png"\r\nContent-Type: image/png\r\n\r\n`);
const after = Buffer.from(`\r\n--${boundary}--\r\n`);

export const contentType = `multipart/form-data; boundary=${boundary}`;

/** The number of different digits that are sent. */
export const digitCount = 100;

export const bodies = Array.from({ length: digitCount }, (_, index) => Buffer.concat([before, png(index), after]));

/** Complete HTTP requests, ready to be written to a socket. */
export const requests = bodies.map((body) => Buffer.concat([
  Buffer.from(`POST /predict HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: ${contentType}\r\nContent-Length: ${body.length}\r\n\r\n`), body]));

/** Writes the bodies to files for wrk's script. */
export function writeBodies(directory) {
  const folder = join(directory, 'bodies');
  mkdirSync(folder, { recursive: true });
  bodies.forEach((body, index) => writeFileSync(join(folder, String(index)), body));
  return folder;
}
