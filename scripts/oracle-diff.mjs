/**
 * Compares the changes that `explain` finds between two specs with what a real Spack's `spack diff` says of the same
 * two: generated pairs, and where --old and --new name lockfiles, pairs out of those. Exits 1 where they differ.
 *
 *   SPACK=/path/to/bin/spack node scripts/oracle-diff.mjs [--pairs 10] [--seed 1] [--old FILE --new FILE]
 *
 * Spack tells facts by a package's name, so only pairs in which no name repeats are asked about.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pairsBelow } from '../src/plan/explain/align.ts';
import { explain } from '../src/plan/explain/explain.ts';
import { makePool } from '../src/plan/explain/pool.ts';
import { postOrder } from '../src/spec/graph.ts';
import { readLockfile } from '../src/spec/lockfile.ts';
import { generateEnvironment } from '../test/harness/generate.ts';
import { lockOf, lockText, mutate, WAYS } from '../test/plan/explain/mutate.ts';
import { requireSpack } from './oracle-spack/spack.mjs';

const spack = requireSpack();
const { values: options } = parseArgs({
  options: {
    pairs: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    old: { type: 'string' },
    new: { type: 'string' },
  },
});

/** Our changes that are facts of Spack's, and how it writes them. */
const FACTS = {
  version: 'version',
  variant: 'variant_value',
  flags: 'node_flag',
  target: 'node_target',
  os: 'node_os',
  platform: 'node_platform',
  namespace: 'namespace',
  recipe: 'package_hash',
};
const ATTRIBUTES = new Set(Object.values(FACTS));
/** Ways of changing a spec that Spack's facts can tell. */
const TOLD = new Set([...Object.keys(FACTS), 'dependency', 'edge']);

const pairs = options.old && options.new ? readPairs(options.old, options.new) : generatePairs();
const answers = askSpack(
  pairs.map(({ old, near, graph, wanted }) => [documentOf(old, near), documentOf(graph, wanted)]),
);
let differing = 0;
for (const [i, pair] of pairs.entries()) compare(pair, answers[i]);
console.log(
  `${pairs.length} pairs, ${differing === 0 ? 'all of them as Spack says' : `${differing} differ`}`,
);
process.exitCode = differing === 0 && pairs.length > 0 ? 0 : 1;

function generatePairs() {
  const found = [];
  const ways = WAYS.filter(({ kind }) => TOLD.has(kind));
  for (let seed = Number(options.seed); found.length < Number(options.pairs); seed++) {
    const lock = lockOf(JSON.parse(generateEnvironment({ specs: 12, seed }).lockfile));
    const made = mutate(lock, 1 + (seed % 4), seed, ways);
    if (made === undefined) continue;
    // The one that most is below of.
    const explained = explainTexts(lockText(lock), lockText(made.lock), `seed ${seed}`);
    const [most] = explained.sort((a, b) => b.changes - a.changes);
    if (most !== undefined) found.push(most);
  }
  return found;
}

function readPairs(old, next) {
  return explainTexts(readFileSync(old, 'utf8'), readFileSync(next, 'utf8'), next).slice(
    0,
    Number(options.pairs),
  );
}

/** The specs that changed, each beside its nearest, where no name repeats below either. */
function explainTexts(before, after, about) {
  const [old, graph] = [readLockfile(before, 'old'), readLockfile(after, 'new')];
  const pool = makePool();
  for (const node of old.nodes.values()) pool.add(node, 'old');
  const asked = postOrder(graph, graph.nodes.keys()).filter(
    ({ external, hash }) => external === undefined && !old.nodes.has(hash),
  );
  return explain(asked, graph, pool).answers.flatMap((answer) => {
    if (answer.is !== 'changed') return [];
    const { near, wanted } = answer.pair;
    if (repeats(old, near) || repeats(graph, wanted)) return [];
    const all = pairsBelow([answer.pair]);
    const changes = all.reduce((sum, pair) => sum + pair.changes.length, 0);
    return [{ about, old, graph, near, wanted, all, changes }];
  });
}

function repeats(graph, node) {
  const names = postOrder(graph, [node.hash]).map(({ name }) => name);
  return new Set(names).size < names.length;
}

function documentOf(graph, root) {
  const nodes = postOrder(graph, [root.hash]).reverse();
  return { spec: { _meta: { version: root.format }, nodes: nodes.map(({ dict }) => dict) } };
}

