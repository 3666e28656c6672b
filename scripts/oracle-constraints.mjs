/**
 * Compares our reading and matching of constraints with a real Spack's: makes up concrete specs and queries, about
 * them and about those of the fixtures that are rich in edges, asks both sides about every pair, and prints every
 * disagreement. Exits 1 if there is one that is not explained. For Spack 1.2 as released and newer: what satisfies
 * what changed after the pre-release of January 2026.
 *
 *   SPACK=/path/to/bin/spack node scripts/oracle-constraints.mjs [--specs 200] [--queries 500] [--soup 2000] [--seed 1]
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isSameDependency } from '../src/spec/constraint/conflict.ts';
import { formatConstraint } from '../src/spec/constraint/format.ts';
import { satisfies } from '../src/spec/constraint/match.ts';
import { parseSpec, parseSpecs } from '../src/spec/constraint/parse.ts';
import { postOrder } from '../src/spec/graph.ts';
import { graphOf, nodeFromDict, readMirrorIndex } from '../test/spec/spec-nodes.ts';
import {
  generateEdgeQueries,
  generateQueries,
  generateSoup,
  VIRTUALS,
} from './oracle-constraints/queries.mjs';
import { generateSpecs, NAMESPACES, PROVIDERS } from './oracle-constraints/specs.mjs';

const spack = process.env.SPACK;
if (spack === undefined || spack === '') {
  console.error('SPACK is not set: it must name the bin/spack of a Spack 1.2 or newer to compare with');
  process.exit(2);
}
const { values: options } = parseArgs({
  options: {
    specs: { type: 'string', default: '200' },
    queries: { type: 'string', default: '500' },
    soup: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
  },
});
const seed = Number(options.seed);

const VIRTUAL = `(?:${VIRTUALS.join('|')})`;
const VERSION_OF_VIRTUAL = new RegExp(`(?:[%^=]|\\] )(?:[\\w.]+\\.)?${VIRTUAL}@`);
const HASH_OF_VIRTUAL = new RegExp(`\\b${VIRTUAL}\\b[^%^]*/\\w`);
const VIRTUAL_ITSELF = new RegExp(`(?:^|when=')(?:[\\w.]+\\.)?${VIRTUAL}\\b`);

/** Differences in matching that are meant, each with how to tell that a disagreement is one of them. */
const EXPLAINED = [
  {
    why: 'platform=* and os=* end the check of the architecture in Spack; here they ask nothing, and the rest counts',
    holds: ({ query }) => /\b(platform|os|operating_system)=\*/.test(query),
  },
  {
    why: "Spack does not know the old names of compilers in old specs, so that %clang cannot find clang's; here it does",
    holds: ({ query, ours, hasOldSpecs }) =>
      ours === true && hasOldSpecs && /[%^].*\b(clang|llvm|intel-oneapi-compilers)\b/.test(query),
  },
  {
    why: "Spack asks nothing but a version of a virtual package's provider; here a hash counts as well",
    holds: ({ query, ours }) => ours === false && HASH_OF_VIRTUAL.test(query),
  },
  {
    why: 'what versions of a virtual package are provided, recipes would have to say',
    holds: ({ query, ours, isRich, hasOldSpecs }) =>
      ours === true && (isRich || hasOldSpecs) && VERSION_OF_VIRTUAL.test(query),
  },
  {
    why: "what a spec itself provides, recipes would have to say; here others' edges to it do",
    holds: ({ query, ours, isRich }) => ours === true && isRich && VIRTUAL_ITSELF.test(query),
  },
  {
    why: 'what % asks of a package that was named before is lost in Spack; here it counts',
    holds: ({ query, ours }) => ours === false && asksOfNamedBefore(parseSpec(query).dependencies),
  },
  {
    why: 'Spack merges target=: of a package that was named before into a target without a name, which nothing has',
    holds: ({ query, ours }) =>
      ours === true &&
      /target=(\S*,)?:(?=[\s,]|$)/.test(query) &&
      isNamedTwice(parseSpec(query).dependencies),
  },
  {
    why: 'Spack looks up a git ref without a version in its repository, and cannot here',
    holds: ({ theirs }) => /^VersionLookupError/.test(theirs),
  },
];

/** Texts that Spack refuses and we do not, by what it says. */
const ACCEPTED = [
  ['Spack refuses two nameless dependencies of one type; here they are two', /cannot update the edge from/],
  ['Spack takes the parts that arch=TARGET leaves open for given', /Cannot specify '(os|platform)' twice/],
  ['Spack looks up a git ref without a version in its repository, and cannot here', /^VersionLookupError/],
];

/** Texts that we refuse and Spack does not, by what we say. */
const REFUSED = [
  ['Spack cuts a when= short at its first comma', /cannot have a comma/],
  ['Spack finds out about an unknown target in a range when it matches', /archspec does not know it/],
];

const specs = generateSpecs(seed, Number(options.specs));
const rich = [...readMirrorIndex('spack-1.3/rich/mirror-unsigned').nodes.values()];
const graph = graphOf([
  ...specs.modern.map((dict) => nodeFromDict(dict, 5)),
  ...specs.old.map((dict) => nodeFromDict(dict, 4)),
  ...rich,
]);
const richHashes = new Set(rich.map(({ hash }) => hash));
const count = Number(options.queries);
const queries = [
  ...generateQueries(seed, count, [...specs.modern, ...specs.old]),
  ...generateEdgeQueries(
    seed,
    count,
    rich.map(({ dict }) => dict),
  ),
].map(read);
const soup = generateSoup(seed, Number(options.soup)).map(read);
const answers = askSpack({
  modern: [...specs.modern, ...rich.map(({ dict }) => dict)],
  old: specs.old,
  hashed: specs.modern.map(({ hash }) => hash),
  queries,
  soup,
});

let failures = 0;
console.log(
  `seed ${seed}: ${graph.nodes.size} specs (${specs.old.length} of format 4, ${rich.length} of the fixtures), ${queries.length} queries, ${soup.length} texts`,
);
compareHashes();
compareReadings('queries', queries, answers.queries);
compareReadings('texts', soup, answers.soup);
compareMatches('satisfies', satisfies);
// Of a concrete spec it is the same question.
compareMatches('intersects', satisfies);
console.log(failures === 0 ? 'no unexplained disagreement' : `${failures} unexplained disagreements`);
process.exit(failures === 0 ? 0 : 1);

/** Our reading of a text: the specs in it written by us, or why there are none. */
function read(text) {
  try {
    return { text, written: parseSpecs(text).map(formatConstraint), problem: null };
  } catch (error) {
    if (error.code !== 'usage' || !/ at column \d+ /.test(error.message)) throw error;
    return { text, written: null, problem: error.message };
  }
}

function askSpack(questions) {
  const home = mkdtempSync(join(tmpdir(), 'oracle-constraints-'));
  try {
    const repository = join(home, 'spack_repo', 'oracle');
    for (const [name, virtuals] of Object.entries(PROVIDERS)) {
      const folder = join(repository, 'packages', name.replaceAll('-', '_'));
      const className = name.replace(/(^|-)(.)/g, (_, __, letter) => letter.toUpperCase());
      mkdirSync(folder, { recursive: true });
      const provides = virtuals.map((virtual) => `    provides("${virtual}")\n`).join('');
      writeFileSync(
        join(folder, 'package.py'),
        `from spack.package import *\n\n\nclass ${className}(PackageBase):\n${provides}`,
      );
    }
    // Where a namespace is unknown Spack fails; where a package of it is, it provides nothing.
    const namespaces = [...new Set(['oracle', ...NAMESPACES, ...rich.map(({ namespace }) => namespace)])];
    for (const namespace of namespaces) {
      const folder = join(home, 'spack_repo', namespace);
      mkdirSync(join(folder, 'packages'), { recursive: true });
      writeFileSync(join(folder, 'repo.yaml'), `repo:\n  namespace: ${namespace}\n  api: v2.0\n`);
    }
    mkdirSync(join(home, 'scope'));
    const repositories = namespaces.map(
      (namespace) => `  ${namespace}: ${JSON.stringify(join(home, 'spack_repo', namespace))}\n`,
    );
    writeFileSync(join(home, 'scope', 'repos.yaml'), `repos::\n${repositories.join('')}`);
    writeFileSync(join(home, 'questions.json'), JSON.stringify(questions));
    const script = new URL('oracle-constraints/ask.py', import.meta.url).pathname;
    execFileSync(spack, ['-C', join(home, 'scope'), 'python', script], {
      stdio: 'inherit',
      env: {
        ...process.env,
        SPACK_DISABLE_LOCAL_CONFIG: '1',
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

function compareHashes() {
  const entries = Object.entries(answers.hashes);
  const wrong = entries.filter(([ours, theirs]) => ours !== theirs);
  for (const [ours, theirs] of wrong.slice(0, 5))
    fail(`hash of ${graph.nodes.get(ours).name}: ${ours}, Spack says ${theirs}`);
  console.log(`DAG hashes: ${entries.length - wrong.length} of ${entries.length} as Spack computes them`);
}

function compareReadings(what, asked, answered) {
  const counts = { both: 0, neither: 0 };
  const differing = new Map();
  for (const [i, { text, written, problem }] of asked.entries()) {
    const { error, count, same } = answered[i];
    if (written === null && error !== null) counts.neither++;
    else if (written !== null && error === null) {
      counts.both++;
      if (written.length !== count) fail(`${show(text)}: ${written.length} specs, Spack reads ${count}`);
      else if (same === false)
        fail(`${show(text)}: written as ${show(written.join(' '))}, which Spack reads as something else`);
    } else {
      const [table, said] = written === null ? [REFUSED, problem] : [ACCEPTED, error];
      const why = table.find(([, pattern]) => pattern.test(said))?.[0];
      if (why === undefined)
        fail(`${show(text)}: ${problem ?? show(written.join(' '))}, Spack says ${error ?? 'it is fine'}`);
      else differing.set(why, (differing.get(why) ?? 0) + 1);
    }
  }
  console.log(`${what}: ${counts.both} read by both, to the same effect; ${counts.neither} refused by both`);
  for (const [why, number] of differing) console.log(`  ${number} read by one: ${why}`);
}

function compareMatches(verb, ask) {
  let pairs = 0;
  let matches = 0;
  const explained = new Map();
  for (const [i, { text }] of queries.entries()) {
    const theirs = answers.queries[i][verb];
    const asked = theirs === undefined ? undefined : parseOne(text);
    if (asked === undefined) continue;
    for (const [n, hash] of answers.nodes.entries()) {
      const node = graph.nodes.get(hash);
      const ours = ask(graph, node, asked);
      pairs++;
      if (ours === true) matches++;
      if (ours === theirs[n]) continue;
      const why = EXPLAINED.find(({ holds }) =>
        holds({
          query: text,
          ours,
          theirs: theirs[n],
          hasOldSpecs: reachesOldSpecs(node),
          isRich: richHashes.has(hash),
        }),
      )?.why;
      if (why !== undefined) explained.set(why, (explained.get(why) ?? 0) + 1);
      else
        fail(
          `${verb}: ${node.name}@${node.version}/${hash.slice(0, 7)} ${show(text)}: ${ours}, Spack says ${theirs[n]}`,
        );
    }
  }
  console.log(`${verb}: ${pairs} pairs compared, ${matches} match`);
  for (const [why, number] of explained) console.log(`  ${number} differ: ${why}`);
}

function isNamedTwice(dependencies) {
  return dependencies.some((later, i) =>
    dependencies.slice(0, i).some((other) => isSameDependency(other, later)),
  );
}

function asksOfNamedBefore(dependencies) {
  return dependencies.some(
    (later, i) =>
      later.spec.dependencies.length > 0 &&
      dependencies.slice(0, i).some((other) => isSameDependency(other, later)),
  );
}

/** Whether a compiler that is no dependency could decide: the node's own, or that of something below it. */
function reachesOldSpecs(node) {
  return postOrder(graph, [node.hash]).some(({ originalFormat }) => originalFormat < 5);
}

function parseOne(text) {
  try {
    return parseSpec(text);
  } catch {
    return undefined;
  }
}

function fail(message) {
  failures++;
  if (failures <= 200) console.log(`DISAGREE ${message}`);
}

function show(text) {
  return JSON.stringify(text);
}
