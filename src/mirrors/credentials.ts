/** Credentials out of the variables a mirror names. They go to the backend and nowhere else. */
import { BuildcacheError } from '../core/errors.ts';
import type { CredentialSource } from './mirror.ts';

export type Credentials =
  | { readonly kind: 'pair'; readonly id: string; readonly secret: string }
  | { readonly kind: 'token'; readonly token: string }
  /** None are named. */
  | { readonly kind: 'none' }
  /** Some are named and empty. */
  | { readonly kind: 'anonymous' };

/**
 * What credentials are for. Reading may go on without them, since a mirror may be open to all; in a job of a fork the
 * variables are there, and empty.
 */
export type Direction = 'read' | 'write';

/**
 * @throws `usage` when a variable is named but not set, or to write is empty: going on without would read as
 *   "refused" later
 */
export function resolveCredentials(
  mirror: string,
  source: CredentialSource,
  env: Readonly<Record<string, string | undefined>>,
  direction: Direction,
): Credentials {
  if (direction === 'read' && emptyVariables(source, env).length > 0) return { kind: 'anonymous' };
  const lookUp = (variable: string): string => {
    const value = env[variable];
    if (value !== undefined && value !== '') return value;
    throw new BuildcacheError(
      'usage',
      `mirror "${mirror}" takes its credentials from ${variable}, which is ${value === '' ? 'empty' : 'not set'}`,
      {
        hint: `set ${variable} in the step's env, or take it out of the mirror's configuration`,
      },
    );
  };
  if (source.tokenVariable !== undefined) return { kind: 'token', token: lookUp(source.tokenVariable) };
  if (source.id === undefined || source.secretVariable === undefined) return { kind: 'none' };
  const id = 'variable' in source.id ? lookUp(source.id.variable) : source.id.value;
  return { kind: 'pair', id, secret: lookUp(source.secretVariable) };
}

/** The variables of a mirror whose values are secret. A user's name is not. */
export function secretVariables({ secretVariable, tokenVariable }: CredentialSource): readonly string[] {
  return [secretVariable, tokenVariable].filter((name) => name !== undefined);
}

/** What to tell a user whose mirror is read without the credentials that are named for it. */
export function anonymousNotes(
  source: CredentialSource,
  env: Readonly<Record<string, string | undefined>>,
): string[] {
  const empty = emptyVariables(source, env);
  if (empty.length === 0) return [];
  return [
    `it is read without the credentials that are named for it: ${empty.join(' and ')} ${empty.length === 1 ? 'is' : 'are'} empty`,
  ];
}

/** Variables that are used and set to nothing. */
function emptyVariables(
  source: CredentialSource,
  env: Readonly<Record<string, string | undefined>>,
): string[] {
  const used = source.tokenVariable === undefined ? credentialVariables(source) : [source.tokenVariable];
  return used.filter((variable) => env[variable] === '');
}

/** Every variable a mirror's credentials come from. */
export function credentialVariables(source: CredentialSource): readonly string[] {
  const id = source.id !== undefined && 'variable' in source.id ? source.id.variable : undefined;
  return [id, source.secretVariable, source.tokenVariable].filter((name) => name !== undefined);
}
