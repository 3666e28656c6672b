/** What has to hold after every round, looked at without the verb that was hit, and what a finished one looks like. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { openFileStorage } from '../../src/storage/file/file.ts';
import { readInstallTree } from '../../src/tree/install-tree.ts';
import { assertSound, listedHashes, publishedHashes } from '../cache/mirror-state.ts';
import type { TestRepository } from '../harness/registry-store.ts';
import { installedPrefixes } from './baseline.ts';
import type { MirrorName, World } from './world.ts';

const MIRRORS: readonly MirrorName[] = ['builds', 'release'];

/** @param mirrors false where they need not be sound yet @returns what does not hold */
export async function problemsOf(world: World, mirrors: boolean): Promise<string[]> {
  const problems: string[] = [];
  const must = async (what: string, holds: () => unknown) => {
    try {
      await holds();
    } catch (error) {
      problems.push(`${what}: ${error instanceof Error ? error.message : error}`);
    }
  };
  for (const name of mirrors ? MIRRORS : []) {
    const repository = world.repository(name);
    await must(name, () =>
      repository === undefined ? assertSound(world.documents(name)) : assertSoundRepository(repository),
    );
  }
  await must('install tree', () => treeHolds(world));
  await must('configuration', () => {
    const { spack } = parse(readFileSync(world.at('env/spack.yaml'), 'utf8'));
    if (typeof spack.mirrors !== 'object') throw new Error('no mirrors');
  });
  return problems;
}

/** What the verb was for, apart from what differs from run to run. */
export function stateOf(world: World): unknown {
  const { mirrors } = parse(readFileSync(world.at('env/spack.yaml'), 'utf8')).spack;
  return {
    mirrors: Object.keys(mirrors),
    urls: JSON.stringify(mirrors)
      .replaceAll(/127\.0\.0\.1:\d+/g, '')
      .replaceAll(world.at(), ''),
    content: MIRRORS.map((name) => contentOf(world, name)),
    installed: existsSync(database(world)) ? [...installedPrefixes(world.at('tree')).keys()].sort() : [],
    files: filesBelow(world.at('out')).map((name) => [name, statSync(world.at('out', name)).size > 0]),
    keyring: filesBelow(world.at('home/.local/share')),
    // Each run of a step has a folder there.
    comments: [...new Set(commentsBelow(world.at('runner')))],
  };
}

/** Whether a verb that says it is done is. @returns what differs */
export function missingFrom(state: unknown, complete: unknown): string | undefined {
  const fields = Object.entries(complete as Record<string, unknown>);
  const found = state as Record<string, unknown>;
  const [differing] = fields.filter(([name, value]) => !isDeepStrictEqual(found[name], value));
  if (differing === undefined) return undefined;
  const [name, value] = differing;
  return `${name} is ${JSON.stringify(found[name])}, not ${JSON.stringify(value)}`;
}

/**
 * Names of what is there only while something is written, by whomever. An index that is kept for the next time is written
 * only when it is another one: that clears away what is left of it (`cache/index/store.ts`).
 */
export function leftovers(world: World): string[] {
  // The runner empties its own folder.
  const names = filesBelow(world.at(), true).filter(
    (name) => !/^(?:home\/\.cache\/buildcache\/index|runner)\//.test(name),
  );
  return names.filter((name) =>
    name
      .split('/')
      .some((part) =>
        /^\.?(?:tmp|lock|download|sbang\.|buildcache-|soak)[-.\w]*-|\.te?mp$|^\.nfs/.test(part),
      ),
  );
}

/** As if it had lain there for days. */
export function age(world: World): void {
  const past = Date.now() / 1000 - 3 * 24 * 3600;
  for (const name of leftovers(world)) utimesSync(world.at(name), past, past);
}

/** What a prune clears away of folders that nobody has written to since, and a push of those it writes to. */
export async function sweepMirrors({ at }: World): Promise<void> {
  for (const name of MIRRORS) await openFileStorage(at('mirrors', name)).sweep?.();
}

/** How much there is, for what grows under other names. */
export function amountOf(world: World): number {
  const objects = MIRRORS.map((name) => world.repository(name) ?? world.documents(name));
  const counts = objects.map((each) => ('tags' in each ? each.tags.size : each.size));
  return counts.reduce(
    (sum, count) => sum + count,
    filesBelow(world.at()).filter((name) => !name.startsWith('runner/')).length,
  );
}

/** Bytes of all files. */
export function bytesOf(world: World): number {
  return filesBelow(world.at()).reduce((sum, name) => sum + lstatSync(world.at(name)).size, 0);
}

