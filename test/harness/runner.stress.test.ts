import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeAction } from './fake-action.ts';
import { type JobOptions, type StepOptions, startJob } from './runner.ts';
import { tempDir } from './temp-dir.ts';

/** An action whose main step (and post step) runs this JavaScript, in a job of its own. */
async function acting(sources: { main: string; post?: string; yml?: string }, options: JobOptions = {}) {
  const dir = await tempDir();
  const preamble = "import fs from 'node:fs'; const env = process.env; const say = console.log;\n";
  const post = sources.post === undefined ? '' : '  post: post.mjs\n';
  await writeAction(dir.path, {
    'action.yml': `name: fake\n${sources.yml ?? ''}\nruns:\n  using: node24\n  main: main.mjs\n${post}`,
    'main.mjs': preamble + sources.main,
    'post.mjs': preamble + (sources.post ?? ''),
  });
  const job = await startJob(options);
  return {
    job,
    folder: dir.path,
    main: (step?: StepOptions) => job.uses(dir.path, step),
    async [Symbol.asyncDispose]() {
      await job[Symbol.asyncDispose]();
      await dir[Symbol.asyncDispose]();
    },
  };
}

const printed = (stdout: string): unknown => JSON.parse(stdout);

describe('what an action finds', () => {
  it('inputs: names upper-cased, spaces as underscores, dashes kept; defaults; expressions; untrimmed', async () => {
    await using action = await acting({
      yml: `inputs:
  needs-rebuild: {default: false}
  a name: {default: ' x '}
  number: {default: 256}
  nothing: {}
  token: {default: '\${{ github.token }}'}
  old: {deprecationMessage: use new}
`,
      main: `say(JSON.stringify(Object.fromEntries(Object.entries(env).filter(([k]) => k.startsWith('INPUT_')))))`,
    });
    const result = await action.main({ with: { 'A Name': ' y\n', old: 1, bogus: true } });
    expect(printed(result.stdout)).toEqual({
      'INPUT_NEEDS-REBUILD': 'false',
      INPUT_A_NAME: ' y\n',
      INPUT_NUMBER: '256',
      INPUT_NOTHING: '',
      INPUT_TOKEN: expect.stringMatching(/^ghs_/),
      INPUT_OLD: '1',
      INPUT_BOGUS: 'true',
    });
    expect(result.log).not.toContain('ghs_');
    expect(result.annotations.map((a) => a.message)).toEqual([
      "Input 'old' has been deprecated with message: use new",
      expect.stringContaining("Unexpected input(s) 'bogus', valid inputs are ['needs-rebuild', 'a name'"),
    ]);
  });

  it('variables, the working directory, services; nothing of this process', async () => {
    await using action = await acting(
      {
        main: `say(JSON.stringify({ cwd: process.cwd(), env, event: fs.readFileSync(env.GITHUB_EVENT_PATH, 'utf8') }))`,
      },
      {
        event: { name: 'pull_request', payload: { number: 7 } },
        github: { repository: 'a/b', workspace: 'ignored' },
        env: { FROM_JOB: '1', GITHUB_REPOSITORY: 'spoofed/one', CI: 'no' },
        services: { ACTIONS_RESULTS_URL: 'http://127.0.0.1:1/' },
        debug: true,
      },
    );
    const found = printed((await action.main({ env: { FROM_STEP: '2' } })).stdout) as {
      cwd: string;
      event: string;
      env: Record<string, string>;
    };
    expect(found.cwd).toBe(action.job.workspace);
    expect(JSON.parse(found.event)).toEqual({ number: 7 });
    expect(found.env).toMatchObject({
      GITHUB_ACTIONS: 'true',
      CI: 'no',
      GITHUB_WORKSPACE: action.job.workspace,
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_REPOSITORY: 'a/b',
      GITHUB_RUN_ID: expect.stringMatching(/^\d+$/),
      RUNNER_TEMP: action.job.temp,
      RUNNER_TOOL_CACHE: action.job.toolCache,
      RUNNER_DEBUG: '1',
      HOME: action.job.home,
      FROM_JOB: '1',
      FROM_STEP: '2',
      ACTIONS_RESULTS_URL: 'http://127.0.0.1:1/',
    });
    expect(
      Object.keys(found.env).filter((name) => /VITEST|NODE_|GITHUB_TOKEN|ACTION_PATH/.test(name)),
    ).toEqual([]);
  });
});

