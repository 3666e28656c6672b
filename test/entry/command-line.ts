/** What tests of the command line and of the action share: running both, the fixtures, and what Spack says of these. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { COMMANDS, type CommandName } from '../../src/entry/action/manifest/commands.ts';
import { runVerb } from '../../src/entry/cli/cli.ts';
import { PROGRAM_UNDER_TEST, runProgram } from './program-under-test.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const FIXTURES = join(ROOT, 'test/fixtures');

/** No test may find what another has left. */
const HOME_FOLDER = mkdtempSync(join(tmpdir(), 'buildcache-home-'));
afterAll(() => rm(HOME_FOLDER, { recursive: true, force: true }));

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
}

interface Surroundings {
  readonly env?: Record<string, string>;
  readonly cwd?: string;
}

/** Runs the command line in this process, from its source: a tenth of what {@link program} takes. */
export async function buildcache(
  args: readonly string[],
  { env, cwd = ROOT }: Surroundings = {},
): Promise<Omit<Finished, 'milliseconds'>> {
  const all = { PATH: process.env['PATH'] ?? '', HOME: HOME_FOLDER, ...env };
  if (PROGRAM_UNDER_TEST !== undefined) {
    return runProgram(PROGRAM_UNDER_TEST, args, { env: all, cwd });
  }
  const output = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      output[name] += text;
    },
    isTTY: false,
  });
  const surroundings = {
    env: all,
    cwd,
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    signal: new AbortController().signal,
  };
  return { code: await runVerb(args, surroundings, 'none'), ...output };
}

/** Runs `bin/buildcache`, and with it the bundle, as a user does. */
export async function program(
  args: readonly string[],
  { env, cwd = ROOT, onStart }: Surroundings & { readonly onStart?: (pid: number) => void } = {},
): Promise<Finished> {
  const start = performance.now();
  const file = PROGRAM_UNDER_TEST ?? join(ROOT, 'bin/buildcache');
  const all = { PATH: process.env['PATH'] ?? '', HOME: HOME_FOLDER, ...env };
  const ran = await runProgram(file, args, { env: all, cwd, onStart });
  return { ...ran, milliseconds: performance.now() - start };
}

/**
 * For `here` of a job: the action's steps in this process and from their source, which is a fifth of the time.
 * A test of every step leaves it out, so that the bundle is tried as the runner runs it.
 */
export function fromSource(file: string): (() => Promise<void>) | undefined {
  const step = stepOf(file);
  if (step === undefined) return undefined;
  return async () => {
    const { main, post } = await import('../../src/entry/bundle.ts');
    const [, before] = process.argv;
    process.argv[1] = file;
    try {
      await (step === 'post' ? post() : main(step === 'main' ? undefined : step));
    } finally {
      process.argv[1] = before ?? '';
    }
  };
}

/** What a launcher in `dist` is for: the action's own main or post step, or a command's main step. */
export function stepOf(file: string): 'main' | 'post' | CommandName | undefined {
  const launcher = relative(join(ROOT, 'dist'), file).replace(/\.js$/, '');
  if (launcher === 'main' || launcher === 'post') return launcher;
  return Object.keys(COMMANDS).find((name): name is CommandName => name === launcher);
}

export type SpackVersion = '1.2' | '0.23';

export const environmentOf = (version: SpackVersion | '1.3') => join(FIXTURES, `spack-${version}`, 'env');
export const mirrorOf = (version: SpackVersion | '1.3', kind: 'signed' | 'unsigned') =>
  join(FIXTURES, `spack-${version}`, `mirror-${kind}`);

/** Short form by hash of the specs that are not external: Spack's own words. */
export function expectedShortSpecs(version: SpackVersion): Record<string, string> {
  const table: unknown = JSON.parse(
    readFileSync(join(FIXTURES, `spack-${version}`, 'expected/specs.json'), 'utf8'),
  );
  const { specs, external } = table as { specs?: Record<string, string>; external?: string[] };
  if (specs !== undefined) {
    return Object.fromEntries(Object.entries(specs).filter(([hash]) => !external?.includes(hash)));
  }
  const rows = table as Record<string, { external: boolean; short_spec: string }>;
  return Object.fromEntries(
    Object.entries(rows)
      .filter(([, row]) => !row.external)
      .map(([hash, row]) => [hash, row.short_spec]),
  );
}

/** A copy of a fixture's mirror that may be damaged. */
export async function copyMirror(
  version: SpackVersion,
  kind: 'signed' | 'unsigned',
  to: string,
): Promise<string> {
  await cp(mirrorOf(version, kind), to, { recursive: true });
  return to;
}

/** Where each layout keeps its index, relative to the mirror. */
export const INDEX_FILES: Readonly<Record<SpackVersion, readonly string[]>> = {
  '1.2': ['v3/manifests/index/index.manifest.json'],
  '0.23': ['build_cache/index.json', 'build_cache/index.json.hash'],
};

export async function deleteIndex(version: SpackVersion, mirror: string): Promise<void> {
  for (const file of INDEX_FILES[version]) await rm(join(mirror, file));
}
