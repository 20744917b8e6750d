// A chart as a card: title, question, picture with its choices, table, and ways out.
import { load } from './data.js';
import { element, isolated } from './dom.js';
import { colourOf, draw, heightOf } from './picture.js';
import { bars, defaultForm, lastPeriod, measures, periods, trend, valueOf } from './series.js';
import { NONE, OTHER, explainSpecial, isSpecial, measureName, period, shown, value, whole } from './words.js';

/** Kinds of features that the explorer knows, by the name of their chart. */
export const EXPLORED = {
  'stage-types': 'stage type',
  'cloud-providers': 'cloud provider',
  triggers: 'trigger',
};

/** Where the explorer shows a feature. */
export const featureHash = (chart, label) => `#${chart}/${encodeURIComponent(label)}`;

/**
 * The card of one chart of index.json. It loads and draws itself when it comes near the window.
 *
 * @param months how far back the trend goes, null for all
 * @param embedded whether it stands in somebody else's page: links then open beside it
 */
export function card(chart, { months, embedded = false }) {
  const ids = { title: `${chart.name}-title`, question: `${chart.name}-question` };
  const body = element('div', { class: 'card-body' }, element('div', { class: 'picture waiting' }));
  const choices = element('div', { class: 'choices' });
  const article = element(
    'article',
    { class: 'card', id: chart.name, 'aria-labelledby': ids.title },
    element(
      'header',
      {},
      element(
        'div',
        {},
        element('h3', { id: ids.title }, chart.title),
        element('p', { class: 'question', id: ids.question }, chart.question),
      ),
      choices,
    ),
    body,
  );
  const state = { months, measure: null, form: null, file: null };

  async function show() {
    try {
      state.file = await load(chart.name);
    } catch {
      body.replaceChildren(
        element(
          'p',
          { class: 'problem', role: 'status' },
          'This chart cannot be loaded just now. ',
          element('button', { type: 'button', click: show }, 'Try again'),
        ),
      );
      return;
    }
    state.measure ??= state.file.measure;
    state.form ??= defaultForm(state.file);
    choices.replaceChildren(...choicesOf(state, redraw).filter(Boolean));
    redraw();
  }

  async function redraw() {
    await fill(body, state, { embedded });
    article.dataset.drawn = `${state.form} ${state.measure} ${state.months ?? 'all'}`;
  }

  whenNear(article, show);
  return {
    article,
    choosePeriod(wanted) {
      state.months = wanted;
      if (state.file) {
        redraw();
      }
    },
  };
}

/** Calls once, as soon as the element is about to be seen. */
export function whenNear(target, call) {
  new IntersectionObserver(
    (entries, observer) => {
      if (entries.some(entry => entry.isIntersecting)) {
        observer.disconnect();
        call();
      }
    },
    { rootMargin: '400px' },
  ).observe(target);
}

function choicesOf(state, redraw) {
  const { file } = state;
  const forms = file.period === 'day' ? ['trend'] : ['last', 'trend'];
  return [
    select(
      `${file.title}: what is drawn`,
      measures(file),
      measure => measureName(measure, file),
      state.measure,
      chosen => {
        state.measure = chosen;
        redraw();
      },
    ),
    select(
      `${file.title}: how it is drawn`,
      forms,
      form => (form === 'last' ? 'last month' : 'over time'),
      state.form,
      chosen => {
        state.form = chosen;
        redraw();
      },
    ),
  ];
}

function select(label, values, name, current, chosen) {
  if (values.length < 2) {
    return null;
  }
  const options = values.map(each => element('option', { value: each, selected: each === current }, name(each)));
  return element('select', { 'aria-label': label, change: event => chosen(event.target.value) }, ...options);
}

async function fill(body, state, { embedded }) {
  const { file, measure, form, months } = state;
  const picture = form === 'last' ? bars(file, measure) : trend(file, measure, months);
  if (picture.names.length === 0 || picture.series.length === 0) {
    body.replaceChildren(
      element('p', { class: 'nothing' }, `Nothing here yet that at least ${file.threshold} instances stand for.`),
      waysOut(file, embedded),
    );
    return;
  }
  const sentence = inWords(file, picture, measure);
  const canvas = element('canvas', {
    role: 'img',
    'aria-label': `${file.title}. ${sentence} The table below has every number.`,
  });
  const explored = EXPLORED[file.name] && !embedded;
  const figure = element(
    'figure',
    {},
    element('figcaption', {}, sentence),
    element('div', { class: 'picture' }, canvas),
    legend(file, picture, explored),
    footnotes(file, picture),
  );
  figure.querySelector('.picture').style.height = `${heightOf(picture)}px`;
  const open = body.querySelector('details.table')?.open;
  body.replaceChildren(
    figure,
    tableOf(file, form === 'last' ? [lastPeriod(file)] : periods(file, months), open),
    waysOut(file, embedded),
  );
  await draw(canvas, picture, {
    measure,
    unit: file.period,
    choose: explored
      ? label => {
          location.hash = featureHash(file.name, label);
        }
      : null,
  });
}

