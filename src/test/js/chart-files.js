// Builds charts as they are published under /data, for tests.

/** "2026-10-01" for month 0, "2026-09-01" for month -1, … */
export const month = offset => new Date(Date.UTC(2026, 9 + offset, 1)).toISOString().slice(0, 10);

/** "2026-10-31" for day 0, "2026-10-30" for day -1, … */
export const day = offset => new Date(Date.UTC(2026, 9, 31 + offset)).toISOString().slice(0, 10);

/** A row of the stage types chart, or of one with other numbers. */
export const row = (period, label, instances, { regular = null, failing = null, ...others } = {}) => ({
  period,
  label,
  instances,
  regular,
  failing,
  ...others,
});

/** A drawn period. Each of its days has data, unless the number of those that have is given. */
export const period = (at, instances = 200, daysWithData = 31) => ({ period: at, instances, days: 31, daysWithData });

/**
 * A chart whose latest month is October 2026. Tests override what they are about. Unless they give the periods, each period
 * of a row is complete.
 */
export const chartFile = overrides => {
  const file = {
    schemaVersion: 1,
    name: 'example',
    title: 'Example',
    question: 'Is this an example?',
    section: 'Examples',
    numbers: ['instances', 'regular', 'failing'],
    period: 'month',
    view: 'bars',
    order: 'value',
    labels: 'overlapping',
    asOf: '2026-11-05',
    lastEventDay: '2026-11-05',
    from: '2023-11-01',
    to: '2026-10-31',
    threshold: 5,
    noise: true,
    rows: [],
    ...overrides,
  };
  return {
    ...file,
    periods: file.periods ?? [...new Set(file.rows.map(each => each.period))].sort().map(at => period(at)),
  };
};