/** A stack trace, an error nobody foresaw, a line that goes on for ever. */
export function unwellSaid(stderr: string): string | undefined {
  const bad =
    /^\s+at .*:\d+:\d+|internal error|Cannot (?:read|set) prop|\b(?:Type|Range|Syntax|Reference|Assertion)Error\b|node:internal|\[object |\bundefined\b|Unhandled|Warning:/m;
  const found = stderr.split('\n').find((line) => bad.test(line) || line.length > 2_000);
  return found?.slice(0, 300);
}

const database = ({ at }: World) => at('tree/.spack-db/index.json');

/** Every prefix that is registered is whole. */
async function treeHolds(world: World): Promise<void> {
  if (!existsSync(database(world))) return;
  await readInstallTree(world.at('tree'));
  for (const [hash, files] of installedPrefixes(world.at('tree'))) {
    const wanted = world.baseline.installed.get(hash);
    if (!isDeepStrictEqual(files, wanted)) {
      const wrong = Object.keys({ ...wanted, ...files }).find((name) => files[name] !== wanted?.[name]);
      throw new Error(`the prefix of ${hash} is registered and not whole: ${wrong}`);
    }
  }
  const spack = process.env['SPACK'];
  if (spack !== undefined) readBySpack(spack, world);
}

function readBySpack(spack: string, { at }: World): void {
  for (const name of ['config', 'cache']) mkdirSync(at('home/spack', name), { recursive: true });
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: at('home'),
    SPACK_USER_CONFIG_PATH: at('home/spack/config'),
    SPACK_USER_CACHE_PATH: at('home/spack/cache'),
    SPACK_DISABLE_LOCAL_CONFIG: '1',
    PYTHONDONTWRITEBYTECODE: '1',
  };
  const config = `config:install_tree:root:${at('tree')}`;
  const out = execFileSync(spack, ['-c', config, 'find', '--format', '{hash}'], {
    env,
    encoding: 'utf8',
    stdio: 'pipe',
  });
  for (const hash of installedPrefixes(at('tree')).keys())
    if (!out.includes(hash)) throw new Error(`Spack does not find ${hash}`);
}

function contentOf(world: World, name: MirrorName): unknown {
  const repository = world.repository(name);
  if (repository !== undefined)
    return { tags: [...repository.tags.keys()].sort(), listed: listedImages(repository) };
  const documents = world.documents(name);
  return {
    published: [...publishedHashes(documents)].sort(),
    listed: [...listedHashes(documents)].sort(),
    keys: [...documents.keys()].filter((key) => /key/.test(key)).length,
    old: [...documents.keys()].filter((key) => key.startsWith('build_cache/')).length,
  };
}

/** Every image's blobs are there, and right; every listed spec has an image. */
function assertSoundRepository(repository: TestRepository): void {
  const digestOf = (bytes: Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  for (const [digest, bytes] of repository.blobs) {
    if (digestOf(bytes) !== digest) throw new Error(`the blob ${digest} is another`);
  }
  for (const [tag, digest] of repository.tags) {
    const manifest = repository.manifests.get(digest);
    if (manifest === undefined) throw new Error(`${tag} leads nowhere`);
    const { config, layers = [] } = JSON.parse(manifest.bytes.toString('utf8'));
    for (const { digest: blob } of [config, ...layers])
      if (!repository.blobs.has(blob)) throw new Error(`${tag} names a blob that is not there`);
  }
  const tags = [...repository.tags.keys()].join('\n');
  for (const hash of listedImages(repository))
    if (!tags.includes(hash)) throw new Error(`the index lists ${hash}, which is not there`);
}

function listedImages(repository: TestRepository): string[] {
  const manifest = repository.manifests.get(repository.tags.get('index.spack') ?? '');
  if (manifest === undefined) return [];
  const [layer] = JSON.parse(manifest.bytes.toString('utf8')).layers;
  const index = JSON.parse(repository.blobs.get(layer.digest)?.toString('utf8') ?? '{}');
  const records = Object.entries(index.database.installs) as [string, { readonly in_buildcache: boolean }][];
  return records
    .filter(([, record]) => record.in_buildcache)
    .map(([hash]) => hash)
    .sort();
}

/** Whole, or not there. */
function commentsBelow(folder: string): string[] {
  const names = filesBelow(folder).filter((name) => name.endsWith('/buildcache-comment.json'));
  return names.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')).content.mood);
}

function filesBelow(folder: string, folders = false): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  return names
    .filter((entry) => folders || !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
