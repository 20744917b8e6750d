import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  bars,
  hasData,
  lastPeriod,
  lastRows,
  measures,
  numberOf,
  periodOf,
  periods,
  trend,
  valueOf,
  valuesOf,
  views,
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
    const special = ['(own)', '(not reported)', '(not a release)', '(development build)'];
    const file = chartFile({ order: 'label', rows: [...special, '1.36.x'].map(label => row(month(0), label, 5)) });
    assert.deepEqual(bars(file, 'instances').categories, ['1.36.x', ...special]);
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
    assert.deepEqual(plot.marks, [1]);
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

  it('position ordered labels from old to new', () => {
    const file = chartFile({
      numbers: ['instances'],
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
    assert.deepEqual(trend(chartFile({ period: 'day' }), 'instances', 12).series, []);
  });

  it('of a daily chart show its 7-day average, with the daily numbers behind it', () => {
    const file = chartFile({
      period: 'day',
      numbers: ['instances'],
      labels: 'exclusive',
      rows: range(10, i => row(day(i - 9), 'instances', 10 * (i + 1))),
    });
    const [average, daily] = trend(file, 'instances', 3).series;
    assert.equal(average.label, '7-day average');
    assert.deepEqual(average.values, [null, null, null, null, null, null, 40, 50, 60, 70]);
    assert.equal(daily.secondary, true);
    assert.equal(daily.values.at(-1), 100);
  });

  it('have no average of weeks in which a day is not published', () => {
    const file = chartFile({
      period: 'day',
      numbers: ['instances'],
      labels: 'exclusive',
      rows: range(9, i => row(day(i - 8), 'instances', 5)).filter(each => each.period !== day(-4)),
    });
    const [average] = trend(file, 'instances', 3).series;
    assert.ok(average.values.every(value => value == null));
  });

  it('of the average use days before the visible period', () => {
    const file = chartFile({
      period: 'day',
      numbers: ['instances'],
      labels: 'exclusive',
      rows: range(120, i => row(day(i - 119), 'instances', 5)),
    });
    const [average] = trend(file, 'instances', 3).series;
    assert.equal(average.values[0], 5);
  });
});

describe('views', () => {
  it('of a daily chart are trends only', () => {
    assert.deepEqual(views(chartFile({ period: 'day' })), ['trend']);
    assert.deepEqual(views(chartFile()), ['bars', 'trend']);
  });
});
