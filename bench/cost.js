// Estimates the cost per month of Cloud Run, BigQuery and the network, for 10,000 to a billion events per month, and the
// number of events at which each begins to cost money, and the most that a flood of events can cost in a month. Prints
// Markdown. bench/README.md has the assumptions.
//
// Uses list prices in US dollars for us-central1 and for BigQuery in the US, without taxes and discounts. Prices and
// limits that the deployment uses, too, are read from terraform/cost.tf, terraform/*.tf and function.yaml. A comment at
// each group of prices names the page to check.

import { readFileSync } from 'node:fs';

const text = file => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

/** Returns the first number that a pattern finds in a file. */
function numberIn(file, pattern) {
  const match = text(file).match(pattern);
  if (!match) {
    throw new Error(`${file} has no ${pattern}`);
  }
  return Number(match[1].replaceAll('_', ''));
}

/** The limits of the service. */
const LIMITS = 'src/main/java/io/spinnaker/stats/limits/Limits.java';

/** Returns a number of terraform/cost.tf. */
const terraform = name => numberIn('terraform/cost.tf', new RegExp(`^ +${name} += ([0-9.]+)`, 'm'));

const MONTH_SECONDS = 30 * 24 * 3600;
const GIB = 2 ** 30;

/** Returns a function from units per month to dollars. The first units are free. */
const price = (dollars, free) => units => Math.max(0, units - free) * dollars;

// "Cloud Run pricing", services, request-based billing, Tier 1
const vcpuSeconds = price(terraform('price_cpu_second'), 180_000);
const gibSeconds = price(terraform('price_gib_second'), 360_000);
const requests = price(terraform('price_million_requests') / 1_000_000, 2_000_000);
const BILLED_STEP_SECONDS = 0.1;

// "Cloud Run pricing", services, instance-based billing, Tier 1: requests are free, but idle instances are billed
const instanceVcpuSeconds = price(0.000018, 240_000);
const instanceGibSeconds = price(0.000002, 450_000);

// "VPC network pricing", Premium Tier from North America; Cloud Run's free tier includes the first GiB
const egressGib = price(terraform('price_gib_sent'), 1);

// "BigQuery pricing", data ingestion, streaming inserts (tabledata.insertAll): at least 1 KiB per row
const streamedBytes = price(terraform('price_gib_streamed') / GIB, 0);

// "BigQuery pricing", logical storage; long-term: partitions without a write for 90 days. The free GiB are for both.
const FREE_STORED_GIB = 10;
const ACTIVE_GIB_MONTH = terraform('price_gib_stored_month');
const LONG_TERM_GIB_MONTH = 0.01;
const ACTIVE_MONTHS = 3;
const STORED_MONTHS = 12;

// assumptions
const VCPU = 1;
const MEMORY_GIB = 0.5;
const CONCURRENCY = 80; // Cloud Run's default
const TARGET_UTILIZATION = 0.6; // above it, Cloud Run adds an instance
const REQUEST_SECONDS = 0.05; // most of it waiting for BigQuery
const RESPONSE_BYTES = terraform('response_bytes'); // with headers and TLS
const STREAMED_ROW_BYTES = 1_060; // average of the payloads in src/test/resources/contract
const STORED_ROW_BYTES = 525; // the same

const cpuMsPerRequest = Number(process.argv[2] ?? 0.25);

/** Rate of one instance above which Cloud Run adds another. */
const maxEventsPerSecond = TARGET_UTILIZATION * Math.min((VCPU * 1e3) / cpuMsPerRequest, CONCURRENCY / REQUEST_SECONDS);

/**
 * Returns the billed time of all instances. An instance is billed while it has at least one request, rounded up to 100
 * ms. At low rates this is the share of time with a request in flight, for requests at random times. At high rates it is
 * the number of instances that the load needs.
 */
function billedSeconds(events) {
  const perSecond = events / MONTH_SECONDS;
  const requestSeconds = Math.ceil(REQUEST_SECONDS / BILLED_STEP_SECONDS) * BILLED_STEP_SECONDS;
  const busy = 1 - Math.exp(-perSecond * requestSeconds);
  return Math.max(busy, perSecond / maxEventsPerSecond) * MONTH_SECONDS;
}

/** Returns the storage cost in month STORED_MONTHS. The free tier covers active storage first. */
function storage(events) {
  const monthGib = (events * STORED_ROW_BYTES) / GIB;
  const activeGib = ACTIVE_MONTHS * monthGib;
  const freeForLongTerm = Math.max(0, FREE_STORED_GIB - activeGib);
  return (
    price(ACTIVE_GIB_MONTH, FREE_STORED_GIB)(activeGib) +
    price(LONG_TERM_GIB_MONTH, freeForLongTerm)((STORED_MONTHS - ACTIVE_MONTHS) * monthGib)
  );
}

