/** What a job of a plan runs by default: one shell command, with the environment and the mirrors of the plan. */
import { BuildcacheError } from '../../core/errors.ts';
import { redactUrl } from '../../core/redact.ts';
import { shellWord } from '../../report/shell-words.ts';

export interface JobCommandOptions {
  readonly environment?: string;
  readonly mirrorUrl: readonly string[];
  readonly mirrors?: string;
  readonly store?: string;
  readonly needs: string;
}

/**
 * The command builds what is still missing of the chunk, and pushes each spec as soon as it is built.
 * @throws BuildcacheError `usage` where a URL has credentials in it: a plan is kept and shown
 */
export function jobCommand({
  environment = '.',
  mirrorUrl,
  mirrors,
  store,
  needs,
}: JobCommandOptions): string {
  const secret = mirrorUrl.find((url) => redactUrl(url) !== url);
  if (secret !== undefined) {
    throw new BuildcacheError('usage', 'the URL of a mirror has credentials in it, which a plan would show', {
      url: redactUrl(secret),
      hint: 'configure the mirror, with variables for what is secret, or say with --command what jobs run',
    });
  }
  const where = ['-e', environment, ...mirrorUrl.flatMap((url) => ['-m', url])];
  const around = [...where, ...(mirrors === undefined ? [] : ['--mirrors', mirrors])]
    .map(shellWord)
    .join(' ');
  const tree = store === undefined ? '' : ` --store ${shellWord(store)}`;
  const build = `spack -e ${shellWord(environment)} install --only-concrete`;
  const chunk = `buildcache plan ${around} --needs ${shellWord(needs)} --chunk "$BUILDCACHE_CHUNK" -- ${build}`;
  return `buildcache autopush --watch ${around}${tree} -- ${chunk}`;
}
