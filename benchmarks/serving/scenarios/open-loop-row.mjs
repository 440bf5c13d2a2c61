// A table row for the result of openLoop.
import { quantile } from '../report/statistics.mjs';

export const openLoopColumns = ['', 'requests', 'requests/s', 'p50, ms', 'p99, ms', 'p99.9, ms', 'maximum, ms', 'failed', 'generator delay, p99, ms'];

export const openLoopRow = (name, { count, perSecond, times, late, failed }) => [
  name, count, perSecond.toFixed(0), ...[0.5, 0.99, 0.999, 1].map((share) => quantile(times, share)?.toFixed(1)), failed, quantile(late, 0.99)?.toFixed(1)];
