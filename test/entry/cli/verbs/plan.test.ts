import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { startHttpServer } from '../../../harness/http-server.ts';
import { planSite, wide } from '../../../harness/plan-site.ts';
import { tempDir } from '../../../harness/temp-dir.ts';
import { growingTree } from '../../autopush-tree.ts';
import { environmentOf, mirrorOf } from '../../command-line.ts';
import { runVerb } from '../../run-verb.ts';

const TOYS = ['gcc-runtime', 'libtoy', 'toyapp', 'toymake', 'toypy', 'zlib-toy'];

/** The fixture's environment in the working directory, and what of its mirror is wanted in a folder `ours`. */
async function site(present: readonly string[] = []) {
  const dir = await tempDir();
  copyFileSync(join(environmentOf('1.2'), 'spack.lock'), join(dir.path, 'spack.lock'));
  const mirrors = { ours: { url: './ours', signed: false, autopush: true } };
  writeFileSync(join(dir.path, 'spack.yaml'), JSON.stringify({ spack: { mirrors } }));
  cpSync(mirrorOf('1.2', 'unsigned').replace('file://', ''), join(dir.path, 'ours'), { recursive: true });
  const manifests = join(dir.path, 'ours/v3/manifests');
  for (const name of TOYS)
    if (!present.includes(name)) rmSync(join(manifests, 'spec', name), { recursive: true });
  rmSync(join(manifests, 'index'), { recursive: true });
  return {
    folder: dir.path,
    plan: (...args: string[]) => runVerb(['plan', ...args], dir.path),
    json: async (...args: string[]) => JSON.parse((await runVerb(['plan', '--json', ...args], dir.path)).out),
    [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose](),
  };
}

const names = (specs: readonly { readonly name: string }[]) => specs.map(({ name }) => name).sort();

