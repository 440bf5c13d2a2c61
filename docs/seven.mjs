// Makes docs/seven.png, the picture that README.md and RnnService.http send: the first of MNIST's test images, as it is.
// Usage: node docs/seven.mjs (after a build, which restores MNIST)
import { writeFileSync } from 'node:fs';
import { png } from '../benchmarks/mnist.mjs';

writeFileSync(new URL('seven.png', import.meta.url), png(0));
