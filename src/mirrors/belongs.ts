/** Which configured mirror a URL from outside belongs to, and with it whose credentials may be used there. */
import { mirrorBase } from '../cache/reading/entry-url.ts';
import type { Mirror, MirrorSide } from './mirror.ts';
import { unknownMirror } from './select.ts';

/**
 * The mirror to read a URL with. That is a configured mirror at that URL; else one made from a configured mirror on
 * its host (for S3 in its bucket, for files in its folder), with the credentials of that mirror, and signed whatever
 * that mirror is.
 * @param url a mirror's, attacker-controlled
 * @returns undefined where no configured mirror is on its host
 */
export function mirrorToRead(url: string, configured: readonly Mirror[]): Mirror | undefined {
  const base = mirrorBase(url);
  for (const mirror of configured) {
    for (const side of [mirror.fetch, mirror.push]) {
      if (side.url !== '' && mirrorBase(side.url) === base) return { ...mirror, fetch: side };
    }
  }
  for (const mirror of configured) {
    for (const side of [mirror.fetch, mirror.push]) {
      if (side.url === '' || !isOnHost(base, side)) continue;
      return { ...mirror, name: base, signed: true, fetch: { ...side, url: base, view: undefined } };
    }
  }
  return undefined;
}

/** The configured mirror that is written at this very URL. */
export function mirrorToWrite(url: string, configured: readonly Mirror[]): Mirror | undefined {
  const base = mirrorBase(url);
  return configured.find(({ fetch, push }) => mirrorBase(push.url === '' ? fetch.url : push.url) === base);
}

/** A mirror for which nothing is configured. */
export function mirrorAnywhere(url: string): Mirror {
  const mirror = unknownMirror(mirrorBase(url), mirrorBase(url));
  const listed = (side: MirrorSide): MirrorSide => ({ ...side, origin: 'list' });
  return { ...mirror, fetch: listed(mirror.fetch), push: listed(mirror.push) };
}

function isOnHost(base: string, side: MirrorSide): boolean {
  const at = mirrorBase(side.url);
  if (!URL.canParse(base) || !URL.canParse(at)) return false;
  const [asked, known] = [new URL(base), new URL(at)];
  if (asked.protocol !== known.protocol || asked.host !== known.host) return false;
  return asked.protocol !== 'file:' || base.startsWith(`${at}/`);
}
