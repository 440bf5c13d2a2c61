import { confirmed } from './confirm.js';
import { byId, setText } from './dom.js';
import { JobRow } from './job-row.js';
import { cancelJob, deleteJob, jobList, loadOlderJobs, resumeJob } from './jobs.js';
import { connectOlderButton } from './paged-list.js';
import { setVisible } from './visible-curves.js';

const list = byId('jobs');
const rows = new Map();

/** Shows the jobs, newest first. */
export function showJobs(jobs, changed) {
  const ids = new Set(jobs.map(job => job.id));
  [...rows.keys()].filter(id => !ids.has(id)).forEach(removeRow);
  jobs.forEach((job, place) => {
    const row = rows.get(job.id) ?? newRow(job, changed);
    if (list.children[place] !== row.item) {
      list.insertBefore(row.item, list.children[place] ?? null);
    }
    row.update(job);
  });
  byId('no-jobs').hidden = jobs.length > 0;
  byId('more-jobs').hidden = !jobList.hasMore;
}

function newRow(job, changed) {
  const row = new JobRow(job, {
    show: (id, isVisible) => { setVisible(id, isVisible); changed(); },
    cancel: cancelJob,
    resume: id => { setVisible(id, true); return resumeJob(id); },
    remove: confirmAndDelete,
  });
  rows.set(job.id, row);
  return row;
}

async function confirmAndDelete(id, name) {
  const question = {
    title: 'Delete this training job?',
    text: `${name}. Its log and its curve are deleted and cannot be restored. A model that it trained remains.`,
    yes: 'Delete job',
    no: 'Keep job',
  };
  if (await confirmed(question)) {
    await deleteJob(id);
  }
}

/** Removes a row. If it has the focus, the focus moves to the next row. */
function removeRow(id) {
  const { item } = rows.get(id);
  const next = item.nextElementSibling ?? item.previousElementSibling;
  const hadFocus = item.contains(document.activeElement);
  item.remove();
  rows.delete(id);
  if (hadFocus) {
    (rows.get(next?.dataset.job) ?? byId('jobs-title')).focus();
  }
}

connectOlderButton(byId('more-jobs'), jobList, list, async () => {
  setText(byId('jobs-message'), '');
  await loadOlderJobs().catch(error => setText(byId('jobs-message'), error.message));
});
