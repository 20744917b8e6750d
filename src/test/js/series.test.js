import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  bars,
  baselineRow,
  isComplete,
  lastPeriod,
  lastRows,
  measures,
  periods,
  trend,
  valueOf,
  valuesOf,
  views,
} from '../../main/resources/META-INF/resources/js/series.js';
import { chartFile, day, month, row } from './chart-files.js';

const labelsOf = plot => plot.series.map(each => each.label);
const range = (length, create) => Array.from({ length }, (_, i) => create(i));

describe('periods', () => {
  it('start with the first row and end with the latest period, without gaps', () => {
    const file = chartFile({ rows: [row(month(-3), 'a', 5), row(month(0), 'a', 5)] });
    assert.deepEqual(periods(file), [month(-3), month(-2), month(-1), month(0)]);
  });

  it('cover the requested months only', () => {
    const file = chartFile({ rows: [row(month(-30), 'a', 5)] });
    assert.deepEqual(periods(file, 3), [month(-2), month(-1), month(0)]);
    assert.equal(periods(file).length, 31);
  });

  it('of a daily chart are days', () => {
    const file = chartFile({ period: 'day', rows: [row(day(-200), 'a', 5)] });
    assert.equal(periods(file, 3).length, 92);
    assert.equal(periods(file, 3).at(-1), day(0));
  });

  it('include the latest period even if the chart has no rows', () => {
    assert.deepEqual(periods(chartFile()), [month(0)]);
  });

  it('end with the month that is complete', () => {
    assert.equal(lastPeriod(chartFile()), '2026-10-01');
    assert.equal(lastPeriod(chartFile({ period: 'day' })), '2026-10-31');
  });
});

describe('measures', () => {
  it('offer no count where the unit is instances', () => {
    assert.deepEqual(measures(chartFile({ unit: 'instances', labels: 'exclusive' })), ['instances', 'share']);
  });

  it('offer a share where counts add up', () => {
    assert.deepEqual(measures(chartFile({ labels: 'overlapping' })), ['instances', 'count', 'share']);
  });

  it('offer a share where a part is counted', () => {
    const file = chartFile({ labels: 'independent', part: 'values that are unknown' });
    assert.deepEqual(measures(file), ['instances', 'count', 'share']);
  });

  it('offer no share where nothing adds up', () => {
    assert.deepEqual(measures(chartFile({ unit: 'instances', labels: 'cumulative' })), ['instances']);
    assert.deepEqual(measures(chartFile({ labels: 'independent' })), ['instances', 'count']);
  });
});

describe('values', () => {
  it('are shares of all counts of the period', () => {
    const rows = [
      row(month(0), 'a', 10, { count: 30 }),
      row(month(0), 'b', 10, { count: 70 }),
      row(month(-1), 'a', 10, { count: 1000 }),
    ];
    assert.equal(valueOf(chartFile({ rows }), rows[0], 'share'), 0.3);
  });

  it('are shares of the label if the chart counts a part', () => {
    const rows = [row(month(0), 'a', 10, { count: 30, part: 6 }), row(month(0), 'b', 10, { count: 70, part: null })];
    const file = chartFile({ rows, part: 'stage runs that failed' });
    assert.equal(valueOf(file, rows[0], 'share'), 0.2);
    assert.equal(valueOf(file, rows[1], 'share'), null);
  });

  it('have no share without a count', () => {
    const rows = [row(month(0), 'a', 10, { count: null })];
    assert.equal(valueOf(chartFile({ rows }), rows[0], 'share'), null);
    assert.equal(valueOf(chartFile({ rows }), rows[0], 'count'), null);
  });

  it('of a label are null in periods in which it is not published', () => {
    const file = chartFile({ rows: [row(month(-1), 'a', 5), row(month(0), 'b', 10)] });
    assert.deepEqual(valuesOf(file, 'a', 'instances', [month(-1), month(0)]), [5, null]);
  });

  it('of the latest period are its rows only', () => {
    const file = chartFile({ rows: [row(month(-1), 'a', 5), row(month(0), 'b', 10)] });
    assert.deepEqual(
      lastRows(file).map(each => each.label),
      ['b'],
    );
  });
});

describe('the baseline', () => {
  const rows = [row(month(0), 'on one day', 5), row(month(0), 'on 2 days or more', 100), row(month(-1), '(other)', 5)];

  it('is the row with the baseline label', () => {
    assert.equal(baselineRow(chartFile({ rows, baseline: 'on 2 days or more' }), month(0)).instances, 100);
  });

  it('falls back to another label if the baseline label is suppressed', () => {
    assert.equal(baselineRow(chartFile({ rows, baseline: 'no such label' }), month(0)).instances, 5);
  });

  it('is never a group of labels', () => {
    assert.equal(baselineRow(chartFile({ rows, baseline: 'on 2 days or more' }), month(-1)), undefined);
  });
});

