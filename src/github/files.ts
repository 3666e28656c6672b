/**
 * Outputs, state, environment and PATH of a job, through the files the runner names in GITHUB_OUTPUT,
 * GITHUB_STATE, GITHUB_ENV and GITHUB_PATH. Values may be anything, several lines included: each stands
 * between delimiters nobody can guess, so no value can bring a second output with it.
 */

import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Env } from '../core/env.ts';
import { BuildcacheError, fileError } from '../core/errors.ts';

/**
 * Longest value of an output, in UTF-16 code units: GitHub allows a megabyte and counts two bytes for each.
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
 * A value of any size as three outputs: `<name>` holds its JSON, or `whenTooLarge` (JSON too) where that is
 * over {@link OUTPUT_LIMIT}; `<name>-file` the path of a file that always holds the whole; `<name>-truncated`
 * says which it is, `'true'` or `'false'`.
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
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${json}\n`);
  } catch (error) {
    throw fileError(error, file, `write the output ${name}`);
  }
  setOutput(env, name, truncated ? whenTooLarge : json);
  setOutput(env, `${name}-file`, file);
  setOutput(env, `${name}-truncated`, String(truncated));
}

/**
 * Kept for the post step, see `readState`. Not for secrets: state is an environment variable there, and
 * stands in the runner's files till then.
 * @throws `too-large`, `bad-input` where it could not be a variable
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

/** Puts a folder first on the PATH of the job's following steps. @throws `bad-input` for what is no line */
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

/** Linux takes 128 KiB for `NAME=value` and its NUL; one byte more and no process of the job starts. */
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
  // Names are ours; one that is not a name would be a bug, and could be an injection.
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
    // One write, so that what several parts of us append at once does not get mixed.
    appendFileSync(file, text);
  } catch (error) {
    throw fileError(error, file, `append to ${variable}`);
  }
}
