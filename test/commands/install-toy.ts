/** Installs the fixtures' specs, and says what has come of it. */
import { createHash } from 'node:crypto';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { openIndexStore } from '../../src/cache/index/store.ts';
import { openDownloadCache } from '../../src/cache/reading/download-cache.ts';
import { openTrust, type Trust } from '../../src/cache/trust/trust.ts';
import { type InstallOptions, install } from '../../src/commands/install.ts';
import { withSources } from '../../src/commands/sources.ts';
import { type Wanted, wantedSpecs } from '../../src/commands/wanted-specs.ts';
import type { Mirror } from '../../src/mirrors/mirror.ts';
import type { Connection } from '../../src/mirrors/open.ts';
import type { InstallResult } from '../../src/plan/install-result.ts';
import { SILENT } from '../../src/report/reporter.ts';
import type { SpecGraph } from '../../src/spec/graph.ts';
import type { SpecNode } from '../../src/spec/node.ts';
import { readInstallSettings } from '../../src/tree/install-settings.ts';
import { tempDir } from '../harness/temp-dir.ts';

export const FIXTURES = fileURLToPath(new URL('../fixtures', import.meta.url));
export const SIGNED = join(FIXTURES, 'spack-1.2/mirror-signed');
export const KEY_FILE = join(FIXTURES, 'toy-ci.pub.asc');

export const CONNECTION: Connection = {
  timeoutMs: 5000,
  retry: { retries: 0, baseDelayMs: 1, maxDelayMs: 1 },
  jobs: 8,
  verifyTls: true,
  caFile: undefined,
  env: {},
};

export function mirrorAt(url: string, change: Partial<Mirror> = {}): Mirror {
  const at = url.startsWith('/') ? pathToFileURL(url).href : url;
  const side = { url: at, view: undefined, endpointUrl: undefined, credentials: {} };
  return { name: 'toy', fetch: side, push: side, signed: true, autopush: false, binary: true, ...change };
}

export async function toyTrust(): Promise<Trust> {
  return await openTrust({
    keys: [{ text: readFileSync(KEY_FILE, 'utf8'), source: KEY_FILE }],
    fingerprints: [],
  });
}

/** As long as the root the fixtures were built in, so that what is relocated can be told byte for byte. */
export const EQUAL_ROOT = '/opt/toy/stor2';
export function makeEqualRoot(): string {
  return mkdtempSync('/tmp/bc-'.padEnd(EQUAL_ROOT.length - 6, '-'));
}

export interface ToyInstall
  extends Partial<Omit<InstallOptions, 'sources' | 'graph' | 'roots' | 'settings'>> {
  readonly specs: readonly string[];
  readonly mirrors?: readonly Mirror[];
  readonly trust?: Trust | 'none';
  readonly environment?: SpecGraph;
  readonly multiple?: boolean;
  /** Sections of the configuration. */
  readonly config?: unknown;
  readonly packages?: unknown;
  readonly upstreams?: unknown;
}

/**
 * Without Spack's locks, which take a while, unless they are asked for.
 * @param root of the install tree; undefined: as `config` says
 */
export async function installToy(
  root: string | undefined,
  { specs, mirrors, trust, environment, multiple = false, config, packages, upstreams, ...rest }: ToyInstall,
): Promise<InstallResult & { readonly wanted: Wanted }> {
  const signal = rest.signal ?? new AbortController().signal;
  const nodes = new Map<string, SpecNode>();
  const sourcesOptions = {
    mirrors: mirrors ?? [mirrorAt(SIGNED)],
    trust: trust === 'none' ? undefined : (trust ?? (await toyTrust())),
    nodes,
    connection: CONNECTION,
    signal,
  };
  await using indices = await tempDir();
  return await withSources(sourcesOptions, SILENT, async (sources) => {
    const asking = {
      sources,
      connection: CONNECTION,
      host: rest.host,
      index: { store: openIndexStore(indices.path), ttlMs: 0 },
      signal,
    };
    const wanted = await wantedSpecs({ ...asking, specs, environment, multiple, cwd: '/' }, nodes, SILENT);
    const result = await install(
      {
        ...asking,
        cache: openDownloadCache(undefined),
        graph: { nodes },
        roots: wanted.roots,
        settings: readInstallSettings(
          { config, packages, upstreams, file: 'spack.yaml' },
          { root, expand: (text) => text },
        ),
        dependencies: true,
        force: false,
        sha256: undefined,
        lock: false,
        dryRun: false,
        jobs: 8,
        ...rest,
      },
      SILENT,
    );
    return { ...result, wanted };
  });
}

export function outcomes({ specs }: InstallResult): Record<string, string> {
  return Object.fromEntries(specs.map(({ spec, outcome }) => [spec.name, outcome.kind]));
}

/**
 * Everything below a root as `expected/relocated-*.json` has it, without the database.
 * @param as what the root is to be called in the files' contents; of the same length
 */
export function treeContents(root: string, as = root): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const read = (file: string) =>
    Buffer.from(readFileSync(file).toString('latin1').replaceAll(root, as), 'latin1');
  for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    if (/^(\.spack-db|bin)(\/|$)/.test(path)) continue;
    const full = join(root, path);
    const stats = lstatSync(full);
    if (stats.isSymbolicLink()) found[path] = { target: readlinkSync(full).replace(root, as), type: 'link' };
    else if (stats.isDirectory()) found[path] = { type: 'dir' };
    else {
      const sha256 = createHash('sha256').update(read(full)).digest('hex');
      found[path] = { exec: (stats.mode & 0o100) !== 0, sha256, type: 'file' };
    }
  }
  return found;
}

/** What Spack left in such a tree, without what its install hooks changed; see the formats' notes. */
export function expectedContents(file: string): Record<string, unknown> {
  const expected = JSON.parse(readFileSync(join(FIXTURES, 'spack-1.2/expected', file), 'utf8')) as Record<
    string,
    unknown
  >;
  return withoutHooked(expected);
}

/** The two things that Spack's install hooks touch. */
export function withoutHooked(contents: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(contents).filter(
    ([path]) => !/^bin(\/|$)/.test(path) && !/\/toyapp-[^/]+\/bin\/toyapp$/.test(path),
  );
  return Object.fromEntries(kept);
}
