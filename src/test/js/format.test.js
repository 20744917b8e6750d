import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  explainSpecial,
  formatCompact,
  formatDay,
  formatMonth,
  formatNumber,
  formatPercent,
  formatPeriod,
  formatShortPeriod,
  formatShortValue,
  formatValue,
  formatWholePercent,
  isSpecial,
  measureName,
  plural,
  printable,
  truncate,
} from '../../main/resources/META-INF/resources/js/format.js';

describe('numbers', () => {
  it('separates thousands', () => {
    assert.equal(formatNumber(1234567), '1,234,567');
  });

  it('abbreviates large numbers to one decimal', () => {
    assert.equal(formatCompact(999), '999');
    assert.match(formatCompact(12345), /^12\.3k$/i); // the case depends on the runtime's Unicode data
    assert.match(formatCompact(2_000_000), /^2m$/i);
  });

  it('formats shares as percentages', () => {
    assert.equal(formatPercent(0.4194), '41.9%');
    assert.equal(formatPercent(1), '100%');
    assert.equal(formatWholePercent(0.4194), '42%');
  });

  it('distinguishes tiny shares from zero', () => {
    assert.equal(formatPercent(0.0004), 'under 0.1%');
    assert.equal(formatWholePercent(0.004), 'under 1%');
    assert.equal(formatPercent(0), '0%');
    assert.equal(formatWholePercent(0), '0%');
  });

  it('formats a value as its measure needs it', () => {
    assert.equal(formatValue(12345, 'count'), '12,345');
    assert.match(formatShortValue(12345, 'count'), /^12\.3k$/i);
    assert.equal(formatValue(0.5, 'share'), '50%');
    assert.equal(formatShortValue(0.5, 'share'), '50%');
  });

  it('uses the singular for 1 only', () => {
    assert.equal(plural(1, 'month'), '1 month');
    assert.equal(plural(0, 'month'), '0 months');
    assert.equal(plural(1200, 'day'), '1,200 days');
  });
});

describe('dates', () => {
  it('formats days and months in UTC', () => {
    assert.equal(formatMonth('2026-10-01'), 'October 2026');
    assert.equal(formatDay('2026-10-01'), '1 October 2026');
  });

  it('formats a period by its unit', () => {
    assert.equal(formatPeriod('2026-10-01', 'month'), 'October 2026');
    assert.equal(formatPeriod('2026-10-01', 'day'), '1 October 2026');
    assert.equal(formatShortPeriod('2026-10-01', 'month'), 'Oct 26');
    assert.equal(formatShortPeriod('2026-10-01', 'day'), '1 Oct');
  });
});

describe('labels', () => {
  it('replaces characters that are invisible or change the text direction', () => {
    assert.equal(printable('a\u202eb\u200bc\nd'), 'a\ufffdb\ufffdc\ufffdd');
    assert.equal(printable('Größe 規模 🚀'), 'Größe 規模 🚀');
  });

  it('names the empty label', () => {
    assert.equal(printable(''), '(empty)');
  });

  it('truncates by characters, and never inside a surrogate pair', () => {
    assert.equal(truncate('deploy', 6), 'deploy');
    assert.equal(truncate('deployManifest', 7), 'deploy…');
    assert.equal(truncate('🚀🚀🚀', 2), '🚀…');
  });

  it('treats groups of values as special', () => {
    for (const label of ['(other)', '(none)', '(development build)', '(not reported)', '(not a release)']) {
      assert.ok(isSpecial(label), label);
    }
    assert.ok(!isSpecial('other'));
    assert.ok(!isSpecial('(own)'));
  });

  it('explains (other) by the threshold', () => {
    assert.equal(
      explainSpecial('(other)', { threshold: 7 }),
      '(other) groups values that fewer than 7 instances reported, very long values and, if there are too many values, ' +
        'the least used ones.',
    );
  });

  it('explains other special labels in the words of the chart, if it has any', () => {
    const explanations = {
      '(none)': '(none) means that the event has no trigger.',
      '(not reported)': '(not reported) means that the instance reports no version.',
    };
    assert.equal(explainSpecial('(none)', { threshold: 5, explanations }), explanations['(none)']);
    assert.equal(explainSpecial('(not reported)', { threshold: 5, explanations }), explanations['(not reported)']);
    assert.equal(explainSpecial('(not a release)', { threshold: 5, explanations }), null);
    assert.equal(explainSpecial('(none)', { threshold: 5 }), null);
  });
});

describe('measures', () => {
  it('names a measure in the units of the chart', () => {
    assert.equal(measureName('instances', { unit: 'stage runs' }), 'instances');
    assert.equal(measureName('count', { unit: 'stage runs' }), 'stage runs');
    assert.equal(measureName('share', { unit: 'stage runs' }), 'share of stage runs');
  });

  it('names the part that a share is of', () => {
    const chart = { unit: 'stage runs', part: 'stage runs that failed' };
    assert.equal(measureName('share', chart), 'share of stage runs that failed');
  });
});
