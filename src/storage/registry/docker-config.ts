/**
 * Credentials as `docker login` and `podman login` leave them. In `config.json` (containers/image calls it
 * `auth.json`) they are in `auths`, keyed by host; podman also keys by host and path. Or a program keeps them,
 * `docker-credential-<name>`, one for a host (`credHelpers`) or one for all (`credsStore`).
 */

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { cancelled } from '../../core/abort.ts';
import { environmentWithoutOurs } from '../../core/child-environment.ts';
import type { Env } from '../../core/env.ts';
import { BuildcacheError, fileError, systemCode } from '../../core/errors.ts';
import { isObject } from '../../core/json.ts';
import { homeFolder } from '../../core/user-folders.ts';
import { withoutEnd } from '../../core/without-end.ts';
import type { FoundCredentials, RegistryCredentials } from './credentials.ts';
import { DOCKER_HUB } from './reference.ts';

type Signal = AbortSignal | undefined;

/** Milliseconds a helper may take: some ask a cloud for a token. */
const HELPER_MS = 30_000;

/**
 * Docker's file first, then podman's.
 * @throws BuildcacheError `bad-input` for a file that is not JSON, `denied` for one that cannot be read
 */
export async function findDockerCredentials(
  target: { readonly host: string; readonly name: string },
  env: Env,
  signal: Signal,
): Promise<FoundCredentials> {
  const remarks: string[] = [];
  for (const { file, source } of configFiles(env)) {
    const config = await readConfig(file);
    if (config === undefined) continue;
    const credentials = await findIn(config, target, { env, signal, remarks });
    if (credentials !== undefined) return { credentials, source, remarks };
  }
  return { credentials: undefined, source: 'nowhere', remarks };
}

interface ConfigFile {
  readonly file: string;
  readonly source: string;
}

function configFiles(env: Env): readonly ConfigFile[] {
  const docker = env['DOCKER_CONFIG'] || join(homeFolder(env), '.docker');
  const files = [{ file: join(docker, 'config.json'), source: "docker's config.json" }];
  const run = env['XDG_RUNTIME_DIR'];
  if (run !== undefined && isAbsolute(run))
    files.push({ file: join(run, 'containers', 'auth.json'), source: "podman's auth.json" });
  return files;
}

async function readConfig(file: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw fileError(error, file, 'read the credentials');
  }
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch {
    config = undefined; // nothing of its text goes into a message: it holds passwords
  }
  if (isObject(config)) return config;
  throw new BuildcacheError('bad-input', 'the file of credentials is malformed', {
    file,
    expected: 'a JSON object, as docker login writes it',
    hint: 'mend or delete it and log in again',
  });
}

interface Circumstances {
  readonly env: Env;
  readonly signal: Signal;
  readonly remarks: string[];
}

async function findIn(
  config: Readonly<Record<string, unknown>>,
  { host, name }: { readonly host: string; readonly name: string },
  circumstances: Circumstances,
): Promise<RegistryCredentials | undefined> {
  const auths = isObject(config['auths']) ? config['auths'] : {};
  for (const path of pathsOf(host, name)) {
    const entry = decodeEntry(own(auths, path));
    if (entry !== undefined) return entry;
  }
  const helpers = isObject(config['credHelpers']) ? config['credHelpers'] : {};
  const keys = keysOf(host);
  for (const key of keys) {
    const helper = own(helpers, key);
    if (typeof helper === 'string') return await askHelper(helper, key, circumstances);
  }
  const store = config['credsStore'];
  if (typeof store === 'string' && store !== '') {
    // The store has what docker has put there, mostly under the keys that are left in `auths`.
    const known = keys.filter((key) => Object.hasOwn(auths, key));
    for (const key of known.length > 0 ? known : keys.slice(0, 1)) {
      const entry = await askHelper(store, key, circumstances);
      if (entry !== undefined) return entry;
    }
  }
  for (const key of keys) {
    const entry = decodeEntry(own(auths, key));
    if (entry !== undefined) return entry;
  }
  return undefined;
}

