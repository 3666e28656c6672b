/** Routes of a sync that begin or end in a registry, run as the command. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { VERB_PROCESS } from '../entry/program-under-test.ts';
import { runVerb } from '../entry/run-verb.ts';
import type { GeneratedEnvironment } from '../harness/generate.ts';
import { type Content, type End, SECRETS } from './sync-ends.ts';

export interface Route {
  readonly from: End;
  readonly to: End;
  /** Configuration, environment and local store; the command's working directory. */
  readonly folder: string;
  readonly environment: GeneratedEnvironment;
}

/** Told of each request by the servers of a route. */
export interface Trap {
  onRequest: () => void;
}

export function openRoute(folder: string, environment: GeneratedEnvironment, from: End, to: End): Route {
  mkdirSync(join(folder, 'env'), { recursive: true });
  writeFileSync(join(folder, 'env/spack.lock'), environment.lockfile);
  writeFileSync(join(folder, 'env/spack.yaml'), 'spack:\n  specs: []\n');
  const mirrors = { from: from.mirror, to: to.mirror };
  writeFileSync(join(folder, 'mirrors.yaml'), JSON.stringify({ mirrors }));
  return { from, to, folder, environment };
}

/** All of it: what came of how many specs. @throws unless all is well */
export async function syncAll({ folder }: Route): Promise<Readonly<Record<string, number>>> {
  const { code, out, err } = await runVerb([...SYNC, '--json', '-q'], folder, SECRETS);
  if (code !== 0) throw new Error(`sync: ${code} ${err} ${out.slice(0, 2000)}`);
  const [mirror] = JSON.parse(out).mirrors;
  expect(mirror.index).not.toHaveProperty('failed');
  return Object.fromEntries(Object.entries<number>(mirror.counts).filter(([, count]) => count > 0));
}

/** That everything is there, right and listed: by what is stored, and in the words of `check-index` and `check`. */
export async function expectWhole({ to, folder, environment }: Route): Promise<Content> {
  const content = to.content();
  const built = [...environment.nodes.values()].filter((node) => node.external === undefined);
  const hashes = new Set(built.map(({ hash }) => hash));
  expect(new Set(content.specs.keys())).toEqual(hashes);
  expect(content.listed).toEqual(hashes);
  expect(content.tarballs.size).toBe(hashes.size);
  const where = ['--mirrors', 'mirrors.yaml'];
  const index = ['check-index', 'to', '--verify', 'all', '--json', '-q', ...where];
  const checked = await runVerb(index, folder, SECRETS);
  expect(JSON.parse(checked.out)).toMatchObject({ right: true, entries: hashes.size, problems: [] });
  const check = ['check', '-e', 'env', '-m', 'to', '-q', ...where];
  expect(await runVerb(check, folder, SECRETS)).toMatchObject({ code: 0 });
  return content;
}

/**
 * Syncs in processes of their own, killed at so many random moments of their way. Whatever one leaves is sound, and the
 * next goes on from there; each time one comes to the end, what is there is what is expected, and it begins anew.
 * @param trap is told of the requests of both ends
 */
export async function killOnTheWay(
  { to, folder }: Route,
  trap: Trap,
  kills: number,
  expected: Content,
): Promise<void> {
  // How many requests the whole way takes.
  let requests = 0;
  trap.onRequest = () => void requests++;
  to.empty();
  await endOf(start(folder));
  const wholeWay = requests;
  const seen = new Set<string>();
  to.empty();
  for (let killed = 0; killed < kills; ) {
    // Whoever goes on from the middle comes to the end with fewer.
    let left = 1 + Math.floor(Math.random() * wholeWay * 0.7);
    const child = start(folder);
    trap.onRequest = () => {
      if (--left === 0) child.kill('SIGKILL');
    };
    if (await endOf(child)) {
      expectSame(to.content(), expected);
      to.empty();
      continue;
    }
    killed++;
    const { specs, listed } = to.content();
    if (specs.size > 0 && specs.size < expected.specs.size) seen.add('half of it');
    if (specs.size > listed.size) seen.add('not listed');
  }
  trap.onRequest = () => undefined;
  expect([...seen].sort()).toEqual(['half of it', 'not listed']);
  expect(await endOf(start(folder))).toBe(true);
  expectSame(to.content(), expected);
}

export function expectSame(found: Content, expected: Content): void {
  expect(found.specs).toEqual(expected.specs);
  expect(found.listed).toEqual(expected.listed);
  expect(found.tarballs).toEqual(expected.tarballs);
}

const SYNC = ['sync', 'from', 'to', '--all', '--mirrors', 'mirrors.yaml'];

function start(folder: string): ChildProcess {
  const [program, ...behind] = VERB_PROCESS;
  return spawn(program, [...behind, ...SYNC, '-q'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    cwd: folder,
    // Dozens of them are started: most of that is reading the sources.
    env: { HOME: folder, NODE_COMPILE_CACHE: join(folder, 'compiled'), ...SECRETS },
  });
}

/** @returns whether it came to its end, which must be a good one */
async function endOf(child: ChildProcess): Promise<boolean> {
  const [code, signal] = await once(child, 'close');
  if (signal === 'SIGKILL') return false;
  expect(code).toBe(0);
  return true;
}
