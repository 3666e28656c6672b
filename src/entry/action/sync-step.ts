/** `command: sync` of the action: copies what copy-lists say, an environment, or all that a mirror holds, to another. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openIndexStore } from '../../cache/index/store.ts';
import { openSigner } from '../../cache/trust/signing.ts';
import { sync } from '../../commands/sync.ts';
import { cancelled } from '../../core/abort.ts';
import { BuildcacheError } from '../../core/errors.ts';
import { setJsonOutput, setOutput } from '../../github/files.ts';
import type { JobReporter } from '../../github/job-reporter.ts';
import { pushSummary } from '../../github/push-summary.ts';
import { appendSummary } from '../../github/summary.ts';
import type { Mirror } from '../../mirrors/mirror.ts';
import { type SyncResult, syncExitCode } from '../../plan/sync-result.ts';
import { failureTexts, finishProblems, type PushRow, rowsJson, rowsSum } from '../../report/autopush-rows.ts';
import { tellReasonsOnce } from '../../report/shared-reasons.ts';
import { isTold, syncedLine, syncedRow, syncSum } from '../../report/sync-text.ts';
import { namedEnvironment } from '../shared/named-environment.ts';
import { imageInspections, planSync, type SyncRequest } from '../shared/sync-request.ts';
import { actionConnection } from './connection.ts';
import type { ActionInputs } from './inputs.ts';
import { jobSigningKey } from './job-secrets.ts';
import { readJobTrust } from './job-trust.ts';
import { refusePrivileged, requireWritable } from './push-rights.ts';
import type { ActionStep } from './step.ts';

/** @returns the exit code: 1 where something was not copied, unless `push-failure` is `warn` */
export async function syncCommand(step: ActionStep, reporter: JobReporter): Promise<number> {
  const { env, host, inputs, folder, signal } = step;
  refusePrivileged(step);
  const cwd = host.workspace ?? process.cwd();
  const request = await readRequest(inputs, env, cwd);
  const trust = await readJobTrust(inputs.trustedKeys, { env, cwd }, reporter);
  const open = (mirror: string) => openSigner({ ...jobSigningKey(env), choose: undefined, mirror });
  if (inputs.resign) await open('to copy to');
  const indexFolder = join(env['RUNNER_TEMP'] ?? tmpdir(), 'buildcache-index');
  const index = { store: openIndexStore(indexFolder), ttlMs: 0 };
  const context = {
    connection: actionConnection(inputs, env),
    trust,
    unsigned: false,
    resign: inputs.resign,
    openSigner: ({ name }: { readonly name: string }) => open(name),
    baseImage: inputs.baseImage,
    mayWrite: (mirror: Mirror) => {
      if (!inputs.dryRun) requireWritable(mirror, step);
    },
    index,
    signal,
  };
  const work = await planSync(request, context, inputs.allowEmpty, reporter);
  try {
    for (const note of work.notes) reporter.warn(note);
    const tellOnce = tellReasonsOnce();
    const result = await sync(
      {
        work,
        inspections: await imageInspections(work, inputs.environment.folder, env),
        hardLink: false,
        allowMissing: inputs.allowMissing,
        updateIndex: inputs.updateIndex,
        dryRun: inputs.dryRun,
        jobs: inputs.jobs,
        index,
        signal,
        onOutcome(spec) {
          if (isTold(spec.outcome)) reporter.info(syncedLine({ ...spec, outcome: tellOnce(spec.outcome) }));
        },
      },
      reporter,
    );
    if (inputs.stamp && !result.dryRun && !result.cancelled) {
      const { stampTargets } = await import('../../commands/leave-stamps.ts');
      await stampTargets(work.tasks, reporter, signal);
    }
    publish(result, step, reporter, folder);
    if (result.cancelled) throw cancelled(signal, syncSum(result));
    return inputs.pushFailure === 'error' ? syncExitCode(result) : 0;
  } finally {
    await work.close();
  }
}

async function readRequest(inputs: ActionInputs, env: ActionStep['env'], cwd: string): Promise<SyncRequest> {
  const { copyFrom: from, copyTo: to, copyLists: patterns, wholeMirror: all } = inputs;
  if (patterns.length > 0) {
    if (from !== undefined || all || inputs.selection.specs.length > 0) {
      throw new BuildcacheError(
        'usage',
        'copy-list says what to copy: copy-from, whole-mirror and specs do, too',
      );
    }
    const configured = inputs.configuration.mirrors.filter(({ binary }) => binary);
    return { kind: 'lists', patterns, cwd, to, configured, allowOtherHosts: inputs.allowOtherHosts };
  }
  if (from === undefined || to === undefined) {
    throw new BuildcacheError('usage', 'what to copy is not said', {
      hint: 'set copy-from and copy-to, or copy-list',
    });
  }
  const { namedEnvironment: named } = inputs;
  const where = named === undefined ? {} : { environment: named };
  const environment = all ? undefined : await namedEnvironment(inputs.environment, where, env);
  const { selection, allowMissing: mayLack } = inputs;
  return { kind: 'mirror', from, to, environment, specs: selection.specs, oneEach: true, all, mayLack };
}

const NOTHING = 'there was nothing to copy';

function publish(
  result: SyncResult,
  { env, inputs }: ActionStep,
  reporter: JobReporter,
  folder: string,
): void {
  const rows: PushRow[] = result.mirrors.flatMap(({ name, specs }) =>
    specs.map((spec) => syncedRow(spec, name)),
  );
  for (const kind of ['pushed', 'skipped', 'failed'] as const) {
    setJsonOutput(env, kind, rowsJson(rows, kind), join(folder, `${kind}.json`));
  }
  setOutput(env, 'pushed-count', String(rows.filter(({ kind }) => kind === 'pushed').length));
  const problems = finishProblems(result.mirrors);
  const isNothing = rows.length + problems.length === 0;
  if (inputs.summary && env['GITHUB_STEP_SUMMARY']) {
    appendSummary(env, isNothing ? `## ✅ Build cache: ${NOTHING}\n` : pushSummary(rows, problems, 'copied'));
  }
  for (const { name, notes } of result.mirrors) for (const note of notes) reporter.warn(`${name}: ${note}`);
  for (const text of [...problems, ...failureTexts(rows, 'copied')]) {
    if (inputs.pushFailure === 'error') reporter.error(text);
    else reporter.warn(text);
  }
  if (isNothing) reporter.annotations.add('notice', NOTHING, { title: 'Build cache' });
  reporter.info(`Build cache: ${isNothing ? NOTHING : rowsSum(rows, 'copied')}`);
}
