/** `command: install` of the action: fills an install tree, and puts its programs on the PATH of the steps that follow. */
import { join } from 'node:path';
import { openIndexStore } from '../../cache/index/store.ts';
import { openDownloadCache } from '../../cache/reading/download-cache.ts';
import { parseProvenancePolicy } from '../../cache/trust/provenance-policy.ts';
import { install } from '../../commands/install.ts';
import { withSources } from '../../commands/sources.ts';
import { wantedSpecs } from '../../commands/wanted-specs.ts';
import { cancelled } from '../../core/abort.ts';
import { describeError } from '../../core/errors.ts';
import { fetchTool } from '../../github/fetched-tool.ts';
import { addPath, exportVariable, setJsonOutput, setOutput } from '../../github/files.ts';
import { installSummary } from '../../github/install-summary.ts';
import type { JobReporter } from '../../github/job-reporter.ts';
import { appendSummary } from '../../github/summary.ts';
import { type InstallResult, installExitCode, isThere } from '../../plan/install-result.ts';
import {
  installedJson,
  installFailures,
  installLine,
  installSum,
  installText,
  isTold,
} from '../../report/install-text.ts';
import { tellReasonsOnce } from '../../report/shared-reasons.ts';
import { ofTypes, postOrder } from '../../spec/graph.ts';
import { hostArchitecture } from '../../spec/host-architecture.ts';
import type { SpecNode } from '../../spec/node.ts';
import {
  type PathChange,
  runEnvironment,
  shellVariables,
  withoutSecrets,
} from '../../tree/run-environment.ts';
import { readTreeConfiguration } from '../shared/install-tree-settings.ts';
import { implicitRoots, namedEnvironment } from '../shared/named-environment.ts';
import { actionConnection } from './connection.ts';
import { rememberInstallCache, restoreInstallCache } from './install-cache.ts';
import { readJobTrust } from './job-trust.ts';
import type { ActionStep } from './step.ts';

type Env = ActionStep['env'];

/** @returns the exit code: 1 where a spec is not installed in the end */
export async function installCommand(step: ActionStep, reporter: JobReporter): Promise<number> {
  const { env, host: job, inputs, folder, signal } = step;
  const provenance = parseProvenancePolicy(inputs.requireProvenance);
  const cwd = job.workspace ?? process.cwd();
  const { isDistrusted, checkoutEnv } = inputs;
  const { settings, inspections } = await readTreeConfiguration(
    inputs.environment.folder,
    // A stranger's checkout may bring a tree of its own, whose database says what is installed.
    inputs.installTree ?? (isDistrusted ? jobsTree(env) : undefined),
    { env, checkoutEnv, isDistrusted, cwd, otherwise: runnersTree(env) },
  );
  const trust = await readJobTrust(inputs.trustedKeys, { env, cwd }, reporter);
  const { namedEnvironment: named } = inputs;
  const environment = await namedEnvironment(
    inputs.environment,
    named === undefined ? {} : { environment: named },
    env,
  );
  const implicit =
    inputs.selection.specs.length === 0 ? await implicitRoots(inputs.environment, environment) : undefined;
  const host = inputs.otherarch ? undefined : await hostArchitecture();
  const tools =
    inputs.patchelf === undefined
      ? undefined
      : { patchelf: await fetchTool(env, 'patchelf', inputs.patchelf), codesign: undefined };
  const connection = actionConnection(inputs, env);
  const mirrors = inputs.configuration.mirrors.filter(({ binary }) => binary);
  const nodes = new Map<string, SpecNode>();
  const result = await withSources(
    { mirrors, trust, nodes, connection, signal },
    reporter,
    async (sources) => {
      const tellOnce = tellReasonsOnce();
      const index = { store: openIndexStore(join(folder, 'index')), ttlMs: 0 };
      const asking = { sources, host, connection, index, signal };
      const wanted = await wantedSpecs(
        { ...asking, specs: inputs.selection.specs, oneEach: true, environment, cwd, multiple: false },
        nodes,
        reporter,
      );
      for (const note of wanted.notes) reporter.warn(note);
      const needed = postOrder({ nodes }, wanted.roots, ofTypes('link', 'run'));
      const hashes = needed.filter(({ external }) => external === undefined).map(({ hash }) => hash);
      const about = { mirrors, root: settings.root, fingerprints: trust?.trusted() ?? [], hashes };
      const cache =
        inputs.installCache && !inputs.dryRun ? await restoreInstallCache(env, about, reporter) : undefined;
      const done = await install(
        {
          ...asking,
          cache: openDownloadCache(cache?.folder),
          graph: { nodes },
          roots: wanted.roots,
          implicit,
          settings,
          dependencies: true,
          force: false,
          sha256: undefined,
          provenance,
          lock: true,
          tools,
          dryRun: inputs.dryRun,
          jobs: inputs.jobs,
          onOutcome(spec) {
            if (!isTold(spec.outcome) || (signal.aborted && spec.outcome.kind === 'not-tried')) return;
            reporter.info(installLine({ ...spec, outcome: tellOnce(spec.outcome) }));
          },
        },
        reporter,
      );
      if (cache !== undefined && installExitCode(done) === 0) {
        await rememberInstallCache(env, cache, digestsOf(done));
      }
      const there = new Map(done.specs.filter(isThere).map((each) => [each.spec.hash, each.prefix]));
      const roots = wanted.roots.filter((hash) => there.has(hash));
      // An external's prefix is what the lockfile says: of a stranger's, it may be in the checkout.
      const prefixOf = ({ hash, external }: SpecNode) =>
        inputs.isDistrusted && external !== undefined ? undefined : there.get(hash);
      if (!done.dryRun) announce(runEnvironment({ nodes }, roots, { inspections, prefixOf }), step, reporter);
      return done;
    },
  );
  if (inputs.stamp && !result.dryRun && !result.cancelled) {
    const { entryHashes } = await import('../../commands/leave-stamps.ts');
    const { stampStep } = await import('./stamp-step.ts');
    const hashes = entryHashes(result.specs.map(({ spec }) => spec));
    await stampStep(
      mirrors.map((mirror) => ({ mirror, hashes })),
      step,
      reporter,
    );
  }
  publish(result, step, reporter);
  if (result.cancelled) throw cancelled(signal, installSum(result));
  return installExitCode(result);
}

