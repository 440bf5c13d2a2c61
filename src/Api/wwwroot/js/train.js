import { Problem } from './api.js';
import { CurveChart } from './chart.js';
import { byId, setText } from './dom.js';
import { showJobs } from './job-list.js';
import { allJobs, refreshJobs, startJob, whenJobsChange } from './jobs.js';
import { readSettings, showFaults } from './settings.js';
import { chooseShown } from './shown.js';
import { percent } from './words.js';

const form = byId('train-form');
const loss = new CurveChart(byId('loss-chart'), {
  title: 'Loss of the training images by epoch',
  value: epoch => epoch.loss,
  format: value => value.toFixed(2),
  range: (_, low, high) => [0, high > 0 ? high * 1.05 : 1],
});
const accuracy = new CurveChart(byId('accuracy-chart'), {
  title: 'Accuracy of the validation images by epoch',
  value: epoch => epoch.validationAccuracy,
  format: value => percent(value, value > 0.9 ? 1 : 0),
  range: (_, low, high) => low === null || low === undefined || high === null ? [0.9, 1] : [Math.max(0, low - (1 - low) * 0.1), 1],
});

/** Shows trainings as they go; calls back when one has made a network. */
export function showTrainings(trained) {
  whenJobsChange(redraw, job => job.status === 'succeeded' && trained());
  return refreshJobs();
}

function redraw() {
  const shown = chooseShown(allJobs());
  showJobs(allJobs(), redraw);
  loss.show(shown);
  accuracy.show(shown);
}

form.addEventListener('submit', async event => {
  event.preventDefault();
  byId('start').disabled = true;
  setText(byId('train-message'), '');
  showFaults(form, {});
  try {
    await startJob({ preset: form.elements.preset.value, ...readSettings(form) });
  } catch (fault) {
    showRefusal(fault);
  } finally {
    byId('start').disabled = false;
  }
});

function showRefusal(fault) {
  if (fault instanceof Problem && fault.status === 429) {
    setText(byId('train-message'), 'The queue is full. Wait until a training ends, or cancel one, and start this again.');
    return;
  }
  const others = showFaults(form, fault.errors ?? {});
  const beside = Object.keys(fault.errors ?? {}).length > others.length;
  setText(byId('train-message'), others.join(' ') || (beside ? 'Some settings cannot be as they are.' : fault.message));
}
