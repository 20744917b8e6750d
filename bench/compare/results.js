// The figures of each implementation, as Markdown tables, and the goals that they meet.

import { readFileSync } from 'node:fs';
import { SERVICE } from './implementations.js';

/** Figures of a benchmark, measured once per round. */
export class Results {
  #rounds = new Map(); // by implementation: one array of values per round

  constructor(name, figures) {
    this.name = name;
    this.figures = figures;
  }

  /** Adds the values of one round. */
  add(implementation, values) {
    this.#rounds.set(implementation, [...(this.#rounds.get(implementation) ?? []), values]);
  }

  has(implementation, figure) {
    return this.#rounds.has(implementation) && this.figures.includes(figure);
  }

  /** Returns the values of a figure, divided by those of a peer in the same round if there is one. */
  summary(figure, implementation, peer) {
    const index = this.figures.indexOf(figure);
    const divisors = this.#rounds.get(peer);
    return new Summary(
      this.#rounds.get(implementation).map((values, i) => values[index] / (divisors?.[i][index] ?? 1)),
    );
  }

  /** Prints one row per implementation, and the ratios of this service to each of the others. */
  print() {
    console.log(`\n### ${this.name}\n\n| implementation | ${this.figures.join(' | ')} |`);
    console.log(`|---|${'--:|'.repeat(this.figures.length)}`);
    const names = [...this.#rounds.keys()].sort();
    const row = (heading, ...of) =>
      console.log(`| ${heading} | ${this.figures.map(figure => this.summary(figure, ...of)).join(' | ')} |`);
    names.forEach(name => row(name, name));
    names.filter(name => name !== SERVICE).forEach(peer => row(`${SERVICE} : ${peer}`, SERVICE, peer));
  }
}

/** Minimum, median and maximum of a figure. */
class Summary {
  constructor(values) {
    const sorted = values.toSorted((a, b) => a - b);
    this.min = sorted[0];
    this.median = (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
    this.max = sorted.at(-1);
  }

  /** Formats the summary for a table; a dash stands for NaN, which means not measured. */
  toString() {
    if (Number.isNaN(this.median)) return '–';
    const digits = this.median < 1 ? 3 : this.median < 100 ? 2 : 0;
    const [min, median, max] = [this.min, this.median, this.max].map(value => value.toFixed(digits));
    return `${min} / **${median}** / ${max}`;
  }
}

/** Prints the goals for which there are results, and what each executable of this service reached. */
export function printGoals(all, implementations) {
  console.log('\n### Goals\n\n| figure | goal | measured | met |\n|---|--:|--:|---|');
  const goals = readFileSync('bench/compare/goals.md', 'utf8').matchAll(
    /^\| (.+) \| (.+) \| (.*)\| ((?:max )?[≤≥]) (.+) \|$/gm,
  );
  for (const [, name, figure, spacedPeer, bound, limit] of [...goals]) {
    const peer = spacedPeer.trim();
    for (const { name: executable } of implementations.filter(each => each.isExecutable)) {
      for (const results of all.filter(each => each.name === name && each.has(executable, figure))) {
        if (!peer || results.has(peer, figure)) {
          const measured = results.summary(figure, executable, peer);
          const value = bound.startsWith('max') ? measured.max : measured.median;
          const isMet = bound === '≥' ? value >= limit : value <= limit;
          const subject = `${figure}, ${executable}${peer && ` : ${peer}`}, ${name}`;
          console.log(`| ${subject} | ${bound} ${limit} | ${measured} | ${isMet ? 'yes' : '**no**'} |`);
        }
      }
    }
  }
}
