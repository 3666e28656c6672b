/** What every registry owes our client, run against Debian's and against the strict one in this process. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAll } from '../../src/storage/read.ts';
import { type Digest, digestOf } from '../../src/storage/registry/reference.ts';
import type { Registry, RegistryReader } from '../../src/storage/registry/registry.ts';

export interface RegistryPlace {
  /** Another client of a repository; they start empty. */
  open(name: string): Promise<Registry>;
  /** Whether tags can be deleted without their manifest. */
  readonly deletesTags: boolean;
  stop(): Promise<void>;
}

export const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
export const SIGNATURE = 'application/vnd.example.signature';

/** Uploads a config and a layer and puts a manifest of them. */
export async function pushImage(
  registry: Registry,
  tag: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly digest: Digest; readonly bytes: Buffer }> {
  const config = Buffer.from('{}');
  const layer = Buffer.from(`layer of ${tag}`);
  for (const blob of [config, layer]) await registry.putBlob(blob, digestOf(blob));
  const bytes = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST,
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf(config), size: 2 },
      layers: [
        {
          mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
          digest: digestOf(layer),
          size: layer.length,
        },
      ],
      ...more,
    }),
  );
  return { digest: await registry.putManifest(tag, bytes, MANIFEST), bytes };
}

/** Pseudo-random, the same each time. */
export function pattern(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  const block = createHash('sha512').update(String(size)).digest();
  for (let at = 0; at < size; at += block.length) {
    block.writeUInt32LE(at % 2 ** 32);
    block.copy(bytes, at);
  }
  return bytes;
}

export async function blobBytes(registry: RegistryReader, digest: Digest): Promise<Buffer | undefined> {
  const blob = await registry.blob(digest);
  return blob === undefined
    ? undefined
    : await readAll(blob, { maxBytes: 2 ** 30, what: 'the blob', url: 'x:' });
}

export async function tagsOf(registry: RegistryReader): Promise<string[]> {
  const tags: string[] = [];
  for await (const tag of registry.tags()) tags.push(tag);
  return tags.sort();
}

