// Draws plots (see series.js) as SVG, at the real width of their box, so that text is never scaled. CSS variables give the
// colors: themes, print and forced colors need no new drawing.
import { element, isolated, svgElement } from './dom.js';
import {
  capitalize,
  formatPeriod,
  formatShortPeriod,
  formatShortValue,
  formatWithCount,
  isShare,
  isValue,
  printable,
  truncate,
} from './format.js';
import { axisTicks, isGrey, stylesOf } from './series.js';

/** Narrower plots have the names of bars above them, and a legend instead of labels at the lines. */
const NARROW = 480;
/** The width of a plot whose box is not visible yet. */
const DEFAULT_WIDTH = 600;
const BAR_ROW = 26;
const NARROW_BAR_ROW = 42;
const BAR_HEIGHT = 18;
const TREND_HEIGHT = 280;
/** Names may take this part of the width. */
const MAX_NAME_PART = 0.45;
/** The height of a line of text. */
const LINE = 15;
const GAP = 8;
/** Space between the labels of an axis. */
const TICK_GAP = 14;
/** A number of instances is off by at most this, except rarely. */
const NOISE = 3;
const MAX_NAME_LENGTH = 40;
const NO_DATA = 'no data';
/** The dashes of lines that share a color. */
const DASHES = [null, '7 3', '2 3', '9 3 2 3'];
/** Special labels of one chart have different greys. */
const GREYS = {
  '(own)': 'var(--other)',
  '(development build)': 'color-mix(in oklab, var(--remainder) 50%, var(--ramp-mid))',
  '(not a release)': 'color-mix(in oklab, var(--remainder) 75%, var(--ramp-mid))',
};

/** The plot, options and width that are drawn in each box. */
const drawings = new WeakMap();
let resizes;
let measuring;

/** The width of a text in the font of plots, in CSS pixels. */
function widthOf(text) {
  if (!measuring) {
    measuring = document.createElement('canvas').getContext('2d');
    measuring.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  }
  return measuring.measureText(text).width;
}

const widest = texts => Math.ceil(Math.max(0, ...texts.map(widthOf)));

/** The CSS color of a series with that style; see stylesOf(). */
function paint({ label, position, remainder }, style) {
  if (style != null) {
    return `var(--series-${style.color})`;
  }
  if (position == null) {
    return remainder ? 'var(--remainder)' : (GREYS[label] ?? 'var(--remainder)');
  }
  return position < 0.5
    ? `color-mix(in oklab, var(--ramp-mid) ${Math.round(position * 200)}%, var(--ramp-old))`
    : `color-mix(in oklab, var(--ramp-new) ${Math.round(position * 200 - 100)}%, var(--ramp-mid))`;
}

/**
 * Draws a plot in a box, and again whenever the width of the box changes.
 *
 * @param options measure; unit: what the categories are, if the plot does not say; threshold; label: a sentence that says what
 *     is seen; noise: whether numbers of instances have noise; releases: with dates, to be marked; height: in CSS pixels, if
 *     not the usual one; hrefOf: gives the address that a label links to, or null
 */
export function draw(box, plot, options) {
  drawings.set(box, { plot, options });
  resizes ??= new ResizeObserver(entries => {
    for (const { target } of entries) {
      if (target.clientWidth > 0 && target.clientWidth !== drawings.get(target).width) {
        render(target);
      }
    }
  });
  render(box);
  resizes.observe(box);
}

function render(box) {
  const drawing = drawings.get(box);
  const { plot, options } = drawing;
  drawing.width = box.clientWidth;
  const width = box.clientWidth || DEFAULT_WIDTH;
  box.classList.remove('loading');
  box.replaceChildren(...(plot.kind === 'bars' ? drawBars(plot, options, width) : drawTrend(plot, options, width)));
}

