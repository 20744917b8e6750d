// Loads the files under /data, each of them once.

const files = new Map();

/** Loads a file. A failure has the response's status, if there was a response, and is not kept: the next call tries again. */
export function load(name) {
  if (!files.has(name)) {
    const file = fetch(`/data/${encodeURIComponent(name)}.json`).then(response => {
      if (!response.ok) {
        throw Object.assign(new Error(`/data/${name}.json: ${response.status}`), { status: response.status });
      }
      return response.json();
    });
    files.set(name, file);
    file.catch(() => files.delete(name));
  }
  return files.get(name);
}

/** Loads a file, or returns null if that is not possible. */
export const loadOrNull = name => load(name).catch(() => null);

/**
 * Loads features.json when it is first needed. A failure is not kept.
 *
 * @param index index.json
 * @returns a function that loads the file, with a noun for each feature: that of its chart, or the chart's title
 */
export function featureLoader({ charts }) {
  const titles = new Map(charts.map(({ name, title }) => [name, title]));
  let loading = null;
  return () => {
    loading ??= load('features').then(
      file => ({
        ...file,
        features: file.features.map(each => ({ ...each, noun: each.noun ?? titles.get(each.chart) ?? each.chart })),
      }),
      error => {
        loading = null;
        throw error;
      },
    );
    return loading;
  };
}

const DAY_MILLIS = 86_400_000;
const STALE_DAYS = 3;

/** The age of numbers as of that date, in days. It is 1 if the last daily update succeeded. */
export const ageInDays = asOf => Math.floor((Date.now() - Date.parse(asOf)) / DAY_MILLIS);

/** Whether several daily updates are missing, so that readers must be warned. */
export const isStale = asOf => ageInDays(asOf) > STALE_DAYS;

/** Day of the month on which the numbers of the month before appear. */
const PUBLICATION_DAY = 5;

/** A day of that date's month, or of a later month: the first, unless another one is given. */
const monthOf = (date, months = 0, day = 1) =>
  new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, day)).toISOString().slice(0, 10);

/** The first month that can be complete if no event has been received yet, and the day on which its numbers appear. */
export function firstPublication(now = new Date()) {
  const offset = now.getUTCDate() === 1 ? 0 : 1;
  return { month: monthOf(now, offset), day: monthOf(now, offset + 1, PUBLICATION_DAY) };
}
