/** `command: check-index` of the action: checks that a mirror holds what its index and entries say, and repairs it. */
import { join } from 'node:path';
import { MAX_INDEX_BYTES } from '../../cache/index/listing.ts';
import { BuildcacheError } from '../../core/errors.ts';
import { writeWholeFile } from '../../core/write-file.ts';
import { setOutput } from '../../github/files.ts';
import type { JobReporter } from '../../github/job-reporter.ts';
import { mirrorSummary } from '../../github/mirror-summary.ts';
import { appendSummary } from '../../github/summary.ts';
import { isRight, mirrorCheckExitCode } from '../../plan/mirror-check.ts';
import { mirrorJson } from '../../report/mirror-json.ts';
import { mirrorSentence, mirrorText } from '../../report/mirror-text.ts';
import { during } from '../../report/reporter.ts';
import { type ExaminedMirror, examineMirror } from '../shared/check-index-request.ts';
import { theMirror } from './chosen-mirrors.ts';
import { actionConnection } from './connection.ts';
import { readJobTrust } from './job-trust.ts';
import { requireWritable } from './push-rights.ts';
import type { ActionStep } from './step.ts';

/** @returns the exit code: 1 where the mirror has problems, or some of it could not be checked */
export async function checkIndexCommand(step: ActionStep, reporter: JobReporter): Promise<number> {
  const { env, host, inputs, signal } = step;
  const mirror = theMirror(inputs);
  if (inputs.repair && inputs.dryRun)
    throw new BuildcacheError('usage', 'a repair has no dry run', { hint: 'leave out repair to only look' });
  if (inputs.repair) requireWritable(mirror, step);
  const place = { env, cwd: host.workspace ?? process.cwd() };
  // Signatures are verified only where keys are named: with no keys, every signature would be a stranger's.
  const trust =
    inputs.trustedKeys === undefined ? undefined : await readJobTrust(inputs.trustedKeys, place, reporter);
  const examined = await during(reporter, 'Checking the mirror', () =>
    examineMirror({
      mirror,
      view: inputs.view,
      verify: inputs.verifyLevel,
      rootLengths: inputs.rootLengths,
      repair: inputs.repair,
      signed: mirror.signed,
      trust,
      connection: actionConnection(inputs, env),
      maxIndexBytes: MAX_INDEX_BYTES,
      reporter,
      signal,
    }),
  );
  return await publish(examined, mirror.name, step, reporter);
}

async function publish(
  { check, repair }: ExaminedMirror,
  name: string,
  { env, inputs, folder }: ActionStep,
  reporter: JobReporter,
): Promise<number> {
  const file = join(folder, 'check-index.json');
  await writeWholeFile(file, `${JSON.stringify(mirrorJson(check, repair), null, 2)}\n`);
  setOutput(env, 'check-index', file);
  const isHealthy = mirrorCheckExitCode(check, repair) === 0;
  setOutput(env, 'healthy', String(isHealthy));
  if (inputs.summary && env['GITHUB_STEP_SUMMARY']) appendSummary(env, mirrorSummary(check, repair));
  const sentence = mirrorSentence(check, repair);
  reporter.grouped(`Build cache: ${name}: ${sentence}`, mirrorText(check, repair));
  if (isHealthy) return 0;
  const [why] = check.unknown;
  reporter.error(`${name}: ${sentence}${why === undefined ? '' : ` ${why}`}`);
  if (!isRight(check) && repair === undefined)
    reporter.info('repair: true removes entries that are proved useless, and makes the index anew');
  return 1;
}
