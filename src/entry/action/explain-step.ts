/** The action's `explain: true`: says why the gate finds specs missing, in the log, the job's summary and an output. */
import { join } from 'node:path';
import { explainGate } from '../../commands/explain.ts';
import { describeError } from '../../core/errors.ts';
import { writeWholeFile } from '../../core/write-file.ts';
import { explainBelowGate, explainMarkdown } from '../../github/explain-markdown.ts';
import { setOutput } from '../../github/files.ts';
import type { JobReporter } from '../../github/job-reporter.ts';
import { appendSummary } from '../../github/summary.ts';
import type { ExplainResult } from '../../plan/explain-result.ts';
import { type CheckResult, specsWith } from '../../plan/rebuild.ts';
import { explainJson } from '../../report/explain-json.ts';
import { explainSentence, explainText } from '../../report/explain-text.ts';
import { withIndexStore } from '../shared/index-folder.ts';
import { actionConnection } from './connection.ts';
import type { ActionStep } from './step.ts';

/**
 * @param indexFolder where the check has kept the mirrors' indices
 * @returns undefined where nothing is missing, or where the reasons could not be found out. That is only a warning,
 *   since the gate has its answer already.
 */
export async function explainStep(
  result: CheckResult,
  step: ActionStep,
  indexFolder: string,
  reporter: JobReporter,
): Promise<ExplainResult | undefined> {
  if (specsWith(result, 'rebuild').length === 0) return undefined;
  const { inputs, env, signal } = step;
  try {
    const explained = await withIndexStore({ indexFolder }, (store) =>
      explainGate(
        result,
        {
          mirrors: inputs.configuration.mirrors.filter(({ binary }) => binary),
          ...comparedWith(step),
          env,
          connection: actionConnection(inputs, env),
          index: { store, ttlMs: 0 },
          signal,
        },
        reporter,
      ),
    );
    await tellExplanation(explained, step, 'below the gate', reporter);
    return explained;
  } catch (error) {
    signal.throwIfAborted();
    reporter.warn(`why could not be found out: ${describeError(error)}`);
    return undefined;
  }
}

/** What missing specs are compared with besides the mirrors. Relative paths start from the workspace. */
export function comparedWith({ inputs, host }: ActionStep) {
  return { against: inputs.against, store: undefined, cwd: host.workspace ?? process.cwd() };
}

/** Writes the log, the summary and the output `explanation`. @param place where in the summary its part goes */
export async function tellExplanation(
  explained: ExplainResult,
  { env, inputs, folder }: ActionStep,
  place: 'below the gate' | 'alone',
  reporter: JobReporter,
): Promise<void> {
  reporter.grouped(`Why: ${explainSentence(explained)}`, explainText(explained, false));
  for (const note of explained.notes) reporter.warn(note);
  const file = join(folder, 'explanation.json');
  await writeWholeFile(file, `${JSON.stringify(explainJson(explained), null, 2)}\n`);
  setOutput(env, 'explanation', file);
  if (inputs.summary && env['GITHUB_STEP_SUMMARY'])
    appendSummary(env, place === 'alone' ? explainMarkdown(explained) : `\n${explainBelowGate(explained)}`);
}
