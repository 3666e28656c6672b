/** What tests of reading caches share: the fixtures' environments, copies of their mirrors, and quick readers. */
import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EntryReader } from '../../src/cache/entries.ts';
import { openLayout2 } from '../../src/cache/layouts/layout2.ts';
import { openLayout3 } from '../../src/cache/layouts/layout3.ts';
import type { SpecGraph } from '../../src/spec/graph.ts';
import { readLockfile } from '../../src/spec/lockfile.ts';
import type { SpecNode } from '../../src/spec/node.ts';
import { openFileStorage } from '../../src/storage/file/file.ts';
import { openHttpClient } from '../../src/storage/http/client.ts';
import { openHttpStorage } from '../../src/storage/http/http.ts';
import type { StorageReader } from '../../src/storage/storage.ts';

export const FIXTURES = fileURLToPath(new URL('../fixtures', import.meta.url));

export type SpackVersion = '1.2' | '0.23';

export function fixtureGraph(version: SpackVersion | '1.3'): SpecGraph {
  const file = path.join(FIXTURES, `spack-${version}`, 'env', 'spack.lock');
  return readLockfile(readFileSync(file, 'utf8'), 'spack.lock');
}

/** What of an environment can be in a cache. */
export function built(graph: SpecGraph): SpecNode[] {
  return [...graph.nodes.values()].filter((node) => node.external === undefined);
}

export function copyMirror(version: SpackVersion | '1.3', kind: 'signed' | 'unsigned', to: string): void {
  cpSync(path.join(FIXTURES, `spack-${version}`, `mirror-${kind}`), to, { recursive: true });
}

export function readersOf(storage: StorageReader, graph: SpecGraph): EntryReader[] {
  return [openLayout3(storage, undefined), openLayout2(storage, graph)];
}

export interface HttpOptions {
  readonly timeoutMs?: number;
  readonly retries?: number;
  readonly maxDelayMs?: number;
}

/** A client whose waits are a test's, not a network's. */
export async function openHttp(url: string, options: HttpOptions = {}): Promise<StorageReader> {
  const { timeoutMs = 5_000, retries = 1, maxDelayMs = 50 } = options;
  const client = await openHttpClient({
    timeoutMs,
    connections: 8,
    verifyTls: true,
    ca: undefined,
    env: {},
  });
  return openHttpStorage(client, { url, retry: { retries, baseDelayMs: 1, maxDelayMs } });
}

export function openStorage(location: string): Promise<StorageReader> {
  return location.startsWith('http') ? openHttp(location) : Promise.resolve(openFileStorage(location));
}
