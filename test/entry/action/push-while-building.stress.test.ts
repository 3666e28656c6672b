/** `push-while-building`: the main step, the watcher it starts and the post step, each a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { cp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { makeKey } from '../../cache/keys.ts';
import { assertSound, folderDocuments, listedHashes, publishedHashes } from '../../cache/mirror-state.ts';
import { type JobOptions, startJob } from '../../harness/runner.ts';
import { ACCESS_KEY, type S3Fault, SECRET_KEY, startS3Server } from '../../harness/s3-server.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { growingTree } from '../autopush-tree.ts';
import { environmentOf, fromSource, mirrorOf, ROOT, stepOf } from '../command-line.ts';

/** Each step in a process of its own, which ends, but from the source. */
function inProcess(file: string): (() => Promise<void>) | undefined {
  const step = stepOf(file);
  const bundle = pathToFileURL(join(ROOT, 'src/entry/bundle.ts')).href;
  const call = step === 'main' || step === 'post' ? `${step}()` : `main('${step}')`;
  const program = `import('${bundle}').then((bundle) => bundle.${call})`;
  return async () => {
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.on('data', (text: Buffer) => void process.stdout.write(text));
    // Not before nobody holds its streams any more, as the runner waits.
    const [code] = await once(child, 'close');
    process.exitCode = code;
  };
}

const PUSHES = { id_variable: 'S3_ID', secret_variable: 'S3_SECRET' };
const CREDENTIALS = { S3_ID: ACCESS_KEY, S3_SECRET: SECRET_KEY };

/** A job that watches a tree that is empty at first, and pushes to the folder `mirror`. */
async function job({
  signed = false,
  mirror = {},
  bulk = 0,
  ...options
}: JobOptions & { readonly signed?: boolean; readonly mirror?: object; readonly bulk?: number } = {}) {
  const dir = await tempDir();
  const workspace = options.workspace ?? dir.path;
  await cp(environmentOf('1.2'), join(workspace, 'env'), { recursive: true });
  const started = await startJob({ here: fromSource, ...options, workspace });
  const tree = await growingTree(join(dir.path, 'store'), bulk);
  const mirrors = JSON.stringify({
    mirrors: { mirror: { url: './mirror', signed, autopush: true, ...mirror } },
  });
  const made = await makeKey({ passphrase: 'a secret phrase' });
  const key = { 'signing-key': made.privateKey, 'signing-passphrase': 'a secret phrase' };
  const documents = () => folderDocuments(join(workspace, 'mirror'));
  const folder = async () => {
    const own = (await readdir(started.temp)).filter((name) => name.startsWith('buildcache-'));
    const found = own.map((name) => join(started.temp, name, 'watch')).find((path) => existsSync(path));
    if (found === undefined) throw new Error('nothing is watched');
    return found;
  };
  const pid = async () => Number(await readFile(join(await folder(), 'pid'), 'utf8'));
  return {
    ...started,
    tree,
    workspace,
    folder,
    pid,
    documents,
    blobs: () => [...documents().keys()].filter((name) => name.startsWith('blobs/')).length,
    published: () => publishedHashes(documents()),
    log: async () => await readFile(join(await folder(), 'log'), 'utf8'),
    /** Waits until it watches: what comes before that is not what is tested. */
    async main(inputs: Record<string, string | boolean> = {}, env = {}, action = join(ROOT, 'autopush')) {
      const result = await started.uses(action, {
        env: { BUILDCACHE_WATCH_POLL: '0.1', BUILDCACHE_WATCH_NICE: '0', ...env },
        with: {
          environment: 'env',
          'install-tree': 'store',
          mirrors,
          'push-while-building': true,
          ...(signed ? key : {}),
          ...inputs,
        },
      });
      return result;
    },
    async begun() {
      const journal = join(await folder(), 'journal.jsonl');
      await until(() => existsSync(journal));
    },
    async post() {
      const [post] = await started.finish();
      if (post === undefined) throw new Error('there was no post step');
      return post;
    },
    async [Symbol.asyncDispose]() {
      await started[Symbol.asyncDispose]();
      await dir[Symbol.asyncDispose]();
    },
  };
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(20)) if (await isSo()) return;
  throw new Error('it did not come about');
}

