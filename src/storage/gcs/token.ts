/**
 * Tokens for Google Cloud Storage, as Google's own library finds them: from a key file, the workload identity that
 * `google-github-actions/auth` sets up, `gcloud auth application-default login`, or the machine's own identity.
 */
import { Agent } from 'node:http';
import { BuildcacheError } from '../../core/errors.ts';
import type { HttpClient } from '../http/client.ts';
import { fetchThrough } from '../http/fetch.ts';
import type { AccessToken } from './connection.ts';

const SCOPE = 'https://www.googleapis.com/auth/devstorage.read_write';

/**
 * The library is loaded when the first token is wanted. It renews tokens by itself.
 * @param keyFile what GOOGLE_APPLICATION_CREDENTIALS names
 * @param http the client through which Google's token service is asked
 * @returns a source that gives undefined where there are no credentials at all: buckets that everybody may read
 */
export function googleToken(keyFile: string | undefined, http: HttpClient): AccessToken {
  let client: Promise<{ getAccessToken(): Promise<{ token?: string | null }> } | undefined> | undefined;
  return async () => {
    client ??= openClient(keyFile, http);
    try {
      return (await (await client)?.getAccessToken())?.token ?? undefined;
    } catch (error) {
      client = undefined;
      throw denied(keyFile, error);
    }
  };
}

async function openClient(keyFile: string | undefined, http: HttpClient) {
  const { GoogleAuth } = await import('google-auth-library');
  try {
    const client = await new GoogleAuth({
      scopes: [SCOPE],
      // The agent is not used, but with one the library looks for no proxy of its own.
      clientOptions: { transporterOptions: { fetchImplementation: fetchThrough(http), agent: new Agent() } },
      ...(keyFile === undefined ? {} : { keyFile }),
    }).getClient();
    // The exchange of a workload's token would use a transporter of its own. It gets the client's.
    const exchange: unknown = Reflect.get(client, 'stsCredential');
    if (typeof exchange === 'object' && exchange !== null)
      Object.assign(exchange, { transporter: client.transporter });
    return client;
  } catch (error) {
    const isNone = error instanceof Error && /could not load the default credentials/i.test(error.message);
    if (keyFile === undefined && isNone) return undefined;
    throw error;
  }
}

/** Without the library's own message, which may quote answers and keys. */
function denied(keyFile: string | undefined, error: unknown): BuildcacheError {
  if (error instanceof BuildcacheError) return error;
  if (error instanceof Error && error.cause instanceof BuildcacheError) return error.cause;
  return new BuildcacheError('denied', 'Google gave no access token', {
    ...(keyFile === undefined ? {} : { file: keyFile }),
    hint: 'check GOOGLE_APPLICATION_CREDENTIALS, or run google-github-actions/auth before',
  });
}
