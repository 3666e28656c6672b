/** `buildcache install SPEC`: options in, an install tree with the specs in it and exit code out. */
import { type Command, InvalidArgumentError } from 'commander';
import { openDownloadCache } from '../../../cache/reading/download-cache.ts';
import { parseProvenancePolicy } from '../../../cache/trust/provenance-policy.ts';
import { install } from '../../../commands/install.ts';
import { withSources } from '../../../commands/sources.ts';
import { wantedSpecs } from '../../../commands/wanted-specs.ts';
import { cancelled } from '../../../core/abort.ts';
import { isSha256 } from '../../../core/digest.ts';
import { BuildcacheError } from '../../../core/errors.ts';
import { type InstallResult, installExitCode, isThere } from '../../../plan/install-result.ts';
import {
  installJson,
  installLine,
  installProblems,
  installSum,
  installText,
  isTold,
} from '../../../report/install-text.ts';
import { tellReasonsOnce } from '../../../report/shared-reasons.ts';
import { terminalStyle } from '../../../report/terminal.ts';
import { hostArchitecture } from '../../../spec/host-architecture.ts';
import type { SpecNode } from '../../../spec/node.ts';
import {
  exportLines,
  type PathChange,
  runEnvironment,
  shellVariables,
  withoutSecrets,
} from '../../../tree/run-environment.ts';
import { withIndexStore } from '../../shared/index-folder.ts';
import { readTreeConfiguration } from '../../shared/install-tree-settings.ts';
import { implicitRoots, namedEnvironment } from '../../shared/named-environment.ts';
import { SBOM_OPTION, type SbomWriter, sbomWriter } from '../../shared/sbom.ts';
import { readTrust, type TrustRequest } from '../../shared/trust-request.ts';
import { addSharedOptions, readSurroundings, type SharedOptions } from '../shared-options.ts';
import { STAMP } from '../spack-options.ts';
import {
  addProvenancePolicy,
  addTrustOptions,
  downloadFolder,
  type PolicyOptions,
} from '../trust-options.ts';
import type { VerbContext } from '../verb.ts';

interface InstallCommandOptions extends SharedOptions, TrustRequest, PolicyOptions {
  readonly store?: string;
  readonly force: boolean;
  readonly otherarch: boolean;
  readonly multiple: boolean;
  readonly deps: boolean;
  readonly sha256?: string;
  readonly sbom?: string;
  readonly lock: boolean;
  readonly sh: boolean;
  readonly dryRun: boolean;
  readonly stamp: boolean;
}

export function define(command: Command, context: VerbContext): void {
  addProvenancePolicy(addTrustOptions(addSharedOptions(command)))
    .argument(
      '[spec...]',
      'specs of the environment or the mirrors, /hashes, or spec files (default: the roots of the environment)',
    )
    .option(
      '--store <dir>',
      'the root of the install tree (default: as configured, else opt/spack of $SPACK_ROOT or of the spack on the PATH)',
    )
    .option('-f, --force', 'install again what is installed', false)
    .option('-o, --otherarch', 'also what this machine cannot run', false)
    .option('--multiple', 'all specs that match are meant', false)
    .option('--no-deps', 'the specs only, not what they need at run time')
    .option('--sha256 <digest>', 'the tarball of the one spec must have this digest', sha256)
    .option('--sbom <file>', SBOM_OPTION)
    .option('--no-lock', "take none of Spack's locks: no other process may use the install tree meanwhile")
    .option('--sh', 'print what a shell has to evaluate to run what was installed', false)
    .option('--stamp', STAMP, false)
    .option('--dry-run', 'say what would be installed', false)
    .action((specs: readonly string[], options: InstallCommandOptions) => run(specs, options, context));
}

