/** Makes up queries about given specs, and texts that are no more than like queries. */
import { DEPTYPES, FLAG_NAMES } from '../../src/spec/node.ts';
import { below, chance, pick, reseed, sample } from './chance.mjs';
import {
  COMMIT,
  COMPILERS,
  FLAGS,
  LIBRARIES,
  OTHERS,
  PROVIDERS,
  TARGETS,
  VARIANTS,
  VERSIONS,
} from './specs.mjs';

/** Virtual packages, of the made-up specs and of the fixtures. */
export const VIRTUALS = [...new Set(Object.values(PROVIDERS).flat()), 'libc'];
const RICH_VIRTUALS = ['c', 'cxx', 'fortran', 'zlib-api', 'libc'];
const KNOWN_TARGETS = TARGETS.slice(0, -1);
const CONDITIONS = ['+pic', '@1:', '^zlib', '%gcc'];

/** Words of which most orders are specs. */
const FINE = (
  'foo|bar-baz|ns.foo|a.b.c|*|7zip|@1.2|@=1.2|@1:|@:2|@1:2,3|@ 1 , 2|@:|@1,=2|@git.main|@git.a/b=1.0|' +
  `@${COMMIT}|@${COMMIT}=2|@2:1|@1:x|+a|~a|-b|++c|~~d|--e|+ f|+g.h|k=v|l:=v|m==v|n:==v|o=*|p=a,b|q=true|r=FALSE|` +
  `s='a b'|t="a b"|u='it\\'s'|v=''|w=%x|x=a^b|y==*|z:=true|cflags=-O2|cflags='-O2 -g'|cflags==-g|ldflags="-L x"|` +
  '%gcc|%gcc@12|%%gcc|^bar|^bar@1|^bar+x|%clang|%[virtuals=c] gcc|^[deptypes=link] bar|%[when=+a] gcc|' +
  "%[when='@1:'] llvm|%c=gcc|%c,cxx=gcc|^mpi=openmpi|%* k=v|^*|^foo=*|% gcc|%[virtuals=c deptypes=build] cxx=gcc|" +
  '^ a.b|arch=linux-debian12-zen2|arch=zen2|os=debian12|platform=linux|arch=linux-None-zen2|target=zen2|' +
  'target=x86_64:|target=a,b|namespace=ns|/abc|/abc123|dev_path=*'
).split('|');

/** Words that no spec has in it, or only a few. */
const BROKEN = (
  '@|@1.2.|@3:1|@1:=2|+|~|-|k=a,*|k=|k|=|==|:|,|%|^|%%|%[|^[|]|virtuals=c|deptypes=build,run|%[deptypes=x] foo|/|' +
  "./a.json|[|\"|'|\\|(|é|#|\t|target==x|+target|+cflags|%[when='+a,b'] foo|platform=linux platform=linux"
).split('|');

/** Query texts; most are about one of the node dicts, and nearly true of it. */
export function generateQueries(seed, count, nodes) {
  reseed(seed ^ 0x5eed);
  const byHash = new Map(nodes.map((node) => [node.hash, node]));
  return Array.from({ length: count }, () => query(pick(nodes), byHash));
}

/** Query texts about edges and what is on them: types, virtuals, conditions, and what lies below. */
export function generateEdgeQueries(seed, count, nodes) {
  reseed(seed ^ 0xed6e);
  const byHash = new Map(nodes.map((node) => [node.hash, node]));
  return Array.from({ length: count }, () => {
    const node = pick(nodes);
    const root = chance(0.3) ? node.name : '';
    const edges = Array.from({ length: 1 + below(2) }, () => richEdge(node, byHash));
    return [root, ...edges].filter((part) => part !== '').join(' ');
  });
}

