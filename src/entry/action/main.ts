/** The action's main step: inputs -> the command (`check` by default) -> outputs, summary, annotations. */

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Env } from '../../core/env.ts';
import { describeError, describeInLines, errorCode } from '../../core/errors.ts';
import { setJsonOutput, setOutput } from '../../github/files.ts';
import { readHost } from '../../github/host.ts';
import { readInput } from '../../github/inputs.ts';
import { jobReporter } from '../../github/job-reporter.ts';
import { appendSummary, messageMarkdown } from '../../github/summary.ts';
import { plain } from '../../github/workflow-commands.ts';
import { abortOnSignals } from '../shared/signals.ts';
import { knownMirrors, readActionInputs } from './inputs.ts';
import { maskJobSecrets, maskMirrorSecrets } from './job-secrets.ts';
import { COMMANDS, type Command } from './manifest/commands.ts';
import { OUTPUTS } from './manifest/outputs.ts';
import { unusedInputs } from './unused-inputs.ts';

/** @returns the step's exit code: 0, or 1 to fail the step */
export async function runMain(env: Env): Promise<number> {
  const host = readHost(env);
  const folder = mkdtempSync(join(host.temp ?? tmpdir(), 'buildcache-'));
  const controller = abortOnSignals();
  const write = (line: string) => void process.stdout.write(`${line}\n`);
  maskJobSecrets(env, write);
  let reporter = jobReporter({ annotations: true, debug: host.debug, write });
  try {
    presetOutputs(env, folder);
    const job = { env, host, folder, signal: controller.signal };
    const alone = commandOf(readInput(env, 'command'));
    if (alone?.unconfigured === true) return await (await alone.load())(job, reporter);
    const inputs = await readActionInputs(env, host.workspace ?? process.cwd());
    reporter = jobReporter({ annotations: inputs.annotations, debug: host.debug, write });
    maskMirrorSecrets(knownMirrors(inputs), env, write);
    for (const note of inputs.configuration.notes) reporter.warn(note);
    for (const text of unusedInputs(inputs.command, env)) reporter.warn(text);
    if (inputs.spackScope) {
      await (await import('./spack-scope-step.ts')).spackScopeStep(inputs, { env, folder }, reporter);
    }
    const run = await COMMANDS[inputs.command].load();
    return await run({ ...job, inputs }, reporter);
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

/** Undefined for a name that is not a command: reading the inputs reports it together with all other errors. */
function commandOf(name: string | undefined): Command | undefined {
  const commands: Readonly<Record<string, Command>> = COMMANDS;
  return name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
}

/** Sets every output, whatever the command. The command sets its own outputs again. */
function presetOutputs(env: Env, folder: string, outputs = Object.entries(OUTPUTS)): void {
  for (const [name, { kind, preset }] of outputs) {
    if (kind === 'plain') setOutput(env, name, preset);
    else setJsonOutput(env, name, JSON.parse(preset), join(folder, `${name}.json`), preset);
  }
}

/** Sets every output after a failure too, so that a job that continues after it rebuilds instead of trusting a result. */
function publishFailure(text: string, env: Env, folder: string): void {
  try {
    const verdicts = Object.entries(OUTPUTS).filter(([, { isVerdict }]) => isVerdict);
    presetOutputs(env, folder, verdicts);
    if (readInput(env, 'summary') !== 'false' && env['GITHUB_STEP_SUMMARY']) {
      appendSummary(env, `## ❌ Build cache: the step failed\n\n${messageMarkdown(text)}\n`);
    }
  } catch (error) {
    process.stdout.write(`${plain(describeError(error))}\n`); // without GITHUB_OUTPUT no later step reads outputs
  }
}
