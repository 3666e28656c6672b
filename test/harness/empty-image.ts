/** An image without layers, in a test registry: enough for others to stand on. */
import { sha256Of, type TestRepository } from './registry-store.ts';

/** @param config of the image: `Env`, `Labels`, … */
export function putEmptyImage(
  { blobs, manifests, tags }: TestRepository,
  tag: string,
  config: object = {},
): void {
  const dict = { architecture: 'amd64', os: 'linux', config, rootfs: { type: 'layers', diff_ids: [] } };
  const text = Buffer.from(JSON.stringify(dict));
  blobs.set(sha256Of(text), text);
  const type = (name: string) => `application/vnd.oci.image.${name}.v1+json`;
  const named = { mediaType: type('config'), digest: sha256Of(text), size: text.length };
  const manifest = { schemaVersion: 2, mediaType: type('manifest'), config: named, layers: [] };
  const bytes = Buffer.from(JSON.stringify(manifest));
  manifests.set(sha256Of(bytes), { bytes, mediaType: manifest.mediaType });
  tags.set(tag, sha256Of(bytes));
}
