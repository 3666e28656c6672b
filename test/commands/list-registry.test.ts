import { describe, expect, it } from 'vitest';
import { INDEX_TAG } from '../../src/cache/oci/tags.ts';
import { fillFromSpack } from '../cache/registry-fixture.ts';
import { imageOf } from '../cache/registry-place.ts';
import { runVerb } from '../entry/run-verb.ts';
import { startRegistry } from '../harness/registry.ts';
import { sha256Of } from '../harness/registry-store.ts';
import { tempDir } from '../harness/temp-dir.ts';

describe('list of a registry', () => {
  it('has what the index lists, and what only the tags do', async () => {
    await using dir = await tempDir();
    await using server = await startRegistry();
    const repository = server.repository('toy/cache');
    fillFromSpack(repository);
    const list = async () => await runVerb(['list', '-a', '-L', '-m', `${server.url}toy/cache`], dir.path);
    const whole = await list();
    expect(whole.code).toBe(0);
    expect(whole.out.match(/^[a-z2-7]{32} /gm)).toHaveLength(6);

    // As if another writer's index had been the last.
    const { manifest } = imageOf(repository, INDEX_TAG);
    const index = JSON.parse(repository.blobs.get(manifest.layers[0]?.digest ?? '')?.toString() ?? '');
    const records = Object.entries<{ spec: { name: string }; in_buildcache: boolean }>(
      index.database.installs,
    );
    for (const [hash, record] of records) {
      if (record.spec.name === 'toyapp') record.in_buildcache = false;
      if (record.spec.name === 'toymake') delete index.database.installs[hash];
    }
    const put = (bytes: Buffer) => {
      repository.blobs.set(sha256Of(bytes), bytes);
      return { digest: sha256Of(bytes), size: bytes.length };
    };
    const layer = { ...manifest.layers[0], ...put(Buffer.from(JSON.stringify(index))) };
    const bytes = Buffer.from(JSON.stringify({ ...manifest, layers: [layer] }));
    repository.manifests.set(sha256Of(bytes), { bytes, mediaType: manifest.mediaType });
    repository.tags.set(INDEX_TAG, sha256Of(bytes));
    const before = server.requests.length;
    expect((await list()).out).toBe(whole.out);
    // Tags, the index and its blob, and for each of two specs its image and its configuration.
    expect(server.requests.length - before).toBe(3 + 2 * 2);

    repository.tags.delete(INDEX_TAG);
    expect((await list()).out).toBe(whole.out);
  });

  it('of a repository that is not there fails, and says so', async () => {
    await using dir = await tempDir();
    await using server = await startRegistry();
    const ran = await runVerb(['list', '-m', `${server.url}no/such`], dir.path);
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(/no\/such/);
  });
});
