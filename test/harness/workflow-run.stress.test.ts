import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeAction } from './fake-action.ts';
import { type TempDir, tempDir } from './temp-dir.ts';
import { writeStandIns } from './workflow-actions.ts';
import { combinationsOf } from './workflow-matrix.ts';
import { parseWorkflow } from './workflow-parse.ts';
import { runWorkflow, type WorkflowOptions } from './workflow-run.ts';
import { startTools } from './workflow-tools.ts';

let dir: TempDir;
let actions: Record<string, string>;
beforeAll(async () => {
  dir = await tempDir();
  const at = (name: string) => join(dir.path, name);
  for (const name of ['repository', 'ours', 'spack', 'artifacts']) await mkdir(at(name));
  actions = await writeStandIns(at('actions'), {
    repository: at('repository'),
    ours: at('ours'),
    spack: at('spack'),
  });
  // Notes in a file what it does when.
  const note = (what: string) =>
    `import { appendFileSync } from 'node:fs';\nappendFileSync(process.env.NOTES, '${what} ' + process.env.INPUT_NAME + '\\n');\n`;
  actions['org/noting'] = await writeAction(at('noting'), {
    'action.yml': 'inputs: {name: {default: none}}\nruns: {using: node24, main: main.mjs, post: post.mjs}\n',
    'main.mjs': note('main'),
    'post.mjs': note('post'),
  });
});
afterAll(() => dir[Symbol.asyncDispose]());

const PUSH = { name: 'push', branch: 'main', payload: {} };

/** Lines that steps have put into the file `$NOTES`, and the jobs' results. */
async function run(text: string, more: Partial<WorkflowOptions> = {}) {
  const notes = join(dir.path, 'notes');
  await writeAction(dir.path, { notes: '' });
  const result = await runWorkflow(text, {
    event: PUSH,
    github: { token: 'ghs_token', repository: 'o/r' },
    secrets: { KEY: 'of the repository' },
    environments: { release: { RELEASE: 'of the environment' } },
    called: (uses) => {
      throw new Error(uses);
    },
    startJob: async () => ({ env: { NOTES: notes, RUN_ARTIFACTS: join(dir.path, 'artifacts') }, actions }),
    locate: (uses) => actions[uses.replace(/@.*/, '')] ?? '',
    ...more,
  });
  const lines = readFileSync(notes, 'utf8').split('\n').slice(0, -1);
  return { ...result, lines, results: result.jobs.map((job) => `${job.name} ${job.result}`) };
}

const NOTE = (text: string) => `{run: 'echo "${text}" >> "$NOTES"'}`;

describe('jobs', () => {
  it('run after what they need, with its outputs, and only if their condition holds', async () => {
    const text = `on: push
jobs:
  last: {needs: [a, b], steps: [${NOTE(`\${{ needs.a.outputs.x }} \${{ needs.b.result }}`)}]}
  b: {needs: a, if: "needs.a.outputs.x == 'one'", steps: [${NOTE('b')}]}
  never: {needs: a, if: failure(), steps: [${NOTE('never')}]}
  after: {needs: never, steps: [${NOTE('after')}]}
  a:
    outputs: {x: "\${{ steps.s.outputs.x }}"}
    steps: [{id: s, run: 'echo x=one >> "$GITHUB_OUTPUT"'}]
`;
    const { lines, results, result } = await run(text);
    expect(lines).toEqual(['b', 'one success']);
    expect(results).toEqual(['a success', 'b success', 'last success', 'never skipped', 'after skipped']);
    expect(result).toBe('success');
  });

  it('hand on no output that has a masked text in it, and are green all the same', async () => {
    const text = `on: push
jobs:
  a:
    outputs: {x: "one", y: "of the repository, at large", z: "\${{ steps.s.outputs.z }}"}
    steps: [{id: s, run: 'echo ::add-mask::hidden; echo z=unhidden >> "$GITHUB_OUTPUT"'}]
  b: {needs: a, steps: [${NOTE(`\${{ needs.a.outputs.x }}-\${{ needs.a.outputs.y }}-\${{ needs.a.outputs.z }}`)}]}
`;
    const { lines, result, jobs } = await run(text);
    expect({ lines, result }).toEqual({ lines: ['one--'], result: 'success' });
    expect(jobs[0]?.dropped).toEqual(['y', 'z']);
  });

  it('after a failure: skipped, unless they ask for it; however far back it was', async () => {
    const text = `on: push
jobs:
  bad: {steps: [{run: exit 3}, ${NOTE('no')}, {if: always(), run: 'echo always >> "$NOTES"'}]}
  skipped: {needs: bad, steps: [${NOTE('no')}]}
  far: {needs: skipped, if: failure(), steps: [${NOTE('far')}]}
  always: {needs: skipped, if: "always() && !cancelled()", steps: [${NOTE('always')}]}
  told: {needs: bad, if: "always() && needs.bad.result == 'failure'", steps: [${NOTE('told')}]}
`;
    const { lines, result } = await run(text);
    expect(lines).toEqual(['always', 'far', 'always', 'told']);
    expect(result).toBe('failure');
  });

  it('of a matrix: named, in order; the rest is cancelled after a failure, or not', async () => {
    const text = (failFast: string) => `on: push
jobs:
  m:
    name: \${{ matrix.n }}
    strategy: {${failFast} max-parallel: 1, matrix: "\${{ fromJSON('{\\"include\\": [{\\"n\\": \\"a\\"}, {\\"n\\": \\"b\\"}, {\\"n\\": \\"c\\"}]}') }}"}
    steps: [{run: 'test \${{ matrix.n }} != b'}]
  after: {needs: m, if: "!cancelled()", steps: [${NOTE('after')}]}
`;
    expect((await run(text(''))).results).toEqual(['a success', 'b failure', 'c cancelled', 'after success']);
    const all = await run(text('fail-fast: false,'));
    expect(all.results).toEqual(['a success', 'b failure', 'c success', 'after success']);
  });

  it('of a matrix without combinations fail', async () => {
    const text = `on: push\njobs: {m: {strategy: {matrix: {include: []}}, steps: []}}\n`;
    expect((await run(text)).jobs).toMatchObject([
      { result: 'failure', reason: expect.stringContaining('Matrix') },
    ]);
  });
});