/** The root of a picture. Links inside need another role, because the parts of an image are hidden from screen readers. */
const picture = (width, height, { label, hrefOf }, attributes, ...children) =>
  svgElement(
    'svg',
    {
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: hrefOf ? 'group' : 'img',
      'aria-label': label,
      ...attributes,
    },
    ...children,
  );

const text = (x, y, content, attributes = {}) =>
  svgElement('text', { x: round(x), y: round(y), ...attributes }, content);

const round = number => Math.round(number * 10) / 10;

const nameOf = ({ label, name }) => truncate(name ?? label, MAX_NAME_LENGTH);

/** A name that is cut if it is wider than that. */
function fit(name, width) {
  let length = name.length;
  while (length > 4 && widthOf(truncate(name, length)) > width) {
    length--;
  }
  return truncate(name, length);
}

// --- Bars -------------------------------------------------------------------------------------

function drawBars({ categories, series: [{ values, counts }] }, options, width) {
  const names = categories.map(label => fit(truncate(label, MAX_NAME_LENGTH), width));
  const texts = values.map((value, i) => formatWithCount(value, counts?.[i], options.measure));
  const nameWidth = widest(names) + GAP;
  const isAbove = width < NARROW || nameWidth > width * MAX_NAME_PART;
  const rowHeight =
    options.height == null ? (isAbove ? NARROW_BAR_ROW : BAR_ROW) : (options.height - GAP) / categories.length;
  const left = isAbove ? 0 : nameWidth;
  const errors = values.map((value, i) =>
    options.noise && options.measure !== 'share' ? noiseOf(value, counts?.[i]) : 0,
  );
  const highest = Math.max(...values.map((value, i) => value + errors[i]));
  const scale = (width - left - GAP - widest(texts)) / (highest || 1);
  const rows = categories.map((label, i) => {
    const top = GAP / 2 + i * rowHeight;
    const barTop = isAbove ? top + rowHeight - BAR_HEIGHT - 3 : top + (rowHeight - BAR_HEIGHT) / 2;
    const length = Math.max(2, values[i] * scale);
    const middle = barTop + BAR_HEIGHT / 2 + 4;
    const href = options.hrefOf?.(label);
    return svgElement(
      href ? 'a' : 'g',
      { href, 'aria-label': href && `${printable(label)}: ${texts[i]}` },
      svgElement('title', {}, `${printable(label)}: ${texts[i]}`),
      svgElement('rect', { class: 'hit', x: 0, y: round(top), width, height: round(rowHeight) }),
      isAbove
        ? text(0, barTop - 6, names[i], { class: 'name' })
        : text(left - GAP, middle, names[i], { class: 'name', 'text-anchor': 'end' }),
      svgElement('rect', {
        class: 'shape',
        x: left,
        y: round(barTop),
        width: round(length),
        height: BAR_HEIGHT,
        rx: 2,
        fill: isValue(label) ? 'var(--series-1)' : 'var(--other)',
      }),
      errors[i] > 0 &&
        svgElement('rect', {
          class: 'shape noise',
          x: round(left + Math.max(0, length - errors[i] * scale)),
          y: round(barTop),
          width: round(Math.min(length, errors[i] * scale) + errors[i] * scale),
          height: BAR_HEIGHT,
        }),
      text(left + length + errors[i] * scale + 6, middle, texts[i], { class: 'value' }),
    );
  });
  const height = Math.round(GAP + categories.length * rowHeight);
  return [picture(width, height, options, { class: 'bars' }, ...rows)];
}

// --- Lines and stacks -------------------------------------------------------------------------

