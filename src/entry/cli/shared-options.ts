/** Options that every verb has, and the values they are turned into. */
import { join, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type IndexSettings, MAX_INDEX_BYTES } from '../../cache/index/listing.ts';
import { openIndexStore } from '../../cache/index/store.ts';
import { BuildcacheError } from '../../core/errors.ts';
import { DEFAULT_RETRY, DEFAULT_TIMEOUT_SECONDS } from '../../core/retry.ts';
import { userFolder } from '../../core/user-folders.ts';
import { type EnvironmentFiles, findEnvironment } from '../../environment/environment.ts';
import { hostFactsFor } from '../../environment/host-facts.ts';
import { isLocation } from '../../environment/location.ts';
import type { MirrorConfiguration } from '../../mirrors/config.ts';
import { confine, confineTls } from '../../mirrors/confine.ts';
import { environmentMirrors, mergeMirrors, mirrorsFile } from '../../mirrors/environment-mirrors.ts';
import type { Mirror } from '../../mirrors/mirror.ts';
import type { Connection } from '../../mirrors/open.ts';
import { resolveMirror, selectMirrors } from '../../mirrors/select.ts';
import type { Reporter } from '../../report/reporter.ts';
import { terminalReporter } from '../../report/terminal.ts';
import { JOBS, type Limits, RETRIES } from '../shared/limits.ts';
import { SHARED_OPTIONS } from './help.ts';
import type { VerbContext } from './verb.ts';

export interface SharedOptions {
  readonly environment?: string;
  readonly mirrorUrl: readonly string[];
  readonly mirrors?: string;
  readonly onlyMirrors: readonly string[];
  readonly requireSignatures: boolean;
  readonly jobs: number;
  readonly timeout: number;
  readonly retries: number;
  readonly indexTtl: number;
  /** Bytes. */
  readonly indexMaxSize: number;
  readonly caFile?: string;
  readonly insecure: boolean;
  readonly json: boolean;
  readonly verbose: boolean;
  readonly quiet: boolean;
  readonly color: 'auto' | 'always' | 'never';
}

export interface SharedOptionsShown {
  /** The flags of `--verbose`, for a verb that needs its short option for something else, as Spack's verb does. */
  readonly verbose?: string;
  /** The verb's arguments are its mirrors, so it refuses `--mirror-url`. */
  readonly mirrorArgument?: boolean;
}

