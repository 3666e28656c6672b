// Builds the command line as one file that needs no Node beside it: Node's own single-executable form, with the bundle
// of dist inside. `node scripts/executable.mjs [linux-x64|linux-arm64|darwin-arm64|darwin-x64] [--out FOLDER]` writes
// buildcache-PLATFORM, its .sha256 and the licences of all that is in it.
//
// The Node for Linux is npm's package node-linux-ARCH of the version and integrity in package-lock.json. For macOS it is
// the Node that runs this, on a machine of that kind, since only there can the result be signed.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'darwin-x64'];
// What Node itself looks for: https://nodejs.org/docs/latest-v24.x/api/single-executable-applications.html
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

const root = fileURLToPath(new URL('..', import.meta.url));
const host = `${process.platform}-${process.arch}`;
const { values, positionals } = parseArgs({
  options: { out: { type: 'string', default: join(root, 'build', 'executable') } },
  allowPositionals: true,
});
const [platform = host, ...others] = positionals;
if (!PLATFORMS.includes(platform) || others.length > 0) {
  fail(`expected one of ${PLATFORMS.join(', ')}, found ${positionals.join(' ')}`);
}
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const out = resolve(values.out);
const work = mkdtempSync(join(tmpdir(), 'buildcache-executable-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

const node = platform.startsWith('linux-') ? nodeForLinux() : nodeForMac();
const made = join(work, 'made');
copyFileSync(node.program, made);
chmodSync(made, 0o755);
const isMac = platform.startsWith('darwin-');
if (isMac) execFileSync('codesign', ['--remove-signature', made], { stdio: 'inherit' });
inject(made, blob(node.version), isMac ? ['--macho-segment-name', 'NODE_SEA'] : []);
if (isMac) execFileSync('codesign', ['--sign', '-', made], { stdio: 'inherit' });

const name = `buildcache-${platform}`;
mkdirSync(out, { recursive: true });
const target = join(out, name);
// Never half an executable under its name; and one that runs can be replaced, not written to.
copyFileSync(made, `${target}.new`);
renameSync(`${target}.new`, target);
const digest = createHash('sha256').update(readFileSync(target)).digest('hex');
writeFileSync(`${target}.sha256`, `${digest}  ${name}\n`);
writeFileSync(join(out, 'buildcache-licenses.txt'), licences(node.licence));
console.log(`${target}: Node ${node.version}, sha256 ${digest}`);

function nodeForLinux() {
  const name = `node-${platform}`;
  const { version, integrity } = lock.packages[`node_modules/${name}`];
  const installed = join(root, 'node_modules', name);
  const folder = existsSync(join(installed, 'bin', 'node')) ? installed : fetched(name, version, integrity);
  return { version, program: join(folder, 'bin', 'node'), licence: join(folder, 'LICENSE') };
}

/** npm installs such a package only where it can run; for another machine it is taken from the registry, and checked. */
function fetched(name, version, integrity) {
  execFileSync('npm', ['pack', '--silent', '--pack-destination', work, `${name}@${version}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const archive = join(work, `${name}-${version}.tgz`);
  const found = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
  if (found !== integrity) fail(`${name}@${version}: expected ${integrity}, found ${found}`);
  execFileSync('tar', ['-xzf', archive, '-C', work]);
  return join(work, 'package');
}

function nodeForMac() {
  if (host !== platform) fail(`${platform} is built on ${platform} only, this is ${host}`);
  const { version } = process.versions;
  const licence = join(process.execPath, '..', '..', 'LICENSE');
  return { version, program: process.execPath, licence };
}

/** The launcher and the bundle, in the form that Node of this version reads. @returns the file */
function blob(version) {
  if (process.versions.node !== version) {
    fail(`this runs on Node ${process.versions.node}, expected ${version}: use \`npm run executable\``);
  }
  const dist = join(root, 'dist');
  const isInside = (name) =>
    name.endsWith('index.js') || name.endsWith('-thread.js') || name === 'package.json';
  const names = readdirSync(dist).filter(isInside);
  if (!names.includes('index.js')) fail('dist has no index.js: run `npm run build`');
  const file = join(work, 'blob');
  const settings = {
    main: join(root, 'scripts', 'executable', 'launcher.cjs'),
    output: file,
    disableExperimentalSEAWarning: true,
    // V8's cache is good for the machine it was made on.
    useCodeCache: platform === host,
    assets: Object.fromEntries(names.map((name) => [name, join(dist, name)])),
  };
  writeFileSync(join(work, 'settings.json'), JSON.stringify(settings));
  execFileSync(process.execPath, ['--experimental-sea-config', join(work, 'settings.json')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return file;
}

function inject(program, file, more) {
  const postject = join(root, 'node_modules', '.bin', 'postject');
  const options = ['NODE_SEA_BLOB', file, '--sentinel-fuse', FUSE, ...more];
  // It warns of names of sections that the linker has left out, on standard error, and says there as well why it failed.
  execFileSync(postject, [program, ...options], { stdio: 'pipe' });
}

function licences(ofNode) {
  const part = (title, file) => `${title}\n${'='.repeat(title.length)}\n\n${readFileSync(file, 'utf8')}\n`;
  return [
    part('buildcache-action, at your option: Apache-2.0', join(root, 'LICENSE-APACHE')),
    part('buildcache-action, at your option: MIT', join(root, 'LICENSE-MIT')),
    part('Packages in the bundle', join(root, 'dist', 'licenses.txt')),
    part('Node.js', ofNode),
  ].join('\n');
}

function fail(message) {
  console.error(`error: ${message}`);
  process.exit(2);
}