function drawTrend(plot, options, width) {
  const frame = frameOf(plot, options, width);
  const { isStack, height, area, xOf, yOf } = frame;
  const { series } = plot;
  const styles = stylesOf(plot);
  const drawn = series.map((each, i) => ({
    ...each,
    last: each.values.findLastIndex(value => value != null),
    paint: paint(each, styles[i]),
    dash: isStack ? null : DASHES[(styles[i]?.dash ?? 0) % DASHES.length],
    isGrey: isGrey(each),
    href: each.remainder ? null : options.hrefOf?.(each.label),
  }));
  const shapes = isStack ? stackParts(drawn, frame) : drawn.map(each => line(each, options, frame)).reverse();
  const { labels, labelled } = frame.isDirect ? directLabels(drawn, frame) : { labels: [], labelled: new Set() };
  const cursor = svgElement('g', { class: 'cursor', 'aria-hidden': 'true' });
  const root = picture(
    width,
    height,
    options,
    { class: 'trend', tabindex: '0' },
    axesOf(frame),
    svgElement('g', { 'aria-hidden': 'true' }, ...shapes),
    svgElement('g', { 'aria-hidden': 'true' }, ...releaseLines(frame), ...annotationLines(plot, frame)),
    ...labels,
    cursor,
  );
  const readout = element('div', { class: 'readout', role: 'status', hidden: true });
  attachReadout(root, readout, frame, index => {
    const rows = readoutRows(drawn, index, frame);
    cursor.replaceChildren(
      vertical(xOf(index), area.top, area.bottom, 'at'),
      ...(isStack ? [] : rows.filter(each => each.values[index] != null).map(each => dot(each, index, xOf, yOf, 4))),
    );
    fillReadout(readout, rows, index, options, frame);
  });
  const inLegend = series.length < 2 ? [] : drawn.filter(each => !labelled.has(each));
  return [root, readout, inLegend.length > 0 && legend(inLegend, isStack)].filter(Boolean);
}

/** Where the parts of a trend are: the area of its values, and the places of periods and values in it. */
function frameOf(plot, options, width) {
  const { kind, categories, missing = [], series } = plot;
  const isStack = kind === 'stack';
  const unit = plot.unit ?? options.unit;
  const { measure, threshold, height = TREND_HEIGHT } = options;
  const nameWidth = Math.min(widest(series.map(nameOf)), width * MAX_NAME_PART - 3 * GAP) + 3 * GAP;
  const isDirect = series.length > 1 && width >= NARROW && series.length * LINE < height - 3 * LINE;
  const highest = isStack ? highestSum(plot) : highestEdge(plot, options, unit);
  const ticks = axisTicks(isStack && isShare(measure) ? 1 : highest, isShare(measure), threshold);
  const tickTexts = ticks.map(tick => formatShortValue(tick, measure));
  const releases = unit === 'age' ? [] : releaseMarks(options.releases ?? [], categories);
  const area = {
    left: widest(tickTexts) + GAP,
    right: width - (isDirect ? nameWidth : GAP),
    top: releases.length > 0 ? LINE + 4 : GAP,
    bottom: height - (unit === 'age' ? 2 * LINE + GAP : LINE + GAP),
  };
  const isPoint = !isStack && categories.length < 2;
  const step = (area.right - area.left) / (isStack || isPoint ? categories.length : categories.length - 1);
  return {
    width,
    height,
    area,
    isStack,
    unit,
    categories,
    missing,
    ticks,
    tickTexts,
    releases,
    nameWidth,
    isDirect,
    step,
    xOf: index => (isPoint ? area.right - GAP : area.left + (isStack ? index + 0.5 : index) * step),
    yOf: value => area.bottom - Math.min(1, value / ticks.at(-1)) * (area.bottom - area.top),
    clampX: x => Math.min(area.right, Math.max(area.left, x)),
  };
}

const highestSum = ({ categories, series }) =>
  Math.max(...categories.map((_, i) => series.reduce((sum, { values }) => sum + (values[i] ?? 0), 0)));

/** The upper edge of the highest band, or the highest value where lines have no band. */
function highestEdge({ series }, options, unit) {
  const edges = series.flatMap(({ values, counts }) =>
    values.map(
      (value, i) => (value ?? 0) + (value != null && hasBand(options, unit) ? noiseOf(value, counts?.[i]) : 0),
    ),
  );
  return Math.min(isShare(options.measure) ? 1 : Infinity, Math.max(...edges));
}

