// Draws plots (see series.js) on canvases with Chart.js, in the page's colors and fonts.
import { element } from './dom.js';
import {
  formatPeriod,
  formatShortPeriod,
  formatShortValue,
  formatWithCount,
  isShare,
  isSpecial,
  printable,
  truncate,
} from './format.js';

const SERIES_COLORS = 8;
const BAR_HEIGHT = 26;
const TREND_HEIGHT = 270;
/** Special labels of one chart have different greys. */
const GREYS = {
  '(own)': 'var(--other)',
  '(development build)': 'color-mix(in oklab, var(--remainder) 50%, var(--ramp-mid))',
  '(not a release)': 'color-mix(in oklab, var(--remainder) 75%, var(--ramp-mid))',
};
/** Longer names of bars are truncated, in CSS pixels. */
const MAX_NAME_WIDTH = 180;
/** Space between the names of bars and the bars. */
const NAME_PADDING = 12;
/** Space for the values beside bars, with and without numbers of instances. Narrow plots have no space for these. */
const VALUE_WIDTH = 56;
const VALUE_AND_COUNT_WIDTH = 84;
const MIN_WIDTH_FOR_COUNTS = 400;
/** Lines of more points have no dots. */
const MAX_DOTS = 36;

/** The chart on each canvas. */
const drawings = new Map();
let chartJs;
let measuringContext;

/** Loads Chart.js when the first chart is drawn. */
async function loadChartJs() {
  chartJs ??= import('/lib/chart.umd.min.js').then(() => {
    const { Chart } = globalThis;
    Chart.defaults.animation = false;
    Chart.defaults.maintainAspectRatio = false;
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    return Chart;
  });
  return chartJs;
}

/** The CSS color of a series: grey if it groups labels or is secondary, from a ramp if the labels have an order. */
export function colorOf({ label, remainder, secondary, position }, index) {
  if (remainder || secondary || isSpecial(label)) {
    return GREYS[label] ?? (secondary ? 'var(--other)' : 'var(--remainder)');
  }
  if (position == null) {
    return `var(--series-${(index % SERIES_COLORS) + 1})`;
  }
  return position < 0.5
    ? `color-mix(in oklab, var(--ramp-mid) ${Math.round(position * 200)}%, var(--ramp-old))`
    : `color-mix(in oklab, var(--ramp-new) ${Math.round(position * 200 - 100)}%, var(--ramp-mid))`;
}

/** Resolves a CSS color, which can be a variable, to its value in the current theme. */
function resolveColor(css) {
  const probe = element('span', { hidden: true });
  document.body.append(probe);
  probe.style.color = css;
  const color = getComputedStyle(probe).color;
  probe.remove();
  return color;
}

/** The height of a plot in CSS pixels. */
export const heightOf = plot => (plot.kind === 'bars' ? plot.categories.length * BAR_HEIGHT + 8 : TREND_HEIGHT);

/**
 * Draws a plot on a canvas and replaces the drawing that was there.
 *
 * @param options measure, unit of the period ("month" or "day"), threshold, and select: called with the label of a bar
 *     that is clicked, or null
 */
export async function draw(canvas, plot, options) {
  const Chart = await loadChartJs();
  drawings.get(canvas)?.chart.destroy();
  releaseRemoved();
  const box = canvas.parentElement;
  box.style.height = `${heightOf(plot)}px`;
  const chart = new Chart(
    canvas,
    plot.kind === 'bars' ? barChart(plot, options, box.clientWidth) : trendChart(plot, options),
  );
  drawings.set(canvas, { chart, plot, options });
}

/** Draws all charts again, in the colors of the theme that is now active. */
export function redrawAll() {
  releaseRemoved();
  for (const [canvas, { plot, options }] of [...drawings]) {
    draw(canvas, plot, options);
  }
}

