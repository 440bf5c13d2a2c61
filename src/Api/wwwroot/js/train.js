import { Problem } from './api.js';
import { CurveChart } from './chart.js';
import { byId, setText } from './dom.js';
import { percent } from './format.js';
import { showJobs } from './job-list.js';
import { allJobs, loadEpochs, refreshJobs, startJob, whenJobsChange } from './jobs.js';
import { readSettings, showErrors } from './settings.js';
import { visibleJobs } from './visible-curves.js';

const form = byId('train-form');
const loss = new CurveChart(byId('loss-chart'), {
  title: 'Training loss by epoch',
  value: epoch => epoch.loss,
  format: value => value.toFixed(2),
  range: (_, low, high) => [0, high > 0 ? high * 1.05 : 1],
});
const accuracy = new CurveChart(byId('accuracy-chart'), {
  title: 'Validation accuracy by epoch',
  value: epoch => epoch.validationAccuracy,
  format: value => percent(value, value > 0.9 ? 1 : 0),
  range: (_, low, high) => low === null || low === undefined || high === null ? [0.9, 1] : [Math.max(0, low - (1 - low) * 0.1), 1],
});

/** Shows training jobs and their progress; calls back when jobs have produced models. */
export function showTraining(trained) {
  whenJobsChange(redraw, trained);
  return refreshJobs();
}

function redraw() {
  const visible = visibleJobs(allJobs());
  showJobs(allJobs(), redraw);
  loss.show(visible);
  accuracy.show(visible);
  loadEpochs(visible);
}

form.addEventListener('submit', async event => {
  event.preventDefault();
  byId('start').disabled = true;
  setText(byId('train-message'), '');
  showErrors(form, {});
  try {
    const settings = readSettings(form);
    const recipe = form.querySelector('input[name=preset]:checked');
    await startJob({ preset: recipe.value, ...recipeSettings(recipe, settings), ...settings });
  } catch (error) {
    showFailure(error);
  } finally {
    byId('start').disabled = false;
  }
});

/** The settings of a choice that differ from its preset. A feed-forward network has no members. */
function recipeSettings(recipe, { network }) {
  const { members, ...others } = JSON.parse(recipe.dataset.settings ?? '{}');
  return members && network !== 'fnn' ? { members, ...others } : others;
}

function showFailure(error) {
  if (error instanceof Problem && error.status === 429) {
    setText(byId('train-message'), 'The queue is full. Wait until a job finishes or cancel one, and try again.');
    return;
  }
  const others = showErrors(form, error.errors ?? {});
  const hasFieldErrors = Object.keys(error.errors ?? {}).length > others.length;
  setText(byId('train-message'), others.join(' ') || (hasFieldErrors ? 'Some settings are invalid.' : error.message));
}
