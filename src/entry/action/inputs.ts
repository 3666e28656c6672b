/** Reads the action's inputs into one read-only value, and reports everything that is wrong together. */

import { resolve } from 'node:path';
import type { Forbidden, Verify } from '../../cache/reading/presence.ts';
import type { VerifyLevel } from '../../commands/check-index.ts';
import { publicVariables } from '../../core/child-environment.ts';
import type { Env } from '../../core/env.ts';
import { BuildcacheError, describeError } from '../../core/errors.ts';
import { type EnvironmentFiles, findEnvironment } from '../../environment/environment.ts';
import { spackRoot } from '../../environment/spack-root.ts';
import { type Host, readHost } from '../../github/host.ts';
import type { MirrorConfiguration } from '../../mirrors/config.ts';
import { confine, confineTls } from '../../mirrors/confine.ts';
import { environmentMirrors, mergeMirrors } from '../../mirrors/environment-mirrors.ts';
import { parseMirrorsInput } from '../../mirrors/input.ts';
import type { Mirror } from '../../mirrors/mirror.ts';
import type { Needs } from '../../plan/rebuild.ts';
import type { Selection } from '../../plan/selection.ts';
import { parseNeeds, VERIFY } from '../shared/presence-request.ts';
import { type Autopush, InputReader, type WhileBuilding } from './input-reader.ts';
import type { CommandName } from './manifest/commands.ts';

/** What an unknown does to the step: fail it, count as a rebuild, or warn only. */
export type OnUnknown = 'fail' | 'rebuild' | 'warn';

export interface ActionInputs {
  readonly command: CommandName;
  readonly autopush: Autopush;
  readonly whileBuilding: WhileBuilding;
  /** The install tree as the input has it; undefined where none was named. See `readTreeConfiguration`. */
  readonly installTree: string | undefined;
  /** Spack's own prefix, absolute; undefined where it is not known. */
  readonly spackPrefix: string | undefined;
  /** The base image of the images, where a mirror is a registry. */
  readonly baseImage: string | undefined;
  /** The tag of one image of all roots, where a mirror is a registry. */
  readonly tag: string | undefined;
  readonly pushFailure: 'error' | 'warn';
  readonly updateIndex: boolean;
  /** Sign where the specs were built, too. */
  readonly provenance: boolean;
  /** Characters that the root of the install tree has to have. */
  readonly minRootLength: number;
  /** Conditions on where specs were built. */
  readonly requireProvenance: readonly string[];
  /** Keys, files and fingerprints, as the input has them. */
  readonly trustedKeys: string | undefined;
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
  /** Specs that the mirror to copy from does not have are not a failure. */
  readonly allowMissing: boolean;
  readonly dryRun: boolean;
  /** The mirror that a command is about. */
  readonly mirror: Mirror | undefined;
  readonly keepLists: readonly string[];
  readonly keepEnvironments: readonly string[];
  readonly keepGit: readonly string[];
  /** In the commits of `keepGit`. */
  readonly lockfiles: readonly string[];
  readonly keepRoots: readonly string[];
  readonly pins: readonly string[];
  /** Bytes. */
  readonly maxSize: number | undefined;
  readonly removeAll: boolean;
  /** A file, as it is written. */
  readonly history: string | undefined;
  /** Milliseconds. */
  readonly olderThanMs: number | undefined;
  readonly graceMs: number;
  readonly nobodyPushes: boolean;
  /** Fingerprints of keys, in upper case. */
  readonly fingerprints: readonly string[];
  /** A file of public keys to publish, as the input has it. */
  readonly publish: string | undefined;
  /** Whether a prune removes what it finds, instead of only saying it. */
  readonly deletes: boolean;
  readonly allowPrivileged: boolean;
  /** The variables that checked-out files may read: on a privileged event only those that say nothing secret. */
  readonly checkoutEnv: Env;
  /** The job has the repository's secrets, and checked-out files may be a stranger's. */
  readonly isDistrusted: boolean;
  /** The workflow says which mirrors count. */
  readonly isConfined: boolean;
  /** Install also what this machine cannot run. */
  readonly otherarch: boolean;
  /** Where to fetch patchelf. */
  readonly patchelf: string | undefined;
  readonly installCache: boolean;
  readonly environment: EnvironmentFiles;
  /** What the input says of it; undefined where it is the job's or the workspace's. */
  readonly namedEnvironment: string | undefined;
  readonly configuration: MirrorConfiguration;
  readonly selection: Selection;
  readonly needs: Needs;
  readonly verify: Verify;
  /** How much of a mirror `check-index` reads. */
  readonly verifyLevel: VerifyLevel;
  readonly view: string | undefined;
  readonly rootLengths: boolean;
  readonly repair: boolean;
  readonly forbidden: Forbidden;
  readonly onUnknown: OnUnknown;
  readonly failOnRebuild: boolean;
  /** Say why missing specs are missing. */
  readonly explain: boolean;
  /** Another lockfile to compare with, as the command line takes it. */
  readonly against: string | undefined;
  /** Keep a comment on the pull request. */
  readonly comment: boolean;
  /** The file that a fork's run has written its comment to, or a folder of such files. */
  readonly commentFile: string | undefined;
  /** Write the mirrors as a configuration scope for Spack. */
  readonly spackScope: boolean;
  /** It is not a failure if there is nothing to check or to copy. */
  readonly allowEmpty: boolean;
  /** Leave on mirrors which specs were needed. */
  readonly stamp: boolean;
  readonly indexCache: boolean;
  readonly summary: boolean;
  readonly annotations: boolean;
  readonly jobs: number;
  /** Seconds that a connection may be silent. */
  readonly timeout: number;
  readonly retries: number;
  readonly maxJobs: number;
  /** How many jobs of a plan run at once. */
  readonly runners: number;
}

