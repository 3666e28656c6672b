/** The action's main step: inputs -> the command (a check, if nothing else is said) -> outputs, summary, annotations. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeError, describeInLines, errorCode } from '../../core/errors.ts';
import { setJsonOutput, setOutput } from '../../github/files.ts';
import { readHost } from '../../github/host.ts';
import { readInput } from '../../github/inputs.ts';
import { jobReporter } from '../../github/job-reporter.ts';
import { appendSummary, escapeMarkdown } from '../../github/summary.ts';
import { plain } from '../../github/workflow-commands.ts';
import { abortOnSignals } from '../shared/signals.ts';
import { knownMirrors, readActionInputs } from './inputs.ts';
import { maskJobSecrets, maskMirrorSecrets } from './job-secrets.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** @returns the step's exit code: 0, or 1 where the step is to fail */
export async function runMain(env: Env): Promise<number> {
  const host = readHost(env);
  const folder = mkdtempSync(join(host.temp ?? tmpdir(), 'buildcache-'));
  const controller = abortOnSignals();
  const write = (line: string) => void process.stdout.write(`${line}\n`);
  maskJobSecrets(env, write);
  let reporter = jobReporter({ annotations: true, debug: host.debug, write });
  try {
    presetOutputs(env, folder);
    const inputs = await readActionInputs(env, host.workspace ?? process.cwd());
    reporter = jobReporter({ annotations: inputs.annotations, debug: host.debug, write });
    maskMirrorSecrets(knownMirrors(inputs), env, write);
    for (const note of inputs.configuration.notes) reporter.warn(note);
    if (inputs.tag !== undefined && inputs.command !== 'push') reporter.warn('tag is for command: push only');
    const run = await COMMANDS[inputs.command]();
    return await run({ env, host, inputs, folder, signal: controller.signal }, reporter);
  } catch (error) {
    const cancelled = controller.signal.aborted || errorCode(error) === 'cancelled';
    const text = cancelled ? 'cancelled' : describeError(error);
    const [line = text, ...choices] = cancelled ? [text] : describeInLines(error);
    reporter.error(line);
    for (const choice of choices) reporter.info(choice);
    publishFailure(text, env, folder);
    return 1;
  } finally {
    reporter.annotations.flush();
  }
}

/** Each loads its own part only. */
const COMMANDS = {
  check: async () => (await import('./check-step.ts')).checkCommand,
  plan: async () => (await import('./plan-step.ts')).planCommand,
  push: async () => (await import('./push-command.ts')).pushCommand,
  autopush: async () => (await import('./autopush-step.ts')).autopushCommand,
  'update-index': async () => (await import('./update-index-step.ts')).updateIndexCommand,
  install: async () => (await import('./install-step.ts')).installCommand,
  sync: async () => (await import('./sync-step.ts')).syncCommand,
  explain: async () => (await import('./explain-command.ts')).explainCommand,
  comment: async () => (await import('./post-comment.ts')).commentCommand,
};

/** Every output is set, whatever the command; it sets its own again. */
function presetOutputs(env: Env, folder: string): void {
  presetCheckOutputs(env, folder);
  for (const name of ['pushed', 'skipped', 'failed'])
    setJsonOutput(env, name, [], join(folder, `${name}.json`));
  setOutput(env, 'pushed-count', '0');
  setOutput(env, 'copy-list', '');
  setOutput(env, 'checksums', '');
  setJsonOutput(env, 'installed', [], join(folder, 'installed.json'));
  setOutput(env, 'prefix', '');
  setOutput(env, 'plan', '');
  setJsonOutput(env, 'waves', [], join(folder, 'waves.json'));
  setOutput(env, 'explanation', '');
  setOutput(env, 'comment-file', '');
}

function presetCheckOutputs(env: Env, folder: string): void {
  setOutput(env, 'needs-rebuild', 'true');
  setOutput(env, 'cache-hit', 'false');
  setOutput(env, 'rebuild-count', '0');
  setOutput(env, 'unknown-count', '0');
  setJsonOutput(env, 'rebuild-specs', [], join(folder, 'rebuild-specs.json'));
  setJsonOutput(env, 'matrix', { include: [] }, join(folder, 'matrix.json'));
  setOutput(env, 'rebuild-manifest', '');
}

/** Every output is set even then: a job that goes on regardless rebuilds rather than trusts. */
function publishFailure(text: string, env: Env, folder: string): void {
  try {
    presetCheckOutputs(env, folder);
    if (readInput(env, 'summary') !== 'false' && env['GITHUB_STEP_SUMMARY']) {
      appendSummary(env, `## ❌ Build cache: the step failed\n\n${escapeMarkdown(text)}\n`);
    }
  } catch (error) {
    process.stdout.write(`${plain(describeError(error))}\n`); // no GITHUB_OUTPUT: there is nobody to tell
  }
}
