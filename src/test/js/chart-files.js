// Builds charts as they are published under /data, for tests.

/** "2026-10-01" for month 0, "2026-09-01" for month -1, … */
export const month = offset => new Date(Date.UTC(2026, 9 + offset, 1)).toISOString().slice(0, 10);

/** "2026-10-31" for day 0, "2026-10-30" for day -1, … */
export const day = offset => new Date(Date.UTC(2026, 9, 31 + offset)).toISOString().slice(0, 10);

/** A row in which each instance has one run, and no run counts as part. */
export const row = (period, label, instances, { count = instances, part = 0 } = {}) => ({
  period,
  label,
  instances,
  count,
  part,
});

/** A chart whose latest month is October 2026. Tests override what they are about. */
export const chartFile = overrides => ({
  name: 'example',
  title: 'Example',
  question: 'Is this an example?',
  section: 'Examples',
  unit: 'stage runs',
  measure: 'instances',
  period: 'month',
  view: 'bars',
  order: 'value',
  labels: 'overlapping',
  asOf: '2026-10-31',
  from: '2023-11-01',
  to: '2026-10-31',
  threshold: 5,
  maxLabels: 150,
  instances: 150,
  rows: [],
  ...overrides,
});
