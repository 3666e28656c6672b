/**
 * A program that is downloaded once and kept in the runner's tool cache. Its digest is verified each time it is used,
 * since a tool cache may outlive the job that filled it.
 */

import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdtempSync } from 'node:fs';
import { chmod, copyFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Env } from '../core/env.ts';
import { BuildcacheError, describeError } from '../core/errors.ts';
import { redactUrl } from '../core/redact.ts';

/**
 * @param name of the program; in a `.tar.gz` it is `bin/<name>`
 * @param source `URL#sha256=DIGEST` of the program or the `.tar.gz`
 * @returns its path
 * @throws BuildcacheError `usage` for a source without a digest, `corrupt` for a file with another one, `unreachable`
 */
export async function fetchTool(env: Env, name: string, source: string): Promise<string> {
  const [, url = '', sha256 = ''] = /^(https?:\/\/[^#\s]+)#sha256=([0-9a-f]{64})$/i.exec(source) ?? [];
  const temp = env['RUNNER_TEMP'];
  if (url === '' || !temp || !env['RUNNER_TOOL_CACHE']) {
    throw new BuildcacheError('usage', `no place to fetch ${name} from`, {
      expected: 'a URL that ends in #sha256=DIGEST, in a job of a runner',
      found: redactUrl(source),
    });
  }
  const tools = await import('@actions/tool-cache');
  const digest = sha256.toLowerCase();
  const version = `0.0.0-x${digest.slice(0, 20)}`; // the toolkit needs a version, and does not know digests
  const kept = tools.find(name, version);
  if (kept !== '' && (await digestOf(join(kept, FILE))) === digest) {
    return await unpacked(tools, name, url, join(kept, FILE), temp);
  }
  let file: string;
  try {
    file = await tools.downloadTool(url);
  } catch (error) {
    throw new BuildcacheError(
      'unreachable',
      `could not fetch ${name}: ${describeError(error)}`,
      { url: redactUrl(url) },
      error,
    );
  }
  const found = await digestOf(file);
  if (found !== digest) {
    throw new BuildcacheError('corrupt', `${name} is not what it should be`, {
      url: redactUrl(url),
      expected: digest,
      found: found ?? 'nothing',
    });
  }
  const cached = await tools.cacheFile(file, FILE, name, version);
  return await unpacked(tools, name, url, join(cached, FILE), temp);
}

/** Its name in the tool cache. */
const FILE = 'download';

async function unpacked(
  tools: typeof import('@actions/tool-cache'),
  name: string,
  url: string,
  file: string,
  temp: string,
): Promise<string> {
  const folder = mkdtempSync(join(temp, `${name}-`));
  const isArchive = /\.t(ar\.)?gz$/.test(new URL(url).pathname);
  const program = isArchive ? join(await tools.extractTar(file, folder), 'bin', name) : join(folder, name);
  if (!isArchive) await copyFile(file, program);
  if (!existsSync(program)) {
    throw new BuildcacheError('bad-input', `there is no bin/${basename(program)} in it`, {
      url: redactUrl(url),
    });
  }
  await chmod(program, 0o755);
  return program;
}

async function digestOf(file: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file), hash);
  } catch {
    return undefined;
  }
  return hash.digest('hex');
}