export function addSharedOptions(
  command: Command,
  { verbose = '-v, --verbose', mirrorArgument = false }: SharedOptionsShown = {},
): Command {
  return command
    .optionsGroup(SHARED_OPTIONS)
    .option(
      '-e, --environment <dir|spack.lock>',
      'the environment (default: $SPACK_ENV, then the working directory)',
    )
    .addOption(
      new Option('-m, --mirror-url <url>', 'a mirror instead of the configured ones (repeatable)')
        .argParser(collect)
        .default([])
        .hideHelp(mirrorArgument),
    )
    .option('--mirrors <file>', "a mirrors.yaml, merged over the environment's mirrors")
    .option(
      '--only-mirrors <url>',
      "of the configured mirrors none but those at this URL or below it, whatever the environment's spack.yaml says (repeatable)",
      collect,
      [],
    )
    .option('--require-signatures', 'every mirror counts as signed, whatever is configured', false)
    .option('-j, --jobs <n>', 'requests under way at once', wholeNumber(JOBS), JOBS.default)
    .option(
      '--timeout <seconds>',
      'give up on a server that is silent for so long',
      positive,
      DEFAULT_TIMEOUT_SECONDS,
    )
    .option(
      '--retries <n>',
      'try again so often what may go away by itself',
      wholeNumber(RETRIES),
      RETRIES.default,
    )
    .option(
      '--index-ttl <seconds>',
      "believe a local copy of a mirror's index for so long without asking the mirror",
      positive,
      0,
    )
    .addOption(
      new Option('--index-max-size <size>', 'read no index larger than this')
        .argParser(byteSize)
        .default(MAX_INDEX_BYTES, '8G'),
    )
    .option('--ca-file <file>', 'further certificate authorities (PEM)')
    .option('--insecure', 'do not check certificates', false)
    .option('--json', 'print everything as JSON', false)
    .option(verbose, 'say more', false)
    .option('-q, --quiet', 'say nothing but errors', false)
    .addOption(new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']).default('auto'))
    .optionsGroup('Options:');
}

export interface Surroundings {
  readonly environment: EnvironmentFiles;
  readonly mirrors: readonly Mirror[];
  /** The mirrors that the verb's arguments and options name, in their order. */
  readonly named: readonly Mirror[];
  readonly connection: Connection;
  readonly reporter: Reporter;
  /** Notes on the configuration that have been printed already. */
  readonly notes: readonly string[];
  readonly color: boolean;
  /** Where indices are kept between runs. */
  readonly indexFolder: string;
  /** Where the secret is that vouches for them. */
  readonly stateFolder: string;
  /** The indices in that folder. A verb that reads specs from them needs `withIndexStore`: the folder may not work. */
  readonly index: IndexSettings & { readonly maxIndexBytes: number };
}

/**
 * Parses the options that all verbs share.
 * @param names the mirrors that other options and arguments of the verb name
 * @throws `BuildcacheError` for what cannot be read
 */
export async function readSurroundings(
  options: SharedOptions,
  context: VerbContext,
  names: readonly string[] = [],
): Promise<Surroundings> {
  const { env, cwd, stdout, stderr } = context;
  const color = useColor(options.color, env, stdout.isTTY);
  const reporter = terminalReporter({
    verbosity: options.quiet ? 'quiet' : options.verbose ? 'verbose' : 'normal',
    color,
    interactive: stderr.isTTY,
    columns: () => stderr.columns,
    write: (text) => stderr.write(text),
  });
  const kept = indexFolder(env);
  const where = resolve(cwd, options.environment ?? (env['SPACK_ENV'] || '.'));
  const environment = await findEnvironment(where, env);
  if (options.requireSignatures && Reflect.get(options, 'unsigned') === true) {
    throw new BuildcacheError('usage', '--unsigned and --require-signatures contradict each other');
  }
  const configured = await configuredMirrors(options, names, environment.folder, context);
  for (const note of configured.notes) reporter.warn(note);
  const host = await hostFactsFor([...options.mirrorUrl, ...names].join(' '));
  const base = { base: cwd, environment: environment.folder, env, host };
  const asRequired = (mirror: Mirror) => (options.requireSignatures ? { ...mirror, signed: true } : mirror);
  return {
    environment,
    mirrors: selectMirrors(options.mirrorUrl, configured, base).map(asRequired),
    named: names.map((name) => resolveMirror(name, configured, base)).map(asRequired),
    connection: {
      timeoutMs: options.timeout * 1000,
      retry: { ...DEFAULT_RETRY, retries: options.retries },
      jobs: options.jobs,
      verifyTls: !options.insecure && (configured.verifyTls ?? true),
      caFile: options.caFile === undefined ? configured.caFile : resolve(cwd, options.caFile),
      env,
      githubToken: env['GITHUB_TOKEN'],
    },
    reporter,
    notes: configured.notes,
    color,
    indexFolder: kept,
    stateFolder: stateFolder(env),
    index: {
      store: openIndexStore(kept, stateFolder(env)),
      ttlMs: options.indexTtl * 1000,
      maxIndexBytes: options.indexMaxSize,
    },
  };
}

/** `BUILDCACHE_CACHE_DIR`, else the XDG cache folder. */
export function indexFolder(env: VerbContext['env']): string {
  const own = env['BUILDCACHE_CACHE_DIR'];
  if (own) return join(own, 'index');
  return join(userFolder(env, 'XDG_CACHE_HOME', '.cache'), 'buildcache', 'index');
}

/** What this user keeps on this machine, and no cache carries elsewhere. */
export function stateFolder(env: VerbContext['env']): string {
  return join(userFolder(env, 'XDG_STATE_HOME', '.local/state'), 'buildcache');
}

/** For commander: a whole number within bounds. */
export function wholeNumber({ least, most }: Omit<Limits, 'default'>): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  };
}

/** For commander: repeatable options. */
export function collect(value: string, values: readonly string[]): readonly string[] {
  return [...values, value];
}

async function configuredMirrors(
  options: SharedOptions,
  names: readonly string[],
  folder: string,
  { env, cwd }: VerbContext,
): Promise<MirrorConfiguration> {
  // All mirrors are named by location, so no configuration is read, and none can fail.
  const byLocation = options.mirrorUrl.length > 0 && [...options.mirrorUrl, ...names].every(isLocation);
  if (byLocation && options.mirrors === undefined) return { mirrors: [], notes: [] };
  const { onlyMirrors, requireSignatures } = options;
  const confinement = { onlyMirrors, requireSignatures };
  const inEnvironment = confineTls(await environmentMirrors(folder, env), confinement);
  const none = { mirrors: [], notes: [] };
  const named =
    options.mirrors === undefined ? none : await mirrorsFile(resolve(cwd, options.mirrors), env, folder);
  return confine(mergeMirrors(named, inEnvironment), confinement, { base: cwd, environment: folder, env });
}

function positive(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0 && value <= 86_400) return value;
  throw new InvalidArgumentError('Expected seconds, from 0 to 86400.');
}

/** For commander: bytes, or a size with its unit. */
export function byteSize(text: string): number {
  const [, digits, unit = ''] = /^(\d{1,12})([KMGT]?)(?:i?B)?$/i.exec(text) ?? [];
  if (digits === undefined) throw new InvalidArgumentError('Expected bytes, or a size such as 512M or 8G.');
  return Number(digits) * 1024 ** ' KMGT'.indexOf(unit.toUpperCase() || ' ');
}

function useColor(when: SharedOptions['color'], env: VerbContext['env'], isTTY: boolean): boolean {
  if (when !== 'auto') return when === 'always';
  return isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
}
