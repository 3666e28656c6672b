/** The action's inputs -> one read-only value, everything that is wrong reported together. */
import { resolve } from 'node:path';
import type { Forbidden, Verify } from '../../cache/reading/presence.ts';
import { publicVariables } from '../../core/child-environment.ts';
import { BuildcacheError, describeError } from '../../core/errors.ts';
import { DEFAULT_RETRY, DEFAULT_TIMEOUT_SECONDS } from '../../core/retry.ts';
import { type Host, readHost } from '../../github/host.ts';
import { readInput } from '../../github/inputs.ts';
import type { MirrorConfiguration } from '../../mirrors/config.ts';
import { confine, confineTls } from '../../mirrors/confine.ts';
import {
  type EnvironmentFiles,
  environmentMirrors,
  findEnvironment,
  mergeMirrors,
} from '../../mirrors/environment.ts';
import { parseMirrorsInput } from '../../mirrors/input.ts';
import type { LocationContext } from '../../mirrors/location.ts';
import type { Mirror } from '../../mirrors/mirror.ts';
import { resolveMirror } from '../../mirrors/select.ts';
import { spackRoot } from '../../mirrors/spack-root.ts';
import { MAX_JOBS } from '../../plan/matrix.ts';
import type { Needs } from '../../plan/rebuild.ts';
import type { Selection } from '../../plan/selection.ts';
import { parseNeeds } from '../cli/verbs/check.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What an unknown does to the step: fail it, count as a rebuild, or warn only. */
export type OnUnknown = 'fail' | 'rebuild' | 'warn';

/** What the main step does. */
export type ActionCommand = (typeof COMMANDS)[number];

/** Mirrors to push to: none, those that are configured for it, or these names. */
export type Autopush = 'off' | 'configured' | readonly string[];

export interface ActionInputs {
  readonly command: ActionCommand;
  readonly autopush: Autopush;
  /** As it is written; undefined where none was named. See `readTreeConfiguration`. */
  readonly installTree: string | undefined;
  /** Spack's own prefix, absolute; undefined where it is not known. */
  readonly spackPrefix: string | undefined;
  /** What images stand on, where a mirror is a registry. */
  readonly baseImage: string | undefined;
  /** Of one image of all roots, where a mirror is a registry. */
  readonly tag: string | undefined;
  readonly pushFailure: 'error' | 'warn';
  readonly updateIndex: boolean;
  /** The mirror that copy-lists are for, or that is copied to. */
  readonly copyTo: Mirror | undefined;
  readonly copyFrom: Mirror | undefined;
  /** Patterns of copy-lists to follow. */
  readonly copyLists: readonly string[];
  /** Copy what the mirror holds instead of the environment. */
  readonly wholeMirror: boolean;
  /** Copy-lists may name mirrors that are not configured. */
  readonly allowOtherHosts: boolean;
  readonly resign: boolean;
  readonly dryRun: boolean;
  readonly allowPrivileged: boolean;
  /** Install also what this machine cannot run. */
  readonly otherarch: boolean;
  readonly installCache: boolean;
  readonly environment: EnvironmentFiles;
  readonly configuration: MirrorConfiguration;
  readonly selection: Selection;
  readonly needs: Needs;
  readonly verify: Verify;
  readonly forbidden: Forbidden;
  readonly onUnknown: OnUnknown;
  readonly failOnRebuild: boolean;
  /** Say why what is missing is missing. */
  readonly explain: boolean;
  /** Another lockfile to compare with, as the command line takes it. */
  readonly against: string | undefined;
  /** Keep a comment on the pull request. */
  readonly comment: boolean;
  /** Where the run of a fork has left what it would say: a file, or a folder of them. */
  readonly commentFile: string | undefined;
  /** Nothing to check or to copy is no failure. */
  readonly allowEmpty: boolean;
  readonly indexCache: boolean;
  readonly summary: boolean;
  readonly annotations: boolean;
  readonly jobs: number;
  /** Seconds of silence. */
  readonly timeout: number;
  readonly retries: number;
  readonly maxJobs: number;
  /** How many jobs of a plan run at once. */
  readonly runners: number;
}

