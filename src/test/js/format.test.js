import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  defineNumber,
  formatCompact,
  formatDay,
  formatList,
  formatMonth,
  formatNumber,
  formatPercent,
  formatPeriod,
  formatShortPeriod,
  formatShortValue,
  formatValue,
  formatWithCount,
  isRelease,
  isShare,
  isSpecial,
  isValue,
  measureName,
  plural,
  printable,
  releaseOf,
  truncate,
  viewName,
} from '../../main/resources/page/js/format.js';

describe('numbers', () => {
  it('separates thousands', () => {
    assert.equal(formatNumber(1234567), '1,234,567');
  });

  it('abbreviates large numbers to one decimal', () => {
    assert.equal(formatCompact(999), '999');
    assert.match(formatCompact(12345), /^12\.3k$/i); // the case depends on the runtime's Unicode data
    assert.match(formatCompact(2_000_000), /^2m$/i);
  });

  it('formats shares in whole percent', () => {
    assert.equal(formatPercent(0.4194), '42%');
    assert.equal(formatPercent(1), '100%');
  });

  it('distinguishes tiny shares from zero', () => {
    assert.equal(formatPercent(0.004), 'under 1%');
    assert.equal(formatPercent(0), '0%');
  });

  it('formats a value as its measure needs it', () => {
    assert.equal(formatValue(12345, 'instances'), '12,345');
    assert.match(formatShortValue(12345, 'regular'), /^12\.3k$/i);
    assert.equal(formatValue(0.5, 'share'), '50%');
    assert.equal(formatShortValue(0.5, 'failing-percent'), '50%');
  });

  it('adds the number of instances to their share', () => {
    assert.equal(formatWithCount(0.32, 1480, 'instances-percent'), '32% (1,480)');
    assert.equal(formatWithCount(0.32, null, 'share'), '32%');
  });

  it('lists names', () => {
    assert.equal(formatList(['a']), 'a');
    assert.equal(formatList(['a', 'b', 'c']), 'a, b and c');
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
    assert.equal(formatPeriod('2026-10-05', 'week'), 'week of 5 October 2026');
    assert.equal(formatShortPeriod('2026-10-05', 'week'), '5 Oct');
    assert.equal(formatPeriod(0, 'age'), 'Month of the release');
    assert.equal(formatPeriod(1, 'age'), '1 month after the release');
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
    for (const label of ['(own)', '(not counted)', '(development build)', '(not reported)', '(not a release)']) {
      assert.ok(isSpecial(label), label);
      assert.ok(!isValue(label), label);
    }
    assert.ok(!isSpecial('own'));
    assert.ok(!isSpecial(null));
  });

  it('does not take UNKNOWN for a value', () => {
    for (const label of ['UNKNOWN', 'ENVIRONMENT_UNKNOWN']) {
      assert.ok(!isSpecial(label), label);
      assert.ok(!isValue(label), label);
    }
    assert.ok(isValue('AWS'));
  });

  it('knows releases, alone and with all newer ones', () => {
    assert.ok(isRelease('1.36.x'));
    assert.ok(isRelease('2026.1 or newer'));
    assert.ok(!isRelease('1 to 10'));
    assert.ok(!isRelease('on 21 days or more'));
    assert.equal(releaseOf('2026.1 or newer'), '2026.1');
    assert.equal(releaseOf('1.36.x'), '1.36');
    assert.equal(releaseOf('AWS'), null);
  });
});

describe('measures', () => {
  it('have a name', () => {
    assert.equal(measureName('instances-percent'), '% of instances');
    assert.equal(measureName('regular'), 'instances that use it regularly');
    assert.equal(measureName('share'), 'mean share per instance');
  });

  it('and views have a name', () => {
    for (const view of ['bars', 'trend', 'age', 'weeks', 'days']) {
      assert.ok(viewName(view), view);
    }
  });

  it('are shares or numbers', () => {
    assert.ok(isShare('share'));
    assert.ok(isShare('regular-percent'));
    assert.ok(!isShare('regular'));
  });

  it('have a definition where the name says too little', () => {
    assert.match(defineNumber('regular'), /30 runs/);
    assert.match(defineNumber('failing'), /10%/);
    assert.equal(defineNumber('instances'), null);
  });
});