function richEdge(node, byHash, depth = 0) {
  const edges = (node.dependencies ?? []).map((edge) => ({ edge, child: byHash.get(edge.hash) }));
  const further = edges.flatMap(({ child }) =>
    (child?.dependencies ?? []).map((edge) => ({ edge, child: byHash.get(edge.hash) })),
  );
  const compiler = node.annotations?.compiler;
  const { edge, child } = pick([...edges, ...edges, ...further]) ?? {};
  const sigil = depth > 0 ? '%' : pick(['%', '^', '^', '%%', '^^']);
  const name = (compiler !== undefined && chance(0.4) ? 'gcc' : edge?.name) ?? 'zlib-toy';
  const attributes = [];
  if (chance(0.3)) attributes.push(`deptypes=${listOf(edge?.parameters.deptypes, DEPTYPES)}`);
  if (chance(0.3)) attributes.push(`virtuals=${listOf(edge?.parameters.virtuals, RICH_VIRTUALS)}`);
  if (chance(0.15))
    attributes.push(`when='${pick(['+gui', '~gui', '@1:', '^zlib-toy', '%gcc@12', node.name])}'`);
  const bracket = attributes.length > 0 ? `[${attributes.join(' ')}] ` : '';
  const target = pick([
    name,
    name,
    name,
    '*',
    pick(edge?.parameters.virtuals ?? []) ?? pick(RICH_VIRTUALS),
    '',
  ]);
  const version = child === undefined ? '@12:' : `@${child.version}`;
  const rest =
    target === '' ? '' : pick(['', '', '', version, '@:1', '@2:', '+shared', '~shared', ' target=x86_64:']);
  const text = `${sigil}${bracket}${target}${rest}`;
  if (sigil.startsWith('%') || depth > 0 || chance(0.5)) return text;
  const next = child ?? node;
  return `${text} ${richEdge(chance(0.8) ? next : node, byHash, 1)}`;
}

/** Texts for the grammar alone. */
export function generateSoup(seed, count) {
  reseed(seed ^ 0x50f7);
  return Array.from({ length: count }, () => {
    const isClean = chance(0.7);
    const words = Array.from({ length: 1 + below(6) }, () => pick(isClean || chance(0.8) ? FINE : BROKEN));
    return words.map((word) => word + (chance(isClean ? 0.9 : 0.5) ? ' ' : '')).join('');
  });
}

function query(node, byHash) {
  const root = chance(0.7) ? nodeQuery(node, chance(0.85)) : nodeQuery(undefined, chance(0.3));
  const edges = chance(0.5) ? [] : Array.from({ length: 1 + below(2) }, () => edgeQuery(node, byHash));
  return [root, ...edges].filter((part) => part !== '').join(' ') || '*';
}

function edgeQuery(node, byHash) {
  const edgesOf = ({ dependencies = [] }) =>
    dependencies.map((edge) => ({ edge, child: byHash.get(edge.hash) }));
  const direct = edgesOf(node);
  const { edge, child } =
    pick([...direct, ...direct, ...direct.flatMap(({ child: next }) => edgesOf(next))]) ?? {};
  const sigil = pick(['%', '^', '^', '%%']);
  const text = `${sigil}${edgeAttributes(edge, node)}${edgeName(edge, child)}`;
  const rest = nodeQuery(child, false, 0.12);
  const gap = rest === '' || /^[@+~/]/.test(rest) ? '' : ' ';
  if (sigil !== '^' || child === undefined || chance(0.8)) return text + gap + rest;
  return `${text}${gap}${rest} ${edgeQuery(child, byHash).replace(/^\^/, '%')}`;
}

function edgeAttributes(edge, node) {
  const attributes = [];
  if (chance(0.15)) attributes.push(`deptypes=${listOf(edge?.parameters.deptypes, DEPTYPES)}`);
  if (chance(0.15)) {
    const condition = chance(0.5) ? nodeQuery(node, false, 0.15).replaceAll(',', '') : '';
    attributes.push(`when='${condition || pick(CONDITIONS)}'`);
  }
  if (chance(0.1)) attributes.push(`virtuals=${listOf(edge?.parameters.virtuals, VIRTUALS)}`);
  return attributes.length === 0 ? '' : `[${attributes.join(' ')}] `;
}

function edgeName(edge, child) {
  const name = child?.name ?? pick([...OTHERS, ...LIBRARIES]);
  switch (below(8)) {
    case 0:
      return pick(VIRTUALS);
    case 1:
      return pick([...COMPILERS, '*']);
    case 2:
    case 3:
      return `${listOf(edge?.parameters.virtuals, VIRTUALS)}=${name}`;
    default:
      return name;
  }
}

