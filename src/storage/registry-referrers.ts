/**
 * Which manifests say that another one is their `subject`: from the referrers API, or, where a registry has
 * none, from an index under the tag `sha256-<hex>` that those who push keep (distribution specification 1.1,
 * "Listing Referrers" and "Unavailable Referrers API").
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { BuildcacheError, errorCode } from '../core/errors.ts';
import { isObject } from '../core/json.ts';
import { redactUrl } from '../core/redact.ts';
import type { Descriptor, RegistryManifest } from './registry.ts';
import type { RegistryConnection } from './registry-connection.ts';
import { nextPage, OCI_INDEX, readJson, readManifest } from './registry-read.ts';
import { type Digest, digestOf, hexOf, isDigest } from './registry-reference.ts';
import { putManifest } from './registry-upload.ts';

type Signal = AbortSignal | undefined;

/** Nobody signs that often. */
const PAGES_MOST = 100;
/** How often we merge again when somebody else's list replaces ours. */
const ATTEMPTS = 8;

/** As `RegistryReader.referrers`. */
export async function listReferrers(
  connection: RegistryConnection,
  subject: Digest,
  artifactType: string,
  signal: Signal,
): Promise<readonly Descriptor[]> {
  const all =
    (await listFromApi(connection, subject, artifactType, signal)) ??
    (await readFallback(connection, subject, signal));
  // Registries need not filter.
  return all.filter((each) => each.artifactType === artifactType);
}

/** Adds a manifest to its subject's list under the fallback tag; nothing where it has no subject. */
export async function addReferrer(
  connection: RegistryConnection,
  manifest: Omit<RegistryManifest, 'bytes'> & { readonly bytes: Uint8Array },
  signal: Signal,
): Promise<void> {
  const subject = subjectOf(manifest.bytes);
  if (subject === undefined) return;
  const descriptor = describe(manifest);
  // No condition comes with a put: what was written is read back until it has stayed.
  for (let attempt = 1; ; attempt++) {
    const present = await readFallback(connection, subject, signal);
    if (present.some(({ digest }) => digest === descriptor.digest)) return;
    if (attempt > ATTEMPTS) break;
    if (attempt > 1)
      await sleep(Math.random() * 50 * 2 ** attempt, undefined, signal === undefined ? {} : { signal });
    const index = { schemaVersion: 2, mediaType: OCI_INDEX, manifests: [...present, descriptor] };
    const bytes = Buffer.from(JSON.stringify(index));
    await putManifest(connection, fallbackTag(subject), bytes, OCI_INDEX, signal);
  }
  throw new BuildcacheError('conflict', 'others keep replacing the list of referrers', {
    url: redactUrl(connection.urlOf(`manifests/${fallbackTag(subject)}`)),
    hint: 'try again',
  });
}

/** Undefined where there is no such API. */
async function listFromApi(
  connection: RegistryConnection,
  subject: Digest,
  artifactType: string,
  signal: Signal,
): Promise<readonly Descriptor[] | undefined> {
  if (connection.referrersApi === 'none') return undefined;
  const found: Descriptor[] = [];
  const type = encodeURIComponent(artifactType);
  let next: URL | undefined = connection.urlOf(`referrers/${subject}?artifactType=${type}`);
  for (let page = 0; next !== undefined && page < PAGES_MOST; page++) {
    try {
      const { document, answer } = await readJson(connection, next, 'the list of referrers', signal);
      found.push(...descriptorsOf(document));
      next = nextPage(answer, connection);
    } catch (error) {
      // Quay and others answer with their own kind of refusal.
      const without: readonly string[] = ['not-found', 'unsupported'];
      if (page > 0 || !without.includes(errorCode(error))) throw error;
      connection.referrersApi = 'none';
      return undefined;
    }
  }
  return found;
}

async function readFallback(
  connection: RegistryConnection,
  subject: Digest,
  signal: Signal,
): Promise<readonly Descriptor[]> {
  const index = await readManifest(connection, fallbackTag(subject), { accept: [OCI_INDEX], signal });
  if (index === undefined) return [];
  return descriptorsOf(parsed(index.bytes));
}

function fallbackTag(subject: Digest): string {
  return `sha256-${hexOf(subject)}`;
}

/** @param document attacker-controlled; what is no descriptor is not a referrer */
function descriptorsOf(document: unknown): Descriptor[] {
  const manifests = isObject(document) ? document['manifests'] : undefined;
  if (!Array.isArray(manifests)) return [];
  return manifests.flatMap((each: unknown) => {
    if (!isObject(each)) return [];
    const { mediaType, digest, size, artifactType, annotations } = each;
    if (typeof mediaType !== 'string' || !isDigest(digest) || typeof size !== 'number') return [];
    return [
      {
        mediaType,
        digest,
        size,
        ...(typeof artifactType === 'string' ? { artifactType } : {}),
        ...(isStrings(annotations) ? { annotations } : {}),
      },
    ];
  });
}

function describe({
  bytes,
  mediaType,
}: {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}): Descriptor {
  const document = parsed(bytes);
  const manifest = isObject(document) ? document : {};
  const { artifactType, config, annotations } = manifest;
  // Without a type of its own, a manifest's is its config's.
  const type = artifactType ?? (isObject(config) ? config['mediaType'] : undefined);
  return {
    mediaType,
    digest: digestOf(bytes),
    size: bytes.length,
    ...(typeof type === 'string' ? { artifactType: type } : {}),
    ...(isStrings(annotations) ? { annotations } : {}),
  };
}

function subjectOf(bytes: Uint8Array): Digest | undefined {
  const document = parsed(bytes);
  const subject = isObject(document) ? document['subject'] : undefined;
  const digest = isObject(subject) ? subject['digest'] : undefined;
  return isDigest(digest) ? digest : undefined;
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

function isStrings(value: unknown): value is Readonly<Record<string, string>> {
  return isObject(value) && Object.values(value).every((each) => typeof each === 'string');
}
