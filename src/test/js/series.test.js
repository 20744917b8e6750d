import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  ages,
  axisTicks,
  bars,
  colorNumber,
  defaultView,
  hasData,
  lastPeriod,
  lastRows,
  measures,
  numberOf,
  periodOf,
  periods,
  plotOf,
  stylesOf,
  trend,
  valueOf,
  valuesOf,
  views,
  weeklyTrend,
} from '../../main/resources/page/js/series.js';
import { chartFile, day, month, period, row } from './chart-files.js';

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

  it('are empty if no period was drawn', () => {
    assert.deepEqual(periods(chartFile()), []);
    assert.equal(lastPeriod(chartFile()), null);
    assert.deepEqual(lastRows(chartFile()), []);
  });

  it('end with the last one that could have been drawn', () => {
    const file = chartFile({ periods: [period(month(-2)), period(month(-1))] });
    assert.deepEqual(periods(file), [month(-2), month(-1), month(0)]);
    assert.equal(lastPeriod(file), month(-1));
  });

  it('have data if they were drawn, each day has data, and enough instances reported', () => {
    const file = chartFile({ periods: [period(month(-3)), period(month(-2), 200, 30), period(month(-1), null)] });
    assert.deepEqual(
      periods(file).map(at => hasData(file, at)),
      [true, false, false, false],
    );
    assert.equal(lastPeriod(file), month(-3));
    assert.equal(periodOf(file, month(-2)).daysWithData, 30);
    assert.equal(periodOf(file, month(0)), undefined);
  });
});

describe('measures', () => {
  it('are shares of instances, then numbers of instances, in the order of the chart', () => {
    assert.deepEqual(measures(chartFile({ numbers: ['share', 'instances', 'regular'] })), [
      'share',
      'instances-percent',
      'instances',
      'regular-percent',
      'regular',
    ]);
  });

  it('begin with the number where the chart is about it', () => {
    const file = chartFile({ numbers: ['instances'], tileValue: 'instances' });
    assert.deepEqual(measures(file), ['instances', 'instances-percent']);
  });

  it('have no share of the instances of a day', () => {
    assert.deepEqual(measures(chartFile({ period: 'day', numbers: ['instances'] })), ['instances']);
  });

  it('know the number that they are read from', () => {
    assert.equal(numberOf('regular-percent'), 'regular');
    assert.equal(numberOf('share'), 'share');
  });
});

