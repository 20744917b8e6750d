// The implementations of the service, and how to start them, talk to them and read their figures.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';

/** The folder of certificates, peers and logs. */
export const WORK = resolve('target/compare');

/** Name of the native executable of this repository. */
export const SERVICE = 'java';

const FIRST_PORT = 9161; // below the range that Linux gives to clients
const START_TIMEOUT_MS = 10_000;
const METADATA = '127.0.0.1:9157';
const PAYLOADS = 'src/test/resources/contract/payloads';

/** Events, as clients of each Spinnaker release sent them. */
export const payloads = readdirSync(PAYLOADS, { recursive: true })
  .filter(file => file.endsWith('.json'))
  .sort()
  .map(file => readFileSync(`${PAYLOADS}/${file}`));

/** An event of a common size. */
export const typicalPayload = readFileSync(`${PAYLOADS}/spinnaker-1.36/payload-050.json`);

/**
 * Returns the implementations. Each has a name, the command that starts it, the file or folder to deploy, whether it is a
 * native executable of this service, for which there are goals, and a pattern of the benchmarks in which it takes part.
 */
export function implementations({ executables, withPeers }) {
  const all = [executable(SERVICE, 'target/spinnaker-stats-runner')];
  all.push(...executables.map(nameAndPath => executable(...nameAndPath.split(/=(.*)/))));
  const jar = 'target/quarkus-app/quarkus-run.jar';
  if (existsSync(jar)) {
    const java = `${process.env.JAVA_HOME}/bin/java`;
    all.push({ name: 'jar', command: [java, '-jar', jar], code: jar, benchmarks: /^(start|memory)$/ });
  }
  if (withPeers) {
    const node = `${WORK}/node`;
    all.push(
      ...['go-bigquery-client', 'go-standard-library'].map(name => {
        const file = `${WORK}/${name}`;
        return { name, command: [file], code: file, benchmarks: /.*/ };
      }),
      {
        name: 'node',
        command: ['node', `${node}/node_modules/.bin/functions-framework`, '--target=log', `--source=${node}`],
        code: node,
        benchmarks: /^(rows|load, BigQuery instant, connections: 16|sparse|start|memory|size)$/,
        isSlow: true,
      },
    );
  }
  return all.map((implementation, index) => ({ ...implementation, port: FIRST_PORT + index }));
}

function executable(name, file) {
  const trustStore = [`-Djavax.net.ssl.trustStore=${WORK}/trust.p12`, '-Djavax.net.ssl.trustStorePassword=changeit'];
  return { name, command: [file, ...trustStore], code: file, benchmarks: /.*/, isExecutable: true };
}

/** A running implementation, with its figures in /proc. */
export class Server {
  static #running = new Set();

  static {
    ['SIGINT', 'SIGTERM'].forEach(signal => process.on(signal, () => process.exit(1)));
    process.on('exit', () => Server.#running.forEach(server => server.process.kill('SIGKILL')));
  }

  /** Starts an implementation. Returns once it has stored its first row. */
  static async start(implementation, bigQuery) {
    const started = performance.now();
    const server = new Server(implementation, bigQuery);
    const socket = await server.connect();
    await store(socket, typicalPayload);
    server.firstRowMs = performance.now() - started;
    socket.destroy();
    return server;
  }

  constructor(implementation, bigQuery) {
    this.implementation = implementation;
    this.bigQuery = bigQuery;
    const [file, ...parameters] = implementation.command;
    const certificate = `${WORK}/certificate.pem`;
    const settings = {
      PORT: implementation.port,
      STATS_STORAGE_KIND: 'bigquery',
      STATS_STORAGE_BIGQUERY_PROJECT: 'demo',
      STATS_STORAGE_BIGQUERY_HOST: bigQuery.url,
      GCE_METADATA_HOST: METADATA,
      // of the peers; each reads those that it knows
      BIGQUERY_PROJECT: 'demo',
      BIGQUERY_HOST: bigQuery.url,
      SSL_CERT_FILE: certificate,
      NODE_EXTRA_CA_CERTS: certificate,
      NODE_ENV: 'production',
    };
    const log = openSync(`${WORK}/${implementation.name}.log`, 'w');
    this.process = spawn(file, parameters, { env: { ...process.env, ...settings }, stdio: ['ignore', log, log] });
    this.ended = once(this.process, 'exit');
    Server.#running.add(this);
  }

  /** Connects as soon as the process listens. */
  async connect() {
    const deadline = performance.now() + START_TIMEOUT_MS;
    for (;;) {
      const socket = connect({ port: this.implementation.port, host: '127.0.0.1', noDelay: true });
      try {
        await once(socket, 'connect');
        return socket;
      } catch (error) {
        if (this.process.exitCode !== null || performance.now() > deadline) throw error;
        await setImmediate();
      }
    }
  }

  async close() {
    this.process.kill();
    await this.ended;
    Server.#running.delete(this);
  }

  /** Returns the user and system time that the process has used, in steps of 10 ms. */
  cpuMs() {
    const fields = this.#read('stat').replace(/.*\) /, '').split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  }

  /** Returns the CPU time of each live thread: more precise than cpuMs, but without threads that ended. */
  cpuMsByThread() {
    const threads = readdirSync(`/proc/${this.process.pid}/task`);
    return new Map(threads.map(thread => [thread, Number(this.#read(`task/${thread}/schedstat`).split(' ')[0]) / 1e6]));
  }

  residentMib() {
    return Number(/VmRSS:\s*(\d+)/.exec(this.#read('status'))[1]) / 1024;
  }

  #read(file) {
    return readFileSync(`/proc/${this.process.pid}/${file}`, 'utf8');
  }
}

/** Posts an event on a connection. Fails unless the service stores it (204). */
export async function store(socket, event) {
  const head = `POST /log HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${event.length}\r\n\r\n`;
  socket.write(Buffer.concat([Buffer.from(head), event]));
  const [response] = await once(socket, 'data');
  if (!response.toString('latin1').startsWith('HTTP/1.1 204 ')) {
    throw new Error(`the service responded to an event with ${response}; expected 204`);
  }
}

/** Returns the size of the code to deploy; for Node, that of the packages without Node itself. */
export function megabytes({ code }) {
  const files = statSync(code).isDirectory() ? readdirSync(code, { recursive: true }) : [''];
  const sizes = files
    .map(file => statSync(`${code}/${file}`.replace(/\/$/, '')))
    .map(each => (each.isFile() ? each.size : 0));
  return sizes.reduce((sum, size) => sum + size, 0) / 1e6;
}
