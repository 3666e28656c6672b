/** The keys that mirrors offer, for a person and for machines. */
import type { KnownKey } from '../../cache/trust/public-key.ts';
import type { KeyState, KeysResult } from '../../commands/keys.ts';
import { oneLine } from '../../core/errors.ts';

export const KEY_STATES: Readonly<Record<KeyState, string>> = {
  trusted: 'trusted',
  untrusted: 'not trusted',
  added: 'trusted from now on',
  updated: 'trusted, updated',
  refused: 'not trusted',
};

export function keysText({ mirrors }: KeysResult): string {
  const lines = mirrors.flatMap(({ mirror, keys: found }) => [
    oneLine(`${mirror}: ${found.length === 0 ? 'no keys' : ''}`.trimEnd()),
    ...found.flatMap(({ key, state }) => [
      `  ${key.fingerprint}  ${KEY_STATES[state]}`,
      ...key.userIds.map((id) => oneLine(`    ${id}`)),
      `    ${key.problem ?? lifetime(key)}`,
    ]),
  ]);
  return lines.map((line) => `${line}\n`).join('');
}

export function lifetime({ created, expires }: KnownKey): string {
  const day = (date: Date) => date.toISOString().slice(0, 10);
  return `made ${day(created)}, ${expires === undefined ? 'does not expire' : `expires ${day(expires)}`}`;
}

export function keysJson({ mirrors, missing }: KeysResult) {
  return {
    version: 1,
    mirrors: mirrors.map(({ mirror, keys: found, problems }) => ({
      name: mirror,
      keys: found.map(({ key, state }) => ({
        fingerprint: key.fingerprint,
        user_ids: key.userIds,
        created: key.created.toISOString(),
        expires: key.expires?.toISOString() ?? null,
        problem: key.problem ?? null,
        state,
      })),
      problems,
    })),
    missing,
  };
}
