/** Publishes the manifests of what a watch has sent, once the build is over and there is a key. */
import type { SentBlobs } from '../cache/layouts/publish.ts';
import { describeError } from '../core/errors.ts';
import { openPushMirror } from '../mirrors/open-target.ts';
import type { Reporter } from '../report/reporter.ts';
import { specEmitter } from '../spec/emit-spec.ts';
import type { NewSpecs } from './autopush.ts';
import type { Watched, WatchOptions } from './watch-installs.ts';

/**
 * Signs and publishes the manifests of what was sent. If one fails, the push that follows tries again and says why.
 * @param found those that are to be pushed, as far as is known now. Blobs of other specs stay without a manifest.
 */
export async function nameWatched(
  watched: Watched,
  { specs, nodes }: Pick<NewSpecs, 'specs' | 'nodes'>,
  options: Pick<
    WatchOptions,
    'mirrors' | 'openSigner' | 'connection' | 'baseImage' | 'trust' | 'makeStatement' | 'signal'
  >,
  reporter: Reporter,
): Promise<void> {
  const wanted = new Map(specs.map((spec) => [spec.hash, spec]));
  const emitter = specEmitter({ nodes });
  for (const mirror of options.mirrors) {
    const { sent, pushed } = watched.get(mirror.name) ?? {
      sent: new Map<string, SentBlobs>(),
      pushed: new Map(),
    };
    if (sent.size === 0) continue;
    try {
      const signer = await options.openSigner(mirror);
      const cache = await openPushMirror(mirror, options.connection, mirror.push.view, {});
      try {
        for (const [hash, blobs] of sent) {
          const spec = wanted.get(hash);
          if (spec === undefined || (await cache.hasWhole(spec, true, options.signal))) continue;
          const document = emitter.document(hash);
          const tarball = { ...blobs, statement: options.makeStatement?.(spec, blobs) };
          if (!(await cache.nameBlobs?.(spec, document, tarball, signer, options.signal))) continue;
          const { sent: bytes, size, sha256 } = blobs;
          pushed.set(hash, { kind: 'pushed', sent: bytes, size, sha256, when: 'building' });
        }
      } finally {
        await cache.close();
      }
    } catch (error) {
      if (options.signal.aborted) return;
      reporter.debug(`${mirror.name}: ${describeError(error)}`);
    }
  }
}
