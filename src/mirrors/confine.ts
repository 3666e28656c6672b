/**
 * What a checked-out configuration may not widen. A `spack.yaml` comes with a branch, which may be anybody's. It
 * names mirrors, the variables with their credentials, and whether signatures count. Here the user who runs the
 * program says what they allow.
 */
import { mirrorBase } from '../cache/reading/entry-url.ts';
import { BuildcacheError } from '../core/errors.ts';
import { isLocation, type LocationContext, locationUrl } from '../environment/location.ts';
import type { MirrorConfiguration } from './config.ts';
import type { Mirror, MirrorSide } from './mirror.ts';

export interface Confinement {
  /** URLs, each with all below it, and names of mirrors that no file of the checkout has. Empty: all mirrors. */
  readonly onlyMirrors: readonly string[];
  /** Every mirror counts as signed. */
  readonly requireSignatures: boolean;
  /**
   * Why the environment's mirrors get no credentials, unless they are in `onlyMirrors`; undefined: they do get them.
   */
  readonly distrusted?: string | undefined;
  /** Their packages are installed: these mirrors then count as signed, whatever the environment says of them. */
  readonly installs?: boolean;
}

/** @throws BuildcacheError `usage` for a name in `onlyMirrors` that only a checked-out file gives to a mirror */
export function confine(
  { mirrors, notes, ...tls }: MirrorConfiguration,
  confinement: Confinement,
  context: LocationContext,
): MirrorConfiguration {
  const { onlyMirrors, requireSignatures, distrusted, installs = false } = confinement;
  const urls = onlyMirrors.filter(isLocation).map((entry) => mirrorBase(locationUrl(entry, context)));
  const isOpen = onlyMirrors.length === 0;
  const said: string[] = [];
  const leftOut: string[] = [];
  const kept = mirrors.flatMap((mirror): Mirror[] => {
    const isMeant = onlyMirrors.some((entry) => isNamed(mirror, entry)) || isCovered(mirror, urls);
    if (!isOpen && !isMeant) {
      leftOut.push(mirror.name);
      return [];
    }
    if (isOfEnvironment(mirror) && distrusted !== undefined && isOpen && hasCredentials(mirror)) {
      said.push(
        `mirror "${mirror.name}" gets no credentials ${distrusted}: a checked-out spack.yaml names it. ${NAME_IT}`,
      );
      return [withoutCredentials(mirror)];
    }
    return [mirror];
  });
  const unmeant = leftOut.find((name) => onlyMirrors.includes(name) && !isLocation(name));
  if (unmeant !== undefined) throw namedByCheckout(unmeant);
  if (leftOut.length > 0) said.push(leftOutText(leftOut));
  const isDoubted = (mirror: Mirror) =>
    installs && isOfEnvironment(mirror) && distrusted !== undefined && isOpen;
  const mustBeSigned = (mirror: Mirror) => requireSignatures || isDoubted(mirror);
  for (const mirror of kept.filter((each) => !each.signed && each.binary && mustBeSigned(each))) {
    const why = requireSignatures
      ? ': signatures are required all the same'
      : `, and counts as signed ${distrusted}: a checked-out spack.yaml names it. ${NAME_IT}`;
    said.push(`mirror "${mirror.name}" is not configured as signed${why}`);
  }
  const signed = kept.map((mirror) => (mustBeSigned(mirror) ? { ...mirror, signed: true } : mirror));
  return { ...tls, mirrors: signed, notes: [...notes, ...said] };
}

const NAME_IT = 'Name its URL in only-mirrors, or the mirror in the input mirrors';

function namedByCheckout(name: string): BuildcacheError {
  return new BuildcacheError(
    'usage',
    `only-mirrors names "${name}", which only a file of the checkout configures`,
    {
      hint: `name its URL there, or the mirror in the workflow (mirrors: ${name}=URL): a pull request can change the file`,
    },
  );
}

function leftOutText(names: readonly string[]): string {
  const shown = names
    .slice(0, 5)
    .map((name) => `"${name}"`)
    .join(', ');
  const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
  return `left out, since only-mirrors does not name them: ${shown}${more}`;
}

/** Removes TLS settings of the environment's configuration: it may not say whose certificates count. */
export function confineTls(
  configuration: MirrorConfiguration,
  { onlyMirrors, distrusted }: Confinement,
): MirrorConfiguration {
  const { verifyTls, caFile, ...rest } = configuration;
  const isConfined = onlyMirrors.length > 0 || distrusted !== undefined;
  if (!isConfined || (verifyTls !== false && caFile === undefined)) return configuration;
  const note =
    'config:verify_ssl and config:ssl_certs of the environment are ignored: they are in a checked-out file. Name ' +
    'authorities in NODE_EXTRA_CA_CERTS';
  return { ...rest, notes: [...rest.notes, note] };
}

function isOfEnvironment({ fetch, push }: Mirror): boolean {
  return fetch.origin === 'environment' || push.origin === 'environment';
}

/** A name does not cover a mirror of the environment, which may give any name to a mirror. */
function isNamed(mirror: Mirror, entry: string): boolean {
  return mirror.name === entry && !isOfEnvironment(mirror);
}

/** Whether all that the mirror may talk to is at or below one of the URLs. */
function isCovered({ fetch, push }: Mirror, urls: readonly string[]): boolean {
  const places = [fetch, push].flatMap(({ url, endpointUrl }: MirrorSide) => [
    ...(url === '' ? [] : [mirrorBase(url)]),
    ...(endpointUrl === undefined ? [] : [mirrorBase(withScheme(endpointUrl))]),
  ]);
  const isBelow = (place: string, url: string) =>
    place.startsWith(`${url}/`) && !ENCODED_PATH.test(place.slice(url.length));
  return places.every((place) => urls.some((url) => place === url || isBelow(place, url)));
}

/** A slash, a backslash or a dot that is encoded. URLs keep these, and some servers follow them upwards: `main/..%2fother`. */
const ENCODED_PATH = /%(?:2f|5c|2e)/i;

/** An endpoint may be only a host. */
function withScheme(endpoint: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(endpoint) ? endpoint : `https://${endpoint}`;
}

function hasCredentials({ fetch, push }: Mirror): boolean {
  return [fetch, push].some(({ credentials }) =>
    Object.values(credentials).some((value) => value !== undefined),
  );
}

function withoutCredentials(mirror: Mirror): Mirror {
  const bare = (side: MirrorSide): MirrorSide => ({ ...side, credentials: {} });
  return { ...mirror, fetch: bare(mirror.fetch), push: bare(mirror.push) };
}
