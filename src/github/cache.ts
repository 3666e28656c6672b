/**
 * Folders kept between runs in GitHub's own cache, through `@actions/cache` (loaded only when there is a cache
 * to talk to). A convenience: whatever goes wrong is told as a warning and the job goes on as without it.
 *
 * Restoring unpacks an archive over the file system. GitHub keeps a pull request's entries from other
 * branches, but what is restored is still to be believed no more than what the mirror serves. The toolkit
 * cannot be stopped: a restore that took too long may still unpack later, so its folders should be nobody
 * else's. It reports much of what goes wrong by itself, as warnings in the log.
 *
 * A service that is named and out of reach (a self-hosted runner behind a firewall) would cost the toolkit's tries, ten
 * seconds and more, in every step. So it is asked for a sign of life first, once in a job: the post step is told.
 */
import type { Env } from '../core/env.ts';
import { BuildcacheError, describeError } from '../core/errors.ts';
import { redactUrl } from '../core/redact.ts';
import { saveState } from './files.ts';
import { readState } from './inputs.ts';

export interface HostCache {
  /**
   * Puts the folders back as they were saved: under this key, else under the newest key that starts with it,
   * else with one of `restoreKeys` in turn.
   * @param paths the very same strings as when they were saved: an entry belongs to them
   * @returns the key that was found; undefined when there is nothing, or it went wrong
   */
  restore(paths: readonly string[], key: string, restoreKeys: readonly string[]): Promise<string | undefined>;
  /** Saves the folders. Entries never change: a key that is there already is left as it is. */
  save(paths: readonly string[], key: string): Promise<void>;
}

export interface HostCacheOptions {
  readonly warn: (message: string) => void;
  /** Milliseconds after which we go on without; the toolkit alone tries for half a minute and more. */
  readonly timeoutMs?: number;
  /** Milliseconds for the first sign of life. */
  readonly answerMs?: number;
}

const ANSWER_MS = 3_000;
/** What the main step tells the post step. */
const SILENT = 'actions-cache-silent';

/**
 * The cache of the job we run in; undefined where there is none (the command line, old GitHub Enterprise
 * servers). `env` decides that and nothing more: the toolkit reads `process.env` itself.
 */
export function openHostCache(env: Env, options: HostCacheOptions): HostCache | undefined {
  const available = env['ACTIONS_CACHE_SERVICE_V2'] ? env['ACTIONS_RESULTS_URL'] : env['ACTIONS_CACHE_URL'];
  if (!available || !env['ACTIONS_RUNTIME_TOKEN']) return undefined;
  if (silent.has(env) || readState(env, SILENT) !== undefined) return undefined;
  const { warn, timeoutMs = 60_000, answerMs = ANSWER_MS } = options;
  let answer: Promise<void> | undefined;

  const attempt = async <T>(
    doing: string,
    act: (cache: ActionsCache) => Promise<T>,
  ): Promise<T | undefined> => {
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no end after ${timeoutMs / 1000} seconds`)), timeoutMs);
    });
    try {
      answer ??= signOfLife(available, env, answerMs);
      await answer;
      // Not before: loading it keeps this thread busy, and an answer that is there would seem late.
      return await Promise.race([import('@actions/cache').then(act), tooLong]);
    } catch (error) {
      if (error instanceof NoAnswer) {
        // Said once; nobody is to wait for it again.
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
      clearTimeout(timer);
    }
  };
  return {
    restore: (paths, key, restoreKeys) =>
      attempt('restore from', (cache) => cache.restoreCache([...paths], key, [...restoreKeys])),
    save: async (paths, key) => {
      await attempt('save to', (cache) => cache.saveCache([...paths], key));
    },
  };
}

type ActionsCache = typeof import('@actions/cache');

/** Jobs whose cache does not answer, by their environment. */
const silent = new WeakSet<Env>();

class NoAnswer extends Error {}

/** Any answer will do. The toolkit reads proxies for itself, and much as we do. @throws NoAnswer */
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
