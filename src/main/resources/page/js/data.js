// Loads the files under /data, each of them once.

const files = new Map();

/** Loads a file. A failure is not kept, so the next call tries again. */
export function load(name) {
  if (!files.has(name)) {
    const file = fetch(`/data/${encodeURIComponent(name)}.json`).then(response => {
      if (!response.ok) {
        throw new Error(`/data/${name}.json: ${response.status}`);
      }
      return response.json();
    });
    files.set(name, file);
    file.catch(() => files.delete(name));
  }
  return files.get(name);
}

const DAY_MILLIS = 86_400_000;
const STALE_DAYS = 3;

/** The age of numbers as of that date, in days. It is 1 if the last daily update succeeded. */
export const ageInDays = asOf => Math.floor((Date.now() - Date.parse(asOf)) / DAY_MILLIS);

/** Whether several daily updates are missing, so that readers must be warned. */
export const isStale = asOf => ageInDays(asOf) > STALE_DAYS;

/** Whether no event was received in the last days before that date, so that readers must be warned. */
export const isSilent = ({ asOf, lastEventDay }) =>
  asOf != null && lastEventDay != null && Date.parse(asOf) - Date.parse(lastEventDay) > STALE_DAYS * DAY_MILLIS;
