// The few shapes that the plots are made of. Colours follow the reader's theme, light or dark.
import { writeFileSync } from 'node:fs';
import { repository } from '../machine/build.mjs';

const style = `
    text { font: 13px system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif; fill: #1f2328; }
    .title { font-size: 16px; font-weight: 600; }
    .quiet { fill: #59636e; font-size: 12px; }
    .strong { font-weight: 600; }
    .end { text-anchor: end; }
    .middle { text-anchor: middle; }
    .grid { stroke: #d1d9e0; stroke-width: 1; }
    .first { fill: #0969da; stroke: #0969da; }
    .second { fill: #8c959f; stroke: #8c959f; }
    .third { fill: #bc4c00; stroke: #bc4c00; }
    rect { stroke: none; }
    polyline { fill: none; stroke-width: 2; stroke-linejoin: round; }
    text.first, text.second, text.third { stroke: none; }
    @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc; }
      .quiet { fill: #9198a1; }
      .grid { stroke: #3d444d; }
      .first { fill: #4493f8; stroke: #4493f8; }
      .second { fill: #768390; stroke: #768390; }
      .third { fill: #f0883e; stroke: #f0883e; }
      polyline { fill: none; }
    }`;

const escape = (value) => String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const element = (name, attributes, content = '') =>
  `  <${name}${Object.entries(attributes).map(([key, value]) => ` ${key}="${typeof value === 'number' ? +value.toFixed(1) : escape(value)}"`).join('')}>${content}</${name}>`;

export const text = (x, y, content, style = '') => element('text', { x, y, class: style }, escape(content));
export const bar = (x, y, width, height, style) => element('rect', { x, y, width, height, rx: 3, class: style });
export const line = (x1, y1, x2, y2) => element('line', { x1, y1, x2, y2, class: 'grid' });
export const curve = (points, style) =>
  element('polyline', { points: points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' '), class: style });

/** Writes a picture to docs/. `description` is for those who cannot see it. */
export function writeSvg(name, width, height, description, shapes) {
  const open = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(description)}">`;
  writeFileSync(`${repository}docs/${name}`, [open, `  <style>${style}\n  </style>`, ...shapes, '</svg>', ''].join('\n'));
  console.error(`drew docs/${name}`);
}
