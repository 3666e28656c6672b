/**
 * What a watcher's journal says was pushed, compared with the mirrors. The build beside the watcher can write the
 * journal, and what it says goes to lists of digests that others attest.
 */
import pLimit from 'p-limit';
import type { CacheWriter } from '../cache/writing/cache-writer.ts';
import { openPushMirror } from '../mirrors/open-target.ts';
import type { SpecNode } from '../spec/node.ts';
import type { Pushed, Watched, WatchOptions } from './watch-installs.ts';

/** Forgets each entry that is not on its mirror as the journal says: it is then there like any other. */
export async function confirmWatched(
  watched: Watched,
  specs: readonly SpecNode[],
  { mirrors, connection, signal }: Pick<WatchOptions, 'mirrors' | 'connection' | 'signal'>,
): Promise<void> {
  const wanted = new Map(specs.map((spec) => [spec.hash, spec]));
  const limit = pLimit(connection.jobs);
  for (const mirror of mirrors) {
    const { pushed } = watched.get(mirror.name) ?? {};
    if (pushed === undefined || pushed.size === 0) continue;
    const cache = await openPushMirror(mirror, connection, mirror.push.view, {}).catch(() => undefined);
    const confirm = async ([hash, said]: readonly [string, Pushed]): Promise<void> => {
      const spec = wanted.get(hash);
      if (!(spec && cache && (await isSo(cache, spec, said, signal)))) pushed.delete(hash);
    };
    await Promise.all([...pushed].map((each) => limit(confirm, each)));
    await cache?.close();
  }
}

/** What cannot be read is for the push to say. */
async function isSo(
  { reader, images }: CacheWriter,
  spec: SpecNode,
  { sha256, image }: Pushed,
  signal: AbortSignal,
): Promise<boolean> {
  const entry = await reader.read(spec, signal).catch(() => undefined);
  if (image === undefined) return entry?.image === undefined && entry?.tarball.sha256 === sha256;
  const isThisImage = entry?.image?.manifest.digest === `sha256:${image.sha256}`;
  return isThisImage && image.name === images?.nameOf(spec) && entry.tarball.sha256 === sha256;
}
