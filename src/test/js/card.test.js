import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { summarize } from '../../main/resources/page/js/card.js';
import { ages, bars, trend, weeklyTrend } from '../../main/resources/page/js/series.js';
import { chartFile, day, month, period, row } from './chart-files.js';

describe('the summary of bars', () => {
  const rows = [row(month(0), 'a', 50, { regular: 20 }), row(month(0), 'b', 100), row(month(0), '(own)', 150)];

  it('names the month, its instances, and the largest values', () => {
    const file = chartFile({ rows });
    const summary = summarize(file, bars(file, 'instances-percent'), 'instances-percent');
    assert.equal(summary, 'October 2026, of 200 instances: b (50%), a (25%).');
  });

  it('names the measure', () => {
    const file = chartFile({ rows });
    const summary = summarize(file, bars(file, 'regular'), 'regular');
    assert.equal(summary, 'October 2026, of 200 instances, instances that use it regularly: a (20).');
  });

  it('names the month that has complete data', () => {
    const file = chartFile({
      rows: [row(month(-1), 'a', 50), ...rows],
      periods: [period(month(-1)), period(month(0), 90, 2)],
    });
    const summary = summarize(file, bars(file, 'instances'), 'instances');
    assert.equal(summary, 'September 2026, of 200 instances: a (50).');
  });

  it('names the newest releases if each label includes all newer ones', () => {
    const releases = ['1.30 or newer', '2025.1 or newer', '2026.0 or newer', '2026.1 or newer'];
    const file = chartFile({
      order: 'label',
      labels: 'cumulative',
      rows: releases.map((label, i) => row(month(0), label, 180 - 40 * i)),
    });
    const summary = summarize(file, bars(file, 'instances-percent'), 'instances-percent');
    assert.match(summary, /: 2026\.1 or newer \(30%\), 2026\.0 or newer \(50%\), 2025\.1 or newer \(70%\)\.$/);
  });
});

describe('the summary of a trend', () => {
  it('compares the largest value with the first month that has data', () => {
    const file = chartFile({
      rows: [row(month(-2), 'a', 50), row(month(-1), 'a', 60), row(month(0), 'a', 100), row(month(0), 'b', 10)],
      periods: [period(month(-2), 200, 1), period(month(-1)), period(month(0))],
    });
    assert.equal(
      summarize(file, trend(file, 'instances-percent', 12), 'instances-percent'),
      '% of instances, September 2026 to October 2026. a: 50% (100), compared with 30% (60) in September 2026.',
    );
  });

  it('counts all instances where the chart is about their number', () => {
    const file = chartFile({
      numbers: ['instances'],
      tileValue: 'instances',
      labels: 'exclusive',
      rows: [row(month(-1), 'on 1 day', 50), row(month(0), 'on 1 day', 60)],
      periods: [period(month(-1), 180), period(month(0), 200)],
    });
    assert.equal(
      summarize(file, trend(file, 'instances', 12), 'instances'),
      'Instances, September 2026 to October 2026: 200, compared with 180 in September 2026.',
    );
  });

  it('of weeks says so', () => {
    const rows = Array.from({ length: 21 }, (_, i) => row(day(i - 26), 'instances', 10 + i));
    const file = chartFile({ period: 'day', numbers: ['instances'], labels: 'exclusive', rows, to: '2026-10-25' });
    assert.equal(
      summarize(file, weeklyTrend(file, 'instances', 3), 'instances'),
      'Instances per day, weekly mean, week of 5 October 2026 to week of 19 October 2026: 27, compared with 13 in the ' +
        'week of 5 October 2026.',
    );
  });

  it('of days names them', () => {
    const rows = [row(day(-1), 'instances', 10), row(day(0), 'instances', 12)];
    const file = chartFile({ period: 'day', numbers: ['instances'], labels: 'exclusive', rows });
    assert.equal(
      summarize(file, trend(file, 'instances', 3), 'instances'),
      'Instances, 30 October 2026 to 31 October 2026: 12, compared with 10 on 30 October 2026.',
    );
  });

  it('names the newest release if each label includes all newer ones', () => {
    const rows = ['1.30 or newer', '2026.1 or newer'].map((label, i) => row(month(0), label, 180 - 40 * i));
    const file = chartFile({ order: 'label', labels: 'cumulative', rows });
    assert.match(summarize(file, trend(file, 'instances', 12), 'instances'), /2026\.1 or newer: 140\.$/);
  });

  it('does not put UNKNOWN first', () => {
    const file = chartFile({ rows: [row(month(0), 'UNKNOWN', 150), row(month(0), 'AWS', 50)] });
    assert.match(summarize(file, trend(file, 'instances', 12), 'instances'), /2026\. AWS: 50\.$/);
    assert.match(summarize(file, bars(file, 'instances'), 'instances'), /instances: AWS \(50\)\.$/);
  });

  it('says that no month has complete data', () => {
    const file = chartFile({ rows: [row(month(0), 'a', 50)], periods: [period(month(0), 90, 2)] });
    assert.equal(summarize(file, trend(file, 'instances', 12), 'instances'), 'Instances: no period has complete data.');
  });
});

describe('the summary of adoption by months since a release', () => {
  it('compares the newest release with the one before it, at the same age', () => {
    const file = chartFile({
      numbers: ['instances'],
      order: 'label',
      labels: 'cumulative',
      rows: [
        ...[-3, -2, -1, 0].map(at => row(month(at), '2026.1 or newer', 120 + 20 * at)),
        ...[-1, 0].map(at => row(month(at), '2026.2 or newer', 50 + 10 * at)),
      ],
    });
    const releases = [
      { release: '2026.1', date: '2026-07-01' },
      { release: '2026.2', date: '2026-09-01' },
    ];
    assert.equal(
      summarize(file, ages(file, 'instances-percent', releases), 'instances-percent'),
      '% of instances. 2026.2 or newer: 25% (50), 1 month after its release. 2026.1 or newer: 40% (80) at that age.',
    );
  });
});
