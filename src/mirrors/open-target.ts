/** A mirror opened for writing. */
import { BuildcacheError } from '../core/errors.ts';
import type { Storage } from '../storage/storage.ts';
import type { Mirror } from './mirror.ts';
import { type Connection, openStorage } from './open.ts';

/**
 * The storage behind the side a mirror is pushed to.
 * @throws BuildcacheError `unsupported` for what can only be read; else as `openStorage`
 */
export async function openPushStorage(mirror: Mirror, connection: Connection): Promise<Storage> {
  const storage = await openStorage(mirror.name, mirror.push, connection);
  if ('put' in storage) return storage;
  await storage.close();
  throw new BuildcacheError('unsupported', `mirror "${mirror.name}" can only be read`, {
    url: storage.url,
    expected: 'file:// or s3://',
    hint: 'give the mirror a push URL of the storage behind it (push: in mirrors.yaml)',
  });
}
