/** `buildcache push MIRROR [SPEC…]`: options in, pushed specs and exit code out. */
import { type Command, Option } from 'commander';
import { askPresence } from '../../../commands/ask-presence.ts';
import { type PushTarget, push } from '../../../commands/push.ts';
import { pushedDigests } from '../../../commands/pushed-digests.ts';
import { cancelled } from '../../../core/abort.ts';
import { BuildcacheError } from '../../../core/errors.ts';
import { isRegistryUrl } from '../../../environment/location.ts';
import { refusalOf } from '../../../mirrors/filter.ts';
import type { Mirror } from '../../../mirrors/mirror.ts';
import { openPushMirror } from '../../../mirrors/open-target.ts';
import { copiesOfPushes } from '../../../plan/copy-items.ts';
import { formatCopyList } from '../../../plan/copy-list.ts';
import { rootsOfGroups } from '../../../plan/groups.ts';
import { pushExitCode } from '../../../plan/push-result.ts';
import { type PushSelection, selectToPush } from '../../../plan/push-selection.ts';
import { PLAIN_STYLE } from '../../../report/check-text.ts';
import { localSourceWarning } from '../../../report/local-source.ts';
import { pushJson } from '../../../report/push-json.ts';
import {
  finishLines,
  isTold,
  notInstalledText,
  outcomeLine,
  pushProblems,
  pushSum,
  pushText,
} from '../../../report/push-text.ts';
import { tellReasonsOnce } from '../../../report/shared-reasons.ts';
import { terminalStyle } from '../../../report/terminal.ts';
import type { SpecGraph } from '../../../spec/graph.ts';
import { ofLocalSource } from '../../../spec/local-source.ts';
import type { SpecNode } from '../../../spec/node.ts';
import { type InstallTree, readInstallTree } from '../../../tree/install-tree.ts';
import { writeAnswer } from '../../shared/answer-file.ts';
import { readInspections } from '../../shared/install-tree-settings.ts';
import { ROOT_LENGTH } from '../../shared/limits.ts';
import { namedEnvironment } from '../../shared/named-environment.ts';
import { statementMaker, unsignedProvenance } from '../../shared/provenance.ts';
import { SBOM_OPTION, sbomWriter } from '../../shared/sbom.ts';
import { KEYRING, readTrust } from '../../shared/trust-request.ts';
import { addCopyListOptions, type CopyListOptions, copyListFile } from '../copy-list-options.ts';
import {
  addSharedOptions,
  collect,
  readSurroundings,
  type SharedOptions,
  type Surroundings,
  wholeNumber,
} from '../shared-options.ts';
import {
  addSigningOptions,
  isSigned,
  PROVENANCE_OPTION,
  type SigningOptions,
  signerFor,
  unusedKeyNote,
} from '../signing-options.ts';
import { specArguments } from '../spec-arguments.ts';
import { addStoreOptions, type StoreOptions, spackPrefix, storePlace } from '../store-options.ts';
import type { VerbContext } from '../verb.ts';

interface PushCommandOptions extends SharedOptions, SigningOptions, StoreOptions, CopyListOptions {
  readonly force: boolean;
  readonly updateIndex: boolean;
  readonly only: PushSelection['only'];
  readonly withBuildDependencies: boolean;
  readonly withoutBuildDependencies: boolean;
  readonly failFast: boolean;
  readonly private: boolean;
  readonly exclude: readonly string[];
  readonly group: readonly string[];
  readonly allowMissing: boolean;
  readonly skipPresentIn: readonly string[];
  readonly baseImage?: string;
  readonly tag?: string;
  readonly provenance: boolean;
  readonly minRootLength?: number;
  readonly sbom?: string;
  readonly dryRun: boolean;
}

