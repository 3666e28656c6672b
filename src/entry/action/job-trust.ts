/** Whose signatures count in a job: the input `trusted-keys`. */
import type { Trust } from '../../cache/trust/trust.ts';
import { BuildcacheError } from '../../core/errors.ts';
import type { Reporter } from '../../report/reporter.ts';
import type { Invocation } from '../shared/invocation.ts';
import { readTrust } from '../shared/trust-request.ts';

/**
 * Nobody else's than those of the input: a runner that is kept has what other jobs have left in its keyring. That counts where
 * the input is not given.
 * @throws BuildcacheError `usage` for an input that names no key, and as `readTrust`
 */
export async function readJobTrust(
  input: string | undefined,
  job: Invocation,
  reporter: Reporter,
): Promise<Trust | undefined> {
  const trustedKeys = input === undefined ? [] : splitTrustedKeys(input);
  return await readTrust({ trustedKeys, unsigned: false, isJob: true }, job, reporter);
}

/** The values in an input of several lines: armored keys, each whole, and one file or fingerprint a line. */
function splitTrustedKeys(input: string): string[] {
  const armored = input.match(/-----BEGIN PGP [\s\S]*?-----END PGP [^\n]*/g) ?? [];
  const rest = input.replace(/-----BEGIN PGP [\s\S]*?-----END PGP [^\n]*/g, '');
  const lines = rest.split('\n').map((line) => line.trim());
  const values = [...armored, ...lines.filter((line) => line !== '' && !line.startsWith('#'))];
  if (values.length > 0) return values;
  throw new BuildcacheError('usage', 'trusted-keys names no key', {
    expected: 'armored public keys, files of them, or fingerprints, one a line',
  });
}
