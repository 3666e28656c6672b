/** The verbs that speak with a mirror, and the servers they do it with: what servers.stress.test.ts crosses with each other. */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fillFromSpack } from '../cache/registry-fixture.ts';
import { environmentOf, FIXTURES, mirrorOf } from '../entry/command-line.ts';
import { startGcsServer } from '../harness/gcs-server.ts';
import { type HostileFault, startHostile } from '../harness/hostile-server.ts';
import { startHttpServer } from '../harness/http-server.ts';
import { listen } from '../harness/listen.ts';
import { startRegistry } from '../harness/registry.ts';
import { ACCESS_KEY, SECRET_KEY, startS3Server } from '../harness/s3-server.ts';
import type { VerbAnswer, VerbRequest } from './verb-worker.ts';

/** Seconds. */
export const TIMEOUT = 0.6;

export interface Folders {
  /** Of this one run. */
  readonly own: string;
  /** With all that the environment has. */
  readonly store: string;
  /** To be made. */
  readonly tree: string;
}

/** Of a mirror called `it`, with all of a fixture's specs, or in `filled` what they left there. */
export const VERBS: Readonly<Record<string, (folders: Folders) => readonly string[]>> = {
  check: () => ['check', ...ENV],
  'check blobs': () => ['check', ...ENV, '--verify', 'blobs'],
  list: () => ['list', '-a', ...ENV],
  explain: () => ['explain', '-e', otherEnvironment()],
  plan: ({ own }) => ['plan', ...ENV, '-o', join(own, 'plan.json')],
  'plan --chunk': ({ store }) => ['plan', ...ENV, '--chunk', hashOf('toyapp'), '--store', store],
  push: ({ store }) => ['push', 'it', ...ENV, '--store', store, '-f', '-u', '--update-index'],
  autopush: ({ own, store }) => [
    ...['autopush', 'it', ...ENV, '--store', store, '--since', join(own, 'nothing.json'), '-u'],
  ],
  install: ({ tree }) => ['install', ...ENV, '--store', tree, '-u', '-o', '--no-lock'],
  download: ({ own }) => ['download', ...ENV, '-s', 'toyapp', '-p', join(own, 'got'), '-u'],
  preview: ({ tree }) => ['preview', ...ENV, 'toyapp', '--store', tree, '-u'],
  keys: () => ['keys', 'signed'],
  'keys --publish': () => ['keys', 'it', '--publish', join(FIXTURES, 'toy-ci.pub.asc')],
  'sync from': ({ own }) => ['sync', '--all', 'it', join(own, 'copy'), '-u'],
  'sync to': () => ['sync', '--all', mirrorOf('1.2', 'unsigned'), 'it', '-u'],
  'update-index': () => ['update-index', 'it'],
  'check-index': () => ['check-index', 'it', '--verify', 'all'],
  prune: ({ own }) => ['prune', 'it', '-k', join(own, 'keep'), '--yes', '--grace', '1h'],
  'migrate from': ({ own }) => ['migrate', 'old', join(own, 'migrated'), '--yes', '-u'],
  'migrate to': () => ['migrate', mirrorOf('0.23', 'unsigned'), 'it', '--yes', '-u'],
};

const ENV = ['-e', environmentOf('1.2')];

/** Makes what a run finds in its folder. */
export function furnish(own: string): void {
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'keep'), hashOf('libtoy'));
  writeFileSync(join(own, 'nothing.json'), '{"version":1,"installed":[],"strays":[]}');
}

function hashOf(name: string): string {
  const lock = JSON.parse(readFileSync(join(environmentOf('1.2'), 'spack.lock'), 'utf8'));
  const specs = Object.entries(lock.concrete_specs as Record<string, { readonly name: string }>);
  return specs.find(([, spec]) => spec.name === name)?.[0] ?? '';
}

/** What the mirror has nothing of, and something like. */
const otherEnvironment = () => environmentOf('1.3');

export type Protocol = keyof typeof PROTOCOLS;

export interface Place extends AsyncDisposable {
  /** The value of `mirrors`. */
  readonly mirrors: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  faults(): number;
  requests(): number;
}