export function define(command: Command, context: VerbContext): void {
  addSharedOptions(command, { mirrorArgument: true })
    .argument('<mirror>', 'where to push to: a configured name, a path or a URL')
    .argument('[spec...]', 'what to push, with what it needs (default: the roots of the environment)')
    .option('-f, --force', 'replace entries that are present already', false)
    .option('--rebuild-index, --update-index', 'list what was pushed in the index', false)
    .addOption(
      new Option('--only <what>', 'the named specs, what they need, or both')
        .choices(['package', 'dependencies', 'package,dependencies'])
        .default('package,dependencies'),
    )
    .addOption(
      new Option(
        '--with-build-dependencies',
        'what is needed to build only, too (the default); then it must be installed',
      )
        .default(false)
        .conflicts('withoutBuildDependencies'),
    )
    .option('--without-build-dependencies', 'not what is needed to build only', false)
    .option('--fail-fast', 'stop at the first failure', false)
    .option('--private', 'a private mirror: --exclude does not apply', false)
    .option('--exclude <spec>', 'do not push what matches, unless --private (repeatable)', collect, [])
    .option('--group <name>', 'the roots of a group of the environment only (repeatable)', collect, [])
    .option('--allow-missing', 'a spec that is not installed is a warning', false)
    .option('--skip-present-in <mirror>', 'do not push what that mirror has (repeatable)', collect, [])
    .option('--base-image <image>', 'to a registry: what the images stand on')
    .option('-t, --tag <tag>', 'to a registry: also one image of all roots and what they run with')
    .option('--sbom <file>', SBOM_OPTION)
    .option('--provenance', PROVENANCE_OPTION, false)
    .option(
      '--min-root-length <n>',
      'push nothing that was built below a root with fewer characters, its padding included',
      wholeNumber(ROOT_LENGTH),
    )
    .option('--dry-run', 'say what would be pushed', false);
  addCopyListOptions(command, 'what is present after the push');
  addSigningOptions(command);
  addStoreOptions(command).action((mirror: string, specs: readonly string[], options: PushCommandOptions) =>
    run(mirror, specs, options, context),
  );
}

async function run(
  argument: string,
  specs: readonly string[],
  options: PushCommandOptions,
  context: VerbContext,
): Promise<void> {
  const makeStatement = statementMaker(options.provenance, context.env);
  const writeSbom = sbomWriter(options.sbom, context);
  const { mirror, upstreams, copyTo, around } = await readMirrors(argument, options, context);
  const { reporter } = around;
  const tree = await readInstallTree(await storePlace(options, around, context));
  for (const note of tree.notes) reporter.warn(note);
  const graph = await readGraph(tree, specs, options, around, context);
  const selected = await selectToPush(
    graph,
    {
      specs: await specArguments(specs),
      only: options.only,
      buildDependencies: !options.withoutBuildDependencies,
      required: options.withBuildDependencies ? 'all' : 'runtime',
      exclude: options.private ? [] : options.exclude,
    },
    (hash) => tree.recordOf(hash)?.installed === true,
  );
  if (selected.specs.length === 0) {
    throw new BuildcacheError('usage', 'nothing to push', {
      hint: 'external specs are never pushed; check the selection',
    });
  }
  for (const spec of selected.excluded) reporter.info(`excluded: ${spec.name}@${spec.version}`);
  const local = localSourceWarning(ofLocalSource(selected.specs, graph), 'pushed');
  if (local !== undefined) reporter.warn(local);
  const note = unusedKeyNote([mirror], options);
  if (note !== undefined) reporter.warn(note);
  const signer = isSigned(mirror, options) ? await signerFor(mirror, options, context) : undefined;
  if (options.provenance && signer === undefined) throw unsignedProvenance(mirror.name);
  const elsewhere = await findElsewhere(upstreams, selected.specs, graph, around, context.signal);
  const inspections = isRegistryUrl(mirror.push.url)
    ? await readInspections(around.environment.folder, context.env)
    : undefined;
  const cache = await openPushMirror(mirror, around.connection, mirror.push.view, {
    baseImage: options.baseImage,
    tag: options.tag,
    trust: () => readTrust(KEYRING, context, reporter),
  });
  const tellOnce = tellReasonsOnce();
  try {
    const refuses = await refusalOf(mirror, 'push', graph);
    const target: PushTarget = { name: mirror.name, cache, signer, elsewhere, refuses };
    const result = await push(
      {
        ...options,
        ...selected,
        comparePrefixes: true,
        imageTag: options.tag,
        inspections,
        makeStatement,
        tree,
        graph,
        targets: [target],
        spackPrefix: spackPrefix(options, context, tree.root),
        signal: context.signal,
        onOutcome: (_, spec, outcome) => {
          if (!isTold(outcome)) return;
          const line = outcomeLine(spec, tellOnce(outcome));
          // A terminal shows a progress bar instead. Failures are listed at the end.
          if (context.stderr.isTTY) reporter.debug(line);
          else reporter.info(line);
        },
      },
      reporter,
    );
    const absent = notInstalledText(result, tree.root);
    if (absent !== undefined) reporter.warn(absent);
    for (const { name, notes } of result.mirrors) for (const note of notes) reporter.warn(`${name}: ${note}`);
    const copyList = copyListFile(options, context);
    if (copyTo !== undefined && copyList !== undefined) {
      const copies = copiesOfPushes(result.mirrors, graph.nodes, [mirror], copyTo);
      await writeAnswer(copyList, formatCopyList(copies), context);
    }
    if (result.cancelled && !options.json) {
      for (const text of result.mirrors.flatMap((one) => finishLines(one, PLAIN_STYLE))) reporter.warn(text);
      throw cancelled(context.signal, pushSum(result));
    }
    if (options.json) context.stdout.write(`${JSON.stringify(pushJson(result), null, 2)}\n`);
    else if (!options.quiet)
      context.stdout.write(`${pushText(result, terminalStyle(around.color)).join('\n')}\n`);
    if (options.quiet) for (const text of pushProblems(result)) reporter.error(text);
    if (result.cancelled) throw cancelled(context.signal);
    if (writeSbom !== undefined && !options.dryRun) {
      const outcomes = result.mirrors[0]?.outcomes ?? new Map();
      const how = { jobs: options.jobs, signal: context.signal };
      const digests = await pushedDigests(cache, result.specs, outcomes, how);
      const there = result.specs.filter(({ hash }) => digests.has(hash));
      await writeSbom({ specs: there, roots: selected.roots, digests });
    }
    context.exit(pushExitCode(result));
  } finally {
    await cache.close();
  }
}

