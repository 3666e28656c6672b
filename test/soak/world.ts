/** Where one round happens: an environment, an install tree, two mirrors of one kind, and folders that are nobody else's. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bucketDocuments, type Documents, folderDocuments, makeOld } from '../cache/mirror-state.ts';
import { startHttpServer } from '../harness/http-server.ts';
import { startRegistry } from '../harness/registry.ts';
import type { TestRepository } from '../harness/registry-store.ts';
import { ACCESS_KEY, SECRET_KEY, startS3Server } from '../harness/s3-server.ts';
import type { Baseline } from './baseline.ts';

/** `http`: what is read is behind a web server, what is written is a folder. `images`: from a folder to a registry. */
export type Backend = 'folder' | 's3' | 'registry' | 'http' | 'images';
export type MirrorName = 'builds' | 'release';

/** What becomes of a request; undefined: nothing. */
export type Cut = 'reset' | 'lose' | { readonly after: number } | undefined;

export interface World extends AsyncDisposable {
  readonly backend: Backend;
  readonly baseline: Baseline;
  at(...path: readonly string[]): string;
  readonly env: Readonly<Record<string, string>>;
  /** Asked of each request; may be changed. */
  cut: (request: number) => Cut;
  /** How many there were. */
  requests: number;
  /** Puts documents into a mirror that is not a registry's, a repository's content into one that is. */
  fill(name: MirrorName, documents: Documents, repository?: TestRepository): void;
  /** Removes one. */
  remove(name: MirrorName, key: string): void;
  /** As if all that is in it had been pushed days ago. */
  makeOld(name: MirrorName): void;
  documents(name: MirrorName): Documents;
  repository(name: MirrorName): TestRepository | undefined;
  /** Leaves so many bytes of the disk; undefined: there is room again. Only in a world of its own disk. */
  leave(bytes: number | undefined): void;
}

const DISK = 256 * 1024 ** 2;

/** To be unmounted, whatever happens. */
const mounted = new Set<string>();

/** Whether this process may mount file systems: then a full disk is a real one. */
export const canMount = tryMount();

/** @param ownDisk whether its disk is of limited size */
export async function makeWorld(baseline: Baseline, backend: Backend, ownDisk: boolean): Promise<World> {
  const root = mkdtempSync(join(tmpdir(), 'soak-'));
  if (ownDisk) mount(root, DISK);
  const at = (...path: readonly string[]) => join(root, ...path);
  for (const name of ['env', 'home', 'tmp', 'out', 'mirrors']) mkdirSync(at(name));

  const next = (): Cut => world.cut(world.requests++);
  const folder = (name: string) => at('mirrors', name);
  const s3 = backend === 's3' ? await startS3Server({ fault: () => s3Fault(next()) }) : undefined;
  const withRegistry = backend === 'registry' || backend === 'images';
  const registry = withRegistry ? await startRegistry({ fault: () => registryFault(next()) }) : undefined;
  const web =
    backend === 'http'
      ? await startHttpServer({ root: folder('builds'), fault: () => webFault(next()) })
      : undefined;
  const isImages = (name: MirrorName) =>
    backend === 'registry' || (backend === 'images' && name === 'release');

  const configuration = (name: MirrorName) => {
    if (isImages(name)) return { url: `${registry?.url}toy/${name}`, signed: false };
    if (s3 !== undefined) return { url: `s3://bucket/${name}`, endpoint_url: s3.url };
    return { url: web !== undefined && name === 'builds' ? web.url : `file://${folder(name)}` };
  };
  const mirrors = {
    builds: { ...configuration('builds'), autopush: true },
    release: configuration('release'),
  };
  writeFileSync(at('env/spack.yaml'), `# ours\nspack:\n  specs: []\n  mirrors: ${JSON.stringify(mirrors)}\n`);
  writeFileSync(at('env/spack.lock'), baseline.lockfile);

  const world: World = {
    backend,
    baseline,
    at,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: at('home'),
      TMPDIR: at('tmp'),
      BUILDCACHE_SIGNING_KEY: baseline.privateKey,
      AWS_ACCESS_KEY_ID: ACCESS_KEY,
      AWS_SECRET_ACCESS_KEY: SECRET_KEY,
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    cut: () => undefined,
    requests: 0,
    fill(name, documents, repository) {
      const images = world.repository(name);
      if (images !== undefined && repository !== undefined) {
        for (const part of ['blobs', 'manifests', 'tags'] as const)
          for (const [key, value] of repository[part]) (images[part] as Map<string, unknown>).set(key, value);
        return;
      }
      for (const [key, content] of documents) {
        if (s3 !== undefined) {
          const etag = `"${createHash('md5').update(content).digest('hex')}"`;
          const plain = { contentType: 'application/octet-stream', cacheControl: undefined };
          s3.objects.set(`bucket/${name}/${key}`, { content, etag, modified: new Date(), ...plain });
        } else {
          const file = join(folder(name), key);
          mkdirSync(dirname(file), { recursive: true });
          writeFileSync(file, content);
        }
      }
    },
    remove(name, key) {
      if (s3 !== undefined) s3.objects.delete(`bucket/${name}/${key}`);
      else rmSync(join(folder(name), key));
    },
    makeOld(name) {
      if (s3 === undefined) return makeOld(folder(name), 2);
      const modified = new Date(Date.now() - 2 * 24 * 3_600_000);
      for (const [key, object] of s3.objects)
        if (key.startsWith(`bucket/${name}/`)) s3.objects.set(key, { ...object, modified });
    },
    documents: (name) =>
      s3 !== undefined ? bucketDocuments(s3.objects, name) : folderDocuments(folder(name)),
    repository: (name) => (isImages(name) ? registry?.repository(`toy/${name}`) : undefined),
    leave(bytes) {
      if (!ownDisk) return;
      const { bsize, blocks, bfree } = statfsSync(root);
      const size = bytes === undefined ? DISK : Math.ceil(((blocks - bfree) * bsize + bytes) / bsize) * bsize;
      execFileSync('mount', ['-o', `remount,size=${size}`, root]);
    },
    async [Symbol.asyncDispose]() {
      for (const server of [s3, registry, web]) await server?.close();
      if (ownDisk) unmount(root);
      rmSync(root, { recursive: true, force: true });
    },
  };
  return world;
}

process.on('exit', () => {
  for (const root of mounted) unmount(root);
});

function mount(root: string, size: number): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', root], { stdio: 'pipe' });
  mounted.add(root);
}

function unmount(root: string): void {
  mounted.delete(root);
  execFileSync('umount', ['-l', root]);
}

function tryMount(): boolean {
  const root = mkdtempSync(join(tmpdir(), 'soak-'));
  try {
    mount(root, 1024 ** 2);
    unmount(root);
    return true;
  } catch {
    return false;
  } finally {
    if (existsSync(root)) rmSync(root, { recursive: true });
  }
}

function s3Fault(cut: Cut) {
  return typeof cut === 'object' ? { cut: cut.after } : cut;
}

function registryFault(cut: Cut) {
  if (typeof cut === 'object')
    return cut.after % 2 === 0 ? { cutAfter: cut.after } : { truncateAt: cut.after };
  return cut === 'lose' ? 'lose-answer' : cut;
}

function webFault(cut: Cut) {
  return cut === undefined || cut === 'reset' ? cut : 'truncate';
}
