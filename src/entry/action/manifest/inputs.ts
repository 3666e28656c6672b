/**
 * The inputs of the action, each said once: its kind, whether it may be empty, its default, and what it means. The main step
 * reads the inputs by this table, and all `action.yml` files and the reference are written from it. `commands.ts` says which
 * command takes which input.
 */
import { DEFAULT_TIMEOUT_SECONDS } from '../../../core/retry.ts';
import { MAX_JOBS } from '../../../plan/matrix.ts';
import { GRACE, JOBS, RETRIES, ROOT_LENGTH, RUNNERS } from '../../shared/limits.ts';
import { FORBIDDEN, VERIFY_LEVELS } from '../../shared/presence-request.ts';
import {
  ALLOWED,
  age,
  choice,
  count,
  flag,
  type Input,
  list,
  refused,
  size,
  text,
  UNSET,
} from './input-kinds.ts';

export const INPUTS = {
  environment: text(
    refused('the environment of $SPACK_ENV or of the workspace'),
    'A folder with a spack.lock, or the file itself. Default: $SPACK_ENV, then the workspace.',
  ),
  specs: list(
    refused('all specs'),
    'Specs to check, push, install or sync, one a line: names, globs (not to install), /hash, or any constraint (hdf5@1.12: +mpi ^mpich). Default: all; to install, the roots of the environment.',
  ),
  'roots-only': flag(false, refused('all specs'), "Check the environment's roots only."),
  include: list(
    refused('all that is selected'),
    'Of the selected specs, and of what is pushed, keep what matches, one constraint or glob a line.',
  ),
  exclude: list(
    refused('that nothing is left out'),
    'Of the selected specs, and of what is pushed, leave out what matches, one constraint or glob a line.',
  ),
  mirrors: text(
    ALLOWED,
    'Mirrors: a YAML map as in mirrors.yaml, lines name=url, or the path of a file. Merged over those of spack.yaml.',
  ),
  'only-mirrors': list(
    refused('every mirror that is configured'),
    'Of the configured mirrors none but these, one a line: URLs and what is below them, or names of the input mirrors (where that is a file, URLs: the file is of the checkout). So that a checked-out spack.yaml cannot name others.',
  ),
  'require-signatures': flag(
    false,
    refused('that the configuration may say signed: false'),
    'Every mirror counts as signed, whatever is configured: a checked-out spack.yaml cannot say signed: false.',
  ),
  needs: text(
    ALLOWED,
    'A spec needs a rebuild when it is missing on any mirror, on all, or on the one named. Default: any; to plan, all.',
  ),
  verify: choice(
    VERIFY_LEVELS,
    refused('the lowest level'),
    'How closely to look: exists believes the index, manifests reads each manifest, blobs asks for each blob. For check-index also all, which reads each blob.',
  ),
  forbidden: choice(
    FORBIDDEN,
    refused('that a 403 may count as missing'),
    'What a 403 for a single entry means: auto (missing, where the mirror is readable otherwise), missing, unknown.',
  ),
  'on-unknown': choice(
    ['fail', 'rebuild', 'warn'],
    ALLOWED,
    'When a mirror gives no answer: fail, rebuild (an unknown counts as needing one), or warn.',
  ),
  'fail-on-rebuild': flag(
    false,
    refused('that no rebuild fails the step'),
    'Fail the step when something needs a rebuild.',
  ),
  explain: flag(false, ALLOWED, 'Say in the summary why specs are missing: which changes made them so.'),
  against: text(
    ALLOWED,
    'For explain: also compare with another lockfile, either a file or git:REV:PATH of a revision that was fetched.',
  ),
  comment: flag(
    false,
    ALLOWED,
    'Keep one comment on the pull request that says what is missing, and why with explain: true. The job needs permissions: pull-requests: write; the run of a fork leaves the file that the output comment-file names.',
  ),
  'comment-file': text(
    ALLOWED,
    "For a comment on a fork's pull request: the file that the fork's run has left, or the folder that its artifacts were downloaded to.",
  ),
  'spack-scope': flag(
    false,
    ALLOWED,
    "Write the mirrors, and that what they hold is reused, as a configuration scope for the job's Spack steps: spack -C with the output spack-scope.",
  ),
  'allow-empty': flag(
    false,
    ALLOWED,
    'Succeed when there is nothing to check (no specs, no mirrors) or nothing to sync.',
  ),
  autopush: text(
    refused('that it is not said where to push'),
    'Push in the post step what the job has built: true (to the mirrors with autopush: true), false, or names of mirrors.',
    'true',
  ),
  'push-while-building': flag(
    false,
    ALLOWED,
    "Push each spec as soon as it is built, from a process of low priority beside the job's steps; of signed mirrors the blobs only, whose manifests the post step signs.",
  ),
  'sign-while-building': flag(
    false,
    ALLOWED,
    'With push-while-building: sign at once. The signing key is then in that process, beside the builds.',
  ),
  'install-tree': text(
    refused('the install tree of the configuration'),
    'The root of the install tree to push from, or to install into. Default: config:install_tree of spack.yaml, else opt/spack of $SPACK_ROOT or of the spack on the PATH; to install, at last the tool cache of the runner.',
  ),
  'spack-prefix': text(
    ALLOWED,
    "Spack's own prefix, for the build info. Default: $SPACK_ROOT, else that of the spack on the PATH, else the install tree.",
  ),
  'base-image': text(
    refused('images without a base'),
    'For registries: the base image of the images that are pushed, or made by a sync, as for docker pull. Default: none; then an image needs the libc of the machine that it runs on.',
  ),
  tag: text(
    refused('that no image of the roots is pushed'),
    'For registries, with command push: also push one image under this tag, of the roots of the environment (or the specs) and what they run with.',
  ),
  'push-failure': choice(
    ['error', 'warn'],
    ALLOWED,
    'What a failed push, or sync, does to the job: error (it fails), or warn.',
  ),
  'signing-key': text(
    ALLOWED,
    'An armored OpenPGP secret key, for mirrors that are signed. Default: $BUILDCACHE_SIGNING_KEY.',
  ),
  'signing-passphrase': text(ALLOWED, 'Opens the signing key. Default: $BUILDCACHE_SIGNING_PASSPHRASE.'),
  provenance: flag(
    false,
    refused('that it is not said where the specs were built'),
    'On signed mirrors, sign where the specs were built as well: the repository, commit, workflow and run of this job.',
  ),
  'require-provenance': list(
    refused('what was built anywhere'),
    'Install only what was built there, one condition a line: repository=org/*, ref=refs/heads/main, workflow=… or builder=…',
  ),
  'min-root-length': count(
    { least: 0, most: ROOT_LENGTH.most, default: 0 },
    refused('a root of any length'),
    'Push nothing that was built below a root with fewer characters, its padding (config:install_tree:padded_length) included: it could only be installed below shorter ones.',
  ),
  'github-token': text(
    ALLOWED,
    'For mirrors at ghcr.io without a log-in of their own, and for comments. To push to ghcr.io, the job needs permissions: packages: write.',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the runner's
    '${{ github.token }}',
  ),
  'trusted-keys': text(
    // Public keys are no secret, and where they are to count, none is no answer: a fork's run fails too.
    refused('whatever keys the machine trusts, or that nothing is verified'),
    "Whose signatures count where a mirror is signed: armored public keys, files of them, or fingerprints, one a line. With fingerprints only those keys are trusted. The keyring of the runner's user counts only where no key is given.",
  ),
  otherarch: flag(false, ALLOWED, 'Also install what was built for another operating system or target.'),
  patchelf: text(
    ALLOWED,
    'Where to fetch patchelf: URL#sha256=DIGEST of the program or of a tar.gz with bin/patchelf. Some packages need it when they are installed to a longer path than they were built for. Default: the one on the PATH.',
  ),
  stamp: flag(
    false,
    refused('that prune does not learn what was needed'),
    'Leave on the mirrors which specs were needed today, for prune to go by (max-size, older-than). The job has to be one that may write to them; not for registries.',
  ),
  'install-cache': flag(true, ALLOWED, 'Keep the packages that were installed in the Actions cache.'),
  'update-index': flag(true, ALLOWED, 'List what was pushed in the index of the mirror.'),
  'copy-to': text(
    refused('no copy-list, and in a sync the mirrors that copy-lists name'),
    'A mirror. For sync: where to copy to (default: what the copy-lists say). For other commands: write a copy-list of what is present, or was pushed, with which a later sync copies it to that mirror.',
  ),
  'copy-from': text(ALLOWED, 'For sync: the mirror to copy from.'),
  'copy-list': list(
    refused('no copy-list'),
    'For sync: files or patterns of copy-lists that say what to copy, one a line. They may name configured mirrors only.',
  ),
  'whole-mirror': flag(
    false,
    ALLOWED,
    'For sync: copy what the mirror holds, or what of it matches, not the environment.',
  ),
  'allow-other-hosts': flag(false, ALLOWED, 'For sync: copy-lists may name mirrors that are not configured.'),
  resign: flag(
    false,
    ALLOWED,
    'For sync: sign everything anew. Else signatures come along, and only what has none is signed.',
  ),
  'allow-missing': flag(false, ALLOWED, 'For sync: succeed although the source lacks some of the specs.'),
  mirror: text(
    refused('a mirror that the configuration decides'),
    'For prune, check-index and keys: which mirror, by its configured name, its path or its URL. Required for prune. Default for check-index: the one that is configured; for keys: all that are signed.',
  ),
  'keep-environment': list(
    refused('no lockfile whose specs stay'),
    'For prune: remove entries that are in none of these lockfiles, or of the folders that have one, one a line.',
  ),
  'keep-list': list(
    refused('no list of what stays'),
    'For prune: remove entries whose hashes are in none of these files, one a line.',
  ),
  'keep-git': list(
    refused('no commits whose specs stay'),
    'For prune: remove entries that are in none of the lockfiles of these commits, one range (main~20..main), pattern (refs/tags/*) or revision a line. Needs a checkout with fetch-depth: 0.',
  ),
  lockfile: list(
    refused("the environment's lockfile"),
    "For prune: where the lockfile is in the commits of keep-git, from the root of the repository; several where it has moved, one a line. Default: the environment's.",
  ),
  'keep-roots': list(
    refused('no roots that stay'),
    'For prune: remove entries that are neither among the specs in these files, one a line each, nor needed by them.',
  ),
  pin: list(
    refused('no specs that stay'),
    'For prune: whatever else is said, keep these specs, one a line, and what they need.',
  ),
  'max-size': size(
    refused('that what no rule keeps goes, whatever its size'),
    'For prune: remove entries only until the rest fits into this size (200G). Those that were needed longest ago go first.',
  ),
  history: text(
    ALLOWED,
    'For prune: add the size of the mirror to this file, and show in the summary how it changes from run to run. Keep the file: commit it, or use actions/cache.',
  ),
  'remove-all': flag(false, ALLOWED, 'For prune: allow that no entry stays.'),
  'older-than': age(
    UNSET,
    refused('that what no rule keeps goes, whatever its age'),
    'For prune: remove only entries of this age, as 30d or 12h; or all of them, where nothing else says which.',
  ),
  grace: age(
    GRACE,
    ALLOWED,
    'For prune: remove no entry and no blob younger than this. It has to be longer than the longest push.',
  ),
  'nobody-pushes': flag(
    false,
    ALLOWED,
    'For prune: allow a grace under 1h. Say so only when no job pushes to the mirror at the same time.',
  ),
  view: text(refused('the main index'), 'For check-index: look at this view instead of the main index.'),
  'root-lengths': flag(
    false,
    ALLOWED,
    'For check-index: read all entries, and say how long the roots are below which they were built. They can be installed below no longer ones.',
  ),
  repair: flag(
    false,
    ALLOWED,
    'For check-index: remove entries that are proved to be unusable, and make the index anew.',
  ),
  fingerprints: list(
    refused('all keys'),
    'For keys: only these fingerprints, one a line. A mirror has to offer each of them. Their keys are written to the file that the output public-keys names.',
  ),
  publish: text(
    refused('that no key is published'),
    'For keys: publish the public keys in this file on the mirror, instead of asking which ones it offers.',
  ),
  delete: flag(
    false,
    ALLOWED,
    'For prune: do remove the entries. Without it nothing is changed, and the step fails when there is something to remove, unless dry-run is true.',
  ),
  'dry-run': flag(
    false,
    refused('that it is no dry run'),
    'Say what would be pushed, copied, installed or removed, and write nothing.',
  ),
  'allow-unsafe-pull-request-target': flag(
    false,
    ALLOWED,
    "Sign and push on pull_request_target, workflow_run, a pull request's issue_comment and events about any commit (check_suite, status, deployment_status, …) too, and give the mirrors of spack.yaml their credentials: only where nothing of the pull request was built, run or checked out.",
  ),
  jobs: count(JOBS, ALLOWED, 'Requests under way at once.'),
  timeout: count(
    { least: 1, most: 86_400, default: DEFAULT_TIMEOUT_SECONDS },
    ALLOWED,
    'Seconds of silence after which a request fails. A server that hangs for twice as long is not asked again.',
  ),
  retries: count(RETRIES, ALLOWED, 'How often to try again after a failure that may be temporary.'),
  'max-jobs': count(
    { least: 1, most: MAX_JOBS, default: MAX_JOBS },
    ALLOWED,
    'Most entries of the matrix; specs share one where there are more.',
  ),
  runners: count(RUNNERS, ALLOWED, 'For plan: how many jobs run at once.'),
  'index-cache': flag(true, ALLOWED, "Keep the mirrors' indices in the Actions cache."),
  summary: flag(true, ALLOWED, 'Write a job summary.'),
  annotations: flag(true, ALLOWED, 'Show problems as annotations.'),
};

export type InputName = keyof typeof INPUTS;

/** The names of the inputs of one kind. */
export type InputOf<K extends Input['kind']> = {
  [N in InputName]: (typeof INPUTS)[N]['kind'] extends K ? N : never;
}[InputName];
