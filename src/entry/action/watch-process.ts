/**
 * The watcher of `push-while-building`, in the process that `startWatch` has started. It reads the same inputs, pushes
 * what is built, and records what it has sent, until SIGTERM comes or its folder is gone. The post step shows its log,
 * so the log must not have a secret in it.
 */
import { access } from 'node:fs/promises';
import { openSigner } from '../../cache/trust/signing.ts';
import { type WatchOptions, watchInstalls } from '../../commands/watch-installs.ts';
import { withGrace } from '../../core/abort.ts';
import type { Env } from '../../core/env.ts';
import { BuildcacheError, describeError } from '../../core/errors.ts';
import { type EnvironmentFiles, readEnvironment } from '../../environment/environment.ts';
import { isConcretized } from '../../environment/included-lockfiles.ts';
import { isRegistryUrl } from '../../environment/location.ts';
import { readHost } from '../../github/host.ts';
import { isMaskable, visible } from '../../github/workflow-commands.ts';
import { type Reporter, SILENT } from '../../report/reporter.ts';
import type { SpecGraph } from '../../spec/graph.ts';
import { readSnapshot } from '../../tree/install-snapshot.ts';
import { readInspections, readTreeConfiguration } from '../shared/install-tree-settings.ts';
import { lockfileReader } from '../shared/lockfile-reader.ts';
import { statementMaker } from '../shared/provenance.ts';
import { drainSeconds } from '../shared/push-time-limit.ts';
import { abortOnSignals } from '../shared/signals.ts';
import { sentText, standBackAsSession } from '../shared/watched.ts';
import { recallHost } from './autopush-state.ts';
import { autopushMirrors } from './chosen-mirrors.ts';
import { actionConnection } from './connection.ts';
import { knownMirrors, readActionInputs } from './inputs.ts';
import { jobSecrets, jobSigningKey, mirrorSecrets } from './job-secrets.ts';
import { readJobTrust } from './job-trust.ts';
import { writableMirrors } from './push-rights.ts';
import { noteSent, noteTurn } from './watch-journal.ts';

const POLL_SECONDS = 2;

/**
 * @param args the watcher's folder, the record of what was installed before, and the root of the install tree
 * @returns the exit code; no other process reads it
 */
export async function runWatch(env: Env, args: readonly string[]): Promise<number> {
  const [folder = '', record = '', root = ''] = args;
  const secrets = new Set(jobSecrets(env));
  const reporter = logReporter(secrets, env['RUNNER_DEBUG'] === '1');
  try {
    standBackAsSession(env['BUILDCACHE_WATCH_NICE']);
    const over = abortOnSignals();
    const host = readHost(env, recallHost(env));
    const cwd = host.workspace ?? process.cwd();
    const inputs = await readActionInputs(env, cwd, host);
    for (const secret of mirrorSecrets(knownMirrors(inputs), env)) secrets.add(secret);
    const context = { env, checkoutEnv: inputs.checkoutEnv, cwd };
    const { settings: place } = await readTreeConfiguration(inputs.environment.folder, root, context);
    const mirrors = writableMirrors(autopushMirrors(inputs), { env, host, inputs });
    const isRegistry = mirrors.some(({ push }) => isRegistryUrl(push.url));
    const pollMs = pollSeconds(env) * 1000;
    const options: WatchOptions = {
      place,
      before: await readSnapshot(record, place),
      mirrors,
      openSigner: (mirror) => openSigner({ ...jobSigningKey(env), choose: undefined, mirror: mirror.name }),
      // A secret that is obtained on the way has to be hidden too. No runner reads this log, so we hide it ourselves.
      connection: actionConnection(inputs, env, (secret) => void secrets.add(secret)),
      trust: () => readJobTrust(inputs.trustedKeys, { env, cwd }, reporter),
      inspections: isRegistry ? await readInspections(inputs.environment.folder, env) : undefined,
      baseImage: inputs.baseImage,
      makeStatement: statementMaker(inputs.provenance, env),
      minRootLength: inputs.minRootLength,
      readLockfile: lockfileReader(inputs.environment.lockfile, () => readConcretized(inputs.environment)),
      selection: { ...inputs.selection, specs: [] },
      spackPrefix: (treeRoot) => inputs.spackPrefix ?? treeRoot,
      signWhileBuilding: inputs.whileBuilding === 'all',
      pollMs,
      over: over.signal,
      signal: withGrace(over.signal, drainSeconds(env) * 1000),
      onSent(mirror, spec, sent) {
        noteSent(folder, mirror, spec.hash, sent);
        reporter.info(sentText(mirror, spec, sent));
      },
    };
    noteTurn(folder, 'begun');
    const looking = setInterval(() => void endWithout(folder, over), pollMs);
    try {
      await watchInstalls(options, reporter);
    } finally {
      clearInterval(looking);
    }
    noteTurn(folder, 'ended');
    return 0;
  } catch (error) {
    reporter.error(describeError(error));
    return 1;
  }
}

/** A value that is not a number of seconds is ignored: it is no reason not to push. */
function pollSeconds(env: Env): number {
  const asked = Number(env['BUILDCACHE_WATCH_POLL'] || POLL_SECONDS);
  return asked >= 0.05 && asked <= 3600 ? asked : POLL_SECONDS;
}

/** Where a runner died, no post step ends the watcher. Its folder is removed with the job, or when the next job begins. */
async function endWithout(folder: string, over: AbortController): Promise<void> {
  await access(folder).catch(() => over.abort());
}

/** A later step may concretize. @returns undefined where there is no environment */
async function readConcretized(environment: EnvironmentFiles): Promise<SpecGraph | undefined> {
  if (await isConcretized(environment)) return await readEnvironment(environment);
  const isNone = await access(`${environment.folder}/spack.yaml`).then(
    () => false,
    () => true,
  );
  if (isNone) return undefined;
  throw new BuildcacheError('not-found', 'the environment is not concretized yet', {
    file: environment.lockfile,
  });
}

/** Writes lines with the time of day, and with secrets replaced. */
function logReporter(secrets: ReadonlySet<string>, isDebug: boolean): Reporter {
  const write = (text: string) => {
    const time = new Date().toISOString().slice(11, 19);
    process.stdout.write(`${time} ${hidden(visible(text), secrets)}\n`);
  };
  return {
    ...SILENT,
    info: write,
    warn: (text) => write(`warning: ${text}`),
    error: (text) => write(`error: ${text}`),
    debug: (text) => {
      if (isDebug) write(`debug: ${text}`);
    },
  };
}

/** Hides secrets as the runner does: each as a whole, and each of its lines. */
function hidden(text: string, secrets: ReadonlySet<string>): string {
  const parts = [...secrets].flatMap((secret) => [secret, ...secret.split('\n')]).filter(isMaskable);
  return parts
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, part) => rest.replaceAll(part, '***'), text);
}
