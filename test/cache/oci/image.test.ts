import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DOCKER_TYPE,
  emptyConfig,
  formatImageConfig,
  formatImageManifest,
  OCI_TYPE,
  parseImageConfig,
  parseImageIndex,
  parseImageManifest,
  specInConfig,
} from '../../../src/cache/oci/image.ts';
import { imageArchitecture, imageSpecs } from '../../../src/cache/oci/layers.ts';
import { specTag } from '../../../src/cache/oci/tags.ts';
import { BuildcacheError } from '../../../src/core/errors.ts';
import { specEmitter } from '../../../src/spec/emit-spec.ts';
import { fullSpec } from '../../../src/spec/format.ts';
import { digestOf } from '../../../src/storage/registry/reference.ts';
import { built, fixtureGraph } from '../mirror-fixture.ts';
import { spackRegistry } from '../registry-fixture.ts';

const graph = fixtureGraph('1.3');
// That of 1.2-dev calls the layout 3, which Spack 0.23 refuses to read.
const spack = spackRegistry('1.3');
const text = (value: unknown) => Buffer.from(JSON.stringify(value));
const manifest = (value: unknown, mediaType: string = OCI_TYPE.manifest) =>
  parseImageManifest({ bytes: text(value), mediaType }, 'oci://r/x');

describe('an image that is another one to the programs that run it', () => {
  const digest = digestOf(Buffer.from(''));
  const descriptor = { mediaType: OCI_TYPE.layer, digest, size: 1 };
  const good = { schemaVersion: 2, mediaType: OCI_TYPE.manifest, config: descriptor, layers: [descriptor] };
  const index = { schemaVersion: 2, mediaType: OCI_TYPE.index, manifests: [descriptor] };
  const asIndex = (value: unknown) =>
    parseImageIndex({ bytes: text(value), mediaType: OCI_TYPE.index }, 'oci://r/x');
  const config = (value: unknown) => parseImageConfig(text(value), 'oci://r/x');

  it('is taken where it is not', () => {
    expect(manifest({ ...good, annotations: { Layers: 'x', CONFIG: 'y' } }).layers).toHaveLength(1);
    expect(asIndex(index)).toHaveLength(1);
    expect(config({ rootfs: { diff_ids: [digest] }, config: { Env: [], Config: 1 } }).diffIds).toEqual([
      digest,
    ]);
  });

  it.each([
    'Layers',
    'LAYERS',
    'layer\u017f',
    'Config',
    'Subject',
    'MediaType',
    'mediatype',
    'SchemaVersion',
  ])('is refused with the name %s beside the usual one', (name) => {
    for (const value of [
      { ...good, [name]: [] },
      { [name]: [], ...good },
    ]) {
      expect(() => manifest(value)).toThrow(BuildcacheError);
    }
    expect(() => asIndex({ ...index, [name]: [] })).toThrow(BuildcacheError);
  });

  it.each(['Digest', 'DIGEST', 'Size', '\u017fize', 'Mediatype'])(
    'is refused with %s in a descriptor',
    (name) => {
      const bad = { ...descriptor, [name]: digestOf(Buffer.from('evil')) };
      for (const value of [
        { ...good, layers: [bad] },
        { ...good, config: bad },
        { ...good, subject: bad },
      ]) {
        expect(() => manifest(value)).toThrow(BuildcacheError);
      }
      expect(() => asIndex({ ...index, manifests: [bad] })).toThrow(BuildcacheError);
    },
  );

  it('is refused with other diff_ids, or as a list of images as well', () => {
    const rootfs = { diff_ids: [digest] };
    expect(() => config({ rootfs, Rootfs: rootfs })).toThrow(BuildcacheError);
    expect(() => config({ rootfs: { ...rootfs, Diff_Ids: [] } })).toThrow(BuildcacheError);
    expect(() => config({ rootfs, OS: 'windows' })).toThrow(BuildcacheError);
    expect(() => asIndex({ ...index, manifests: [{ ...descriptor, platform: { OS: 'x' } }] })).toThrow(
      BuildcacheError,
    );
    expect(() => manifest({ ...good, manifests: [] })).toThrow(BuildcacheError);
    expect(() => asIndex({ ...index, layers: [] })).toThrow(BuildcacheError);
  });
});

