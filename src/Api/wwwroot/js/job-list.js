import { byId, el, setText } from './dom.js';
import { dateTime, duration, networkName, percent, trainingName } from './format.js';
import { cancelJob, isFinished } from './jobs.js';
import { progressShare, secondsLeft } from './progress.js';
import { curveColor, isVisible, setVisible } from './visible-curves.js';

const rows = new Map();

/** Shows the jobs, newest first. Row elements are reused, so that focus is preserved. */
export function showJobs(jobs, changed) {
  byId('no-jobs').hidden = jobs.length > 0;
  jobs.forEach((job, place) => {
    const row = rows.get(job.id) ?? newRow(job, changed);
    rows.set(job.id, row);
    if (byId('jobs').children[place] !== row.item) {
      byId('jobs').insertBefore(row.item, byId('jobs').children[place] ?? null);
    }
    update(row, job);
  });
}

function newRow(job, changed) {
  const name = `${networkName(job.options)}, ${trainingName(job.options)}`;
  const row = {
    show: el('input', { type: 'checkbox', 'aria-label': `Show curve of ${name}`, change: () => { setVisible(job.id, row.show.checked); changed(); } }),
    text: el('span', {}),
    bar: el('progress', { max: 1, 'aria-label': `Progress of ${name}` }),
    cancel: el('button', { type: 'button', 'aria-label': `Cancel ${name}`, click: () => cancel(row, job.id) }, 'Cancel'),
  };
  row.item = el('li', { class: 'job', 'data-job': job.id },
    el('label', { class: 'show' }, row.show),
    el('p', { class: 'name' }, networkName(job.options), el('small', {}, `${trainingName(job.options)} · ${dateTime(job.createdAt)}`)),
    el('div', { class: 'state' }, row.text, row.bar),
    el('div', { class: 'end' }, row.cancel));
  return row;
}

async function cancel(row, id) {
  row.cancel.disabled = true;
  try {
    await cancelJob(id);
  } catch (error) {
    row.cancel.disabled = false;
    setText(row.text, error.message);
  }
}

function update(row, job) {
  row.item.dataset.status = job.status;
  row.item.style.setProperty('--series', curveColor(job.id));
  row.show.checked = isVisible(job.id);
  row.show.disabled = job.epochs.length === 0 && isFinished(job);
  row.bar.hidden = isFinished(job);
  row.bar.value = progressShare(job);
  row.cancel.hidden = isFinished(job);
  row.cancel.disabled = job.status === 'cancelling';
  row.text.className = { succeeded: 'good', failed: 'bad' }[job.status] ?? '';
  setText(row.text, stateText(job));
}

function stateText(job) {
  const last = job.epochs.at(-1);
  switch (job.status) {
    case 'queued': return 'Queued';
    case 'cancelling': return 'Cancelling';
    case 'cancelled': return last ? `Cancelled after epoch ${last.epoch}` : 'Cancelled';
    case 'failed': return job.error?.message ?? 'Failed';
    case 'succeeded': return `${percent(job.testAccuracy)} test accuracy`;
    default: return runningText(job, last);
  }
}

function runningText(job, last) {
  const left = secondsLeft(job);
  const parts = [
    job.progress ? `Epoch ${job.progress.epoch} of ${job.progress.epochs}` : 'Starting',
    left === null ? null : `${duration(left)} left`,
    last ? `${percent(last.validationAccuracy)} validation accuracy` : null,
  ];
  return parts.filter(Boolean).join(' · ');
}