/** An axis for the values, and one for the periods, with the gaps between them. */
function axesOf(frame) {
  const { area, unit, missing, ticks, tickTexts, xOf, yOf, clampX } = frame;
  return svgElement(
    'g',
    { 'aria-hidden': 'true' },
    ...runsOf(missing).map(([from, to]) => gap(clampX(xOf(from - 0.5)), clampX(xOf(to + 0.5)), area)),
    ...ticks.flatMap((tick, i) => [
      horizontal(area.left, area.right, yOf(tick), tick === 0 ? 'axis' : 'grid'),
      text(area.left - GAP + 2, yOf(tick) + 4, tickTexts[i], { 'text-anchor': 'end' }),
    ]),
    ...periodTicks(frame),
    unit === 'age' &&
      text((area.left + area.right) / 2, area.bottom + 2 * LINE, 'months since the release', {
        'text-anchor': 'middle',
      }),
  );
}

/** Periods without data. */
const gap = (from, to, { top, bottom }) =>
  svgElement(
    'g',
    {},
    svgElement('rect', { class: 'no-numbers', x: round(from), y: top, width: round(to - from), height: bottom - top }),
    to - from > widthOf(NO_DATA) + GAP && text((from + to) / 2, top + LINE, NO_DATA, { 'text-anchor': 'middle' }),
  );

const annotationLines = ({ marks = [] }, { isStack, area, xOf, clampX }) =>
  marks.map(({ index, text: note }) =>
    svgElement(
      'g',
      {},
      svgElement('title', {}, note),
      vertical(clampX(isStack ? xOf(index - 0.5) : xOf(index)), area.top, area.bottom, 'annotation'),
    ),
  );

const horizontal = (from, to, y, name) =>
  svgElement('line', { class: name, x1: round(from), x2: round(to), y1: Math.round(y) + 0.5, y2: Math.round(y) + 0.5 });

const vertical = (x, from, to, name) =>
  svgElement('line', { class: name, x1: Math.round(x) + 0.5, x2: Math.round(x) + 0.5, y1: from, y2: to });

const dot = ({ values, paint: fill }, index, xOf, yOf, radius) =>
  svgElement('circle', { class: 'shape', cx: round(xOf(index)), cy: round(yOf(values[index])), r: radius, fill });

/** The first and last index of each run of true. */
export function runsOf(flags) {
  const runs = [];
  flags.forEach((flag, i) => {
    if (flag && !flags[i - 1]) {
      runs.push([i, i]);
    } else if (flag) {
      runs.at(-1)[1] = i;
    }
  });
  return runs;
}

/** The labels of periods, thinned out so that they do not touch; the last period has one. */
function periodTicks({ categories, unit, xOf, width, area }) {
  const texts = categories.map(each => formatShortPeriod(each, unit));
  const distance = categories.length < 2 ? width : xOf(1) - xOf(0);
  const every =
    [1, 2, 3, 6, 12, 24, 48, 96, 192, 384].find(count => count * distance >= widest(texts) + TICK_GAP) ?? 768;
  return texts
    .map((content, i) => {
      const half = widthOf(content) / 2;
      const x = Math.min(Math.max(xOf(i), half), width - half);
      return text(x, area.bottom + LINE, content, { 'text-anchor': 'middle' });
    })
    .filter((_, i) => (unit === 'age' ? i : categories.length - 1 - i) % every === 0);
}

/** Where the dates of releases are on an axis of periods: 0.5 is between the first and the second one. */
export function releaseMarks(releases, categories) {
  const starts = categories.map(at => Date.parse(at));
  const longest = Math.max(...starts.slice(1).map((start, i) => start - starts[i]));
  const end = starts.length < 2 ? Infinity : starts.at(-1) + longest;
  return releases.flatMap(({ release, date }) => {
    const time = Date.parse(date);
    const index = starts.findLastIndex(start => start <= time);
    if (index < 0 || time >= end) {
      return [];
    }
    return [{ release, at: index - 0.5 + (time - starts[index]) / ((starts[index + 1] ?? end) - starts[index]) }];
  });
}