describe('buildcache plan', () => {
  it('plans what is missing, dependencies first, and nothing that is there', async () => {
    await using run = await site(['gcc-runtime', 'zlib-toy']);
    const plan = await run.json('--overhead', '0');
    expect(names(plan.specs)).toEqual(['libtoy', 'toyapp', 'toymake', 'toypy']);
    const order = plan.jobs.flatMap(({ hashes }: { hashes: string[] }) => hashes);
    const place = (name: string) =>
      order.indexOf(plan.specs.find((each: { name: string }) => each.name === name).hash);
    expect(place('libtoy')).toBeLessThan(place('toyapp'));
    const text = await run.plan();
    expect(text).toMatchObject({ code: 0 });
    expect(text.out).toMatch(/^4 specs to build, \d jobs?: about .* on 16 runners/);
    expect(text.out).toMatch(/^ {2}libtoy@2\.0\.0\/2qpxivo {2}60 s, median$/m);
  });

  it('plans the rest when it is made again, and says so when there is none', async () => {
    await using run = await site(TOYS);
    expect(await run.plan()).toMatchObject({ code: 0, out: 'Every spec is present: nothing to build.\n' });
    expect((await run.json()).jobs).toEqual([]);
  });

  it.each(['text', 'json', 'github', 'gitlab', 'slurm'])(
    'gives the same bytes for the same input: %s',
    async (format) => {
      await using run = await site();
      const made = async () => {
        await run.plan('--format', format, '-o', 'plan');
        return readFileSync(join(run.folder, 'plan'), 'utf8');
      };
      expect(await made()).toBe(await made());
    },
  );

  it('plans a spec with what it needs', async () => {
    await using run = await site(['gcc-runtime']);
    const plan = await run.json('zlib-toy');
    expect(names(plan.specs)).toEqual(['toymake', 'zlib-toy']);
    expect(await run.plan('nosuch')).toMatchObject({ code: 2, err: expect.stringContaining('nosuch') });
  });

  it('makes no plan from a guess: exit 2, and an old plan is gone; or all that may be missing is', async () => {
    await using server = await startHttpServer({ fault: () => ({ status: 500 }) });
    await using run = await site();
    writeFileSync(join(run.folder, 'plan'), 'old');
    const mirror = ['-m', server.url, '--retries', '0'];
    const ran = await run.plan(...mirror, '-o', 'plan');
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toContain('there is no plan from a guess');
    expect(existsSync(join(run.folder, 'plan'))).toBe(false);
    const all = await run.json(...mirror, '--on-unknown', 'rebuild');
    expect(names(all.specs)).toEqual(TOYS);
  });

  it('leaves to each job what is for no mirror', async () => {
    await using run = await site();
    const mirrors = { ours: { url: './ours', signed: false, exclude_binary: ['zlib-toy'] } };
    writeFileSync(join(run.folder, 'spack.yaml'), JSON.stringify({ spack: { mirrors } }));
    const plan = await run.json();
    expect(names(plan.specs)).toEqual(TOYS.filter((name) => name !== 'zlib-toy'));
    expect(names(plan.for_no_mirror)).toEqual(['zlib-toy']);
    expect((await run.plan()).out).toContain(
      'zlib-toy@1.3.1/ho3jsm3 is for no mirror: each job that needs it builds it',
    );
    const [{ hash }] = plan.for_no_mirror;
    const chunk = await run.plan('--chunk', hash, '--json');
    expect([chunk.code, JSON.parse(chunk.out)]).toMatchObject([
      1,
      { exit_code: 1, specs: [{ hash, outcome: 'homeless' }] },
    ]);
    expect(chunk.err).toContain('not built: no mirror may take it');
    expect((await run.plan('--chunk', hash, '-o', 'plan')).err).toContain('makes no plan');
    const all = { ours: { url: './ours', signed: false, include_binary: ['nothing'] } };
    writeFileSync(join(run.folder, 'spack.yaml'), JSON.stringify({ spack: { mirrors: all } }));
    // As for a push: a filter that leaves out everything is most likely misspelled, and nothing would be built.
    const none = await run.plan('--format', 'github', '-o', 'plan');
    expect([none.code, none.out, none.err]).toEqual([
      2,
      '',
      expect.stringContaining('no mirror may take any'),
    ]);
    const empty = await run.plan('--allow-empty');
    expect([empty.code, empty.out]).toEqual([0, expect.stringContaining('No mirror may take any of these')]);
  });

  it('knows what specs cost from the install tree, the history and tarballs, and says from where', async () => {
    await using run = await site(['gcc-runtime']);
    const tree = await growingTree(join(run.folder, 'store'));
    await tree.add({ 'zlib-toy': 'built' });
    const [prefix = ''] = readdirSync(join(run.folder, 'store'), {
      recursive: true,
      encoding: 'utf8',
    }).filter((name) => /zlib-toy-[^/]*\/\.spack$/.test(name));
    writeFileSync(join(run.folder, 'store', prefix, 'install_times.json'), '{"total": 77.5, "phases": []}');
    const build = { name: 'libtoy', version: '1.9', hash: 'b'.repeat(32), seconds: 300 };
    writeFileSync(join(run.folder, 'times.json'), JSON.stringify({ version: 1, builds: [build] }));
    const { out } = await run.plan('--store', 'store', '--times', 'times.json');
    expect(out).toMatch(/zlib-toy@1\.3\.1\/ho3jsm3 {2}78 s, build time of zlib-toy@1\.3\.1\/ho3jsm3$/m);
    expect(out).toMatch(/libtoy@2\.0\.0\/2qpxivo {2}5 min, history of libtoy@1\.9\/bbbbbbb$/m);
    expect(out).toMatch(/toymake@4\.4\/x5la2pd {2}\d+ \w+, median$/m);
    expect(await run.plan('--times', 'spack.yaml')).toMatchObject({
      code: 2,
      err: expect.stringContaining('spack.yaml'),
    });
  });

  it('refuses what makes no sense', async () => {
    await using run = await site();
    for (const [args, text] of [
      [['--runners', '0'], 'whole number'],
      [['--overhead', '-1'], 'seconds'],
      [['--overhead', 'x'], 'seconds'],
      [['--max-jobs', '0'], 'whole number'],
      [['--format', 'jenkins'], 'text, json, github, gitlab, slurm'],
      [
        [
          '--format',
          'gitlab',
          '-m',
          'https://user:hunter2@mirror.invalid/x',
          '--on-unknown',
          'rebuild',
          '--retries',
          '0',
        ],
        'credentials',
      ],
      [['--needs', 'nosuch'], 'nosuch'],
    ] as const) {
      const ran = await run.plan(...args);
      expect(ran, text).toMatchObject({ code: 2, out: '', err: expect.stringContaining(text) });
      expect(ran.err).not.toContain('hunter2');
    }
  });
});

describe('a plan for GitHub', () => {
  it('is as many matrices as there may be waves, the last ones empty', async () => {
    await using run = await site();
    const waves = JSON.parse((await run.plan('--format', 'github', '--waves', '7')).out);
    expect(waves).toHaveLength(7);
    expect(waves[0].include[0]).toEqual({
      name: expect.stringMatching(/^[\w.-]+$/),
      chunk: expect.stringMatching(/^[a-z2-7]{32}( [a-z2-7]{32})*$/),
      specs: expect.any(Number),
      minutes: expect.any(Number),
    });
    expect(waves.at(-1)).toEqual({ include: [] });
  });
});