/** Dollars by events per month. */
const items = {
  CPU: events => vcpuSeconds(billedSeconds(events) * VCPU),
  memory: events => gibSeconds(billedSeconds(events) * MEMORY_GIB),
  requests,
  responses: events => egressGib((events * RESPONSE_BYTES) / GIB),
  streaming: events => streamedBytes(events * STREAMED_ROW_BYTES),
  storage,
};
const total = events => Object.values(items).reduce((sum, item) => sum + item(events), 0);
const requestBased = events => items.CPU(events) + items.memory(events) + requests(events);

/** Returns the lowest number of events per month at which an increasing cost reaches an amount. */
function eventsAtCost(dollars, cost) {
  let low = 1;
  let high = 1e15;
  while (high - low > 1) {
    const middle = (low + high) / 2;
    [low, high] = cost(middle) < dollars ? [middle, high] : [low, middle];
  }
  return high;
}

const number = (value, digits = 0) =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const row = cells => console.log(`| ${cells.join(' | ')} |`);

console.log(`US dollars per month, with ${number(cpuMsPerRequest, 3)} ms of CPU per request:\n`);
const columns = [
  'events per month',
  'per second',
  'instances',
  'storage growth, GiB',
  ...Object.keys(items),
  '**total**',
];
row(columns);
console.log(`${'|--:'.repeat(columns.length)}|`);
for (let events = 1e4; events <= 1e9; events *= 10) {
  const growthGib = (events * STORED_ROW_BYTES) / GIB;
  const figures = [events / MONTH_SECONDS, billedSeconds(events) / MONTH_SECONDS, growthGib];
  const dollars = Object.values(items).map(item => number(item(events), 2));
  row([number(events), ...figures.map(each => number(each, 3)), ...dollars, `**${number(total(events), 2)}**`]);
}
console.log('\nEvents per month at which each costs the first cent:\n');
for (const [name, item] of Object.entries(items)) {
  console.log(`- ${name}: ${number(eventsAtCost(0.01, item))}`);
}
console.log(`- total: ${number(eventsAtCost(0.01, total))}; first dollar: ${number(eventsAtCost(1, total))}\n`);
const instanceBased = instanceVcpuSeconds(MONTH_SECONDS * VCPU) + instanceGibSeconds(MONTH_SECONDS * MEMORY_GIB);
console.log(
  `One instance handles ${number(maxEventsPerSecond)} events/s before Cloud Run adds another. ` +
    `From ${number(eventsAtCost(instanceBased, requestBased))} events per month on, ` +
    `one instance with instance-based billing is cheaper: $${number(instanceBased, 2)}.`,
);

/**
 * Returns the dollars of a month of 31 days in which a flood takes everything that the deployment permits: tokens (a
 * request or some KiB) and instances are limited, rejected requests wait, and queries have a quota. Free tiers are left
 * out.
 */
function worstMonth() {
  const seconds = terraform('days_per_month') * 24 * 3600;
  const instances = numberIn('function.yaml', /maxScale: '(\d+)'/);
  const tokenRate = instances * numberIn('function.yaml', /STATS_MAX_EVENTS_PER_SECOND\s+value: '(\d+)'/);
  const concurrency = numberIn('function.yaml', /containerConcurrency: (\d+)/);
  const heldSeconds = numberIn(LIMITS, /new PacingLimits\([^;]*Duration\.ofMillis\(([\d_]+)\)\)/) / 1e3;
  const tokenGib = numberIn(LIMITS, /new PacingLimits\((\d+),/) / GIB;
  const rejectedRate = (instances * concurrency) / heldSeconds;
  const functions = numberIn('terraform/functions.tf', /redrive = \{[^}]*?max_instances = (\d+)/);
  const queriedGib = numberIn('terraform/variables.tf', /"max_query_gib_per_day" \{[^}]*?default += (\d+)/);
  const instanceSecond = VCPU * terraform('price_cpu_second') + MEMORY_GIB * terraform('price_gib_second');
  const request = terraform('price_million_requests') / 1e6 + (RESPONSE_BYTES / GIB) * terraform('price_gib_sent');
  const storedToken = tokenGib * (terraform('price_gib_streamed') + terraform('price_gib_stored_month'));
  const functionRun = 120 * instanceSecond;
  const days = terraform('days_per_month');
  const tib = terraform('price_tib_queried');
  return (
    seconds * (instances + functions) * instanceSecond +
    seconds * tokenRate * Math.max(request, storedToken, tokenGib * terraform('price_gib_sent')) +
    seconds * rejectedRate * request +
    ((days * queriedGib) / 1024) * tib +
    (terraform('price_scheduler_job') + days * (functionRun + ((60 * 10) / 1024 / 1024) * tib))
  );
}

console.log(`\nWorst month with Terraform's defaults, free tiers left out: $${number(Math.ceil(worstMonth()))}.`);
