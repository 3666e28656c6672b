/**
 * Compares our reading of lockfiles with a real Spack's: which specs there are, by hash; their short forms; and whether
 * the hashes that must be those of their contents are, to both. Prints every disagreement, and how many there are in all;
 * exits 1 if there is one.
 *
 *   SPACK=/path/to/bin/spack node scripts/oracle-locks.mjs path/to/spack.lock …
 *
 * Spack runs with configuration and caches of its own; nothing of the user's is read or written.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeError } from '../src/core/errors.ts';
import { shortSpec } from '../src/spec/format.ts';
import { postOrder } from '../src/spec/graph.ts';
import { hashHolds, hashMustHold } from '../src/spec/hash.ts';
import { readLockfile } from '../src/spec/lockfile.ts';
import { requireSpack } from './oracle-spack/spack.mjs';

const spack = requireSpack();
const files = process.argv.slice(2).map((file) => resolve(file));
if (files.length === 0) {
  console.error('name the lockfiles to compare');
  process.exit(2);
}

let disagreements = 0;
let specs = 0;
for (const [i, answer] of askSpack(files).entries()) {
  const file = files[i];
  const ours = read(file);
  if (ours.error !== undefined || answer.error !== undefined) {
    if ((ours.error === undefined) !== (answer.error === undefined))
      disagree(
        file,
        `we say ${ours.error ?? 'it can be read'}, Spack says ${answer.error ?? 'it can be read'}`,
      );
    continue;
  }
  compare(file, ours.graph, new Map(Object.entries(answer.specs)));
}
console.log(`${files.length} lockfiles, ${specs} specs, ${disagreements} disagreements`);
process.exitCode = disagreements === 0 ? 0 : 1;

function compare(file, graph, theirs) {
  // Spack reads what is below the roots; a lockfile may hold more.
  const nodes = postOrder(
    graph,
    graph.roots.map(({ hash }) => hash),
  );
  for (const node of nodes) {
    specs++;
    const said = theirs.get(node.hash);
    theirs.delete(node.hash);
    if (said === undefined) disagree(file, `/${node.hash}: Spack does not have it`);
    else if (said.short !== shortSpec(node)) disagree(file, `${shortSpec(node)}, Spack says ${said.short}`);
    else if (hashMustHold(node) && hashHolds(node) !== (said.again === node.hash) && node.format >= 5)
      disagree(file, `${shortSpec(node)}: its content gives /${said.again}, Spack says`);
  }
  for (const hash of theirs.keys()) disagree(file, `/${hash}: only Spack has it`);
}

function read(file) {
  try {
    return { graph: readLockfile(readFileSync(file, 'utf8'), file) };
  } catch (error) {
    return { error: describeError(error) };
  }
}

function askSpack(lockfiles) {
  const folder = mkdtempSync(join(tmpdir(), 'oracle-locks-'));
  try {
    const questions = join(folder, 'questions.json');
    const answers = join(folder, 'answers.json');
    writeFileSync(questions, JSON.stringify(lockfiles));
    const config = join(folder, 'config');
    mkdirSync(config);
    // No recipes are needed to read, and none are to be fetched.
    const recipes = join(folder, 'recipes/spack_repo/none');
    mkdirSync(join(recipes, 'packages'), { recursive: true });
    writeFileSync(join(recipes, 'repo.yaml'), 'repo:\n  namespace: none\n  api: v2.0\n');
    writeFileSync(join(config, 'repos.yaml'), `repos::\n  none: ${recipes}\n`);
    const env = {
      ...process.env,
      HOME: folder,
      SPACK_USER_CACHE_PATH: join(folder, 'cache'),
      SPACK_DISABLE_LOCAL_CONFIG: '1',
      ORACLE_QUESTIONS: questions,
      ORACLE_ANSWERS: answers,
    };
    const script = fileURLToPath(new URL('oracle-locks/ask.py', import.meta.url));
    execFileSync('python3', [spack, '-C', config, 'python', script], {
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    return JSON.parse(readFileSync(answers, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function disagree(file, text) {
  disagreements++;
  if (disagreements <= 200) console.log(`DISAGREE ${file}: ${text}`);
}
