import { showBelief } from './answer.js';
import { BeliefStrip } from './belief.js';
import { byId, el, reducedMotion, setText } from './dom.js';
import { ROWS, likeliest, mindInWords, mindOf } from './mind.js';
import { clearPixels, drawPixels } from './pixels.js';
import { percent } from './words.js';

const ROW_MS = 55;
const reading = byId('reading');
const slider = byId('row');
const play = byId('play');
const strip = new BeliefStrip(byId('belief'));
const columns = [...document.querySelectorAll('.columns span')];
let trace = null;
let timer = null;

/** Shows a prediction's rows, the last one first; plays them from the start when the drawing has settled. */
export function showReading(prediction, settled) {
  stop();
  trace = prediction.trace ?? null;
  if (prediction.pixels) {
    drawPixels(byId('seen'), prediction.pixels);
  }
  reading.classList.toggle('blank', !trace);
  slider.disabled = play.disabled = !trace;
  if (!trace) {
    strip.clear();
    showBelief(prediction.probabilities);
    return;
  }
  strip.show(trace);
  showMind(mindOf(trace));
  goTo(ROWS);
  if (settled && !reducedMotion()) {
    start();
  }
}

export function clearReading() {
  stop();
  trace = null;
  clearPixels(byId('seen'));
  strip.clear();
  reading.classList.add('blank');
  reading.classList.remove('has-mind');
  slider.disabled = play.disabled = true;
  byId('mind').replaceChildren('Where it makes up its mind will be marked here.');
}

function showMind(mind) {
  const [before, row, after] = mindInWords(mind);
  byId('mind').replaceChildren(before, ...row ? [el('strong', {}, row), after] : []);
  byId('mind').dataset.row = mind.row;
  reading.classList.toggle('has-mind', mind.before !== null);
  reading.style.setProperty('--mind', (mind.row - 1) / ROWS);
}

function goTo(row) {
  const probabilities = trace[row - 1];
  const digit = likeliest(probabilities);
  slider.value = row;
  slider.setAttribute('aria-valuetext', `after row ${row}: ${digit}, ${percent(probabilities[digit], 0)}`);
  setText(byId('row-text'), `row ${row}`);
  reading.style.setProperty('--read', row / ROWS);
  reading.classList.toggle('whole', row === ROWS);
  columns.forEach((column, i) => column.classList.toggle('first', i === digit));
  showBelief(probabilities);
}

function start() {
  let row = 1;
  goTo(row);
  play.classList.add('playing');
  play.setAttribute('aria-label', 'Pause the reading');
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
  play.setAttribute('aria-label', 'Play the reading');
}

/** The sheet itself may be touched too: rows lie where they are seen. */
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
for (const type of ['pointerdown', 'pointermove']) {
  byId('seen').addEventListener(type, scrub);
  byId('belief').addEventListener(type, scrub);
}
clearReading();
