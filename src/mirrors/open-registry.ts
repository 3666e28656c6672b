/** Registries of mirrors and of base images, with the credentials that are theirs. */
import { BuildcacheError } from '../core/errors.ts';
import type { ImageReference, Repository } from '../storage/registry/reference.ts';
import type { Registry, RegistryOptions, RegistryReader } from '../storage/registry/registry.ts';
import { type Direction, resolveCredentials } from './credentials.ts';
import type { MirrorSide } from './mirror.ts';
import type { Connection } from './open.ts';
import { openClient } from './open-client.ts';

/** @throws BuildcacheError `usage` for a URL that names no repository, a view, or credentials that are not set */
export async function openMirrorReader(
  mirror: string,
  side: MirrorSide,
  connection: Connection,
): Promise<RegistryReader> {
  const repository = await repositoryOf(mirror, side);
  const { openRegistryReader } = await import('../storage/registry/registry.ts');
  return openRegistryReader(
    await openClient(connection, side),
    await optionsFor(repository, mirror, side, repository, connection, 'read'),
  );
}

/** @throws as {@link openMirrorReader} */
export async function openMirrorRegistry(
  mirror: string,
  side: MirrorSide,
  connection: Connection,
): Promise<Registry> {
  const repository = await repositoryOf(mirror, side);
  const { openRegistry } = await import('../storage/registry/registry.ts');
  return openRegistry(
    await openClient(connection, side),
    await optionsFor(repository, mirror, side, repository, connection, 'write'),
  );
}

/**
 * An image beside a mirror; where both are in one registry, the mirror's credentials are tried.
 * @param text as for `docker pull`, or with `oci+http://` before it
 * @throws BuildcacheError `usage` for what is no name of an image
 */
export async function openImage(
  text: string,
  mirror: string,
  side: MirrorSide,
  connection: Connection,
): Promise<{ readonly registry: RegistryReader; readonly reference: ImageReference }> {
  const { parseImageReference } = await import('../storage/registry/reference.ts');
  const { openRegistryReader } = await import('../storage/registry/registry.ts');
  const reference = parseImageReference(text);
  const home = await repositoryOf(mirror, side);
  const options = await optionsFor(reference, mirror, side, home, connection, 'read');
  return { registry: openRegistryReader(await openClient(connection, side), options), reference };
}

async function repositoryOf(mirror: string, { url, view }: MirrorSide): Promise<Repository> {
  if (view !== undefined) {
    throw new BuildcacheError('usage', `mirror "${mirror}": registries have no views`, {
      hint: 'take view out of its configuration, or use another repository',
    });
  }
  const { parseRepositoryUrl } = await import('../storage/registry/reference.ts');
  return parseRepositoryUrl(url);
}

async function optionsFor(
  { scheme, host, name }: Repository,
  mirror: string,
  side: MirrorSide,
  home: Repository,
  { env, retry, githubToken }: Connection,
  direction: Direction,
): Promise<RegistryOptions> {
  const { credentialFinder } = await import('../storage/registry/credentials.ts');
  const { packagesApiOf } = await import('../storage/registry/github-host.ts');
  const api = direction === 'write' ? packagesApiOf({ scheme, host, name }, env) : undefined;
  const credentials = resolveCredentials(mirror, side, env, direction);
  // The mirror's own credentials go only with its own scheme: an image over plain HTTP does not get what is meant for
  // TLS.
  const isOwn = scheme === home.scheme && (credentials.kind === 'pair' || credentials.kind === 'token');
  const own = isOwn ? { host: home.host, credentials } : undefined;
  return {
    repository: { scheme, host, name },
    retry,
    credentials: credentialFinder({ own, githubToken, env, tls: scheme === 'https' }),
    packagesApi: api && { url: api },
  };
}
