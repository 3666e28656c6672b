/** What every step of the action gets, whatever its command. */
import type { Host } from '../../github/host.ts';
import type { JobReporter } from '../../github/job-reporter.ts';
import type { ActionInputs } from './inputs.ts';

export interface ActionJob {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly host: Host;
  /** A folder of this step's own, for the files that its outputs name. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

export interface ActionStep extends ActionJob {
  readonly inputs: ActionInputs;
}

/** @returns the exit code */
export type RunStep<T> = (step: T, reporter: JobReporter) => Promise<number>;
