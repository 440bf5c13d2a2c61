import { hasEpochs, isFinished } from './job-states.js';

/** The number of distinguishable colors in app.css. */
const COLORS = 6;

/** The number of curves that are visible by default. */
const DEFAULT_VISIBLE = 4;

const choices = new Map();
const colors = new Map();

/** Records the user's choice to show or hide a curve. */
export const setVisible = (id, visible) => choices.set(id, visible);

export const isVisible = id => colors.has(id);

/** The CSS color of a job's curve. */
export const curveColor = id => colors.has(id) ? `var(--series-${colors.get(id) + 1})` : 'var(--edge)';

const isRunning = job => job.status === 'running';

/** Selects the jobs whose curves are visible, oldest first: those that the user chose, then running jobs, then the newest. A visible curve keeps its color. */
export function visibleJobs(jobs) {
  const wanted = job => choices.get(job.id) ?? (job.status !== 'cancelled' && job.status !== 'failed');
  const withCurve = jobs.filter(job => hasEpochs(job) || !isFinished(job));
  const chosen = withCurve.filter(job => choices.get(job.id));
  const others = withCurve.filter(job => wanted(job) && !choices.get(job.id))
    .sort((a, b) => isRunning(b) - isRunning(a))
    .slice(0, Math.max(0, DEFAULT_VISIBLE - chosen.length));
  const visible = [...chosen, ...others].slice(0, COLORS);

  const ids = new Set(visible.map(job => job.id));
  [...colors.keys()].filter(id => !ids.has(id)).forEach(id => colors.delete(id));
  for (const { id } of visible.toReversed().filter(job => !colors.has(job.id))) {
    const taken = new Set(colors.values());
    colors.set(id, [...Array(COLORS).keys()].find(color => !taken.has(color)));
  }
  return jobs.filter(job => ids.has(job.id)).toReversed();
}