describe('what an action leaves', () => {
  it('outputs, state, environment, PATH, summary; the next step and the post step find them', async () => {
    await using action = await acting({
      main: `
        const put = (name, text) => fs.appendFileSync(env['GITHUB_' + name], text);
        put('OUTPUT', 'plain=a=b\\nlines<<EOF\\n1\\r\\n=\\n\\n3\\nEOF\\nempty<<EOF\\nEOF\\n');
        put('STATE', 'Mixed-Case=kept\\n');
        put('ENV', 'LATER=on\\nNODE_OPTIONS=--bad\\n');
        put('PATH', '/first\\n/second\\n');
        put('STEP_SUMMARY', '# Hello');
        say(JSON.stringify([env.LATER ?? null, env.PATH.split(':').slice(0, 2)]));
        say(env['STATE_Mixed-Case'] ?? 'no state');`,
      post: `say(env['STATE_Mixed-Case'], env.LATER, env.PATH.split(':')[0], env['INPUT_IN']);`,
      yml: 'inputs: {in: {default: side}}',
    });
    const first = await action.main();
    expect(first).toMatchObject({
      outcome: 'success',
      exitCode: 0,
      outputs: { plain: 'a=b', lines: '1\r\n=\n\n3', empty: '' },
      state: { 'Mixed-Case': 'kept' },
      env: { LATER: 'on' },
      path: ['/first', '/second'],
      summary: '# Hello',
    });
    expect(first.annotations).toMatchObject([
      { level: 'error', message: expect.stringContaining('NODE_OPTIONS') },
    ]);
    const second = await action.main();
    expect(second.stdout).toContain('["on",["/second","/first"]]\nno state');
    const posts = await action.job.finish();
    expect(posts.map((post) => post.stdout)).toEqual(Array(2).fill('kept on /second side\n'));
    expect(await action.job.finish()).toEqual([]);
  });

  it.each([
    ['OUTPUT', 'nonsense\n', "Invalid format 'nonsense'"],
    ['STATE', 'a<<EOF\nb\n', "Invalid value. Matching delimiter not found 'EOF'"],
    ['ENV', '<<EOF\nEOF\n', 'Name must not be empty'],
  ])('a malformed %s file fails the step', async (name, text, message) => {
    await using action = await acting({
      main: `fs.writeFileSync(env.GITHUB_${name}, ${JSON.stringify(text)})`,
    });
    const result = await action.main();
    expect([result.outcome, result.exitCode]).toEqual(['failure', 0]);
    expect(result.annotations.at(-1)?.message).toContain(message);
  });

  it('a summary over 1 MiB is not uploaded', async () => {
    await using action = await acting({
      main: `fs.writeFileSync(env.GITHUB_STEP_SUMMARY, 'x'.repeat(1048577))`,
    });
    const result = await action.main();
    expect(result.summary).toBe('');
    expect(result.annotations[0]?.message).toContain('up to a size of 1024k');
  });
});