/** Releases the charts whose canvases are no longer on the page. */
function releaseRemoved() {
  for (const [canvas, { chart }] of [...drawings]) {
    if (!canvas.isConnected) {
      chart.destroy();
      drawings.delete(canvas);
    }
  }
}

function tooltip() {
  return {
    backgroundColor: resolveColor('var(--tooltip)'),
    titleColor: resolveColor('var(--on-tooltip)'),
    bodyColor: resolveColor('var(--on-tooltip)'),
    padding: 10,
    boxPadding: 4,
  };
}

function barChart({ categories, series: [{ values, counts }] }, { measure, select }, plotWidth) {
  const lineColor = resolveColor('var(--line)');
  const textColor = resolveColor('var(--ink)');
  const barColor = resolveColor('var(--series-1)');
  const specialColor = resolveColor('var(--other)');
  const countsBeside = plotWidth < MIN_WIDTH_FOR_COUNTS ? null : counts;
  const valueWidth = countsBeside ? VALUE_AND_COUNT_WIDTH : VALUE_WIDTH;
  // Chart.js gives half of the width to the names and cuts off longer ones.
  const nameWidth = Math.min(MAX_NAME_WIDTH, (plotWidth - valueWidth) / 2 - NAME_PADDING);
  const isSelectable = bar => select != null && bar != null && !isSpecial(categories[bar.index]);
  return {
    type: 'bar',
    data: {
      labels: categories.map(printable),
      datasets: [
        {
          data: values,
          backgroundColor: categories.map(label => (isSpecial(label) ? specialColor : barColor)),
          borderRadius: 3,
          barPercentage: 0.78,
          categoryPercentage: 1,
          minBarLength: 2,
        },
      ],
    },
    options: {
      indexAxis: 'y',
      layout: { padding: { right: valueWidth } },
      onClick: (event, [bar]) => isSelectable(bar) && select(categories[bar.index]),
      onHover: (event, [bar]) => {
        event.native.target.style.cursor = isSelectable(bar) ? 'pointer' : '';
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          ...tooltip(),
          displayColors: false,
          callbacks: { label: ({ raw, dataIndex }) => formatWithCount(raw, counts?.[dataIndex], measure) },
        },
      },
      scales: {
        x: { display: false, beginAtZero: true, max: Math.max(...values) || 1 },
        y: {
          grid: { display: false },
          border: { color: lineColor },
          ticks: {
            color: textColor,
            autoSkip: false,
            callback: (_, i) => truncateToWidth(categories[i], nameWidth),
          },
        },
      },
    },
    plugins: [valuesBesideBars(values, countsBeside, measure, textColor)],
  };
}

/** A label that is safe to show, in at most `width` pixels of an axis. */
function truncateToWidth(label, width) {
  measuringContext ??= document.createElement('canvas').getContext('2d');
  measuringContext.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  let length = 40;
  let text = truncate(label, length);
  while (length > 4 && measuringContext.measureText(text).width > width) {
    length--;
    text = truncate(label, length);
  }
  return text;
}

/** Writes each bar's value beside its end, because the axis has no ticks. */
const valuesBesideBars = (values, counts, measure, color) => ({
  id: 'values',
  afterDatasetsDraw(chart) {
    const { ctx } = chart;
    ctx.save();
    ctx.fillStyle = color;
    ctx.font = `12px ${getComputedStyle(document.body).fontFamily}`;
    ctx.textBaseline = 'middle';
    chart
      .getDatasetMeta(0)
      .data.forEach((bar, i) => ctx.fillText(formatWithCount(values[i], counts?.[i], measure), bar.x + 6, bar.y));
    ctx.restore();
  },
});