/** The newest releases that have space for their names. */
function releaseLines({ releases, xOf, clampX, area: { top, bottom, left, right } }) {
  let free = Infinity;
  return releases.toReversed().flatMap(({ release, at }) => {
    const x = clampX(xOf(at));
    const half = widthOf(release) / 2 + 1;
    const center = Math.min(Math.max(x, left + half), right - half);
    if (center + half > free) {
      return [];
    }
    free = center - half - GAP / 2;
    return [
      vertical(x, top, bottom, 'release'),
      text(center, top - 5, release, { class: 'release-name', 'text-anchor': 'middle' }),
    ];
  });
}

/** The parts of a stack, the first of which is at the top. */
function stackParts(drawn, { categories, ticks, xOf, yOf, step }) {
  const heights = Array(categories.length).fill(0);
  const barWidth = Math.max(1, step * (step > 6 ? 0.86 : 1));
  return drawn.toReversed().map(({ values, paint: fill }) => {
    const parts = values.map((value, i) => {
      if (!value) {
        return '';
      }
      const from = heights[i];
      heights[i] = Math.min(ticks.at(-1), from + value); // rounded shares can add up to more than 100%
      const [x, top, bottom] = [round(xOf(i) - barWidth / 2), round(yOf(heights[i])), round(yOf(from))];
      return `M${x} ${top}h${round(barWidth)}V${bottom}h${-round(barWidth)}z`;
    });
    return svgElement('path', { class: 'shape part', d: parts.join(''), fill });
  });
}

/** How far a value can be off because of noise: a number of instances, or their share. */
const noiseOf = (value, count) => (count == null ? NOISE : count === 0 ? 0 : (value / count) * NOISE);

/** Whether lines have a band that shows the noise. */
const hasBand = ({ noise, measure }, unit) => noise && measure !== 'share' && unit !== 'week';

/** A line with gaps where nothing is published. Points between two gaps are dots. */
function line(each, options, { xOf, yOf, unit }) {
  const { values, counts, paint: color, dash, last } = each;
  const point = i => `${round(xOf(i))} ${round(yOf(values[i]))}`;
  const runs = runsOf(values.map(value => value != null));
  const path = runs.filter(([from, to]) => to > from).map(([from, to]) => `M${range(from, to).map(point).join('L')}`);
  const dots = runs.filter(([from, to]) => from === to || to === last).map(([, to]) => to);
  const edge = (i, sign) =>
    `${round(xOf(i))} ${round(yOf(Math.max(0, values[i] + sign * noiseOf(values[i], counts?.[i]))))}`;
  const bands =
    !hasBand(options, unit) || each.isGrey
      ? []
      : runs.map(([from, to]) => {
          const indexes = range(from, to);
          const lower = [...indexes].reverse().map(i => edge(i, -1));
          return `M${[...indexes.map(i => edge(i, 1)), ...lower].join('L')}z`;
        });
  return svgElement(
    'g',
    {},
    bands.length > 0 && svgElement('path', { class: 'shape band', d: bands.join(''), fill: color }),
    svgElement('path', { class: 'shape line', d: path.join(''), stroke: color, 'stroke-dasharray': dash }),
    ...dots.map(i => dot(each, i, xOf, yOf, 2.5)),
  );
}

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** The names of lines and of the parts of a stack, beside their last value. */
function directLabels(drawn, frame) {
  const { isStack, xOf, yOf, area, nameWidth } = frame;
  const lastOfAll = Math.max(...drawn.map(each => each.last));
  const labelled = new Set();
  const places = [];
  let below = 0;
  for (const each of isStack ? drawn.toReversed() : drawn) {
    const value = isStack ? each.values[lastOfAll] : each.values[each.last];
    const y = isStack ? yOf(below + (value ?? 0) / 2) : yOf(value);
    below += value ?? 0;
    if (isStack && area.bottom - yOf(value ?? 0) < LINE - 3) {
      continue;
    }
    labelled.add(each);
    // A line that ends early has its name at its end, if it fits there.
    const isInside = !isStack && each.last < lastOfAll && xOf(each.last) + nameWidth < area.right;
    places.push({ each, y, x: isInside ? xOf(each.last) - GAP : area.right, isInside });
  }
  const outside = places.filter(place => !place.isInside);
  const spreadOut = spread(
    outside.map(({ y }) => y),
    LINE,
    area.top + 4,
    area.bottom,
  );
  outside.forEach((place, i) => (place.labelY = spreadOut[i]));
  for (const place of places.filter(({ isInside }) => isInside)) {
    place.labelY = freeY(place, places, drawn, frame);
  }
  return { labels: places.map(place => directLabel(place, frame)), labelled };
}

