// The inputs and outputs of the action, said once: action.yml and those of the sub-actions are written from here, and
// so is docs/action.md. `node scripts/action-yml.mjs` writes them, `--check` fails when they differ.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const INPUTS = [
  [
    'command',
    'check',
    'What the main step does: check, plan, push (what is built in the install tree), autopush (nothing but prepare the post step, so that no mirror is asked), install, sync, update-index, explain (why specs are missing), or comment (what the run of a fork has left to say).',
  ],
  [
    'environment',
    '',
    'A folder with a spack.lock, or the file itself. Default: $SPACK_ENV, then the workspace.',
  ],
  [
    'specs',
    '',
    'Specs to check, push, install or sync, one a line: names, globs (not to install), /hash, or any constraint (hdf5@1.12: +mpi ^mpich). Default: all; to install, the roots of the environment.',
  ],
  ['roots-only', 'false', "Check the environment's roots only."],
  [
    'include',
    '',
    'Of the selected specs, and of what is pushed, keep what matches, one constraint or glob a line.',
  ],
  [
    'exclude',
    '',
    'Of the selected specs, and of what is pushed, leave out what matches, one constraint or glob a line.',
  ],
  [
    'mirrors',
    '',
    'Mirrors: a YAML map as in mirrors.yaml, lines name=url, or the path of a file. Merged over those of spack.yaml.',
  ],
  [
    'only-mirrors',
    '',
    'Of the configured mirrors none but these, one a line: URLs and what is below them, or names of the input mirrors. So that a checked-out spack.yaml cannot name others.',
  ],
  [
    'require-signatures',
    'false',
    'Every mirror counts as signed, whatever is configured: a checked-out spack.yaml cannot say signed: false.',
  ],
  ['needs', 'any', 'A spec needs a rebuild when it is missing on any mirror, on all, or on the one named.'],
  [
    'verify',
    'exists',
    'How sure to be that a spec is there: exists believes the index, manifests reads each one, blobs asks for each blob.',
  ],
  [
    'forbidden',
    'auto',
    'What a 403 for a single entry means: auto (missing, where the mirror is readable otherwise), missing, unknown.',
  ],
  [
    'on-unknown',
    'fail',
    'When a mirror gives no answer: fail, rebuild (an unknown counts as needing one), or warn.',
  ],
  ['fail-on-rebuild', 'false', 'Fail the step when something needs a rebuild.'],
  ['explain', 'false', 'Say in the summary why specs are missing: what has changed, and whose fault it is.'],
  [
    'against',
    '',
    'To explain: compare with another lockfile, too: a file, or git:REV:PATH of a revision that was fetched.',
  ],
  [
    'comment',
    'false',
    'Keep one comment on the pull request that says what is missing, and why with explain: true. The job needs permissions: pull-requests: write; the run of a fork leaves the file that the output comment-file names.',
  ],
  [
    'comment-file',
    '',
    'To comment for the run of a fork: the file that it has left, or a folder that its artifacts were downloaded to.',
  ],
  [
    'spack-scope',
    'false',
    "Write the mirrors, and that what they hold is reused, as a configuration scope for the job's Spack steps: spack -C with the output spack-scope.",
  ],
  [
    'allow-empty',
    'false',
    'Nothing to check (no specs, no mirrors), or for sync nothing to copy, is no failure.',
  ],
  [
    'autopush',
    'true',
    'Push in the post step what was built since: true (to the mirrors with autopush: true), false, or names of mirrors.',
  ],
  [
    'push-while-building',
    'false',
    "Push each spec as soon as it is built, from a process of low priority beside the job's steps; of signed mirrors the blobs only, whose manifests the post step signs.",
  ],
  [
    'sign-while-building',
    'false',
    'With push-while-building: sign at once. The signing key is then in that process, beside the builds.',
  ],
  [
    'install-tree',
    '',
    'The root of the install tree to push from, or to install into. Default: config:install_tree of spack.yaml, else opt/spack of $SPACK_ROOT or of the spack on the PATH; to install, at last the tool cache of the runner.',
  ],
  [
    'spack-prefix',
    '',
    "Spack's own prefix, for the build info. Default: $SPACK_ROOT, else that of the spack on the PATH, else the install tree.",
  ],
  [
    'base-image',
    '',
    'To a registry: the image that what is pushed, or made by a sync, stands on, as for docker pull. Default: none, so that what is in it needs the libc of where it runs.',
  ],
  [
    'tag',
    '',
    'To a registry, with command push: also one image under this tag, of the roots of the environment (or the specs) and what they run with.',
  ],
  ['push-failure', 'error', 'What a failed push, or sync, does to the job: error (it fails), or warn.'],
  [
    'signing-key',
    '',
    'An armored OpenPGP secret key, for mirrors that are signed. Default: $BUILDCACHE_SIGNING_KEY.',
  ],
  ['signing-passphrase', '', 'Opens the signing key. Default: $BUILDCACHE_SIGNING_PASSPHRASE.'],
  [
    'github-token',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the runner's
    '${{ github.token }}',
    'For mirrors at ghcr.io, where nobody has logged in, and to comment. To push there, the job needs permissions: packages: write.',
  ],
  [
    'trusted-keys',
    '',
    'Whose signatures count where a mirror is signed: armored public keys, files of them, or fingerprints, one a line. With fingerprints only those keys are trusted.',
  ],
  ['otherarch', 'false', 'Install also what was built for another operating system or target.'],
  [
    'patchelf',
    '',
    'Where to fetch patchelf, which packages need for a longer path than they were built with: URL#sha256=DIGEST of the program or of a tar.gz with bin/patchelf. Default: the one on the PATH.',
  ],
  ['install-cache', 'true', 'Keep the packages that were installed in the Actions cache.'],
  ['update-index', 'true', 'List what was pushed in the index of the mirror.'],
  [
    'copy-to',
    '',
    'A mirror. To sync: where to copy to (default: what the copy-lists say). Else: write a copy-list of what is present, or was pushed, for a sync to bring it there.',
  ],
  ['copy-from', '', 'To sync: the mirror to copy from.'],
  [
    'copy-list',
    '',
    'To sync: files or patterns of copy-lists that say what to copy, one a line. They may name configured mirrors only.',
  ],
  [
    'whole-mirror',
    'false',
    'To sync: copy what the mirror holds, or what of it matches, not the environment.',
  ],
  ['allow-other-hosts', 'false', 'To sync: copy-lists may name mirrors that are not configured.'],
  [
    'resign',
    'false',
    'To sync: sign everything anew. Else signatures come along, and only what has none is signed.',
  ],
  ['dry-run', 'false', 'Say what would be pushed, copied or installed, and write nothing.'],
  [
    'allow-unsafe-pull-request-target',
    'false',
    "Sign and push on pull_request_target, workflow_run and a pull request's issue_comment too, and give the mirrors of spack.yaml their credentials: only where nothing of the pull request was built, run or checked out.",
  ],
  ['jobs', '16', 'Requests under way at once.'],
  [
    'timeout',
    '30',
    'Seconds of silence after which a server is given up; one that hangs is not asked again after twice that.',
  ],
  ['retries', '3', 'How often to try again what may go away by itself.'],
  ['max-jobs', '256', 'Most entries of the matrix; specs share one where there are more.'],
  ['runners', '16', 'To plan: how many jobs run at once.'],
  ['index-cache', 'true', "Keep the mirrors' indices in the Actions cache."],
  ['summary', 'true', 'Write a job summary.'],
  ['annotations', 'true', 'Show problems as annotations.'],
];

