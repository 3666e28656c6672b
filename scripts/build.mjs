// Builds the bundle: TypeScript -> build/, ncc -> dist/. One bundle for main, post and the command line, with
// launchers of a few lines beside it. `--check` builds elsewhere and fails when dist is not what comes out.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { minify } from 'rolldown/utils';
import { COMMANDS, launcherOf } from '../src/entry/action/manifest/commands.ts';
import { mergeChunks } from './merge-chunks.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const check = process.argv.includes('--check');
const out = check ? mkdtempSync(join(tmpdir(), 'buildcache-dist-')) : join(root, 'dist');

rmSync(join(root, 'build'), { recursive: true, force: true });
run('tsc', '-p', 'tsconfig.build.json');
nameThreads(join(root, 'build'));
for (const thread of ['tree/stage-thread.js', 'cache/index/gather-thread.js']) {
  await bundleThread(join(root, 'build', thread));
}
if (!check) rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
// ncc looks for package.json upwards to see whether it bundles ESM.
cpSync(join(root, 'package.json'), join(root, 'build', 'package.json'));
run('ncc', 'build', 'build/entry/bundle.js', '--out', out, '--license', 'licenses.txt', '--quiet');

// ncc takes some paths in the source for files to bring along, and then brings whatever matches.
const folders = readdirSync(out, { withFileTypes: true }).filter((entry) => entry.isDirectory());
if (folders.length > 0) {
  throw new Error(
    `ncc took files along, into ${folders.map(({ name }) => name).join(', ')}: look for resolve(…, 'name')`,
  );
}

// ncc finds a thread's file only in code without newer syntax: `??=` or `1_000` beside it is enough, and the file gets
// another name, under which the executable does not have it.
const renamed = readdirSync(out).find((name) => /^[0-9a-f]{20}\.js$/.test(name));
if (renamed !== undefined) throw new Error(`ncc did not see which file ${renamed} is`);

// commander starts programs for commands that are files of their own. We have none, and every start would load what starts
// them.
const STARTS = /const childProcess = (\w+\(\d+\));(?=[\s\S]*executableFile)/;
const starters = readdirSync(out).filter((name) => STARTS.test(readFileSync(join(out, name), 'utf8')));
if (starters.length !== 1) throw new Error(`${starters.length} files have the commander that is looked for`);
for (const file of starters.map((name) => join(out, name))) {
  const lazy = 'const childProcess = { get spawn() { return $1.spawn; } };';
  writeFileSync(file, readFileSync(file, 'utf8').replace(STARTS, lazy));
}

mergeChunks(out, 'check');

// ncc itself minifies the entry only. Start-up is most of what a gate costs, and much of that is reading its code.
for (const name of readdirSync(out).filter((file) => file.endsWith('index.js'))) {
  const file = join(out, name);
  const { code, errors } = await minify(file, readFileSync(file, 'utf8'), {
    module: true,
    // Some packages tell errors apart by the names of their classes.
    compress: { keepNames: { function: true, class: true } },
    mangle: { keepNames: true },
  });
  if (errors.length > 0) throw new Error(`${name}: ${errors[0].message}`);
  writeFileSync(file, code);
}

// The thread pool's size is read when it is first used: before anything else is loaded. As many calls may wait for the
// disk there as entries are under way at once.
const launcher = (statements) => `process.env.UV_THREADPOOL_SIZE ??= '16';\n${statements}\n`;
const running = (call) => `await (await import('./index.js')).${call};`;
const launchers = { main: running('main()'), post: running('post()') };
for (const name of Object.keys(COMMANDS)) launchers[launcherOf(name)] ??= running(`main('${name}')`);
// Where a part of the bundle is missing, Node would end with 1. Of the command line, 1 is an answer.
launchers.cli = `try {
  ${running('cli()')}
} catch (error) {
  const [line] = String(error?.message).split('\\n');
  console.error(\`error: buildcache cannot be started: \${line}\`);
  process.exit(2);
}`;
for (const [name, statements] of Object.entries(launchers))
  writeFileSync(join(out, `${name}.js`), launcher(statements));
rmSync(join(root, 'build'), { recursive: true, force: true });

if (check) {
  const stale = differences(join(root, 'dist'), out);
  rmSync(out, { recursive: true, force: true });
  if (stale.length > 0) {
    console.error(
      `dist is not what the source builds to: ${stale.join(', ')}\nRun \`npm run build\` and commit it.`,
    );
    process.exit(1);
  }
  console.log('dist is fresh.');
}

/** Puts what a thread's file imports into it, since it is loaded on its own. */
async function bundleThread(file) {
  const bundle = await rolldown({ input: file, platform: 'node', treeshake: true });
  const { output } = await bundle.generate({ format: 'esm', minify: { mangle: { keepNames: true } } });
  await bundle.close();
  if (output.length !== 1) throw new Error(`${file} became ${output.length} files: a thread has to be one`);
  writeFileSync(file, output[0].code);
}

/** tsc renames what is imported, but not the files of threads. ncc puts those beside the bundle as they are. */
function nameThreads(folder) {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.js')) continue;
    const file = join(folder, name);
    const text = readFileSync(file, 'utf8');
    const named = text.replace(/(threadBeside\(new URL\('\.\/[\w-]+\.)ts'/g, "$1js'");
    if (named !== text) writeFileSync(file, named);
  }
}

function run(command, ...args) {
  execFileSync(join(root, 'node_modules', '.bin', command), args, { cwd: root, stdio: 'inherit' });
}

function differences(a, b) {
  const names = new Set([...readdirSync(a), ...readdirSync(b)]);
  const read = (folder, name) => {
    try {
      return readFileSync(join(folder, name));
    } catch {
      return undefined;
    }
  };
  return [...names].filter((name) => {
    const [left, right] = [read(a, name), read(b, name)];
    return left === undefined || right === undefined || !left.equals(right);
  });
}