function directLabel({ each, x, y, labelY }, { isStack, nameWidth }) {
  const content = svgElement(
    'g',
    {},
    svgElement('title', {}, printable(each.label)),
    svgElement('path', {
      class: isStack ? 'shape key part' : 'shape key line',
      d: isStack
        ? `M${x + 5} ${round(labelY - 5)}h10v10h-10z`
        : `M${round(x + 3)} ${round(Math.abs(labelY - y) > 3 ? y : labelY)}L${round(x + 8)} ${round(labelY)}h9`,
      fill: isStack ? each.paint : null,
      stroke: isStack ? null : each.paint,
      'stroke-dasharray': each.dash,
    }),
    text(x + 20, labelY + 4, fit(nameOf(each), nameWidth - 2 * GAP), { class: each.isGrey ? 'grey name' : 'name' }),
  );
  return each.href ? svgElement('a', { class: 'direct', href: each.href }, content) : content;
}

/** A height for a name at the end of a line that ends early, away from other lines and names. */
function freeY({ each, y }, places, drawn, { xOf, yOf, area: { top, bottom } }) {
  const from = xOf(each.last);
  const to = from + widthOf(nameOf(each)) + 3 * GAP;
  const others = drawn
    .filter(other => other !== each)
    .flatMap(({ values }) =>
      values.map((value, i) => (value != null && xOf(i) >= from && xOf(i) <= to ? yOf(value) : null)),
    )
    .concat(places.map(({ isInside, x, labelY }) => (isInside && Math.abs(x - from) < to - from ? labelY : null)))
    .filter(taken => taken != null);
  const space = at => Math.min(LINE, ...others.map(taken => Math.abs(taken - at)));
  const candidates = [0, -LINE, LINE, -2 * LINE, 2 * LINE]
    .map(offset => y + offset)
    .filter(at => at > top && at < bottom);
  return candidates.reduce((best, at) => (space(at) > space(best) + 1 ? at : best), y);
}

/**
 * Moves positions apart until each two are at least that distance from each other, and all of them within limits if there is
 * space. The order stays.
 */
export function spread(positions, distance, min, max) {
  const order = positions.map((_, i) => i).sort((a, b) => positions[a] - positions[b]);
  // Groups of neighbours that touch are centred around the mean of their positions.
  const groups = [];
  for (const i of order) {
    groups.push({ members: [i], center: positions[i] });
    for (;;) {
      const last = groups.at(-1);
      const half = ((last.members.length - 1) * distance) / 2;
      last.center = Math.max(min + half, Math.min(max - half, last.center));
      const previous = groups.at(-2);
      if (!previous) {
        break;
      }
      const needed = ((previous.members.length + last.members.length) * distance) / 2;
      if (last.center - previous.center >= needed - 1e-9) {
        break;
      }
      groups.splice(-2);
      const members = [...previous.members, ...last.members];
      groups.push({ members, center: members.reduce((sum, each) => sum + positions[each], 0) / members.length });
    }
  }
  const moved = [];
  for (const { members, center } of groups) {
    members.forEach((i, k) => (moved[i] = center + (k - (members.length - 1) / 2) * distance));
  }
  return moved;
}

