// Writes docs/seven.png, the image used in README.md and RnnService.http: the first MNIST test image, unchanged.
// Usage: node docs/seven.mjs (after a build, which restores MNIST)
import { writeFileSync } from 'node:fs';
import { png } from '../benchmarks/mnist.mjs';

writeFileSync(new URL('seven.png', import.meta.url), png(0));
