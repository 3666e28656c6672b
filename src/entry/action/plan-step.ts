/** `command: plan` of the action: divides what is missing into jobs for the rest of the workflow. */
import { join } from 'node:path';
import { openIndexStore } from '../../cache/index/store.ts';
import { plan } from '../../commands/plan.ts';
import { BuildcacheError } from '../../core/errors.ts';
import { writeWholeFile } from '../../core/write-file.ts';
import { setJsonOutput, setOutput } from '../../github/files.ts';
import type { JobReporter } from '../../github/job-reporter.ts';
import { appendSummary, escapeMarkdown } from '../../github/summary.ts';
import { unknownReasons } from '../../report/check-text.ts';
import { githubWaves } from '../../report/plan-github.ts';
import { planJson } from '../../report/plan-json.ts';
import { homelessWarning, planText } from '../../report/plan-text.ts';
import { nameSome } from '../../report/shared-reasons.ts';
import { readTreeIfThere } from '../../tree/install-snapshot.ts';
import type { InstallTree } from '../../tree/install-tree.ts';
import { readTreeConfiguration } from '../shared/install-tree-settings.ts';
import { PLAN_DEFAULTS } from '../shared/plan-request.ts';
import { actionConnection } from './connection.ts';
import type { ActionStep } from './step.ts';

const NAMED = 3;

/**
 * Sets the outputs `plan` and `waves`.
 * @returns the exit code: 1 where a mirror gave no answer, since a plan is not made from a guess
 * @throws BuildcacheError as `plan`; `usage` for `on-unknown: warn`
 */
export async function planCommand(step: ActionStep, reporter: JobReporter): Promise<number> {
  const { env, inputs, folder, signal } = step;
  if (inputs.onUnknown === 'warn') {
    throw new BuildcacheError('usage', 'on-unknown: warn makes no plan', { expected: 'fail or rebuild' });
  }
  const mirrors = inputs.configuration.mirrors.filter(({ binary }) => binary);
  const {
    plan: made,
    homeless,
    check,
  } = await plan(
    {
      ...inputs,
      mirrors,
      connection: actionConnection(inputs, env),
      index: { store: openIndexStore(join(folder, 'index')), ttlMs: 0 },
      allowEmpty: false,
      unknownIsMissing: inputs.onUnknown === 'rebuild',
      limits: { ...PLAN_DEFAULTS, runners: inputs.runners, maxJobs: inputs.maxJobs },
      tree: await treeOf(step),
      times: undefined,
      signal,
    },
    reporter,
  );
  for (const { name, notes } of check.answers) for (const note of notes) reporter.warn(`${name}: ${note}`);
  if (made === undefined) {
    for (const { reason, names } of unknownReasons(check))
      reporter.error(
        `No plan from a guess (on-unknown: rebuild makes one). Unknown: ${nameSome(names, NAMED)}: ${reason}`,
      );
    return 1;
  }
  const file = join(folder, 'plan.json');
  await writeWholeFile(file, `${JSON.stringify(planJson(made, homeless), null, 2)}\n`);
  setOutput(env, 'plan', file);
  setOutput(env, 'needs-rebuild', String(made.units.length > 0));
  setOutput(env, 'cache-hit', String(made.units.length + homeless.length === 0));
  setOutput(env, 'rebuild-count', String(made.units.length));
  setJsonOutput(env, 'waves', githubWaves(made), join(folder, 'waves.json'));
  const warning = homelessWarning(homeless);
  if (warning !== undefined) reporter.warn(warning);
  const [sum = '', ...lines] = planText(made, homeless, check.decisions.length);
  reporter.grouped(`Build cache: ${sum}`, lines);
  if (inputs.summary && env['GITHUB_STEP_SUMMARY']) appendSummary(env, `## Plan\n\n${escapeMarkdown(sum)}\n`);
  return 0;
}

/** The install tree, if an input names one. By default there is none: a job that plans has built nothing. */
async function treeOf({ inputs, env, host }: ActionStep): Promise<InstallTree | undefined> {
  if (inputs.installTree === undefined) return undefined;
  const context = { env, checkoutEnv: inputs.checkoutEnv, cwd: host.workspace ?? process.cwd() };
  const { settings } = await readTreeConfiguration(inputs.environment.folder, inputs.installTree, context);
  return await readTreeIfThere(settings);
}