function isThere(pid: number): boolean {
  try {
    // One that has ended and that nobody has waited for has no command line.
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch {
    return false;
  }
}

describe('push-while-building', () => {
  it('of an unsigned mirror, pushes whole entries while the job goes on, from a process that outlives the step', async () => {
    await using run = await job({ here: inProcess });
    const main = await run.main();
    expect(main, main.log).toMatchObject({ exitCode: 0, annotations: [] });
    expect(main.log).toMatch(/push-while-building: process \d+ pushes to mirror beside what follows$/m);
    const pid = await run.pid();
    for (const name of ['gcc-runtime', 'toymake']) {
      await run.tree.add({ [name]: 'built' });
      await until(() => run.published().has(run.tree.hashOf(name)));
    }
    expect(listedHashes(run.documents()).size).toBe(0);
    expect(isThere(pid)).toBe(true);
    const post = await run.post();
    expect(post, post.log).toMatchObject({ exitCode: 0, annotations: [] });
    expect(isThere(pid)).toBe(false);
    expect(run.orphans).toEqual([]);
    expect(post.log).toContain('push-while-building: 2 pushed while building, 0 at the end');
    expect(post.log).toMatch(/^toymake@.*: pushed \(mirror\): .*, while building$/m);
    expect(post.summary).toContain('2 pushed while building, 0 at the end');
    expect(post.summary).toContain('✅ Build cache: 2 pushed');
    const [said] = post.groups;
    expect(said?.name).toBe('push-while-building: what the watcher said');
    expect(said?.lines.join('\n')).toMatch(/^\d\d:\d\d:\d\d gcc-runtime@\S+: pushed \(mirror\)$/m);
    expect(listedHashes(run.documents()).size).toBe(2);
    assertSound(run.documents());
  });

  it('of a signed mirror, sends blobs without the key, and the post step signs; the rest comes at the end', async () => {
    await using run = await job({ signed: true });
    const main = await run.main({}, { BUILDCACHE_WATCH_NICE: '' });
    expect(main.log).toContain('it has no key, so that the post step signs');
    await run.begun();
    await run.tree.add({ 'gcc-runtime': 'built' });
    await until(() => run.blobs() === 2);
    const pid = await run.pid();
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
    expect(environment).not.toMatch(/PGP PRIVATE|a secret phrase|ghs_|GITHUB_OUTPUT=|GITHUB_ENV=/);
    expect(environment).toContain('RUNNER_TRACKING_ID=');
    const [, status = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    expect(status.split(' ')[16]).toBe('10');
    expect(run.published().size).toBe(0);
    process.kill(pid, 'SIGSTOP');
    await run.tree.add({ toymake: 'built' });
    setTimeout(() => process.kill(pid, 'SIGCONT'), 300);
    const post = await run.post();
    expect(post, post.log).toMatchObject({ exitCode: 0, annotations: [] });
    expect(post.log).toMatch(/[01] at the end$/m);
    expect(post.log).toMatch(/^gcc-runtime@.*, while building$/m);
    expect(run.published().size).toBe(2);
    const manifests = [...run.documents()].filter(([name]) => name.endsWith('.spec.manifest.json'));
    for (const [, text] of manifests) expect(text.toString()).toContain('BEGIN PGP SIGNED MESSAGE');
    assertSound(run.documents());
  });

  it('signs at once with sign-while-building, from a process that has the key', async () => {
    await using run = await job({ signed: true });
    await run.main({ 'sign-while-building': true });
    await run.tree.add({ 'gcc-runtime': 'built' });
    await until(() => run.published().size === 1);
    expect(readFileSync(`/proc/${await run.pid()}/environ`, 'utf8')).toContain('PGP PRIVATE');
    expect(await run.post()).toMatchObject({ exitCode: 0, annotations: [] });
    expect(listedHashes(run.documents()).size).toBe(1);
  });

  it('around a check starts only where something is to be built', async () => {
    await using run = await job();
    const check = { 'index-cache': false };
    expect((await run.main(check, {}, ROOT)).log).toContain('beside what follows');
    await run.tree.add({ 'gcc-runtime': 'built' });
    await until(() => run.published().size === 1);
    expect(await run.post()).toMatchObject({ exitCode: 0 });
    await using other = await job();
    await cp(mirrorOf('1.2', 'unsigned'), join(other.workspace, 'mirror'), { recursive: true });
    const main = await other.main(check, {}, ROOT);
    expect(main.log).toContain('push-while-building: nothing is to be built');
    expect(await other.post()).toMatchObject({ exitCode: 0, annotations: [] });
  });

  it('waits for an environment that a later step concretizes', async () => {
    await using run = await job();
    const lock = join(run.workspace, 'env/spack.lock');
    await rename(lock, `${lock}.later`);
    await run.main();
    await run.begun();
    await run.tree.add({ 'gcc-runtime': 'built', toyapp: 'built' });
    await sleep(500);
    expect(existsSync(join(run.workspace, 'mirror/v3'))).toBe(false);
    const document = JSON.parse(await readFile(`${lock}.later`, 'utf8'));
    const kept = run.tree.hashOf('gcc-runtime');
    document.roots = [{ hash: kept, spec: 'gcc-runtime' }];
    for (const name of ['toyapp', 'toypy', 'libtoy']) delete document.concrete_specs[run.tree.hashOf(name)];
    await writeFile(lock, JSON.stringify(document));
    await until(() => existsSync(join(run.workspace, 'mirror/v3')) && run.published().has(kept));
    expect(await run.post()).toMatchObject({ exitCode: 0 });
    expect(run.published()).toEqual(new Set([kept]));
  });

  it.each<[string, JobOptions, Record<string, string | boolean>, RegExp]>([
    ['a dry run', {}, { 'dry-run': true }, /nothing is pushed in a dry run/],
    [
      "a fork's pull request",
      {
        event: {
          name: 'pull_request',
          payload: { pull_request: { number: 3, head: { repo: { full_name: 'stranger/fork' } } } },
        },
      },
      {},
      /this run may not write to a mirror/,
    ],
    ['autopush: false', {}, { autopush: false }, /nothing will be pushed/],
  ])('%s: nothing is watched', async (_, options, inputs, text) => {
    await using run = await job(options);
    const main = await run.main(inputs);
    expect(main.exitCode).toBe(0);
    expect(main.log).toMatch(text);
    await expect(run.folder()).rejects.toThrow('nothing is watched');
    await run.tree.add({ 'gcc-runtime': 'built' });
    expect((await run.post()).exitCode).toBe(0);
    expect(existsSync(join(run.workspace, 'mirror'))).toBe(false);
  });

  it('is refused where it makes no sense', async () => {
    await using run = await job();
    const main = await run.main({ 'push-while-building': false, 'sign-while-building': true });
    expect(main.exitCode).toBe(1);
    expect(main.annotations[0]?.message).toMatch(/sign-while-building is wrong.*push-while-building: true/);
  });
});

describe('a watcher that fails leaves all to the post step, which says so', () => {
  it.each(['SIGKILL', 'SIGSEGV'] as const)('killed by %s after some of it', async (signal) => {
    await using run = await job({ signed: true });
    await run.main();
    await run.tree.add({ 'gcc-runtime': 'built' });
    // What is noted is known to the post step.
    await until(async () => (await run.log()).includes('gcc-runtime'));
    process.kill(await run.pid(), signal);
    await run.tree.add({ toymake: 'built' });
    await until(async () => !isThere(await run.pid()));
    const post = await run.post();
    expect(post.exitCode, post.log).toBe(0);
    expect(post.annotations).toMatchObject([
      {
        level: 'warning',
        message: expect.stringMatching(/the watcher was gone before the job ended.*gcc-runtime/),
      },
    ]);
    expect(post.log).toContain('1 pushed while building, 1 at the end');
    expect(post.summary).toContain('the watcher was gone');
    expect(run.published().size).toBe(2);
    assertSound(run.documents());
  });

  it('that was killed while it began', async () => {
    await using run = await job();
    await run.main();
    process.kill(await run.pid(), 'SIGKILL');
    await run.tree.add({ 'gcc-runtime': 'built' });
    await until(async () => !isThere(await run.pid()));
    const post = await run.post();
    expect(post.exitCode).toBe(0);
    expect(post.annotations.map(({ message }) => message).join()).toContain('the watcher was gone');
    expect(run.published().size).toBe(1);
  });

  it('that was never started', async () => {
    await using run = await job();
    await run.main();
    const pid = await run.pid();
    process.kill(pid, 'SIGKILL');
    await rm(await run.folder(), { recursive: true });
    await run.tree.add({ 'gcc-runtime': 'built' });
    const post = await run.post();
    expect(post.exitCode).toBe(0);
    expect(post.annotations.map(({ message }) => message).join()).toContain('the watcher was not started');
    expect(run.published().size).toBe(1);
  });

  it('that cannot begin at all', async () => {
    await using run = await job();
    await run.main({}, { NODE_OPTIONS: '--require /no/such/file' });
    await run.tree.add({ 'gcc-runtime': 'built' });
    await until(async () => !isThere(await run.pid()));
    const post = await run.post();
    expect(post.exitCode).toBe(0);
    expect(post.annotations.map(({ message }) => message).join()).toContain('the watcher was gone');
    expect(post.log).toMatch(/Cannot find module '\/no\/such\/file'/);
    expect(run.published().size).toBe(1);
  });

  it('whose mirror is down while the job builds: it tries again, and the post step pushes all', async () => {
    await using run = await job();
    await writeFile(join(run.workspace, 'mirror'), 'no folder');
    await run.main();
    await run.tree.add({ 'gcc-runtime': 'built' });
    await until(async () => (await run.log()).includes('warning: mirror: tried again later'));
    await rm(join(run.workspace, 'mirror'));
    const post = await run.post();
    expect(post.exitCode, post.log).toBe(0);
    expect(post.annotations).toMatchObject([
      {
        level: 'warning',
        message: expect.stringMatching(/not all went well beside the builds: mirror: tried/),
      },
    ]);
    expect(run.published().size).toBe(1);
    await using patient = await job();
    await writeFile(join(patient.workspace, 'mirror'), 'no folder');
    await patient.main();
    await patient.tree.add({ 'gcc-runtime': 'built' });
    await until(async () => (await patient.log()).includes('warning: mirror: tried again later'));
    await rm(join(patient.workspace, 'mirror'));
    await until(() => existsSync(join(patient.workspace, 'mirror/v3')) && patient.published().size === 1);
    expect((await patient.post()).log).toContain('1 pushed while building, 0 at the end');
  });

  it('whose mirror is down to the end: the job fails', async () => {
    await using run = await job();
    await writeFile(join(run.workspace, 'mirror'), 'no folder');
    await run.main();
    await run.tree.add({ 'gcc-runtime': 'built' });
    const post = await run.post();
    expect(post.exitCode).toBe(1);
    expect(post.log).toContain('0 pushed while building, 0 at the end');
  });

  it.each([
    ['hangs with its mirror', false, undefined],
    ['answers to nothing', true, /did not end within 1 s and was killed/],
  ])('that %s: it is waited for no longer than it may be', async (_, stopped, message) => {
    let fault: S3Fault | undefined = 'stall';
    const server = await startS3Server({ fault: ({ method }) => (method === 'PUT' ? fault : undefined) });
    try {
      await using run = await job({
        mirror: { url: 's3://bucket/cache', endpoint_url: server.url, access_pair: PUSHES },
        env: { ...CREDENTIALS, BUILDCACHE_PUSH_TIMEOUT: '3' },
      });
      await run.main();
      await run.begun();
      await run.tree.add({ 'gcc-runtime': 'built' });
      await until(() => server.requests.some(({ method }) => method === 'PUT'));
      if (stopped) process.kill(await run.pid(), 'SIGSTOP');
      fault = undefined;
      const began = Date.now();
      const post = await run.post();
      expect(Date.now() - began).toBeLessThan(25_000);
      expect(post.exitCode, post.log).toBe(0);
      expect(isThere(await run.pid())).toBe(false);
      const warnings = post.annotations.map((annotation) => annotation.message);
      if (message === undefined) expect(warnings).toEqual([]);
      else expect(warnings).toMatchObject([expect.stringMatching(message)]);
      expect([...server.objects.keys()].filter((name) => name.includes('/spec/gcc-runtime'))).toHaveLength(1);
    } finally {
      await server.close();
    }
  });
});

describe('a runner that is lost', () => {
  it('has left blobs that the next job finds: what it builds again the same is not sent again', async () => {
    const server = await startS3Server();
    try {
      const mirror = { url: 's3://bucket/cache', endpoint_url: server.url, access_pair: PUSHES };
      await using lost = await job({ signed: true, mirror, env: CREDENTIALS, bulk: 300_000 });
      const blobs = () => [...server.objects].filter(([name]) => name.includes('/blobs/'));
      await lost.main();
      await lost.tree.add({ 'gcc-runtime': 'built', toymake: 'built', 'zlib-toy': 'built' });
      await until(async () => (await lost.log()).includes('zlib-toy'));
      process.kill(await lost.pid(), 'SIGKILL');
      const left = blobs();
      const sent = server.bytesIn.get('PUT') ?? 0;
      expect(left).toHaveLength(6);

      // Another runner, with nothing on it but the same paths.
      await rm(join(lost.workspace, 'store'), { recursive: true });
      await using next = await job({ signed: true, mirror, env: CREDENTIALS, workspace: lost.workspace });
      await next.main({ 'push-while-building': false });
      await lost.tree.add({ 'gcc-runtime': 'built', toymake: 'built', 'zlib-toy': 'built' });
      server.requests.length = 0;
      server.bytesIn.clear();
      const post = await next.post();
      expect(post, post.log).toMatchObject({ exitCode: 0, annotations: [] });
      expect(post.log).toContain('3 pushed');
      const puts = server.requests.filter(({ method }) => method === 'PUT').map(({ key }) => key);
      const known = left.map(([name]) => name.replace('bucket/', ''));
      expect(puts.filter((key) => known.includes(key))).toEqual([]);
      expect(puts.filter((key) => key.endsWith('.spec.manifest.json'))).toHaveLength(3);
      // Three manifests, the index, the key and what lists it.
      const again = server.bytesIn.get('PUT') ?? 0;
      console.log(`bytes sent: ${sent} by the job that was lost, ${again} by the next`);
      expect(sent).toBeGreaterThan(900_000);
      expect(again).toBeLessThan(12_000);
    } finally {
      await server.close();
    }
  });

  it('or whose blobs somebody has taken away by the time they are signed: they are sent again', async () => {
    await using run = await job({ signed: true });
    await run.main();
    await run.tree.add({ 'gcc-runtime': 'built', toymake: 'built' });
    await until(() => run.blobs() === 4);
    const [first = ''] = [...run.documents().keys()].filter((name) => name.startsWith('blobs/'));
    await until(async () => (await run.log()).includes('toymake'));
    await rm(join(run.workspace, 'mirror', first));
    const post = await run.post();
    expect(post, post.log).toMatchObject({ exitCode: 0, annotations: [] });
    expect(run.published().size).toBe(2);
    assertSound(run.documents());
  });
});

describe('a watcher that nobody ends', () => {
  it('is ended by the runner when the job is over', async () => {
    await using run = await job();
    await run.main();
    const pid = await run.pid();
    await run[Symbol.asyncDispose]();
    await until(() => !isThere(pid));
  });

  it('ends itself when its folder is gone, as on a runner that was lost and begins another job', async () => {
    await using run = await job();
    await run.main();
    await run.begun();
    const pid = await run.pid();
    await rm(join(await run.folder(), '..'), { recursive: true });
    await until(() => !isThere(pid));
  });
});

it('writes no secret to its log, whatever a server says', async () => {
  const body = Buffer.from(
    `<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>not with ${SECRET_KEY}</Message></Error>`,
  );
  const server = await startS3Server({
    fault: ({ method }) => (method === 'PUT' ? { answer: { status: 403, headers: {}, body } } : undefined),
  });
  try {
    await using run = await job({
      mirror: { url: 's3://bucket/cache', endpoint_url: server.url, access_pair: PUSHES },
      env: CREDENTIALS,
    });
    await run.main();
    await run.tree.add({ 'gcc-runtime': 'built' });
    await until(async () => (await run.log()).includes('warning: mirror: tried again later'));
    const log = await run.log();
    expect(log).not.toContain(SECRET_KEY);
    const post = await run.post();
    expect(post.exitCode).toBe(1);
    expect(post.log).toContain('not with ***');
    expect(post.log).not.toContain(SECRET_KEY);
  } finally {
    await server.close();
  }
});
