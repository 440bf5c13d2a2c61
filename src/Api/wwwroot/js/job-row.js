import { el, setText } from './dom.js';
import { dateTime, duration, networkName, percent, trainingName } from './format.js';
import { hasEpochs, isFinished } from './job-states.js';
import { progressShare, secondsLeft } from './progress.js';
import { curveColor, isVisible } from './visible-curves.js';

/** A job in the list. Its element is kept while the job changes, so that the focus is preserved. */
export class JobRow {
  #buttons;

  constructor(job, { show, cancel, resume, remove }) {
    this.name = `${networkName(job.options)}, ${trainingName(job.options)}`;
    this.show = el('input', { type: 'checkbox', 'aria-label': `Show curve of ${this.name}`, change: () => show(job.id, this.show.checked) });
    this.text = el('span', {});
    this.bar = el('progress', { max: 1, 'aria-label': `Progress of ${this.name}` });
    this.message = el('p', { class: 'message', role: 'alert' });
    this.#buttons = {
      resume: this.#button('Resume', () => resume(job.id)),
      cancel: this.#button('Cancel', () => cancel(job.id)),
      delete: this.#button('Delete', () => remove(job.id, `${this.name}, created ${dateTime(job.createdAt)}`)),
    };
    this.item = el('li', { class: 'job', 'data-job': job.id },
      el('label', { class: 'show' }, this.show),
      el('p', { class: 'name' }, networkName(job.options), el('small', {}, `${trainingName(job.options)} · ${dateTime(job.createdAt)}`)),
      el('div', { class: 'state' }, this.text, this.bar, this.message),
      el('div', { class: 'end' }, Object.values(this.#buttons)));
  }

  update(job) {
    this.item.dataset.status = job.status;
    this.item.style.setProperty('--series', curveColor(job.id));
    this.show.checked = isVisible(job.id);
    this.show.disabled = isFinished(job) && !hasEpochs(job);
    this.bar.hidden = isFinished(job);
    this.bar.value = progressShare(job);
    this.text.className = { succeeded: 'good', failed: 'bad' }[job.status] ?? '';
    setText(this.text, stateText(job));
    this.#updateButtons(job);
  }

  /** Moves the focus to this row. */
  focus() {
    (Object.values(this.#buttons).findLast(button => !button.hidden && !button.disabled) ?? this.show).focus();
  }

  #button(text, action) {
    let isBusy = false;
    const click = async () => {
      if (!isBusy) {
        isBusy = true;
        setText(this.message, '');
        await action().catch(error => setText(this.message, error.message));
        isBusy = false;
      }
    };
    return el('button', { type: 'button', 'aria-label': `${text} ${this.name}`, click }, text);
  }

  #updateButtons(job) {
    const hadFocus = Object.values(this.#buttons).includes(document.activeElement);
    this.#buttons.resume.hidden = job.status !== 'failed' && job.status !== 'cancelled';
    this.#buttons.cancel.hidden = isFinished(job);
    this.#buttons.cancel.disabled = job.status === 'cancelling';
    this.#buttons.delete.hidden = !isFinished(job);
    if (hadFocus && (document.activeElement.hidden || document.activeElement.disabled)) {
      this.focus();
    }
  }
}

function stateText(job) {
  const epoch = job.progress ? ` in epoch ${job.progress.epoch} of ${job.progress.epochs}` : '';
  switch (job.status) {
    case 'queued': return 'Queued';
    case 'cancelling': return 'Cancelling';
    case 'cancelled': return `Cancelled${epoch}`;
    case 'failed': return job.error?.message ?? 'Failed';
    case 'succeeded': return `${percent(job.testAccuracy)} test accuracy`;
    default: return runningText(job);
  }
}

function runningText(job) {
  const left = secondsLeft(job);
  const parts = [
    job.progress ? `Epoch ${job.progress.epoch} of ${job.progress.epochs}` : 'Starting',
    left === null ? null : `${duration(left)} left`,
    hasEpochs(job) ? `best validation accuracy ${percent(job.bestValidationAccuracy)}` : null,
  ];
  return parts.filter(Boolean).join(' · ');
}
