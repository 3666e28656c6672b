/** Something on the way may answer a DELETE with a success, or lose the answer of one that was done. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_RETRY } from '../../src/core/retry.ts';
import { openGcsStorage } from '../../src/storage/gcs/gcs.ts';
import { cleanupsAfterEach } from '../harness/cleanups.ts';
import { startGcsServer } from '../harness/gcs-server.ts';
import { startRegistry } from '../harness/registry.ts';
import { openTestRegistry } from '../harness/registry-client.ts';
import { openS3, openTestClient } from '../harness/s3-place.ts';
import { type S3Fault, startS3Server } from '../harness/s3-server.ts';
import { failsAs, text } from '../harness/storage-contract.ts';

const cleanups = cleanupsAfterEach();

type Fault = number | 'lose' | undefined;

/** An object on a server before which something may stand. */
interface Scene {
  delete(): Promise<boolean>;
  isThere(): Promise<boolean>;
}

/** @param gone what it says to the DELETE of what is not there */
async function s3Scene(onDelete: () => Fault, gone?: S3Fault): Promise<Scene> {
  const server = await startS3Server({
    fault: ({ method, bucket, key }) => {
      if (method !== 'DELETE') return undefined;
      const fault = onDelete();
      if (typeof fault === 'number') return { answer: { status: fault, body: '<!DOCTYPE html>' } };
      return fault ?? (server.objects.has(`${bucket}/${key}`) ? undefined : gone);
    },
  });
  const storage = await openS3(server.url);
  cleanups.push(
    () => server.close(),
    () => storage.close(),
  );
  await storage.put('a', text('x'));
  return {
    delete: () => storage.delete('a'),
    isThere: async () => (await storage.head('a')) !== undefined,
  };
}

const SCENES: Readonly<Record<string, (onDelete: () => Fault) => Promise<Scene>>> = {
  s3: (onDelete) => s3Scene(onDelete),
  's3 that says what is gone': (onDelete) => s3Scene(onDelete, { status: 404, code: 'NoSuchKey' }),
  async gs(onDelete) {
    const server = await startGcsServer({
      fault: ({ method }) => (method === 'DELETE' ? onDelete() : undefined),
    });
    const storage = openGcsStorage({
      bucket: 'bucket',
      prefix: '',
      endpointUrl: server.url,
      token: async () => undefined,
      http: await openTestClient(1_000),
      retry: { ...DEFAULT_RETRY, retries: 2, baseDelayMs: 5 },
    });
    cleanups.push(
      () => server[Symbol.asyncDispose](),
      () => storage.close(),
    );
    await storage.put('a', text('x'));
    return {
      delete: () => storage.delete('a'),
      isThere: async () => (await storage.head('a')) !== undefined,
    };
  },
  async registry(onDelete) {
    const server = await startRegistry({
      fault: ({ method }) => {
        const fault = method === 'DELETE' ? onDelete() : undefined;
        if (fault === 'lose') return 'lose-answer';
        return fault === undefined ? undefined : { status: fault, body: '<!DOCTYPE html>' };
      },
    });
    const registry = await openTestRegistry(`${server.url}toy`);
    cleanups.push(
      () => server[Symbol.asyncDispose](),
      () => registry.close(),
    );
    const type = 'application/vnd.oci.image.index.v1+json';
    const index = JSON.stringify({ schemaVersion: 2, mediaType: type, manifests: [] });
    const digest = await registry.putManifest('tag', Buffer.from(index), type);
    const deletion = await registry.deletion();
    return {
      delete: () => deletion.delete(digest, ['tag'], undefined),
      isThere: async () => (await registry.headManifest(digest)) !== undefined,
    };
  },
};

describe.each(Object.keys(SCENES))('%s: a DELETE', (kind) => {
  const scene = async (onDelete: () => Fault) => await SCENES[kind]?.(onDelete);

  // A registry says 202, and the others 204.
  it.each(kind === 'registry' ? [200, 204] : [200, 202, 206])(
    'does not count with %i alone',
    async (status) => {
      const it = await scene(() => status);
      await failsAs('protocol', it?.delete() ?? Promise.resolve());
      expect(await it?.isThere()).toBe(true);
    },
  );

  it('counts where its answer was lost', async () => {
    const faults: Fault[] = ['lose'];
    const it = await scene(() => faults.shift());
    expect(await it?.delete()).toBe(true);
    expect(await it?.isThere()).toBe(false);
    expect(await it?.delete()).toBe(false);
  });
});
