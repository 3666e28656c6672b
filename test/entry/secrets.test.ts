/** Secrets that somebody has put into URLs, or that are in files and variables of the machine: nothing shows them. */
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { patchElf } from '../../src/package/relocate-tools.ts';
import { startLockHelper } from '../../src/tree/lock-helper.ts';
import { startJob } from '../harness/runner.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { environmentOf, fromSource, mirrorOf, ROOT } from './command-line.ts';
import { runVerb } from './run-verb.ts';

const SECRET = 'S3cret-pass-w0rd';
const ENV = environmentOf('1.2');

const URLS = ['https', 'oci', 'oci+http', 's3', 'gs', 'file', 'sftp'].flatMap((scheme) => [
  `${scheme}://user:${SECRET}@127.0.0.1:9/p`,
  `${scheme}://user:a/${SECRET}@127.0.0.1/p`,
]);

const VERBS: Readonly<Record<string, (url: string) => string[]>> = {
  check: (url) => ['check', '-e', ENV, '-m', url, '-v'],
  'check, to copy to it': (url) => [
    'check',
    '-e',
    ENV,
    '-m',
    mirrorOf('1.2', 'unsigned'),
    '--copy-to',
    url,
    '--copy-list-file',
    'l.json',
  ],
  list: (url) => ['list', '-m', url, '--json'],
  keys: (url) => ['keys', url],
  'update-index': (url) => ['update-index', url],
  prune: (url) => ['prune', url, '--older-than', '1d', '--json'],
  'check-index': (url) => ['check-index', url, '--json'],
  'sync from': (url) => ['sync', '--all', url, 'to'],
  'sync to': (url) => ['sync', '--all', mirrorOf('1.2', 'unsigned'), url, '-u'],
  migrate: (url) => ['migrate', url, '-u'],
  download: (url) => ['download', '-e', ENV, '-m', url, '-s', 'zlib-toy', '-p', 'd'],
  'mirror add': (url) => ['mirror', 'add', 'x', url, '--mirrors', 'm.yaml'],
};

test.each(Object.entries(VERBS))('no verb shows the password of a URL: %s', async (_, args) => {
  await using dir = await tempDir();
  for (const url of URLS) {
    const ran = await runVerb([...args(url), '--retries', '0', '--timeout', '1'], dir.path);
    expect(ran.out + ran.err, url).not.toContain(SECRET);
  }
});

test.each(['copy-to', 'copy-from'])(
  'the password of the input %s is masked, and not shown',
  async (input) => {
    await using dir = await tempDir();
    await using job = await startJob({ workspace: dir.path, here: fromSource });
    const url = `https://user:${SECRET}@127.0.0.1:9/p`;
    const masks: string[] = [];
    const step = await job.uses(ROOT, {
      with: {
        environment: ENV,
        mirrors: `m=${mirrorOf('1.2', 'unsigned')}`,
        retries: 0,
        ...(input === 'copy-from' ? { command: 'sync', 'copy-to': './to' } : {}),
        [input]: url,
      },
      onLine: (line) => void masks.push(line),
    });
    expect(masks, masks.join('|')).toContain(`::add-mask::${SECRET}`);
    const shown = masks.filter((line) => !line.startsWith('::add-mask::')).join('\n');
    expect(shown + step.summary + JSON.stringify(step.outputs)).not.toContain(SECRET);
  },
);

const TEXTS = [
  `${SECRET} and more`,
  `*${SECRET}`,
  `|${SECRET}`,
  `%YAML ${SECRET}`,
  `{"private_key": "${SECRET}"}`,
  `password: ${SECRET}\nother: 1`,
  `mirrors: {a: {signed: ${SECRET}}}`,
  `mirrors: ${SECRET}`,
  `"${SECRET}`,
];

test.each(TEXTS)('no file of the machine is quoted, whatever it is taken for: %s', async (text) => {
  await using dir = await tempDir();
  const secret = join(dir.path, 'secret');
  writeFileSync(secret, `${text}\n`);
  for (const name of ['spack.lock', 'spack.yaml', 'list.json', 'm.yaml', 'keep.txt', 'spec.json']) {
    symlinkSync(secret, join(dir.path, name));
  }
  const mirror = mirrorOf('1.2', 'unsigned');
  for (const args of [
    ['check', '-e', 'spack.lock', '-m', mirror],
    ['check', '-e', '.'],
    ['mirror', 'list', '-e', '.'],
    ['check', '-e', ENV, '--mirrors', 'm.yaml'],
    ['sync', '--manifest-glob', 'list.json', mirror],
    ['prune', mirror, '--keeplist', 'keep.txt'],
    ['download', '--spec-file', 'spec.json', '-m', mirror, '-p', 'd'],
    ['install', '-m', mirror, '--store', 's', '--trusted-keys', 'keep.txt', 'zlib-toy'],
    ['push', mirror, '-e', ENV, '--signing-key-file', 'keep.txt', '--store', 's'],
  ]) {
    const ran = await runVerb(args, dir.path);
    // That a file of mirrors names a folder by its text is what such a file is for.
    const said = (ran.out + ran.err).replace(/there is no folder \S+|file:\S+/g, '');
    expect(said, args.join(' ')).not.toContain(SECRET);
  }
});

test('the path of a mirror does not take in what is secret of the job', async () => {
  await using dir = await tempDir();
  writeFileSync(
    join(dir.path, 'm.yaml'),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Spack's own
    'a: $ACTIONS_RUNTIME_TOKEN/x\nb: ${BUILDCACHE_SIGNING_KEY}/x\nc: ~/$HERE\n',
  );
  const env = { ACTIONS_RUNTIME_TOKEN: SECRET, BUILDCACHE_SIGNING_KEY: SECRET, HERE: 'there' };
  const ran = await runVerb(['mirror', 'list', '--mirrors', 'm.yaml', '--json'], dir.path, env);
  expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('/there') });
  expect(ran.out + ran.err).not.toContain(SECRET);
});

test('programs that we start get nothing that is secret', async () => {
  await using dir = await tempDir();
  const out = join(dir.path, 'environment');
  const program = join(dir.path, 'program');
  writeFileSync(program, `#!/bin/sh\nenv > '${out}'\necho ready\n`, { mode: 0o755 });
  process.env['MY_TOKEN'] = SECRET;
  process.env['INPUT_SIGNING-KEY'] = SECRET;
  try {
    const helper = await startLockHelper([program], 5_000);
    await helper.close();
    expect(readFileSync(out, 'utf8')).toContain('PATH=');
    expect(readFileSync(out, 'utf8')).not.toContain(SECRET);
    writeFileSync(out, '');
    const paths = { rpath: Buffer.from('/x'), interpreter: undefined };
    await patchElf({ patchelf: program, codesign: undefined }, out, paths, undefined);
    expect(readFileSync(out, 'utf8')).toContain('PATH=');
    expect(readFileSync(out, 'utf8')).not.toContain(SECRET);
  } finally {
    delete process.env['MY_TOKEN'];
    delete process.env['INPUT_SIGNING-KEY'];
  }
});
