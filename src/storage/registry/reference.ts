/**
 * Where images are: `oci://host[:port]/name`, as mirrors are written, and `host/name:tag@digest`, as docker writes
 * images, with docker's defaults. Names are lower-cased, as Spack does (organizations on GitHub may have capitals).
 * Tags are kept as they are.
 */
import { isSha256, sha256 } from '../../core/digest.ts';
import { BuildcacheError } from '../../core/errors.ts';
import { redactUrl } from '../../core/redact.ts';
import { withoutEnd } from '../../core/without-end.ts';

/** The only algorithm that registries must know, and the only one we support. */
export type Digest = `sha256:${string}`;

export interface Repository {
  /** `http` only for `oci+http://`. */
  readonly scheme: 'https' | 'http';
  /** Lower-case, with its port if one was given. */
  readonly host: string;
  /** Lower-case, without slashes at its ends. */
  readonly name: string;
}

export interface ImageReference extends Repository {
  /** `latest` when neither tag nor digest was given. */
  readonly tag: string | undefined;
  readonly digest: Digest | undefined;
}

/** Docker's own registry under the name its API answers to. */
export const DOCKER_HUB = 'index.docker.io';

/** The OCI distribution specification 1.1, "Pulling manifests": names and tags. */
const NAME = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const HOST =
  /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:]+\])(?::\d{1,5})?$/;
/** The limit of registries and docker for host and name together. */
const NAME_MOST = 255;

/**
 * The repository of an OCI mirror. A tag or digest has no meaning there and is dropped, as Spack does.
 * @param url `oci://host[:port]/name` or, for plain HTTP, `oci+http://…`
 * @throws BuildcacheError `usage`
 */
export function parseRepositoryUrl(url: string): Repository {
  const match = /^oci(\+http)?:\/\/([^?#]*)$/i.exec(url);
  if (match === null) throw malformed(url, 'oci://host/name or oci+http://host/name');
  const given = match[2] ?? '';
  const bare = withoutEnd(given, '/');
  const { host, name } = parse(bare.includes('/') ? bare : given, url);
  return { scheme: match[1] === undefined ? 'https' : 'http', host, name };
}

/**
 * An image as it is written for `docker pull`, or as a URL with one of the schemes above.
 * @throws BuildcacheError `usage`
 */
export function parseImageReference(text: string): ImageReference {
  const match = /^(?:oci(\+http)?:\/\/)?(.*)$/is.exec(text);
  const { host, name, tag, digest } = parse(match?.[2] ?? '', text);
  const scheme = match?.[1] === undefined ? 'https' : 'http';
  return { scheme, host, name, tag: tag ?? (digest === undefined ? 'latest' : undefined), digest };
}

/** `oci://host/name`, for people and for comparing. */
export function repositoryUrl({ scheme, host, name }: Repository): string {
  return `${scheme === 'http' ? 'oci+http' : 'oci'}://${host}/${name}`;
}

/** Whether text is a tag a registry must take. */
export function isTag(text: unknown): text is string {
  return typeof text === 'string' && TAG.test(text);
}

export function isDigest(text: unknown): text is Digest {
  return typeof text === 'string' && text.startsWith('sha256:') && isSha256(text.slice(7));
}

/** Whether text can be the name of a repository, as given to a mount. */
export function isRepositoryName(text: string): boolean {
  return text.length <= NAME_MOST && NAME.test(text);
}

export function digestOf(bytes: Uint8Array): Digest {
  return `sha256:${sha256(bytes)}`;
}

/** The 64 hexadecimal digits. */
export function hexOf(digest: Digest): string {
  return digest.slice('sha256:'.length);
}

interface Parts {
  readonly host: string;
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: Digest | undefined;
}

/** @param source what was written, for messages */
function parse(text: string, source: string): Parts {
  const [image = '', digest, ...more] = text.split('@');
  if (more.length > 0 || (digest !== undefined && !isDigest(digest))) {
    throw malformed(source, 'nothing or sha256:<64 hexadecimal digits> after the @');
  }
  // A colon before the last slash belongs to a port.
  const colon = image.indexOf(':', image.lastIndexOf('/') + 1);
  const tag = colon === -1 ? undefined : image.slice(colon + 1);
  if (tag !== undefined && !isTag(tag))
    throw malformed(source, 'a tag of at most 128 letters, digits, _, . and -');
  const { host, name } = withDefaults(colon === -1 ? image : image.slice(0, colon));
  if (host.length > NAME_MOST || !HOST.test(host) || !URL.canParse(`https://${host}/`))
    throw malformed(source, 'host[:port]/name');
  if (!isRepositoryName(name)) {
    throw malformed(source, 'a name of letters and digits with . _ - / between them, at most 255 characters');
  }
  return { host, name, tag, digest };
}

/**
 * Docker's defaults: a first part that does not look like a host is a user of its hub, and a lone name is one of its
 * library.
 */
function withDefaults(image: string): { host: string; name: string } {
  const slash = image.indexOf('/');
  const first = slash === -1 ? '' : image.slice(0, slash);
  const isHost = /[.:[]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
  const host = isHost ? first.toLowerCase() : DOCKER_HUB;
  const name = (isHost ? image.slice(slash + 1) : image).toLowerCase();
  if (host !== 'docker.io' && host !== DOCKER_HUB) return { host, name };
  return { host: DOCKER_HUB, name: name.includes('/') ? name : `library/${name}` };
}

/** Does not quote text with a password in it. */
function malformed(source: string, expected: string): BuildcacheError {
  const at = source.lastIndexOf('@');
  const clean = at === -1 || isDigest(source.slice(at + 1));
  return new BuildcacheError('usage', 'not a place in a registry', {
    expected,
    found: redactUrl(clean ? source : `…${source.slice(at)}`).slice(0, 300),
    ...(clean ? {} : { hint: 'credentials do not go there: use access_pair of the mirror, or docker login' }),
  });
}
