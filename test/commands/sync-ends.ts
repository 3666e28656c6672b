/**
 * The ends of a sync that runs as the command: folders, buckets and repositories of test servers, with what they hold
 * and which blobs went in and out of them.
 */
import { rmSync } from 'node:fs';
import {
  assertSound,
  bucketDocuments,
  type Documents,
  folderDocuments,
  listedHashes,
  manifestRecords,
} from '../cache/mirror-state.ts';
import { assertSoundRegistry, imageOf, listedInRegistry, taggedHashes } from '../cache/registry-place.ts';
import type { TestRegistry } from '../harness/registry.ts';
import { ACCESS_KEY, type S3Server, SECRET_KEY } from '../harness/s3-server.ts';

export interface End {
  /** As in mirrors.yaml; with {@link SECRETS}. */
  readonly mirror: object;
  /** What must be the same however often a sync was stopped. Throws where a promise is not kept. */
  content(): Content;
  /** SHA-256 of blobs that went this way, in the order of their requests, since {@link forget}. */
  moved(way: Way): string[];
  forget(): void;
  /** Takes all away. */
  empty(): void;
}

export interface Content {
  /** DAG hash -> what is said of the spec, but not when. */
  readonly specs: ReadonlyMap<string, string>;
  readonly listed: ReadonlySet<string>;
  /** SHA-256 of all packages' tarballs. */
  readonly tarballs: ReadonlySet<string>;
}

/** Out of an end, into it, or into it from its neighbour without a client. */
export type Way = 'out' | 'in' | 'between';

/** Whom registries know that ask. */
export const USER = { username: 'toy', password: 'secret' };

/** What mirrors need of the environment. */
export const SECRETS = { TEST_S3_SECRET: SECRET_KEY, TEST_PASSWORD: USER.password };

export function folderEnd(folder: string): End {
  return {
    mirror: { url: folder, signed: false },
    content: () => mirrorContent(folderDocuments(folder)),
    // Nobody sees.
    moved: () => [],
    forget: () => undefined,
    empty: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export function bucketEnd(server: S3Server, prefix: string): End {
  const pair = { id: ACCESS_KEY, secret_variable: 'TEST_S3_SECRET' };
  return {
    mirror: { url: `s3://bucket/${prefix}`, endpoint_url: server.url, access_pair: pair, signed: false },
    content: () => mirrorContent(bucketDocuments(server.objects, prefix)),
    moved: (way) =>
      server.requests.flatMap(({ method, key, headers }) => {
        const [, hex] = /blobs\/sha256\/..\/([0-9a-f]{64})$/.exec(key) ?? [];
        if (hex === undefined || !key.startsWith(`${prefix}/`)) return [];
        const into = 'x-amz-copy-source' in headers ? 'between' : 'in';
        return (method === 'GET' && way === 'out') || (method === 'PUT' && way === into) ? [hex] : [];
      }),
    forget: () => {
      server.requests.length = 0;
    },
    empty: () => server.objects.clear(),
  };
}

/** @param isAnew images are made as they come, each with its time, which is not looked at then */
export function registryEnd(server: TestRegistry, name: string, isAnew = false): End {
  const pair = { id: USER.username, secret_variable: 'TEST_PASSWORD' };
  return {
    mirror: { url: `${server.url}${name}`, access_pair: pair, signed: false },
    content() {
      const repository = server.repository(name);
      assertSoundRegistry(repository);
      const specs = new Map<string, string>();
      const tarballs = new Set<string>();
      for (const [tag, digest] of repository.tags) {
        const [hash] = [...taggedHashes({ ...repository, tags: new Map([[tag, '']]) })];
        if (hash === undefined) continue;
        const { manifest, config } = imageOf(repository, tag);
        const said = isAnew ? { ...manifest, config: { ...config, archive_timestamp: '' } } : digest;
        specs.set(hash, JSON.stringify([tag, said]));
        for (const { digest } of manifest.layers) tarballs.add(digest.slice('sha256:'.length));
      }
      return { specs, tarballs, listed: listedInRegistry(repository) };
    },
    moved: (way) =>
      server.requests.flatMap(({ method, path, status = 0 }) => {
        if (!path.startsWith(`/v2/${name}/blobs/`) || status >= 400) return [];
        const [, blob] = /\/blobs\/sha256:([0-9a-f]{64})$/.exec(path) ?? [];
        if (blob !== undefined) return method === 'GET' && way === 'out' ? [blob] : [];
        const { searchParams } = new URL(path, 'http://here');
        const mounted = status === 201 ? searchParams.get('mount') : null;
        const sent = method === 'PUT' ? searchParams.get('digest') : null;
        const digest = way === 'between' ? mounted : way === 'in' ? sent : null;
        return digest === null ? [] : [digest.slice('sha256:'.length)];
      }),
    forget: () => {
      server.requests.length = 0;
    },
    empty: () => {
      for (const each of Object.values(server.repository(name))) each.clear();
    },
  };
}

function mirrorContent(documents: Documents): Content {
  assertSound(documents);
  const specs = new Map<string, string>();
  const tarballs = new Set<string>();
  for (const [key, bytes] of documents) {
    const [, hash] = /-([a-z2-7]{32})\.spec\.manifest\.json$/.exec(key) ?? [];
    if (hash === undefined) continue;
    specs.set(hash, `${key} ${bytes}`);
    const [tarball] = manifestRecords(bytes);
    if (tarball !== undefined) tarballs.add(tarball.checksum);
  }
  return { specs, tarballs, listed: listedHashes(documents) };
}