describe('a period', () => {
  const rows = [row(month(0), 'a', 10), row(month(0), 'b', 5), row(month(0), '(other)', 5), row(month(-1), 'a', 5)];

  it('is complete if it has room for more labels', () => {
    assert.ok(isComplete(chartFile({ rows, maxLabels: 3 }), month(0)));
    assert.ok(isComplete(chartFile({ rows, maxLabels: 2 }), month(-1)));
  });

  it('is incomplete if it has as many labels as a file can hold', () => {
    assert.ok(!isComplete(chartFile({ rows, maxLabels: 2 }), month(0)));
  });
});

describe('bars', () => {
  it('are sorted by value, with (none) and (other) last', () => {
    const file = chartFile({
      rows: [
        row(month(0), '(other)', 500),
        row(month(0), '(none)', 400),
        row(month(0), 'small', 5),
        row(month(0), 'large', 50),
        row(month(-1), 'old', 90),
      ],
    });
    const plot = bars(file, 'instances');
    assert.equal(plot.kind, 'bars');
    assert.deepEqual(plot.categories, ['large', 'small', '(other)', '(none)']);
    assert.deepEqual(plot.series[0].values, [50, 5, 500, 400]);
    assert.equal(plot.omitted, 0);
  });

  it('keep the order of the labels if they have one', () => {
    const sizes = ['more than 500', '2 to 10', '101 to 500', '1', '11 to 100'];
    const file = chartFile({ order: 'label', rows: sizes.map((label, i) => row(month(0), label, 5 * (i + 1))) });
    assert.deepEqual(bars(file, 'instances').categories, ['1', '2 to 10', '11 to 100', '101 to 500', 'more than 500']);
  });

  it('show the largest labels and count the others', () => {
    const file = chartFile({ rows: range(15, i => row(month(0), `label ${i}`, 5 * (i + 1))) });
    const plot = bars(file, 'instances');
    assert.equal(plot.categories.length, 12);
    assert.equal(plot.categories[0], 'label 14');
    assert.equal(plot.omitted, 3);
  });

  it('show the newest releases', () => {
    const file = chartFile({ order: 'label', rows: range(25, i => row(month(0), `1.${i}.x`, 5)) });
    const plot = bars(file, 'instances');
    assert.equal(plot.categories[0], '1.5.x');
    assert.equal(plot.categories.at(-1), '1.24.x');
    assert.equal(plot.omitted, 5);
  });

  it('sort releases by their numbers', () => {
    for (const suffix of ['.x', ' or newer']) {
      const releases = ['2026.0', '1.9', '2025.10', '1.30', '2025.2', '1.4'].map(release => release + suffix);
      const file = chartFile({ order: 'label', rows: releases.map(label => row(month(0), label, 5)) });
      assert.deepEqual(
        bars(file, 'instances').categories,
        ['1.4', '1.9', '1.30', '2025.2', '2025.10', '2026.0'].map(release => release + suffix),
      );
    }
  });

  it('show the kinds of versions that are not releases after the releases', () => {
    const special = ['(other)', '(not reported)', '(not a release)', '(development build)'];
    const file = chartFile({ order: 'label', rows: [...special, '1.36.x'].map(label => row(month(0), label, 5)) });
    assert.deepEqual(bars(file, 'instances').categories, ['1.36.x', ...special]);
  });

  it('leave out labels without a value in that measure', () => {
    const file = chartFile({ rows: [row(month(0), 'a', 10, { count: null }), row(month(0), 'b', 5)] });
    assert.deepEqual(bars(file, 'count').categories, ['b']);
  });
});

