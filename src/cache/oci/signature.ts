/**
 * Signatures in a registry, where Spack has none: an artifact that refers to the image it is about (`subject`), so that
 * neither Spack nor docker sees it. Its one layer is what layout 3 has for a manifest, clear-signed: the digests of the
 * image's configuration, which is the spec file, and of the spec's own layer. An in-toto statement in that text also gets
 * an artifact of its own, in which other tools look for it. We never read that one, since it is not signed.
 */
import { BuildcacheError } from '../../core/errors.ts';
import { type JsonObject, stringifyCompact } from '../../core/json.ts';
import { type Digest, digestOf, hexOf } from '../../storage/registry/reference.ts';
import type {
  OciDescriptor,
  Registry,
  RegistryManifest,
  RegistryReader,
} from '../../storage/registry/registry.ts';
import type { StorageReader } from '../../storage/storage.ts';
import type { Entry, SignedParts } from '../entries.ts';
import { signedParts } from '../layouts/layout3.ts';
import { findRecord, formatManifest, MEDIA_TYPE, parseManifest } from '../layouts/manifest.ts';
import type { Signer } from '../trust/signing.ts';
import { isBroken, OCI_TYPE, parseImageManifest } from './image.ts';
import { fetchBlob } from './storage.ts';

export const SIGNATURE_TYPE = 'application/vnd.buildcache.signature.v1';
export const STATEMENT_TYPE = 'application/vnd.in-toto+json';
const SIGNED_TYPE = 'application/vnd.buildcache.manifest.v3+pgp';

/** The empty document, `{}`, which artifacts have for a configuration. */
export const EMPTY = Buffer.from('{}');
export const EMPTY_DIGEST: Digest = digestOf(EMPTY);

/** Bytes; two short records and a signature. */
const LARGEST = 256 * 1024;

/** Signatures looked at: who can push can also push any number of them. */
const MOST = 8;

/** What is signed of an image: which image it is, its configuration and its last layer. */
export interface SignedImage {
  readonly subject: OciDescriptor;
  readonly config: OciDescriptor;
  readonly tarball: Pick<OciDescriptor, 'digest' | 'size'>;
  /** The in-toto statement about the tarball, where the signature is to have one. */
  readonly statement?: JsonObject | undefined;
}

/** How something is attached to an image. */
interface AttachOptions {
  /** Other processes may do the same now: the image was not made by this one. */
  readonly isShared: boolean;
  readonly signal: AbortSignal | undefined;
}

/** The text that is signed. */
function signedManifest({ config, tarball, statement }: Omit<SignedImage, 'subject'>): string {
  const records = [
    {
      mediaType: MEDIA_TYPE.tarball,
      compression: 'gzip',
      sha256: hexOf(tarball.digest),
      size: tarball.size,
    },
    { mediaType: MEDIA_TYPE.spec, compression: 'none', sha256: hexOf(config.digest), size: config.size },
  ] as const;
  return formatManifest(records, [], statement);
}

/**
 * What a signed text says of the image it was found with.
 * @throws BuildcacheError `untrusted` when the text is about another image: what runs must be what was signed
 */
export function imageParts(text: string, stored: Entry): SignedParts {
  const { url, tarball, spec } = stored;
  const { tarball: signedTarball, spec: signedSpec, statement } = signedParts(text, url);
  for (const [what, signed, found] of [
    ['tarball', signedTarball.sha256, tarball.sha256],
    ['configuration', signedSpec?.sha256, spec?.sha256],
  ] as const) {
    if (signed === found) continue;
    throw new BuildcacheError('untrusted', `the signature is about an image with another ${what}`, {
      url,
      expected: signed ?? 'none',
      found: found ?? 'none',
      hint: 'somebody has changed the image or moved its signature: find out who, and push the spec again: `buildcache push --force MIRROR SPEC`',
    });
  }
  return { tarball, spec, statement };
}

/**
 * Attaches a signature to an image, which need not be there yet.
 * @param isShared whether others may sign the same image now, since this process has not made it
 */
export async function putSignature(
  registry: Registry,
  image: SignedImage,
  signer: Signer,
  signal?: AbortSignal,
  isShared = false,
): Promise<void> {
  const { subject, statement } = image;
  if (statement !== undefined) await putStatement(registry, subject, statement, signal);
  const text = Buffer.from(await signer.sign(signedManifest(image)));
  await putArtifact(registry, SIGNATURE_TYPE, SIGNED_TYPE, text, subject, { isShared, signal });
}

async function putStatement(
  registry: Registry,
  subject: OciDescriptor,
  statement: JsonObject,
  signal: AbortSignal | undefined,
): Promise<void> {
  const text = Buffer.from(stringifyCompact(statement));
  // Nobody relies on it, so nobody waits for it.
  await putArtifact(registry, STATEMENT_TYPE, STATEMENT_TYPE, text, subject, { isShared: false, signal });
}

