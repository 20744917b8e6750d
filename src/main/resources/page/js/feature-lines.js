// Describes features (labels of charts): as lines over time, by their use on new releases, and by facts. Pure: no DOM, no
// network.
import { formatMonth, formatNumber, formatPercent, printable } from './format.js';
import { hasData, lastPeriod, numberOf, periods, valuesOf } from './series.js';

/**
 * Plots one measure of features as lines.
 *
 * @param features file, label, and the name of the line if it is another one, of each feature
 * @param newest how many months are plotted; null for all
 */
export function linesOf(features, measure, newest = null) {
  const all = [...new Set(features.flatMap(({ file }) => periods(file)))].sort();
  const months = newest == null ? all : all.slice(-newest);
  return {
    kind: 'lines',
    categories: months,
    missing: months.map(at => features.every(({ file }) => !hasData(file, at))),
    marks: [],
    series: features.map(({ file, label, name = label }) => ({
      label,
      name,
      values: valuesOf(file, label, measure, months),
      counts: measure === 'share' ? null : valuesOf(file, label, numberOf(measure), months),
    })),
    omitted: 0,
  };
}

/** Whether the plot has a value to draw. */
export const hasValues = plot => plot.series.some(({ values }) => values.some(value => value != null));

/** Names of lines that differ: a label that two features share is followed by the kind of feature. */
export function lineNames(features) {
  const lowerCase = features.map(({ label }) => label.toLowerCase());
  return features.map(({ label, noun }, i) =>
    lowerCase.some((other, j) => i !== j && other === lowerCase[i]) ? `${label} (${noun})` : label,
  );
}

/**
 * The use of a feature among the instances on a release or newer, in the last month.
 *
 * @param file a chart with labels such as "deploy on 2025.3 or newer"
 * @param adoption the chart of all instances on a release or newer, with labels such as "2025.3 or newer"
 */
export function usesByRelease(file, adoption, label) {
  const at = lastPeriod(file);
  if (at == null || !hasData(adoption, at)) {
    return [];
  }
  const totals = new Map(adoption.rows.filter(row => row.period === at).map(row => [row.label, row.instances]));
  const prefix = `${label} on `;
  return file.rows
    .filter(row => row.period === at && row.label.startsWith(prefix))
    .map(row => ({ release: row.label.slice(prefix.length), instances: row.instances }))
    .map(use => ({ ...use, total: totals.get(use.release) ?? null }))
    .filter(({ instances, total }) => instances != null && total != null);
}

/** "Of the 120 instances on 2025.3 or newer, 45 (38%) use it." */
export const describeUse = ({ release, instances, total }) =>
  `Of the ${formatNumber(total)} instances on ${printable(release)}, ${formatNumber(instances)} ` +
  `(${formatPercent(Math.min(1, instances / total))}) use it.`;

/** The feature's numbers of the last month, its months, and its releases, as terms and descriptions. */
export function factsOf(feature, { threshold, month }) {
  const { name, since, until, instances, share, shareYearBefore, regularShare, firstReported, lastReported } = feature;
  const used = feature.noData
    ? 'no data'
    : instances == null
      ? `fewer than ${threshold} instances`
      : `${share}% (${formatNumber(instances)} instances)`;
  const percent = value => (value == null ? null : `${value}%`);
  return [
    ...(month == null ? [] : [[`Use it, ${formatMonth(month)}`, used]]),
    ['A year before', percent(shareYearBefore)],
    ['Use it regularly', percent(regularShare)],
    [`First month with at least ${threshold} instances`, firstReported && formatMonth(firstReported)],
    ['Last such month', lastReported && formatMonth(lastReported)],
    ['In Spinnaker since', since],
    ['Last release that has it', until],
    ['Name in Spinnaker’s UI', name && printable(name)],
  ].filter(([, text]) => text != null);
}
