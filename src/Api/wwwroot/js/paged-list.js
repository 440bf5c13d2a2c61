import { Problem, get } from './api.js';

const PAGE_SIZE = 20;
const BAD_REQUEST = 400;

/** The loaded part of a list of the service: the ids of its newest items, newest first, and whether there are older ones. */
export class PagedList {
  ids = [];
  hasMore = false;
  #deleted = new Set();

  constructor(path) {
    this.path = path;
  }

  /** Reloads the first page and returns its items. Older pages are kept, unless more than a page of new items leaves a gap. */
  async refresh() {
    const before = new Set(this.ids);
    const { data, hasMore } = await get(`${this.path}?limit=${PAGE_SIZE}`);
    const items = data.filter(item => !this.#deleted.has(item.id));
    const page = items.map(item => item.id);
    const added = this.ids.filter(id => !before.has(id) && !page.includes(id));
    const end = this.ids.indexOf(page.at(-1));
    const older = hasMore && end >= 0 ? this.ids.slice(end + 1).filter(id => !added.includes(id)) : [];
    this.hasMore = hasMore && (older.length === 0 || this.hasMore);
    this.ids = [...added, ...page, ...older];
    return items;
  }

  /** Loads the next page and returns its items. */
  async loadOlder() {
    const last = this.ids.at(-1);
    if (last === undefined) {
      return this.refresh();
    }
    try {
      const { data, hasMore } = await get(`${this.path}?limit=${PAGE_SIZE}&after=${last}`);
      const items = data.filter(item => !this.#deleted.has(item.id) && !this.ids.includes(item.id));
      this.ids = [...this.ids, ...items.map(item => item.id)];
      this.hasMore = hasMore;
      return items;
    } catch (error) {
      if (error instanceof Problem && error.status === BAD_REQUEST) {
        this.delete(last); // another client deleted it
        return this.loadOlder();
      }
      throw error;
    }
  }

  /** Adds a new item. */
  add(id) {
    if (!this.ids.includes(id)) {
      this.ids = [id, ...this.ids];
    }
  }

  delete(id) {
    this.#deleted.add(id);
    this.ids = this.ids.filter(other => other !== id);
  }
}

/** Connects a "Show older" button. If there is nothing older, the button is hidden and the focus moves to the list. */
export function connectOlderButton(button, list, focusTarget, load) {
  let isLoading = false;
  button.addEventListener('click', async () => {
    if (!isLoading) {
      isLoading = true;
      await load();
      isLoading = false;
      if (!list.hasMore) {
        focusTarget.focus({ preventScroll: true });
      }
    }
  });
}
