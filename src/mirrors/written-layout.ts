/** In which layout a mirror is written. It is read in any. */
import type { Layout } from '../cache/entries.ts';
import { isRegistryUrl } from '../environment/location.ts';

/** The layout that is written to a URL. */
export function writtenLayout(url: string): Layout {
  return isRegistryUrl(url) ? 'oci' : 'v3';
}
