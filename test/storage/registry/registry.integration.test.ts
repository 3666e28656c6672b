import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { verifyBytes } from '../../../src/core/digest.ts';
import { hexOf, isDigest } from '../../../src/storage/registry/reference.ts';
import { DOCKER_REGISTRY_USER, startDockerRegistry } from '../../harness/docker-registry.ts';
import { openTestReader, openTestRegistry } from '../../harness/registry-client.ts';
import { blobBytes, pushImage, registryContract, tagsOf } from '../registry-contract.ts';

const USER = DOCKER_REGISTRY_USER;
const PUSHED_BY_SPACK = fileURLToPath(new URL('../../fixtures/spack-1.2/registry', import.meta.url));

registryContract("Debian's docker-registry", async () => {
  const registry = await startDockerRegistry();
  return {
    open: async (name) => await openTestRegistry(registry.url + name),
    deletesTags: false,
    stop: registry.stop,
  };
});

registryContract("Debian's docker-registry with passwords", async () => {
  const registry = await startDockerRegistry({ password: true });
  return {
    open: async (name) => await openTestRegistry(registry.url + name, { user: USER }),
    deletesTags: false,
    stop: registry.stop,
  };
});

it('reads what Spack pushed', async () => {
  await using server = await startDockerRegistry({ content: PUSHED_BY_SPACK });
  const reader = await openTestReader(`${server.url}toy/cache`);
  const tags = await tagsOf(reader);
  expect(tags).toHaveLength(7);
  expect(tags).toContain('index.spack');
  for (const tag of tags) {
    const manifest = await reader.manifest(tag);
    const { config, layers } = JSON.parse(manifest?.bytes.toString() ?? '{}');
    for (const { digest, size } of [config, ...layers]) {
      if (!isDigest(digest)) throw new Error(`no digest: ${digest}`);
      const bytes = await blobBytes(reader, digest);
      verifyBytes(bytes ?? Buffer.alloc(0), { sha256: hexOf(digest), size, source: tag });
    }
  }
  await reader.close();
});

it('says so when deletes are off, and when the password is wrong', async () => {
  await using without = await startDockerRegistry({ deletes: false });
  const registry = await openTestRegistry(`${without.url}toy/cache`);
  const { digest } = await pushImage(registry, 'kept');
  await expect((await registry.deletion()).delete(digest, [], undefined)).rejects.toMatchObject({
    code: 'unsupported',
  });
  await registry.close();

  await using locked = await startDockerRegistry({ password: true });
  for (const user of [undefined, { ...USER, password: 'guess' }]) {
    const stranger = await openTestRegistry(`${locked.url}toy/cache`, { user });
    await expect(stranger.manifest('x')).rejects.toMatchObject({ code: 'denied', facts: { status: 401 } });
    await stranger.close();
  }
});
