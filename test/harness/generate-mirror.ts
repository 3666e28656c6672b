/**
 * A mirror of a generated environment: layout 3, unsigned, with its index. Everything is in the form Spack
 * writes it, but there is next to nothing in the tarballs.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type GeneratedEnvironment, type GeneratedNode, preOrder } from './generate.ts';
import { generateTar } from './generate-tarball.ts';

export interface MirrorOptions {
  readonly layout?: 3;
  /** Which of the specs are there; all. External ones never are. */
  readonly present?: (node: GeneratedNode) => boolean;
  /** Which of them the index lists, also wrongly; those that are there. */
  readonly indexed?: (node: GeneratedNode) => boolean;
  /** False: no index at all. */
  readonly index?: boolean;
  /** The archive of a spec, not compressed; {@link generateTar}. */
  readonly tar?: (node: GeneratedNode) => Buffer;
}

export interface GeneratedMirror {
  /** By DAG hash: the paths of an entry's files below the mirror. */
  readonly entries: ReadonlyMap<
    string,
    { readonly manifest: string; readonly tarball: string; readonly spec: string }
  >;
  /** Undefined where there is none. */
  readonly index: { readonly manifest: string; readonly blob: string } | undefined;
}

/** @param folder is made if need be */
export async function generateMirror(
  folder: string,
  environment: GeneratedEnvironment,
  options: MirrorOptions = {},
): Promise<GeneratedMirror> {
  const { nodes } = environment;
  const { present = () => true, tar = generateTar } = options;
  const built = [...nodes.values()].filter((node) => node.external === undefined);
  const made = new Set<string>();
  const put = (path: string, content: string | Uint8Array): string => {
    const file = join(folder, path);
    const parent = dirname(file);
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    writeFileSync(file, content);
    return path;
  };
  const putBlob = (bytes: Uint8Array, mediaType: string, compression: 'gzip' | 'none') => {
    const checksum = createHash('sha256').update(bytes).digest('hex');
    const path = put(`blobs/sha256/${checksum.slice(0, 2)}/${checksum}`, bytes);
    return {
      path,
      record: { contentLength: bytes.length, mediaType, compression, checksumAlgorithm: 'sha256', checksum },
    };
  };

  put('v3/layout.json', '{"signing": "gpg"}');
  // Each node stands in many spec.json files: its text is made once.
  const texts = new Map([...nodes].map(([hash, node]) => [hash, JSON.stringify(node)]));
  const entries = new Map<
    string,
    GeneratedMirror['entries'] extends ReadonlyMap<string, infer E> ? E : never
  >();
  const publish = async (node: GeneratedNode) => {
    const closure = preOrder(nodes, node.hash).map((each) => texts.get(each.hash));
    const json = `{"spec":{"_meta":{"version":5},"nodes":[${closure.join(',')}]},"buildcache_layout_version":2}`;
    const specBytes = await compress(json);
    const tarball = putBlob(await compress(tar(node)), 'application/vnd.spack.install.v2.tar+gzip', 'gzip');
    const spec = putBlob(specBytes, 'application/vnd.spack.spec.v5+json', 'gzip');
    const path = `v3/manifests/spec/${node.name}/${node.name}-${node.version}-${node.hash}.spec.manifest.json`;
    const manifest = put(path, manifestText([tarball.record, spec.record]));
    entries.set(node.hash, { manifest, tarball: tarball.path, spec: spec.path });
  };
  const waiting = built.filter(present);
  // As many at a time as the thread pool takes.
  for (let i = 0; i < waiting.length; i += 8) await Promise.all(waiting.slice(i, i + 8).map(publish));

  if (options.index === false) return { entries, index: undefined };
  const listed = new Set(built.filter(options.indexed ?? present).map((node) => node.hash));
  const text = indexText(nodes, listed, texts);
  const blob = putBlob(Buffer.from(text), 'application/vnd.spack.db.v8+json', 'none');
  const manifest = put('v3/manifests/index/index.manifest.json', manifestText([blob.record]));
  return { entries, index: { manifest, blob: blob.path } };
}

/** Text of the index: each listed spec after its dependencies, which are there also where they are not listed. */
export function indexText(
  nodes: ReadonlyMap<string, GeneratedNode>,
  listed: ReadonlySet<string>,
  texts: ReadonlyMap<string, string>,
): string {
  const order = new Set<GeneratedNode>();
  const visit = (hash: string) => {
    const node = nodes.get(hash);
    if (node === undefined || order.has(node)) return;
    for (const dependency of node.dependencies ?? []) visit(dependency.hash);
    order.add(node);
  };
  for (const hash of listed) visit(hash);
  const counts = new Map<string, number>();
  for (const node of order) {
    for (const { hash } of node.dependencies ?? []) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  }
  const records = [...order].map(({ hash }) => {
    const rest = `"ref_count":${counts.get(hash) ?? 0},"in_buildcache":${listed.has(hash)}`;
    return `"${hash}":{"spec":${texts.get(hash)},${rest}}`;
  });
  return `{"database":{"version":"8","installs":{${records.join(',')}}}}`;
}

/** A newline after every opening bracket and comma and before every closing one; none at the end. */
function manifestText(records: readonly Readonly<Record<string, string | number>>[]): string {
  const items = records.map((record) => {
    const pairs = Object.entries(record).map(([name, value]) => `"${name}":${JSON.stringify(value)}`);
    return `{\n${pairs.join(',\n')}\n}`;
  });
  return `{\n"version":3,\n"data":[\n${items.join(',\n')}\n]\n}`;
}

const gzipAsync = promisify(gzip);

/** At level 1, in a hurry, but with the header Spack writes: no time, no flags, unknown system. */
export async function compress(text: string | Buffer): Promise<Buffer> {
  const bytes = await gzipAsync(text, { level: 1 });
  bytes[8] = 0;
  bytes[9] = 0xff;
  return bytes;
}
