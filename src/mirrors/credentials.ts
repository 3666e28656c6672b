/** Credentials out of the variables a mirror names. They go to the backend and nowhere else. */

import { isOurs } from '../core/child-environment.ts';
import type { Env } from '../core/env.ts';
import { BuildcacheError } from '../core/errors.ts';
import { tokenHost } from '../storage/registry/github-host.ts';
import type { CredentialSource, MirrorSide } from './mirror.ts';

export type Credentials =
  | { readonly kind: 'pair'; readonly id: string; readonly secret: string }
  | { readonly kind: 'token'; readonly token: string }
  /** No credentials are named. */
  | { readonly kind: 'none' }
  /** Credentials are named, and their variables are empty. */
  | { readonly kind: 'anonymous' };

/**
 * What credentials are for. Reading may go on without them, since a mirror may be open to all. In a job of a fork the
 * variables are there, and empty.
 */
export type Direction = 'read' | 'write';

/** What a mirror says of its credentials, and where they would go. */
type CredentialPlace = Pick<MirrorSide, 'credentials' | 'url'> & Partial<Pick<MirrorSide, 'endpointUrl'>>;

/**
 * @throws `usage` when a variable is named but not set, or for writing when it is empty: without it, the mirror would
 *   refuse access later; `denied` for a variable that is no credential of this mirror's, whoever names it
 */
export function resolveCredentials(
  mirror: string,
  { credentials: source, ...place }: CredentialPlace,
  env: Env,
  direction: Direction,
): Credentials {
  if (direction === 'read' && emptyVariables(source, env).length > 0) return { kind: 'anonymous' };
  const lookUp = (variable: string, isId = false): string => {
    const whose = ownerOf(variable, isId, place, env);
    if (whose !== undefined) {
      throw new BuildcacheError('denied', `mirror "${mirror}" may not have ${variable}: it is ${whose}`, {
        hint: 'give the mirror a variable of its own (access_pair, access_token_variable)',
      });
    }
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
  const id = 'variable' in source.id ? lookUp(source.id.variable, true) : source.id.value;
  return { kind: 'pair', id, secret: lookUp(source.secretVariable) };
}

/**
 * Who a variable belongs to, if it may not go to every mirror that names it: a checked-out file chooses both the
 * variable and the host. Variables of the job, its tools and its tokens are told by their names.
 */
function ownerOf(
  variable: string,
  isId: boolean,
  { url, endpointUrl }: Omit<CredentialPlace, 'credentials'>,
  env: Env,
): string | undefined {
  if (isOurs(variable)) return "the job's own, and for no mirror";
  if (/^(?:GITHUB_TOKEN|GH_TOKEN)$/i.test(variable) && !isGithub(url, env))
    return `for ${tokenHost(env) ?? 'GitHub'} only, over TLS`;
  if (/^AWS_/i.test(variable)) {
    if (!/^s3:/i.test(url)) return 'for S3 only';
    // Requests are signed with the secret, which is not sent. The id is, as it is.
    if (isId && /SECRET|TOKEN/i.test(variable)) return 'a secret, and an id is sent as it is';
  }
  if (/^(?:GOOGLE|CLOUDSDK|GCLOUD)_/i.test(variable)) {
    if (!/^gs:/i.test(url)) return 'for gs:// only';
    if (!isOwnHost(endpointUrl, GOOGLE_HOST)) return 'for Google only, over TLS';
  }
  return undefined;
}

export const GOOGLE_HOST = /(?:^|\.)googleapis\.com$/;

/** Whether a configured endpoint, if there is one, is one of the provider whose tokens the machine has. */
export function isOwnHost(endpoint: string | undefined, host: RegExp): boolean {
  if (endpoint === undefined) return true;
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(endpoint) ? endpoint : `https://${endpoint}`;
  if (!URL.canParse(full)) return false;
  const { protocol, hostname } = new URL(full);
  return protocol === 'https:' && host.test(hostname);
}

/** Whether a mirror is of the server that the job's token is of. */
function isGithub(url: string, env: Env): boolean {
  const https = url.replace(/^oci:/i, 'https:');
  if (!URL.canParse(https)) return false;
  const { protocol, hostname } = new URL(https);
  const own = tokenHost(env);
  const hosts = own === undefined ? [] : own === 'github.com' ? [own, 'ghcr.io'] : [own];
  return protocol === 'https:' && hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
}

/** The variables of a mirror whose values are secret. A user's name is not. */
export function secretVariables({ secretVariable, tokenVariable }: CredentialSource): readonly string[] {
  return [secretVariable, tokenVariable].filter((name) => name !== undefined);
}

/** What to tell a user whose mirror is read without the credentials that it names. */
export function anonymousNotes(source: CredentialSource, env: Env): string[] {
  const empty = emptyVariables(source, env);
  if (empty.length === 0) return [];
  return [
    `it is read without the credentials that are named for it: ${empty.join(' and ')} ${empty.length === 1 ? 'is' : 'are'} empty`,
  ];
}

/** Variables that the mirror uses and that are empty. */
function emptyVariables(source: CredentialSource, env: Env): string[] {
  const used = source.tokenVariable === undefined ? credentialVariables(source) : [source.tokenVariable];
  return used.filter((variable) => env[variable] === '');
}

/** Every variable a mirror's credentials come from. */
export function credentialVariables(source: CredentialSource): readonly string[] {
  const id = source.id !== undefined && 'variable' in source.id ? source.id.variable : undefined;
  return [id, source.secretVariable, source.tokenVariable].filter((name) => name !== undefined);
}