describe('the log', () => {
  it('carries out commands of both streams and masks what was to be masked', async () => {
    await using action = await acting(
      {
        main: `
        say('early hunter2');
        say('::add-mask::hunter2');
        say('::group::Reading%0Aindex');
        say('inside hunter2', Buffer.from('hunter2').toString('base64'), 'hunter%32');
        say('::endgroup::');
        say('   ::warning file=a%2Cb.yaml,line=3,title=Say%3A::100%25 hunter2%0Anext');
        console.error('##[error]from stderr');
        say('::debug::quiet');
        say('::unknown::shown');
        say('known-secret');
        fs.writeFileSync(env.GITHUB_STEP_SUMMARY, 'hunter2\\n');`,
      },
      { secrets: ['known-secret'] },
    );
    const result = await action.main();
    expect(result.log.split('\n')).toEqual(
      expect.arrayContaining(
        [
          'early hunter2',
          '##[group]Reading\nindex',
          'inside *** *** hunter%32',
          '##[endgroup]',
          '##[warning]100% ***\nnext',
          '##[error]from stderr',
          '::unknown::shown',
          '***',
        ].flatMap((line) => line.split('\n')),
      ),
    );
    expect(result.log).not.toMatch(/add-mask|quiet/);
    expect(result.groups).toEqual([{ name: 'Reading\nindex', lines: ['inside *** *** hunter%32'] }]);
    expect(result.annotations).toContainEqual({
      level: 'warning',
      message: '100% ***\nnext',
      file: 'a,b.yaml',
      line: '3',
      title: 'Say:',
      shown: true,
    });
    expect(result.masks).toContain('hunter2');
    expect([result.debug, result.summary]).toEqual([['quiet'], '***\n']);
  });

  it('shows ten annotations of a level', async () => {
    await using action = await acting({
      main: `for (let i = 0; i < 12; i++) say('::error::' + i); say('::notice::n')`,
    });
    const { annotations } = await action.main();
    expect(annotations.filter((a) => a.shown).map((a) => a.message)).toEqual([...'0123456789', 'n']);
    expect(annotations).toHaveLength(13);
  });
});

describe('how it ends', () => {
  it('a failure skips what follows, not the post steps', async () => {
    await using action = await acting({
      main: `process.exit(Number(env.INPUT_CODE))`,
      post: `say('cleaned')`,
    });
    expect(await action.main({ with: { code: 3 } })).toMatchObject({ outcome: 'failure', exitCode: 3 });
    expect((await action.main({ with: { code: 0 } })).outcome).toBe('skipped');
    expect((await action.main({ with: { code: 0 }, if: 'failure()' })).outcome).toBe('success');
    expect(action.job.status()).toBe('failure');
    expect((await action.job.finish()).map((post) => post.stdout)).toEqual(['cleaned\n', 'cleaned\n']);
  });

  it('post-if decides about the post step', async () => {
    await using dir = await tempDir();
    const action = (name: string, condition: string) =>
      writeAction(join(dir.path, name), {
        'action.yml': `runs: {using: node24, main: main.mjs, post: post.mjs, post-if: "${condition}"}`,
        'main.mjs': `process.exit(process.env.INPUT_FAIL ? 1 : 0)`,
        'post.mjs': '',
      });
    await using job = await startJob({ env: { AUTOPUSH: 'no' } });
    await job.uses(await action('a', "success() || env.AUTOPUSH == 'yes'"));
    await job.uses(await action('b', '!cancelled()'));
    await job.uses(await action('c', "always() && github.event_name == 'PUSH'"), { with: { fail: 'x' } });
    expect((await job.finish()).map((post) => post.outcome)).toEqual(['success', 'success', 'skipped']);
  });

  it('cancels with SIGINT, SIGTERM, SIGKILL', async () => {
    // Long enough for a machine that does other things as well.
    const delays = { sigint: 500, sigterm: 400 };
    const run = async (main: string) => {
      await using action = await acting(
        { main: `setInterval(() => {}, 1000); ${main}; say('ready')`, post: `say('post')` },
        { cancelDelays: delays },
      );
      const controller = new AbortController();
      const onLine = (line: string) => void (line === 'ready' && controller.abort());
      const result = await action.main({ signal: controller.signal, onLine });
      const [post] = await action.job.finish();
      return [
        result.outcome,
        result.exitCode,
        result.stdout.replace('ready\n', ''),
        post?.stdout,
        action.job.status(),
      ];
    };
    expect(await run(`process.on('SIGINT', () => { say('int'); process.exit(130); })`)).toEqual([
      ...['cancelled', 130, 'int\n', 'post\n', 'cancelled'],
    ]);
    expect(
      await run(
        `process.on('SIGINT', () => say('int')); process.on('SIGTERM', () => { say('term'); process.exit(1); })`,
      ),
    ).toEqual(['cancelled', 1, 'int\nterm\n', 'post\n', 'cancelled']);
    expect(
      await run(`process.on('SIGINT', () => say('int')); process.on('SIGTERM', () => say('term'))`),
    ).toEqual([...['cancelled', undefined, 'int\nterm\n', 'post\n', 'cancelled']]);
  });

  it('does not wait for a grandchild that keeps the pipes open', async () => {
    await using action = await acting({
      main: `const { spawn } = await import('node:child_process');
        spawn('sleep', ['30'], { stdio: 'inherit' }); process.exit(0)`,
    });
    const started = performance.now();
    expect((await action.main()).outcome).toBe('success');
    expect(performance.now() - started).toBeLessThan(25_000);
  });
});

