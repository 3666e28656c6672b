/** Inputs and state as the runner hands them to an action: environment variables. Raw text, not yet parsed. */

import type { Env } from '../core/env.ts';

/**
 * An input of the step, trimmed; undefined when it is empty, which is also how the runner passes an input that
 * has neither value nor default.
 */
export function readInput(env: Env, name: string): string | undefined {
  const value = env[variableOf(name)]?.trim();
  return value === '' ? undefined : value;
}

/**
 * Whether the step has such an input, be it empty. One that has a default is empty only where the workflow says so, as with
 * an expression of something that is not set: the runner takes no default then.
 */
export function isGiven(env: Env, name: string): boolean {
  return env[variableOf(name)] !== undefined;
}

/** What the main step saved under this name (see `saveState`), exactly; undefined in the main step itself. */
export function readState(env: Env, name: string): string | undefined {
  return env[`STATE_${name}`];
}

function variableOf(input: string): string {
  return `INPUT_${input.replaceAll(' ', '_').toUpperCase()}`;
}
