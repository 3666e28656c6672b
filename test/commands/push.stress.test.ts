import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  assertSound,
  bucketDocuments,
  type Documents,
  folderDocuments,
  indexOf,
  listedHashes,
  publishedHashes,
} from '../cache/mirror-state.ts';
import { generateEnvironment } from '../harness/generate.ts';
import { generateStore } from '../harness/generate-store.ts';
import { startS3Server } from '../harness/s3-server.ts';
import { tempDir } from '../harness/temp-dir.ts';

const PROCESSES = 8;
const SPECS = 64;
const ROUNDS = Number(process.env['PUSH_STRESS_ROUNDS'] ?? 3);
const environment = generateEnvironment({ specs: SPECS, seed: 7 });
const hashes = new Set(
  [...environment.nodes.values()].filter(({ external }) => external === undefined).map(({ hash }) => hash),
);

function start(args: readonly string[]): ChildProcess {
  const file = fileURLToPath(new URL('./push-process.ts', import.meta.url));
  return spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'inherit', 'pipe'] });
}

async function finish(child: ChildProcess): Promise<void> {
  let text = '';
  child.stderr?.on('data', (chunk) => {
    text += String(chunk);
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`a process failed with ${code}: ${text}`);
}

async function pushAllAtOnce(store: string, mirror: string): Promise<void> {
  const children = Array.from({ length: PROCESSES }, (_, n) =>
    start([store, mirror, `${n}`, `${PROCESSES}`]),
  );
  await Promise.all(children.map(finish));
}

function expectWhole(documents: Documents): void {
  assertSound(documents);
  expect(publishedHashes(documents)).toEqual(hashes);
  expect(listedHashes(documents)).toEqual(hashes);
  const counts = new Map<string, number>();
  for (const node of environment.nodes.values()) {
    for (const { hash } of node.dependencies ?? []) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  }
  for (const [hash, record] of indexOf(documents) ?? []) {
    expect((record as { ref_count: number }).ref_count, hash).toBe(counts.get(hash) ?? 0);
  }
}

describe(`${PROCESSES} processes that push at once`, () => {
  it(`lose nothing on a file mirror, ${ROUNDS} times`, async () => {
    await using dir = await tempDir();
    const store = join(dir.path, 'store');
    generateStore(store, environment);
    for (let round = 0; round < ROUNDS; round++) {
      const mirror = join(dir.path, `mirror-${round}`);
      await pushAllAtOnce(store, mirror);
      expectWhole(folderDocuments(mirror));
    }
  });

  it.each(['native', 'unquoted-etag'] as const)(
    `lose nothing on a bucket whose conditions are %s, ${ROUNDS} times`,
    async (conditions) => {
      await using dir = await tempDir();
      const store = join(dir.path, 'store');
      generateStore(store, environment);
      for (let round = 0; round < ROUNDS; round++) {
        const server = await startS3Server({ conditions });
        try {
          await pushAllAtOnce(store, server.url);
          expectWhole(bucketDocuments(server.objects, 'some/mirror'));
        } finally {
          await server.close();
        }
      }
    },
  );
});
