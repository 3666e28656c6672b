/** The action's `explain: true`: why what the gate finds missing is missing, for the log and the job's summary. */
import { openIndexStore } from '../cache/index-store.ts';
import { explainGate } from '../commands/explain.ts';
import { describeError } from '../core/errors.ts';
import { explainMarkdown } from '../github/explain-markdown.ts';
import type { JobReporter } from '../github/job-reporter.ts';
import { type CheckResult, specsWith } from '../plan/rebuild.ts';
import { explainSentence, explainText } from '../report/explain-text.ts';
import { actionConnection } from './action-connection.ts';
import type { ActionInputs } from './action-inputs.ts';
import { withIndexFolder } from './index-folder.ts';

/**
 * @param indexFolder where the check has kept the mirrors' indices
 * @returns Markdown; empty where nothing is missing, or it could not be found out, which is only a warning: the gate has
 *   its answer already
 */
export async function explainStep(
  result: CheckResult,
  inputs: ActionInputs,
  env: Readonly<Record<string, string | undefined>>,
  indexFolder: string,
  reporter: JobReporter,
  signal: AbortSignal,
): Promise<string> {
  if (specsWith(result, 'rebuild').length === 0) return '';
  try {
    const explained = await withIndexFolder(indexFolder, (folder) =>
      explainGate(
        result,
        {
          mirrors: inputs.configuration.mirrors.filter(({ binary }) => binary),
          against: undefined,
          store: undefined,
          cwd: inputs.environment.folder,
          env,
          connection: actionConnection(inputs, env),
          indexStore: openIndexStore(folder),
          indexTtlMs: 0,
          signal,
        },
        reporter,
      ),
    );
    reporter.grouped(`Why: ${explainSentence(explained)}`, explainText(explained, false));
    for (const note of explained.notes) reporter.warn(note);
    return explainMarkdown(explained);
  } catch (error) {
    signal.throwIfAborted();
    reporter.warn(`why could not be found out: ${describeError(error)}`);
    return '';
  }
}
