/** What is kept between runs changes no answer: each is that of a user who has kept nothing. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runVerb } from '../entry/run-verb.ts';
import { generateEnvironment } from '../harness/generate.ts';
import { generateMirror, type MirrorOptions } from '../harness/generate-mirror.ts';
import { startHttpServer } from '../harness/http-server.ts';
import { tempDir } from '../harness/temp-dir.ts';

const STEPS = 60;

/** Mirrors of one server: by path, by query and by user. */
const MIRRORS = ['a', 'b', 'b?tenant=1', 'b?tenant=2', 'a@one', 'a@two'];

/** Half of the specs, however they are named. */
const isHalf = ({ hash }: { readonly hash: string }) => hash.charCodeAt(0) % 2 === 0;
const CONTENTS: readonly MirrorOptions[] = [
  {},
  { present: isHalf },
  { present: isHalf, indexed: () => true },
  { indexed: isHalf },
  { present: isHalf, index: false },
];

/** The same numbers for the same seed. */
function choices(seed: number) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const one = <T>(of: readonly [T, ...T[]] | readonly T[]): T => of[Math.floor(next() * of.length)] as T;
  return { one, chance: (of: number) => next() < of, below: (most: number) => Math.floor(next() * most) };
}

async function site(folder: string) {
  const lockfiles: string[] = [];
  const contents: string[] = [];
  for (const seed of [3, 9]) {
    const environment = generateEnvironment({ specs: 5, seed });
    const lockfile = join(folder, `env-${seed}`);
    mkdirSync(lockfile);
    writeFileSync(join(lockfile, 'spack.lock'), environment.lockfile);
    lockfiles.push(lockfile);
    for (const [i, options] of CONTENTS.entries()) {
      const content = join(folder, `content-${seed}-${i}`);
      await generateMirror(content, environment, options);
      contents.push(content);
    }
  }
  return { lockfiles, contents };
}

test.each([
  [1, 'changing mirrors'],
  [2, 'changing mirrors'],
  [3, 'mirrors that stay, and local copies that are believed'],
  [4, 'mirrors that stay, and local copies that are believed'],
])('by seed %i: %s', async (seed, kind) => {
  await using dir = await tempDir();
  const at = (...path: string[]) => join(dir.path, ...path);
  const { lockfiles, contents } = await site(dir.path);
  const { one, chance, below } = choices(seed);
  const content = new Map(MIRRORS.map((name) => [name, one(contents)]));
  await using server = await startHttpServer({
    fault({ path, headers }) {
      const [, slot = '', key = '', query = ''] = /^\/(\w+)\/([^?]*)(\?.*)?$/.exec(path) ?? [];
      const [user] = Buffer.from(headers.authorization?.slice(6) ?? '', 'base64')
        .toString()
        .split(':');
      const file = join(
        content.get(`${slot}${query}${user ? `@${user}` : ''}`) ?? '',
        decodeURIComponent(key),
      );
      const isThere = existsSync(file) && statSync(file).isFile();
      return isThere ? { status: 200, body: readFileSync(file) } : { status: 404 };
    },
  });
  const urlOf = (name: string) => {
    const [place = '', user] = name.split('@');
    return `${server.url}/${place}`.replace('//', user === undefined ? '//' : `//${user}:none@`);
  };
  const isStill = kind.includes('stay');
  const index = at('home/.cache/buildcache/index');
  let kept = 0;
  for (let step = 0; step < STEPS; step++) {
    if (!isStill && chance(0.5)) content.set(one(MIRRORS), one(contents));
    if (existsSync(index) && chance(0.1)) cpSync(index, at(`kept-${kept++}`), { recursive: true });
    if (kept > 0 && chance(0.1)) cpSync(at(`kept-${below(kept)}`), index, { recursive: true });
    if (existsSync(index) && chance(0.1)) flip(join(index, one(readdirSync(index))), below);
    if (chance(0.03)) rmSync(at('home/.local'), { recursive: true, force: true });
    const mirrors = new Set([one(MIRRORS), ...(chance(0.4) ? [one(MIRRORS)] : [])]);
    const args = [
      ...[
        one(['check', 'check', 'plan']),
        '-e',
        one(lockfiles),
        '--retries',
        '0',
        '--needs',
        one(['any', 'all']),
      ],
      ...[...mirrors].flatMap((name) => ['-m', urlOf(name)]),
      ...(isStill && chance(0.5) ? ['--index-ttl', '3600'] : []),
    ];
    const answer = await runVerb(args, at('home'));
    const fresh = await runVerb(args, at(`fresh-${step}`));
    expect([step, args, answer.code, answer.out]).toEqual([step, args, fresh.code, fresh.out]);
  }
});

function flip(file: string, below: (most: number) => number): void {
  const bytes = readFileSync(file);
  if (bytes.length === 0) return;
  const place = below(bytes.length);
  bytes[place] = (bytes[place] ?? 0) ^ (1 << below(8));
  writeFileSync(file, bytes);
}