/** `host/a/b`, `host/a`: podman's keys, the most specific first. */
function pathsOf(host: string, name: string): string[] {
  const parts = name === '' ? [] : name.split('/');
  return parts.map((_, i) => [host, ...parts.slice(0, parts.length - i)].join('/'));
}

/** The forms in which docker and others have written a host over the years. */
function keysOf(host: string): string[] {
  const hosts = host === DOCKER_HUB ? [DOCKER_HUB, 'docker.io', 'registry-1.docker.io'] : [host];
  const keys = hosts.flatMap((each) => [
    ...[each, `https://${each}`, `https://${each}/`, `https://${each}/v1/`, `https://${each}/v2/`],
    ...[`http://${each}`, `http://${each}/`],
  ]);
  // The key that docker itself writes for its hub.
  return host === DOCKER_HUB ? [`https://${DOCKER_HUB}/v1/`, ...keys] : keys;
}

function own(object: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function decodeEntry(entry: unknown): RegistryCredentials | undefined {
  if (!isObject(entry)) return undefined;
  const { identitytoken, auth, username, password } = entry;
  if (isFilled(identitytoken)) return { kind: 'identity', token: identitytoken };
  if (isFilled(auth)) {
    const pair = withoutEnd(Buffer.from(auth, 'base64').toString('utf8'), '\0');
    const colon = pair.indexOf(':');
    if (colon > 0) return { kind: 'pair', id: pair.slice(0, colon), secret: pair.slice(colon + 1) };
  }
  if (isFilled(username) && isFilled(password)) return { kind: 'pair', id: username, secret: password };
  return undefined;
}

/** The protocol of docker/docker-credential-helpers: the key on stdin, JSON on stdout. Any other answer is a remark. */
async function askHelper(
  name: string,
  key: string,
  { env, signal, remarks }: Circumstances,
): Promise<RegistryCredentials | undefined> {
  const program = `docker-credential-${name}`;
  if (!/^[A-Za-z0-9][\w.-]*$/.test(name)) {
    remarks.push(`a credential helper of a name that is none: ${JSON.stringify(name.slice(0, 60))}`);
    return undefined;
  }
  const { output, failure } = await run(program, key, env, signal);
  if (failure !== undefined) {
    // The output is not quoted: a helper may print anything in place of credentials.
    if (!/credentials not found/i.test(output)) remarks.push(`${program} failed (${failure})`);
    return undefined;
  }
  try {
    const answer: unknown = JSON.parse(output);
    if (isObject(answer)) {
      const { Username: id, Secret: secret } = answer;
      if (id === '<token>' && isFilled(secret)) return { kind: 'identity', token: secret };
      if (isFilled(id) && isFilled(secret)) return { kind: 'pair', id, secret };
    }
  } catch {
    // said below
  }
  remarks.push(`${program} answered with no credentials`);
  return undefined;
}

function run(
  program: string,
  input: string,
  env: Env,
  signal: Signal,
): Promise<{ readonly output: string; readonly failure: string | undefined }> {
  return new Promise((resolve, reject) => {
    const options = {
      env: environmentWithoutOurs(env),
      timeout: HELPER_MS,
      maxBuffer: 1024 * 1024,
      ...(signal === undefined ? {} : { signal }),
    };
    const child = execFile(program, ['get'], options, (error, output) => {
      if (error === null) return resolve({ output, failure: undefined });
      if (signal?.aborted === true) return reject(cancelled(signal));
      const code = systemCode(error);
      const failure =
        code === 'ENOENT'
          ? 'it is not on the PATH'
          : error.killed === true
            ? 'it took too long'
            : (code ?? `it exited with ${String(error.code ?? error.signal)}`);
      resolve({ output, failure });
    });
    // A helper that does not read its input, or is not there, closes this pipe.
    child.stdin?.on('error', () => {});
    child.stdin?.end(`${input}\n`);
  });
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