/**
 * @param workspace what relative paths start from
 * @param host the job and its event
 * @throws BuildcacheError `usage` that lists every problem; if there is only one, that problem's own error
 */
export async function readActionInputs(
  env: Env,
  workspace: string,
  host: Host = readHost(env),
): Promise<ActionInputs> {
  const problems: unknown[] = [];
  const input = new InputReader(env, problems);
  const { command } = input;
  const spackPrefix = input.text('spack-prefix') ?? spackRoot(env);
  const namedEnvironment = input.text('environment');
  const place = resolve(workspace, namedEnvironment ?? (env['SPACK_ENV'] || '.'));
  const allowPrivileged = input.flag('allow-unsafe-pull-request-target');
  const distrusted = allowPrivileged ? undefined : distrustOf(host);
  const checkoutEnv = distrusted === undefined ? env : publicVariables(env);
  const environment = await attempt(() => findEnvironment(place, checkoutEnv), problems);
  const mirrors = input.text('mirrors');
  const context = { base: workspace, environment: environment?.folder, env };
  const confinement = {
    onlyMirrors: input.list('only-mirrors'),
    requireSignatures: input.flag('require-signatures'),
    distrusted,
    // Of a scope, Spack installs.
    installs: command === 'install' || input.flag('spack-scope'),
  };
  const configuration = await attempt(async () => {
    const own = mirrors === undefined ? undefined : await parseMirrorsInput(mirrors, context, checkoutEnv);
    const inEnvironment = environment && (await environmentMirrors(environment.folder, checkoutEnv));
    const none = { mirrors: [], notes: [] };
    const theirs = confineTls(inEnvironment ?? none, confinement);
    return confine(mergeMirrors(own ?? none, theirs), confinement, context);
  }, problems);
  const level = input.choice('verify');
  if (level === 'all' && command !== 'check-index') input.refuse('verify', VERIFY.join(', '), level);
  const autopush = input.autopush(configuration);
  const signed = (mirror: Mirror | undefined) =>
    mirror && { ...mirror, signed: mirror.signed || confinement.requireSignatures };
  const copyTo = signed(input.mirror('copy-to', configuration, context));
  const inputs = {
    command,
    namedEnvironment,
    checkoutEnv,
    isDistrusted: distrusted !== undefined,
    isConfined: confinement.onlyMirrors.length > 0,
    autopush,
    whileBuilding: input.whileBuilding(),
    installTree: input.text('install-tree'),
    spackPrefix: spackPrefix && resolve(workspace, spackPrefix),
    baseImage: input.text('base-image'),
    tag: input.text('tag'),
    pushFailure: input.choice('push-failure'),
    updateIndex: input.flag('update-index'),
    provenance: input.flag('provenance'),
    minRootLength: input.count('min-root-length'),
    requireProvenance: input.list('require-provenance'),
    trustedKeys: input.text('trusted-keys'),
    copyTo,
    copyFrom: signed(input.mirror('copy-from', configuration, context)),
    copyLists: input.list('copy-list'),
    wholeMirror: input.flag('whole-mirror'),
    allowOtherHosts: input.flag('allow-other-hosts'),
    resign: input.flag('resign'),
    allowMissing: input.flag('allow-missing'),
    dryRun: input.flag('dry-run'),
    mirror: signed(input.mirror('mirror', configuration, context)),
    keepLists: input.list('keep-list'),
    keepEnvironments: input.list('keep-environment'),
    keepGit: input.list('keep-git'),
    lockfiles: input.list('lockfile'),
    keepRoots: input.list('keep-roots'),
    pins: input.list('pin'),
    maxSize: input.size('max-size'),
    removeAll: input.flag('remove-all'),
    history: input.text('history'),
    olderThanMs: input.age('older-than'),
    graceMs: input.age('grace') ?? 0,
    nobodyPushes: input.flag('nobody-pushes'),
    fingerprints: input.fingerprints('fingerprints'),
    publish: input.text('publish'),
    deletes: input.flag('delete'),
    allowPrivileged,
    patchelf: input.text('patchelf'),
    otherarch: input.flag('otherarch'),
    installCache: input.flag('install-cache'),
    selection: {
      rootsOnly: input.flag('roots-only'),
      noBuildDeps: false,
      specs: input.list('specs'),
      hashes: [],
      include: input.list('include'),
      exclude: input.list('exclude'),
    },
    // A job of a plan builds only what is on no mirror.
    needs: parseNeeds(input.text('needs') ?? (command === 'plan' ? 'all' : 'any')),
    verify: level === 'all' ? 'blobs' : level,
    verifyLevel: level,
    view: input.text('view'),
    rootLengths: input.flag('root-lengths'),
    repair: input.flag('repair'),
    forbidden: input.choice('forbidden'),
    onUnknown: input.choice('on-unknown'),
    failOnRebuild: input.flag('fail-on-rebuild'),
    explain: input.flag('explain'),
    against: input.text('against'),
    comment: input.flag('comment'),
    commentFile: input.text('comment-file'),
    spackScope: input.flag('spack-scope'),
    allowEmpty: input.flag('allow-empty'),
    stamp: input.flag('stamp'),
    indexCache: input.flag('index-cache'),
    summary: input.flag('summary'),
    annotations: input.flag('annotations'),
    jobs: input.count('jobs'),
    timeout: input.count('timeout'),
    retries: input.count('retries'),
    maxJobs: input.count('max-jobs'),
    runners: input.count('runners'),
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
 * Why a checked-out configuration is not to be trusted: the job has the repository's secrets, and the checked-out code
 * may be a stranger's. In an ordinary `pull_request` run of the repository's own branch this is no question: an author
 * who may push to that branch can change the workflow as well, and so has the secrets anyway.
 */
function distrustOf({ eventName, pullRequest }: Host): string | undefined {
  return pullRequest?.privileged === true ? `on ${eventName}` : undefined;
}

/** Every mirror that a step may talk to: the configured ones, and those that other inputs name. */
export function knownMirrors({ configuration, copyTo, copyFrom, mirror }: ActionInputs): readonly Mirror[] {
  return [...configuration.mirrors, ...[copyTo, copyFrom, mirror].filter((each) => each !== undefined)];
}

async function attempt<T>(action: () => Promise<T>, problems: unknown[]): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    problems.push(error);
    return undefined;
  }
}
