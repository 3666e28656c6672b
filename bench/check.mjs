import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { generateEnvironment } from '../test/harness/generate.ts';
import { generateMirror } from '../test/harness/generate-mirror.ts';
import { hashLockfile, leastGate } from './parts/gate-floors.mjs';
import { startServerProcess } from './parts/http-process.mjs';
import { CLI, nodeInTurns, scratch, timeCommand } from './parts/measure.mjs';
import { writeEnvironment } from './parts/stores.mjs';

export const about =
  'The gate: 1,000 specs over HTTP, all of them there. The floor is a process that fetches the same index and calls `JSON.parse`.';
export const notes =
  'Warm, nothing has changed since all were there: the lockfile is only digested, and the mirror asked for the digest of its index. Else most of what the floor does not do is to parse, decode and verify the 1,000 specs of the lockfile. The second floor does the least of that: it parses the lockfile and digests each spec. The third is the least program that answers as a cold gate has to: it verifies hashes and the graph, asks where the index is, digests it and keeps it. What stands between that and ours is the code of the command line (a third: to load, compile and run it for the first time), the decoding of each field with a word for what is wrong with it, requests for the older layout, and the answer that is kept. Where answers come late, the lockfile is read meanwhile: an index is a few answers away, and these cost nothing then.';

const root = fileURLToPath(new URL('..', import.meta.url));
const node = process.execPath;

export async function run(bench) {
  using work = scratch('check');
  const at = (name) => join(work.path, name);
  const env = { ...process.env, BUILDCACHE_CACHE_DIR: at('cache'), XDG_STATE_HOME: at('own-state') };
  const forget = () => rmSync(at('cache'), { recursive: true, force: true });
  const environment = generateEnvironment({ specs: bench.size(1000), seed: 1 });
  writeEnvironment(at('env'), environment);
  await generateMirror(at('mirror'), environment, {});
  await generateMirror(at('bare'), environment, { index: false });
  await using server = await startServerProcess(work.path);
  const index = await indexUrl(`${server.url}/mirror`);

  const [bare, version] = await nodeInTurns(bench.rounds(15), [[['-e', '0']], [[CLI, '--version']]]);
  bench.note('node -e 0', bare.median, 'ms');
  const start = { what: 'node -e 0', value: bare.median };
  bench.note('--version', version.median, 'ms', { floor: start, aim: 2 });

  const check = (mirror) => [CLI, 'check', '-e', at('env'), '-m', `${server.url}/${mirror}`];
  const parse = fetchAndParse(index);
  const [least, proof, gate, cold, warm, whole, none] = await nodeInTurns(bench.rounds(11), [
    [['-e', parse]],
    [['-e', `${hashLockfile(at('env/spack.lock'))}${parse}`]],
    [['-e', leastGate(at('env/spack.lock'), `${server.url}/mirror`, at('kept'))]],
    [check('mirror'), { env, before: forget }],
    [check('mirror'), { env }],
    // An answer that names each spec is never one that was kept.
    [[...check('mirror'), '--json'], { env }],
    [check('bare'), { env, before: forget }],
  ]);
  const floor = { what: 'the floor', value: least.median };
  bench.note('floor: fetch and parse the index', least.median, 'ms');
  bench.note('floor: the same, and parse and hash the lockfile', proof.median, 'ms', { floor });
  bench.note('floor: the least program that is a gate', gate.median, 'ms', { floor });
  bench.note('check, cold index', cold.median, 'ms', { floor, aim: 2 });
  bench.note('check, warm index', warm.median, 'ms', { floor, aim: 1.3 });
  bench.note('check --json, warm index', whole.median, 'ms', { floor });
  bench.note('check, no index (a request for each spec)', none.median, 'ms', { floor });
  await away(bench, work.path, { env, forget, args: ['check', '-e', at('env')] });
  await actionStep(bench, work.path);
  await spackCheck(bench, at('env'), `${server.url}/mirror`, cold.median);
}

/** Milliseconds before each answer of a server that is not next door. */
const LATENCY = 20;
const where = `answers after ${LATENCY} ms`;

/** The same from a server whose answers take a while to come. */
async function away(bench, root, { env, forget, args }) {
  await using server = await startServerProcess(root, 0, LATENCY);
  const [least, cold] = await nodeInTurns(bench.rounds(11), [
    [['-e', fetchAndParse(await indexUrl(`${server.url}/mirror`))]],
    [[CLI, ...args, '-m', `${server.url}/mirror`], { env, before: forget }],
  ]);
  bench.note(`floor: fetch and parse the index, ${where}`, least.median, 'ms');
  const floor = { what: 'that floor', value: least.median };
  bench.note(`check, cold index, ${where}`, cold.median, 'ms', { floor, aim: 2 });
}

function fetchAndParse(index) {
  return `fetch(${JSON.stringify(index)}).then(r=>r.text()).then(t=>{JSON.parse(t);process.exit()})`;
}

async function indexUrl(mirror) {
  const manifest = await (await fetch(`${mirror}/v3/manifests/index/index.manifest.json`)).json();
  const { checksum } = manifest.data[0];
  return `${mirror}/blobs/sha256/${checksum.slice(0, 2)}/${checksum}`;
}

async function actionStep(bench, work) {
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
  const step = await timeCommand(node, [join(root, 'dist/main.js')], { env, times: bench.rounds(7) });
  bench.note("the action's main step on the fixture", step.median, 'ms', { aim: 400 });
}

async function spackCheck(bench, folder, mirror, ours) {
  const spack = process.env.SPACK;
  if (!spack) return bench.skip("Spack's own check, cold", 'the variable SPACK names no executable');
  const user = join(folder, 'spack-user');
  mkdirSync(user);
  const env = { ...process.env, SPACK_USER_CONFIG_PATH: user, SPACK_USER_CACHE_PATH: user };
  const args = ['-e', folder, 'buildcache', 'check', '-m', mirror];
  // From 1.3 on it asks for each tarball too. This mirror has none, so there is something to rebuild: 1.
  const theirs = await timeCommand(spack, args, { env, times: 1, codes: [0, 1] });
  bench.note("Spack's own check, cold", theirs.median, 'ms', { floor: { what: 'ours, cold', value: ours } });
}
