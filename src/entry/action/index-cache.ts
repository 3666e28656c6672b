/**
 * Keeps indices across jobs in GitHub's cache, of each mirror the newest. The main step restores them; the post step saves them
 * when they have changed. A restored index is used only if its digest is the one that the mirror names.
 */

import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropReplaced, dropUnverifiable } from '../../cache/index/store.ts';
import { sha256 } from '../../core/digest.ts';
import type { Env } from '../../core/env.ts';
import { makeFolderNow } from '../../core/make-folder.ts';
import { redactUrl } from '../../core/redact.ts';
import { openHostCache } from '../../github/cache.ts';
import { saveState } from '../../github/files.ts';
import { readState } from '../../github/inputs.ts';
import type { Mirror } from '../../mirrors/mirror.ts';
import type { Reporter } from '../../report/reporter.ts';

export interface IndexCache {
  readonly folder: string;
  /** The beginning of the cache key, before the digest of the folder's contents. */
  readonly base: string;
  readonly restored: string | undefined;
  /** When it was restored, in milliseconds since 1970: what was not used since then is from earlier jobs. */
  readonly since: number;
}

/** Undefined where there is no cache, or where asking the mirror itself is as fast. */
export async function restoreIndexCache(
  env: Env,
  mirrors: readonly Mirror[],
  reporter: Reporter,
): Promise<IndexCache | undefined> {
  if (!mirrors.some(({ fetch }) => !fetch.url.startsWith('file:'))) return undefined;
  const cache = openHostCache(env, { warn: (text) => reporter.warn(text) });
  if (cache === undefined) return undefined;
  const folder = join(env['RUNNER_TEMP'] ?? tmpdir(), 'buildcache-index');
  makeFolderNow(folder);
  const places = mirrors.map(({ fetch }) => `${redactUrl(fetch.url)} ${fetch.view ?? ''}`);
  const base = `buildcache-index-2-${sha256(places.sort().join('\n')).slice(0, 16)}-`;
  // This restores the newest cache of the same mirrors: a key ends in the digest of its contents, so none equals this one.
  const restored = await cache.restore(folder, `${base}none`, [base]);
  await dropUnverifiable(folder);
  return { folder, base, restored, since: Date.now() };
}

/** Tells the post step what to save, if there is anything new. Versions that a mirror had before would add up job by job. */
export async function rememberIndexCache(
  env: Env,
  { folder, base, restored, since }: IndexCache,
): Promise<void> {
  await dropReplaced(folder, since);
  const documents = readdirSync(folder).filter((name) => name.endsWith('.index'));
  const key = base + sha256(documents.sort().join('\n')).slice(0, 16);
  if (documents.length === 0 || key === restored || !env['GITHUB_STATE']) return;
  saveState(env, 'index-cache-key', key);
  saveState(env, 'index-cache-folder', folder);
}

/** The post step's part. */
export async function saveIndexCache(env: Env, warn: (text: string) => void): Promise<void> {
  const key = readState(env, 'index-cache-key');
  const folder = readState(env, 'index-cache-folder');
  if (key === undefined || folder === undefined) return;
  await openHostCache(env, { warn })?.save(folder, key);
}
