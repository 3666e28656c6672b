import { describe, expect, it } from 'vitest';
import { DEFAULT_RETRY } from '../../src/core/retry.ts';
import { parseMirrors } from '../../src/mirrors/config.ts';
import type { Mirror } from '../../src/mirrors/mirror.ts';
import { type Connection, openMirror } from '../../src/mirrors/open.ts';
import { openImage } from '../../src/mirrors/open-registry.ts';
import { openPushMirror } from '../../src/mirrors/open-target.ts';
import { startRegistry } from '../harness/registry.ts';

const CONNECTION: Connection = {
  timeoutMs: 5_000,
  retry: { ...DEFAULT_RETRY, retries: 0 },
  jobs: 2,
  verifyTls: true,
  caFile: undefined,
  env: { HOME: '/nonexistent', WHO: 'toy', WORD: 'secret' },
};

function mirror(config: unknown): Mirror {
  const context = { base: '/', environment: undefined, env: {} };
  const [found] = parseMirrors({ m: config }, 'mirrors.yaml', context).mirrors;
  if (found === undefined) throw new Error('no mirror');
  return found;
}

const NO_GRAPH = { nodes: new Map(), roots: [] };

describe('a mirror in a registry', () => {
  it('is unsigned unless it is written', () => {
    expect(mirror('oci://ghcr.io/org/cache').signed).toBe(false);
    expect(mirror({ url: 'oci+http://localhost/cache', signed: true }).signed).toBe(true);
  });

  it.each([
    ['oci://', 'not a place in a registry'],
    ['oci://ghcr.io/a//b', 'not a place in a registry'],
    ['oci://user:word@ghcr.io/org/cache', 'not a place in a registry'],
  ])('%s is refused', async (url, message) => {
    const opening = openMirror(mirror(url), NO_GRAPH, CONNECTION);
    await expect(opening).rejects.toThrow(message);
    await expect(opening).rejects.not.toThrow('word');
    await expect(openPushMirror(mirror(url), CONNECTION)).rejects.toThrow(message);
  });

  it('has no views: one that is asked for is an error', async () => {
    const viewed = mirror('oci://ghcr.io/org/cache');
    const asked = { ...viewed, fetch: { ...viewed.fetch, view: 'mine' } };
    await expect(openMirror(asked, NO_GRAPH, CONNECTION)).rejects.toMatchObject({ code: 'usage' });
    await expect(openPushMirror(mirror('oci://ghcr.io/x/y'), CONNECTION, 'mine')).rejects.toMatchObject({
      code: 'usage',
    });
  });

  it.each([
    { view: 'mine' },
    { fetch: { view: 'mine' }, push: { view: 'other' } },
    { url: 'https://a/b', push: { url: 'oci://ghcr.io/org/cache', view: 'mine' } },
  ])('is used without a view that is configured for it, which is said: %j', async (config) => {
    const context = { base: '/', environment: undefined, env: {} };
    const written = { m: { url: 'oci://ghcr.io/org/cache', ...config } };
    const { mirrors, notes } = parseMirrors(written, 'mirrors.yaml', context);
    expect(mirrors.flatMap(({ fetch, push }) => [fetch.view, push.view])).toEqual([undefined, undefined]);
    expect(notes.filter((note) => note.includes('mirror "m": registries have no views'))).toHaveLength(
      new Set(JSON.stringify(config).match(/mine|other/g)).size,
    );
    for (const each of mirrors) await (await openPushMirror(each, CONNECTION)).close();
  });

  it('only takes base images and tags', async () => {
    for (const images of [{ baseImage: 'debian:12' }, { tag: 'latest' }]) {
      await expect(openPushMirror(mirror('/tmp/m'), CONNECTION, undefined, images)).rejects.toThrow(
        'keeps no images',
      );
    }
    for (const images of [{ baseImage: 'de bian' }, { tag: 'index.spack' }, { tag: 'a/b' }]) {
      await expect(
        openPushMirror(mirror('oci://ghcr.io/x/y'), CONNECTION, undefined, images),
      ).rejects.toMatchObject({ code: 'usage' });
    }
  });

  it('is asked with its own credentials, which its base image’s registry does not get', async () => {
    const auth = { kind: 'basic', username: 'toy', password: 'secret' } as const;
    await using own = await startRegistry({ auth });
    await using other = await startRegistry({ auth });
    const pair = { id_variable: 'WHO', secret_variable: 'WORD' };
    const configured = mirror({ url: `${own.url}toy/cache`, access_pair: pair });
    const opened = await openMirror(configured, NO_GRAPH, CONNECTION);
    expect(await opened.readers[0]?.findIndex()).toBeUndefined();
    await opened.close();
    const baseImage = `oci+http://${other.host}/base:1`;
    const base = await openImage(baseImage, 'm', configured.push, CONNECTION);
    await expect(base.registry.manifest('1')).rejects.toMatchObject({ code: 'denied' });
    await base.registry.close();
    expect(own.requests.some(({ headers }) => headers.authorization !== undefined)).toBe(true);
    expect(other.requests.length).toBeGreaterThan(0);
    expect(other.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  });
});
