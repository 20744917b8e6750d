// Finds features by their key, by the name that Spinnaker's UI shows, and by aliases. Pure: no DOM, no network.
import { isValue } from './format.js';

/** How well a feature matches, best first. */
const RANKS = {
  EXACT: 0,
  EXACT_IGNORING_CASE: 1,
  KEY: 2,
  NAME: 3,
  PREFIX: 4,
  WORD: 5,
  PART: 6,
  ALL_WORDS: 7,
  NONE: 8,
};

/** Splits a name into words: at spaces and punctuation, and inside camelCase. A dot between digits is part of a release. */
const wordsOf = text =>
  text
    .normalize('NFKD')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .replaceAll(/\bv(?=\d)/g, '')
    .split(/(?:(?<!\d)\.|\.(?!\d)|[^a-z0-9.])+/)
    .filter(word => word !== '');

/** A name without case, spaces and punctuation. */
export const normalize = text => wordsOf(text).join('');

/**
 * Prepares features for the search.
 *
 * @param features the features of features.json
 */
export function searchIndex(features) {
  return features.map((feature, position) => {
    const names = [feature.label, feature.name, ...(feature.aliases ?? [])].filter(name => name != null);
    const words = names.map(wordsOf);
    return {
      feature,
      position,
      key: normalize(feature.label),
      names: names.map(normalize),
      // the rest of the name from each of its words on
      suffixes: words.flatMap(each => each.map((_, i) => each.slice(i).join(''))),
      words: words.flat(),
    };
  });
}

/** The features that match, best first, and of equal matches those first that more instances use. */
export function search(index, query) {
  const trimmed = query.trim();
  const words = wordsOf(trimmed);
  if (words.length === 0) {
    return trimmed === '' ? index.map(({ feature }) => feature) : [];
  }
  return index
    .map(entry => ({ ...entry, rank: rankOf(entry, trimmed, words) }))
    .filter(({ rank }) => rank < RANKS.NONE)
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        isValue(b.feature.label) - isValue(a.feature.label) ||
        (b.feature.instances ?? 0) - (a.feature.instances ?? 0) ||
        a.position - b.position,
    )
    .map(({ feature }) => feature);
}

function rankOf({ feature, key, names, suffixes, words: wordsOfFeature }, query, words) {
  const normalized = words.join('');
  if (feature.label === query) {
    return RANKS.EXACT;
  }
  if (feature.label.toLowerCase() === query.toLowerCase()) {
    return RANKS.EXACT_IGNORING_CASE;
  }
  if (key === normalized) {
    return RANKS.KEY;
  }
  if (names.includes(normalized)) {
    return RANKS.NAME;
  }
  if (names.some(name => name.startsWith(normalized))) {
    return RANKS.PREFIX;
  }
  if (suffixes.some(suffix => suffix.startsWith(normalized))) {
    return RANKS.WORD;
  }
  if (names.some(name => name.includes(normalized))) {
    return RANKS.PART;
  }
  return words.every(word => wordsOfFeature.some(each => each.startsWith(word))) ? RANKS.ALL_WORDS : RANKS.NONE;
}

/** The feature with that chart and label, whatever its case and punctuation; undefined if there is none. */
export function findFeature(features, { chart, label }) {
  const ofChart = features.filter(each => each.chart === chart);
  const lowerCase = label.toLowerCase();
  const normalized = normalize(label);
  return (
    ofChart.find(each => each.label === label) ??
    ofChart.find(each => each.label.toLowerCase() === lowerCase) ??
    (normalized === '' ? undefined : ofChart.find(each => normalize(each.label) === normalized))
  );
}
