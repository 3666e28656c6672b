/**
 * Which REST API belongs to a registry of GitHub's, by its host alone, and whose tokens a job has. The API: ghcr.io, and `containers.` before the host of a
 * GitHub Enterprise (docs.github.com, "Working with the Container registry"; `api.` before one of ghe.com, "Getting started
 * with data residency"). A token for the registry is GitHub's own, so it may go there, and nowhere else.
 */
import type { Env } from '../../core/env.ts';
import type { Repository } from './reference.ts';

/** @param env has GITHUB_SERVER_URL, which names the server of a GitHub Enterprise */
export function packagesApiOf({ scheme, host }: Repository, env: Env): URL | undefined {
  if (scheme !== 'https') return undefined;
  if (host === 'ghcr.io') return new URL('https://api.github.com');
  const [, server] = /^containers\.(.+)$/.exec(host) ?? [];
  if (server === undefined) return undefined;
  if (/^[a-z0-9-]+\.ghe\.com$/.test(server)) return new URL(`https://api.${server}`);
  const own = env['GITHUB_SERVER_URL'];
  const isOwn = own !== undefined && URL.canParse(own) && new URL(own).host === server;
  return isOwn && new URL(own).protocol === 'https:' ? new URL(`https://${server}/api/v3`) : undefined;
}

/**
 * The host whose tokens a job has as its own: another forge (a GitHub Enterprise, Gitea) names itself in GITHUB_SERVER_URL.
 * Where nobody is named, as outside of a job, it is github.com.
 */
export function tokenHost(env: Env): string | undefined {
  const server = env['GITHUB_SERVER_URL'] || 'https://github.com';
  return URL.canParse(server) ? new URL(server).hostname : undefined;
}
