/** Strokes of handwritten digits as points of a 28×28 grid; smooth curves are drawn through them. */
const digits = [
  [[[14, 5], [9, 8], [8, 15], [10, 21], [14, 23], [19, 20], [20, 13], [18, 7], [14, 5]]],
  [[[11, 9], [15, 5], [14, 14], [14, 23]]],
  [[[8, 9], [11, 5], [17, 5], [19, 9], [16, 14], [8, 22], [13, 22], [21, 22]]],
  [[[8, 6], [14, 4], [19, 7], [17, 12], [12, 13], [18, 14], [20, 19], [15, 23], [8, 21]]],
  [[[10, 5], [8, 11], [8, 15], [15, 15], [21, 14]], [[18, 5], [17, 14], [16, 24]]],
  [[[20, 5], [14, 5], [10, 5], [9, 12], [14, 11], [19, 14], [19, 19], [14, 23], [8, 21]]],
  [[[18, 4], [12, 9], [9, 16], [10, 21], [15, 23], [19, 19], [17, 15], [12, 15], [9, 19]]],
  [[[7, 6], [14, 6], [21, 5], [17, 13], [13, 23]]],
  [[[18, 7], [14, 4], [9, 7], [12, 12], [18, 17], [17, 22], [12, 23], [9, 19], [14, 13], [19, 8]]],
  [[[19, 9], [15, 5], [10, 7], [9, 11], [13, 14], [18, 11], [19, 8], [18, 15], [16, 23]]],
];

const SCALE = 10;
const PARTS = 8;
let next = 7;

/** The strokes of the next example digit. */
export function nextExample() {
  const strokes = digits[next].map(smooth);
  next = (next + 7) % digits.length;
  return strokes;
}

/** Catmull-Rom spline through all points. */
function smooth(points) {
  const at = i => points[Math.min(points.length - 1, Math.max(0, i))];
  const curve = points.slice(1).flatMap((_, i) => Array.from({ length: PARTS }, (_, part) => {
    const t = part / PARTS;
    return [0, 1].map(axis => {
      const [a, b, c, d] = [-1, 0, 1, 2].map(offset => at(i + offset)[axis]);
      return SCALE * (b + t * (c - a) / 2 + t * t * (a - 2.5 * b + 2 * c - d / 2) + t * t * t * ((d - a) / 2 + 1.5 * (b - c)));
    });
  }));
  return [...curve, points.at(-1).map(value => SCALE * value)];
}
