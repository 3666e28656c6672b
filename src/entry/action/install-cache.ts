/**
 * Keeps what an install downloads across jobs in GitHub's cache: the packages, not the install tree that is made of
 * them. Relocation changes a tree's files, so no signature says what they must be. Of a package, the mirror's signed
 * manifest says it, and the manifest is read each time. Making the tree again is about as fast as restoring it.
 */

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { placeInStore } from '../../cache/reading/blob-store.ts';
import { isSha256, sha256 } from '../../core/digest.ts';
import type { Env } from '../../core/env.ts';
import { makeFolder, makeFolderNow } from '../../core/make-folder.ts';
import { openHostCache } from '../../github/cache.ts';
import { saveState } from '../../github/files.ts';
import { readState } from '../../github/inputs.ts';
import type { Mirror } from '../../mirrors/mirror.ts';
import type { Reporter } from '../../report/reporter.ts';

export interface InstallCache {
  readonly folder: string;
  /** The key that the folder is saved under. A restored folder with this key holds all that is wanted. */
  readonly key: string;
  readonly restored: string | undefined;
}

export interface InstallCacheOptions {
  readonly mirrors: readonly Mirror[];
  /** Root of the install tree. */
  readonly root: string;
  /** Fingerprints of the trusted keys. */
  readonly fingerprints: readonly string[];
  /** DAG hashes of what is to be installed. */
  readonly hashes: readonly string[];
}

/** A cache of gigabytes takes long to transfer. */
const TIMEOUT_MS = 15 * 60_000;
const MOST_BYTES = 32 * 1024 ** 3;

/** Undefined where there is no cache, or where downloading from the mirrors is as fast. */
export async function restoreInstallCache(
  env: Env,
  { mirrors, root, fingerprints, hashes }: InstallCacheOptions,
  reporter: Reporter,
): Promise<InstallCache | undefined> {
  if (!mirrors.some(({ fetch }) => !fetch.url.startsWith('file:'))) return undefined;
  const cache = openHostCache(env, {
    warn: (text) => reporter.warn(text),
    timeoutMs: TIMEOUT_MS,
    mostBytes: MOST_BYTES,
  });
  if (cache === undefined) return undefined;
  const folder = join(env['RUNNER_TEMP'] ?? tmpdir(), 'buildcache-packages');
  makeFolderNow(folder);
  const place = sha256(JSON.stringify([root, [...fingerprints].sort()])).slice(0, 16);
  const base = `buildcache-install-1-${place}-`;
  const key = base + sha256([...hashes].sort().join('\n')).slice(0, 16);
  // If this set of specs has no cache, that of another set may have most of its packages.
  const restored = await cache.restore(folder, key, [base]);
  const { kept, refused } = await keepOnly(folder, (digest, file) => hasDigest(file, digest));
  await putInPlace(folder);
  if (refused > 0) {
    reporter.warn(
      `the Actions cache ${restored ?? ''}: ${refused} restored files are not what they should be and were refused; the mirrors are asked for them`,
    );
  }
  if (restored !== undefined) reporter.info(`${kept} packages came from the Actions cache ${restored}`);
  return { folder, key, restored };
}

/**
 * Tells the post step what to save, if the folder has changed.
 * @param used digests of the packages that were installed; other files are removed
 */
export async function rememberInstallCache(
  env: Env,
  { folder, key, restored }: InstallCache,
  used: ReadonlySet<string>,
): Promise<void> {
  if (key === restored || !env['GITHUB_STATE']) return;
  const { kept } = await keepOnly(folder, async (digest) => used.has(digest));
  if (kept === 0) return;
  saveState(env, 'install-cache-key', key);
  saveState(env, 'install-cache-folder', folder);
}

/** The post step's part. */
export async function saveInstallCache(env: Env, warn: (text: string) => void): Promise<void> {
  const key = readState(env, 'install-cache-key');
  const folder = readState(env, 'install-cache-folder');
  if (key === undefined || folder === undefined) return;
  await openHostCache(env, { warn, timeoutMs: TIMEOUT_MS, mostBytes: MOST_BYTES })?.save(folder, key);
}

/** Removes everything but files that are named by a digest to keep. A restored folder may hold anything. */
async function keepOnly(
  folder: string,
  isKept: (digest: string, file: string) => Promise<boolean>,
): Promise<{ readonly kept: number; readonly refused: number }> {
  let kept = 0;
  let refused = 0;
  const visit = async (at: string) => {
    for (const entry of await readdir(at, { withFileTypes: true })) {
      const path = join(at, entry.name);
      const digest = basename(path);
      if (entry.isDirectory()) await visit(path);
      else if (entry.isFile() && isSha256(digest) && (await isKept(digest, path))) kept++;
      else {
        refused++;
        await rm(path, { force: true });
      }
    }
  };
  await visit(folder);
  return { kept, refused };
}

/** A restore leaves all files in the folder itself. */
async function putInPlace(folder: string): Promise<void> {
  for (const digest of (await readdir(folder)).filter(isSha256)) {
    const place = placeInStore(folder, digest);
    await makeFolder(dirname(place));
    await rename(join(folder, digest), place);
  }
}

async function hasDigest(file: string, digest: string): Promise<boolean> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex') === digest;
}