/**
 * A root in the runner's tool cache. Its path is short enough for most packages, and a self-hosted runner keeps it. In a
 * container that is the same folder by another path, `/__t`, and the prefixes of a tree begin with its path.
 */
export function runnersTree(env: Env): string | undefined {
  const tools = env['RUNNER_TOOL_CACHE'] || env['RUNNER_TEMP'];
  return tools ? join(tools, tools === '/__t' ? 'spack-in-container' : 'spack') : undefined;
}

/** A root that goes with the job: what a stranger's lockfile calls an external must not count for jobs to come. */
function jobsTree(env: Env): string | undefined {
  const temporary = env['RUNNER_TEMP'];
  return temporary ? join(temporary, 'spack') : runnersTree(env);
}

function digestsOf({ specs }: InstallResult): ReadonlySet<string> {
  return new Set(specs.flatMap(({ outcome }) => (outcome.kind === 'installed' ? [outcome.sha256] : [])));
}

/** Makes the changes for the steps that follow. The runner puts each folder before those that it has read before it. */
function announce(changes: readonly PathChange[], { env, inputs }: ActionStep, reporter: JobReporter): void {
  const { shown, hidden } = withoutSecrets(changes, env, inputs.isDistrusted);
  for (const name of hidden) reporter.warn(`${name} is left as it was: it may be a secret`);
  for (const [name, value] of shellVariables(shown, env)) {
    try {
      if (name !== 'PATH') exportVariable(env, name, value);
      else for (const { variable, folder } of shown) if (variable === name) addPath(env, folder);
    } catch (error) {
      reporter.warn(`${name} is left as it was: ${describeError(error)}`);
    }
  }
}

function publish(result: InstallResult, { env, folder, inputs }: ActionStep, reporter: JobReporter): void {
  setJsonOutput(env, 'installed', installedJson(result), join(folder, 'installed.json'));
  const isOwn = ({ spec }: { readonly spec: SpecNode }) =>
    !inputs.isDistrusted || spec.external === undefined;
  const [first] = result.specs.filter((each) => each.root && isThere(each) && isOwn(each));
  setOutput(env, 'prefix', first?.prefix ?? '');
  if (inputs.summary && env['GITHUB_STEP_SUMMARY']) appendSummary(env, installSummary(result));
  for (const note of result.notes) reporter.warn(note);
  const lines = installText(result);
  reporter.grouped(`Build cache: ${lines[0]?.trim() ?? ''}`, lines);
  for (const text of installFailures(result)) reporter.error(text);
}
