/** Inputs and state as the runner hands them to an action: environment variables. Raw text, not yet parsed. */

import type { Env } from '../core/env.ts';

/**
 * An input of the step, trimmed; undefined when it is empty, which is also how the runner passes an input that
 * has neither value nor default.
 */
export function readInput(env: Env, name: string): string | undefined {
  const value = env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`]?.trim();
  return value === '' ? undefined : value;
}

/** What the main step saved under this name (see `saveState`), exactly; undefined in the main step itself. */
export function readState(env: Env, name: string): string | undefined {
  return env[`STATE_${name}`];
}
