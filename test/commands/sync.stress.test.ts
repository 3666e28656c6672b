import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  assertSound,
  bucketDocuments,
  type Documents,
  folderDocuments,
  listedHashes,
  publishedHashes,
} from '../cache/mirror-state.ts';
import { generateEnvironment } from '../harness/generate.ts';
import { generateMirror } from '../harness/generate-mirror.ts';
import { openS3 } from '../harness/s3-place.ts';
import { startS3Server } from '../harness/s3-server.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { expectSame, syncShows } from './sync-suite.ts';

syncShows(1000);

const KILLS = 10;
const SPECS = 120;

describe('a sync that is killed at random moments', () => {
  it('between folders: sound each time, and the same in the end', async () => {
    await using dir = await tempDir();
    const [from, to] = [join(dir.path, 'from'), join(dir.path, 'to')];
    await generateMirror(from, generateEnvironment({ specs: SPECS, seed: 5 }));
    await killAndFinish(from, to, join(dir.path, 'index'), () => folderDocuments(to));
    expectSame(folderDocuments(to), folderDocuments(from));
  });

  it('between buckets: sound each time, and the same in the end', async () => {
    await using dir = await tempDir();
    const folder = join(dir.path, 'from');
    await generateMirror(folder, generateEnvironment({ specs: SPECS, seed: 5 }));
    const server = await startS3Server({ buckets: ['from', 'to'] });
    const from = await openS3(server.url, { bucket: 'from' });
    try {
      for (const [key, bytes] of folderDocuments(folder)) await from.put(key, bytes);
      const documents = () => {
        const objects = [...server.objects].filter(([key]) => key.startsWith('to/'));
        return bucketDocuments(
          new Map(objects.map(([key, object]) => [`bucket/${key.slice(3)}`, object])),
          'some/mirror',
        );
      };
      await killAndFinish(`${server.url} from`, `${server.url} to`, join(dir.path, 'index'), documents);
      expectSame(documents(), folderDocuments(folder));
    } finally {
      await from.close();
      await server.close();
    }
  });
});

async function killAndFinish(
  from: string,
  to: string,
  index: string,
  documents: () => Documents,
): Promise<void> {
  const seen = new Set<string>();
  // A busy machine needs longer until there is anything to interrupt.
  let longest = 1200;
  for (let kill = 0; kill < KILLS || (seen.size < 2 && kill < 3 * KILLS); kill++) {
    const child = start([from, to, index, '40']);
    const closed = once(child, 'close');
    await once(child.stdout, 'data');
    await sleep(Math.random() * longest);
    child.kill('SIGKILL');
    await closed;
    const now = documents();
    assertSound(now);
    const published = publishedHashes(now).size;
    if (published === 0) longest *= 1.5;
    if (published > 0 && published < SPECS) seen.add('half of it');
    if (published > listedHashes(now).size) seen.add('not listed');
  }
  expect([...seen].sort()).toEqual(['half of it', 'not listed']);
  const child = start([from, to, index]);
  const [code] = await once(child, 'close');
  expect(code).toBe(0);
}

function start(args: readonly string[]) {
  const file = fileURLToPath(new URL('./sync-process.ts', import.meta.url));
  return spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}