/** The picture's main point, for those who cannot see it and for those who have no time to look. */
export function inWords(file, picture, measure) {
  const name = measureName(measure, file);
  const few = number => `${measure === 'share' ? '' : 'at least '}${value(number, measure)}`;
  if (picture.form === 'bars') {
    const [{ values }] = picture.series;
    const named = picture.names
      .map((label, i) => ({ label, number: values[i] }))
      .filter(({ label }) => !isSpecial(label));
    const first =
      file.name === 'version-adoption' // where the newest are the news, and the oldest are everybody
        ? named.slice(-3).reverse()
        : named.sort((a, b) => b.number - a.number).slice(0, 3);
    const most = first.map(
      ({ label, number }, i) => `${shown(label)} (${i === 0 ? few(number) : value(number, measure)})`,
    );
    const ofAll = measure === 'instances' || (measure === 'share' && file.unit === 'instances');
    const of = file.instances == null || !ofAll ? name : `of ${whole(file.instances)} instances`;
    const when = period(lastPeriod(file), file.period);
    return `${when}, ${of}: ${most.length === 0 ? 'too few to name any' : most.join(', ')}.`;
  }
  const from = period(picture.names[0], file.period);
  const to = period(picture.names.at(-1), file.period);
  const last = picture.series.filter(({ values }) => values.at(-1) != null);
  const lead = last
    .filter(one => !one.rest && !one.faint && !isSpecial(one.label))
    .sort((a, b) => b.values.at(-1) - a.values.at(-1))[0];
  const span = `${capital(name)}, ${from} to ${to}.`;
  if (!lead) {
    return span;
  }
  const start = lead.values[0] == null ? '' : `, from ${few(lead.values[0])} at the start`;
  const others = picture.series.length > 1;
  const who = !others
    ? 'It ends'
    : picture.series.some(one => one.faint)
      ? `The ${lead.label} ends`
      : `“${shown(lead.label)}” leads`;
  return `${span} ${who} with ${few(lead.values.at(-1))}${start}.`;
}

const capital = text => text.charAt(0).toUpperCase() + text.slice(1);

function legend(file, picture, explored) {
  if (picture.form === 'bars' || picture.series.length < 2) {
    return null;
  }
  return element(
    'ul',
    { class: 'legend' },
    ...picture.series.map((one, i) => {
      const swatch = element('span', { class: 'swatch', 'aria-hidden': 'true' });
      swatch.style.backgroundColor = colourOf(one, i);
      const name = isolated(shown(one.label));
      return element(
        'li',
        {},
        swatch,
        explored && !one.rest && !isSpecial(one.label)
          ? element('a', { href: featureHash(file.name, one.label) }, name)
          : name,
      );
    }),
  );
}

function footnotes(file, picture) {
  const labels = picture.form === 'bars' ? picture.names : picture.series.map(one => one.label);
  const notes = [];
  if (picture.leftOut > 0) {
    notes.push(`${picture.leftOut} more in the table.`);
  }
  for (const special of [OTHER, NONE].filter(each => labels.includes(each))) {
    notes.push(explainSpecial(special, file));
  }
  return notes.length === 0 ? null : element('p', { class: 'footnote' }, notes.join(' '));
}

/** Every number of these periods, newest first; made when it is opened. */
export function tableOf(file, inPeriods, open = false, onlyLabel = null) {
  const details = element('details', { class: 'table', open }, element('summary', {}, 'Table'));
  const wanted = new Set(inPeriods);
  const build = () => {
    if (!details.open || details.querySelector('table')) {
      return;
    }
    const rows = file.rows
      .filter(row => wanted.has(row.period) && (onlyLabel == null || row.label === onlyLabel))
      .sort((a, b) => (a.period < b.period ? 1 : a.period > b.period ? -1 : b.instances - a.instances));
    const one = wanted.size === 1;
    const columns = measures(file);
    const caption =
      `${file.title}: numbers ${one ? `of ${period(inPeriods[0], file.period)}` : `by ${file.period}`}, ` +
      'rounded down';
    details.append(
      element(
        'div',
        { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
        element(
          'table',
          {},
          element('caption', {}, caption),
          element(
            'thead',
            {},
            element(
              'tr',
              {},
              ...[...(one ? [] : [capital(file.period)]), 'Label'].map(head => element('th', { scope: 'col' }, head)),
              ...columns.map(measure =>
                element('th', { scope: 'col', class: 'number' }, capital(measureName(measure, file))),
              ),
            ),
          ),
          element('tbody', {}, ...rows.map(row => tableRow(file, row, one, columns))),
        ),
      ),
    );
  };
  details.addEventListener('toggle', build);
  build();
  return details;
}

function tableRow(file, row, one, columns) {
  const label = isolated(shown(row.label));
  const explored = EXPLORED[file.name] && !isSpecial(row.label) && document.body.dataset.page === 'dashboard';
  return element(
    'tr',
    {},
    one ? null : element('td', { class: 'period' }, period(row.period, file.period)),
    element(
      'th',
      { scope: 'row' },
      explored ? element('a', { href: featureHash(file.name, row.label) }, label) : label,
    ),
    ...columns.map(measure => {
      const number = valueOf(file, row, measure);
      return element('td', { class: 'number' }, number == null ? 'not published' : value(number, measure));
    }),
  );
}

function waysOut(file, embedded) {
  const aside = embedded ? { target: '_blank', rel: 'noopener' } : {};
  const link = (href, text, named) => element('a', { href, ...aside, 'aria-label': `${file.title}: ${named}` }, text);
  return element(
    'p',
    { class: 'ways-out' },
    link(`/data/${file.name}.csv`, 'CSV', 'CSV file'),
    link(`/data/${file.name}.json`, 'JSON', 'JSON file'),
    embedded
      ? element('a', { href: `/#${file.name}`, ...aside }, 'All numbers')
      : link(`/embed.html?chart=${file.name}`, 'Embed', 'page to embed by iframe'),
  );
}