export function registryContract(name: string, start: () => Promise<RegistryPlace>): void {
  describe(`${name} keeps the registry contract`, () => {
    let place: RegistryPlace;
    let registry: Registry;
    let scratch: string;
    beforeAll(async () => {
      place = await start();
      registry = await place.open('toy/cache');
      scratch = await mkdtemp(join(tmpdir(), 'registry-contract-'));
    });
    afterAll(async () => {
      await registry.close();
      await place.stop();
      await rm(scratch, { recursive: true });
    });

    it('tells what is not there, and where nothing is', async () => {
      const nobody = digestOf(Buffer.from('never uploaded'));
      const empty = await place.open('toy/nobody');
      await pushImage(registry, 'there');
      for (const each of [registry, empty]) {
        expect(await each.manifest('absent')).toBeUndefined();
        expect(await each.manifest(nobody)).toBeUndefined();
        expect(await each.headManifest('absent')).toBeUndefined();
        expect(await each.blob(nobody)).toBeUndefined();
        expect(await each.headBlob(nobody)).toBeUndefined();
        expect(await each.referrers(nobody, SIGNATURE)).toEqual([]);
        expect(await (await each.deletion()).delete(nobody, [], undefined)).toBe(false);
      }
      await expect(tagsOf(empty)).rejects.toMatchObject({ code: 'not-found' });
      await empty.close();
    });

    it.each([0, 10, 65_536, 3_000_001])(
      'takes %i bytes, from memory, a file and a stream, once',
      async (size) => {
        for (const [i, how] of (['memory', 'file', 'stream'] as const).entries()) {
          const bytes = pattern(size === 0 ? 0 : size + i);
          const file = join(scratch, `${size}-${how}`);
          await writeFile(file, bytes);
          const source = {
            memory: bytes,
            file: { file, size: bytes.length },
            stream: { size: bytes.length, open: async (at: number) => Readable.from([bytes.subarray(at)]) },
          }[how];
          const digest = digestOf(bytes);
          expect(await registry.putBlob(source, digest)).toBe(size > 0 || how === 'memory');
          expect(await registry.putBlob(source, digest)).toBe(false);
          expect(await registry.headBlob(digest)).toEqual({ size: bytes.length });
          expect((await blobBytes(registry, digest))?.equals(bytes)).toBe(true);
        }
      },
    );

    it('gives parts of a blob', async () => {
      const bytes = pattern(10_000);
      const digest = digestOf(bytes);
      await registry.putBlob(bytes, digest);
      for (const range of [{ start: 10, end: 19 }, { start: 9_990 }]) {
        const blob = await registry.blob(digest, { range });
        expect(blob).toMatchObject({ size: 10_000, offset: range.start });
        const part = blob && (await readAll(blob, { maxBytes: 100, what: 'a part', url: 'x:' }));
        expect(part?.equals(bytes.subarray(range.start, (range.end ?? 9_999) + 1))).toBe(true);
      }
    });

    it('refuses bytes with another digest and keeps nothing', async () => {
      const digest = digestOf(Buffer.from('right'));
      await expect(registry.putBlob(Buffer.from('wrong'), digest)).rejects.toMatchObject({ code: 'corrupt' });
      expect(await registry.headBlob(digest)).toBeUndefined();
    });

    it('gives manifests back as they were, by tag and by digest', async () => {
      const { digest, bytes } = await pushImage(registry, 'one');
      const found = { bytes, digest, mediaType: MANIFEST };
      expect(await registry.manifest('one')).toEqual(found);
      expect(await registry.manifest(digest)).toEqual(found);
      expect(await registry.headManifest('one')).toEqual({ digest, mediaType: MANIFEST, size: bytes.length });
      expect(await registry.putManifest(digest, bytes, MANIFEST)).toBe(digest);
      const second = await pushImage(registry, 'one', { annotations: { version: '2' } });
      expect((await registry.manifest('one'))?.digest).toBe(second.digest);
      expect((await registry.manifest(digest))?.digest).toBe(digest);
    });

    it('refuses manifests of what is not there', async () => {
      const layers = [{ mediaType: 'application/x', digest: digestOf(Buffer.from('nowhere')), size: 7 }];
      await expect(pushImage(registry, 'dangling', { layers })).rejects.toMatchObject({ code: 'not-found' });
      expect(await registry.manifest('dangling')).toBeUndefined();
    });

    it('lists all tags', async () => {
      const many = await place.open('toy/many');
      const names = Array.from({ length: 25 }, (_, i) => `tag-${String(i).padStart(2, '0')}.spack`);
      for (const name of names) await pushImage(many, name);
      expect(await tagsOf(many)).toEqual(names);
      await many.close();
    });

    it('takes blobs over from another repository', async () => {
      const other = await place.open('toy/other');
      const [bytes, absent] = [pattern(5_000), digestOf(Buffer.from('not in there'))];
      await registry.putBlob(bytes, digestOf(bytes));
      expect(await other.headBlob(digestOf(bytes))).toBeUndefined();
      expect(await other.mountBlob(digestOf(bytes), 'toy/cache')).toBe(true);
      expect(await other.headBlob(digestOf(bytes))).toEqual({ size: 5_000 });
      expect(await other.mountBlob(absent, 'toy/cache')).toBe(false);
      await other.close();
    });

    it('deletes manifests', async () => {
      const { digest } = await pushImage(registry, 'gone', { annotations: { for: 'deletion' } });
      if (place.deletesTags)
        expect(await (await registry.deletion()).deleteTag('gone', undefined)).toBe(true);
      else
        await expect((await registry.deletion()).deleteTag('gone', undefined)).rejects.toMatchObject({
          code: 'unsupported',
        });
      expect(await (await registry.deletion()).delete(digest, [], undefined)).toBe(true);
      expect(await registry.manifest('gone')).toBeUndefined();
      expect(await (await registry.deletion()).delete(digest, [], undefined)).toBe(false);
    });

    it('lists what refers to a manifest, by its type', async () => {
      const { digest, bytes } = await pushImage(registry, 'signed');
      const subject = { mediaType: MANIFEST, digest, size: bytes.length };
      const annotations = { made: 'here' };
      const signature = await pushImage(registry, 'sig', { subject, artifactType: SIGNATURE, annotations });
      await pushImage(registry, 'other', { subject, artifactType: 'application/vnd.example.other' });
      expect(await registry.referrers(digest, SIGNATURE)).toEqual([
        {
          mediaType: MANIFEST,
          digest: signature.digest,
          size: signature.bytes.length,
          artifactType: SIGNATURE,
          annotations,
        },
      ]);
    });

    it('keeps all referrers of several who push at once', async () => {
      const { digest, bytes } = await pushImage(registry, 'popular');
      const subject = { mediaType: MANIFEST, digest, size: bytes.length };
      const pushed = await Promise.all(
        Array.from({ length: 4 }, (_, i) =>
          pushImage(registry, `by-${i}`, {
            subject,
            artifactType: SIGNATURE,
            annotations: { by: String(i) },
          }),
        ),
      );
      const found = await registry.referrers(digest, SIGNATURE);
      expect(found.map((each) => each.digest).sort()).toEqual(pushed.map((each) => each.digest).sort());
    });

    it('stops when it is told to', async () => {
      const signal = AbortSignal.abort();
      const digest = digestOf(Buffer.from('late'));
      await expect(registry.manifest('one', { signal })).rejects.toMatchObject({ code: 'cancelled' });
      await expect(registry.putBlob(Buffer.from('late'), digest, { signal })).rejects.toMatchObject({
        code: 'cancelled',
      });
    });

    it('asks for nothing with names that are none', async () => {
      for (const wrong of ['', '../x', 'a/b', 'a?b', 'sha256:00', 'x'.repeat(129)]) {
        await expect(registry.manifest(wrong)).rejects.toMatchObject({ code: 'bad-input' });
      }
      await expect(registry.blob('sha256:../..' as Digest)).rejects.toMatchObject({ code: 'bad-input' });
      await expect(registry.mountBlob(digestOf(Buffer.from('')), '../x')).rejects.toMatchObject({
        code: 'bad-input',
      });
    });
  });
}