function listOf(actual, possible) {
  return sample(actual?.length > 0 && chance(0.9) ? actual : possible, 1 + below(2)).join(',');
}

/** @param rate how likely each attribute is asked for */
function nodeQuery(node, isNamed, rate = 0.2) {
  /** What the node has, if there is one, or now and then something else. */
  const trueOr = (read, other) => (node !== undefined && chance(0.75) ? read(node) : other());
  let text = isNamed ? (node?.name ?? pick([...OTHERS, ...VIRTUALS, ...Object.keys(PROVIDERS)])) : '';
  if (isNamed && chance(0.15))
    text = `${trueOr(
      (spec) => spec.namespace,
      () => pick(['oracle', 'x.y']),
    )}.${text}`;
  if (chance(rate * 1.5))
    text += `@${versionsQuery(
      trueOr(
        (spec) => spec.version,
        () => pick(VERSIONS),
      ),
    )}`;
  const pairs = [];
  for (const [name, makeUp] of Object.entries(VARIANTS)) {
    if (!chance(rate / 2)) continue;
    const value = trueOr((spec) => spec.parameters[name], makeUp) ?? makeUp();
    if (typeof value === 'boolean' && chance(0.8))
      text += pick(value ? ['+', '+', '++'] : ['~', '~', '~~']) + name;
    else if (chance(0.1)) pairs.push(`${name}=*`);
    else pairs.push(`${name}${pick(['=', '=', '=', ':=', '==', ':=='])}${variantQuery(name, value)}`);
  }
  if (chance(rate / 2)) {
    const flag = pick(FLAG_NAMES);
    const flags = sample(
      trueOr(
        (spec) => spec.parameters[flag],
        () => FLAGS,
      ),
      1 + below(2),
    );
    if (flags.length > 0) pairs.push(`${flag}='${flags.join(' ')}'`);
  }
  if (chance(rate / 2))
    pairs.push(
      `platform=${trueOr(
        ({ arch }) => arch.platform,
        () => pick(['linux', 'darwin', '*']),
      )}`,
    );
  if (chance(rate / 2))
    pairs.push(
      `${pick(['os', 'operating_system'])}=${trueOr(
        ({ arch }) => arch.platform_os,
        () => pick(['sonoma', '*']),
      )}`,
    );
  if (chance(rate)) pairs.push(`target=${targetsQuery(node)}`);
  if (chance(rate / 8)) pairs.push(`namespace=${pick(['oracle', 'other'])}`);
  if (chance(rate / 4))
    pairs.push(
      `/${trueOr(
        ({ hash }) => hash,
        () => 'abcdefgh',
      ).slice(0, 1 + below(8))}`,
    );
  return [text, ...pairs].filter((part) => part !== '').join(' ');
}

function variantQuery(name, value) {
  if (!Array.isArray(value)) return String(value);
  const values = name === 'patches' ? value.map((one) => one.slice(0, pick([6, 64]))) : value;
  return (chance(0.5) ? values : sample(values, 2)).join(',');
}

function versionsQuery(version) {
  if (version.includes('=')) return pick([version, '1.5', '2:', ':1.4']);
  const prefix = version
    .split('.')
    .slice(0, 1 + below(3))
    .join('.');
  const other = pick(VERSIONS.filter((one) => !one.includes('=')));
  return pick([
    version,
    `=${version}`,
    prefix,
    `${prefix}:`,
    `:${prefix}`,
    `${prefix}:${other}`,
    `${other},${prefix}`,
  ]);
}

function targetsQuery(node) {
  if (chance(0.05)) return '*';
  const actual = node?.arch.target.name ?? node?.arch.target ?? 'x86_64';
  const items = Array.from({ length: chance(0.3) ? 2 : 1 }, () => {
    const name = chance(0.6) ? actual : pick(TARGETS);
    const [low, high] = [pick(KNOWN_TARGETS), pick(KNOWN_TARGETS)];
    return pick([name, name, `${low}:`, `:${high}`, `${low}:${high}`, ':']);
  });
  return items.join(',');
}
