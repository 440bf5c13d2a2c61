import { networkName, trainingName } from './format.js';
import { curveColor } from './visible-curves.js';

/** Resolves a CSS variable to a color of the current theme: uPlot draws on a canvas, which does not support variables. */
function resolved(element, color) {
  element.style.color = color;
  const value = getComputedStyle(element).color;
  element.style.color = '';
  return value;
}

/** One curve per job over its epochs. The plot is rebuilt when the jobs or the theme change, and updated in place after each epoch. */
export class CurveChart {
  #plot = null;
  #key = '';
  #jobs = [];

  constructor(element, { title, value, format, range }) {
    Object.assign(this, { element, title, value, format, range });
    element.setAttribute('role', 'img');
    new ResizeObserver(() => this.#resize()).observe(element);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#rebuild());
    this.show([]);
  }

  show(jobs) {
    this.#jobs = jobs;
    const key = jobs.map(job => job.id + curveColor(job.id)).join();
    if (this.#plot === null || key !== this.#key) {
      this.#key = key;
      this.#rebuild();
    } else {
      this.#plot.setData(this.#data());
    }
    this.element.setAttribute('aria-label', this.#description());
    this.element.dataset.points = jobs.map(job => job.epochs.length).join();
  }

  #data() {
    const epochs = Math.max(1, ...this.#jobs.map(job => job.epochs.length));
    const curve = job => Array.from({ length: epochs }, (_, i) => job.epochs[i] ? this.value(job.epochs[i]) : null);
    return [Array.from({ length: epochs }, (_, i) => i + 1), ...this.#jobs.map(curve)];
  }

  #description() {
    const curves = this.#jobs.filter(job => job.epochs.length > 0)
      .map(job => `${networkName(job.options)}, ${trainingName(job.options)}: ${this.format(this.value(job.epochs.at(-1)))} after epoch ${job.epochs.length}`);
    return `${this.title}. ${curves.join('; ') || 'No epochs yet'}.`;
  }

  #size() {
    return { width: this.element.clientWidth, height: Math.max(264, this.element.clientHeight) };
  }

  #resize() {
    const { width, height } = this.#size();
    if (this.#plot && (this.#plot.width !== width || this.#plot.height !== height)) {
      this.#plot.setSize({ width, height });
    }
  }

  #rebuild() {
    this.#plot?.destroy();
    const color = name => resolved(this.element, name);
    const axis = {
      stroke: color('var(--quiet)'), font: '12px Inter, system-ui, sans-serif', ticks: { show: false },
      grid: { stroke: color('var(--line)'), width: 1 },
    };
    const series = this.#jobs.map(job => ({
      stroke: color(curveColor(job.id)), width: 2.5, spanGaps: false, points: { show: true, size: 6, fill: color(curveColor(job.id)) },
    }));
    this.#plot = new uPlot({
      ...this.#size(),
      padding: [12, 12, 0, 0],
      scales: { x: { time: false, range: (_, low, high) => [low, Math.max(low + 1, high)] }, y: { range: this.range } },
      axes: [
        { ...axis, grid: { show: false }, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500], size: 32 },
        { ...axis, values: (_, ticks) => ticks.map(this.format), size: 58 },
      ],
      series: [{}, ...series],
      cursor: { show: false },
      legend: { show: false },
    }, this.#data(), this.element);
  }
}
