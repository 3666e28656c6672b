/**
 * Images of a generated environment, put straight into what a test registry holds: one for each spec, in the form Spack
 * writes them, with the layers of what it links to or runs, which they share; unsigned, with their index. Tarballs are
 * those of a generated mirror.
 */
import { type GeneratedEnvironment, type GeneratedNode, preOrder } from './generate.ts';
import { compress, indexText } from './generate-mirror.ts';
import { generateTar } from './generate-tarball.ts';
import { sha256Of, type TestRepository } from './registry-store.ts';

/** @param repository need not be empty */
export async function generateRegistry(
  repository: TestRepository,
  { nodes }: GeneratedEnvironment,
): Promise<void> {
  const built = [...nodes.values()].filter((node) => node.external === undefined);
  const putBlob = (bytes: Buffer): Blob => {
    const digest = sha256Of(bytes);
    repository.blobs.set(digest, bytes);
    return { digest, size: bytes.length };
  };
  const putImage = (tag: string, config: Blob, layers: readonly Blob[], more: object = {}) => {
    const bytes = Buffer.from(
      JSON.stringify({
        mediaType: MANIFEST,
        schemaVersion: 2,
        config: { mediaType: CONFIG, ...config },
        layers: layers.map((layer) => ({ mediaType: LAYER, ...layer })),
        ...more,
      }),
    );
    const digest = sha256Of(bytes);
    repository.manifests.set(digest, { bytes, mediaType: MANIFEST });
    repository.tags.set(tag, digest);
  };

  const layers = new Map<string, Layer>();
  const addLayer = async (node: GeneratedNode) => {
    const tar = generateTar(node);
    layers.set(node.hash, { blob: putBlob(await compress(tar)), diffId: sha256Of(tar) });
  };
  for (let i = 0; i < built.length; i += 8) await Promise.all(built.slice(i, i + 8).map(addLayer));

  // Each node stands in many configurations: its text is made once.
  const texts = new Map([...nodes].map(([hash, node]) => [hash, JSON.stringify(node)]));
  for (const node of built) {
    const own = layersOf(nodes, node.hash).flatMap((hash) => layers.get(hash) ?? []);
    const last = own.at(-1);
    if (last === undefined) throw new Error('an image without layers');
    const closure = preOrder(nodes, node.hash).map((each) => texts.get(each.hash));
    const config = putBlob(Buffer.from(configText(own, last, closure.join(','))));
    const tag = `${node.name}-${node.version}-${node.hash}.spack`.replace(/[^\w.-]/g, '_');
    const description = `${node.name}@=${node.version}`;
    putImage(
      tag,
      config,
      own.map(({ blob }) => blob),
      {
        annotations: { 'org.opencontainers.image.description': description },
      },
    );
  }
  const listed = new Set(built.map(({ hash }) => hash));
  const index = putBlob(Buffer.from(indexText(nodes, listed, texts)));
  putImage('index.spack', putBlob(Buffer.from('{}')), [index]);
}

interface Blob {
  readonly digest: string;
  readonly size: number;
}

interface Layer {
  readonly blob: Blob;
  /** Of the tarball before compression. */
  readonly diffId: string;
}

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const CONFIG = 'application/vnd.oci.image.config.v1+json';
const LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';

/** Of a spec and all it links to or runs: what others need comes first. External ones have no layer. */
function layersOf(nodes: ReadonlyMap<string, GeneratedNode>, root: string): string[] {
  const order = new Set<string>();
  const seen = new Set<string>();
  const visit = (hash: string) => {
    if (seen.has(hash)) return;
    seen.add(hash);
    for (const { hash: below, parameters } of nodes.get(hash)?.dependencies ?? []) {
      if (parameters.deptypes.some((type) => type === 'link' || type === 'run')) visit(below);
    }
    order.add(hash);
  };
  visit(root);
  return [...order];
}

/** @param closure the spec's nodes, with commas between them */
function configText(layers: readonly Layer[], { blob }: Layer, closure: string): string {
  const image = {
    architecture: 'amd64',
    os: 'linux',
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
    config: { Env: ['PATH=/bin:/usr/bin'] },
  };
  const archive = {
    buildcache_layout_version: 3,
    binary_cache_checksum: { hash_algorithm: 'sha256', hash: blob.digest.slice('sha256:'.length) },
    archive_size: blob.size,
    archive_timestamp: '2026-01-01T00:00:00.000000+00:00',
    archive_compression: 'gzip',
  };
  const spec = `"spec":{"_meta":{"version":5},"nodes":[${closure}]}`;
  return `${JSON.stringify(image).slice(0, -1)},${spec},${JSON.stringify(archive).slice(1)}`;
}