/** @param honest requests that pass before the fault; all, when there is none */
export const PROTOCOLS = {
  http: async (fault: HostileFault, honest: number) => {
    const good = await startHttpServer({ root: join(FIXTURES, 'spack-1.2') });
    const front = await startHostile({ good: good.url, fault, honest });
    const old = await startHttpServer({ root: join(FIXTURES, 'spack-0.23') });
    const oldFront = await startHostile({ good: old.url, fault, honest });
    return {
      mirrors: {
        it: `{url: "${front.url}/mirror-unsigned", signed: false}`,
        signed: `{url: "${front.url}/mirror-signed"}`,
        old: `{url: "${oldFront.url}/mirror-unsigned", signed: false}`,
      },
      env: {},
      ...counted([front, oldFront], [good, old]),
    };
  },
  redirect: async (fault: HostileFault, honest: number) => {
    const good = await startHttpServer({ root: join(FIXTURES, 'spack-1.2') });
    const behind = await startHostile({ good: good.url, fault, honest });
    const front = await listen((request, response) => {
      response.writeHead(307, { location: `${behind.url}${request.url}` }).end();
    });
    return {
      mirrors: {
        it: `{url: "${front.url}/mirror-unsigned", signed: false}`,
        signed: `{url: "${front.url}/mirror-signed"}`,
      },
      env: {},
      ...counted([behind], [front, good]),
    };
  },
  s3: async (fault: HostileFault, honest: number) => {
    const good = await startS3Server();
    for (const [key, content] of files()) {
      good.objects.set(`bucket/${key}`, {
        content,
        etag: `"${content.length}"`,
        modified: LONG_AGO,
        contentType: 'application/octet-stream',
        cacheControl: undefined,
      });
    }
    const front = await startHostile({ good: good.url, fault, honest });
    const pair = 'access_pair: {id_variable: ID, secret_variable: SECRET}';
    return {
      mirrors: buckets('s3', pair),
      env: {
        S3_ENDPOINT_URL: front.url,
        ID: ACCESS_KEY,
        SECRET: SECRET_KEY,
        AWS_EC2_METADATA_DISABLED: 'true',
      },
      ...counted([front], [{ [Symbol.asyncDispose]: () => good.close() }]),
    };
  },
  gcs: async (fault: HostileFault, honest: number) => {
    const good = await startGcsServer();
    let generation = 1;
    for (const [key, content] of files()) {
      good.objects.set(key, { content, generation: generation++, updated: LONG_AGO, contentType: undefined });
    }
    const front = await startHostile({ good: good.url, fault, honest });
    return {
      mirrors: buckets('gs', ''),
      env: { STORAGE_EMULATOR_HOST: front.url },
      ...counted([front], [good]),
    };
  },
  registry: async (fault: HostileFault, honest: number) => await registry(fault, honest, false),
  token: async (fault: HostileFault, honest: number) => await registry(fault, honest, true),
} satisfies Record<string, (fault: HostileFault, honest: number) => Promise<Place>>;

async function registry(fault: HostileFault, honest: number, ofTokens: boolean): Promise<Place> {
  const good = await startRegistry();
  fillFromSpack(good.repository('toy/cache'));
  const isHonest = honest === Number.POSITIVE_INFINITY;
  const front = await startHostile({
    good: `http://${good.host}`,
    fault,
    honest,
    ...(ofTokens
      ? {
          only: ({ url }) => url?.startsWith('/token') === true,
          before: ({ url, headers }, response, at) => {
            if (url?.startsWith('/token') === true) {
              if (isHonest) response.end('{"token":"t"}');
              return isHonest;
            }
            if (headers.authorization !== undefined) return false;
            response.writeHead(401, { 'www-authenticate': `Bearer realm="${at}/token",service="s"` }).end();
            return true;
          },
        }
      : {}),
  });
  return {
    mirrors: { it: `{url: "oci+http://${new URL(front.url).host}/toy/cache", signed: false}` },
    env: {},
    ...counted([front], [good]),
  };
}

function buckets(scheme: string, more: string): Readonly<Record<string, string>> {
  return {
    it: `{url: "${scheme}://bucket/unsigned", signed: false, ${more}}`,
    signed: `{url: "${scheme}://bucket/signed", ${more}}`,
    old: `{url: "${scheme}://bucket/old", signed: false, ${more}}`,
  };
}

const LONG_AGO = new Date('2026-01-01');

function* files(): Generator<readonly [key: string, content: Buffer]> {
  const folders = [
    ['unsigned', mirrorOf('1.2', 'unsigned')],
    ['signed', mirrorOf('1.2', 'signed')],
    ['old', mirrorOf('0.23', 'unsigned')],
  ] as const;
  for (const [prefix, root] of folders) {
    for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
      const file = join(root, name);
      if (statSync(file).isFile()) yield [`${prefix}/${relative(root, file)}`, readFileSync(file)];
    }
  }
}

function counted(
  fronts: readonly (AsyncDisposable & { faults(): number; requests(): number })[],
  others: readonly AsyncDisposable[],
) {
  return {
    faults: () => fronts.reduce((sum, front) => sum + front.faults(), 0),
    requests: () => fronts.reduce((sum, front) => sum + front.requests(), 0),
    async [Symbol.asyncDispose]() {
      for (const each of [...fronts, ...others]) await each[Symbol.asyncDispose]();
    },
  };
}

/** Megabytes. A process that holds more between two verbs would have the next one blamed for what others left. */
const MOST_LEFT = 200;

/** A process that runs verbs; another takes its place when it has died or holds too much. */
export function verbProcess() {
  let child: ChildProcess | undefined;
  let said = '';
  const start = () => {
    const started = fork(fileURLToPath(new URL('./verb-worker.ts', import.meta.url)), [], {
      execArgv: ['--expose-gc'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [started.stdout, started.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        said = (said + text).slice(-2_000);
      });
    }
    return started;
  };
  return {
    /** @returns undefined with what the process said last, when it has died or takes longer than so many seconds */
    run(request: VerbRequest, most: number): Promise<VerbAnswer | string> {
      child ??= start();
      const mine = child;
      return new Promise((resolve) => {
        const onExit = () => done(`the process died: ${said}`);
        const onTime = () => {
          mine.kill('SIGKILL');
          done(`it took longer than ${most} seconds: ${said}`);
        };
        const timer = setTimeout(onTime, most * 1000);
        const done = (answer: VerbAnswer | string) => {
          clearTimeout(timer);
          mine.off('exit', onExit);
          mine.off('message', done);
          if (typeof answer !== 'string' && answer.left > MOST_LEFT) mine.kill('SIGKILL');
          if (typeof answer === 'string' || mine.killed) child = undefined;
          resolve(answer);
        };
        mine.on('exit', onExit);
        mine.on('message', done);
        mine.send(request);
      });
    },
    [Symbol.dispose]: () => void child?.kill('SIGKILL'),
  };
}
