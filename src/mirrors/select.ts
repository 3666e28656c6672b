/** Which mirrors a command works with: named on the command line, else configured. */
import { BuildcacheError } from '../core/errors.ts';
import { redactUrl } from '../core/redact.ts';
import { isLocation, type LocationContext, locationUrl } from '../environment/location.ts';
import type { MirrorConfiguration } from './config.ts';
import type { Mirror } from './mirror.ts';

/**
 * One mirror argument: a path or URL, else the name of a configured mirror. A bare URL means signed, as in
 * `mirrors.yaml`.
 * @throws `usage` for a name that is not configured, with what was probably meant
 */
export function resolveMirror(
  argument: string,
  configured: MirrorConfiguration,
  context: LocationContext,
  name = argument,
): Mirror {
  if (isLocation(argument)) return unknownMirror(locationUrl(argument, context), name);
  const mirror = configured.mirrors.find((candidate) => candidate.name === argument);
  if (mirror !== undefined) return mirror;
  const names = configured.mirrors.map((candidate) => candidate.name);
  const known = names.length === 0 ? 'none is configured' : `configured: ${names.join(', ')}`;
  throw new BuildcacheError('usage', `no mirror named "${argument}" (${known})`, {
    hint: `did you mean ./${argument}?`,
  });
}

/** The name of a mirror that was given by its place: the place as it was written, if that holds no secret. */
export function placeName(location: string): string {
  return /[@?]/.test(location) ? redactUrl(location) : location;
}

/**
 * The mirrors named with `-m`; where none are named, those of the configured ones that hold binaries. One that is
 * named alone is called by its URL, several as they were named, without their credentials.
 * @throws `usage`
 */
export function selectMirrors(
  named: readonly string[],
  configured: MirrorConfiguration,
  context: LocationContext,
): readonly Mirror[] {
  if (named.length === 0) return configured.mirrors.filter(({ binary }) => binary);
  return named.map((argument) => {
    const mirror = resolveMirror(argument, configured, context);
    if (!isLocation(argument)) return mirror;
    const name = named.length === 1 ? redactUrl(mirror.fetch.url) : placeName(argument);
    return { ...mirror, name };
  });
}

/** A mirror of which nothing but its URL is known: signed, as in `mirrors.yaml`. */
export function unknownMirror(url: string, name: string): Mirror {
  const side = { url, view: undefined, endpointUrl: undefined, credentials: {} };
  return {
    name: placeName(name),
    fetch: side,
    push: side,
    signed: !/^oci(\+http)?:/.test(url),
    autopush: false,
    binary: true,
  };
}
