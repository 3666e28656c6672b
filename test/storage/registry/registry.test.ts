import { startRegistry, type TestRegistryOptions } from '../../harness/registry.ts';
import { openTestRegistry } from '../../harness/registry-client.ts';
import { type RegistryPlace, registryContract } from '../registry-contract.ts';

const USER = { username: 'toy', password: 'p:ä ss' };

async function place(options: TestRegistryOptions): Promise<RegistryPlace> {
  const registry = await startRegistry(options);
  const user = options.auth === undefined ? undefined : USER;
  return {
    open: async (name) => await openTestRegistry(registry.url + name, { user, ca: registry.ca }),
    deletesTags: (options.deletes ?? 'all') === 'all',
    stop: registry.close,
  };
}

registryContract('a registry', async () => await place({ page: 7 }));
registryContract(
  'a registry with tokens and TLS, without referrers, with blobs elsewhere',
  async () =>
    await place({ auth: { kind: 'bearer', ...USER }, tls: true, referrers: false, deletes: 'digests' }),
);
registryContract(
  'a registry with passwords and blobs elsewhere',
  async () => await place({ auth: { kind: 'basic', ...USER }, blobRedirects: true }),
);
