/** Returns a copy in ascending order. */
export const sorted = (values) => Float64Array.from(values).sort();

/** The quantile of sorted values. */
export const quantile = (values, share) => values[Math.floor(share * (values.length - 1))];

/** The median: the middle value or the mean of the two middle values. */
export function median(values) {
  const inOrder = sorted(values);
  return (inOrder[(inOrder.length - 1) >> 1] + inOrder[inOrder.length >> 1]) / 2;
}

/** Formats the range as "lowest to highest". */
export const range = (values, digits) => `${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)}`;

/** The slope of the least-squares line through the points. */
export function slope(points) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(points.map((point) => point[0]));
  const y = mean(points.map((point) => point[1]));
  return points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0) / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}