export const OUTPUTS = [
  [
    'needs-rebuild',
    "'true' when something needs a rebuild; also when the step failed, so that nobody trusts what is unknown",
  ],
  ['cache-hit', "'true' when every spec is present"],
  ['rebuild-count', 'How many specs are missing, and need a rebuild'],
  ['unknown-count', 'How many specs are unknown'],
  [
    'rebuild-manifest',
    'Path of the rebuild manifest, in the schema of spack buildcache check -o; empty when it was not written',
  ],
  ['rebuild-specs', 'JSON: [{name, version, hash, short_spec, mirrors}], dependencies first'],
  ['rebuild-specs-file', 'Path of a file with all of rebuild-specs'],
  ['rebuild-specs-truncated', "'true' when rebuild-specs was too large for an output and is []"],
  ['matrix', 'JSON: {"include": [{name, hash, spec, stage, batch}]} for a job matrix, dependencies first'],
  ['matrix-file', 'Path of a file with all of matrix'],
  ['matrix-truncated', "'true' when matrix was too large for an output and has no entries"],
  [
    'pushed',
    'JSON: [{name, version, hash, short_spec, mirror, reason}] of what was pushed, or copied by a sync',
  ],
  ['pushed-file', 'Path of a file with all of pushed'],
  ['pushed-truncated', "'true' when pushed was too large for an output and is []"],
  ['skipped', 'The same of what was not to be pushed or was there already, with the reason'],
  ['skipped-file', 'Path of a file with all of skipped'],
  ['skipped-truncated', "'true' when skipped was too large for an output and is []"],
  ['failed', 'The same of what could not be pushed or copied, with the reason'],
  ['failed-file', 'Path of a file with all of failed'],
  ['failed-truncated', "'true' when failed was too large for an output and is []"],
  ['pushed-count', 'How many times a spec was pushed, or copied, to a mirror'],
  [
    'checksums',
    'Path of a file with the SHA-256 of what was pushed, as sha256sum writes and checks it; of images their digests and names',
  ],
  [
    'copy-list',
    'Path of the copy-list for copy-to, in the form of spack buildcache sync --manifest-glob; empty without it',
  ],
  ['installed', 'JSON: [{name, version, hash, short_spec, prefix, root, outcome, …}], dependencies first'],
  ['installed-file', 'Path of a file with all of installed'],
  ['installed-truncated', "'true' when installed was too large for an output and is []"],
  ['plan', 'Path of a file with the whole plan, as `plan --format json` prints it; empty without one'],
  [
    'waves',
    'JSON: a matrix for each wave of a plan, [{"include": [{name, chunk, specs, minutes}]}]; the last ones may be empty',
  ],
  ['waves-file', 'Path of a file with all of waves'],
  ['waves-truncated', "'true' when waves was too large for an output and is []"],
  ['explanation', 'Path of a file with what explain --json prints; empty where nothing was explained'],
  [
    'comment-file',
    'Path of a file with what another workflow is to say on the pull request; empty where that is not needed',
  ],
  [
    'spack-scope',
    'Path of the folder for spack -C, with the mirrors and what is reused of them; empty without the input',
  ],
  ['prefix', 'The prefix of the spec that was asked for; of several, of the first that is there'],
];

