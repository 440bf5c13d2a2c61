import { byId, el, setText } from './dom.js';
import { confusionTable } from './matrix.js';
import { showMisread, showSomeMisread } from './misread.js';
import { network, number, percent, settings } from './words.js';

let shown = '';

/** Shows one network's confusion matrix, or two beside each other and what makes them differ. */
export function showComparison(models) {
  const key = models.map(model => model.id).join();
  if (key === shown) {
    return;
  }
  shown = key;
  byId('compared').replaceChildren(...models.map(card));
  if (models.length > 0) {
    showSomeMisread(models[0]);
  }
  setText(byId('difference'), models.length === 2 ? difference(models) : '');
}

function card(model) {
  const title = `#${model.version} ${network(model.options)}`;
  const pick = (actual, predicted, button) => {
    byId('compared').querySelectorAll('[aria-pressed]').forEach(cell => cell.setAttribute('aria-pressed', cell === button));
    showMisread(model, actual, predicted);
  };
  return el('article', { class: 'card' },
    el('h3', {}, `${title}: ${number(wrong(model))} of ${number(images(model))} misread`),
    confusionTable(model, title, pick));
}

const images = model => model.confusionMatrix.flat().reduce((sum, count) => sum + count, 0);
const wrong = model => images(model) - model.confusionMatrix.reduce((sum, row, digit) => sum + row[digit], 0);

function difference([first, second]) {
  const [better, worse] = wrong(first) <= wrong(second) ? [first, second] : [second, first];
  const fewer = wrong(worse) - wrong(better);
  const score = fewer === 0
    ? `#${better.version} and #${worse.version} misread equally many.`
    : `#${better.version} misreads ${number(fewer)} fewer than #${worse.version}: ${percent(better.testAccuracy)} right against ${percent(worse.testAccuracy)}.`;
  const unlike = Object.keys(settings)
    .filter(name => better.options[name] !== worse.options[name])
    .map(name => `${settings[name]} ${inWords(name, better)} against ${inWords(name, worse)}`);
  return `${score} ${unlike.length > 0 ? `They differ in ${unlike.join(', ')}.` : 'They have the same settings.'}`;
}

function inWords(name, { options }) {
  const value = options[name];
  if (value === null) {
    return name === 'trainingImages' ? 'all' : 'none';
  }
  return { true: 'yes', false: 'no' }[value] ?? String(value);
}
