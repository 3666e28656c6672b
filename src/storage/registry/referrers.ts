/**
 * Which manifests name another one as their `subject`. The referrers API says so. Where a registry has none, an index
 * under the tag `sha256-<hex>` does, which those who push keep up to date (distribution specification 1.1, "Listing
 * Referrers" and "Unavailable Referrers API").
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { BuildcacheError, describeError, errorCode } from '../../core/errors.ts';
import { isObject, kindOf, parseJson, stringifyCompact } from '../../core/json.ts';
import { redactUrl } from '../../core/redact.ts';
import type { RegistryConnection } from './connection.ts';
import { endless, nextPage, notAList, OCI_INDEX, readJson, readManifest } from './read.ts';
import { type Digest, digestOf, hexOf, isDigest } from './reference.ts';
import type { OciDescriptor } from './registry.ts';
import { putManifest } from './upload.ts';

type Signal = AbortSignal | undefined;

/** No image is signed that often. */
const PAGES_MOST = 100;
/** Of all pages; as much as such a list may have where it is a manifest. Many images are asked about at once. */
const BYTES_MOST = 4 * 1024 * 1024;
/** How often we write again when another writer's list has replaced ours. */
const ATTEMPTS = 8;
/** Milliseconds after which another writer has most likely written, who has read the list before ours was there. */
const PAUSE_MS = 100;

export interface Referrers {
  /** As `RegistryReader.referrers`. */
  list(subject: Digest, artifactType: string | undefined, signal: Signal): Promise<readonly OciDescriptor[]>;
  /**
   * Adds a manifest to its subject's list under the fallback tag. Does nothing for a manifest without a subject.
   * @param isShared whether another process may add to that list now
   */
  add(bytes: Uint8Array, mediaType: string, isShared: boolean, signal: Signal): Promise<void>;
}

export function referrersOf(connection: RegistryConnection): Referrers {
  /** Undefined until the registry has shown it. Once there was a list, an answer that is none tells nothing of an image. */
  let hasApi: boolean | undefined;
  /** The writes of one process to one list run one after another. */
  const turns = new Map<Digest, Promise<void>>();

  return {
    async list(subject, artifactType, signal) {
      const ask = () => listFromApi(connection, subject, artifactType, () => hasApi === true, signal);
      const listed = hasApi === false ? undefined : await ask();
      // Several ask at once, and one list is proof, whatever another one was answered.
      hasApi = listed !== undefined || (hasApi ?? false);
      const all = listed ?? descriptorsOf(await readFallback(connection, subject, signal));
      // The API's filter is optional for registries.
      return all.filter((each) => artifactType === undefined || each.artifactType === artifactType);
    },

    async add(bytes, mediaType, isShared, signal) {
      const subject = subjectOf(bytes);
      if (subject === undefined) return;
      const before = turns.get(subject)?.catch(() => undefined);
      const mine = (async () => {
        await before;
        await addToFallback(connection, subject, describe(bytes, mediaType), isShared, signal);
      })();
      turns.set(subject, mine);
      try {
        await mine;
      } finally {
        if (turns.get(subject) === mine) turns.delete(subject);
      }
    },
  };
}

/**
 * A put has no conditions here, so the list is written and read back until our addition stays. Another writer may have
 * read the list before ours was there, and write after we have seen ours. So a list that others write to is read
 * once more, when every such writer has written, unless it takes more than twice as long as we did.
 */
async function addToFallback(
  connection: RegistryConnection,
  subject: Digest,
  descriptor: OciDescriptor,
  isShared: boolean,
  signal: Signal,
): Promise<void> {
  const at = redactUrl(connection.urlOf(`manifests/${fallbackTag(subject)}`));
  const pausing = (ms: number) => sleep(ms, undefined, signal === undefined ? {} : { signal });
  let took = 0;
  let isSeen = false;
  for (let attempt = 0; attempt <= ATTEMPTS; ) {
    const started = performance.now();
    const present = await readFallback(connection, subject, signal);
    const known = listOf(present, connection, subject);
    if (descriptorsOf(present).some(({ digest }) => digest === descriptor.digest)) {
      if (isSeen || !isShared) return;
      isSeen = true;
      await pausing(PAUSE_MS * (1 + Math.random()) + 2 * took);
      continue;
    }
    isSeen = false;
    await pausing(attempt === 0 ? 0 : Math.random() * 50 * 2 ** attempt);
    // What others have written there is kept, even what we do not understand.
    const before = isObject(present) ? present : { schemaVersion: 2, mediaType: OCI_INDEX };
    const bytes = Buffer.from(stringifyCompact({ ...before, manifests: [...known, descriptor] }, at));
    await putManifest(connection, fallbackTag(subject), bytes, OCI_INDEX, signal);
    took = performance.now() - started;
    attempt++;
  }
  throw new BuildcacheError('conflict', 'others keep replacing the list of referrers', {
    url: at,
    hint: 'try again',
  });
}