describe('an image', () => {
  it("keeps what JavaScript bends of a base's configuration: keys like numbers, and numbers", () => {
    const labels = '"10":"a","2":"b","__proto__":"c","constructor":"d"';
    const base =
      `{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[],"9":1.0,"1":1e400},` +
      `"config":{"Env":[],"Labels":{${labels}},"8":-0,"3":9223372036854775808},"7":{},"5":[]}`;
    const made = formatImageConfig({
      base: parseImageConfig(Buffer.from(base), 'base'),
      diffIds: [],
      env: [],
      labels: { x: 'y' },
      extra: { spec: 1 },
    }).toString();
    expect(made).toBe(base.replace(labels, `${labels},"x":"y"`).replace(/\}$/, ',"spec":1}'));
    const manifests = `{"manifests":[{"mediaType":"m","digest":"${digestOf(Buffer.from(''))}","size":1,"annotations":{"1":""}}],"2":0}`;
    expect(parseImageIndex({ bytes: Buffer.from(manifests), mediaType: OCI_TYPE.index }, 'x')).toHaveLength(
      1,
    );
  });

  it.each(built(graph).map((node) => [node.name, node] as const))(
    'of %s is Spack’s, byte by byte',
    (_, node) => {
      const theirs = spack.manifest(specTag(node));
      const parsed = parseImageManifest({ bytes: theirs, mediaType: OCI_TYPE.manifest }, 'oci://r/x');
      const theirConfig = spack.blob(parsed.config.digest);
      const { env, diffIds, dict } = parseImageConfig(theirConfig, 'oci://r/x');

      const specs = imageSpecs(graph, [node.hash]);
      expect(specs.at(-1)).toBe(node);
      expect(specs.map(({ hash }) => `sha256:${spack.says[hash]?.tar_sha256}`)).toEqual(diffIds);
      const last = parsed.layers.at(-1);
      const archive = { sha256: last?.digest.slice(7) ?? '', size: last?.size ?? 0 };
      const time = new Date(String(dict['archive_timestamp']));
      const extra = specInConfig(specEmitter(graph).document(node.hash), archive, time);
      const ours = formatImageConfig({
        base: emptyConfig(imageArchitecture(node.target)),
        diffIds,
        env,
        labels: {},
        extra: { ...extra, archive_timestamp: dict['archive_timestamp'] },
      });
      expect(ours.toString()).toBe(theirConfig.toString());
      // What is after the third digit of a second Node's clock does not know.
      expect(extra['archive_timestamp']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/);
      const config = { mediaType: OCI_TYPE.config, digest: digestOf(ours), size: ours.length };
      const annotations = { 'org.opencontainers.image.description': fullSpec(node) };
      const parts = { mediaType: parsed.mediaType, config, layers: parsed.layers, annotations };
      expect(formatImageManifest(parts).toString()).toBe(theirs.toString());
    },
  );

  it('on a base keeps what the base says', () => {
    const base = {
      architecture: 'amd64',
      config: { Cmd: ['sh'], Env: ['A=1'], Labels: { a: 'b' } },
      created: '2020-01-01',
      history: [{ created_by: 'x' }],
      os: 'linux',
      rootfs: { type: 'layers', diff_ids: [`sha256:${'1'.repeat(64)}`] },
    };
    const own = digestOf(Buffer.from('own'));
    const made = formatImageConfig({
      base: parseImageConfig(text(base), 'base'),
      diffIds: [own],
      env: ['A=2'],
      labels: { c: 'd' },
      extra: { spec: 1 },
    });
    expect(JSON.parse(made.toString())).toEqual({
      ...base,
      config: { Cmd: ['sh'], Env: ['A=2'], Labels: { a: 'b', c: 'd' } },
      rootfs: { type: 'layers', diff_ids: [...base.rootfs.diff_ids, own] },
      spec: 1,
    });
  });
});