const OF_INSTALL = OUTPUTS.filter(([id]) => /^(installed|prefix)/.test(id));
const OF_PUSH = OUTPUTS.filter(([id]) => /^(pushed|skipped|failed|checksums|copy-list)/.test(id));
const OF_PLAN = OUTPUTS.filter(([id]) => /^(plan|waves|needs-rebuild|cache-hit|rebuild-count)/.test(id));
const OF_EXPLAIN = OUTPUTS.filter(([id]) => /^(explanation|comment-file)/.test(id));
const OF_CHECK = OUTPUTS.filter(
  ([id]) => !/^(pushed|skipped|failed|checksums|installed|prefix|plan|waves)/.test(id),
);

const quote = (text) => `'${text.replaceAll("'", "''")}'`;

export function actionYml({ name, description, dist, main = 'main', inputs, outputs = OUTPUTS }) {
  const lines = [
    '# Written by scripts/action-yml.mjs: change it there.',
    `name: ${quote(name)}`,
    `description: ${quote(description)}`,
    'branding:',
    '  icon: package',
    '  color: blue',
    'inputs:',
  ];
  for (const [id, otherwise, text] of inputs) {
    lines.push(`  ${id}:`, `    description: ${quote(text)}`, `    default: ${quote(otherwise)}`);
  }
  if (outputs.length > 0) lines.push('outputs:');
  for (const [id, text] of outputs) lines.push(`  ${id}:`, `    description: ${quote(text)}`);
  lines.push('runs:', '  using: node24', `  main: ${dist}/${main}.js`, `  post: ${dist}/post.js`, '');
  return lines.join('\n');
}

