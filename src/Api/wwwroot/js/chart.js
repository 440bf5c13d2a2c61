import { network, recipe } from './words.js';
import { shownColour } from './shown.js';

/** uPlot draws on a canvas, which knows no variables: an element tells what a colour is in the theme of now. */
function resolved(element, colour) {
  element.style.color = colour;
  const value = getComputedStyle(element).color;
  element.style.color = '';
  return value;
}

/** Curves over epochs, one for each job; drawn anew when jobs, size or theme change, and redrawn in place when an epoch comes. */
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
    const key = jobs.map(job => job.id + shownColour(job.id)).join();
    if (this.#plot === null || key !== this.#key) {
      this.#key = key;
      this.#rebuild();
    } else {
      this.#plot.setData(this.#data());
    }
    this.element.setAttribute('aria-label', this.#inWords());
    this.element.dataset.points = jobs.map(job => job.epochs.length).join();
  }

  #data() {
    const epochs = Math.max(1, ...this.#jobs.map(job => job.epochs.length));
    const curve = job => Array.from({ length: epochs }, (_, i) => job.epochs[i] ? this.value(job.epochs[i]) : null);
    return [Array.from({ length: epochs }, (_, i) => i + 1), ...this.#jobs.map(curve)];
  }

  #inWords() {
    const ended = this.#jobs.filter(job => job.epochs.length > 0)
      .map(job => `${network(job.options)}, ${recipe(job.options)}: ${this.format(this.value(job.epochs.at(-1)))} after epoch ${job.epochs.length}`);
    return `${this.title}. ${ended.join('; ') || 'No epoch yet'}.`;
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
    const colour = name => resolved(this.element, name);
    const axis = {
      stroke: colour('var(--quiet)'), font: '12px Inter, system-ui, sans-serif', ticks: { show: false },
      grid: { stroke: colour('var(--line)'), width: 1 },
    };
    const series = this.#jobs.map(job => ({
      stroke: colour(shownColour(job.id)), width: 2.5, spanGaps: false, points: { show: true, size: 6, fill: colour(shownColour(job.id)) },
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
