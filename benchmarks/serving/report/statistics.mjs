/** A sorted copy; of numbers, least first. */
export const sorted = (values) => Float64Array.from(values).sort();

/** The value that the given share of sorted values is not above. */
export const quantile = (values, share) => values[Math.floor(share * (values.length - 1))];

/** The middle value, or the mean of the two middle ones. */
export function median(values) {
  const inOrder = sorted(values);
  return (inOrder[(inOrder.length - 1) >> 1] + inOrder[inOrder.length >> 1]) / 2;
}

/** "lowest to highest", with so many digits after the point. */
export const range = (values, digits) => `${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)}`;

/** The slope of the straight line that is nearest to the points. */
export function slope(points) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(points.map((point) => point[0]));
  const y = mean(points.map((point) => point[1]));
  return points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0) / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}