/** Shades periods without data, and draws a line where an annotated period begins. */
const shadesAndMarks = ({ kind, missing = [], marks = [] }, shade, color) => {
  const beginOf = (x, i) =>
    x.getPixelForValue(i) - (i === 0 ? 0 : (x.getPixelForValue(i) - x.getPixelForValue(i - 1)) / 2);
  const endOf = (x, i) => (i === missing.length - 1 ? x.right : beginOf(x, i + 1));
  return {
    id: 'shades-and-marks',
    beforeDatasetsDraw({ ctx, chartArea: { top, bottom, left }, scales: { x } }) {
      ctx.save();
      ctx.fillStyle = shade;
      for (let i = missing.indexOf(true); i >= 0; i = missing.indexOf(true, i + 1)) {
        const from = i === 0 ? left : beginOf(x, i);
        while (missing[i + 1]) {
          i++;
        }
        ctx.fillRect(from, top, endOf(x, i) - from, bottom - top);
      }
      ctx.restore();
    },
    afterDatasetsDraw({ ctx, chartArea: { top, bottom }, scales: { x } }) {
      ctx.save();
      ctx.strokeStyle = color;
      ctx.setLineDash([4, 4]);
      for (const mark of marks) {
        const at = kind === 'stack' ? beginOf(x, mark) : x.getPixelForValue(mark);
        ctx.beginPath();
        ctx.moveTo(at, top);
        ctx.lineTo(at, bottom);
        ctx.stroke();
      }
      ctx.restore();
    },
  };
};

/** Lines that share a hue differ by their dashes. */
const DASHES = [[], [6, 3], [2, 3]];

function trendChart(plot, { measure, unit, threshold }) {
  const { kind, categories, missing = [], series } = plot;
  const textColor = resolveColor('var(--muted)');
  const lineColor = resolveColor('var(--line)');
  const isStack = kind === 'stack';
  const describe = (value, count, isMissing) =>
    value != null ? formatWithCount(value, count, measure) : isMissing ? 'no data' : `fewer than ${threshold}`;
  return {
    type: isStack ? 'bar' : 'line',
    data: {
      labels: categories.map(date => formatShortPeriod(date, unit)),
      datasets: series.map((each, i) => {
        const color = resolveColor(colorOf(each, i));
        return {
          label: truncate(each.label, 40),
          data: each.values,
          backgroundColor: color,
          hoverBackgroundColor: color,
          borderColor: color,
          hoverBorderColor: color,
          borderWidth: isStack ? 0 : each.secondary ? 1 : 2,
          borderDash: isStack || each.secondary ? undefined : DASHES[Math.floor(i / 3) % DASHES.length],
          pointRadius: categories.length <= MAX_DOTS && !each.secondary ? 2 : 0,
          pointHitRadius: 8,
          barPercentage: 0.92,
          categoryPercentage: 0.92,
          stack: 'all',
        };
      }),
    },
    options: {
      interaction: { mode: 'index', intersect: false },
      plugins: {
        legend: { display: false },
        tooltip: {
          ...tooltip(),
          itemSort: isStack ? (a, b) => b.datasetIndex - a.datasetIndex : (a, b) => b.raw - a.raw,
          callbacks: {
            title: ([item]) => item && formatPeriod(categories[item.dataIndex], unit),
            label: ({ dataset, datasetIndex, dataIndex, raw }) =>
              `${dataset.label}: ${describe(raw, series[datasetIndex].counts?.[dataIndex], missing[dataIndex])}`,
          },
        },
      },
      scales: {
        x: {
          stacked: isStack,
          grid: { display: false },
          border: { color: lineColor },
          ticks: { color: textColor, maxRotation: 0, autoSkipPadding: 12 },
        },
        y: {
          stacked: isStack,
          beginAtZero: true,
          max: isStack && isShare(measure) ? 1 : undefined,
          grid: { color: lineColor, drawTicks: false },
          border: { display: false },
          ticks: {
            color: textColor,
            maxTicksLimit: 6,
            precision: isShare(measure) ? 2 : 0,
            padding: 6,
            callback: tick => formatShortValue(tick, measure),
          },
        },
      },
    },
    plugins: [shadesAndMarks(plot, resolveColor('var(--raised)'), resolveColor('var(--ink)'))],
  };
}
