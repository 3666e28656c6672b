/** Our registry client as tests open it: short waits, no credentials but those given. */
import type { RetryPolicy } from '../../src/core/retry.ts';
import { openHttpClient } from '../../src/storage/http/client.ts';
import { credentialFinder, type FindCredentials } from '../../src/storage/registry/credentials.ts';
import type { PackagesApi } from '../../src/storage/registry/deletion.ts';
import { parseRepositoryUrl } from '../../src/storage/registry/reference.ts';
import {
  openRegistry,
  openRegistryReader,
  type Registry,
  type RegistryReader,
} from '../../src/storage/registry/registry.ts';

export interface OpenOptions {
  readonly user?: { readonly username: string; readonly password: string } | undefined;
  /** In place of the user. */
  readonly credentials?: FindCredentials | undefined;
  readonly ca?: string | undefined;
  readonly retry?: RetryPolicy;
  readonly timeoutMs?: number;
  readonly packagesApi?: PackagesApi;
}

const RETRY: RetryPolicy = { retries: 3, baseDelayMs: 1, maxDelayMs: 5_000 };
/** Nobody's home: no config.json of whoever runs the tests. */
export const NO_HOME = { HOME: '/nonexistent' };

/** @param url as a mirror's: `oci+http://127.0.0.1:5000/toy/cache` */
export async function openTestRegistry(url: string, options: OpenOptions = {}): Promise<Registry> {
  return openRegistry(...(await settings(url, options)));
}

export async function openTestReader(url: string, options: OpenOptions = {}): Promise<RegistryReader> {
  return openRegistryReader(...(await settings(url, options)));
}

async function settings(
  url: string,
  { user, credentials, ca, retry = RETRY, timeoutMs = 10_000, packagesApi }: OpenOptions,
) {
  const repository = parseRepositoryUrl(url);
  const pair =
    user === undefined ? undefined : { kind: 'pair' as const, id: user.username, secret: user.password };
  const own = pair === undefined ? undefined : { host: repository.host, credentials: pair };
  const client = await openHttpClient({ timeoutMs, connections: 8, verifyTls: true, ca, env: {} });
  return [
    client,
    { repository, retry, credentials: credentials ?? credentialFinder({ own, env: NO_HOME }), packagesApi },
  ] as const;
}
