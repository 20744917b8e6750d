// Compares the native executable with peers, which are the same service in Go and in Node (bench/peers). All run one after
// another against the same fake BigQuery servers. Prints Markdown tables and the goals that are met. bench/README.md
// describes the benchmarks and the arguments.

import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, release } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Server, implementations, megabytes, payloads, store, typicalPayload } from './implementations.js';
import { Results, printGoals } from './results.js';

const SETTLING_MS = 100; // work that follows the response counts, too
const IDLE_MS = 500;
const MEMORY_CONNECTIONS = 16;

/** The fake BigQuery servers that bench/run starts. Those of nginx do not count. */
const BIGQUERIES = {
  instant: { url: 'http://127.0.0.1:9151' },
  tls: { url: 'https://127.0.0.1:9152' },
  counting: { url: 'http://127.0.0.1:9153', counters: 'http://127.0.0.1:9153' },
  'counting-tls': { url: 'https://127.0.0.1:9154', counters: 'http://127.0.0.1:9153' },
  '30ms': { url: 'http://127.0.0.1:9155', counters: 'http://127.0.0.1:9155' }, // about the latency of the real BigQuery
};

const list = (...values) => ({ type: 'string', multiple: true, default: values });
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    short: { type: 'boolean' },
    rounds: { type: 'string' },
    bigquery: list('instant', '30ms', 'tls'),
    connections: list('16', '64', '1'),
    executable: list(),
    'only-executables': { type: 'boolean' },
  },
});

/** Returns how much to measure: more in a full run than with --short. */
const amount = (full, shortened) => (options.short ? shortened : full);
const rounds = (full, shortened) => Number(options.rounds ?? amount(full, shortened));
const [FEW, MANY] = [amount(10_000, 500), amount(200_000, 1_500)];

/**
 * The benchmarks. `measure` returns one value per figure for a server, once per round. Each server is new, unless there is
 * a pause before each measurement; then the servers of all implementations run at the same time.
 */
const BENCHMARKS = [
  { name: 'rows', bigQuery: 'counting', rounds: 1, figures: [`rows of ${payloads.length} payloads`], measure: rows },
  ...options.bigquery.flatMap(bigQuery =>
    options.connections.map(connections => ({
      name: `load, BigQuery ${bigQuery}, connections: ${connections}`,
      bigQuery,
      rounds: rounds(3, 1),
      figures: ['requests/s', 'p50 ms', 'p99 ms', 'CPU ms per request'],
      measure: server => load(server, Number(connections)),
    })),
  ),
  {
    name: 'sparse',
    bigQuery: 'counting-tls',
    rounds: amount(10, 3),
    pauseMs: amount(7_000, 1_000),
    figures: ['CPU ms per request', 'latency ms', 'new connections to BigQuery per request'],
    measure: sparse,
  },
  {
    name: 'start',
    bigQuery: 'instant',
    rounds: rounds(20, 2),
    figures: ['ms to the first stored row', 'MiB then'],
    measure: server => [server.firstRowMs, server.residentMib()],
  },
  {
    name: 'memory',
    bigQuery: 'instant',
    rounds: rounds(3, 1),
    figures: ['MiB idle', ...[FEW, MANY].map(count => `MiB after ${count.toLocaleString('en-US')} requests`)],
    measure: memory,
  },
  { name: 'size', bigQuery: 'instant', rounds: 1, figures: ['MB'], measure: each => [megabytes(each.implementation)] },
];

/** Checks that all implementations do the same work: each stores each payload as one row. */
async function rows(server) {
  const before = await counters(server);
  const socket = await server.connect();
  for (const payload of payloads) await store(socket, payload);
  socket.destroy();
  const stored = (await counters(server)).rows - before.rows;
  if (stored !== payloads.length) throw new Error(`${server.implementation.name} stored ${stored} rows`);
  return [stored];
}

/** Throughput, latency and CPU while wrk keeps all connections busy. */
async function load(server, connections) {
  if (!options.short) wrk(server, connections, 2); // warm-up
  const rowsBefore = await settledRows(server);
  const cpuMsBefore = server.cpuMs();
  const [requests, micros, p50, p99] = wrk(server, connections, amount(6, 1));
  const cpuMs = server.cpuMs() - cpuMsBefore;
  const stored = (await settledRows(server)) - rowsBefore;
  // wrk disconnects at the end, so one row per connection may be stored although wrk saw no response
  if (server.bigQuery.counters && (stored < requests || stored > requests + connections)) {
    throw new Error(`${stored} rows for ${requests} requests`);
  }
  return [(requests / micros) * 1e6, p50 / 1e3, p99 / 1e3, cpuMs / requests];
}

