import { confusionMatrix } from './confusion-matrix.js';
import { byId, el, setText } from './dom.js';
import { networkName, number, percent, settingNames } from './format.js';
import { showConfused, showSomeMisclassified } from './misclassified.js';

let shown = '';

/** Shows one model's confusion matrix, or two side by side with their differences. */
export function showComparison(models) {
  const key = models.map(model => model.id).join();
  if (key === shown) {
    return;
  }
  shown = key;
  byId('compared').replaceChildren(...models.map(card));
  if (models.length > 0) {
    showSomeMisclassified(models[0]);
  }
  setText(byId('difference'), models.length === 2 ? difference(models) : '');
}

function card(model) {
  const title = `#${model.version} ${networkName(model.options)}`;
  const select = (actual, predicted, button) => {
    byId('compared').querySelectorAll('[aria-pressed]').forEach(cell => cell.setAttribute('aria-pressed', cell === button));
    showConfused(model, actual, predicted);
  };
  return el('article', { class: 'card' },
    el('h3', {}, `${title}: ${number(errorCount(model))} of ${number(imageCount(model))} misclassified`),
    confusionMatrix(model, title, select));
}

const imageCount = model => model.confusionMatrix.flat().reduce((sum, count) => sum + count, 0);
const errorCount = model => imageCount(model) - model.confusionMatrix.reduce((sum, row, digit) => sum + row[digit], 0);

function difference([first, second]) {
  const [better, worse] = errorCount(first) <= errorCount(second) ? [first, second] : [second, first];
  const fewer = errorCount(worse) - errorCount(better);
  const score = fewer === 0
    ? `#${better.version} and #${worse.version} misclassify the same number of images.`
    : `#${better.version} misclassifies ${number(fewer)} fewer images than #${worse.version}: ${percent(better.testAccuracy)} test accuracy vs. ${percent(worse.testAccuracy)}.`;
  const changes = Object.keys(settingNames)
    .filter(name => better.options[name] !== worse.options[name])
    .map(name => `${settingNames[name]} ${settingText(name, better)} vs. ${settingText(name, worse)}`);
  return `${score} ${changes.length > 0 ? `Different settings: ${changes.join(', ')}.` : 'All settings are the same.'}`;
}

function settingText(name, { options }) {
  const value = options[name];
  if (value === null) {
    return name === 'trainingImages' ? 'all' : 'none';
  }
  return { true: 'yes', false: 'no' }[value] ?? String(value);
}
