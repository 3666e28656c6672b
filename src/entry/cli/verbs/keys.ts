/** `buildcache keys`: options in, keys and exit code out. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { parseFingerprint } from '../../../cache/trust/public-key.ts';
import { keys, publishKeys } from '../../../commands/keys.ts';
import { BuildcacheError } from '../../../core/errors.ts';
import { openPushMirror } from '../../../mirrors/open-target.ts';
import { during } from '../../../report/reporter.ts';
import { keysToPublish } from '../../shared/keys-request.ts';
import { keysJson, keysText } from '../../shared/keys-text.ts';
import { keyringFolder } from '../../shared/trust-request.ts';
import {
  addSharedOptions,
  readSurroundings,
  type SharedOptions,
  type Surroundings,
} from '../shared-options.ts';
import { addYesToAll } from '../spack-options.ts';
import type { VerbContext } from '../verb.ts';

interface KeysCommandOptions extends SharedOptions {
  readonly install: boolean;
  readonly trust: boolean;
  readonly force: boolean;
  readonly publish?: string;
}

export function define(command: Command, context: VerbContext): void {
  addSharedOptions(command)
    .argument('[mirror|fingerprint...]', 'only these mirrors, and of their keys only these')
    .option('-i, --install', 'with --trust: keep the keys among those this user trusts', false)
    .option('-t, --trust', 'with --install: trust what these keys sign', false)
    .option('-f, --force', 'replace what is kept of a key, instead of adding to it', false)
    .option('--publish <keyfile>', 'publish the public keys in this file to the one mirror that is named');
  addYesToAll(command).action((named: readonly string[], options: KeysCommandOptions) => {
    // A fingerprint is 40 hexadecimal digits, so no name or path is taken for one by mistake.
    const fingerprints = named.map(parseFingerprint);
    const mirrors = named.filter((_, i) => fingerprints[i] === undefined);
    return run(
      fingerprints.filter((fingerprint) => fingerprint !== undefined),
      { ...options, mirrorUrl: [...options.mirrorUrl, ...mirrors] },
      context,
    );
  });
}

async function run(
  fingerprints: readonly string[],
  options: KeysCommandOptions,
  context: VerbContext,
): Promise<void> {
  const around = await readSurroundings(options, context);
  if (options.publish !== undefined)
    return await publish(options.publish, fingerprints, options, around, context);
  const { mirrors, reporter, connection } = around;
  const signed = mirrors.filter((mirror) => mirror.signed);
  const unsigned = mirrors.filter((mirror) => !mirror.signed);
  if (options.mirrorUrl.length > 0 && signed.length > 0 && unsigned.length > 0) {
    throw new BuildcacheError('usage', 'a mirror that is not signed is not asked for keys', {
      found: unsigned.map(({ name }) => name).join(', '),
      hint: 'leave it out, or configure it as signed',
    });
  }
  if (signed.length === 0) {
    throw new BuildcacheError('usage', 'there is no signed mirror to ask for keys', {
      hint: 'name one, or configure it in spack.yaml',
    });
  }
  const keyring = keyringFolder(context.env);
  const trust = options.install && options.trust;
  const { force } = options;
  const { signal } = context;
  const result = await during(reporter, 'Asking for keys', () =>
    keys({ mirrors: signed, connection, keyring, fingerprints, trust, force, signal }),
  );
  if (options.json) context.stdout.write(`${JSON.stringify(keysJson(result), null, 2)}\n`);
  else if (!options.quiet) context.stdout.write(keysText(result));
  for (const { mirror, problems } of result.mirrors) {
    for (const problem of problems) reporter.warn(`${mirror}: ${problem}`);
  }
  const unread = result.mirrors.some(({ problems }) => problems.length > 0);
  const asked = unread ? 'no mirror that could be read' : 'no mirror';
  for (const fingerprint of result.missing) reporter.error(`${asked} offers the key ${fingerprint}`);
  const half = options.install !== options.trust;
  if (half) reporter.warn('nothing was installed: that takes both --install and --trust');
  const all = result.mirrors.flatMap((mirror) => mirror.keys);
  for (const { key, state } of all) {
    if (state === 'refused')
      reporter.error(`the key ${key.fingerprint} was not installed: it is ${key.problem}`);
  }
  const bad = half || result.missing.length > 0 || all.some(({ state }) => state === 'refused');
  context.exit(all.length === 0 && unread ? 2 : bad || unread ? 1 : 0);
}

async function publish(
  file: string,
  fingerprints: readonly string[],
  options: KeysCommandOptions,
  { mirrors, connection, reporter }: Surroundings,
  context: VerbContext,
): Promise<void> {
  const [mirror] = mirrors;
  if (options.mirrorUrl.length !== 1 || mirror === undefined) {
    throw new BuildcacheError('usage', '--publish wants one mirror', { hint: 'name it after the verb' });
  }
  const wanted = await keysToPublish(resolve(context.cwd, file), fingerprints);
  const cache = await openPushMirror({ ...mirror, name: options.mirrorUrl[0] ?? '' }, connection);
  try {
    const published = await during(reporter, 'Publishing keys', () =>
      publishKeys(cache, wanted, context.signal),
    );
    if (options.json) {
      context.stdout.write(
        `${JSON.stringify({ version: 1, url: cache.reader.storage.url, published }, null, 2)}\n`,
      );
    } else if (!options.quiet) {
      for (const { fingerprint, sent } of published) {
        context.stdout.write(`${fingerprint} ${sent ? 'published' : 'was there already'}\n`);
      }
    }
    context.exit(0);
  } finally {
    await cache.close();
  }
}