describe('values', () => {
  it('are shares of all instances of the period', () => {
    const rows = [row(month(0), 'a', 60, { regular: 30 }), row(month(-1), 'a', 60)];
    const file = chartFile({ rows, periods: [period(month(-1), 600), period(month(0), 200)] });
    assert.equal(valueOf(file, rows[0], 'instances'), 60);
    assert.equal(valueOf(file, rows[0], 'instances-percent'), 0.3);
    assert.equal(valueOf(file, rows[0], 'regular-percent'), 0.15);
    assert.equal(valueOf(file, rows[1], 'instances-percent'), 0.1);
    assert.equal(valueOf(file, rows[1], 'regular-percent'), null);
  });

  it('are at most 100 %, although numbers have noise', () => {
    const rows = [row(month(0), 'a', 203)];
    assert.equal(valueOf(chartFile({ rows }), rows[0], 'instances-percent'), 1);
  });

  it('are mean shares as published', () => {
    const rows = [row(month(0), 'a', 10, { share: 37 }), row(month(0), 'b', 10, { share: null })];
    const file = chartFile({ rows, numbers: ['share', 'instances'] });
    assert.equal(valueOf(file, rows[0], 'share'), 0.37);
    assert.equal(valueOf(file, rows[1], 'share'), null);
  });

  it('are null in periods without complete data', () => {
    const rows = [row(month(0), 'a', 60)];
    const file = chartFile({ rows, periods: [period(month(0), 200, 30)] });
    assert.equal(valueOf(file, rows[0], 'instances'), null);
    assert.equal(valueOf(file, rows[0], 'instances-percent'), null);
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

describe('bars', () => {
  it('are sorted by value, with special labels last', () => {
    const file = chartFile({
      rows: [
        row(month(0), '(own)', 150),
        row(month(0), '(not reported)', 140),
        row(month(0), 'small', 5),
        row(month(0), 'large', 50),
        row(month(-1), 'old', 90),
      ],
    });
    const plot = bars(file, 'instances');
    assert.equal(plot.kind, 'bars');
    assert.deepEqual(plot.categories, ['large', 'small', '(own)', '(not reported)']);
    assert.deepEqual(plot.series[0].values, [50, 5, 150, 140]);
    assert.equal(plot.omitted, 0);
  });

  it('keep the order of the labels if they have one', () => {
    const sizes = ['more than 500', '2 to 10', '101 to 500', '1 only', '11 to 100'];
    const file = chartFile({ order: 'label', rows: sizes.map((label, i) => row(month(0), label, 5 * (i + 1))) });
    assert.deepEqual(bars(file, 'instances').categories, [
      '1 only',
      '2 to 10',
      '11 to 100',
      '101 to 500',
      'more than 500',
    ]);
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
    assert.equal(plot.categories[0], '1.24.x');
    assert.equal(plot.categories.at(-1), '1.5.x');
    assert.equal(plot.omitted, 5);
  });

  it('list releases by their numbers, newest first', () => {
    for (const suffix of ['.x', ' or newer']) {
      const releases = ['2026.0', '1.9', '2025.10', '1.30', '2025.2', '1.4'].map(release => release + suffix);
      const file = chartFile({ order: 'label', rows: releases.map(label => row(month(0), label, 5)) });
      assert.deepEqual(
        bars(file, 'instances').categories,
        ['2026.0', '2025.10', '2025.2', '1.30', '1.9', '1.4'].map(release => release + suffix),
      );
    }
  });

  it('show UNKNOWN and the kinds of versions that are not releases after the releases, in a fixed order', () => {
    const others = ['UNKNOWN', '(own)', '(development build)', '(not a release)', '(not reported)'];
    const labels = [...others].reverse();
    const file = chartFile({ order: 'label', rows: [...labels, '1.36.x'].map(label => row(month(0), label, 5)) });
    assert.deepEqual(bars(file, 'instances').categories, ['1.36.x', ...others]);
  });

  it('show UNKNOWN last, although it has the largest value', () => {
    const file = chartFile({ rows: [row(month(0), 'UNKNOWN', 50), row(month(0), 'AWS', 5)] });
    assert.deepEqual(bars(file, 'instances').categories, ['AWS', 'UNKNOWN']);
  });

  it('leave out labels without a value in that measure', () => {
    const file = chartFile({ rows: [row(month(0), 'a', 10), row(month(0), 'b', 5, { regular: 5 })] });
    assert.deepEqual(bars(file, 'regular').categories, ['b']);
  });

  it('show the last period with complete data', () => {
    const rows = [row(month(-1), 'a', 50), row(month(0), 'a', 20)];
    const file = chartFile({ rows, periods: [period(month(-1)), period(month(0), 90, 12)] });
    assert.deepEqual(bars(file, 'instances').series[0].values, [50]);
  });

  it('have the numbers behind shares', () => {
    const file = chartFile({ rows: [row(month(0), 'a', 50)] });
    assert.deepEqual(bars(file, 'instances-percent').series[0], { label: null, values: [0.25], counts: [50] });
    assert.equal(bars(file, 'instances').series[0].counts, null);
  });
});

describe('trends', () => {
  const two = [row(month(0), 'a', 10, { share: 60 }), row(month(0), 'b', 5, { share: 40 })];

  it('stack instances if each instance has one label', () => {
    const file = chartFile({ numbers: ['instances'], labels: 'exclusive', rows: two });
    assert.equal(trend(file, 'instances', 12).kind, 'stack');
    assert.equal(trend(file, 'instances-percent', 12).kind, 'stack');
  });

  it('stack shares but not instances if an instance can have several labels', () => {
    const file = chartFile({ labels: 'overlapping', rows: two });
    assert.equal(trend(file, 'instances', 12).kind, 'lines');
    assert.equal(trend(file, 'instances-percent', 12).kind, 'lines');
    assert.equal(trend(file, 'share', 12).kind, 'stack');
  });

  it('never stack labels that include each other or count the same things', () => {
    for (const labels of ['cumulative', 'independent']) {
      const file = chartFile({ labels, rows: two });
      assert.equal(trend(file, 'instances', 12).kind, 'lines');
      assert.equal(trend(file, 'share', 12).kind, 'lines');
    }
  });

  it('add the smaller labels of a stack up to a remainder, before special labels', () => {
    const file = chartFile({
      numbers: ['instances'],
      labels: 'exclusive',
      rows: [
        ...range(10, i => row(month(0), `label ${i}`, 20 - i)),
        row(month(0), '(not reported)', 5),
        row(month(0), '(own)', 5),
      ],
      periods: [period(month(-1), 200, 30), period(month(0))],
    });
    const plot = trend(file, 'instances-percent', 12);
    assert.deepEqual(labelsOf(plot).slice(-3), ['2 more', '(own)', '(not reported)']);
    const remainder = plot.series.find(each => each.remainder);
    assert.deepEqual(remainder.counts, [null, 12 + 11]);
    assert.equal(remainder.values[0], null);
    assert.equal(plot.omitted, 0);
  });

  it('mark annotated periods, and periods without data', () => {
    const file = chartFile({
      rows: [row(month(-2), 'a', 5), row(month(-1), 'a', 5), row(month(0), 'a', 5)],
      periods: [period(month(-2)), period(month(-1), 150, 20), period(month(0))],
      annotations: [
        { period: month(-1), text: 'Counting changed.' },
        { period: month(-30), text: 'Long ago.' },
      ],
    });
    const plot = trend(file, 'instances', 12);
    assert.deepEqual(plot.missing, [false, true, false]);
    assert.deepEqual(plot.marks, [{ index: 1, text: 'Counting changed.' }]);
    assert.deepEqual(plot.series[0].values, [5, null, 5]);
  });

  it('count the labels that have no line', () => {
    const file = chartFile({ rows: range(10, i => row(month(0), `label ${i}`, 100 - i)) });
    const plot = trend(file, 'instances', 12);
    assert.equal(plot.series.length, 8);
    assert.equal(plot.omitted, 2);
  });

  it('select lines by the latest value with data', () => {
    const file = chartFile({
      rows: [
        ...range(8, i => row(month(-1), `current ${i}`, 10)),
        row(month(-2), 'former', 100),
        row(month(-1), 'former', 5),
      ],
      periods: [period(month(-2)), period(month(-1))],
    });
    assert.ok(!labelsOf(trend(file, 'instances', 12)).includes('former'));
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

  it('position sizes from small to large', () => {
    const file = chartFile({
      numbers: ['instances'],
      labels: 'exclusive',
      order: 'label',
      rows: ['11 to 100', '2 to 10', 'more than 100'].map((label, i) => row(month(0), label, 5 * (i + 1))),
    });
    const plot = trend(file, 'instances', 12);
    assert.deepEqual(labelsOf(plot), ['2 to 10', '11 to 100', 'more than 100']);
    assert.deepEqual(
      plot.series.map(each => each.position),
      [0, 0.5, 1],
    );
  });

  it('stack the newest releases first, and add the older ones up', () => {
    const file = chartFile({
      numbers: ['instances'],
      labels: 'exclusive',
      order: 'label',
      rows: [...range(10, i => row(month(0), `1.${i + 5}.x`, 10)), row(month(0), '(not reported)', 10)],
    });
    const plot = trend(file, 'instances', 12);
    assert.deepEqual(labelsOf(plot), [
      ...['1.14.x', '1.13.x', '1.12.x', '1.11.x', '1.10.x', '1.9.x'],
      'older',
      '(not reported)',
    ]);
    assert.deepEqual(plot.series[6].values, [40]);
  });

  it('keep the last label of a stack instead of a sum of one', () => {
    const file = chartFile({
      numbers: ['instances'],
      labels: 'exclusive',
      rows: range(9, i => row(month(0), `label ${i}`, 20 - i)),
    });
    assert.equal(labelsOf(trend(file, 'instances', 12)).at(-1), 'label 8');
  });

  it('leave out labels that were published for two months and no longer', () => {
    const file = chartFile({
      rows: [
        ...range(6, i => row(month(-i), 'lasting', 10)),
        ...[-3, -4].map(at => row(month(at), 'passing', 10)),
        ...[-3, -4, -5].map(at => row(month(at), 'former', 10)),
        row(month(0), 'new', 10),
      ],
    });
    const plot = trend(file, 'instances', 12);
    assert.deepEqual(labelsOf(plot).sort(), ['former', 'lasting', 'new']);
    assert.equal(plot.omitted, 1);
  });

  it('have no position if labels have no order', () => {
    const file = chartFile({ rows: [row(month(0), '1', 5), row(month(0), '2', 10)] });
    assert.ok(trend(file, 'instances', 12).series.every(each => each.position == null));
  });

  it('leave out labels that have no value in the period', () => {
    const file = chartFile({ rows: [row(month(-20), 'former', 50), row(month(0), 'current', 5)] });
    assert.deepEqual(labelsOf(trend(file, 'instances', 3)), ['current']);
  });

  it('are empty without rows', () => {
    assert.deepEqual(trend(chartFile(), 'instances', 12).series, []);
    assert.deepEqual(trend(chartFile({ period: 'day' }), 'instances', 12).series, []);
  });
});

describe('weekly means', () => {
  // 26 October 2026 is a Monday, and so is 19 October.
  const daily = overrides =>
    chartFile({
      period: 'day',
      numbers: ['instances'],
      labels: 'exclusive',
      to: '2026-11-03',
      rows: range(18, i => row(day(i - 14), 'instances', 10 * (i + 1))),
      ...overrides,
    });

  it('cover the complete weeks from Monday to Sunday', () => {
    const plot = weeklyTrend(daily(), 'instances', 3);
    assert.equal(plot.unit, 'week');
    assert.deepEqual(plot.categories, ['2026-10-19', '2026-10-26']);
    assert.deepEqual(plot.series[0].values, [60, 130]);
  });

  it('are a gap if a day is not published', () => {
    const { rows } = daily();
    const plot = weeklyTrend(
      daily({ rows: rows.map(each => (each.period === '2026-10-21' ? { ...each, instances: null } : each)) }),
      'instances',
      3,
    );
    assert.deepEqual(plot.series[0].values, [null, 130]);
    assert.deepEqual(plot.missing, [false, false]);
  });

  it('are missing if a day has no data', () => {
    const plot = weeklyTrend(
      daily({ rows: daily().rows.filter(each => each.period !== '2026-10-21') }),
      'instances',
      3,
    );
    assert.deepEqual(plot.missing, [true, false]);
  });

  it('are shown first, but days before a week is complete', () => {
    assert.equal(defaultView(daily()), 'weeks');
    assert.equal(defaultView(daily({ rows: [row('2026-10-31', 'instances', 10)] })), 'days');
    assert.deepEqual(plotOf(daily(), { view: 'days', measure: 'instances', months: 3 }).series[0].values.length, 18);
  });
});

describe('adoption by months since a release', () => {
  const releases = [
    { release: '2026.0', date: '2026-05-20' },
    { release: '2026.1', date: '2026-08-05' },
    { release: '2026.2', date: '2026-10-30' },
  ];
  const adoption = overrides =>
    chartFile({
      numbers: ['instances'],
      order: 'label',
      labels: 'cumulative',
      view: 'age',
      rows: [
        ...[-5, -4, -3, -2, -1, 0].map(at => row(month(at), '1.30 or newer', 190)),
        ...[-4, -3, -1, 0].map(at => row(month(at), '2026.0 or newer', 100 + 10 * at)),
        ...[-2, -1, 0].map(at => row(month(at), '2026.1 or newer', 50 + 10 * at)),
      ],
      ...overrides,
    });

  it('starts in the month of each release, the newest first', () => {
    const plot = ages(adoption(), 'instances', releases);
    assert.equal(plot.unit, 'age');
    assert.deepEqual(plot.categories, [0, 1, 2, 3, 4, 5]);
    assert.deepEqual(
      plot.series.map(each => [each.name, each.values]),
      [
        ['2026.1', [30, 40, 50, null, null, null]],
        ['2026.0', [null, 60, 70, null, 90, 100]],
      ],
    );
  });

  it('begins later if the release is older than the data', () => {
    const [line] = ages(adoption(), 'instances', [{ release: '2026.0', date: '2025-12-10' }]).series;
    assert.deepEqual(line.values.slice(0, 8), [null, null, null, null, null, null, 60, 70]);
  });

  it('has the numbers of instances behind shares', () => {
    const [line] = ages(adoption(), 'instances-percent', releases).series;
    assert.deepEqual(line.values, [0.15, 0.2, 0.25, null, null, null]);
    assert.deepEqual(line.counts, [30, 40, 50, null, null, null]);
  });

  it('is not possible without the dates of releases', () => {
    assert.deepEqual(ages(adoption(), 'instances', []).series, []);
    assert.equal(defaultView(adoption(), true), 'age');
    assert.equal(defaultView(adoption(), false), 'bars');
  });
});

describe('views', () => {
  it('depend on the chart', () => {
    assert.deepEqual(views(chartFile()), ['bars', 'trend']);
    assert.deepEqual(views(chartFile({ period: 'day' })), ['weeks', 'days']);
    assert.deepEqual(views(chartFile({ view: 'age' })), ['age', 'bars', 'trend']);
    assert.deepEqual(views(chartFile({ view: 'age' }), false), ['bars', 'trend']);
  });

  it('that are shown first are those of the chart', () => {
    assert.equal(defaultView(chartFile({ view: 'trend' })), 'trend');
  });
});

describe('the ticks of an axis', () => {
  it('are steps of 1, 2 or 5 that reach the highest value', () => {
    assert.deepEqual(axisTicks(153, false, 5), [0, 50, 100, 150, 200]);
    assert.deepEqual(axisTicks(0.87, true, 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
    assert.deepEqual(axisTicks(1, true, 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
    assert.deepEqual(axisTicks(12345, false, 5), [0, 5000, 10000, 15000]);
  });

  it('are not finer than the numbers', () => {
    assert.deepEqual(axisTicks(5, false, 5), [0, 5]);
    assert.deepEqual(axisTicks(7, false, 5), [0, 5, 10]);
    assert.deepEqual(axisTicks(0.02, true, 5), [0, 0.01, 0.02]);
    assert.deepEqual(axisTicks(0, true, 5), [0, 0.01]);
  });
});

describe('colors', () => {
  const plot = (kind, ...labels) => ({ kind, series: labels.map(label => ({ label })) });

  it('belong to a label, whatever the other labels are', () => {
    const [alone] = stylesOf(plot('lines', 'AWS'));
    const [, among] = stylesOf(plot('lines', 'KUBERNETES', 'AWS', 'GCE', 'AZURE'));
    assert.deepEqual(among, alone);
    assert.equal(alone.color, colorNumber('AWS'));
  });

  it('belong to a release, in whichever way it is counted', () => {
    assert.equal(colorNumber('2026.2.x'), 7);
    assert.equal(colorNumber('2026.1.x'), colorNumber('2026.1 or newer'));
  });

  it('of successive releases differ', () => {
    const releases = ['2025.1.x', '2025.2.x', '2025.3.x', '2025.4.x', '2026.0.x', '2026.1.x', '2026.2.x'];
    assert.equal(new Set(releases.map(colorNumber)).size, releases.length);
  });

  it('that two lines share differ by a dash, by their names', () => {
    const same = range(50, i => `label ${i}`)
      .filter(label => colorNumber(label) === 1)
      .sort();
    const [second, first] = stylesOf(plot('lines', same[1], same[0]));
    assert.deepEqual(first, { color: 1, dash: 0 });
    assert.deepEqual(second, { color: 1, dash: 1 });
  });

  it('that two parts of a stack would share are different', () => {
    const styles = stylesOf(plot('stack', ...range(8, i => `label ${i}`)));
    assert.equal(new Set(styles.map(style => style.color)).size, 8);
  });

  it('are for labels that name a value', () => {
    assert.deepEqual(stylesOf(plot('lines', 'UNKNOWN', '(own)', 'ENVIRONMENT_UNKNOWN')), [null, null, null]);
    assert.deepEqual(stylesOf({ kind: 'stack', series: [{ label: 'older', remainder: true }] }), [null]);
  });
});
