/**
 * The layers that images can be made of: those that this writer has sent, and those of the packages' own images in
 * the registry. For an image that is signed, the latter have to be vouched for.
 */
import { BuildcacheError } from '../../core/errors.ts';
import { type SpecNode, shortHash } from '../../spec/node.ts';
import type { RegistryReader } from '../../storage/registry/registry.ts';
import type { StorageReader } from '../../storage/storage.ts';
import type { EntryName } from '../entries.ts';
import { documentUrl } from '../fetch-document.ts';
import type { Signer } from '../trust/signing.ts';
import type { PackageLayer } from './layers.ts';
import type { SignedImage } from './signature.ts';
import { readStoredImage, type StoredImage } from './stored-image.ts';
import { specTag } from './tags.ts';
import { type OpenTrust, openVoucher, type Voucher } from './voucher.ts';

export interface KnownLayers {
  /** The image of a spec as the registry has it now. @throws as `readStoredImage` and the registry do */
  readImage(spec: EntryName, signal?: AbortSignal): Promise<StoredImage | undefined>;
  /** Notes an image that was read and is whole. */
  found(spec: EntryName, image: StoredImage): void;
  /** Notes a layer that this writer has sent. Its content was verified, or is our own. */
  sent(spec: EntryName, layer: PackageLayer): void;
  /**
   * The layers that are there, by hash.
   * @param signer of the image they are for
   * @throws BuildcacheError `untrusted` when no signature that counts vouches for one; else as {@link readImage}
   */
  find(
    specs: readonly SpecNode[],
    signer: Signer | undefined,
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, PackageLayer>>;
  /** All of them, in their order. @throws BuildcacheError `not-found` for those that are missing; else as {@link find} */
  layersOf(specs: readonly SpecNode[], wanted: WantedLayers, signal?: AbortSignal): Promise<PackageLayer[]>;
}

export interface WantedLayers {
  /** Hashes of the specs whose layers were to be replaced and were not. The old layers are not to be used. */
  readonly failed: ReadonlySet<string>;
  readonly allowMissing: boolean;
  /** As for {@link KnownLayers.find}. */
  readonly signer: Signer | undefined;
}

/** @param trust whose signatures count beside the signer's own */
export function knownLayers(
  registry: RegistryReader,
  storage: StorageReader,
  trust: OpenTrust | undefined,
): KnownLayers {
  const layers = new Map<string, Promise<KnownLayer | undefined>>();
  const vouchers = new WeakMap<Signer, Voucher>();

  const readImage: KnownLayers['readImage'] = async (spec, signal) => {
    const tag = specTag(spec);
    const found = await registry.manifest(tag, { signal });
    return found && (await readStoredImage(storage, found, documentUrl(storage, tag), spec, signal));
  };

  const known = (spec: SpecNode, signal: AbortSignal | undefined): Promise<KnownLayer | undefined> => {
    const before = layers.get(spec.hash);
    if (before !== undefined) return before;
    const found = readImage(spec, signal).then((image) => image && ofImage(image));
    layers.set(spec.hash, found);
    // A failure is not kept: it must not fail every image that needs this layer.
    found.catch(() => {
      if (layers.get(spec.hash) === found) layers.delete(spec.hash);
    });
    return found;
  };

  const voucherOf = (signer: Signer): Voucher => {
    const voucher = vouchers.get(signer) ?? openVoucher(registry, storage, signer, trust);
    vouchers.set(signer, voucher);
    return voucher;
  };

  /** The layer, and for a signed image the reason why the layer must not be in it. */
  const look = async (
    spec: SpecNode,
    signer: Signer | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Looked> => {
    const found = await known(spec, signal);
    if (found?.image === undefined || signer === undefined) return { spec, layer: found?.layer };
    const url = documentUrl(storage, specTag(spec));
    const problem = await voucherOf(signer).problemOf(found.image, url, signal);
    return { spec, layer: found.layer, problem };
  };

  const find: KnownLayers['find'] = async (specs, signer, signal) => {
    const looked = await Promise.all(specs.map((spec) => look(spec, signer, signal)));
    const strange = looked.filter(({ problem }) => problem !== undefined);
    if (signer !== undefined && strange.length > 0) throw notVouchedFor(registry.url, strange, signer);
    return new Map(looked.flatMap(({ spec, layer }) => (layer === undefined ? [] : [[spec.hash, layer]])));
  };

  return {
    readImage,
    found: ({ hash }, image) => void layers.set(hash, Promise.resolve(ofImage(image))),
    sent: ({ hash }, layer) => void layers.set(hash, Promise.resolve({ layer, image: undefined })),
    find,

    async layersOf(specs, { failed, allowMissing, signer }, signal) {
      const reliable = specs.filter(({ hash }) => !failed.has(hash));
      const there = await find(reliable, signer, signal);
      const missing = specs.filter(({ hash }) => !there.has(hash));
      if (missing.length > 0 && !allowMissing) throw incompleteImage(registry.url, missing);
      return specs.flatMap(({ hash }) => there.get(hash) ?? []);
    },
  };
}

interface KnownLayer {
  readonly layer: PackageLayer;
  /** The image in the registry it was found in; undefined where it was sent. */
  readonly image: SignedImage | undefined;
}

interface Looked {
  readonly spec: SpecNode;
  readonly layer: PackageLayer | undefined;
  readonly problem?: string | undefined;
}

/** Without the bytes of its configuration. */
function ofImage({ layer, subject, config, tarball }: StoredImage): KnownLayer {
  return { layer, image: { subject, config, tarball } };
}

/** Named in a message. */
const SHOWN = 5;

function incompleteImage(url: string, missing: readonly SpecNode[]): BuildcacheError {
  const names = missing.slice(0, SHOWN).map(nameOf);
  return new BuildcacheError(
    'not-found',
    `the image would lack what it runs with: ${names.join(', ')}${andMore(missing)}`,
    {
      url,
      expected: 'all that is linked or run in the registry, or pushed with it',
      hint: 'push it too, or accept images that are not whole with --allow-missing',
    },
  );
}

function notVouchedFor(url: string, strange: readonly Looked[], { fingerprint }: Signer): BuildcacheError {
  const shown = strange.slice(0, SHOWN).map(({ spec, problem }) => `${nameOf(spec)} (${problem})`);
  return new BuildcacheError(
    'untrusted',
    'the signed image would have layers in it that no trusted key has signed',
    {
      url,
      expected: `all it runs with to be signed by ${fingerprint}, which signs now, or another trusted key`,
      found: `${shown.join(', ')}${andMore(strange)}`,
      hint:
        'push or sync those again, signed (with push --force where another key has signed them), or trust the key ' +
        'that signed them: `buildcache keys --install --trust`, --trusted-keys of sync, in the action the input ' +
        'trusted-keys',
    },
  );
}

function andMore({ length }: readonly unknown[]): string {
  return length > SHOWN ? ` and ${length - SHOWN} more` : '';
}

function nameOf(spec: SpecNode): string {
  return `${spec.name}@${spec.version}/${shortHash(spec)}`;
}