function askSpack(questions) {
  const home = mkdtempSync(join(tmpdir(), 'oracle-diff-'));
  try {
    mkdirSync(join(home, 'scope'));
    const repository = join(home, 'spack_repo', 'oracle');
    mkdirSync(join(repository, 'packages'), { recursive: true });
    writeFileSync(join(repository, 'repo.yaml'), 'repo:\n  namespace: oracle\n  api: v2.0\n');
    writeFileSync(join(home, 'scope', 'repos.yaml'), `repos::\n  oracle: ${JSON.stringify(repository)}\n`);
    writeFileSync(join(home, 'questions.json'), JSON.stringify(questions));
    const script = new URL('oracle-diff/ask.py', import.meta.url).pathname;
    execFileSync('python3', [spack, '-C', join(home, 'scope'), 'python', script], {
      stdio: 'inherit',
      env: {
        ...process.env,
        HOME: home,
        SPACK_DISABLE_LOCAL_CONFIG: '1',
        SPACK_USER_CONFIG_PATH: join(home, 'config'),
        SPACK_USER_CACHE_PATH: join(home, 'cache'),
        ORACLE_QUESTIONS: join(home, 'questions.json'),
        ORACLE_ANSWERS: join(home, 'answers.json'),
      },
    });
    return JSON.parse(readFileSync(join(home, 'answers.json'), 'utf8'));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function compare({ about, old, graph, near, wanted, all, changes }, { gone, come }) {
  const kinds = [...new Set(all.flatMap((pair) => pair.changes.map(({ kind }) => kind)))];
  const name = `${about}: ${wanted.name} ${near.hash.slice(0, 7)} → ${wanted.hash.slice(0, 7)}`;
  // What came or went whole brings its own facts and edges; it is told by the edge to it. To Spack that is also a package
  // that it no longer comes to from the root, though others still need it.
  const whole = new Set([...gone, ...come].flatMap(([key, text]) => (key === 'node' ? [text] : [])));
  const inBoth = (fact) => !whole.has(fact.split(' ')[2]);
  const ours = [...attributesOf(all)].sort();
  const theirs = [...factsOf(gone, 'gone'), ...factsOf(come, 'come')].filter(inBoth).sort();
  const wrong = [
    ...ours.filter((each) => !theirs.includes(each)),
    ...theirs.filter((each) => !ours.includes(each)),
  ];
  // Of a package that many need, Spack tells only the link and run edges that it comes to first.
  const edges = new Set(edgesOf(all));
  const told = [...edgeFacts(gone, 'gone'), ...edgeFacts(come, 'come')];
  for (const fact of told) {
    const isOfBoth = !whole.has(fact.split(' ')[1]);
    if (isOfBoth && !edges.has(fact) && !isShared(fact, old, near, graph, wanted)) wrong.push(fact);
  }
  for (const fact of edges) {
    if (!told.includes(fact) && !isShared(fact, old, near, graph, wanted)) wrong.push(fact);
  }
  if (wrong.length > 0) differing++;
  console.log(
    `${wrong.length === 0 ? 'same' : 'DIFFERS'}  ${name}: ${changes} changes (${kinds.join(', ')})`,
  );
  for (const fact of wrong.slice(0, 10))
    console.log(`    ${fact}: ${ours.includes(fact) || edges.has(fact) ? 'only we' : 'only Spack'}`);
}

/** Where an edge that is not for a build leads to something that others need, too. */
function isShared(fact, old, near, graph, wanted) {
  const [, , child, type] = fact.split(' ');
  if (type === 'build' || type === 'test') return false;
  const parents = (from, root) =>
    postOrder(from, [root.hash]).filter(({ dependencies }) =>
      dependencies.some((edge) => edge.name === child),
    ).length;
  return Math.max(parents(old, near), parents(graph, wanted)) > 1;
}

/** Our changes of attributes, in Spack's words: `come version zlib 1.3`. */
function* attributesOf(all) {
  for (const { wanted, near, changes } of all) {
    for (const { kind, name } of changes) {
      const fact = FACTS[kind];
      if (fact === undefined) continue;
      for (const [side, node] of [
        ['gone', near],
        ['come', wanted],
      ]) {
        for (const value of valuesOf(kind, name, node)) yield `${side} ${fact} ${node.name} ${value}`;
      }
    }
  }
}

function valuesOf(kind, name, node) {
  switch (kind) {
    case 'version':
      return [node.version];
    case 'target':
      return [node.target];
    case 'os':
      return [node.os];
    case 'platform':
      return [node.platform];
    case 'namespace':
      return [node.namespace];
    case 'recipe':
      return [node.dict.package_hash];
    case 'variant': {
      const value = node.variants.get(name);
      if (value === undefined) return [];
      const values = typeof value === 'boolean' ? [value ? 'True' : 'False'] : [value].flat();
      return values.map((each) => `${name} ${each}`);
    }
    default:
      return (node.flags.get(name) ?? []).map((flag) => `${name} ${flag}`);
  }
}

function* factsOf(facts, side) {
  for (const [key, text] of facts) {
    if (!ATTRIBUTES.has(key)) continue;
    const flag = /^(\S+) node_flag\("([^"]*)","([^"]*)"/.exec(text);
    yield `${side} ${key} ${flag === null ? text : `${flag[1]} ${flag[2]} ${flag[3]}`}`;
  }
}

function* edgesOf(all) {
  for (const { wanted, edges } of all) {
    for (const { wanted: to, near: from } of edges) {
      const types = (edge) => edge?.deptypes ?? [];
      const isOther = from?.name !== to?.name;
      for (const type of types(from)) {
        if (isOther || !types(to).includes(type)) yield `gone ${wanted.name} ${from.name} ${type}`;
      }
      for (const type of types(to)) {
        if (isOther || !types(from).includes(type)) yield `come ${wanted.name} ${to.name} ${type}`;
      }
    }
  }
}

function* edgeFacts(facts, side) {
  for (const [key, text] of facts) if (key === 'depends_on') yield `${side} ${text}`;
}