describe('sub-actions and composite actions', () => {
  it('runs an entry outside of the folder of its action.yml', async () => {
    await using dir = await tempDir();
    await writeAction(dir.path, {
      'check/action.yml': 'runs: {using: node24, main: ../dist/main.mjs, post: ../dist/main.mjs}',
      'dist/main.mjs': `console.log(import.meta.dirname)`,
    });
    await using job = await startJob();
    expect((await job.uses(join(dir.path, 'check'))).stdout).toBe(`${join(dir.path, 'dist')}\n`);
    expect((await job.finish())[0]?.outcome).toBe('success');
  });

  it('runs the steps of a composite action', async () => {
    await using dir = await tempDir();
    await writeAction(dir.path, {
      'wrapper/action.yml': `
inputs: {who: {default: world}, code: {default: 0}}
outputs: {greeting: {value: '\${{ steps.greet.outputs.text }}!'}}
runs:
  using: composite
  steps:
    - {id: greet, uses: 'octo-org/tools/greet@v1', with: {who: '\${{ inputs.who }}'}}
    - {run: 'echo "at \${{ github.action_path }} $WHERE"; echo X=1 >> "$GITHUB_ENV"; exit \${{ inputs.code }}', shell: bash, env: {WHERE: here}}
    - {run: echo after all, shell: bash, if: failure()}
`,
      'greet/action.yml': 'inputs: {who: {}}\nruns: {using: node24, main: main.mjs, post: main.mjs}',
      'greet/main.mjs': `import fs from 'node:fs';
fs.appendFileSync(process.env.GITHUB_OUTPUT, 'text=hello ' + process.env.INPUT_WHO + '\\n');
console.log(process.env.GITHUB_ACTION_PATH)`,
    });
    await using job = await startJob({ actions: { 'octo-org/tools': dir.path } });
    const wrapper = join(dir.path, 'wrapper');
    const result = await job.uses(wrapper, { with: { who: 'you', code: 3 } });
    expect(result).toMatchObject({
      outcome: 'failure',
      exitCode: 3,
      outputs: { greeting: 'hello you!' },
      env: { X: '1' },
    });
    expect(result.log).toContain(`${wrapper}\nat ${wrapper} here`);
    expect(result.log).toContain('after all');
    expect(await job.finish()).toHaveLength(1);
  });

  it('says what it cannot run', async () => {
    await using dir = await tempDir();
    await writeAction(dir.path, { 'action.yml': 'runs: {using: node16, main: x.js}' });
    await using job = await startJob();
    await expect(job.uses(dir.path)).rejects.toThrow(/node24.*node16/);
  });

  it('kills when it is over what has its mark, and nothing else', async () => {
    const start = (env: string) =>
      `import { spawn } from 'node:child_process';
const child = spawn('sleep', ['600'], { detached: true, stdio: 'ignore', env: ${env} });
child.unref();
say(child.pid);`;
    await using marked = await acting({ main: start('env') });
    await using unmarked = await acting({ main: start("{ ...env, RUNNER_TRACKING_ID: '' }") });
    const left = Number((await marked.main()).stdout);
    const hidden = Number((await unmarked.main()).stdout);
    await marked.job.finish();
    await unmarked.job.finish();
    expect(marked.job.orphans).toEqual(['sleep 600']);
    expect(unmarked.job.orphans).toEqual([]);
    await expect.poll(() => existsSync(`/proc/${left}/cwd/.`)).toBe(false);
    process.kill(hidden, 'SIGKILL'); // throws where it is not there
  });

  it('removes everything it made', async () => {
    const job = await startJob();
    await job[Symbol.asyncDispose]();
    expect(() => readFileSync(join(job.temp, 'event.json'))).toThrow(/ENOENT/);
  });
});
