/** What a job of a plan runs by default: one shell command, with the environment and the mirrors of the plan. */
import { BuildcacheError } from '../../core/errors.ts';
import { redactUrl } from '../../core/redact.ts';
import { shellWord } from '../../report/shell-words.ts';
import { FORBIDDEN, VERIFY } from './presence-request.ts';

export interface JobCommandOptions {
  /** As it was given, or the default of `--environment`. */
  readonly environment: string;
  readonly mirrorUrl: readonly string[];
  readonly mirrors?: string;
  readonly onlyMirrors: readonly string[];
  readonly requireSignatures: boolean;
  readonly caFile?: string;
  readonly insecure: boolean;
  readonly store?: string;
  readonly needs: string;
  readonly verify: string;
  readonly forbidden: string;
  readonly onUnknown: string;
}

/**
 * The command builds what is still missing of the chunk, and pushes each spec as soon as it is built. It asks the mirrors
 * of the plan in the way the plan has asked them. Else a job could drop as present what the plan has found to be missing.
 * @throws BuildcacheError `usage` where a URL has credentials in it: a plan is kept and shown
 */
export function jobCommand(options: JobCommandOptions): string {
  const { environment, mirrorUrl, onlyMirrors, store } = options;
  const secret = [...mirrorUrl, ...onlyMirrors].find((url) => redactUrl(url) !== url);
  if (secret !== undefined) {
    throw new BuildcacheError('usage', 'the URL of a mirror has credentials in it, which a plan would show', {
      url: redactUrl(secret),
      hint: 'configure the mirror, with variables for what is secret, or say with --command what jobs run',
    });
  }
  const around = words([
    ...['-e', environment],
    ...mirrorUrl.flatMap((url) => ['-m', url]),
    ...named('--mirrors', options.mirrors),
    ...onlyMirrors.flatMap((url) => ['--only-mirrors', url]),
    ...(options.requireSignatures ? ['--require-signatures'] : []),
    ...named('--ca-file', options.caFile),
    ...(options.insecure ? ['--insecure'] : []),
  ]);
  const asking = words([
    ...['--needs', options.needs],
    ...named('--verify', options.verify, VERIFY[0]),
    ...named('--forbidden', options.forbidden, FORBIDDEN[0]),
    ...named('--on-unknown', options.onUnknown, 'fail'),
  ]);
  const tree = words(named('--store', store));
  const build = `spack -e ${shellWord(environment)} install --only-concrete`;
  const chunk = `buildcache plan ${around} ${asking} --chunk "$BUILDCACHE_CHUNK" -- ${build}`;
  return `buildcache autopush --watch ${around}${tree === '' ? '' : ` ${tree}`} -- ${chunk}`;
}

/** An option with its value, unless that is the default. */
function named(option: string, value: string | undefined, otherwise?: string): string[] {
  return value === undefined || value === otherwise ? [] : [option, value];
}

function words(texts: readonly string[]): string {
  return texts.map(shellWord).join(' ');
}
