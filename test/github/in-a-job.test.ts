/** The parts together, in a process that the emulated runner starts: what a job sees of hostile data. */
import { expect, it } from 'vitest';
import { writeAction } from '../harness/fake-action.ts';
import { startJob } from '../harness/runner.ts';
import { tempDir } from '../harness/temp-dir.ts';

const name = [
  'zlib',
  '::error::forged',
  '\u200b::set-output name=needs-rebuild::false',
  '##[add-mask]present',
  '%0A::warning::forged',
  'needs-rebuild=false',
  '| x | <img src=x> @octocat',
].join('\r\n');

it('a hostile name reaches outputs, annotations, log and summary as text, a secret reaches none', async () => {
  await using dir = await tempDir();
  const part = (file: string) => JSON.stringify(import.meta.resolve(`../../src/github/${file}.ts`));
  await writeAction(dir.path, {
    'action.yml':
      'inputs: {name: {}, signing-key: {}}\nruns: {using: node24, main: main.mjs, post: post.mjs}',
    'main.mjs': `
      import * as commands from ${part('workflow-commands')};
      import { collectAnnotations } from ${part('annotations')};
      import { readInput } from ${part('inputs')};
      import { saveState, setOutput } from ${part('files')};
      import { appendSummary, code, escapeMarkdown, markdownTable } from ${part('summary')};
      const { env } = process;
      const name = readInput(env, 'name');
      const key = readInput(env, 'signing-key');
      console.log(commands.addMask(key));
      console.log(commands.group('Checking ' + name));
      console.log(commands.plain('missing: ' + name));
      console.log(commands.plain(name));
      console.log(commands.endGroup());
      const annotations = collectAnnotations({ write: (line) => console.log(line) });
      for (let i = 0; i < 12; i++) annotations.add('warning', name, { title: name });
      annotations.flush();
      setOutput(env, 'needs-rebuild', 'true');
      setOutput(env, 'rebuild-specs', JSON.stringify([{ name }]));
      saveState(env, 'specs', name);
      appendSummary(env, markdownTable(['Spec', 'Why'], [[code(name), escapeMarkdown(name)]]));
      console.log(commands.plain('key ' + key.split('\\n')[1] + ' ' + Buffer.from(key).toString('base64')));`,
    'post.mjs': `
      import { readState } from ${part('inputs')};
      process.exitCode = readState(process.env, 'specs') === ${JSON.stringify(name)} ? 0 : 1;`,
  });
  await using job = await startJob();
  const key = '-----BEGIN PGP PRIVATE KEY BLOCK-----\nlIYEZ0abcSECRETxyz\n-----END-----';
  const result = await job.uses(dir.path, { with: { name, 'signing-key': key } });

  expect(result.outcome).toBe('success');
  expect(result.outputs).toEqual({ 'needs-rebuild': 'true', 'rebuild-specs': JSON.stringify([{ name }]) });
  expect(result.commands.map((command) => command.name)).toEqual([
    'add-mask',
    'group',
    'endgroup',
    ...Array(10).fill('warning'),
  ]);
  expect(result.annotations.every((each) => each.shown && each.level === 'warning')).toBe(true);
  expect(result.annotations.at(-1)?.message).toMatch(/^and 3 more: zlib\\n::error::forged/);
  expect(result.groups).toHaveLength(1);
  expect(result.summary.split('\n')).toHaveLength(4);
  expect(result.summary.split('\n')[2]?.match(/\|/g)).toHaveLength(3);
  expect(result.summary).not.toContain('<img');
  expect(result.log + result.summary).not.toContain('SECRET');
  expect(result.log).not.toContain(Buffer.from(key).toString('base64'));
  expect((await job.finish()).map((post) => post.outcome)).toEqual(['success']);
});