/**
 * Undefined where the registry has no such API.
 * @param isThere whether the API has answered before
 */
async function listFromApi(
  connection: RegistryConnection,
  subject: Digest,
  artifactType: string | undefined,
  isThere: () => boolean,
  signal: Signal,
): Promise<readonly OciDescriptor[] | undefined> {
  const found: OciDescriptor[] = [];
  const query = artifactType === undefined ? '' : `?artifactType=${encodeURIComponent(artifactType)}`;
  let next: URL | undefined = connection.urlOf(`referrers/${subject}${query}`);
  let most = BYTES_MOST;
  for (let page = 0; next !== undefined; page++) {
    if (page === PAGES_MOST) throw endless(next);
    let list: Awaited<ReturnType<typeof readJson>>;
    try {
      list = await readJson(connection, next, 'the list of referrers', signal, { atHome: true, most });
      if (!isList(list.document)) throw notAList(list.answer.url);
    } catch (error) {
      // Registries without the API say so in several ways. ghcr.io redirects to pages for people, which soon answer
      // 429.
      const without: readonly string[] = ['not-found', 'unsupported', 'protocol'];
      if (page > 0 || !without.includes(errorCode(error))) throw error;
      if (!isThere()) return undefined;
      throw new BuildcacheError('protocol', 'the registry does not list any more what refers to an image', {
        url: redactUrl(next),
        found: error instanceof BuildcacheError ? error.message : describeError(error),
        hint: 'try again',
      });
    }
    most -= list.length;
    found.push(...descriptorsOf(list.document));
    next = nextPage(list.answer, connection);
  }
  return found;
}

/** Something on the way, or a registry without the API, may answer in JSON, too. Some say null for an empty list. */
function isList(document: unknown): boolean {
  const manifests = isObject(document) ? document['manifests'] : undefined;
  return manifests === null || Array.isArray(manifests);
}

async function readFallback(
  connection: RegistryConnection,
  subject: Digest,
  signal: Signal,
): Promise<unknown> {
  const tag = fallbackTag(subject);
  const index = await readManifest(connection, tag, { accept: [OCI_INDEX], signal });
  return index && (parsed(index.bytes) ?? null);
}

/** @throws BuildcacheError `bad-input` for what is no list: another list in its place would lose what it says */
function listOf(document: unknown, connection: RegistryConnection, subject: Digest): readonly unknown[] {
  const manifests = isObject(document) ? document['manifests'] : undefined;
  if (document === undefined) return [];
  if (Array.isArray(manifests)) return manifests;
  throw new BuildcacheError('bad-input', 'the list of what refers to an image is malformed', {
    url: redactUrl(connection.urlOf(`manifests/${fallbackTag(subject)}`)),
    expected: 'an image index with a list "manifests"',
    found: kindOf(document),
    hint: 'delete that tag if nobody needs it, and push again',
  });
}

/** Where the list of what refers to a manifest is, in registries without the API. */
export function fallbackTag(subject: Digest): string {
  return `sha256-${hexOf(subject)}`;
}

/** @param document attacker-controlled; whatever is no descriptor is left out */
function descriptorsOf(document: unknown): OciDescriptor[] {
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

function describe(bytes: Uint8Array, mediaType: string): OciDescriptor {
  const document = parsed(bytes);
  const manifest = isObject(document) ? document : {};
  const { artifactType, config, annotations } = manifest;
  // The artifact type of a manifest that does not name one is the type of its config.
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
    return parseJson(Buffer.from(bytes).toString('utf8'), 'a manifest');
  } catch {
    return undefined;
  }
}

function isStrings(value: unknown): value is Readonly<Record<string, string>> {
  return isObject(value) && Object.values(value).every((each) => typeof each === 'string');
}
