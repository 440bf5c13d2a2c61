// The SVG elements of the plots. Colors follow the light or dark theme of the reader.
import { writeFileSync } from 'node:fs';
import { repository } from '../machine/build.mjs';

const style = `
    text { font: 13px system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif; fill: currentColor; color: #1f2328; }
    rect { fill: currentColor; }
    polyline { fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round; }
    line { stroke: currentColor; color: #d1d9e0; }
    .title { font-size: 16px; font-weight: 600; }
    .quiet { font-size: 12px; color: #59636e; }
    .strong { font-weight: 600; }
    .end { text-anchor: end; }
    .middle { text-anchor: middle; }
    .ours { color: #0969da; }
    .other { color: #8c959f; }
    .inner { color: #bc4c00; }
    @media (prefers-color-scheme: dark) {
      text { color: #f0f6fc; }
      line { color: #3d444d; }
      .quiet { color: #9198a1; }
      .ours { color: #4493f8; }
      .other { color: #768390; }
      .inner { color: #f0883e; }
    }`;

const escape = (value) => String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const element = (name, attributes, content = '') =>
  `  <${name}${Object.entries(attributes).map(([key, value]) => ` ${key}="${typeof value === 'number' ? +value.toFixed(1) : escape(value)}"`).join('')}>${content}</${name}>`;

export const text = (x, y, content, style = '') => element('text', { x, y, class: style }, escape(content));
export const bar = (x, y, width, height, style) => element('rect', { x, y, width, height, rx: 3, class: style });
export const line = (x1, y1, x2, y2) => element('line', { x1, y1, x2, y2 });
export const curve = (points, style) =>
  element('polyline', { points: points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' '), class: style });

/** Writes an SVG file to docs/. `description` is its accessible label. */
export function writeSvg(name, width, height, description, shapes) {
  const open = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(description)}">`;
  writeFileSync(`${repository}docs/${name}`, [open, `  <style>${style}\n  </style>`, ...shapes, '</svg>', ''].join('\n'));
  console.error(`wrote docs/${name}`);
}