/** Posts the payloads in turn. Returns the figures of wrk.lua. Fails unless all requests get 204. */
function wrk(server, connections, seconds) {
  const settings = [
    '--threads=1',
    `--connections=${connections}`,
    `--duration=${seconds}s`,
    '--script=bench/compare/wrk.lua',
  ];
  const url = `http://127.0.0.1:${server.implementation.port}`;
  const output = execFileSync('wrk', [...settings, url], { encoding: 'utf8' });
  const figures = /figures (.*)/.exec(output)?.[1].split(' ').map(Number);
  if (figures?.at(-1) !== 0) throw new Error(`wrk failed, or some requests: ${output}`);
  return figures;
}

/** A single request on a new connection, as a service that scales to zero usually gets. */
async function sparse(server) {
  const before = await counters(server);
  const cpuBefore = server.cpuMsByThread();
  const start = performance.now();
  const socket = await server.connect();
  await store(socket, typicalPayload);
  const latencyMs = performance.now() - start;
  socket.destroy();
  await setTimeout(SETTLING_MS);
  let cpuMs = 0;
  for (const [thread, ms] of server.cpuMsByThread()) cpuMs += ms - (cpuBefore.get(thread) ?? 0);
  return [cpuMs, latencyMs, (await counters(server)).connections - before.connections];
}

/** Resident memory when idle, after a few requests and after many; Node is too slow for many. */
async function memory(server) {
  await setTimeout(IDLE_MS);
  const figures = [server.residentMib()];
  let requests = 0;
  const postUntil = count => {
    while (requests < count) requests += wrk(server, MEMORY_CONNECTIONS, 1)[0];
    return server.residentMib();
  };
  figures.push(postUntil(FEW));
  figures.push(server.implementation.isSlow ? NaN : postUntil(MANY));
  return figures;
}

/** Returns the rows that BigQuery has counted, and the connections that carried at least one call. */
async function counters(server) {
  if (!server.bigQuery.counters) return { rows: 0 };
  const [, rows, connections] = (await (await fetch(server.bigQuery.counters)).text()).split(' ').map(Number);
  return { rows, connections };
}

/** Returns the rows that BigQuery has counted, once none is in flight any more. */
async function settledRows(server) {
  for (let before = -1; ;) {
    const { rows } = await counters(server);
    if (rows === before) return rows;
    before = rows;
    await setTimeout(SETTLING_MS);
  }
}

async function run(benchmark, all) {
  const results = new Results(benchmark.name, benchmark.figures);
  const inTurn = all.filter(each => each.benchmarks.test(benchmark.name));
  const running = new Map();
  for (let round = 1; round <= benchmark.rounds; round++) {
    for (const each of inTurn) {
      console.error(`${benchmark.name}: round ${round} of ${benchmark.rounds}, ${each.name}`);
      const server = running.get(each) ?? (await Server.start(each, BIGQUERIES[benchmark.bigQuery]));
      running.set(each, server);
      if (benchmark.pauseMs) await setTimeout(benchmark.pauseMs / inTurn.length);
      results.add(each.name, await benchmark.measure(server));
      if (!benchmark.pauseMs || round === benchmark.rounds) {
        await server.close();
        running.delete(each);
      }
    }
    inTurn.push(inTurn.shift()); // another one is first in each round, to be fair
  }
  return results;
}

const kind = benchmark => benchmark.name.split(',')[0];
const known = new Set(BENCHMARKS.map(kind));
const unknown = [
  ...positionals.filter(name => !known.has(name)),
  ...options.bigquery.filter(name => !BIGQUERIES[name]),
];
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}; expected ${[...known].join(', ')}`);
  process.exit(1);
}

const all = implementations({ executables: options.executable, withPeers: !options['only-executables'] });
const model = `${cpus()[0].model}), Linux ${release()}; min / **median** / max of each figure.`;
console.log(`${availableParallelism()} cores, shared by client, implementation and fake servers (${model}`);
const measured = [];
for (const benchmark of BENCHMARKS.filter(each => positionals.length === 0 || positionals.includes(kind(each)))) {
  measured.push(await run(benchmark, all));
  measured.at(-1).print();
}
printGoals(measured, all);
