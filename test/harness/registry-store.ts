/** What a test registry holds: repositories with blobs, manifests, tags; and the rules for what may come in. */
import { createHash } from 'node:crypto';

export interface StoredManifest {
  readonly bytes: Buffer;
  readonly mediaType: string;
}

export interface TestRepository {
  readonly blobs: Map<string, Buffer>;
  /** By digest. */
  readonly manifests: Map<string, StoredManifest>;
  /** Name -> digest. */
  readonly tags: Map<string, string>;
}

/** A refusal in the specification's words. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export function emptyRepository(): TestRepository {
  return { blobs: new Map(), manifests: new Map(), tags: new Map() };
}

export function sha256Of(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** Takes a manifest in. @returns its digest, and the subject's where it has one */
export function acceptManifest(
  repository: TestRepository,
  reference: string,
  manifest: StoredManifest,
): { readonly digest: string; readonly subject: string | undefined } {
  const digest = sha256Of(manifest.bytes);
  if (reference.includes(':') && reference !== digest) {
    throw new Refused(400, 'DIGEST_INVALID', 'provided digest did not match uploaded content');
  }
  if (manifest.bytes.length > 4 * 1024 * 1024) throw new Refused(413, 'SIZE_INVALID', 'manifest too large');
  const document = parse(manifest.bytes);
  if (document?.['schemaVersion'] !== 2) throw new Refused(400, 'MANIFEST_INVALID', 'schemaVersion is not 2');
  if ((document['mediaType'] ?? manifest.mediaType) !== manifest.mediaType) {
    throw new Refused(400, 'MANIFEST_INVALID', 'the media type is not that of the Content-Type');
  }
  const { config, layers, manifests, subject } = document;
  if (manifests !== undefined) {
    for (const { digest: child } of descriptors(manifests)) {
      if (!repository.manifests.has(child))
        throw new Refused(404, 'MANIFEST_BLOB_UNKNOWN', `no manifest ${child}`);
    }
  } else {
    if (config === undefined || layers === undefined)
      throw new Refused(400, 'MANIFEST_INVALID', 'no config or layers');
    for (const { digest: blob, size } of descriptors([
      config,
      ...(Array.isArray(layers) ? layers : [layers]),
    ])) {
      const stored = repository.blobs.get(blob);
      if (stored === undefined) throw new Refused(404, 'MANIFEST_BLOB_UNKNOWN', `no blob ${blob}`);
      if (stored.length !== size) throw new Refused(400, 'MANIFEST_INVALID', `blob ${blob} has another size`);
    }
  }
  repository.manifests.set(digest, manifest);
  if (!reference.includes(':')) repository.tags.set(reference, digest);
  return { digest, subject: subject === undefined ? undefined : descriptors([subject])[0]?.digest };
}

/** The referrers API's answer, unpaged. */
export function referrersOf(
  repository: TestRepository,
  subject: string,
  artifactType: string | null,
): unknown[] {
  const found: { readonly artifactType: unknown }[] = [];
  for (const [digest, { bytes, mediaType }] of repository.manifests) {
    const document = parse(bytes);
    const of = document?.['subject'];
    if (of === undefined || descriptors([of])[0]?.digest !== subject) continue;
    const config = document?.['config'] as { readonly mediaType?: string } | undefined;
    found.push({
      ...{ mediaType, digest, size: bytes.length, annotations: document?.['annotations'] },
      artifactType: document?.['artifactType'] ?? config?.mediaType,
    });
  }
  return found.filter((each) => artifactType === null || each.artifactType === artifactType);
}

function parse(bytes: Buffer): Record<string, unknown> | undefined {
  try {
    return JSON.parse(bytes.toString('utf8')) as Record<string, unknown>;
  } catch {
    throw new Refused(400, 'MANIFEST_INVALID', 'no JSON');
  }
}

function descriptors(list: unknown): { readonly digest: string; readonly size: number }[] {
  if (!Array.isArray(list)) throw new Refused(400, 'MANIFEST_INVALID', 'no list');
  return list.map((each: { mediaType?: unknown; digest?: unknown; size?: unknown }) => {
    const { mediaType, digest, size } = each;
    if (typeof mediaType !== 'string' || typeof digest !== 'string' || typeof size !== 'number') {
      throw new Refused(400, 'MANIFEST_INVALID', 'no descriptor');
    }
    return { digest, size };
  });
}
