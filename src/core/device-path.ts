/**
 * Paths that mean a device, a pipe or an open stream, and no file: `/dev/stdout`, `/dev/null`, `<(…)` and `>(…)` of a
 * shell. Only in `/dev/shm` are there files like anywhere else.
 */
import { BuildcacheError } from './errors.ts';

const DEVICE = /^\/(?:dev\/(?!shm\/)|proc\/)/;

export function isDevicePath(file: string): boolean {
  return DEVICE.test(file);
}

/**
 * For what is written beside its place and renamed into it. Where we are root, that would put a file in the place of
 * `/dev/null`, for every program of the machine.
 * @throws BuildcacheError `usage` for a device or a pipe
 */
export function refuseDevice(file: string): void {
  if (!isDevicePath(file)) return;
  throw new BuildcacheError('usage', 'this is replaced as a whole, so it cannot be a device or a pipe', {
    file,
    hint: 'name a file',
  });
}
