/**
 * The outputs of the action, each said once: its value before anything is known, which commands set it, and what it
 * means. Every run sets all outputs. All `action.yml` files and the reference are written from this table.
 */
import type { CommandName } from './commands.ts';

export interface Output {
  /** `json`: three outputs, see `setJsonOutput`. */
  readonly kind: 'plain' | 'json';
  /** The value before a command sets the output. For `json` also the value in place of a text that is too large. */
  readonly preset: string;
  readonly text: string;
  /** The commands that set it. */
  readonly by: readonly CommandName[];
  /** Later jobs decide by this output. After a failure it is the preset again, so that no job trusts a partial answer. */
  readonly isVerdict: boolean;
}

export const OUTPUTS: Readonly<Record<string, Output>> = {
  'needs-rebuild': verdict(
    plain(
      'true',
      ['check', 'plan'],
      "'true' when something needs a rebuild, and when the step failed: then nothing is known to be present",
    ),
  ),
  'cache-hit': verdict(plain('false', ['check', 'plan'], "'true' when every spec is present")),
  'rebuild-count': verdict(plain('0', ['check', 'plan'], 'How many specs are missing, and need a rebuild')),
  'unknown-count': verdict(plain('0', ['check'], 'How many specs are unknown')),
  'rebuild-manifest': verdict(
    plain(
      '',
      ['check'],
      'Path of the rebuild manifest, in the schema of spack buildcache check -o; empty when it was not written',
    ),
  ),
  'rebuild-specs': verdict(
    json(['check'], 'JSON: [{name, version, hash, short_spec, mirrors}], dependencies first'),
  ),
  matrix: verdict(
    json(
      ['check'],
      'JSON: {"include": [{name, hash, spec, stage, batch}]} for a job matrix, dependencies first',
      '{"include":[]}',
    ),
  ),
  pushed: json(
    ['push', 'sync'],
    'JSON: [{name, version, hash, short_spec, mirror, reason}] of what was pushed, or copied by a sync',
  ),
  skipped: json(
    ['push', 'sync'],
    'The same for specs that were not pushed because they were excluded or present, with the reason',
  ),
  failed: json(['push', 'sync'], 'The same for specs that could not be pushed or copied, with the reason'),
  'pushed-count': plain('0', ['push', 'sync'], 'How many times a spec was pushed, or copied, to a mirror'),
  checksums: plain(
    '',
    ['push'],
    'Path of a file with the SHA-256 of what was pushed, as sha256sum writes and checks it; of images their digests and names',
  ),
  'copy-list': plain(
    '',
    ['check', 'push'],
    'Path of the copy-list for copy-to, in the form of spack buildcache sync --manifest-glob; empty without it',
  ),
  installed: json(
    ['install'],
    'JSON: [{name, version, hash, short_spec, prefix, root, outcome, …}], dependencies first',
  ),
  plan: plain(
    '',
    ['plan'],
    'Path of a file with the whole plan, as `plan --format json` prints it; empty without one',
  ),
  waves: json(
    ['plan'],
    'JSON: a matrix for each wave of a plan, [{"include": [{name, chunk, specs, minutes}]}]; the last ones may be empty',
  ),
  explanation: plain(
    '',
    ['check', 'explain'],
    'Path of a file with what explain --json prints; empty where nothing was explained',
  ),
  'comment-file': plain(
    '',
    ['check', 'explain'],
    'Path of a file with the comment that another workflow is to post on the pull request; empty when there is none',
  ),
  'spack-scope': plain(
    '',
    ['check', 'autopush'],
    'Path of the folder for spack -C, with the mirrors and what is reused of them; empty without the input',
  ),
  'buildcache-path': plain('', ['setup'], 'Path of the program buildcache'),
  'buildcache-version': plain('', ['setup'], 'The version of buildcache'),
  healthy: verdict(
    plain(
      'false',
      ['check-index'],
      "'true' when nothing is wrong with the mirror, as far as verify has looked",
    ),
  ),
  'check-index': plain(
    '',
    ['check-index'],
    'Path of a file with what check-index --json prints; empty without it',
  ),
  keys: json(
    ['keys'],
    'JSON: [{mirror, fingerprint, user_ids, created, expires, problem, state}] of the keys that mirrors offer, or [{mirror, fingerprint, state}] of what was published',
  ),
  'public-keys': plain(
    '',
    ['keys'],
    'Path of a file with the keys that fingerprints names, for trusted-keys and spack gpg trust; empty without it',
  ),
  removed: json(
    ['prune'],
    'JSON: [{hash, key}] of the entries that a prune has removed, or without delete would remove',
  ),
  'removed-count': plain('0', ['prune'], 'How many entries those are'),
  'freed-bytes': plain('0', ['prune'], 'The length of the blobs that a prune has removed, or would remove'),
  prefix: plain(
    '',
    ['install'],
    'The prefix of the spec that was asked for; of several, of the first that is there',
  ),
};

/** Every output as `action.yml` has it. A JSON output has two more: the path of its file, and whether it was too large. */
export function spellOut(
  name: string,
  { kind, text, preset }: Output,
): readonly [name: string, text: string][] {
  if (kind === 'plain') return [[name, text]];
  const cut = preset === '[]' ? 'is []' : 'has no entries';
  return [
    [name, text],
    [`${name}-file`, `Path of a file with all of ${name}`],
    [`${name}-truncated`, `'true' when ${name} was too large for an output and ${cut}`],
  ];
}

function plain(preset: string, by: readonly CommandName[], text: string): Output {
  return { kind: 'plain', preset, text, by, isVerdict: false };
}

function verdict(output: Output): Output {
  return { ...output, isVerdict: true };
}

function json(by: readonly CommandName[], text: string, preset = '[]'): Output {
  return { ...plain(preset, by, text), kind: 'json' };
}
