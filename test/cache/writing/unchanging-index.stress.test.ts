import { expect, test } from 'vitest';
import { type CacheWriter, openLayout3Writer } from '../../../src/cache/writing/cache-writer.ts';
import { addToIndex, remakeIndex } from '../../../src/cache/writing/update-index.ts';
import { BuildcacheError } from '../../../src/core/errors.ts';
import { specEmitter } from '../../../src/spec/emit-spec.ts';
import { readLockfile } from '../../../src/spec/lockfile.ts';
import { openFileStorage } from '../../../src/storage/file/file.ts';
import type { Storage } from '../../../src/storage/storage.ts';
import { generateEnvironment } from '../../harness/generate.ts';
import { generateMirror } from '../../harness/generate-mirror.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const environment = generateEnvironment({ specs: 4, seed: 5 });
const graph = readLockfile(environment.lockfile, 'spack.lock');
const hashes = new Set([...graph.nodes.values()].flatMap((node) => (node.external ? [] : [node.hash])));

const refused = (): never => {
  throw new BuildcacheError('conflict', 'somebody else changed it meanwhile');
};

const options = { jobs: 4, onProblem: () => undefined };

test.concurrent.each<
  [string, Pick<Storage, 'conditions'>, () => { etag: undefined }, (cache: CacheWriter) => Promise<unknown>]
>([
  [
    'takes the index and keeps the old one',
    { conditions: 'none' },
    () => ({ etag: undefined }),
    (cache) => addToIndex(cache, { graph, emitter: specEmitter(graph), hashes }, options),
  ],
  [
    'says each time that another writer was faster',
    { conditions: 'native' },
    refused,
    (cache) => remakeIndex(cache, { ...options, full: true }),
  ],
])('a server that %s is given up on within a minute', async (_, how, answer, update) => {
  await using dir = await tempDir();
  await generateMirror(dir.path, environment, { indexed: () => false });
  const storage = openFileStorage(dir.path);
  let puts = 0;
  const lying: Storage = {
    ...storage,
    ...how,
    put: async (key, source, put) => {
      if (!key.includes('manifests/index')) return await storage.put(key, source, put);
      puts++;
      return answer();
    },
  };
  const start = Date.now();
  await expect(update(openLayout3Writer(lying, undefined))).rejects.toMatchObject({
    code: 'protocol',
    message: expect.stringContaining('does not become what is written'),
    facts: { url: expect.stringContaining('index.manifest.json') },
  });
  expect(puts).toBe(20);
  expect(Date.now() - start).toBeLessThan(60_000);
});