describe('trends', () => {
  it('stack instances if each instance has one label', () => {
    const file = chartFile({
      unit: 'instances',
      labels: 'exclusive',
      rows: [row(month(0), 'a', 10), row(month(0), 'b', 5)],
    });
    assert.equal(trend(file, 'instances', 12).kind, 'stack');
    assert.equal(trend(file, 'share', 12).kind, 'stack');
  });

  it('stack counts but not instances if an instance can have several labels', () => {
    const file = chartFile({ labels: 'overlapping', rows: [row(month(0), 'a', 10), row(month(0), 'b', 5)] });
    assert.equal(trend(file, 'instances', 12).kind, 'lines');
    assert.equal(trend(file, 'count', 12).kind, 'stack');
  });

  it('never stack labels that include each other or count the same things', () => {
    for (const labels of ['cumulative', 'independent']) {
      const file = chartFile({ labels, rows: [row(month(0), 'a', 10), row(month(0), 'b', 5)] });
      assert.equal(trend(file, 'instances', 12).kind, 'lines');
      assert.equal(trend(file, 'count', 12).kind, 'lines');
    }
  });

  it('never stack shares of parts', () => {
    const file = chartFile({
      part: 'stage runs that failed',
      rows: [row(month(0), 'a', 10), row(month(0), 'b', 5)],
    });
    assert.equal(trend(file, 'share', 12).kind, 'lines');
  });

  it('add the smaller labels of a stack up to a remainder, before (none) and (other)', () => {
    const file = chartFile({
      rows: [
        ...range(10, i => row(month(0), `label ${i}`, 10, { count: 100 - i })),
        row(month(0), '(other)', 5),
        row(month(0), '(none)', 5),
      ],
    });
    const plot = trend(file, 'count', 12);
    assert.deepEqual(labelsOf(plot).slice(-3), ['2 more', '(none)', '(other)']);
    const remainder = plot.series.find(each => each.remainder);
    assert.deepEqual(remainder.values, [92 + 91]);
    assert.equal(plot.omitted, 0);
  });

  it('count the labels that have no line', () => {
    const file = chartFile({ rows: range(10, i => row(month(0), `label ${i}`, 100 - i)) });
    const plot = trend(file, 'instances', 12);
    assert.equal(plot.series.length, 8);
    assert.equal(plot.omitted, 2);
  });

  it('select lines by their latest value', () => {
    const file = chartFile({
      rows: [
        ...range(8, i => row(month(0), `current ${i}`, 10)),
        row(month(-1), 'former', 1000),
        row(month(0), 'former', 5),
      ],
    });
    assert.ok(!labelsOf(trend(file, 'instances', 12)).includes('former'));
  });

  it('position ordered labels from old to new', () => {
    const file = chartFile({
      unit: 'instances',
      labels: 'exclusive',
      order: 'label',
      rows: ['1.17', '1.9', '2025.1'].map((label, i) => row(month(0), label, 5 * (i + 1))),
    });
    const plot = trend(file, 'instances', 12);
    assert.deepEqual(labelsOf(plot), ['1.9', '1.17', '2025.1']);
    assert.deepEqual(
      plot.series.map(each => each.position),
      [0, 0.5, 1],
    );
  });

  it('have no position if labels have no order', () => {
    const file = chartFile({ rows: [row(month(0), '1', 5), row(month(0), '2', 10)] });
    assert.deepEqual(
      trend(file, 'instances', 12).series.map(each => each.position),
      [null, null],
    );
  });

  it('leave out labels that have no value in the period', () => {
    const file = chartFile({ rows: [row(month(-20), 'former', 50), row(month(0), 'current', 5)] });
    assert.deepEqual(labelsOf(trend(file, 'instances', 3)), ['current']);
  });

  it('are empty without rows', () => {
    assert.deepEqual(trend(chartFile(), 'instances', 12).series, []);
    assert.deepEqual(trend(chartFile({ period: 'day' }), 'count', 12).series, []);
  });

  it('of a daily chart show its 7-day average, with the daily numbers behind it', () => {
    const file = chartFile({
      period: 'day',
      unit: 'events',
      labels: 'exclusive',
      rows: range(10, i => row(day(i - 9), 'events', 5, { count: 10 * (i + 1) })),
    });
    const [average, daily] = trend(file, 'count', 3).series;
    assert.equal(average.label, '7-day average');
    assert.deepEqual(average.values, [null, null, null, null, null, null, 40, 50, 60, 70]);
    assert.equal(daily.secondary, true);
    assert.equal(daily.values.at(-1), 100);
  });

  it('have no average of weeks in which a day is not published', () => {
    const file = chartFile({
      period: 'day',
      unit: 'events',
      labels: 'exclusive',
      rows: range(9, i => row(day(i - 8), 'events', 5)).filter(each => each.period !== day(-4)),
    });
    const [average] = trend(file, 'count', 3).series;
    assert.ok(average.values.every(value => value == null));
  });

  it('of the average use days before the visible period', () => {
    const file = chartFile({
      period: 'day',
      unit: 'events',
      labels: 'exclusive',
      rows: range(120, i => row(day(i - 119), 'events', 5)),
    });
    const [average] = trend(file, 'count', 3).series;
    assert.equal(average.values[0], 5);
  });
});

describe('views', () => {
  it('of a daily chart are trends only', () => {
    assert.deepEqual(views(chartFile({ period: 'day' })), ['trend']);
    assert.deepEqual(views(chartFile()), ['bars', 'trend']);
  });
});