const MIRRORS = ['mirrors', 'only-mirrors', 'require-signatures'];
const NETWORK = ['jobs', 'timeout', 'retries'];
const FOR_PUSH = [
  ...[
    'autopush',
    'install-tree',
    'spack-prefix',
    'base-image',
    'tag',
    'push-failure',
    'signing-key',
    'signing-passphrase',
  ],
  ...['update-index', 'allow-unsafe-pull-request-target'],
];
const BESIDE_BUILDS = ['push-while-building', 'sign-while-building'];
const FOR_CHECK = [
  ...['roots-only', 'needs', 'verify', 'forbidden', 'on-unknown', 'fail-on-rebuild', 'max-jobs'],
  ...['explain', 'against', 'comment', 'comment-file', 'index-cache', 'allow-empty', 'spack-scope'],
];
const EXPLAIN = [
  ...['environment', 'specs', 'roots-only', 'include', 'exclude', ...MIRRORS, 'needs', 'verify', 'forbidden'],
  ...['on-unknown', 'against', 'comment', 'dry-run', ...NETWORK, 'index-cache', 'summary', 'annotations'],
  'github-token',
];
const COMMENT = ['comment-file', 'dry-run', 'timeout', 'retries', 'annotations', 'github-token'];
const FOR_INSTALL = ['otherarch', 'patchelf', 'install-cache'];
const FOR_SYNC = ['copy-from', 'copy-list', 'whole-mirror', 'allow-other-hosts', 'resign'];
const SYNC = [
  ...[
    'environment',
    'specs',
    ...MIRRORS,
    'copy-to',
    'allow-empty',
    ...FOR_SYNC,
    'trusted-keys',
    'base-image',
    'push-failure',
  ],
  ...['signing-key', 'signing-passphrase', 'update-index', 'allow-unsafe-pull-request-target'],
  ...['dry-run', ...NETWORK, 'summary', 'annotations', 'github-token'],
];
const INSTALL = [
  ...['environment', 'specs', ...MIRRORS, 'install-tree', 'trusted-keys', ...FOR_INSTALL],
  ...['dry-run', ...NETWORK, 'summary', 'annotations', 'github-token'],
];
const PLAN = [
  ...['environment', 'specs', 'include', 'exclude', 'mirrors', 'needs', 'verify', 'forbidden', 'on-unknown'],
  ...['install-tree', 'runners', 'max-jobs', ...NETWORK, 'summary', 'annotations', 'github-token'],
];
const AUTOPUSH = [
  ...[
    'environment',
    'include',
    'exclude',
    ...MIRRORS,
    'spack-scope',
    'trusted-keys',
    'dry-run',
    ...NETWORK,
    'summary',
    'annotations',
  ],
  ...[...FOR_PUSH.filter((id) => id !== 'tag'), ...BESIDE_BUILDS, 'github-token'],
];
const FOR_INDEX = [
  ...['environment', ...MIRRORS, 'autopush', 'push-failure', 'allow-unsafe-pull-request-target', ...NETWORK],
  ...['summary', 'annotations', 'github-token'],
];
/** Where a whole action is about pushing, `autopush` only says where to. */
const TO = [
  'autopush',
  'true',
  'Mirrors to write to: names, or true for those with autopush: true; for all of them where none has that.',
];
const without = (...ids) => INPUTS.filter(([id]) => !ids.includes(id));

