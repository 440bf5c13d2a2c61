import { shownColour, isShown, setShown } from './shown.js';
import { byId, el, setText } from './dom.js';
import { cancelJob, isOver } from './jobs.js';
import { doneShare, secondsLeft } from './progress.js';
import { duration, network, percent, recipe, time } from './words.js';

const rows = new Map();

/** Shows the jobs, newest first. Rows stay the same elements, so that the focus stays where it is. */
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
  const name = `${network(job.options)}, ${recipe(job.options)}`;
  const row = {
    show: el('input', { type: 'checkbox', 'aria-label': `Show the curve of ${name}`, change: () => { setShown(job.id, row.show.checked); changed(); } }),
    text: el('span', {}),
    bar: el('progress', { max: 1, 'aria-label': `Progress of ${name}` }),
    cancel: el('button', { type: 'button', 'aria-label': `Cancel ${name}`, click: () => cancel(row, job.id) }, 'Cancel'),
  };
  row.item = el('li', { class: 'job', 'data-job': job.id },
    el('label', { class: 'show' }, row.show),
    el('p', { class: 'name' }, network(job.options), el('small', {}, `${recipe(job.options)} · ${time(job.createdAt)}`)),
    el('div', { class: 'state' }, row.text, row.bar),
    el('div', { class: 'end' }, row.cancel));
  return row;
}

async function cancel(row, id) {
  row.cancel.disabled = true;
  try {
    await cancelJob(id);
  } catch (fault) {
    row.cancel.disabled = false;
    setText(row.text, fault.message);
  }
}

function update(row, job) {
  row.item.dataset.status = job.status;
  row.item.style.setProperty('--series', shownColour(job.id));
  row.show.checked = isShown(job.id);
  row.show.disabled = job.epochs.length === 0 && isOver(job);
  row.bar.hidden = isOver(job);
  row.bar.value = doneShare(job);
  row.cancel.hidden = isOver(job);
  row.cancel.disabled = job.status === 'cancelling';
  row.text.className = { succeeded: 'good', failed: 'bad' }[job.status] ?? '';
  setText(row.text, stateInWords(job));
}

function stateInWords(job) {
  const last = job.epochs.at(-1);
  switch (job.status) {
    case 'queued': return 'Waits for its turn';
    case 'cancelling': return 'Is being cancelled';
    case 'cancelled': return last ? `Cancelled after epoch ${last.epoch}` : 'Cancelled';
    case 'failed': return job.error?.message ?? 'Failed';
    case 'succeeded': return `${percent(job.testAccuracy)} of the test digits`;
    default: return running(job, last);
  }
}

function running(job, last) {
  const left = secondsLeft(job);
  const parts = [
    job.progress ? `Epoch ${job.progress.epoch} of ${job.progress.epochs}` : 'Begins',
    left === null ? null : `${duration(left)} left`,
    last ? `${percent(last.validationAccuracy)} so far` : null,
  ];
  return parts.filter(Boolean).join(' · ');
}
