import { isOver } from './jobs.js';

/** As many as there are colours that can be told apart. */
const COLOURS = 6;

/** How many are shown before anybody chooses. */
const FIRST_SHOWN = 4;

const choices = new Map();
const slots = new Map();

/** A person's choice, which holds until it is changed. */
export const setShown = (id, shown) => choices.set(id, shown);

export const isShown = id => slots.has(id);

/** The CSS colour of a job's curve. */
export const shownColour = id => slots.has(id) ? `var(--series-${slots.get(id) + 1})` : 'var(--edge)';

/** Which jobs' curves are shown, oldest first; each keeps its colour as long as it is shown. */
export function chooseShown(jobs) {
  const wanted = job => choices.get(job.id) ?? (job.status !== 'cancelled' && job.status !== 'failed');
  const withCurve = jobs.filter(job => job.epochs.length > 0 || !isOver(job));
  const chosen = withCurve.filter(job => choices.get(job.id));
  const others = withCurve.filter(job => wanted(job) && !choices.get(job.id)).slice(0, Math.max(0, FIRST_SHOWN - chosen.length));
  const shown = [...chosen, ...others].slice(0, COLOURS);

  const ids = new Set(shown.map(job => job.id));
  [...slots.keys()].filter(id => !ids.has(id)).forEach(id => slots.delete(id));
  for (const { id } of shown.toReversed().filter(job => !slots.has(job.id))) {
    const taken = new Set(slots.values());
    slots.set(id, [...Array(COLOURS).keys()].find(slot => !taken.has(slot)));
  }
  return jobs.filter(job => ids.has(job.id)).toReversed();
}
