/** The HTTP client behind mirrors, set up as the connection says. */
import { fileError, systemCode } from '../core/errors.ts';
import { readBoundedText } from '../core/read-file.ts';
import type { HttpClient } from '../storage/http/client.ts';
import type { MirrorSide } from './mirror.ts';
import type { Connection } from './open.ts';

export async function openClient(
  { env, timeoutMs, jobs, verifyTls, caFile }: Connection,
  { origin }: Pick<MirrorSide, 'origin'> = {},
): Promise<HttpClient> {
  const { openHttpClient } = await import('../storage/http/client.ts');
  return openHttpClient({
    timeoutMs,
    connections: jobs,
    verifyTls,
    ca: await readCa(caFile),
    env,
    // A list from outside may lead to any server, but not to this machine.
    outside: origin === 'list',
  });
}

/** Bytes; all authorities of a system are a quarter of a million. Each mirror takes half a second for so many. */
const MAX_CA = 4 * 1024 * 1024;

async function readCa(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  try {
    return await readBoundedText(file, MAX_CA);
  } catch (error) {
    // Spack takes a folder of certificates too. Without them, a server they vouch for is refused with a clear error.
    if (systemCode(error) === 'EISDIR') return undefined;
    throw fileError(error, file, 'read the certificate authorities');
  }
}
