/**
 * Folders kept between runs in GitHub's own cache, through `@actions/cache` (loaded only when there is a cache to talk to).
 * The cache is a convenience: an error becomes a warning, and the job goes on without the cache.
 *
 * GitHub keeps a pull request's entries from other branches. Each job of the branch can write entries all the same, also
 * one that has no secrets and runs a stranger's code. So an archive is unpacked into its folder only, whatever names it has
 * ({@link intoFolder}), and what is restored must be trusted no more than what the mirror serves. The toolkit cannot be
 * stopped: a restore that took too long may still unpack later, so its folders should have no other use. The toolkit itself
 * reports many errors as warnings in the log.
 *
 * A cache service may be named and unreachable (a self-hosted runner behind a firewall). The toolkit's retries would then
 * cost ten seconds and more in every step. So we first send one small request, once in a job; the post step is told the
 * result.
 */
import { lstat, mkdir, opendir, readdir, rename, rm, rmdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { childEnvironment } from '../core/child-environment.ts';
import type { Env } from '../core/env.ts';
import { BuildcacheError, describeError } from '../core/errors.ts';
import { redactUrl } from '../core/redact.ts';
import { saveState } from './files.ts';
import { readState } from './inputs.ts';

export interface HostCache {
  /**
   * Restores the files that were saved under this key, else under the newest key that starts with it, else under the newest
   * key that starts with one of `restoreKeys` in turn. All files come to lie in the folder itself, also those that were in
   * folders below it.
   * @param folder exists; exactly the same string as when the entry was saved, since the entry is found by it
   * @returns the key that was found; undefined when there is none, or after an error
   */
  restore(folder: string, key: string, restoreKeys: readonly string[]): Promise<string | undefined>;
  /** Saves the folder. Entries never change: a key that exists is left as it is. */
  save(folder: string, key: string): Promise<void>;
}

export interface HostCacheOptions {
  readonly warn: (message: string) => void;
  /** Milliseconds after which we go on without the cache. The toolkit alone retries for half a minute and more. */
  readonly timeoutMs?: number;
  /** A restored folder with more bytes than that is refused, and none is saved. */
  readonly mostBytes?: number;
  /** Milliseconds for the answer to the first small request. */
  readonly answerMs?: number;
}

const ANSWER_MS = 3_000;
const MOST_BYTES = 1024 ** 3;
const MOST_FILES = 50_000;
/** The state by which the main step tells the post step that the cache does not answer. */
const SILENT = 'actions-cache-silent';

/**
 * The cache of the job we run in; undefined where there is none (the command line, old GitHub Enterprise
 * servers). `env` decides that and nothing more: the toolkit reads `process.env` itself.
 */
export function openHostCache(env: Env, options: HostCacheOptions): HostCache | undefined {
  const available = env['ACTIONS_CACHE_SERVICE_V2'] ? env['ACTIONS_RESULTS_URL'] : env['ACTIONS_CACHE_URL'];
  if (!available || !env['ACTIONS_RUNTIME_TOKEN']) return undefined;
  if (silent.has(env) || readState(env, SILENT) !== undefined) return undefined;
  const { warn, timeoutMs = 60_000, mostBytes = MOST_BYTES, answerMs = ANSWER_MS } = options;
  let answer: Promise<void> | undefined;

  const attempt = async <T>(
    doing: string,
    act: (cache: ActionsCache, givenUp: AbortSignal) => Promise<T>,
  ): Promise<T | undefined> => {
    let timer: NodeJS.Timeout | undefined;
    const over = new AbortController();
    const tooLong = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no end after ${timeoutMs / 1000} seconds`)), timeoutMs);
    });
    tooLong.catch(() => undefined); // nobody may be waiting for it yet
    try {
      answer ??= signOfLife(available, env, answerMs);
      await answer;
      // The toolkit is loaded only now: loading keeps this thread busy, so that the first answer would seem late.
      return await Promise.race([import('@actions/cache').then((cache) => act(cache, over.signal)), tooLong]);
    } catch (error) {
      if (error instanceof NoAnswer) {
        // The warning is given once, and no later call waits again.
        if (!silent.has(env))
          warn(
            `going on without the GitHub Actions cache (index-cache and install-cache: false do not ask for it): ${describeError(error.cause)}`,
          );
        silent.add(env);
        if (env['GITHUB_STATE']) saveState(env, SILENT, 'true');
        return undefined;
      }
      warn(`could not ${doing} the GitHub Actions cache: ${describeError(error)}`);
      return undefined;
    } finally {
      over.abort();
      clearTimeout(timer);
    }
  };
  return {
    restore: (folder, key, restoreKeys) =>
      attempt('restore from', async (cache, givenUp) =>
        oneAtATime(env, () =>
          intoFolder(folder, mostBytes, givenUp, () => cache.restoreCache([folder], key, [...restoreKeys])),
        ),
      ),
    save: async (folder, key) => {
      await attempt('save to', async (cache) => {
        await requireRestorable(folder, mostBytes);
        return await cache.saveCache([folder], key);
      });
    },
  };
}

type ActionsCache = typeof import('@actions/cache');

/** Jobs for which something is being restored. */
const restoring = new WeakSet<Env>();

/**
 * What {@link intoFolder} tells tar is told to every tar that this process starts. So nothing else is restored while one
 * that took too long may still begin to unpack.
 */
async function oneAtATime<T>(env: Env, restore: () => Promise<T>): Promise<T> {
  if (restoring.has(env)) throw new BuildcacheError('io', 'another restore of this job has not ended');
  restoring.add(env);
  try {
    return await restore();
  } finally {
    restoring.delete(env);
  }
}

/**
 * Lets the toolkit unpack into one folder. The toolkit starts `tar -P`, which writes to any path that the archive names. GNU
 * tar takes further options from `TAR_OPTIONS`: these replace all folders in a name, and in the target of a link, by the
 * folder. In a UTF-8 locale `.` matches no byte that is not UTF-8, so a slash that is left after one is replaced, too. No
 * other tar reads these options, so that nothing is unpacked with another. A few kilobytes may unpack to a full disk. So tar
 * ends itself after twice the bytes that are kept or half of what is free, and when it has made more files than are kept.
 * @throws BuildcacheError `unsupported` where that cannot be done; `too-large`; the signal's reason
 */
async function intoFolder<T>(
  folder: string,
  mostBytes: number,
  givenUp: AbortSignal,
  unpack: () => Promise<T>,
): Promise<T> {
  const cannot = (what: string, hint: string) =>
    new BuildcacheError('unsupported', what, {
      hint: `${hint}, or say index-cache: false and install-cache: false`,
    });
  // They mean something to tar's options, or in a replacement of `s,…,…,`.
  if (!/^[\p{L}\p{N} _.+@:=/-]+$/u.test(folder))
    throw cannot('its folder has characters that tar may not be given', 'choose another RUNNER_TEMP');
  const { execFile } = await import('node:child_process'); // the gate mostly does without it
  const tar = process.platform === 'darwin' ? 'gtar' : 'tar'; // as the toolkit chooses
  const version = await new Promise<string>((resolve) => {
    execFile(tar, ['--version'], { env: childEnvironment() }, (_, stdout) => resolve(stdout));
  });
  if (!version.includes('GNU tar'))
    throw cannot('it is unpacked with GNU tar only', `put GNU ${tar} on the PATH`);
  const { bavail, bsize } = await statfs(folder);
  const records = Math.max(1, Math.floor(Math.min(2 * mostBytes, (bavail * bsize) / 2) / TAR_RECORD));
  const isFine = `[ $TAR_CHECKPOINT -lt ${records} ] && [ $(ls -f "${folder}" | head -n ${2 * MOST_FILES} | wc -l) -le ${MOST_FILES} ]`;
  givenUp.throwIfAborted();
  const before = process.env['TAR_OPTIONS'];
  process.env['TAR_OPTIONS'] =
    `'--transform=s,^.*/,,;s,/,_,g;s,^,${folder}/,' --no-overwrite-dir --no-same-owner --no-same-permissions ` +
    `--checkpoint=${Math.min(records, LOOK_RECORDS)} '--checkpoint-action=exec=${isFine} || kill $PPID'`;
  try {
    return await unpack();
  } finally {
    if (before === undefined) delete process.env['TAR_OPTIONS'];
    else process.env['TAR_OPTIONS'] = before;
    await keepFiles(folder, mostBytes);
  }
}

/** Bytes that tar reads at once, and counts its checkpoints by. */
const TAR_RECORD = 10_240;
/** After so many it looks at what it has made: in 32 MB are at most 65,000 empty files. */
const LOOK_RECORDS = 3277;

/**
 * Removes links, pipes and empty folders: only files were saved. A file with holes may have any size.
 * @throws BuildcacheError `too-large`. The folder is empty then.
 */
async function keepFiles(folder: string, mostBytes: number): Promise<void> {
  let files = 0;
  let bytes = 0;
  for await (const entry of await opendir(folder)) {
    const path = join(folder, entry.name);
    files++;
    if (entry.isDirectory()) await rmdir(path).catch(() => undefined);
    else if (!entry.isFile()) await rm(path, { force: true });
    else {
      // A name that is not UTF-8 leads to no file here. Nobody has saved it.
      bytes += (await lstat(path).catch(() => ({ size: Number.POSITIVE_INFINITY }))).size;
    }
    if (files > MOST_FILES || bytes > mostBytes) break;
  }
  if (files <= MOST_FILES && bytes <= mostBytes) return;
  // To remove millions of files takes minutes. The runner removes them after the job.
  const aside = `${folder}-refused-${process.pid}-${Date.now()}`;
  await rename(folder, aside);
  await mkdir(folder, { mode: 0o700 });
  if (files <= MOST_FILES) await rm(aside, { recursive: true, force: true });
  throw new BuildcacheError('too-large', 'more was restored than a job keeps, or other names', {
    expected: `at most ${MOST_FILES} files and ${mostBytes} bytes`,
    hint: 'delete the entry in the caches of the repository',
  });
}

/** What no job would restore is not saved either. @throws BuildcacheError `too-large` */
async function requireRestorable(folder: string, mostBytes: number): Promise<void> {
  let files = 0;
  let bytes = 0;
  const visit = async (at: string): Promise<void> => {
    // What is not there, the toolkit will say.
    for (const entry of await readdir(at, { withFileTypes: true }).catch(() => [])) {
      const path = join(at, entry.name);
      if (entry.isDirectory()) await visit(path);
      else {
        files++;
        bytes += (await lstat(path).catch(() => undefined))?.size ?? 0;
      }
    }
  };
  await visit(folder);
  if (files <= MOST_FILES && bytes <= mostBytes) return;
  throw new BuildcacheError('too-large', 'more is kept than a job restores', {
    expected: `at most ${MOST_FILES} files and ${mostBytes} bytes`,
    found: `${files} files and ${bytes} bytes`,
    hint: 'say index-cache: false or install-cache: false if it stays so',
  });
}

/** Jobs whose cache does not answer, by their environment. */
const silent = new WeakSet<Env>();

class NoAnswer extends Error {}

/** Sends one small request; any answer will do. The toolkit finds proxies much as we do. @throws NoAnswer */
async function signOfLife(url: string, env: Env, timeoutMs: number): Promise<void> {
  const { openHttpClient } = await import('../storage/http/client.ts');
  const client = await openHttpClient({ timeoutMs, connections: 1, verifyTls: true, ca: undefined, env });
  const late = new AbortController();
  const timer = setTimeout(() => {
    const text = `no answer within ${timeoutMs / 1000} seconds`;
    late.abort(new BuildcacheError('unreachable', text, { url: redactUrl(url) }));
  }, timeoutMs);
  try {
    const { body } = await client.request({ method: 'HEAD', url: new URL(url), signal: late.signal });
    body.on('error', () => undefined).destroy();
  } catch (cause) {
    throw new NoAnswer('no answer', { cause });
  } finally {
    clearTimeout(timer);
    await client.close();
  }
}
