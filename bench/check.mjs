// The gate on a generated environment of 1,000 specs over HTTP: cold index, warm index, no index; beside it the
// floor (fetching the same index and JSON.parse, in a process of its own), start-up, the action's main step, and
// Spack's own `check` where the variable SPACK names an executable.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { generateEnvironment } from '../test/harness/generate.ts';
import { generateMirror } from '../test/harness/generate-mirror.ts';
import { startServerProcess } from './http-process.mjs';
import { report, timeCommand } from './measure.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const node = process.execPath;
const cli = join(root, 'dist/cli.js');

export async function run() {
  const work = mkdtempSync(join(tmpdir(), 'buildcache-bench-'));
  const env = { ...process.env, BUILDCACHE_CACHE_DIR: join(work, 'cache') };
  const forget = () => rmSync(join(work, 'cache'), { recursive: true, force: true });
  try {
    const environment = generateEnvironment({ specs: 1000, seed: 1 });
    const folder = join(work, 'env');
    mkdirSync(folder);
    writeFileSync(join(folder, 'spack.lock'), environment.lockfile ?? environment.text ?? '');
    writeFileSync(join(folder, 'spack.yaml'), 'spack:\n  specs: []\n');
    await generateMirror(join(work, 'mirror'), environment, {});
    await generateMirror(join(work, 'bare'), environment, { index: false });
    await using server = await startServerProcess(work);
    const index = await indexUrl(`${server.url}/mirror`);

    const bare = await timeCommand(node, ['-e', '0'], { times: 15 });
    const version = await timeCommand(node, [cli, '--version'], { times: 15 });
    report('node -e 0', bare.median);
    report('--version', version.median, bare.median, 'aim 2× node -e 0');

    const parse = `fetch(${JSON.stringify(index)}).then(r=>r.text()).then(t=>{JSON.parse(t);process.exit()})`;
    const floor = await timeCommand(node, ['-e', parse]);
    report('floor: fetch the index and JSON.parse it', floor.median);
    const check = (mirror) => [cli, 'check', '-e', folder, '-m', `${server.url}/${mirror}`];
    const cold = await timeCommand(node, check('mirror'), { env, before: forget });
    report('check, cold index', cold.median, floor.median, 'aim 2× the floor, 500 ms');
    const warm = await timeCommand(node, check('mirror'), { env });
    report('check, warm index', warm.median, floor.median);
    const none = await timeCommand(node, check('bare'), { env, before: forget });
    report('check, no index (1,000 requests)', none.median, floor.median, 'aim 1,500 ms');
    for (const [name, { code }] of Object.entries({ cold, warm, none })) {
      if (code !== 0) throw new Error(`${name}: exit code ${code} instead of 0`);
    }
    await actionStep(work);
    await spackCheck(folder, `${server.url}/mirror`, cold.median);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function indexUrl(mirror) {
  const manifest = await (await fetch(`${mirror}/v3/manifests/index/index.manifest.json`)).json();
  const { checksum } = manifest.data[0];
  return `${mirror}/blobs/sha256/${checksum.slice(0, 2)}/${checksum}`;
}

async function actionStep(work) {
  const fixtures = join(root, 'test/fixtures/spack-1.2');
  const file = (name) => {
    writeFileSync(join(work, name), '');
    return join(work, name);
  };
  const env = {
    ...process.env,
    RUNNER_TEMP: work,
    GITHUB_WORKSPACE: work,
    GITHUB_OUTPUT: file('output'),
    GITHUB_STATE: file('state'),
    GITHUB_STEP_SUMMARY: file('summary'),
    INPUT_ENVIRONMENT: join(fixtures, 'env'),
    INPUT_MIRRORS: `toy=${pathToFileURL(join(fixtures, 'mirror-signed')).href}`,
  };
  const step = await timeCommand(node, [join(root, 'dist/main.js')], { env });
  if (step.code !== 0) throw new Error(`the action's main step: exit code ${step.code}`);
  report("the action's main step on the fixture", step.median, undefined, 'aim 400 ms');
}

async function spackCheck(folder, mirror, ours) {
  const spack = process.env.SPACK;
  if (!spack) {
    console.log("Spack's own check: not measured, the variable SPACK names no executable");
    return;
  }
  const scratch = join(folder, 'spack-user');
  const env = { ...process.env, SPACK_USER_CONFIG_PATH: scratch, SPACK_USER_CACHE_PATH: scratch };
  const theirs = await timeCommand(spack, ['-e', folder, 'buildcache', 'check', '-m', mirror], {
    env,
    times: 1,
  });
  report("Spack's own check", theirs.median, ours, '(ratio to ours, cold)');
}