// --- Legend and values ------------------------------------------------------------------------

/** A small square or line in the color of a series. */
const key = ({ paint: color, dash }, isStack) =>
  svgElement(
    'svg',
    { class: 'key', width: 14, height: 10, 'aria-hidden': 'true' },
    isStack
      ? svgElement('rect', { class: 'shape', x: 2, width: 10, height: 10, rx: 2, fill: color })
      : svgElement('path', { class: 'shape line', d: 'M0 5h14', stroke: color, 'stroke-dasharray': dash }),
  );

const legend = (drawn, isStack) =>
  element(
    'ul',
    { class: 'legend' },
    ...drawn.map(each => {
      const name = isolated(nameOf(each));
      return element('li', {}, key(each, isStack), each.href ? element('a', { href: each.href }, name) : name);
    }),
  );

/** The series that have something to say about a period: from the top of a stack, or the largest first. */
function readoutRows(drawn, index, { isStack, unit }) {
  const rows = drawn.filter(({ values }) => values[index] != null || (unit !== 'age' && !isStack));
  return isStack ? rows : rows.sort((a, b) => (b.values[index] ?? -1) - (a.values[index] ?? -1));
}

/** Writes the values of a period beside it, on the side that has more space. */
function fillReadout(
  readout,
  rows,
  index,
  { measure, threshold },
  { width, height, isStack, categories, unit, missing, xOf },
) {
  const describe = ({ values, counts }) =>
    values[index] != null
      ? formatWithCount(values[index], counts?.[index], measure)
      : missing[index]
        ? NO_DATA
        : measure === 'share'
          ? 'not published'
          : `fewer than ${threshold}`;
  readout.replaceChildren(
    element('p', {}, capitalize(formatPeriod(categories[index], unit))),
    element(
      'ul',
      {},
      ...rows.map(each =>
        element('li', {}, key(each, isStack), isolated(nameOf(each)), ' ', element('b', {}, describe(each))),
      ),
    ),
  );
  const x = xOf(index);
  const isLeft = x > width / 2;
  const place =
    width < NARROW
      ? { top: `${height}px`, left: 0, right: 0 } // over the legend, which says the same
      : { left: isLeft ? 'auto' : `${x + GAP}px`, right: isLeft ? `${width - x + GAP}px` : 'auto' };
  Object.assign(readout.style, place);
}

/** Shows the values of one period: the nearest one to the pointer, or the one that arrow keys select. */
function attachReadout(root, readout, { categories: { length }, xOf }, show) {
  let current = null;
  const select = index => {
    if (index !== current) {
      current = index;
      readout.hidden = index == null;
      root.classList.toggle('reading', index != null);
      if (index != null) {
        show(index);
      }
    }
  };
  const nearest = event => {
    const x = event.clientX - root.getBoundingClientRect().left;
    const distance = length < 2 ? 1 : xOf(1) - xOf(0);
    return Math.min(length - 1, Math.max(0, Math.round((x - xOf(0)) / distance)));
  };
  root.addEventListener('pointermove', event => select(nearest(event)));
  root.addEventListener('pointerdown', event => select(nearest(event)));
  root.addEventListener('pointerleave', event => event.pointerType === 'mouse' && select(null)); // a finger has left, too
  root.addEventListener('blur', () => select(null));
  root.addEventListener('keydown', event => {
    const to = {
      ArrowLeft: (current ?? length) - 1,
      ArrowRight: (current ?? -1) + 1,
      Home: 0,
      End: length - 1,
      Escape: null,
    };
    if (event.target === root && event.key in to) {
      event.preventDefault();
      const index = to[event.key];
      select(index == null ? null : Math.min(length - 1, Math.max(0, index)));
    }
  });
}
