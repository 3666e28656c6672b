/** `stamp: true` of the action: stamps the mirrors that the job may write to, and says of the others that it may not. */
import { leaveStamps, type NeededSpecs } from '../../commands/leave-stamps.ts';
import type { JobReporter } from '../../github/job-reporter.ts';
import { actionConnection } from './connection.ts';
import { writableMirrors } from './push-rights.ts';
import type { ActionStep } from './step.ts';

export async function stampStep(
  needed: readonly NeededSpecs[],
  { env, host, inputs, signal }: ActionStep,
  reporter: JobReporter,
): Promise<void> {
  const writable = writableMirrors(
    needed.map(({ mirror }) => mirror),
    { env, host, inputs },
  );
  const mine = needed.filter(({ mirror }) => writable.includes(mirror));
  for (const { mirror } of needed) {
    if (!mine.some((each) => each.mirror === mirror))
      reporter.info(`${mirror.name}: no stamp was left, since this run may not write to it`);
  }
  await leaveStamps(mine, actionConnection(inputs, env), reporter, signal);
}
