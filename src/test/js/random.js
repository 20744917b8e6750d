// Randomness of tests, and the noise of published numbers. The same seed gives the same numbers.

/** A generator of numbers from 0 to 1 (mulberry32). */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The probabilities that the noise of a published number is at least 1, 2, …, 6. */
const AT_LEAST = [0.55279, 0.21115, 0.08065, 0.03081, 0.01177, 0.00449];

/** The noise of a published number: from -6 to 6, with a standard deviation of 1.4. */
export function noise(random) {
  const chance = random();
  const size = AT_LEAST.filter(each => chance < each).length;
  return random() < 0.5 ? -size : size;
}

const THRESHOLD = 5;

/** A number as it is published: null if it is below the threshold. */
export const published = number => (number >= THRESHOLD ? number : null);