/** Puts an artifact with one layer. */
async function putArtifact(
  registry: Registry,
  artifactType: string,
  mediaType: string,
  content: Buffer,
  subject: OciDescriptor,
  { isShared, signal }: AttachOptions,
): Promise<void> {
  const layer = { mediaType, digest: digestOf(content), size: content.length };
  await registry.putBlob(content, layer.digest, { signal });
  await registry.putBlob(EMPTY, EMPTY_DIGEST, { signal });
  const manifest = Buffer.from(
    stringifyCompact({
      schemaVersion: 2,
      mediaType: OCI_TYPE.manifest,
      artifactType,
      config: { mediaType: OCI_TYPE.empty, digest: EMPTY_DIGEST, size: EMPTY.length },
      layers: [layer],
      subject,
    }),
  );
  await registry.putManifest(digestOf(manifest), manifest, OCI_TYPE.manifest, { isShared, signal });
}

/** A signature as it was found. */
export interface FoundSignature {
  /** What its one layer is: the clear-signed text. */
  readonly text: Buffer;
  /** The artifact around it. */
  readonly manifest: RegistryManifest;
}

/**
 * The signatures that are attached to an image: those about this very image; where there is none, any one. Nothing is
 * verified: others decide whose signature counts, and one that does not count must not hide one that does.
 */
export async function findSignatures(
  registry: RegistryReader,
  storage: StorageReader,
  image: SignedImage,
  signal?: AbortSignal,
): Promise<readonly FoundSignature[]> {
  const { digest } = image.subject;
  const referrers = (await registry.referrers(digest, SIGNATURE_TYPE, { signal })).filter(
    ({ artifactType }) => artifactType === SIGNATURE_TYPE,
  );
  const about: FoundSignature[] = [];
  let other: FoundSignature | undefined;
  // The last referrers are the newest, if the list has an order at all.
  for (const referrer of referrers.toReversed().slice(0, MOST)) {
    const found = await readSignature(registry, storage, referrer.digest, digest, signal);
    if (found === undefined) continue;
    if (isAbout(found.text, image)) about.push(found);
    else other ??= found;
  }
  return about.length === 0 && other !== undefined ? [other] : about;
}

/**
 * Attaches a signature that was found with the same image elsewhere, and is about it; the image need not be there yet.
 */
export async function carrySignature(
  registry: Registry,
  { text, manifest }: FoundSignature,
  subject: OciDescriptor,
  signal?: AbortSignal,
): Promise<void> {
  const { statement } = parseManifest(text, registry.url);
  if (statement !== undefined) await putStatement(registry, subject, statement, signal);
  await registry.putBlob(text, digestOf(text), { signal });
  await registry.putBlob(EMPTY, EMPTY_DIGEST, { signal });
  await registry.putManifest(manifest.digest, manifest.bytes, OCI_TYPE.manifest, { isShared: true, signal });
}

/**
 * Reads only the form that {@link putSignature} writes, so that a signature that counts here can be carried
 * elsewhere.
 * @returns undefined for anything else, however it is broken: anybody who can push can attach anything
 */
async function readSignature(
  registry: RegistryReader,
  storage: StorageReader,
  digest: Digest,
  about: Digest,
  signal: AbortSignal | undefined,
): Promise<FoundSignature | undefined> {
  try {
    const manifest = await registry.manifest(digest, { signal });
    if (manifest === undefined || manifest.bytes.length > LARGEST) return undefined;
    const url = `${registry.url}@${digest}`;
    const { mediaType, artifactType, config, layers, subject } = parseImageManifest(manifest, url);
    const [layer, ...others] = layers;
    const isOurs =
      mediaType === OCI_TYPE.manifest &&
      artifactType === SIGNATURE_TYPE &&
      config.digest === EMPTY_DIGEST &&
      subject?.digest === about;
    if (!isOurs || layer?.mediaType !== SIGNED_TYPE || others.length > 0) return undefined;
    const what = { what: 'the signature', maxBytes: LARGEST, signal };
    return { text: await fetchBlob(storage, layer, url, what), manifest };
  } catch (error) {
    if (isBroken(error)) return undefined;
    throw error;
  }
}

/** Whether a signed text is about this image, as far as it says so itself. */
export function isAbout(text: Buffer, { config, tarball }: Omit<SignedImage, 'subject'>): boolean {
  try {
    const manifest = parseManifest(text, '');
    return (
      findRecord(manifest, 'spec')?.sha256 === hexOf(config.digest) &&
      findRecord(manifest, 'tarball')?.sha256 === hexOf(tarball.digest)
    );
  } catch {
    return false;
  }
}
