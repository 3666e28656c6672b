import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openOci } from '../../src/cache/oci/reader.ts';
import { findPresence } from '../../src/cache/reading/presence.ts';
import { buildProgram } from '../../src/entry/cli/cli.ts';
import { readLockfile } from '../../src/spec/lockfile.ts';
import { NO_INDEX_STORE } from '../cache/no-index-store.ts';
import { assertSoundRegistry, listedInRegistry, taggedHashes } from '../cache/registry-place.ts';
import { generateEnvironment } from '../harness/generate.ts';
import { generateStore } from '../harness/generate-store.ts';
import { startRegistry } from '../harness/registry.ts';
import { openTestReader } from '../harness/registry-client.ts';
import { tempDir } from '../harness/temp-dir.ts';

const PROCESSES = 8;
const SPECS = 64;
const ROUNDS = Number(process.env['PUSH_STRESS_ROUNDS'] ?? 2);
const environment = generateEnvironment({ specs: SPECS, seed: 7 });
const graph = readLockfile(environment.lockfile, 'spack.lock');
const specs = [...graph.nodes.values()].filter(({ external }) => external === undefined);

async function pushPart(store: string, url: string, n: number): Promise<void> {
  const file = fileURLToPath(new URL('./push-registry-process.ts', import.meta.url));
  const args = [file, store, url, `${n}`, `${PROCESSES}`];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'pipe'] });
  let text = '';
  child.stderr.on('data', (chunk) => {
    text += String(chunk);
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`a process failed with ${code}: ${text}`);
}

/** Hashes that `buildcache list` prints. */
async function list(url: string, folder: string): Promise<Set<string>> {
  let text = '';
  const program = await buildProgram(
    ['list'],
    {
      env: { BUILDCACHE_CACHE_DIR: join(folder, 'cache'), HOME: folder },
      cwd: folder,
      stdout: { write: (more) => (text += more), isTTY: false },
      stderr: { write: () => undefined, isTTY: false },
      signal: new AbortController().signal,
      exit: () => undefined,
    },
    '0',
  );
  await program.parseAsync(['list', '--json', '--allarch', '-m', url], { from: 'user' });
  return new Set((JSON.parse(text) as { hash: string }[]).map(({ hash }) => hash));
}

describe(`${PROCESSES} processes that push to a registry and index at once`, () => {
  it(`lose nothing: check and list see every spec, ${ROUNDS} times`, async () => {
    await using dir = await tempDir();
    const store = join(dir.path, 'store');
    generateStore(store, environment);
    writeFileSync(join(dir.path, 'spack.yaml'), 'spack: {}\n');
    const expected = new Set(specs.map(({ hash }) => hash));
    for (let round = 0; round < ROUNDS; round++) {
      await using server = await startRegistry();
      const url = `${server.url}org/cache-${round}`;
      await Promise.all(Array.from({ length: PROCESSES }, (_, n) => pushPart(store, url, n)));
      const repository = server.repository(`org/cache-${round}`);
      assertSoundRegistry(repository);
      expect(taggedHashes(repository)).toEqual(expected);
      const registry = await openTestReader(url);
      const how = { verify: 'exists', forbidden: 'auto', jobs: 4, store: NO_INDEX_STORE, ttlMs: 0 } as const;
      const { states } = await findPresence([openOci(registry, { signed: false })], specs, how);
      await registry.close();
      expect([...states.values()].filter(({ state }) => state !== 'present')).toEqual([]);
      expect(await list(url, dir.path)).toEqual(expected);
      // What Spack sees, which looks at the index only. Whoever is slower than twice another may still lose here.
      expect(listedInRegistry(repository).size / expected.size).toBeGreaterThan(0.8);
    }
  });
});
