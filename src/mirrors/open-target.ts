/** A mirror opened for writing. */
import { type CacheWriter, openLayout3Writer } from '../cache/cache-writer.ts';
import { BuildcacheError } from '../core/errors.ts';
import type { Mirror } from './mirror.ts';
import { type Connection, openStorage } from './open.ts';

/**
 * The side a mirror is pushed to.
 * @param view the name of the index to change, if it is not the configured one
 * @throws BuildcacheError `unsupported` for what can only be read; else as `openStorage`
 */
export async function openPushMirror(
  mirror: Mirror,
  connection: Connection,
  view: string | undefined = mirror.push.view,
): Promise<CacheWriter> {
  const storage = await openStorage(mirror.name, mirror.push, connection);
  if ('put' in storage) return openLayout3Writer(storage, view);
  await storage.close();
  throw new BuildcacheError('unsupported', `mirror "${mirror.name}" can only be read`, {
    url: storage.url,
    expected: 'file:// or s3://',
    hint: 'give the mirror a push URL of the storage behind it (push: in mirrors.yaml)',
  });
}
