import { ROWS, argmax } from './trace.js';

const SVG = 'http://www.w3.org/2000/svg';
const DIGITS = 10;
const CELL_WIDTH = 2; // in units of a cell's height

/** Probabilities after each row as a grid of cells: one row of cells per row of pixels, one column per digit. */
export class ProbabilityStrip {
  #cells;

  constructor(svg) {
    this.#cells = Array.from({ length: ROWS }, (_, row) => Array.from({ length: DIGITS }, (_, digit) => {
      const cell = document.createElementNS(SVG, 'rect');
      Object.entries({ x: digit * CELL_WIDTH + 0.08, y: row + 0.06, width: CELL_WIDTH - 0.16, height: 0.88, rx: 0.2 })
        .forEach(([name, value]) => cell.setAttribute(name, value));
      return cell;
    }));
    svg.append(...this.#cells.flat());
    this.clear();
  }

  show(trace) {
    trace.forEach((probabilities, row) => {
      const first = argmax(probabilities);
      probabilities.forEach((probability, digit) => {
        // The square root keeps small probabilities visible.
        this.#cells[row][digit].setAttribute('fill-opacity', Math.sqrt(probability).toFixed(3));
        this.#cells[row][digit].classList.toggle('first', digit === first);
      });
    });
  }

  clear() {
    this.#cells.flat().forEach(cell => cell.setAttribute('fill-opacity', 0));
  }
}
