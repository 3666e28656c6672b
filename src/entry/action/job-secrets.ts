/** The secrets of a job: read from inputs and variables in each step anew, masked before anything else is printed. */
import type { Env } from '../../core/env.ts';
import { passwordsIn } from '../../core/redact.ts';
import { percentDecoded } from '../../core/user-info.ts';
import { readInput } from '../../github/inputs.ts';
import { addMask } from '../../github/workflow-commands.ts';
import { secretVariables } from '../../mirrors/credentials.ts';
import type { Mirror } from '../../mirrors/mirror.ts';
import { KEY_VARIABLE, PASSPHRASE_VARIABLE, type SigningKey } from '../shared/signing-key.ts';

/** The signing key from the inputs, else from the variables that the command line reads. */
export function jobSigningKey(env: Env): SigningKey {
  const input = readInput(env, 'signing-key');
  return {
    secretKeys: input ?? (env[KEY_VARIABLE]?.trim() ? env[KEY_VARIABLE] : undefined),
    passphrase: readInput(env, 'signing-passphrase') ?? (env[PASSPHRASE_VARIABLE] || undefined),
    source: input === undefined ? `$${KEY_VARIABLE}` : 'the input signing-key',
  };
}

/** The token for ghcr.io. */
export function jobToken(env: Env): string | undefined {
  return readInput(env, 'github-token') ?? (env['GITHUB_TOKEN'] || undefined);
}

/** Masks the secrets that are known without any configuration. Call it before anything else. */
export function maskJobSecrets(env: Env, write: (line: string) => void): void {
  mask(jobSecrets(env), write);
}

/** Masks the values of the variables that the mirrors name, and the passwords in their URLs. */
export function maskMirrorSecrets(mirrors: readonly Mirror[], env: Env, write: (line: string) => void): void {
  mask(mirrorSecrets(mirrors, env), write);
}

/** What {@link maskJobSecrets} masks. */
export function jobSecrets(env: Env): string[] {
  const inputs = [readInput(env, 'signing-key'), readInput(env, 'signing-passphrase'), jobToken(env)];
  return [...inputs, env[KEY_VARIABLE], env[PASSPHRASE_VARIABLE]].filter((secret) => secret !== undefined);
}

/** What {@link maskMirrorSecrets} masks. */
export function mirrorSecrets(mirrors: readonly Mirror[], env: Env): string[] {
  const secrets: (string | undefined)[] = [];
  for (const side of mirrors.flatMap(({ fetch, push }) => [fetch, push])) {
    for (const variable of secretVariables(side.credentials)) secrets.push(env[variable]);
    for (const password of passwordsIn(side.url)) secrets.push(password, percentDecoded(password));
  }
  return secrets.filter((secret) => secret !== undefined);
}

function mask(secrets: readonly string[], write: (line: string) => void): void {
  for (const secret of new Set(secrets)) {
    const line = addMask(secret);
    if (line !== undefined) write(line);
  }
}