describe('what comes from a registry', () => {
  const layer = { mediaType: OCI_TYPE.layer, digest: digestOf(Buffer.from('x')), size: 1 };
  const good = { schemaVersion: 2, config: { ...layer, mediaType: OCI_TYPE.config }, layers: [layer] };

  it.each([
    ['no JSON', '<html>', 'bad-input'],
    ['a list', '[]', 'bad-input'],
    ['another version', JSON.stringify({ ...good, schemaVersion: 1 }), 'bad-input'],
    ['no layers', JSON.stringify({ ...good, layers: undefined }), 'bad-input'],
    ['another digest', JSON.stringify({ ...good, layers: [{ ...layer, digest: 'md5:1' }] }), 'bad-input'],
    [
      'a digest with a path',
      JSON.stringify({ ...good, layers: [{ ...layer, digest: '../x' }] }),
      'bad-input',
    ],
    ['terabytes', JSON.stringify({ ...good, layers: [{ ...layer, size: 8e12 }] }), 'unsupported'],
    ['a negative size', JSON.stringify({ ...good, layers: [{ ...layer, size: -1 }] }), 'bad-input'],
    ['no config', JSON.stringify({ ...good, config: null }), 'bad-input'],
    ['an index', JSON.stringify({ ...good, mediaType: OCI_TYPE.index }), 'unsupported'],
  ])('is refused when it is %s', (_, json, code) => {
    const parse = () =>
      parseImageManifest({ bytes: Buffer.from(json), mediaType: OCI_TYPE.manifest }, 'oci://r/x');
    expect(parse).toThrow(BuildcacheError);
    expect(parse).toThrow(expect.objectContaining({ code }));
  });

  it('is what it says itself, else what the registry says', () => {
    expect(manifest(good).mediaType).toBe(OCI_TYPE.manifest);
    expect(manifest(good, DOCKER_TYPE.manifest).mediaType).toBe(DOCKER_TYPE.manifest);
    expect(manifest({ ...good, mediaType: DOCKER_TYPE.manifest }).mediaType).toBe(DOCKER_TYPE.manifest);
    expect(() => manifest(good, 'application/vnd.docker.distribution.manifest.v1+json')).toThrow(
      'not an image manifest',
    );
  });

  it('may be an index', () => {
    const platform = { architecture: 'arm64', os: 'linux' };
    const bytes = text({ manifests: [{ ...layer, platform }, layer] });
    expect(parseImageIndex({ bytes, mediaType: OCI_TYPE.index }, 'x')).toEqual([
      { ...layer, ...platform },
      { ...layer, architecture: undefined, os: undefined },
    ]);
  });

  it.each([
    ['digests of layers', { config: {} }],
    ['a list of variables', { rootfs: { diff_ids: [] }, config: { Env: { A: 1 } } }],
    ['variables that are texts', { rootfs: { diff_ids: [] }, config: { Env: [1] } }],
  ])('has in its configuration %s', (_, config) => {
    expect(() => parseImageConfig(text(config), 'x')).toThrow('the image is malformed');
  });

  it('never ends in anything but an error of ours', () => {
    const [tag = ''] = spack.tags();
    const bytes = spack.manifest(tag);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, byte) => {
        const changed = Buffer.from(bytes);
        changed[at] = byte;
        try {
          parseImageManifest({ bytes: changed, mediaType: OCI_TYPE.manifest }, 'x');
        } catch (error) {
          expect(error).toBeInstanceOf(BuildcacheError);
        }
      }),
    );
  });
});
