/** A mirror's URL -> the storage behind it and the layouts to read it with. Backends load when they are needed. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { EntryReader } from '../cache/entries.ts';
import { openLayout2 } from '../cache/layout2.ts';
import { openLayout3 } from '../cache/layout3.ts';
import { BuildcacheError, fileError } from '../core/errors.ts';
import { redactUrl } from '../core/redact.ts';
import type { RetryPolicy } from '../core/retry.ts';
import type { SpecGraph } from '../spec/graph.ts';
import type { StorageReader } from '../storage/storage.ts';
import { resolveCredentials } from './credentials.ts';
import type { Mirror, MirrorSide } from './mirror.ts';

/** How to talk to mirrors; the same for all of them. */
export interface Connection {
  readonly timeoutMs: number;
  readonly retry: RetryPolicy;
  readonly jobs: number;
  readonly verifyTls: boolean;
  /** A PEM file with further certificate authorities. */
  readonly caFile: string | undefined;
  /** For credentials and to see whether a proxy is set. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface OpenMirror {
  /** Newest layout first. */
  readonly readers: readonly EntryReader[];
  close(): Promise<void>;
}

/**
 * Opens a mirror for reading.
 * @param graph where the compilers of layout 2's file names are looked up
 * @throws `unsupported` for a scheme we do not speak, `usage` for credentials that are named but not set
 */
export async function openMirror(
  mirror: Mirror,
  graph: SpecGraph,
  connection: Connection,
): Promise<OpenMirror> {
  const { fetch } = mirror;
  const storage = await openStorage(mirror.name, fetch, connection);
  const readers = [openLayout3(storage, fetch.view)];
  // Views came with layout 3; a mirror that is configured with one is not read in layout 2.
  if (fetch.view === undefined) readers.push(openLayout2(storage, graph.nodes));
  return { readers, close: () => storage.close() };
}

async function openStorage(name: string, side: MirrorSide, connection: Connection): Promise<StorageReader> {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(side.url)?.[1]?.toLowerCase() ?? '';
  switch (scheme) {
    case 'file': {
      const { openFileStorage } = await import('../storage/file.ts');
      return openFileStorage(filePath(side.url));
    }
    case 'http':
    case 'https': {
      const [{ openHttpClient }, { openHttpStorage }] = await Promise.all([
        import('../storage/http-client.ts'),
        import('../storage/http.ts'),
      ]);
      const { env, timeoutMs, jobs, verifyTls, retry } = connection;
      const client = await openHttpClient({
        timeoutMs,
        connections: jobs,
        verifyTls,
        ca: await readCa(connection.caFile),
        useProxy: ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'].some(
          (variable) => env[variable],
        ),
      });
      const credentials = resolveCredentials(name, side.credentials, env);
      return openHttpStorage(client, { url: side.url, authorization: authorization(credentials), retry });
    }
    default:
      throw new BuildcacheError('unsupported', `mirror "${name}": ${scheme}:// is not supported`, {
        url: redactUrl(side.url),
        expected: 'file://, http:// or https://',
      });
  }
}

function filePath(url: string): string {
  try {
    return fileURLToPath(url);
  } catch (error) {
    throw new BuildcacheError(
      'usage',
      'not a file URL of this machine',
      { url, expected: 'file:///absolute/path' },
      error,
    );
  }
}

async function readCa(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw fileError(error, file, 'read the certificate authorities');
  }
}

function authorization(credentials: ReturnType<typeof resolveCredentials>): string | undefined {
  switch (credentials.kind) {
    case 'token':
      return `Bearer ${credentials.token}`;
    case 'pair':
      return `Basic ${Buffer.from(`${credentials.id}:${credentials.secret}`).toString('base64')}`;
    case 'none':
      return undefined;
  }
}
