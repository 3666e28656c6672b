/** What is shown of large files: each command says what it packs, sends, fetches and reads, and when that is over. */
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { listWanted } from '../../src/cache/index/listing.ts';
import { openIndexStore } from '../../src/cache/index/store.ts';
import { openDownloadCache } from '../../src/cache/reading/download-cache.ts';
import { obtain } from '../../src/cache/reading/obtain.ts';
import { push } from '../../src/commands/push.ts';
import { type Reporter, SILENT } from '../../src/report/reporter.ts';
import { openHttp, readersOf } from '../cache/mirror-fixture.ts';
import { graphs, mirrorOf, specOf, toyTrust } from '../cache/signed-fixture.ts';
import { startHttpServer } from '../harness/http-server.ts';
import { openS3 } from '../harness/s3-place.ts';
import { startS3Server } from '../harness/s3-server.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { pushable, unpackToyStore } from '../tree/toy-store.ts';
import { target } from './push-toy.ts';

/** All that was watched: what is done, its size as announced, the bytes that passed; and how many are still under way. */
function watcher() {
  const seen: { doing: string; size: number | undefined; bytes: number }[] = [];
  const open = new Set<object>();
  const watch = (doing: string, size: number | undefined) => {
    const one = { doing, size, bytes: 0 };
    seen.push(one);
    open.add(one);
    return {
      add(more: number) {
        one.bytes += more;
      },
      end: () => void open.delete(one),
    };
  };
  const reporter: Reporter = { ...SILENT, progress: (...args) => ({ ...SILENT.progress(...args), watch }) };
  return { seen, open, watch, reporter };
}

it('a push says what it packs and, where bytes go through us, what it sends', async () => {
  await using dir = await tempDir();
  const tree = await unpackToyStore(join(dir.path, 'store'));
  const server = await startS3Server();
  const storage = await openS3(server.url);
  const { seen, open, reporter } = watcher();
  try {
    const specs = pushable(tree);
    const result = await push(
      {
        tree,
        graph: tree,
        specs,
        roots: new Set(),
        targets: [target(storage)],
        spackPrefix: '/opt/spack',
        force: false,
        updateIndex: false,
        failFast: false,
        allowMissing: false,
        dryRun: false,
        jobs: 4,
        signal: new AbortController().signal,
      },
      reporter,
    );
    const packed = seen.filter(({ doing }) => doing.startsWith('packing '));
    expect(packed.map(({ doing }) => doing.slice(8)).sort()).toEqual(specs.map(({ name }) => name).sort());
    expect(packed.every(({ bytes }) => bytes > 0)).toBe(true);
    const sizes = [...(result.mirrors[0]?.outcomes.values() ?? [])].map((one) => 'size' in one && one.size);
    const sent = seen.filter(({ doing }) => doing.startsWith('sending '));
    expect(sent.map(({ size }) => size).sort()).toEqual(sizes.sort());
    expect(open.size).toBe(0);
  } finally {
    await storage.close();
    await server.close();
  }
});

it('an index and a tarball that come from a mirror are followed to their end', async () => {
  await using dir = await tempDir();
  await using server = await startHttpServer({ root: mirrorOf('1.2', 'signed') });
  const readers = readersOf(await openHttp(server.url), graphs['1.2']);
  const spec = specOf('1.2', 'toyapp');
  const { seen, open, watch } = watcher();
  const [reader] = readers;
  if (reader === undefined) throw new Error('a mirror has a layout');
  const store = openIndexStore(join(dir.path, 'index'));
  await listWanted(reader, new Set([spec.hash]), { store, ttlMs: 0, watch });
  await listWanted(reader, new Set([spec.hash]), { store, ttlMs: 0, watch });
  const mirrors = [{ name: 'toy', readers, trust: await toyTrust() }];
  await obtain(spec, { mirrors, cache: openDownloadCache(undefined), watch }, (bytes) => buffer(bytes));
  // The second time the index was the same.
  expect(seen.map(({ doing }) => doing)).toEqual(['reading the index', 'fetching toyapp']);
  for (const { size, bytes } of seen) expect(bytes).toBe(size);
  expect(open.size).toBe(0);
});