describe('a plan for GitLab', () => {
  it('is a pipeline whose jobs need each other, at most 50 each, with the default: block as it was', async () => {
    await using dir = await tempDir();
    const made = planSite(dir.path, 200, 9);
    writeFileSync(
      join(dir.path, 'default.yml'),
      'tags: [big]\nbefore_script:\n  - |\n    echo "a: b"\n    # no comment\n',
    );
    const args = ['--format', 'gitlab', '--overhead', '0', '--max-jobs', '2000', '--default', 'default.yml'];
    const { out, code } = await runVerb(['plan', '-e', 'env', ...args], dir.path);
    expect(code).toBe(0);
    const pipeline = parse(out);
    expect(pipeline.default).toEqual({ tags: ['big'], before_script: ['echo "a: b"\n# no comment\n'] });
    const jobs = Object.entries<{ needs?: { job: string }[]; variables?: { BUILDCACHE_CHUNK?: string } }>(
      pipeline,
    ).filter(([, { needs }]) => needs !== undefined);
    const known = new Set(jobs.map(([name]) => name));
    for (const [name, { needs = [] }] of jobs) {
      expect(needs.length).toBeLessThanOrEqual(50);
      for (const { job } of needs) expect(known.has(job) && job !== name).toBe(true);
    }
    const chunks = jobs.flatMap(([, { variables }]) => variables?.BUILDCACHE_CHUNK?.split(' ') ?? []);
    expect(chunks.sort()).toEqual([...made.buildable].sort());
  });

  it('gathers more than 50 needs', async () => {
    await using dir = await tempDir();
    wide(dir.path, 120);
    const args = ['--format', 'gitlab', '--overhead', '0', '--runners', '500'];
    const { out } = await runVerb(['plan', '-e', 'env', ...args], dir.path);
    const pipeline = parse(out);
    const [[name] = ['']] = Object.entries<{ needs?: unknown[] }>(pipeline).filter(([each]) =>
      /^top-/.test(each),
    );
    expect(pipeline[name].needs).toHaveLength(3);
    for (const { job } of pipeline[name].needs) expect(pipeline[job]).toMatchObject({ script: ['true'] });
  });

  it('refuses a default: block that is none', async () => {
    await using run = await site();
    for (const text of ['- a\n', 'a: [\n', '---\na: b\n', 'a', `a: ${'x'.repeat(70_000)}\n`]) {
      writeFileSync(join(run.folder, 'default.yml'), text);
      const ran = await run.plan('--format', 'gitlab', '--default', 'default.yml', '-o', 'out.yml');
      expect(ran).toMatchObject({ code: 2, err: expect.stringContaining('default.yml') });
      expect(existsSync(join(run.folder, 'out.yml'))).toBe(false);
    }
  });
});

describe('a plan for Slurm', () => {
  it('submits jobs that depend on the same as one array, with what they depend on', async () => {
    await using dir = await tempDir();
    planSite(dir.path, 60, 9);
    const { out } = await runVerb(['plan', '-e', 'env', '--format', 'slurm', '--overhead', '0'], dir.path);
    expect(out).toContain('--kill-on-invalid-dep=yes');
    const submitted = out.split('\n').filter((line) => line.startsWith('submit '));
    expect(submitted.some((line) => line.startsWith('submit array-'))).toBe(true);
    expect(submitted.some((line) => /'ok:[\w.-]+( \w+:[\w.-]+)*'|ok:[\w.-]+ /.test(line))).toBe(true);
  });
});

