import { ROWS, likeliest } from './mind.js';

const SVG = 'http://www.w3.org/2000/svg';
const DIGITS = 10;
const WIDTH = 2; // of a cell; its height is 1

/** The strip of what a network believed: a row of cells for each row of pixels, a column for each digit. */
export class BeliefStrip {
  #cells;

  constructor(svg) {
    this.#cells = Array.from({ length: ROWS }, (_, row) => Array.from({ length: DIGITS }, (_, digit) => {
      const cell = document.createElementNS(SVG, 'rect');
      Object.entries({ x: digit * WIDTH + 0.08, y: row + 0.06, width: WIDTH - 0.16, height: 0.88, rx: 0.2 })
        .forEach(([name, value]) => cell.setAttribute(name, value));
      return cell;
    }));
    svg.append(...this.#cells.flat());
    this.clear();
  }

  show(trace) {
    trace.forEach((probabilities, row) => {
      const first = likeliest(probabilities);
      probabilities.forEach((share, digit) => {
        // A square root shows doubts that a straight scale would hide.
        this.#cells[row][digit].setAttribute('fill-opacity', Math.sqrt(share).toFixed(3));
        this.#cells[row][digit].classList.toggle('first', digit === first);
      });
    });
  }

  clear() {
    this.#cells.flat().forEach(cell => cell.setAttribute('fill-opacity', 0));
  }
}
