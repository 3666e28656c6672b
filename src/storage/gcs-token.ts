/**
 * Tokens for Google Cloud Storage, as Google's own library finds them: a key file, the workload identity that
 * `google-github-actions/auth` sets up, `gcloud auth application-default login`, or the machine's own.
 */
import { BuildcacheError } from '../core/errors.ts';
import type { AccessToken } from './gcs-connection.ts';

const SCOPE = 'https://www.googleapis.com/auth/devstorage.read_write';

/**
 * The library is loaded when the first token is wanted; it renews them by itself.
 * @param keyFile what GOOGLE_APPLICATION_CREDENTIALS names
 * @returns a source that gives undefined where there are no credentials at all: buckets everybody may read
 */
export function googleToken(keyFile: string | undefined): AccessToken {
  let client: Promise<{ getAccessToken(): Promise<{ token?: string | null }> } | undefined> | undefined;
  return async () => {
    client ??= openClient(keyFile);
    try {
      return (await (await client)?.getAccessToken())?.token ?? undefined;
    } catch (error) {
      client = undefined;
      throw denied(keyFile, error);
    }
  };
}

async function openClient(keyFile: string | undefined) {
  const { GoogleAuth } = await import('google-auth-library');
  try {
    return await new GoogleAuth({
      scopes: [SCOPE],
      ...(keyFile === undefined ? {} : { keyFile }),
    }).getClient();
  } catch (error) {
    const isNone = error instanceof Error && /could not load the default credentials/i.test(error.message);
    if (keyFile === undefined && isNone) return undefined;
    throw error;
  }
}

/** Without the library's own words, which may quote answers and keys. */
function denied(keyFile: string | undefined, error: unknown): BuildcacheError {
  if (error instanceof BuildcacheError) return error;
  return new BuildcacheError('denied', 'no access token was to be had from Google', {
    ...(keyFile === undefined ? {} : { file: keyFile }),
    hint: 'check GOOGLE_APPLICATION_CREDENTIALS, or run google-github-actions/auth before',
  });
}