describe('a job of a plan', () => {
  it.each<[string, string, (folder: string) => readonly string[]]>([
    [
      'a blob that is gone',
      'gitlab',
      (folder) => {
        rmSync(join(folder, 'ours/blobs'), { recursive: true });
        return ['--verify', 'blobs'];
      },
    ],
    [
      'a mirror that was left out',
      'slurm',
      (folder) => {
        cpSync(join(folder, 'ours'), join(folder, 'theirs'), { recursive: true });
        rmSync(join(folder, 'ours/v3/manifests'), { recursive: true });
        const mirrors = {
          ours: { url: './ours', signed: false },
          theirs: { url: './theirs', signed: false },
        };
        writeFileSync(join(folder, 'spack.yaml'), JSON.stringify({ spack: { mirrors } }));
        return ['--only-mirrors', './ours', '--require-signatures'];
      },
    ],
    [
      'a server that gives no answer',
      'gitlab',
      () => ['-m', 'http://127.0.0.1:9/x', '--on-unknown', 'rebuild'],
    ],
  ])('takes for missing what the plan has, because of %s', async (_, format, change) => {
    await using run = await site(TOYS);
    const args = change(run.folder);
    const made = await run.plan('gcc-runtime', '--retries', '0', '--format', format, ...args);
    const [, words = ''] = / -- buildcache plan (.*) --chunk .*? -- spack /.exec(made.out) ?? [];
    const chunk = ['--retries', '0', '--chunk', 'n7wlr2ifbpzbcgmgafo37sp4ert7bbp7', '--', 'false'];
    const job = await run.plan(...words.split(' '), ...chunk);
    expect(job).toMatchObject({ code: 1, err: expect.stringContaining('exit code 1') });
  });

  it('has the environment of the plan, and reaches its mirrors in the same way', async () => {
    await using run = await site();
    const args = ['--format', 'slurm', '--ca-file', 'a b.pem', '--insecure', '--forbidden', 'unknown'];
    writeFileSync(join(run.folder, 'a b.pem'), '');
    const env = { SPACK_ENV: run.folder };
    const { out } = await runVerb(['plan', ...args, '--store', 'store'], join(run.folder, 'ours'), env);
    const around = `-e ${run.folder} --ca-file 'a b.pem' --insecure`;
    expect(out).toContain(
      `  buildcache autopush --watch ${around} --store store -- buildcache plan ${around} --needs all` +
        ` --forbidden unknown --chunk "$BUILDCACHE_CHUNK" -- spack -e ${run.folder} install --only-concrete\n`,
    );
  });

  it('drops what is on a mirror by now, and what lacks something that no mirror has', async () => {
    await using run = await site(['gcc-runtime', 'toymake']);
    const plan = await run.json();
    const hash = (name: string) => plan.specs.find((each: { name: string }) => each.name === name).hash;
    const toymake = 'x5la2pd2zbeofnwyzygerhnzjeucepfu';
    const ran = await run.plan('--chunk', `${toymake} ${hash('libtoy')}`, '--', 'false');
    expect(ran).toMatchObject({ code: 1 });
    expect(ran.err).toContain('toymake@4.4/x5la2pd: on a mirror by now, dropped');
    expect(ran.err).toContain('libtoy@2.0.0/2qpxivo: blocked, dropped: no mirror has zlib-toy@1.3.1/ho3jsm3');
    expect(await run.plan('--chunk', toymake, '--', 'false')).toMatchObject({ code: 0 });
  });

  it('without a command says what it would build', async () => {
    await using run = await site(['gcc-runtime', 'toymake']);
    const ran = await run.plan('--chunk', 'ho3jsm3l5abkyjol5qpa6tojdouuj33m');
    expect(ran).toMatchObject({ code: 0, out: 'zlib-toy@1.3.1/ho3jsm3l5abkyjol5qpa6tojdouuj33m\n' });
  });

  it('builds nothing where a mirror gives no answer', async () => {
    await using server = await startHttpServer({ fault: () => ({ status: 500 }) });
    await using run = await site();
    const args = ['-m', server.url, '--retries', '0', '--chunk', 'n7wlr2ifbpzbcgmgafo37sp4ert7bbp7'];
    expect(await run.plan(...args, '--', 'sh', '-c', 'touch built')).toMatchObject({ code: 2 });
    expect(existsSync(join(run.folder, 'built'))).toBe(false);
    expect(await run.plan(...args, '--on-unknown', 'rebuild', '--', 'sh', '-c', 'touch built')).toMatchObject(
      {
        code: 0,
      },
    );
    expect(existsSync(join(run.folder, 'built'))).toBe(true);
  });

  it('says what is wrong with its hashes and its command', async () => {
    await using run = await site();
    mkdirSync(join(run.folder, 'folder'));
    for (const [args, text] of [
      [['--chunk', ''], '--chunk is empty'],
      [['--chunk', ','], 'no spec in this chunk'],
      [['--chunk', 'z'.repeat(32)], 'matches'],
      [['--chunk', '!'], 'whole hashes'],
      [['--chunk', 'n7wlr2ifbpzbcgmgafo37sp4ert7bbp7', '--', 'no-such-program'], 'no-such-program'],
    ] as const) {
      expect(await run.plan(...args), text).toMatchObject({ code: 2, err: expect.stringContaining(text) });
    }
  });

  it('keeps the signing key from what it runs', async () => {
    await using run = await site();
    const script = 'env > seen';
    const args = ['plan', '--chunk', 'n7wlr2ifbpzbcgmgafo37sp4ert7bbp7', '--', 'sh', '-c', script];
    const keys = { BUILDCACHE_SIGNING_KEY: 'KEY-TEXT', BUILDCACHE_SIGNING_PASSPHRASE: 'PASS-TEXT' };
    const env = { ...keys, PATH: process.env['PATH'] ?? '', KEPT: 'kept' };
    expect(await runVerb(args, run.folder, env)).toMatchObject({ code: 0 });
    const seen = readFileSync(join(run.folder, 'seen'), 'utf8');
    expect(seen).toContain('KEPT=kept');
    expect(seen).not.toContain('-TEXT');
  });
});