export const FILES = {
  'action.yml': actionYml({
    name: 'Spack build cache',
    description: 'Say which specs need a rebuild, against any Spack mirror, without Spack',
    dist: 'dist',
    inputs: INPUTS,
  }),
  'check/action.yml': actionYml({
    name: 'Check a Spack build cache',
    description: 'Say which specs need a rebuild, against any Spack mirror, without Spack',
    dist: '../dist',
    inputs: without(
      'command',
      'dry-run',
      'trusted-keys',
      'runners',
      'comment-file',
      ...FOR_PUSH,
      ...BESIDE_BUILDS,
      ...FOR_INSTALL,
      ...FOR_SYNC,
    ),
    outputs: OF_CHECK,
  }),
  'plan/action.yml': actionYml({
    name: 'Plan builds of what a Spack build cache lacks',
    description: 'Put what is missing into jobs for many runners, without Spack',
    dist: '../dist',
    main: 'plan',
    inputs: INPUTS.filter(([id]) => PLAN.includes(id)),
    outputs: OF_PLAN,
  }),
  'push/action.yml': actionYml({
    name: 'Push to a Spack build cache',
    description: 'Push what is built in an install tree to any Spack mirror, without Spack',
    dist: '../dist',
    main: 'push',
    inputs: without('command', 'runners', ...BESIDE_BUILDS, ...FOR_CHECK, ...FOR_INSTALL, ...FOR_SYNC).map(
      (input) => (input[0] === 'autopush' ? TO : input),
    ),
    outputs: OF_PUSH,
  }),
  'explain/action.yml': actionYml({
    name: 'Explain what a Spack build cache lacks',
    description:
      'Say why specs are missing on any Spack mirror, without Spack, and comment on the pull request',
    dist: '../dist',
    main: 'explain',
    inputs: INPUTS.filter(([id]) => EXPLAIN.includes(id)),
    outputs: OF_EXPLAIN,
  }),
  'comment/action.yml': actionYml({
    name: 'Comment for a run of a fork',
    description: 'Post what the gate has found in a run of a fork, which may not write itself',
    dist: '../dist',
    main: 'comment',
    inputs: INPUTS.filter(([id]) => COMMENT.includes(id)),
    outputs: [],
  }),
  'autopush/action.yml': actionYml({
    name: 'Push to a Spack build cache when the job ends',
    description:
      'Push what a job has built to any Spack mirror, without Spack; put it before the step that builds',
    dist: '../dist',
    main: 'autopush',
    inputs: INPUTS.filter(([id]) => AUTOPUSH.includes(id)),
    outputs: OUTPUTS.filter(([id]) => id === 'spack-scope'),
  }),
  'install/action.yml': actionYml({
    name: 'Install from a Spack build cache',
    description: 'Install specs from any Spack mirror, verified and relocated, without Spack',
    dist: '../dist',
    main: 'install',
    inputs: INPUTS.filter(([id]) => INSTALL.includes(id)),
    outputs: OF_INSTALL,
  }),
  'sync/action.yml': actionYml({
    name: 'Sync Spack build caches',
    description: 'Copy specs from one Spack mirror to another, verified, without Spack',
    dist: '../dist',
    main: 'sync',
    inputs: INPUTS.filter(([id]) => SYNC.includes(id)),
    outputs: OF_PUSH.filter(([id]) => !/^(checksums|copy-list)/.test(id)),
  }),
  'update-index/action.yml': actionYml({
    name: 'Update the index of a Spack build cache',
    description: 'Make the index of a Spack mirror anew from what the mirror holds, without Spack',
    dist: '../dist',
    main: 'update-index',
    inputs: INPUTS.filter(([id]) => FOR_INDEX.includes(id)).map((input) =>
      input[0] === 'autopush' ? TO : input,
    ),
    outputs: [],
  }),
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const check = process.argv.includes('--check');
  for (const [file, text] of Object.entries(FILES)) {
    const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
    if (!check) writeFileSync(path, text);
    else if (readFileSync(path, 'utf8') !== text) {
      console.error(`${file} is not what scripts/action-yml.mjs writes: run \`npm run docs\``);
      process.exitCode = 1;
    }
  }
}
