// Pictures by Chart.js, in the page's own colours and type.
import { element } from './dom.js';
import { OTHER, isSpecial, shortPeriod, shortValue, shortened, shown, period, value } from './words.js';

const SERIES_COLOURS = 8;
const BAR_HEIGHT = 26;
const TREND_HEIGHT = 270;
const drawn = new Map();
let library;
let measuring;

/** Chart.js, fetched when the first picture comes into sight. */
async function chartJs() {
  library ??= import('/lib/chart.umd.min.js').then(() => {
    const { Chart } = globalThis;
    Chart.defaults.animation = false;
    Chart.defaults.maintainAspectRatio = false;
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    return Chart;
  });
  return library;
}

/** The colour of a series, in CSS: grey for what is no label in particular, a ramp for labels that have an order. */
export function colourOf({ label, rest, faint, place }, index) {
  if (rest || faint || isSpecial(label)) {
    return label === OTHER || faint ? 'var(--other)' : 'var(--rest)';
  }
  if (place == null) {
    return `var(--series-${(index % SERIES_COLOURS) + 1})`;
  }
  return place < 0.5
    ? `color-mix(in oklab, var(--ramp-mid) ${Math.round(place * 200)}%, var(--ramp-old))`
    : `color-mix(in oklab, var(--ramp-new) ${Math.round(place * 200 - 100)}%, var(--ramp-mid))`;
}

/** What a colour in CSS is in the theme of the moment. */
function resolved(css) {
  const probe = element('span', { hidden: true });
  document.body.append(probe);
  probe.style.color = css;
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

/** How high it wants to be, in CSS pixels: bars by their number. */
export const heightOf = picture => (picture.form === 'bars' ? picture.names.length * BAR_HEIGHT + 8 : TREND_HEIGHT);

/**
 * Draws a picture (see series.js) into a canvas, in place of what was there.
 *
 * @param options measure, unit of the period ("month", "day"), and what a click on a bar does, if anything
 */
export async function draw(canvas, picture, options) {
  const Chart = await chartJs();
  drawn.get(canvas)?.chart.destroy();
  forgetRemoved();
  canvas.parentElement.style.height = `${heightOf(picture)}px`;
  const chart = new Chart(canvas, picture.form === 'bars' ? barsOf(picture, options) : trendOf(picture, options));
  drawn.set(canvas, { chart, picture, options });
}

/** Draws everything again in the colours of the theme, which has changed. */
export function recolour() {
  forgetRemoved();
  for (const [canvas, { picture, options }] of [...drawn]) {
    draw(canvas, picture, options);
  }
}

/** Frees what was drawn into canvases that are no longer on the page. */
function forgetRemoved() {
  for (const [canvas, { chart }] of [...drawn]) {
    if (!canvas.isConnected) {
      chart.destroy();
      drawn.delete(canvas);
    }
  }
}

function tooltip() {
  return {
    backgroundColor: resolved('var(--tooltip)'),
    titleColor: resolved('var(--on-tooltip)'),
    bodyColor: resolved('var(--on-tooltip)'),
    padding: 10,
    boxPadding: 4,
  };
}

function barsOf({ names, series: [{ values }] }, { measure, choose }) {
  const grid = resolved('var(--line)');
  const strong = resolved('var(--ink)');
  const narrow = innerWidth < 480;
  const bar = resolved('var(--series-1)');
  const grey = resolved('var(--other)');
  return {
    type: 'bar',
    data: {
      labels: names.map(shown),
      datasets: [
        {
          data: values,
          backgroundColor: names.map(name => (isSpecial(name) ? grey : bar)),
          borderRadius: 3,
          barPercentage: 0.78,
          categoryPercentage: 1,
          minBarLength: 2,
        },
      ],
    },
    options: {
      indexAxis: 'y',
      layout: { padding: { right: 56 } },
      onClick: (event, [hit]) => hit && !isSpecial(names[hit.index]) && choose?.(names[hit.index]),
      onHover: (event, [hit]) => {
        event.native.target.style.cursor = choose && hit && !isSpecial(names[hit.index]) ? 'pointer' : '';
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          ...tooltip(),
          displayColors: false,
          callbacks: { label: ({ raw }) => `${measure === 'share' ? '' : 'at least '}${value(raw, measure)}` },
        },
      },
      scales: {
        x: { display: false, beginAtZero: true, max: Math.max(...values) || 1 }, // each bar has its number beside it
        y: {
          grid: { display: false },
          border: { color: grid },
          ticks: {
            color: strong,
            autoSkip: false,
            callback: (_, i) => fitting(names[i], narrow ? 108 : 180),
          },
        },
      },
    },
    plugins: [valuesBesideBars(values, measure, strong)],
  };
}

/** A label in at most so many pixels of an axis. */
function fitting(label, width) {
  measuring ??= document.createElement('canvas').getContext('2d');
  measuring.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  let length = 40;
  let text = shortened(label, length);
  while (length > 4 && measuring.measureText(text).width > width) {
    length--;
    text = shortened(label, length);
  }
  return text;
}

/** Writes each bar's value behind its end, so that nobody has to measure by eye. */
const valuesBesideBars = (values, measure, colour) => ({
  id: 'values',
  afterDatasetsDraw(chart) {
    const { ctx } = chart;
    ctx.save();
    ctx.fillStyle = colour;
    ctx.font = `12px ${getComputedStyle(document.body).fontFamily}`;
    ctx.textBaseline = 'middle';
    chart.getDatasetMeta(0).data.forEach((bar, i) => ctx.fillText(shortValue(values[i], measure), bar.x + 6, bar.y));
    ctx.restore();
  },
});

const DASHES = [[], [6, 3], [2, 3]];

function trendOf({ form, names, series }, { measure, unit }) {
  const text = resolved('var(--muted)');
  const grid = resolved('var(--line)');
  const stack = form === 'stack';
  const few = names.length <= 36;
  return {
    type: stack ? 'bar' : 'line',
    data: {
      labels: names.map(name => shortPeriod(name, unit)),
      datasets: series.map((one, i) => {
        const colour = resolved(colourOf(one, i));
        return {
          label: shortened(one.label, 40),
          data: one.values,
          backgroundColor: colour,
          hoverBackgroundColor: colour,
          borderColor: colour,
          hoverBorderColor: colour,
          borderWidth: stack ? 0 : one.faint ? 1 : 2,
          borderDash: stack || one.faint ? undefined : DASHES[Math.floor(i / 3) % DASHES.length],
          pointRadius: few && !one.faint ? 2 : 0,
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
          itemSort: stack ? (a, b) => b.datasetIndex - a.datasetIndex : (a, b) => b.raw - a.raw,
          callbacks: {
            title: ([item]) => item && period(names[item.dataIndex], unit),
            label: ({ dataset, raw }) => `${dataset.label}: ${raw == null ? 'not published' : value(raw, measure)}`,
          },
        },
      },
      scales: {
        x: {
          stacked: stack,
          grid: { display: false },
          border: { color: grid },
          ticks: { color: text, maxRotation: 0, autoSkipPadding: 12 },
        },
        y: {
          stacked: stack,
          beginAtZero: true,
          max: stack && measure === 'share' ? 1 : undefined,
          grid: { color: grid, drawTicks: false },
          border: { display: false },
          ticks: { color: text, maxTicksLimit: 6, padding: 6, callback: tick => shortValue(tick, measure) },
        },
      },
    },
  };
}
