import { byId, el, reducedMotion, setText } from './dom.js';
import { percent } from './format.js';
import { clearPixels, drawPixels } from './pixels.js';
import { showProbabilities } from './prediction.js';
import { ProbabilityStrip } from './probability-strip.js';
import { ROWS, argmax, describeChange, lastChange } from './trace.js';

const ROW_MS = 55;
const view = byId('trace-view');
const slider = byId('row');
const play = byId('play');
const strip = new ProbabilityStrip(byId('trace'));
const columns = [...document.querySelectorAll('.columns span')];
let trace = null;
let timer = null;

/** Shows a prediction's trace at the last row. Plays it from the first row when the drawing is complete. */
export function showTrace(prediction, complete) {
  stop();
  trace = prediction.trace ?? null;
  if (prediction.pixels) {
    drawPixels(byId('seen'), prediction.pixels);
  }
  view.classList.toggle('blank', !trace);
  slider.disabled = play.disabled = !trace;
  if (!trace) {
    strip.clear();
    showProbabilities(prediction.probabilities);
    return;
  }
  strip.show(trace);
  showChange(lastChange(trace));
  goTo(ROWS);
  if (complete && !reducedMotion()) {
    start();
  }
}

export function clearTrace() {
  stop();
  trace = null;
  clearPixels(byId('seen'));
  strip.clear();
  view.classList.add('blank');
  view.classList.remove('has-change');
  slider.disabled = play.disabled = true;
  byId('change').replaceChildren('The row where the prediction last changes is marked here.');
}

function showChange(change) {
  const [before, row, after] = describeChange(change);
  byId('change').replaceChildren(before, ...row ? [el('strong', {}, row), after] : []);
  byId('change').dataset.row = change.row;
  view.classList.toggle('has-change', change.before !== null);
  view.style.setProperty('--change', (change.row - 1) / ROWS);
}

function goTo(row) {
  const probabilities = trace[row - 1];
  const digit = argmax(probabilities);
  slider.value = row;
  slider.setAttribute('aria-valuetext', `after row ${row}: ${digit}, ${percent(probabilities[digit], 0)}`);
  setText(byId('row-text'), `row ${row}`);
  view.style.setProperty('--read', row / ROWS);
  view.classList.toggle('whole', row === ROWS);
  columns.forEach((column, i) => column.classList.toggle('first', i === digit));
  showProbabilities(probabilities);
}

function start() {
  let row = 1;
  goTo(row);
  play.classList.add('playing');
  play.setAttribute('aria-label', 'Pause');
  timer = setInterval(() => {
    goTo(++row);
    if (row === ROWS) {
      stop();
    }
  }, ROW_MS);
}

function stop() {
  clearInterval(timer);
  timer = null;
  play.classList.remove('playing');
  play.setAttribute('aria-label', 'Play row by row');
}

/** Selects the row under the pointer, on the image or on the strip. */
function scrub(event) {
  const box = byId('seen').getBoundingClientRect();
  const row = Math.ceil((event.clientY - box.top) / box.height * ROWS);
  if (trace && (event.type === 'pointerdown' || event.buttons > 0) && row >= 1 && row <= ROWS) {
    stop();
    goTo(row);
  }
}

play.addEventListener('click', () => timer === null ? start() : stop());
slider.addEventListener('input', () => {
  stop();
  goTo(Number(slider.value));
});
// A key that does not change the value, such as Home on the first row, raises no input event but stops playback as well.
for (const type of ['keydown', 'pointerdown']) {
  slider.addEventListener(type, stop);
}
for (const type of ['pointerdown', 'pointermove']) {
  byId('seen').addEventListener(type, scrub);
  byId('trace').addEventListener(type, scrub);
}
clearTrace();
