/** Errors on their way from a thread: what is copied from one to the other loses its class. */
import { BuildcacheError, type ErrorCode, type ErrorFacts, systemCode } from './errors.ts';

export interface ErrorData {
  readonly code: ErrorCode;
  readonly message: string;
  readonly facts: ErrorFacts;
  /** `ENOSPC` and the like, of a system error below it. */
  readonly system: string | undefined;
}

export function errorData(error: unknown): ErrorData {
  if (error instanceof BuildcacheError) {
    const { code, message, facts, cause } = error;
    return { code, message, facts, system: systemCode(cause) };
  }
  const system = systemCode(error);
  return {
    code: 'internal',
    message: error instanceof Error ? error.message : String(error),
    facts: {},
    system,
  };
}

export function errorOf({ code, message, facts, system }: ErrorData): BuildcacheError {
  const cause = system === undefined ? undefined : Object.assign(new Error(message), { code: system });
  return new BuildcacheError(code, message, facts, cause);
}
