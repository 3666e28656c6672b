// `npm run demo`: the main jobs on real data in a temporary folder, by hand and as a job would run them. The data was
// made by real Spack.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const fixtures = join(root, 'test/fixtures/spack-1.2');
const work = mkdtempSync(join(tmpdir(), 'buildcache-demo-'));
let shortFolder;
try {
  const mirror = join(work, 'mirror');
  cpSync(join(fixtures, 'mirror-unsigned'), mirror, { recursive: true });
  cpSync(join(fixtures, 'env'), join(work, 'env'), { recursive: true });
  const url = pathToFileURL(mirror).href;

  title('1. An environment against a mirror that has everything');
  cli(0, 'check', '-e', join(work, 'env'), '-m', url);

  // As after a change of a recipe: one spec and its index are gone.
  rmSync(join(mirror, 'v3/manifests/spec/toyapp'), { recursive: true });
  rmSync(join(mirror, 'v3/manifests/index'), { recursive: true });
  title('2. The same after one spec is gone: exit code 1, and what to rebuild');
  cli(1, 'check', '-e', join(work, 'env'), '-m', url, '-o', join(work, 'rebuild.json'));
  console.log(`\nrebuild.json: ${readFileSync(join(work, 'rebuild.json'), 'utf8')}`);

  title('3. A mirror that cannot be reached: exit code 2, never "rebuild everything"');
  cli(2, 'check', '-e', join(work, 'env'), '-m', 'http://127.0.0.1:9/mirror', '--retries', '0');

  title('4. What is in the mirror, in the language of specs');
  cli(0, 'list', '-m', url, '--allarch', '--long', '--variants', 'zlib-toy+pic', 'libtoy ^zlib-toy');

  title('5. The action, as the runner runs it');
  action(url);

  title('6. Install from a signed mirror: verified, relocated, registered as Spack does; and run it');
  // Binaries of the fixture have room for a root as long as theirs, /opt/toy/store, and no longer.
  const store = mkdtempSync('/tmp/s');
  shortFolder = store;
  const env = join(work, 'env');
  const signed = pathToFileURL(join(fixtures, 'mirror-signed')).href;
  const trusted = ['--trusted-keys', join(root, 'test/fixtures/toy-ci.pub.asc')];
  // The packages were built for x86_64_v3; elsewhere they are installed all the same, and not run.
  cli(0, 'install', '-e', env, '-m', signed, ...trusted, '--store', store, '--otherarch', 'toyapp');
  run(store);

  title('7. Push what is installed to a mirror of our own, and ask whether all is there');
  const own = pathToFileURL(join(work, 'own')).href;
  cli(0, 'push', '--unsigned', '--update-index', '--store', store, '-e', env, own, 'toyapp');
  cli(0, 'check', '-e', env, '-m', own, 'toyapp');
} finally {
  for (const folder of [work, shortFolder]) if (folder) rmSync(folder, { recursive: true, force: true });
}

function cli(expected, ...args) {
  console.log(`$ buildcache ${args.join(' ')}`);
  const { status } = spawnSync(join(root, 'bin/buildcache'), args, {
    stdio: 'inherit',
    env: { ...process.env, BUILDCACHE_CACHE_DIR: join(work, 'cache') },
  });
  console.log(`exit code ${status}`);
  if (status !== expected) throw new Error(`expected exit code ${expected}`);
}

function action(url) {
  const files = Object.fromEntries(
    ['OUTPUT', 'STATE', 'STEP_SUMMARY'].map((name) => [name, join(work, name)]),
  );
  for (const file of Object.values(files)) writeFileSync(file, '');
  mkdirSync(join(work, 'temp'));
  execFileSync(process.execPath, [join(root, 'dist/main.js')], {
    stdio: 'inherit',
    env: {
      ...process.env,
      RUNNER_TEMP: join(work, 'temp'),
      GITHUB_WORKSPACE: work,
      GITHUB_OUTPUT: files.OUTPUT,
      GITHUB_STATE: files.STATE,
      GITHUB_STEP_SUMMARY: files.STEP_SUMMARY,
      INPUT_ENVIRONMENT: 'env',
      INPUT_MIRRORS: `demo=${url}`,
    },
  });
  const outputs = readFileSync(files.OUTPUT, 'utf8').matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm);
  console.log(`\n--- outputs\n${[...outputs].map(([, name, , value]) => `${name}=${value}`).join('\n')}`);
  console.log(`\n--- job summary\n${readFileSync(files.STEP_SUMMARY, 'utf8').trim()}`);
}

function run(store) {
  const [platform = ''] = readdirSync(store).filter((name) => name.startsWith('linux'));
  const [app = ''] = readdirSync(join(store, platform)).filter((name) => name.startsWith('toyapp-'));
  const program = join(store, platform, app, 'bin/toyapp');
  console.log(`$ ${program}`);
  const { status, stdout } = spawnSync(program, { encoding: 'utf8' });
  if (status === null || status >= 126) console.log('(this machine cannot run it)');
  else if (!stdout.includes(store)) throw new Error(`expected the new paths, found ${stdout}`);
  else console.log(stdout.trim());
}

function title(text) {
  console.log(`\n=== ${text}\n`);
}
