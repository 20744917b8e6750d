import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { draw, releaseMarks, runsOf, spread } from '../../main/resources/page/js/chart-svg.js';
import { bars, trend } from '../../main/resources/page/js/series.js';
import { chartFile, month, period, row } from './chart-files.js';
import { fakeBox, installFakeDom } from './fake-dom.js';

installFakeDom();

const HOSTILE = '<img src=x onerror=alert(1)>';

/** Draws a plot and returns the box. */
function drawn(plot, { width = 600, measure = 'instances', ...options } = {}) {
  const box = fakeBox(width);
  draw(box, plot, { measure, threshold: 5, noise: true, label: 'Example.', unit: 'month', ...options });
  return box;
}

const everything = box => JSON.stringify(box, (_, value) => (value?.name === 'title' ? null : value));
const textsOf = box => box.all('text').map(each => each.text);

describe('bars', () => {
  const rows = [row(month(0), 'AWS', 50), row(month(0), HOSTILE, 10), row(month(0), '(own)', 7)];
  const file = chartFile({ rows });

  it('have the name and the value of each label', () => {
    const texts = textsOf(drawn(bars(file, 'instances-percent'), { measure: 'instances-percent' }));
    assert.deepEqual(texts, ['AWS', '25% (50)', HOSTILE, '5% (10)', '(own)', '4% (7)']);
  });

  it('link to features', () => {
    const box = drawn(bars(file, 'instances'), { hrefOf: label => (label === 'AWS' ? '#x/AWS' : null) });
    assert.deepEqual(
      box.all('a').map(link => [link.attributes.href, link.attributes['aria-label']]),
      [['#x/AWS', 'AWS: 50']],
    );
  });

  it('are an image if nothing links, because screen readers skip what is in an image', () => {
    assert.equal(drawn(bars(file, 'instances')).all('svg')[0].attributes.role, 'img');
    assert.equal(drawn(bars(file, 'instances'), { hrefOf: () => '#' }).all('svg')[0].attributes.role, 'group');
  });

  it('have their names above them on narrow screens, and keep within the width', () => {
    const box = drawn(bars(file, 'instances'), { width: 280 });
    const [name] = box.all('text');
    assert.equal(name.attributes.x, '0');
    for (const rect of box.all('rect')) {
      assert.ok(Number(rect.attributes.x ?? 0) + Number(rect.attributes.width) <= 280);
    }
  });
});

describe('lines', () => {
  const rows = [-3, -2, -1, 0].flatMap(at => [row(month(at), 'AWS', 50 + at), row(month(at), 'GCE', 40 - at)]);
  const file = chartFile({ rows: rows.filter(each => each.period !== month(-2)) });
  const plot = trend(file, 'instances', 12);

  it('have an axis that their bands fit in', () => {
    const top = noise => {
      const texts = textsOf(
        drawn(trend(chartFile({ rows: [-1, 0].map(at => row(month(at), 'AWS', 50)) }), 'instances', 12), { noise }),
      );
      return Math.max(...texts.map(Number).filter(Number.isFinite));
    };
    assert.equal(top(false), 50);
    assert.equal(top(true), 60);
  });

  it('have their names at their ends, or in a legend on narrow screens', () => {
    const wide = drawn(plot);
    assert.ok(textsOf(wide).includes('AWS'));
    assert.equal(wide.all('ul').filter(each => each.attributes.class === 'legend').length, 0);
    const narrow = drawn(plot, { width: 320 });
    assert.ok(!textsOf(narrow).includes('AWS'));
    assert.match(narrow.all('ul').at(-1).text, /AWS.*GCE/);
  });

  it('have gaps where there are no numbers', () => {
    const line = drawn(plot)
      .all('path')
      .find(path => path.attributes.class === 'shape line' && path.attributes.d?.includes('M'));
    assert.equal(line.attributes.d.split('M').length - 1, 1, 'the first point is alone, so it is a dot');
  });

  it('say that a month has no data', () => {
    const gap = chartFile({ rows, periods: [-3, -2, -1, 0].map(at => period(month(at), 200, at < -1 ? 3 : 31)) });
    assert.ok(textsOf(drawn(trend(gap, 'instances', 12))).includes('no data'));
  });

  it('mark releases', () => {
    const releases = [{ release: '2026.2', date: '2026-09-10' }];
    assert.ok(textsOf(drawn(plot, { releases })).includes('2026.2'));
  });
});

describe('any plot', () => {
  const one = [row(month(0), HOSTILE, 5, { share: 0 })];
  const many = Array.from({ length: 30 }, (_, i) => row(month(-(i % 3)), `label ${i}`, 5 + i, { share: i }));

  it('has only numbers as coordinates, at each width', () => {
    for (const rows of [one, many]) {
      for (const labels of ['overlapping', 'exclusive', 'cumulative']) {
        const file = chartFile({ rows, labels, numbers: ['instances', 'share'] });
        for (const measure of ['instances', 'instances-percent', 'share']) {
          for (const width of [0, 250, 320, 1200]) {
            for (const plot of [bars(file, measure), trend(file, measure, 12)]) {
              assert.doesNotMatch(everything(drawn(plot, { width, measure })), /NaN|Infinity|undefined/);
            }
          }
        }
      }
    }
  });
});

describe('the names of lines', () => {
  it('stay where they are if they do not touch', () => {
    assert.deepEqual(spread([100, 20, 60], 15, 0, 200), [100, 20, 60]);
  });

  it('move apart, and keep their order', () => {
    assert.deepEqual(spread([50, 52, 120], 15, 0, 200), [43.5, 58.5, 120]);
    assert.deepEqual(spread([52, 50, 51], 15, 0, 200), [66, 36, 51]);
  });

  it('stay within the plot', () => {
    assert.deepEqual(spread([198, 199], 15, 0, 200), [185, 200]);
    assert.deepEqual(spread([1, 2], 15, 0, 200), [0, 15]);
  });

  it('never overlap, however many they are', () => {
    const positions = Array.from({ length: 11 }, (_, i) => 195 + Math.sin(i * 7) * 5);
    const moved = spread(positions, 15, 0, 200).sort((a, b) => a - b);
    assert.ok(moved.every((y, i) => i === 0 || y - moved[i - 1] >= 15 - 1e-6));
    assert.ok(moved[0] >= 0 && moved.at(-1) <= 200);
  });
});

describe('runs', () => {
  it('are the periods without data that follow one another', () => {
    assert.deepEqual(runsOf([false, true, true, false, true]), [
      [1, 2],
      [4, 4],
    ]);
    assert.deepEqual(runsOf([]), []);
  });
});

describe('marks of releases', () => {
  const months = ['2026-08-01', '2026-09-01', '2026-10-01'];
  const mark = date => releaseMarks([{ release: '2026.2', date }], months);

  it('are where their date is in its month', () => {
    assert.deepEqual(mark('2026-09-01'), [{ release: '2026.2', at: 0.5 }]);
    assert.deepEqual(mark('2026-09-16'), [{ release: '2026.2', at: 1 }]);
    assert.ok(mark('2026-10-31')[0].at > 2.4);
  });

  it('are left out before and after the plot', () => {
    assert.deepEqual(mark('2026-07-31'), []);
    assert.deepEqual(mark('2026-11-01'), []);
    assert.deepEqual(releaseMarks([{ release: '1.0', date: '2017-06-05' }], []), []);
  });
});
