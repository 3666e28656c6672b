/**
 * Outputs, state, environment and PATH of a job, through the files the runner names in GITHUB_OUTPUT,
 * GITHUB_STATE, GITHUB_ENV and GITHUB_PATH. Values may be any text, also of several lines. Each stands between random
 * delimiters that cannot be guessed, so that no value can set a second output.
 */

import { randomUUID } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Env } from '../core/env.ts';
import { BuildcacheError, fileError } from '../core/errors.ts';
import { makeFolderNow } from '../core/make-folder.ts';

/**
 * The longest value of an output, in UTF-16 code units: GitHub allows a megabyte and counts two bytes for each unit.
 */
export const OUTPUT_LIMIT = 500_000;

/** @throws `too-large` over {@link OUTPUT_LIMIT}; `usage` outside of a job */
export function setOutput(env: Env, name: string, value: string): void {
  if (value.length > OUTPUT_LIMIT) {
    throw new BuildcacheError('too-large', `the output ${name} is too long for GitHub`, {
      expected: `at most ${OUTPUT_LIMIT} characters`,
      found: `${value.length}`,
    });
  }
  append(env, 'GITHUB_OUTPUT', pair(name, value));
}

/**
 * Sets a value of any size as three outputs. `<name>` holds its JSON, or `whenTooLarge` (also JSON) where that is over
 * {@link OUTPUT_LIMIT}. `<name>-file` is the path of a file that always holds all of it. `<name>-truncated` is `'true'`
 * where the value was too large, else `'false'`.
 * @param file an absolute path; its folder is made
 */
export function setJsonOutput(
  env: Env,
  name: string,
  value: unknown,
  file: string,
  whenTooLarge = '[]',
): void {
  const json = JSON.stringify(value);
  const truncated = json.length > OUTPUT_LIMIT;
  try {
    makeFolderNow(dirname(file));
    writeFileSync(file, `${json}\n`);
  } catch (error) {
    throw fileError(error, file, `write the output ${name}`);
  }
  setOutput(env, name, truncated ? whenTooLarge : json);
  setOutput(env, `${name}-file`, file);
  setOutput(env, `${name}-truncated`, String(truncated));
}

/**
 * Saves a value for the post step, see `readState`. It must not be a secret: state is an environment variable of the post
 * step, and is in the runner's files before that.
 * @throws `too-large`; `bad-input` where the value cannot be in a variable
 */
export function saveState(env: Env, name: string, value: string): void {
  requireVariable(`STATE_${name}`, value);
  append(env, 'GITHUB_STATE', pair(name, value));
}

/** Sets an environment variable of the job's following steps. @throws as {@link saveState} */
export function exportVariable(env: Env, name: string, value: string): void {
  if (/^(GITHUB_|RUNNER_|NODE_OPTIONS$)/i.test(name)) {
    throw new BuildcacheError('usage', `the variable ${name} belongs to the runner`);
  }
  requireVariable(name, value);
  append(env, 'GITHUB_ENV', pair(name, value));
}

/** Puts a folder first on the PATH of the job's following steps. @throws `bad-input` for a path with a line break */
export function addPath(env: Env, folder: string): void {
  if (/[\r\n\0]/.test(folder)) {
    throw new BuildcacheError(
      'bad-input',
      'a folder with a line break in its name cannot be put on the PATH',
      {
        file: folder,
      },
    );
  }
  append(env, 'GITHUB_PATH', `${folder}\n`);
}

/** Linux takes 128 KiB for `NAME=value` and its NUL. With one byte more, no process of the job would start. */
const VARIABLE_LIMIT = 128 * 1024 - 1;

function requireVariable(name: string, value: string): void {
  if (value.includes('\0')) {
    throw new BuildcacheError('bad-input', `the value of ${name} has a NUL in it and cannot be a variable`);
  }
  const size = Buffer.byteLength(`${name}=${value}`);
  if (size > VARIABLE_LIMIT) {
    throw new BuildcacheError('too-large', `the value of ${name} is too long for a variable`, {
      expected: `at most ${VARIABLE_LIMIT} bytes, the name included`,
      found: `${size}`,
    });
  }
}

function pair(name: string, value: string): string {
  // All names are ours. A malformed one would be a bug, and could be an injection.
  if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(name)) {
    throw new BuildcacheError('internal', `not a name for an output, state or variable: ${name}`);
  }
  const delimiter = `ghadelimiter_${randomUUID()}`;
  return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
}

function append(env: Env, variable: string, text: string): void {
  const file = env[variable];
  if (file === undefined || file === '') {
    throw new BuildcacheError('usage', `${variable} is not set`, {
      hint: 'run this as a step of a GitHub job, or use the command line',
    });
  }
  try {
    // It is one write, so that parallel appends do not get mixed.
    appendFileSync(file, text);
  } catch (error) {
    throw fileError(error, file, `append to ${variable}`);
  }
}