async function run(
  specs: readonly string[],
  options: InstallCommandOptions,
  context: VerbContext,
): Promise<void> {
  const provenance = parseProvenancePolicy(options.requireProvenance);
  const writeSbom = sbomWriter(options.sbom, context);
  const around = await readSurroundings(options, context);
  const { reporter } = around;
  const { env, cwd, signal, stdout, stderr } = context;
  const { settings, inspections } = await readTreeConfiguration(
    around.environment.folder,
    options.store,
    context,
  );
  const trust = await readTrust(options, context, reporter);
  const environment = await namedEnvironment(around.environment, options, env);
  // A spec that the user names is explicit.
  const implicit = specs.length === 0 ? await implicitRoots(around.environment, environment) : undefined;
  const host = options.otherarch ? undefined : await hostArchitecture();
  const nodes = new Map<string, SpecNode>();
  const tellOnce = tellReasonsOnce();
  const { result, roots } = await withSources({ ...around, trust, nodes, signal }, reporter, (sources) =>
    withIndexStore(around, async (store) => {
      const index = { ...around.index, store };
      const asking = { ...around, sources, host, index, signal };
      const { multiple } = options;
      const wanted = await wantedSpecs({ ...asking, specs, environment, cwd, multiple }, nodes, reporter);
      if (options.sha256 !== undefined && wanted.roots.length !== 1) {
        throw new BuildcacheError('usage', '--sha256 is for one spec', {
          found: `${wanted.roots.length} specs`,
        });
      }
      for (const note of wanted.notes) reporter.warn(note);
      const done = await install(
        {
          ...asking,
          cache: openDownloadCache(downloadFolder(env)),
          graph: { nodes },
          roots: wanted.roots,
          implicit,
          settings,
          dependencies: options.deps,
          force: options.force,
          sha256: options.sha256,
          provenance,
          lock: options.lock,
          dryRun: options.dryRun,
          jobs: options.jobs,
          onOutcome(spec) {
            // A terminal shows a progress bar instead. Failures are listed at the end.
            if (!isTold(spec.outcome) || (signal.aborted && spec.outcome.kind === 'not-tried')) return;
            const line = installLine({ ...spec, outcome: tellOnce(spec.outcome) });
            if (stderr.isTTY) reporter.debug(line);
            else reporter.info(line);
          },
        },
        reporter,
      );
      return { result: done, roots: wanted.roots };
    }),
  );
  if (options.stamp && !result.dryRun && !result.cancelled) {
    const { entryHashes, leaveStamps } = await import('../../../commands/leave-stamps.ts');
    const hashes = entryHashes(result.specs.map(({ spec }) => spec));
    const needed = around.mirrors.map((mirror) => ({ mirror, hashes }));
    await leaveStamps(needed, around.connection, reporter, signal);
  }
  for (const note of result.notes) reporter.warn(note);
  if (result.cancelled && !options.json) throw cancelled(signal, installSum(result));
  // Many folders are looked for, so only where somebody wants to know.
  const isWanted = options.json || options.sh;
  const changes = isWanted ? environmentOf(result, roots, inspections, nodes) : [];
  const { shown, hidden } = withoutSecrets(changes, env, false);
  if (options.sh) for (const name of hidden) reporter.warn(`${name} is left as it was: it may be a secret`);
  if (options.json) stdout.write(`${JSON.stringify(installJson(result, byVariable(changes)), null, 2)}\n`);
  else if (options.sh) for (const line of exportLines(shellVariables(shown, env))) stdout.write(`${line}\n`);
  if (options.quiet) {
    for (const text of installProblems(result)) reporter.error(text);
  } else if (!options.json) {
    const text = installText(result, terminalStyle(around.color)).join('\n');
    (options.sh ? stderr : stdout).write(`${text}\n`);
  }
  if (result.cancelled) throw cancelled(signal);
  if (!result.dryRun) await writeSbom?.(installedContent(result));
  context.exit(installExitCode(result));
}

/** What is there, for the SBOM. The tarballs of specs that were there before are not known. */
function installedContent({ specs }: InstallResult): Parameters<SbomWriter>[0] {
  const there = specs.filter(isThere);
  const digests = there.flatMap(({ spec, outcome }) =>
    outcome.kind === 'installed' ? [[spec.hash, outcome.sha256] as const] : [],
  );
  return {
    specs: there.map(({ spec }) => spec),
    roots: new Set(there.filter(({ root }) => root).map(({ spec }) => spec.hash)),
    digests: new Map(digests),
  };
}

/** The environment of the roots that are installed. */
function environmentOf(
  result: InstallResult,
  roots: readonly string[],
  inspections: Parameters<typeof runEnvironment>[2]['inspections'],
  nodes: ReadonlyMap<string, SpecNode>,
): PathChange[] {
  const there = new Map(result.specs.filter(isThere).map((each) => [each.spec.hash, each.prefix]));
  return runEnvironment(
    { nodes },
    roots.filter((hash) => there.has(hash)),
    { inspections, prefixOf: ({ hash }) => there.get(hash) },
  );
}

/** Folders by variable, in the order in which they end up in it. */
function byVariable(changes: readonly PathChange[]): ReadonlyMap<string, readonly string[]> {
  const folders = new Map<string, string[]>();
  for (const { variable, folder } of changes)
    folders.set(variable, [folder, ...(folders.get(variable) ?? [])]);
  return folders;
}

/** For commander. */
function sha256(text: string): string {
  const digest = text.toLowerCase().replace(/^sha256:/, '');
  if (isSha256(digest)) return digest;
  throw new InvalidArgumentError('Expected a SHA-256: 64 hexadecimal digits.');
}