const COMMANDS = [
  'check',
  'plan',
  'push',
  'autopush',
  'update-index',
  'install',
  'sync',
  'explain',
  'comment',
] as const;

/**
 * @param workspace what relative paths start from
 * @throws `usage` with every problem, one after the other; for one alone its own error
 */
export async function readActionInputs(env: Env, workspace: string): Promise<ActionInputs> {
  const problems: unknown[] = [];
  const input = new Inputs(env, problems);
  const command = input.choice('command', COMMANDS, 'check');
  const spackPrefix = readInput(env, 'spack-prefix') ?? spackRoot(env);
  const place = resolve(workspace, readInput(env, 'environment') ?? (env['SPACK_ENV'] || '.'));
  const environment = await attempt(() => findEnvironment(place, env), problems);
  const mirrors = readInput(env, 'mirrors');
  const context = { base: workspace, environment: environment?.folder, env };
  const allowPrivileged = input.flag('allow-unsafe-pull-request-target', false);
  const confinement = {
    onlyMirrors: input.list('only-mirrors'),
    requireSignatures: input.flag('require-signatures', false),
    distrusted: allowPrivileged ? undefined : distrustOf(readHost(env)),
  };
  const configuration = await attempt(async () => {
    const own = mirrors === undefined ? undefined : await parseMirrorsInput(mirrors, context);
    const asked = confinement.distrusted === undefined ? env : publicVariables(env);
    const inEnvironment = environment && (await environmentMirrors(environment.folder, asked));
    const none = { mirrors: [], notes: [] };
    const theirs = confineTls(inEnvironment ?? none, confinement);
    return confine(mergeMirrors(own ?? none, theirs), confinement, context);
  }, problems);
  const autopush = input.autopush(configuration);
  const signed = (mirror: Mirror | undefined) =>
    mirror && { ...mirror, signed: mirror.signed || confinement.requireSignatures };
  const copyTo = signed(input.mirror('copy-to', configuration, context));
  const inputs = {
    command,
    autopush,
    installTree: readInput(env, 'install-tree'),
    spackPrefix: spackPrefix && resolve(workspace, spackPrefix),
    baseImage: readInput(env, 'base-image'),
    tag: readInput(env, 'tag'),
    pushFailure: input.choice('push-failure', ['error', 'warn'], 'error'),
    updateIndex: input.flag('update-index', true),
    copyTo,
    copyFrom: signed(input.mirror('copy-from', configuration, context)),
    copyLists: input.list('copy-list'),
    wholeMirror: input.flag('whole-mirror', false),
    allowOtherHosts: input.flag('allow-other-hosts', false),
    resign: input.flag('resign', false),
    dryRun: input.flag('dry-run', false),
    allowPrivileged,
    otherarch: input.flag('otherarch', false),
    installCache: input.flag('install-cache', true),
    selection: {
      rootsOnly: input.flag('roots-only', false),
      noBuildDeps: false,
      specs: input.list('specs'),
      hashes: [],
      include: input.list('include'),
      exclude: input.list('exclude'),
    },
    needs: parseNeeds(readInput(env, 'needs') ?? 'any'),
    verify: input.choice('verify', ['exists', 'manifests', 'blobs'], 'exists'),
    forbidden: input.choice('forbidden', ['auto', 'missing', 'unknown'], 'auto'),
    onUnknown: input.choice('on-unknown', ['fail', 'rebuild', 'warn'], 'fail'),
    failOnRebuild: input.flag('fail-on-rebuild', false),
    explain: input.flag('explain', false),
    against: readInput(env, 'against'),
    comment: input.flag('comment', false),
    commentFile: readInput(env, 'comment-file'),
    allowEmpty: input.flag('allow-empty', false),
    indexCache: input.flag('index-cache', true),
    summary: input.flag('summary', true),
    annotations: input.flag('annotations', true),
    jobs: input.number('jobs', 1, 512, 16),
    timeout: input.number('timeout', 1, 86_400, DEFAULT_TIMEOUT_SECONDS),
    retries: input.number('retries', 0, 20, DEFAULT_RETRY.retries),
    maxJobs: input.number('max-jobs', 1, MAX_JOBS, MAX_JOBS),
    runners: input.number('runners', 1, 10_000, 16),
  };
  if (problems.length === 0 && environment !== undefined && configuration !== undefined) {
    return { environment, configuration, ...inputs };
  }
  if (problems.length === 1) throw problems[0];
  throw new BuildcacheError(
    'usage',
    `${problems.length} inputs are wrong: ${problems.map(describeError).join(' | ')}`,
  );
}

