/** `command: explain` of the action: says why specs are missing. Unlike the gate it does not fail because of them. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explainEnvironment } from '../../commands/explain.ts';
import type { JobReporter } from '../../github/job-reporter.ts';
import { explainExitCode } from '../../plan/explain-result.ts';
import { unknownReasons, unknownSpecs } from '../../report/check-text.ts';
import { withIndexStore } from '../shared/index-folder.ts';
import { actionConnection } from './connection.ts';
import { comparedWith, tellExplanation } from './explain-step.ts';
import { rememberIndexCache, restoreIndexCache } from './index-cache.ts';
import type { ActionStep } from './step.ts';

/** @returns the exit code: 1 where something is unknown, unless `on-unknown` allows that */
export async function explainCommand(step: ActionStep, reporter: JobReporter): Promise<number> {
  const { env, inputs, signal } = step;
  const mirrors = inputs.configuration.mirrors.filter(({ binary }) => binary);
  const cache = inputs.indexCache ? await restoreIndexCache(env, mirrors, reporter) : undefined;
  const indexFolder = cache?.folder ?? join(env['RUNNER_TEMP'] ?? tmpdir(), 'buildcache-index');
  const explained = await withIndexStore({ indexFolder }, (store) =>
    explainEnvironment(
      {
        ...inputs,
        mirrors,
        ...comparedWith(step),
        env,
        connection: actionConnection(inputs, env),
        index: { store, ttlMs: 0 },
        signal,
      },
      reporter,
    ),
  );
  if (cache !== undefined) await rememberIndexCache(env, cache);
  const { gate } = explained;
  for (const { name, notes } of gate?.answers ?? [])
    for (const note of notes) reporter.warn(`${name}: ${note}`);
  await tellExplanation(explained, step, 'alone', reporter);
  if (inputs.comment) {
    const { commentStep, explainContent } = await import('./comment-step.ts');
    await commentStep(explainContent(explained), step, reporter);
  }
  if (explainExitCode(explained) === 0) return 0;
  const reasons = gate === undefined ? [] : unknownReasons(gate);
  const texts = reasons.map(({ reason, names }) => `${unknownSpecs(names.length)}: ${reason}`);
  if (explained.incomplete) texts.push('Not everything could be compared with');
  for (const text of texts) {
    if (inputs.onUnknown === 'fail') reporter.error(text);
    else reporter.warn(text);
  }
  return inputs.onUnknown === 'fail' ? 1 : 0;
}
