/** Somebody writes an object between the look at what was listed and its DELETE: what he has written stays. */
import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RETRY } from '../../src/core/retry.ts';
import { openFileStorage } from '../../src/storage/file/file.ts';
import { takeTurn } from '../../src/storage/file/turn.ts';
import { openGcsStorage } from '../../src/storage/gcs/gcs.ts';
import { cleanupsAfterEach } from '../harness/cleanups.ts';
import { startGcsServer } from '../harness/gcs-server.ts';
import type { S3ConditionMode } from '../harness/s3-objects.ts';
import { openS3, openTestClient } from '../harness/s3-place.ts';
import { startS3Server } from '../harness/s3-server.ts';
import { tempDir } from '../harness/temp-dir.ts';

const cleanups = cleanupsAfterEach();
const OLD = new Date('2026-01-01T00:00:00Z');

/** Deletes an old object as it was listed. @param onDelete as the server's fault; is told how to write it anew */
type Deleting = (onDelete: (write: () => void) => 'lose' | undefined) => Promise<{
  readonly deleted: boolean;
  readonly left: string | undefined;
}>;

const s3 =
  (conditions: S3ConditionMode): Deleting =>
  async (onDelete) => {
    const key = 'bucket/some/mirror/a';
    const about = { contentType: 'text/plain', cacheControl: undefined };
    const write = (content: string, modified: Date) =>
      void server.objects.set(key, {
        ...about,
        content: Buffer.from(content),
        etag: `"${content}"`,
        modified,
      });
    const server = await startS3Server({
      conditions,
      fault: ({ method }) => (method === 'DELETE' ? onDelete(() => write('new', new Date())) : undefined),
    });
    const storage = await openS3(server.url);
    cleanups.push(
      () => server.close(),
      () => storage.close(),
    );
    write('old', OLD);
    const deleted = await storage.delete('a', { listed: { modified: OLD } });
    return { deleted, left: server.objects.get(key)?.content.toString() };
  };

const gcs: Deleting = async (onDelete) => {
  const write = (content: string, generation: number, updated: Date) =>
    void server.objects.set('a', {
      content: Buffer.from(content),
      generation,
      updated,
      contentType: undefined,
    });
  const server = await startGcsServer({
    fault: ({ method }) => (method === 'DELETE' ? onDelete(() => write('new', 2, new Date())) : undefined),
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
  write('old', 1, OLD);
  const deleted = await storage.delete('a', { listed: { modified: OLD } });
  return { deleted, left: server.objects.get('a')?.content.toString() };
};

describe.each<[string, Deleting]>([
  ['S3', s3('native')],
  ['S3 that knows etags without quotes', s3('unquoted-etag')],
  ['S3 that refuses conditions', s3('rejected')],
  ['Google', gcs],
])('%s: what was listed', (_, deleting) => {
  it('stays where it was written just now', async () => {
    let sent = 0;
    const outcome = await deleting((write) => {
      if (sent++ === 0) write();
      return undefined;
    });
    expect(outcome).toEqual({ deleted: false, left: 'new' });
  });

  it('is deleted where nobody has written it, also if the first answer was lost', async () => {
    expect(await deleting(() => undefined)).toEqual({ deleted: true, left: undefined });
    const faults = ['lose' as const];
    expect(await deleting(() => faults.pop())).toEqual({ deleted: true, left: undefined });
  });
});

it('a folder: what was listed stays where somebody writes it while we wait for our turn', async () => {
  await using dir = await tempDir();
  const file = join(dir.path, 'a');
  writeFileSync(file, 'same');
  utimesSync(file, OLD, OLD);
  let deleting: Promise<boolean> | undefined;
  const turn = {
    fill: async (path: string) => writeFileSync(path, 'same'),
    decide: async () => {
      deleting = openFileStorage(dir.path).delete('a', { listed: { modified: OLD } });
      await new Promise((resolve) => setTimeout(resolve, 50));
      return 'publish' as const;
    },
  };
  expect(await takeTurn(file, turn, undefined)).toBe('done');
  expect(await deleting).toBe(false);
  expect(readFileSync(file, 'utf8')).toBe('same');
});
