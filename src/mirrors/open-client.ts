/** The HTTP client behind mirrors, set up as the connection says. */
import { X509Certificate } from 'node:crypto';
import { BuildcacheError, fileError, systemCode } from '../core/errors.ts';
import { readBoundedText } from '../core/read-file.ts';
import type { HttpClient } from '../storage/http/client.ts';
import type { MirrorSide } from './mirror.ts';
import type { Connection } from './open.ts';

/** @throws BuildcacheError `not-found`, `denied`, `io`, `too-large` or `bad-input`, for the file of authorities */
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
  let text: string;
  try {
    text = await readBoundedText(file, MAX_CA);
  } catch (error) {
    // Spack takes a folder of certificates too. Without them, a server they vouch for is refused with a clear error.
    if (systemCode(error) === 'EISDIR') return undefined;
    throw fileError(error, file, 'read the certificate authorities');
  }
  // Node passes over a text without a certificate, and then refuses servers as if it had been given none.
  if (!startsWithCertificate(text)) {
    throw new BuildcacheError('bad-input', 'there is no certificate in it', {
      file,
      expected: 'certificates in PEM: `-----BEGIN CERTIFICATE-----` and what follows',
      hint: 'turn a certificate in DER into PEM with `openssl x509 -inform der -in FILE`',
    });
  }
  return text;
}

/** Whether the first of them can be read. */
function startsWithCertificate(text: string): boolean {
  const at = text.search(/^-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/m);
  try {
    return at >= 0 && new X509Certificate(text.slice(at)).subject !== undefined;
  } catch {
    return false;
  }
}
