/** What a step of the action gets, whatever its command. */
import type { Host } from '../../github/host.ts';
import type { ActionInputs } from './inputs.ts';

export interface ActionStep {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly host: Host;
  readonly inputs: ActionInputs;
  /** Of this step's own, for what its outputs name. */
  readonly folder: string;
  readonly signal: AbortSignal;
}
