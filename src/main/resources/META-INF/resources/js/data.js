// The files under /data, each fetched once.

const files = new Map();

/** The file of that name; a failure is forgotten, so that it can be asked for again. */
export function load(name) {
  if (!files.has(name)) {
    const file = fetch(`/data/${encodeURIComponent(name)}.json`).then(answer => {
      if (!answer.ok) {
        throw new Error(`/data/${name}.json: ${answer.status}`);
      }
      return answer.json();
    });
    files.set(name, file);
    file.catch(() => files.delete(name));
  }
  return files.get(name);
}

const DAY_MILLIS = 86_400_000;
const STALE_DAYS = 3;

/** How many days old numbers as of that date are; they are as of yesterday when all is well. */
export const ageInDays = asOf => Math.floor((Date.now() - Date.parse(asOf)) / DAY_MILLIS);

/** Whether the numbers are older than they should ever be: what is old must not look new. */
export const isStale = asOf => ageInDays(asOf) > STALE_DAYS;
