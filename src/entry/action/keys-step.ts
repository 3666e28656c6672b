/**
 * `command: keys` of the action: lists the public keys that mirrors offer, or publishes keys. The keys whose fingerprints
 * the workflow names are written to a file for `trusted-keys` and for Spack. So the workflow decides which keys are
 * trusted, and the trust ends with the job.
 */
import { join, resolve } from 'node:path';
import { withoutOthers } from '../../cache/trust/drop-forged.ts';
import { type KeysResult, keys, publishKeys } from '../../commands/keys.ts';
import { BuildcacheError } from '../../core/errors.ts';
import { writeWholeFile } from '../../core/write-file.ts';
import { setJsonOutput, setOutput } from '../../github/files.ts';
import type { JobReporter } from '../../github/job-reporter.ts';
import { appendSummary, code, escapeMarkdown, markdownTable } from '../../github/summary.ts';
import { openPushMirror } from '../../mirrors/open-target.ts';
import { keysToPublish } from '../shared/keys-request.ts';
import { KEY_STATES, keysJson, keysText, lifetime } from '../shared/keys-text.ts';
import { keyringFolder } from '../shared/trust-request.ts';
import { theMirror } from './chosen-mirrors.ts';
import { actionConnection } from './connection.ts';
import { requireWritable } from './push-rights.ts';
import type { ActionStep } from './step.ts';

/** The most rows in the summary's table. The output has all keys. */
const MAX_ROWS = 20;

/** @returns the exit code: 1 where a mirror could not be asked, or a named key is not offered or cannot be used */
export async function keysCommand(step: ActionStep, reporter: JobReporter): Promise<number> {
  const { env, inputs, signal } = step;
  const { fingerprints, publish, mirror, configuration } = inputs;
  if (publish !== undefined) return await publishCommand(publish, step, reporter);
  const known = mirror === undefined ? configuration.mirrors.filter(({ binary }) => binary) : [mirror];
  const mirrors = known.filter(({ signed }) => signed);
  if (mirrors.length === 0) {
    throw new BuildcacheError('usage', 'there is no signed mirror to ask for keys', {
      hint: 'name one in the input mirror, or in spack.yaml',
    });
  }
  const connection = actionConnection(inputs, env);
  const keyring = keyringFolder(env);
  const how = { mirrors, connection, keyring, fingerprints, trust: false, force: false, signal };
  const result = await keys(how);
  setJsonOutput(env, 'keys', rowsOf(result), join(step.folder, 'keys.json'));
  if (inputs.summary && env['GITHUB_STEP_SUMMARY']) appendSummary(env, summaryOf(result));
  reporter.grouped('Build cache: keys', keysText(result).trimEnd().split('\n'));
  const problems = problemsOf(result, fingerprints);
  for (const problem of problems) reporter.error(problem);
  if (problems.length > 0) return 1;
  const offered = result.mirrors.flatMap((each) => each.keys);
  if (offered.length === 0) reporter.warn('no mirror offers a key');
  if (fingerprints.length === 0) {
    reporter.info('public-keys is empty: the input fingerprints says whose keys are to be trusted');
    return 0;
  }
  const file = join(step.folder, 'trusted-keys.asc');
  // Mirrors may have different copies of one key: only one of them may say that the key has expired or is revoked.
  const copies = await Promise.all(offered.map(async ({ key }) => (await withoutOthers(key.key)).armor()));
  const armored = new Set(copies);
  await writeWholeFile(file, [...armored].join('\n'));
  setOutput(env, 'public-keys', file);
  return 0;
}

async function publishCommand(file: string, step: ActionStep, reporter: JobReporter): Promise<number> {
  const { env, host, inputs, folder, signal } = step;
  const mirror = theMirror(inputs);
  if (inputs.dryRun) throw new BuildcacheError('usage', 'publishing keys has no dry run');
  requireWritable(mirror, step);
  const wanted = await keysToPublish(resolve(host.workspace ?? process.cwd(), file), inputs.fingerprints);
  const cache = await openPushMirror(mirror, actionConnection(inputs, env));
  try {
    const published = await publishKeys(cache, wanted, signal);
    const words = (sent: boolean) => (sent ? 'published' : 'was there already');
    for (const { fingerprint, sent } of published)
      reporter.info(`${mirror.name}: ${fingerprint} ${words(sent)}`);
    const rows = published.map(({ fingerprint, sent }) => ({
      mirror: mirror.name,
      fingerprint,
      state: sent ? 'published' : 'there',
    }));
    setJsonOutput(env, 'keys', rows, join(folder, 'keys.json'));
    if (inputs.summary && env['GITHUB_STEP_SUMMARY']) {
      const cells = published.map(({ fingerprint, sent }) => [code(fingerprint), words(sent)]);
      appendSummary(
        env,
        `## ✅ Build cache: keys of ${code(mirror.name)}\n\n${markdownTable(['Key', ''], cells)}`,
      );
    }
    return 0;
  } finally {
    await cache.close();
  }
}

/** The keys as JSON, each with its mirror. */
function rowsOf(result: KeysResult) {
  return keysJson(result).mirrors.flatMap(({ name, keys: found }) =>
    found.map((key) => ({ mirror: name, ...key })),
  );
}

function problemsOf({ mirrors, missing }: KeysResult, fingerprints: readonly string[]): string[] {
  const unread = mirrors.flatMap(({ mirror, problems }) =>
    problems.map((problem) => `${mirror}: ${problem}`),
  );
  const asked = unread.length > 0 ? 'no mirror that could be read' : 'no mirror';
  const absent = missing.map((fingerprint) => `${asked} offers the key ${fingerprint}`);
  const useless = mirrors.flatMap(({ mirror, keys: found }) =>
    found.flatMap(({ key: { fingerprint, problem } }) =>
      problem === undefined || !fingerprints.includes(fingerprint)
        ? []
        : [`${mirror}: the key ${fingerprint} is ${problem}`],
    ),
  );
  return [...unread, ...absent, ...useless];
}

function summaryOf({ mirrors, missing }: KeysResult): string {
  const isWrong = missing.length > 0 || mirrors.some(({ problems }) => problems.length > 0);
  const rows = mirrors.flatMap(({ mirror, keys: found }) =>
    found.map(({ key, state }) => [
      code(mirror),
      code(key.fingerprint),
      escapeMarkdown(key.userIds[0] ?? ''),
      escapeMarkdown(key.problem ?? lifetime(key)),
      KEY_STATES[state],
    ]),
  );
  const title = rows.length === 0 ? 'no keys' : rows.length === 1 ? '1 key' : `${rows.length} keys`;
  const shown = rows.slice(0, MAX_ROWS);
  const more = rows.length > MAX_ROWS ? `\n…and ${rows.length - MAX_ROWS} more: the log has them.\n` : '';
  const table =
    rows.length === 0 ? '' : `\n${markdownTable(['Mirror', 'Key', 'Whose', 'Valid', 'Here'], shown)}`;
  return `## ${isWrong ? '❌' : '✅'} Build cache: ${title}\n${table}${more}`;
}