async function readMirrors(
  argument: string,
  options: PushCommandOptions,
  context: VerbContext,
): Promise<{
  mirror: Mirror;
  upstreams: readonly Mirror[];
  copyTo: Mirror | undefined;
  around: Surroundings;
}> {
  if (options.mirrorUrl.length > 0) {
    throw new BuildcacheError('usage', 'push takes its mirror as the first argument, not with --mirror-url', {
      hint: `write: buildcache push ${options.mirrorUrl[0]} [SPEC…]`,
    });
  }
  const others = [...options.skipPresentIn, ...(options.copyTo === undefined ? [] : [options.copyTo])];
  const around = await readSurroundings({ ...options, mirrorUrl: [argument, ...others] }, context);
  const [mirror, ...rest] = around.mirrors;
  if (mirror === undefined) throw new BuildcacheError('internal', 'a mirror got lost');
  const upstreams = rest.slice(0, options.skipPresentIn.length);
  return { mirror, upstreams, copyTo: rest[upstreams.length], around };
}

/** The install tree's specs, with those of the environment, if there is one, in their place; and the default roots. */
async function readGraph(
  tree: InstallTree,
  specs: readonly string[],
  options: PushCommandOptions,
  { environment }: Surroundings,
  { env }: VerbContext,
): Promise<SpecGraph> {
  const { group: groups } = options;
  if (groups.length > 0 && specs.length > 0) {
    throw new BuildcacheError(
      'usage',
      '--group is for the roots of an environment, not for specs that are named',
    );
  }
  const named = await namedEnvironment(environment, options, env);
  if (named !== undefined) {
    return { nodes: new Map([...tree.nodes, ...named.nodes]), roots: rootsOfGroups(named.roots, groups) };
  }
  if (specs.length === 0) {
    throw new BuildcacheError(
      'usage',
      'there is nothing to push: no spec was named and there is no environment',
      {
        hint: 'name specs after the mirror, or an environment with --environment',
      },
    );
  }
  const installed = [...tree.nodes.values()].filter(({ hash }) => tree.recordOf(hash)?.installed === true);
  return { nodes: tree.nodes, roots: installed.map(({ hash, name }) => ({ hash, spec: name })) };
}

async function findElsewhere(
  upstreams: readonly Mirror[],
  specs: readonly SpecNode[],
  graph: SpecGraph,
  around: Surroundings,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const upstream of upstreams) {
    const { connection, index, reporter } = around;
    const asking = { verify: 'exists', forbidden: 'auto', connection, index, signal } as const;
    const { states, notes } = await askPresence(upstream, { entries: specs, graph }, asking);
    for (const note of notes) reporter.warn(`${upstream.name}: ${note}`);
    for (const [hash, { state }] of states) if (state === 'present') found.set(hash, upstream.name);
  }
  return found;
}
