/**
 * Credentials for a registry, the most deliberate first: the mirror's own, then those of a docker or podman log-in,
 * then for ghcr.io the token of a job on github.com. They are looked for when a registry asks, since credential helpers
 * are programs that take their time.
 */

import type { Env } from '../../core/env.ts';
import { innerKind } from '../http/inner-address.ts';
import { findDockerCredentials } from './docker-config.ts';
import { tokenHost } from './github-host.ts';

export type RegistryCredentials =
  | { readonly kind: 'pair'; readonly id: string; readonly secret: string }
  /** An OAuth2 refresh token, exchanged by POST. */
  | { readonly kind: 'identity'; readonly token: string };

export interface FoundCredentials {
  /** Undefined: there are none, go on without. */
  readonly credentials: RegistryCredentials | undefined;
  /** Where they are from, for people: `docker's config.json`. */
  readonly source: string;
  /** What was looked at and could not be used, for people. */
  readonly remarks: readonly string[];
  /** The registry was never meant by whoever gave these: where they are refused, it is asked without any. */
  readonly isAmbient?: boolean;
}

/**
 * @param target the host, with its port, and the name of the repository; no name for a token endpoint
 * @throws BuildcacheError `bad-input` for a file of credentials that is none
 */
export type FindCredentials = (
  target: { readonly host: string; readonly name: string },
  signal: AbortSignal | undefined,
) => Promise<FoundCredentials>;

export interface CredentialSources {
  /** The mirror's own, and the host they were given for. A token is sent as the password of the host's usual user. */
  readonly own?:
    | {
        readonly host: string;
        readonly credentials:
          | { readonly kind: 'pair'; readonly id: string; readonly secret: string }
          | { readonly kind: 'token'; readonly token: string };
      }
    | undefined;
  /**
   * Whether the registry is spoken to in TLS. The machine's log-ins are not sent without it, except to the machine
   * itself.
   */
  readonly tls?: boolean;
  /** The job's token, for ghcr.io if the job is one of github.com. */
  readonly githubToken?: string | undefined;
  /** DOCKER_CONFIG, HOME, XDG_RUNTIME_DIR, GITHUB_SERVER_URL; the whole is handed on to credential helpers. */
  readonly env: Env;
}

export function credentialFinder({ own, githubToken, env, tls = true }: CredentialSources): FindCredentials {
  return async ({ host, name }, signal) => {
    if (own?.host === host) {
      const { credentials } = own;
      const pair = credentials.kind === 'pair' ? credentials : tokenPair(host, credentials.token);
      return { credentials: pair, source: "the mirror's configuration", remarks: [] };
    }
    if (!tls && innerKind(new URL(`http://${host}`).hostname) !== 'loopback') {
      return { credentials: undefined, source: 'nowhere', remarks: ['log-ins are not sent over plain HTTP'] };
    }
    // Before the job's token, which is always there: a log-in is deliberate.
    const docker = await findDockerCredentials({ host, name }, env, signal);
    if (docker.credentials === undefined && host === 'ghcr.io' && githubToken) {
      const { remarks } = docker;
      const server = tokenHost(env);
      if (server !== 'github.com')
        return { ...docker, remarks: [...remarks, `github-token is one of ${server ?? 'another server'}`] };
      return { credentials: tokenPair(host, githubToken), source: 'github-token', remarks, isAmbient: true };
    }
    return docker;
  };
}

/** The user names that must go with access tokens at some hosts. Elsewhere any name does. */
function tokenPair(host: string, token: string): RegistryCredentials {
  const user = /(?:^|\.)quay\.io$/.test(host)
    ? '$oauthtoken'
    : /(?:^|\.)(?:pkg\.dev|gcr\.io)$/.test(host)
      ? 'oauth2accesstoken'
      : 'token';
  return { kind: 'pair', id: user, secret: token };
}