/**
 * Why a checked-out configuration is not to be believed: the job has the repository's secrets, and its subject may be a
 * stranger's. Who may push to the branch of a pull request can change the workflow as well, and has them anyway.
 */
function distrustOf({ eventName, pullRequest }: Host): string | undefined {
  return pullRequest?.privileged === true ? `on ${eventName}` : undefined;
}

/** Every mirror a step may talk to: those that are configured, and those of inputs of their own. */
export function knownMirrors({ configuration, copyTo, copyFrom }: ActionInputs): readonly Mirror[] {
  return [...configuration.mirrors, ...[copyTo, copyFrom].filter((mirror) => mirror !== undefined)];
}

/** Reads inputs of each kind, collecting what is wrong instead of stopping at the first. */
class Inputs {
  readonly #env: Env;
  readonly #problems: unknown[];

  constructor(env: Env, problems: unknown[]) {
    this.#env = env;
    this.#problems = problems;
  }

  choice<const T extends string>(name: string, choices: readonly T[], otherwise: T): T {
    const text = readInput(this.#env, name);
    if (text === undefined) return otherwise;
    return choices.find((choice) => choice === text) ?? this.#bad(name, choices.join(', '), text, otherwise);
  }

  /** The spellings of YAML 1.2's core schema, as @actions/core takes them. */
  flag(name: string, otherwise: boolean): boolean {
    const text = readInput(this.#env, name);
    if (text === undefined) return otherwise;
    if (/^(true|True|TRUE)$/.test(text)) return true;
    if (/^(false|False|FALSE)$/.test(text)) return false;
    return this.#bad(name, 'true or false', text, otherwise);
  }

  number(name: string, least: number, most: number, otherwise: number): number {
    const text = readInput(this.#env, name);
    if (text === undefined) return otherwise;
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    return this.#bad(name, `a whole number from ${least} to ${most}`, text, otherwise);
  }

  /** Not given at all, as in the sub-actions that write nothing: off. */
  autopush(configuration: MirrorConfiguration | undefined): Autopush {
    const text = readInput(this.#env, 'autopush') ?? 'false';
    if (/^(true|True|TRUE)$/.test(text)) return 'configured';
    if (/^(false|False|FALSE)$/.test(text)) return 'off';
    const names = text.split(/[\s,]+/).filter((name) => name !== '');
    const known = (configuration?.mirrors ?? []).map(({ name }) => name);
    const unknown = names.filter((name) => !known.includes(name));
    if (configuration === undefined || unknown.length === 0) return names;
    return this.#bad(
      'autopush',
      `true, false or names of mirrors (${known.join(', ')})`,
      unknown.join(' '),
      names,
    );
  }

  /** A configured mirror's name, a path or a URL. */
  mirror(
    name: string,
    configuration: MirrorConfiguration | undefined,
    context: LocationContext,
  ): Mirror | undefined {
    const text = readInput(this.#env, name);
    if (text === undefined || configuration === undefined) return undefined;
    try {
      return resolveMirror(text, configuration, context);
    } catch (error) {
      this.#problems.push(error);
      return undefined;
    }
  }

  /** One item a line: specs have spaces. */
  list(name: string): string[] {
    const lines = (readInput(this.#env, name) ?? '').split('\n').map((line) => line.trim());
    return lines.filter((line) => line !== '' && !line.startsWith('#'));
  }

  #bad<T>(name: string, expected: string, found: string, otherwise: T): T {
    const facts = { expected, found: JSON.stringify(found.slice(0, 60)) };
    this.#problems.push(new BuildcacheError('usage', `the input ${name} is wrong`, facts));
    return otherwise;
  }
}

async function attempt<T>(action: () => Promise<T>, problems: unknown[]): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    problems.push(error);
    return undefined;
  }
}