describe('steps', () => {
  it('have the secrets of the repository and of the environment of their job, a fork has none', async () => {
    const text = `on: [push, pull_request]
jobs:
  a:
    steps: [{run: 'echo "$K/$R" >> "$NOTES"', env: {K: "\${{ secrets.KEY }}", R: "\${{ secrets.RELEASE }}"}}]
  b:
    environment: release
    steps: [{run: 'echo "$R \${{ github.event_name }}" >> "$NOTES"', env: {R: "\${{ secrets.RELEASE }}"}}]
`;
    expect((await run(text)).lines).toEqual(['of the repository/', 'of the environment push']);
    const fork = { name: 'pull_request', payload: {}, fork: true };
    expect((await run(text, { event: fork })).lines).toEqual(['/', ' pull_request']);
  });

  it('of an action have a post step, after all steps, the last first', async () => {
    const text = `on: push
jobs:
  a:
    env: {SAME: job, OWN: job}
    steps:
      - {uses: org/noting@v1, with: {name: one}}
      - {uses: org/noting@v1, with: {name: "\${{ env.SAME }}"}}
      - {run: 'echo "$OWN \${{ env.OWN }}" >> "$NOTES"; exit 1', env: {OWN: step}}
`;
    expect((await run(text)).lines).toEqual(['main one', 'main job', 'step step', 'post job', 'post one']);
  });

  it('lose a failure within a pipe, unless their shell is named', async () => {
    const text = (shell: string) => `on: push\njobs: {a: {steps: [{${shell} run: 'false | cat'}]}}\n`;
    expect((await run(text(''))).result).toBe('success');
    expect((await run(text('shell: bash,'))).result).toBe('failure');
  });

  it('hand artifacts to other jobs', async () => {
    const text = `on: push
jobs:
  a:
    steps:
      - run: echo content > file
      - {uses: actions/upload-artifact@v7, with: {name: n, path: file}}
      - {uses: actions/upload-artifact@v7, with: {name: none, path: no-file}}
  b:
    needs: a
    steps: [{uses: actions/download-artifact@v7, with: {name: n, path: there}}, {run: 'cat there/file >> "$NOTES"'}]
  c: {needs: a, steps: [{uses: actions/download-artifact@v7, with: {name: none}}]}
  d: {needs: a, steps: [{uses: actions/upload-artifact@v7, with: {name: n, path: /}}]}
  e: {needs: a, steps: [{uses: actions/upload-artifact@v7, with: {name: m, path: ''}}]}
`;
    const { lines, results } = await run(text);
    expect(lines).toEqual(['content']);
    expect(results).toEqual(['a success', 'b success', 'c failure', 'd failure', 'e failure']);
  });
});

describe('a workflow that is called', () => {
  const CALLED = `on:
  workflow_call:
    inputs: {what: {required: true, type: string}, how: {default: well, type: string}}
    secrets: {TOKEN: {required: true}}
    outputs: {made: {value: "\${{ jobs.inner.outputs.made }}"}}
jobs:
  inner:
    outputs: {made: "\${{ steps.s.outputs.made }}"}
    steps:
      - run: echo "\${{ inputs.what }} \${{ inputs.how }} $TOKEN" >> "$NOTES"
        env: {TOKEN: "\${{ secrets.TOKEN }}"}
      - {id: s, run: 'echo made=it >> "$GITHUB_OUTPUT"'}
`;
  const caller = (job: string, uses = 'o/r/.github/workflows/called.yml@v1') => `on: push
jobs:
  call: {uses: ${uses}, ${job}}
  after: {needs: call, steps: [${NOTE(`\${{ needs.call.outputs.made }}`)}]}
`;

  it('gets inputs and secrets, and gives outputs', async () => {
    const given = `with: {what: this}, secrets: {TOKEN: "\${{ secrets.KEY }}"}`;
    const { lines, results } = await run(caller(given), { called: () => CALLED });
    expect(lines).toEqual(['this well of the repository', 'it']);
    expect(results).toEqual(['call / inner success', 'call success', 'after success']);
    const inherited = { called: () => CALLED, secrets: { TOKEN: 'own' } };
    const inheriting = 'with: {what: x, how: badly}, secrets: inherit';
    const own = caller(inheriting, './.github/workflows/called.yml');
    expect((await run(own, inherited)).lines[0]).toBe('x badly own');
    await expect(run(caller(inheriting), inherited)).rejects.toThrow(/TOKEN is required/);
  });

  it.each([
    ['an input', 'secrets: {TOKEN: x}', /input what is required/],
    ['a secret', 'with: {what: x}', /secret of .* TOKEN is required/],
    ['an input that there is', 'with: {what: x, no: y}, secrets: {TOKEN: x}', /no inputs no/],
  ])('must be given %s', async (_, job, message) => {
    await expect(run(caller(job), { called: () => CALLED })).rejects.toThrow(message);
  });
});

it('is not started by another event or branch', async () => {
  const text = 'on: {push: {branches: [release]}}\njobs: {}\n';
  await expect(run(text)).rejects.toThrow(/does not start/);
  await expect(run(text, { event: { ...PUSH, name: 'schedule' } })).rejects.toThrow(/does not start/);
});

it.each([
  ['job', 'on: push\njobs: {a: {steps: [], services: x}}'],
  ['step', 'on: push\njobs: {a: {steps: [{run: ls, working-directory: x}]}}'],
  ['workflow', 'on: push\ndefaults: {}\njobs: {}'],
])('refuses a key of a %s that it does not know', (_, text) => {
  expect(() => parseWorkflow(text)).toThrow(/knows no/);
});

it('makes the combinations of a matrix as GitHub documents them', () => {
  const matrix = {
    fruit: ['apple', 'pear'],
    animal: ['cat', 'dog'],
    exclude: [{ fruit: 'pear', animal: 'dog' }],
    include: [{ color: 'green' }, { fruit: 'apple', color: 'pink' }, { fruit: 'banana', animal: 'cat' }],
  };
  expect(combinationsOf(matrix)).toEqual([
    { fruit: 'apple', animal: 'cat', color: 'pink' },
    { fruit: 'apple', animal: 'dog', color: 'pink' },
    { fruit: 'pear', animal: 'cat', color: 'green' },
    { fruit: 'banana', animal: 'cat' },
  ]);
  expect(combinationsOf(undefined)).toBeUndefined();
});

it('gives tools their arguments and environment, and takes back both streams and the code', async () => {
  await using tools = await startTools({
    echo: async ({ args, env, cwd, out, err }) => {
      out(JSON.stringify([args, env['GIVEN'], cwd]));
      err('one\ntwo');
      return 7;
    },
  });
  await tools.install(join(dir.path, 'bin/tool'), 'echo');
  const script = `cd ${dir.path}; GIVEN="a
b" bin/tool x '' 'y z' 2>>"$NOTES" >>"$NOTES"; echo $? >>"$NOTES"`;
  const text = `on: push\njobs: {a: {steps: [{shell: bash, run: ${JSON.stringify(`set +e\n${script}`)}}]}}\n`;
  const { lines } = await run(text);
  expect(lines).toEqual([JSON.stringify([['x', '', 'y z'], 'a\nb', dir.path]), 'one', 'two', '7']);
});
