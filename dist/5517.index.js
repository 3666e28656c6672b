export const id = 5517;
export const ids = [5517];
export const modules = {

/***/ 97252:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  F: () => (/* binding */ environmentAt)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(31421);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
;// CONCATENATED MODULE: ./build/core/git-file.js
/**
 * A file as it was in a git revision, read by git's plumbing: nothing is checked out, fetched or written, and no program
 * that a repository's configuration names is run.
 */


/** What a user names such a file by: `git:REV:PATH`. */
const SCHEME = 'git:';
/**
 * @returns undefined for text of another form
 * @throws `usage` for one of this form that can be none
 */
function parseGitFile(text) {
    if (!text.startsWith(SCHEME))
        return undefined;
    const colon = text.indexOf(':', SCHEME.length);
    const revision = text.slice(SCHEME.length, colon < 0 ? undefined : colon);
    const path = colon < 0 ? '' : text.slice(colon + 1);
    if (revision !== '' && !revision.startsWith('-') && path !== '' && !text.includes('\0')) {
        return { revision, path };
    }
    throw new errors/* BuildcacheError */.fO('usage', `not a file of a git revision: ${JSON.stringify(text.slice(0, 200))}`, {
        expected: 'git:REVISION:PATH, such as git:HEAD~1:env/spack.lock',
    });
}
/**
 * @param inFolder names the file in it, where the path is a folder's
 * @param cwd in the repository
 * @param env `PATH` to find git with, and `HOME`, whose configuration says which repositories are safe
 * @throws `not-found` where there is no git, repository, revision or file; `too-large`; `io` for what else git says
 */
async function readGitFile({ revision, path }, inFolder, cwd, env) {
    const git = (args) => run(args, cwd, env);
    const commit = await git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
    if (commit.code === 1) {
        throw new errors/* BuildcacheError */.fO('not-found', `there is no revision ${JSON.stringify(revision)}`, {
            file: cwd,
            hint: 'fetch it first; actions/checkout fetches one commit only, without fetch-depth: 0',
        });
    }
    if (commit.code !== 0)
        throw trouble(commit.stderr, cwd);
    // From here on every argument begins with a commit's hash, so that none can be an option.
    const object = `${commit.stdout.trim()}:${path}`;
    const type = await git(['cat-file', '-t', object]);
    if (type.code !== 0)
        throw absent(revision, path, cwd);
    const isFolder = type.stdout.trim() === 'tree';
    const whole = isFolder ? `${object.replace(/\/+$/, '')}/${inFolder}` : object;
    const content = await git(['cat-file', 'blob', whole]);
    if (content.code !== 0)
        throw absent(revision, path, cwd);
    return content.stdout;
}
/** A lockfile of tens of thousands of specs. */
const MOST_BYTES = 256 * 1024 * 1024;
function run(args, cwd, { PATH, HOME }) {
    const env = {
        ...(PATH === undefined ? {} : { PATH }),
        ...(HOME === undefined ? {} : { HOME }),
        LC_ALL: 'C',
        GIT_TERMINAL_PROMPT: '0',
        GIT_OPTIONAL_LOCKS: '0',
        GIT_NO_LAZY_FETCH: '1',
        GIT_NO_REPLACE_OBJECTS: '1',
    };
    // Where git is too old for the variable, a missing object must still not be fetched.
    const command = ['-c', 'protocol.allow=never', ...args];
    return new Promise((resolve, reject) => {
        (0,external_node_child_process_.execFile)('git', command, { cwd, env, maxBuffer: MOST_BYTES }, (error, stdout, stderr) => {
            if (error === null)
                resolve({ code: 0, stdout, stderr });
            else if (typeof error.code === 'number')
                resolve({ code: error.code, stdout, stderr });
            else
                reject(notRun(error, cwd));
        });
    });
}
function notRun(error, cwd) {
    switch ((0,errors/* systemCode */.xU)(error)) {
        case 'ENOENT':
            return new errors/* BuildcacheError */.fO('not-found', 'git could not be run', {
                file: cwd,
                hint: 'install git, or name a file instead of a revision',
            });
        case 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER':
            return new errors/* BuildcacheError */.fO('too-large', 'the file in the git revision is too large', {
                file: cwd,
                expected: `at most ${MOST_BYTES} bytes`,
            });
        default:
            return new errors/* BuildcacheError */.fO('io', 'git could not be run', { file: cwd }, error);
    }
}
function absent(revision, path, cwd) {
    return new errors/* BuildcacheError */.fO('not-found', `there is no ${path} in revision ${JSON.stringify(revision)}`, {
        file: cwd,
        hint: 'paths are from the root of the repository; ./ begins one from here',
    });
}
function trouble(stderr, cwd) {
    const [line = ''] = stderr.replace(/^fatal: /, '').split('\n');
    const isNone = /not a git repository/.test(line);
    return new errors/* BuildcacheError */.fO(isNone ? 'not-found' : 'io', `git: ${(0,errors/* oneLine */.TN)(line.slice(0, 200))}`, {
        file: cwd,
        ...(isNone ? { hint: 'run this in a git repository' } : {}),
    });
}

// EXTERNAL MODULE: ./build/mirrors/environment.js + 1 modules
var environment = __webpack_require__(10432);
// EXTERNAL MODULE: ./build/spec/lockfile.js
var lockfile = __webpack_require__(33517);
;// CONCATENATED MODULE: ./build/commands/environment-at.js
/** An environment by what a user calls it: a folder, a lockfile, or one of a git revision. */




/**
 * @param text a path, or `git:REV:PATH`
 * @throws BuildcacheError as `readGitFile` and `readEnvironment`
 */
async function environmentAt(text, { cwd, env }) {
    const old = parseGitFile(text);
    if (old === undefined)
        return (0,environment/* readEnvironment */.Qo)(await (0,environment/* findEnvironment */.jY)((0,external_node_path_.resolve)(cwd, text)));
    return (0,lockfile/* readLockfile */.G)(await readGitFile(old, 'spack.lock', cwd, env), text);
}


/***/ }),

/***/ 36838:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  MM: () => (/* binding */ align),
  NN: () => (/* binding */ pairsBelow),
  RK: () => (/* binding */ rankCandidates)
});

// EXTERNAL MODULE: ./build/spec/graph.js
var graph = __webpack_require__(85746);
// EXTERNAL MODULE: ./build/plan/explain/changes.js
var explain_changes = __webpack_require__(82979);
;// CONCATENATED MODULE: ./build/plan/explain/edges.js
/** @returns in the order of the wanted spec's edges, those that went at the end */
function pairEdges(wanted, near, distance) {
    return pairInOrder(wanted.dependencies, near.dependencies) ?? pairByName(wanted, near, distance);
}
/** Most specs have the same dependencies as before. @returns undefined where names differ or repeat */
function pairInOrder(wanted, near) {
    if (wanted.length !== near.length)
        return undefined;
    const pairs = [];
    for (let i = 0; i < wanted.length; i++) {
        const [edge, other] = [wanted[i], near[i]];
        if (edge === undefined || other === undefined || edge.name !== other.name)
            return undefined;
        if (edge.name === wanted[i - 1]?.name)
            return undefined;
        pairs.push({ wanted: edge, near: other, wantedIndex: i, nearIndex: i });
    }
    return pairs;
}
function pairByName(wanted, near, distance) {
    const free = new Map();
    near.dependencies.forEach(({ name }, index) => {
        const known = free.get(name);
        if (known === undefined)
            free.set(name, [index]);
        else
            known.push(index);
    });
    const names = new Map();
    for (const edge of wanted.dependencies) {
        const known = names.get(edge.name);
        if (known === undefined)
            names.set(edge.name, [edge]);
        else
            known.push(edge);
    }
    const partner = new Map();
    for (const [name, edges] of names) {
        const open = free.get(name);
        if (open !== undefined)
            pairNamed(edges, open, near.dependencies, distance, partner);
    }
    const lone = wanted.dependencies.filter((edge) => !partner.has(edge));
    if (lone.length > 0)
        pairProviders(lone, free, near.dependencies, partner);
    const pairs = wanted.dependencies.map((edge, wantedIndex) => {
        const nearIndex = partner.get(edge);
        const other = nearIndex === undefined ? undefined : near.dependencies[nearIndex];
        return { wanted: edge, near: other, wantedIndex, nearIndex };
    });
    for (const index of [...free.values()].flat().sort((a, b) => a - b)) {
        const edge = near.dependencies[index];
        pairs.push({ wanted: undefined, near: edge, wantedIndex: undefined, nearIndex: index });
    }
    return pairs;
}
/** More edges of one name than any spec has are paired in their order. */
const COMPARED = 16;
/** @param open the near edges of that name that nobody has; what is paired is taken out */
function pairNamed(edges, open, near, distance, partner) {
    if (edges.length > COMPARED || open.length > COMPARED) {
        for (const edge of edges)
            take(edge, open, 0, partner);
        return;
    }
    if (edges.length === 1 && open.length === 1) {
        for (const edge of edges)
            take(edge, open, 0, partner);
        return;
    }
    const costs = edges.flatMap((edge) => open.map((index) => ({ edge, index, cost: edgeCost(edge, near[index], distance) })));
    for (const { edge, index } of costs.sort((a, b) => a.cost - b.cost)) {
        const at = open.indexOf(index);
        if (at >= 0 && !partner.has(edge))
            take(edge, open, at, partner);
    }
}
function take(edge, open, at, partner) {
    const [index] = open.splice(at, 1);
    if (index !== undefined)
        partner.set(edge, index);
}
function edgeCost(wanted, near, distance) {
    if (near === undefined)
        return Number.POSITIVE_INFINITY;
    const uses = sameUse(wanted, near) ? 0 : 100;
    return wanted.hash === near.hash ? uses / 2 : uses + Math.min(99, 1 + distance(wanted.hash, near.hash));
}
/** Whether a spec needs the two for the same. */
function sameUse(a, b) {
    return sameList(a.deptypes, b.deptypes) && sameList(a.virtuals, b.virtuals);
}
function pairProviders(lone, free, near, partner) {
    for (const edge of lone) {
        if (edge.virtuals.length === 0)
            continue;
        for (const open of free.values()) {
            const at = open.findIndex((index) => near[index]?.virtuals.some((virtual) => edge.virtuals.includes(virtual)));
            if (at < 0)
                continue;
            take(edge, open, at, partner);
            break;
        }
    }
}
function sameList(a, b) {
    return a.length === b.length && a.every((item, i) => item === b[i]);
}

// EXTERNAL MODULE: ./build/spec/constraint/compiler.js
var constraint_compiler = __webpack_require__(49491);
;// CONCATENATED MODULE: ./build/plan/explain/nearness.js
/**
 * How far a spec is from another of its package: the fewest and least grave differences of its own and of what is below.
 * Only a ranking: what really differs, changes.ts says of the one that is chosen.
 */


/** What a difference weighs: the more of a spec it decides, the more. */
const WEIGHTS = {
    version: 8,
    variant: 3,
    flags: 2,
    target: 5,
    os: 8,
    platform: 30,
    namespace: 3,
    recipe: 1,
    patches: 2,
    compiler: 10,
    compilerVersion: 5,
    external: 14,
    format: 12,
    splice: 4,
    edge: 4,
    use: 1,
};
/** Variants and edges are many: a spec with all of them changed is still the same package. */
const MOST_OF_A_KIND = 20;
/** At most so much of what is below one dependency counts, so that no path of many turns into a large number. */
const MOST_BELOW = 6;
/** What a difference below adds further up, of itself. */
const BELOW = 0.5;
/** Differences of the two themselves. */
function ownDistance(a, b) {
    let sum = 0;
    if (a.version !== b.version)
        sum += versionDistance(a.version, b.version);
    if (a.target !== b.target)
        sum += WEIGHTS.target;
    if (a.os !== b.os)
        sum += WEIGHTS.os;
    if (a.platform !== b.platform)
        sum += WEIGHTS.platform;
    if (a.namespace !== b.namespace)
        sum += WEIGHTS.namespace;
    if (a.dict['package_hash'] !== b.dict['package_hash'])
        sum += WEIGHTS.recipe;
    if (a.originalFormat !== b.originalFormat)
        sum += WEIGHTS.format;
    if (a.buildSpec?.hash !== b.buildSpec?.hash)
        sum += WEIGHTS.splice;
    if ((a.external === undefined) !== (b.external === undefined))
        sum += WEIGHTS.external;
    else if (a.external?.path !== b.external?.path)
        sum += WEIGHTS.use;
    const [compiler, other] = [(0,constraint_compiler/* compilerOf */.Lx)(a), (0,constraint_compiler/* compilerOf */.Lx)(b)];
    if (compiler?.name !== other?.name)
        sum += WEIGHTS.compiler;
    else if (compiler?.version !== other?.version)
        sum += WEIGHTS.compilerVersion;
    sum += Math.min(MOST_OF_A_KIND, WEIGHTS.variant * differing(a.variants, b.variants));
    return sum + Math.min(MOST_OF_A_KIND, WEIGHTS.flags * differing(a.flags, b.flags));
}
/**
 * Differences of the two and of what is below them.
 * @param below the distance of two dependencies
 */
function distance(wanted, near, below) {
    let edges = 0;
    let under = 0;
    for (const { wanted: to, near: from } of pairEdges(wanted, near, below)) {
        if (to === undefined || from === undefined) {
            edges += WEIGHTS.edge;
            continue;
        }
        if (to.name !== from.name)
            edges += WEIGHTS.edge + WEIGHTS.use;
        else if (to.hash !== from.hash)
            under += Math.min(MOST_BELOW, BELOW * below(to.hash, from.hash));
        if (!sameUse(to, from))
            edges += WEIGHTS.use;
    }
    return ownDistance(wanted, near) + Math.min(MOST_OF_A_KIND, edges) + under;
}
/** The further back two versions part, and the nearer their numbers are there, the less: 24.7 is nearer to 24.9 than 24.3. */
function versionDistance(a, b) {
    const [one, other] = [a.split(/[._-]/), b.split(/[._-]/)];
    let same = 0;
    while (same < one.length && one[same] === other[same])
        same++;
    const apart = Math.abs(Number(one[same]) - Number(other[same]));
    const step = Number.isFinite(apart) ? Math.min(1, apart / 100) : 1;
    return WEIGHTS.version - Math.min(2, same) + step;
}
function differing(a, b) {
    let count = 0;
    let shared = 0;
    for (const [name, value] of a) {
        const other = b.get(name);
        if (other !== undefined)
            shared++;
        if (other !== value && !(Array.isArray(value) && sameItems(value, other)))
            count++;
    }
    return count + b.size - shared;
}
function sameItems(a, b) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => item === b[i]);
}

;// CONCATENATED MODULE: ./build/plan/explain/align.js
/**
 * Aligns the specs asked about with the nearest that there are: chooses for each the spec of its package with the fewest
 * and least grave differences, and pairs what is below the two along their edges.
 */




/**
 * @param asked none of them in the pool's hands with the same hash
 * @param wanted holds all below them
 * @param candidates of the same, where the pool has got to know more records since
 */
function align(asked, wanted, pool, candidates = rankCandidates(asked, wanted, pool)) {
    const hashes = asked.map(({ hash }) => hash);
    const pairing = new Pairing(wanted, pool, candidates.below);
    const isAsked = new Set(hashes);
    const pairs = new Map();
    const proposals = new Map();
    const taken = new Set();
    // Dependents first: what they are compared with says what their dependencies are to be compared with.
    for (const node of (0,graph/* postOrder */.bV)({ nodes: wanted }, hashes).reverse()) {
        const ranked = candidates.of.get(node.hash);
        if (ranked === undefined)
            continue;
        const near = choose(node, ranked, proposals.get(node.hash), { wanted, taken, pool });
        if (near === undefined)
            continue;
        taken.add(near.hash);
        const pair = pairing.pair(node, near);
        if (isAsked.has(node.hash))
            pairs.set(node.hash, pair);
        propose(pair, proposals);
    }
    return { pairs, unknown: pairing.unknown };
}
/** So many of a package are compared in full: what a mirror has has been sorted out before. */
const align_COMPARED = 256;
/** Candidates for each spec asked about that is not in the pool, and each below, with how far they are. */
function rankCandidates(asked, wanted, pool) {
    const hashes = asked.map(({ hash }) => hash);
    const of = new Map();
    const known = new Map();
    const below = (wantedHash, nearHash) => {
        const told = known.get(wantedHash)?.get(nearHash);
        if (told !== undefined)
            return told;
        const [node, near] = [wanted.get(wantedHash), pool.get(nearHash) ?? wanted.get(nearHash)];
        return node === undefined || near === undefined ? UNTOLD : ownDistance(node, near);
    };
    // Dependencies first: how far they are is part of how far their dependents are.
    for (const node of (0,graph/* postOrder */.bV)({ nodes: wanted }, hashes)) {
        if (pool.get(node.hash) !== undefined)
            continue;
        const ranked = [];
        const distances = new Map();
        for (const near of pool.ofPackage(node.name).slice(0, align_COMPARED)) {
            const far = distance(node, near, below);
            distances.set(near.hash, far);
            ranked.push({ near, distance: far });
        }
        known.set(node.hash, distances);
        of.set(node.hash, ranked);
    }
    return { of, below };
}
/** How far two specs are of which nothing can be said: about as far as with another version. */
const UNTOLD = 10;
/** What a candidate that is wanted itself, or that is another's nearest already, must be nearer by. */
const STILL_WANTED = 3;
const TAKEN = 1;
/** What one must be nearer by than the one that the dependents say, where they are close to what they are compared with. */
const PROPOSED = 24;
/** Dependents further from what they are compared with than this have no say. */
const CLOSE = 12;
function choose(node, ranked, proposed, { wanted, taken, pool }) {
    const most = Math.max(0, ...(proposed?.values() ?? []));
    let best;
    let least = Number.POSITIVE_INFINITY;
    const consider = (near, far) => {
        const votes = proposed?.get(near.hash) ?? 0;
        const held = (wanted.has(near.hash) ? STILL_WANTED : 0) + (taken.has(near.hash) ? TAKEN : 0);
        const cost = far + held - (votes === 0 ? 0 : (PROPOSED * votes) / most);
        if (cost >= least)
            return;
        least = cost;
        best = near;
    };
    for (const { near, distance: far } of ranked)
        consider(near, far);
    // Externals, and what is only a record in an index, are nobody's; still they are what the dependents had.
    for (const hash of proposed?.keys() ?? []) {
        const near = pool.get(hash);
        if (near !== undefined && pool.holders(hash).length === 0)
            consider(near, ownDistance(node, near));
    }
    return best;
}
function propose({ wanted, near, edges, below }, proposals) {
    if (ownDistance(wanted, near) > CLOSE)
        return;
    for (const { nearIndex } of edges) {
        const pair = nearIndex === undefined ? undefined : below.get(nearIndex);
        if (pair === undefined)
            continue;
        const votes = proposals.get(pair.wanted.hash) ?? new Map();
        votes.set(pair.near.hash, (votes.get(pair.near.hash) ?? 0) + 1);
        proposals.set(pair.wanted.hash, votes);
    }
}
/** Makes each pair once, with all pairs below it. */
class Pairing {
    unknown = new Set();
    #pairs = new Map();
    #wanted;
    #distance;
    #lookup;
    constructor(wanted, pool, distance) {
        this.#wanted = wanted;
        this.#distance = distance;
        this.#lookup = { wanted: (hash) => wanted.get(hash), near: (hash) => pool.get(hash) ?? wanted.get(hash) };
    }
    pair(wanted, near) {
        const first = this.#open(wanted, near);
        // A list of what is to be done, not calls: a chain may be deeper than the call stack.
        for (const pair of first.fresh) {
            for (const { wanted: to, near: from, nearIndex } of pair.edges) {
                if (to === undefined || from === undefined || nearIndex === undefined)
                    continue;
                if (to.hash === from.hash || to.name !== from.name)
                    continue;
                const [node, other] = [this.#wanted.get(to.hash), this.#lookup.near(from.hash)];
                if (other === undefined)
                    this.unknown.add(from.hash);
                if (node === undefined || other === undefined) {
                    pair.unknown.add(nearIndex);
                    continue;
                }
                const opened = this.#open(node, other);
                pair.below.set(nearIndex, opened.pair);
                first.fresh.push(...opened.fresh);
            }
        }
        return first.pair;
    }
    #open(wanted, near) {
        const key = `${wanted.hash} ${near.hash}`;
        const known = this.#pairs.get(key);
        if (known !== undefined)
            return { pair: known, fresh: [] };
        const edges = pairEdges(wanted, near, this.#distance);
        const lookup = this.#lookup;
        let changes;
        const pair = {
            wanted,
            near,
            edges,
            get changes() {
                changes ??= (0,explain_changes/* ownChanges */.u2)(wanted, near, edges, lookup);
                return changes;
            },
            below: new Map(),
            unknown: new Set(),
        };
        this.#pairs.set(key, pair);
        return { pair, fresh: [pair] };
    }
}
/** The pair and all below it, those below first. */
function pairsBelow(roots) {
    const seen = new Set();
    const order = [];
    const stack = [];
    const enter = (pair) => {
        if (seen.has(pair))
            return;
        seen.add(pair);
        stack.push({ pair, rest: pair.below.values() });
    };
    for (const root of roots) {
        enter(root);
        for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
            const next = top.rest.next();
            if (next.done !== true)
                enter(next.value);
            else {
                order.push(top.pair);
                stack.pop();
            }
        }
    }
    return order;
}


/***/ }),

/***/ 99195:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $z: () => (/* binding */ hintOf),
/* harmony export */   EW: () => (/* binding */ isWide),
/* harmony export */   KC: () => (/* binding */ caseOf),
/* harmony export */   Lc: () => (/* binding */ onlyCase),
/* harmony export */   t4: () => (/* binding */ rolesIn)
/* harmony export */ });
/* harmony import */ var _changes_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(82979);

function rolesIn(nodes) {
    const compilers = new Set();
    const libcs = new Set();
    for (const { dependencies } of nodes) {
        for (const { hash, name, virtuals } of dependencies) {
            if (virtuals.some((virtual) => _changes_js__WEBPACK_IMPORTED_MODULE_0__/* .LANGUAGES */ .Yj.includes(virtual)))
                compilers.add(hash);
            if (/^(?:gcc|intel-oneapi|aocc|llvm)-runtime$|^compiler-wrapper$/.test(name))
                compilers.add(hash);
            if (virtuals.includes('libc'))
                libcs.add(hash);
        }
    }
    return { compilers, libcs };
}
/** Whether a change is a choice for a whole environment, so that the same in two packages is one. */
function isWide({ kind, name }) {
    switch (kind) {
        case 'target':
        case 'os':
        case 'platform':
        case 'namespace':
        case 'compiler':
        case 'provider':
        case 'flags':
        case 'format':
            return true;
        case 'dependency':
            return name !== undefined && /^(?:gcc|intel-oneapi|aocc|llvm)-runtime$|^compiler-wrapper$/.test(name);
        default:
            return false;
    }
}
function caseOf({ wanted, near }, changes, roles) {
    const [first] = changes;
    if (first === undefined)
        return 'recipe';
    switch (first.kind) {
        case 'target':
            return 'target';
        case 'os':
        case 'platform':
            return 'system';
        case 'compiler':
            return 'compiler';
        case 'format':
            return 'format';
        case 'provider':
            return isLanguage(first.name) ? 'compiler' : 'change';
        default:
            break;
    }
    if (changes.some(({ kind }) => kind === 'splice'))
        return 'splice';
    if (roles.libcs.has(wanted.hash))
        return 'libc';
    if (roles.compilers.has(wanted.hash) || (isWide(first) && first.kind === 'dependency'))
        return 'compiler';
    return wanted.external === undefined && near.external === undefined ? 'change' : 'external';
}
/** The one case that all causes are of, where that says it all: another compiler, or other recipes, and nothing else. */
function onlyCase(causes) {
    const [first] = causes;
    const tells = first !== undefined && first.case !== 'change' && first.case !== 'unknown';
    return tells && causes.every((cause) => cause.case === first.case) ? first.case : undefined;
}
/** What to do, an imperative sentence without its full stop; undefined where there is nothing to say. */
function hintOf(is) {
    switch (is) {
        case 'target':
            return 'the runners differ: require one target in packages:all:require, or fill a cache for this one';
        case 'system':
            return 'the machines differ: build in the same image as the cache, or fill a cache for this one';
        case 'compiler':
            return 'require the compiler the cache was built with, or fill the cache with this one';
        case 'libc':
            return 'the C library of the machine or image has changed: use the same image, or rebuild once';
        case 'external':
            return 'the external on this machine is another: fix its version and path in packages.yaml';
        case 'recipe':
            return 'the package repository has moved: fix its commit in repos.yaml, or rebuild once';
        case 'format':
            return 'concretize with the Spack that fills the cache: hashes of the two formats are never the same';
        case 'splice':
            return 'one of the two was spliced: look for the entry of its build spec';
        case 'unknown':
            return 'run update-index where the mirror is written: its index lacks records';
        case 'change':
        case 'unseen':
            return undefined;
    }
}
function isLanguage(virtuals) {
    return (virtuals ?? '').split(',').some((virtual) => _changes_js__WEBPACK_IMPORTED_MODULE_0__/* .LANGUAGES */ .Yj.includes(virtual));
}


/***/ }),

/***/ 82979:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Yj: () => (/* binding */ LANGUAGES),
/* harmony export */   u2: () => (/* binding */ ownChanges),
/* harmony export */   vl: () => (/* binding */ signature)
/* harmony export */ });
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(28314);
/* harmony import */ var _spec_constraint_compiler_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49491);
/* harmony import */ var _spec_node_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(56832);
/**
 * How a spec differs from another of the same package, in itself: what its own dictionary says, and its edges. That a
 * dependency has another hash is no change: it follows from what changed below. Each change carries the edits that make
 * it, so that putting it into the other's dictionary can prove it (proof.ts).
 */



/** The languages compilers provide, as virtual packages. */
const LANGUAGES = ['c', 'cxx', 'fortran'];
/**
 * @param near the nearest spec, of the same package
 * @param edges how the dependencies of the two are paired
 * @returns in the order in which people read a spec
 */
function ownChanges(wanted, near, edges, lookup) {
    const sameFormat = hasSameShape(wanted, near);
    const changes = [];
    if (!sameFormat)
        changes.push(formatChange(wanted, near));
    changes.push(...attributeChanges(wanted, near), ...parameterChanges(wanted, near));
    if (sameFormat)
        changes.push(...otherChanges(wanted, near));
    else
        changes.push(...compilerAcrossFormats(wanted, near));
    for (const pair of edges) {
        const change = edgeChange(pair, wanted.dict['dependencies'], lookup);
        if (change !== undefined && (sameFormat || countsAcrossFormats(pair)))
            changes.push(change);
    }
    return changes;
}
/** Whether two were hashed in one format and are written alike: from format 5 on, a newer Spack only adds. */
function hasSameShape(a, b) {
    const isWrittenAlike = a.format === b.format || Math.min(a.format, b.format) >= 5;
    return a.originalFormat === b.originalFormat && isWrittenAlike;
}
/** What tells one change from another, wherever it is made. */
function signature({ kind, name, from, to }) {
    return JSON.stringify([kind, name, from, to]);
}
const ATTRIBUTES = [
    ['version', ['version']],
    ['platform', ['arch', 'platform']],
    ['os', ['arch', 'platform_os']],
    ['namespace', ['namespace']],
    ['recipe', ['package_hash']],
];
function attributeChanges(wanted, near) {
    const changes = [];
    for (const [kind, at] of ATTRIBUTES) {
        const change = changeAt(kind, undefined, at, wanted, near);
        if (change !== undefined)
            changes.push(change);
    }
    return [...changes, ...targetChange(wanted, near), ...externalChange(wanted, near)];
}
/** A microarchitecture may be written with all it can do, which is told apart from being another one. */
function targetChange(wanted, near) {
    const at = ['arch', 'target'];
    const [to, from] = [valueAt(wanted.dict, at), valueAt(near.dict, at)];
    if (same(to, from))
        return [];
    const edits = [{ at, value: to }];
    if (wanted.target !== near.target) {
        return [{ kind: 'target', name: undefined, from: near.target, to: wanted.target, edits }];
    }
    const described = (value) => ((0,_core_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(value) ? 'with its features' : 'by name');
    return [{ kind: 'target', name: 'description', from: described(from), to: described(to), edits }];
}
function externalChange(wanted, near) {
    const [to, from] = [wanted.dict['external'], near.dict['external']];
    if (same(to, from))
        return [];
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(to) || !(0,_core_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(from)) {
        const edits = [{ at: ['external'], value: to }];
        return [{ kind: 'external', name: undefined, from: placeOf(from), to: placeOf(to), edits }];
    }
    return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap((key) => {
        const change = changeAt('external', key, ['external', key], wanted, near);
        return change === undefined ? [] : [change];
    });
}
function placeOf(external) {
    return (0,_core_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(external) ? `external at ${display(external['path'] ?? external['module'])}` : 'built';
}
function parameterChanges(wanted, near) {
    const [to, from] = [valuesOf(wanted.dict['parameters']), valuesOf(near.dict['parameters'])];
    const changes = [];
    for (const name of new Set([...Object.keys(from), ...Object.keys(to)])) {
        if (name === 'patches')
            continue;
        const kind = _spec_node_js__WEBPACK_IMPORTED_MODULE_2__/* .FLAG_NAMES */ .G0.includes(name) ? 'flags' : 'variant';
        const change = changeAt(kind, name, ['parameters', name], wanted, near);
        if (change !== undefined)
            changes.push(change);
    }
    const patches = PATCHES.filter((at) => !same(valueAt(wanted.dict, at), valueAt(near.dict, at)));
    const [first] = patches;
    if (first === undefined)
        return changes;
    const edits = patches.map((at) => ({ at, value: valueAt(wanted.dict, at) }));
    const show = (node) => displayPatches(valueAt(node.dict, first));
    return [...changes, { kind: 'patches', name: undefined, from: show(near), to: show(wanted), edits }];
}
/** The list as it is applied, in its order, and the variant, which is a sorted set: one change to a person. */
const PATCHES = [['patches'], ['parameters', 'patches']];
/** All that the formats agree on only where they are one, and whatever else a dictionary says. */
function otherChanges(wanted, near) {
    const changes = [];
    const keys = new Set([...Object.keys(near.dict), ...Object.keys(wanted.dict)]);
    for (const key of keys) {
        if (TOLD.has(key))
            continue;
        const kind = KINDS.get(key) ?? 'other';
        const change = changeAt(kind, kind === 'other' ? key : undefined, [key], wanted, near);
        if (change !== undefined)
            changes.push(change);
    }
    return changes;
}
const TOLD = new Set([
    ...['name', 'version', 'arch', 'namespace', 'parameters', 'external', 'patches', 'package_hash'],
    ...['dependencies', 'hash'],
]);
const KINDS = new Map([
    ['compiler', 'compiler'],
    ['provided_virtuals', 'provides'],
    ['build_spec', 'splice'],
]);
function changeAt(kind, name, at, wanted, near) {
    const [to, from] = [valueAt(wanted.dict, at), valueAt(near.dict, at)];
    if (same(to, from))
        return undefined;
    const show = kind === 'recipe' ? displayHash : display;
    return { kind, name, from: show(from), to: show(to), edits: [{ at, value: to }] };
}
function formatChange(wanted, near) {
    const written = ({ format, originalFormat }) => format === originalFormat ? String(format) : `${originalFormat}, rewritten as ${format}`;
    return { kind: 'format', name: undefined, from: written(near), to: written(wanted), edits: undefined };
}
/** Before format 5 a compiler is an attribute, then a dependency for each of its languages. */
function compilerAcrossFormats(wanted, near) {
    const [to, from] = [compilerNames(wanted), compilerNames(near)];
    if (to.length === 0 || from.length === 0 || to.some((name) => from.includes(name)))
        return [];
    const [show, showNear] = [to, from].map((names) => names.map(_spec_constraint_compiler_js__WEBPACK_IMPORTED_MODULE_1__/* .compilerOfPackage */ .RX).join(', '));
    return [{ kind: 'compiler', name: undefined, from: showNear, to: show, edits: undefined }];
}
function compilerNames(node) {
    const old = (0,_spec_constraint_compiler_js__WEBPACK_IMPORTED_MODULE_1__/* .compilerOf */ .Lx)(node);
    if (old !== undefined)
        return [(0,_spec_constraint_compiler_js__WEBPACK_IMPORTED_MODULE_1__/* .packageOfCompiler */ .Bx)(old.name)];
    const edges = node.dependencies.filter(({ virtuals }) => virtuals.some((each) => LANGUAGES.includes(each)));
    return [...new Set(edges.map(({ name }) => name))];
}
/** Compilers and what comes with them are edges in format 5 only. */
function countsAcrossFormats({ wanted, near }) {
    if (wanted !== undefined && near !== undefined)
        return false;
    const edge = wanted ?? near;
    if (edge === undefined || /^(?:compiler-wrapper|glibc|musl|.*-runtime)$/.test(edge.name))
        return false;
    return !edge.virtuals.some((virtual) => virtual === 'libc' || LANGUAGES.includes(virtual));
}
function edgeChange({ wanted, near, wantedIndex, nearIndex }, written, lookup) {
    const edge = Array.isArray(written) ? written[wantedIndex ?? -1] : undefined;
    if (wanted === undefined) {
        if (near === undefined)
            return undefined;
        const edits = [{ edge: nearIndex, to: undefined }];
        return { kind: 'dependency', name: near.name, from: edgeText(near, lookup.near), to: undefined, edits };
    }
    if (near === undefined) {
        const edits = [{ edge: undefined, to: edge }];
        const to = edgeText(wanted, lookup.wanted);
        return { kind: 'dependency', name: wanted.name, from: undefined, to, edits };
    }
    const edits = [{ edge: nearIndex, to: edge }];
    if (wanted.name !== near.name) {
        const name = near.virtuals.filter((each) => wanted.virtuals.includes(each)).join(',');
        const [from, to] = [edgeText(near, lookup.near), edgeText(wanted, lookup.wanted)];
        return { kind: 'provider', name, from, to, edits };
    }
    const [from, to] = [usesText(near), usesText(wanted)];
    return from === to ? undefined : { kind: 'edge', name: wanted.name, from, to, edits };
}
function edgeText(edge, lookup) {
    const version = lookup(edge.hash)?.version;
    return `${edge.name}${version === undefined ? '' : `@${version}`} (${usesText(edge)})`;
}
function usesText({ deptypes, virtuals }) {
    return `${deptypes.join(', ')}${virtuals.length === 0 ? '' : ` for ${virtuals.join(', ')}`}`;
}
function valueAt(dict, at) {
    let value = dict;
    for (const key of at)
        value = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    return value;
}
function valuesOf(value) {
    return (0,_core_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(value) ? value : {};
}
/** What a document says, whatever it is: read lists and objects are compared as they are hashed. */
function same(a, b) {
    if (a === b)
        return true;
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
        return false;
    return (0,_core_json_js__WEBPACK_IMPORTED_MODULE_0__/* .stringifyCompact */ .LW)(a) === (0,_core_json_js__WEBPACK_IMPORTED_MODULE_0__/* .stringifyCompact */ .LW)(b);
}
/** Longer values are cut: this is for a line of text. */
const SHOWN = 80;
function display(value) {
    if (value === undefined)
        return undefined;
    if (Array.isArray(value))
        return value.length === 0 ? 'none' : cut(value.map(String).join(' '));
    if ((0,_core_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(value)) {
        const { name, version, hash } = value;
        if (typeof name === 'string' && typeof version === 'string')
            return cut(`${name}@${version}`);
        if (typeof name === 'string' && typeof hash === 'string')
            return cut(`${name}/${hash.slice(0, 7)}`);
        return cut((0,_core_json_js__WEBPACK_IMPORTED_MODULE_0__/* .stringifyCompact */ .LW)(value));
    }
    if (value === null)
        return 'none';
    return typeof value === 'boolean' || typeof value === 'string' ? cut(String(value)) : (0,_core_json_js__WEBPACK_IMPORTED_MODULE_0__/* .shown */ .SP)(value);
}
function displayHash(value) {
    return typeof value === 'string' ? value.slice(0, 7) : display(value);
}
function displayPatches(value) {
    return Array.isArray(value) ? value.map((patch) => String(patch).slice(0, 7)).join(', ') : display(value);
}
function cut(text) {
    return text.length <= SHOWN ? text : `${text.slice(0, SHOWN - 1)}…`;
}


/***/ }),

/***/ 70383:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  W: () => (/* binding */ explain),
  z: () => (/* binding */ nodesAsHashed)
});

// EXTERNAL MODULE: ./build/plan/explain/align.js + 2 modules
var align = __webpack_require__(36838);
// EXTERNAL MODULE: ./build/plan/explain/cases.js
var cases = __webpack_require__(99195);
// EXTERNAL MODULE: ./build/plan/explain/changes.js
var changes = __webpack_require__(82979);
;// CONCATENATED MODULE: ./build/plan/explain/causes.js



/**
 * @param asked the pair of each spec asked about, dependencies first
 * @returns the cause that drags most along first; each spec is counted with one, and dragged by all of its own
 */
function rootCauses(asked, wanted) {
    const found = new Found(wanted);
    const all = (0,align/* pairsBelow */.NN)(asked.values());
    const blame = new Map();
    for (const pair of all) {
        let causes = found.add(pair);
        for (const below of pair.below.values())
            causes |= blame.get(below) ?? 0n;
        blame.set(pair, causes);
    }
    const drags = found.causes.map(() => []);
    for (const pair of asked.values()) {
        for (const id of members(blame.get(pair) ?? 0n))
            drags[id]?.push(pair.wanted);
    }
    return countOnce(found.causes.map((cause, id) => ({ ...cause, drags: drags[id] ?? [] })));
}
/** Causes by what they are, numbered as they are found. */
class Found {
    causes = [];
    #ids = new Map();
    #wanted;
    constructor(wanted) {
        this.#wanted = wanted;
    }
    /** @returns the pair's own causes, as bits */
    add(pair) {
        let ids = 0n;
        const own = [];
        for (const change of pair.changes) {
            // What is the same choice for many packages is one cause, whichever of them it shows in.
            if ((0,cases/* isWide */.EW)(change))
                ids |= this.#note((0,changes/* signature */.vl)(change), pair, [change]);
            else
                own.push(change);
        }
        if (own.length > 0) {
            const isRecipe = own.every(({ kind }) => kind === 'recipe');
            const isEdges = own.every(({ kind }) => kind === 'dependency');
            const key = `${isEdges ? '' : pair.wanted.name} ${own.map(changes/* signature */.vl).sort().join()}`;
            ids |= this.#note(isRecipe ? 'recipe' : key, pair, isRecipe ? [] : own);
        }
        if (pair.unknown.size > 0)
            ids |= this.#note(`unknown ${pair.near.hash}`, pair, [], 'unknown');
        const isUnseen = pair.changes.length === 0 && pair.below.size === 0 && pair.unknown.size === 0;
        return isUnseen ? ids | this.#note(`unseen ${pair.wanted.hash}`, pair, [], 'unseen') : ids;
    }
    #note(key, pair, changes, is) {
        const known = this.#ids.get(key);
        if (known !== undefined) {
            this.causes[known]?.pairs.push(pair);
            return 1n << BigInt(known);
        }
        const id = this.causes.length;
        this.#ids.set(key, id);
        this.causes.push({ case: is ?? (0,cases/* caseOf */.KC)(pair, changes, this.#wanted), pairs: [pair], changes });
        return 1n << BigInt(id);
    }
}
/** The cause of most specs first, then always that of most of the rest. */
function countOnce(causes) {
    const rest = causes.map((cause) => ({ cause, open: cause.drags.length }));
    const having = new Map();
    for (const each of rest) {
        for (const { hash } of each.cause.drags) {
            const known = having.get(hash);
            if (known === undefined)
                having.set(hash, [each]);
            else
                known.push(each);
        }
    }
    const ordered = [];
    while (rest.length > 0) {
        const most = rest.reduce((a, b) => (isBefore(b, a) ? b : a));
        rest.splice(rest.indexOf(most), 1);
        ordered.push({ ...most.cause, counted: most.open });
        for (const { hash } of most.cause.drags) {
            for (const other of having.get(hash) ?? [])
                other.open--;
            having.delete(hash);
        }
    }
    return ordered;
}
function isBefore(a, b) {
    return a.open > b.open || (a.open === b.open && a.cause.drags.length > b.cause.drags.length);
}
function members(bits) {
    const ids = [];
    for (let rest = bits, id = 0; rest !== 0n; rest >>= 1n, id++)
        if ((rest & 1n) === 1n)
            ids.push(id);
    return ids;
}

// EXTERNAL MODULE: ./build/plan/explain/pool.js
var pool = __webpack_require__(66546);
// EXTERNAL MODULE: ./build/core/json.js
var json = __webpack_require__(28314);
// EXTERNAL MODULE: ./build/spec/hash.js
var hash = __webpack_require__(94032);
// EXTERNAL MODULE: ./build/spec/node.js
var spec_node = __webpack_require__(56832);
;// CONCATENATED MODULE: ./build/plan/explain/proof.js
/**
 * Proof by substitution: the named changes, and no others, are put into the nearest spec and what is below it, and the
 * hashes are made anew from the leaves up. Where the wanted hash comes out, the changes are all there is. What the nearest
 * spec says of itself must give its own hash, too: nobody signs an index, and one that lies would have changes made up.
 */




/** A proof for each pair and all pairs below. */
function prove(pairs) {
    const proofs = new Map();
    for (const pair of (0,align/* pairsBelow */.NN)(pairs))
        proofs.set(pair, provePair(pair, proofs));
    return proofs;
}
function provePair(pair, proofs) {
    const { wanted, near, below, unknown } = pair;
    for (const other of below.values()) {
        const proof = proofs.get(other);
        if (proof?.proven === false)
            return proof;
    }
    for (const index of unknown) {
        const edge = near.dependencies[index];
        return no(`there is no record of ${edge?.name}/${edge?.hash.slice(0, 7)}, which ${named(near)} needs`);
    }
    if (pair.changes.some(({ edits }) => edits === undefined)) {
        return no(`${named(near)} is of another spec format, whose hashes are made otherwise`);
    }
    if (!(0,hash/* hashHolds */["do"])(near))
        return unrecomputable(near);
    const dict = substitute(pair);
    // Where a change has added something, its place is that of Spack's order.
    if ((0,hash/* dagHash */.Xe)(dict) === wanted.hash || (0,hash/* dagHash */.Xe)((0,hash/* inSpackOrder */._p)(dict)) === wanted.hash)
        return { proven: true };
    if (!(0,hash/* hashHolds */["do"])(wanted))
        return unrecomputable(wanted);
    return no(`something else in ${named(wanted)} differs from ${named(near)}, too`);
}
function unrecomputable(node) {
    return no(`the stored hash of ${named(node)} cannot be recomputed${reason(node)}`);
}
/** The nearest spec's dictionary with the changes put in, and the hashes of what changed below it. */
function substitute({ near, changes, below }) {
    const dict = { ...near.dict };
    const edges = new Map();
    const listed = near.dict['dependencies'];
    for (const [index, edge] of (Array.isArray(listed) ? listed : []).entries()) {
        const pair = below.get(index);
        edges.set(index, pair === undefined || !(0,json/* isObject */.Gv)(edge) ? edge : { ...edge, hash: pair.wanted.hash });
    }
    const added = [];
    let inOrder = true;
    for (const edit of changes.flatMap(({ edits = [] }) => edits)) {
        if ('at' in edit) {
            set(dict, edit.at, edit.value);
            continue;
        }
        inOrder = false;
        if (edit.to === undefined)
            edges.delete(edit.edge ?? -1);
        else if (edit.edge === undefined)
            added.push(edit.to);
        else
            edges.set(edit.edge, edit.to);
    }
    const dependencies = [...edges.values(), ...added];
    if (dependencies.length > 0)
        dict['dependencies'] = inOrder ? dependencies : sorted(dependencies);
    else
        delete dict['dependencies'];
    return dict;
}
/** Objects on the way are copied: documents are never changed. */
function set(dict, at, value) {
    const [key, ...rest] = at;
    if (key === undefined)
        return;
    if (rest.length > 0) {
        const inner = dict[key];
        const copy = (0,json/* isObject */.Gv)(inner) ? { ...inner } : {};
        set(copy, rest, value);
        dict[key] = copy;
    }
    else if (value === undefined)
        delete dict[key];
    else
        dict[key] = value;
}
/** By name, then by types, as Spack orders them; a stable order else. */
function sorted(edges) {
    return edges.toSorted((a, b) => {
        const [one, other] = [nameOf(a), nameOf(b)];
        if (one !== other)
            return one < other ? -1 : 1;
        return typeFlag(a) - typeFlag(b);
    });
}
function nameOf(edge) {
    return (0,json/* isObject */.Gv)(edge) ? String(edge['name']) : '';
}
function typeFlag(edge) {
    const parameters = (0,json/* isObject */.Gv)(edge) ? edge['parameters'] : undefined;
    const types = (0,json/* isObject */.Gv)(parameters) ? parameters['deptypes'] : undefined;
    if (!Array.isArray(types))
        return 0;
    return spec_node/* DEPTYPES */.Rt.reduce((sum, type, bit) => sum + (types.includes(type) ? 1 << bit : 0), 0);
}
function reason(node) {
    if (node.buildSpec !== undefined)
        return ': it is spliced';
    if (node.external !== undefined)
        return ': it is external, and was hashed elsewhere';
    if (node.format < 4)
        return `: it is of spec format ${node.format}`;
    if (node.originalFormat !== node.format)
        return `: it was hashed in spec format ${node.originalFormat}`;
    if (!(0,hash/* hashMustHold */.d)(node))
        return ': its target is written with its features';
    return ', and should be: its content was changed, or a newer Spack wrote it';
}
function named(node) {
    return `${node.name}/${(0,spec_node/* shortHash */.BC)(node)}`;
}
function no(why) {
    return { proven: false, why };
}

;// CONCATENATED MODULE: ./build/plan/explain/explain.js





/**
 * @param asked dependencies first; all below them is in the graph
 * @param pool what there is to compare with
 */
function explain(asked, graph, pool) {
    const wanted = nodesAsHashed(graph);
    const changed = asked.filter(({ hash }) => pool.get(hash) === undefined);
    const { pairs } = (0,align/* align */.MM)(changed, wanted, pool);
    const causes = rootCauses(inOrder(pairs, changed), (0,cases/* rolesIn */.t4)(wanted.values()));
    const proofs = prove(pairs.values());
    const answers = asked.map((node) => answer(node, pairs.get(node.hash), proofs, pool));
    return { answers, causes };
}
/** Specs as they were hashed: an older Spack's, which a newer one has rewritten, in their own format. */
function nodesAsHashed({ nodes }) {
    return new Map([...nodes].map(([hash, node]) => [hash, (0,pool/* asHashed */.U)(node)]));
}
function inOrder(pairs, asked) {
    return new Map(asked.flatMap(({ hash }) => {
        const pair = pairs.get(hash);
        return pair === undefined ? [] : [[hash, pair]];
    }));
}
function answer(node, pair, proofs, pool) {
    if (pool.get(node.hash) !== undefined) {
        return { is: 'elsewhere', node, holders: pool.holders(node.hash) };
    }
    if (pair === undefined)
        return { is: 'new', node };
    const proof = proofs.get(pair) ?? { proven: false, why: 'it was not tried' };
    return { is: 'changed', node, pair, holders: pool.holders(pair.near.hash), proof };
}


/***/ }),

/***/ 66546:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ makePool),
/* harmony export */   U: () => (/* binding */ asHashed)
/* harmony export */ });
/* harmony import */ var _spec_constraint_compiler_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49491);
/* harmony import */ var _spec_hash_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(94032);
/** The specs there are to compare with, and where each was found. */


function makePool() {
    const nodes = new Map();
    const named = new Map();
    const holders = new Map();
    return {
        ofPackage: (name) => named.get(name) ?? [],
        get: (hash) => nodes.get(hash),
        holders: (hash) => holders.get(hash) ?? [],
        add(node, holder) {
            const known = nodes.get(node.hash);
            const kept = known ?? asHashed(node);
            if (known === undefined)
                nodes.set(node.hash, kept);
            if (holder === undefined)
                return;
            const having = holders.get(node.hash);
            if (having === undefined) {
                holders.set(node.hash, [holder]);
                const others = named.get(node.name);
                if (others === undefined)
                    named.set(node.name, [kept]);
                else
                    others.push(kept);
            }
            else if (!having.includes(holder))
                having.push(holder);
        },
    };
}
/**
 * A spec that a newer Spack wrote in the shape of a newer format, as it was hashed, where that can be had: one of format 4
 * with its compiler as an attribute, none before 6 with what it provides. Any other spec is itself.
 */
function asHashed(node) {
    const { originalFormat, format } = node;
    if (originalFormat === 5 && format === 6)
        return asFormat5(node);
    if (originalFormat !== 4 || format < 5)
        return node;
    const { annotations: _, provided_virtuals: __, ...rest } = node.dict;
    const compiler = (0,_spec_constraint_compiler_js__WEBPACK_IMPORTED_MODULE_0__/* .compilerOf */ .Lx)(node);
    const dict = (0,_spec_hash_js__WEBPACK_IMPORTED_MODULE_1__/* .inSpackOrder */ ._p)({ ...rest, ...(compiler === undefined ? {} : { compiler }) });
    return (0,_spec_hash_js__WEBPACK_IMPORTED_MODULE_1__/* .dagHash */ .Xe)(dict) === node.hash ? { ...node, dict, compiler, format: 4 } : node;
}
function asFormat5(node) {
    const { provided_virtuals, ...dict } = node.dict;
    if (provided_virtuals === undefined)
        return node;
    const before = { ...node, dict, format: 5 };
    return (0,_spec_hash_js__WEBPACK_IMPORTED_MODULE_1__/* .hashHolds */ ["do"])(before) ? before : node;
}


/***/ }),

/***/ 37258:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LS: () => (/* binding */ plural),
/* harmony export */   dS: () => (/* binding */ explainSentence),
/* harmony export */   lP: () => (/* binding */ explainText),
/* harmony export */   t1: () => (/* binding */ causeLines)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _plan_explain_cases_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(99195);
/* harmony import */ var _plan_rebuild_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(41033);
/* harmony import */ var _spec_format_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(40731);
/* harmony import */ var _spec_node_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(56832);
/* harmony import */ var _check_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(93235);
/* harmony import */ var _explain_words_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(97036);
/* harmony import */ var _shared_reasons_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(44186);
/** Why, for a person at a terminal: a screen of causes; with all specs where more is asked for. */








/** Causes on a screen. */
const MOST_CAUSES = 12;
/** Reasons why something is not proven, on a screen. */
const MOST_REASONS = 6;
/** Mirrors and files named in a line. */
const NAMED = 4;
/** Lines without their ends; nothing in them can end a line or reach the terminal. */
function explainText(result, verbose, style = _check_text_js__WEBPACK_IMPORTED_MODULE_2__/* .PLAIN_STYLE */ .nV) {
    const lines = [explainSentence(result)];
    const { explanation } = result;
    if (explanation.answers.length > 0)
        lines.push('', ...causeLines(explanation, verbose, style));
    if (result.incomplete) {
        lines.push('', `${style.doubt('Not everything could be compared with')}: what is called new need not be.`);
    }
    if (verbose && explanation.answers.length > 0)
        lines.push('', ...treeLines(explanation, style));
    if (result.gate !== undefined) {
        for (const { reason, names } of (0,_check_text_js__WEBPACK_IMPORTED_MODULE_2__/* .unknownReasons */ .i1)(result.gate)) {
            lines.push('', `${style.doubt('Could not tell')} for ${(0,_explain_words_js__WEBPACK_IMPORTED_MODULE_3__/* .namePackages */ .BR)(names)}:`, `  ${reason}`);
        }
    }
    return lines;
}
/** The answer in one sentence. */
function explainSentence({ explanation, total, gate, sources }) {
    const missing = explanation.answers.length;
    const where = (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)((0,_shared_reasons_js__WEBPACK_IMPORTED_MODULE_4__/* .nameSome */ .Kf)(sources, NAMED));
    const unknown = gate === undefined ? 0 : (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_5__/* .specsWith */ .FT)(gate, 'unknown').length;
    const more = unknown === 0 ? '' : `; for ${unknown} it could not be told`;
    if (missing === 0)
        return `Nothing is missing of ${total} ${plural(total, 'spec')} (${where})${more}.`;
    return `${missing} of ${total} ${plural(total, 'spec')} ${missing === 1 ? 'is' : 'are'} missing (${where})${more}.`;
}
/** Causes with how many specs each is to blame for, then the other answers, then how sure that is. */
function causeLines(explanation, verbose, style) {
    const { causes, answers } = explanation;
    const lines = [];
    const shown = verbose ? causes : causes.slice(0, MOST_CAUSES);
    const hinted = new Set();
    for (const cause of shown) {
        lines.push(countedLine(cause.counted, `${(0,_explain_words_js__WEBPACK_IMPORTED_MODULE_3__/* .causeTitle */ .ev)(cause)}${alsoText(cause)}`, style));
        const hint = (0,_plan_explain_cases_js__WEBPACK_IMPORTED_MODULE_1__/* .hintOf */ .$z)(cause.case);
        if (hint === undefined || hinted.has(hint))
            continue;
        hinted.add(hint);
        lines.push(`       ${style.dim(capital(hint))}`);
    }
    if (causes.length > shown.length) {
        lines.push(`       ${style.dim(`and ${causes.length - shown.length} more causes: --verbose has them all`)}`);
    }
    for (const { holders, names } of (0,_explain_words_js__WEBPACK_IMPORTED_MODULE_3__/* .elsewhereByHolder */ .KW)(answers)) {
        lines.push(countedLine(names.length, `${(0,_explain_words_js__WEBPACK_IMPORTED_MODULE_3__/* .elsewhereText */ .Kq)(holders)}: ${(0,_explain_words_js__WEBPACK_IMPORTED_MODULE_3__/* .namePackages */ .BR)(names)}`, style));
    }
    const fresh = answers.filter(({ is }) => is === 'new').map(({ node }) => node.name);
    if (fresh.length > 0) {
        lines.push(countedLine(fresh.length, `new, with nothing to compare with: ${(0,_explain_words_js__WEBPACK_IMPORTED_MODULE_3__/* .namePackages */ .BR)(fresh)}`, style));
    }
    const sentences = [(0,_explain_words_js__WEBPACK_IMPORTED_MODULE_3__/* .onlySentence */ .Gp)(explanation), (0,_explain_words_js__WEBPACK_IMPORTED_MODULE_3__/* .proofSentence */ .U$)((0,_explain_words_js__WEBPACK_IMPORTED_MODULE_3__/* .countAnswers */ .XA)(answers))].filter((sentence) => sentence !== undefined);
    if (sentences.length > 0)
        lines.push('', sentences.join(' '));
    const reasons = (0,_explain_words_js__WEBPACK_IMPORTED_MODULE_3__/* .unprovenReasons */ .xv)(answers);
    for (const { why, names } of verbose ? reasons : reasons.slice(0, MOST_REASONS)) {
        lines.push(`  ${style.doubt('not proven')}: ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(why)} (${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)((0,_explain_words_js__WEBPACK_IMPORTED_MODULE_3__/* .namePackages */ .BR)(names))})`);
    }
    return lines;
}
function countedLine(count, text, style) {
    const number = count === 0 ? 'also' : String(count);
    return `${style.bad(number.padStart(5))}  ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(text)}`;
}
/** Specs that are counted with another cause already. */
function alsoText({ drags, counted }) {
    const more = drags.length - counted;
    if (more === 0)
        return '';
    return counted === 0 ? ` (in ${more} of those above)` : ` (and in ${more} of those above)`;
}
function treeLines({ answers }, style) {
    return answers.flatMap((answer) => [answerLine(answer, style), ...pairLines(answer)]);
}
function answerLine(answer, style) {
    const spec = (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)((0,_spec_format_js__WEBPACK_IMPORTED_MODULE_6__/* .shortSpec */ .Gx)(answer.node));
    switch (answer.is) {
        case 'changed': {
            const proof = answer.proof.proven
                ? style.good('proven')
                : `${style.doubt('not proven')}: ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(answer.proof.why)}`;
            const from = answer.holders.length === 0 ? '' : ` of ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(answer.holders.join(', '))}`;
            return `${spec}  nearest ${(0,_spec_node_js__WEBPACK_IMPORTED_MODULE_7__/* .shortHash */ .BC)(answer.pair.near)}${from}  ${proof}`;
        }
        case 'elsewhere':
            return `${spec}  ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)((0,_explain_words_js__WEBPACK_IMPORTED_MODULE_3__/* .elsewhereText */ .Kq)(answer.holders.join(', ')))}`;
        case 'new':
            return `${spec}  new`;
    }
}
/** More of a tree than this is no help. */
const MOST_LINES = 200;
/** What changed in it and below, along the edges; what has been said once is not said again. */
function pairLines(answer) {
    if (answer.is !== 'changed')
        return [];
    const lines = [];
    const seen = new Set([answer.pair]);
    const stack = [{ pair: answer.pair, depth: 1 }];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
        const { pair, depth } = top;
        const { wanted, near, changes } = pair;
        if (lines.length === MOST_LINES)
            return [...lines, '  …'];
        const what = changes.length === 0 ? 'follows' : (0,_explain_words_js__WEBPACK_IMPORTED_MODULE_3__/* .changesText */ .Tb)(changes);
        const indent = '  '.repeat(Math.min(depth, 20));
        lines.push((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(`${indent}${wanted.name} ${(0,_spec_node_js__WEBPACK_IMPORTED_MODULE_7__/* .shortHash */ .BC)(near)} → ${(0,_spec_node_js__WEBPACK_IMPORTED_MODULE_7__/* .shortHash */ .BC)(wanted)}: ${what}`));
        for (const below of [...pair.below.values()].reverse()) {
            if (seen.has(below))
                continue;
            seen.add(below);
            stack.push({ pair: below, depth: depth + 1 });
        }
    }
    return lines;
}
function plural(count, word) {
    return count === 1 ? word : `${word}s`;
}
function capital(text) {
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}


/***/ }),

/***/ 97036:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BR: () => (/* binding */ namePackages),
/* harmony export */   Gp: () => (/* binding */ onlySentence),
/* harmony export */   KW: () => (/* binding */ elsewhereByHolder),
/* harmony export */   Kq: () => (/* binding */ elsewhereText),
/* harmony export */   Tb: () => (/* binding */ changesText),
/* harmony export */   U$: () => (/* binding */ proofSentence),
/* harmony export */   XA: () => (/* binding */ countAnswers),
/* harmony export */   ev: () => (/* binding */ causeTitle),
/* harmony export */   xv: () => (/* binding */ unprovenReasons)
/* harmony export */ });
/* unused harmony export changeText */
/* harmony import */ var _plan_explain_cases_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(99195);
/* harmony import */ var _shared_reasons_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(44186);
/** How causes and changes are said, in every face. Plain text, of which parts come from documents: not escaped yet. */


/** Packages named in a line. */
const NAMED = 4;
/** Changes of one spec in a line. */
const MOST_CHANGES = 6;
/** What changed, where, in one line. */
function causeTitle({ case: is, pairs, changes }) {
    const packages = [...new Set(pairs.map(({ wanted }) => wanted.name))];
    const [first] = pairs;
    const named = namePackages(packages);
    if (changes.length > 0) {
        const what = changesText(changes);
        const isOne = packages.length === 1;
        return isOne ? `${named}: ${what}` : `${what} (${packages.length} packages: ${named})`;
    }
    switch (is) {
        case 'unknown': {
            const edges = first === undefined ? [] : [...first.unknown].map((i) => first.near.dependencies[i]);
            const needs = edges.map((edge) => `${edge?.name}/${edge?.hash.slice(0, 7)}`);
            return `${named}: there is no record of ${namePackages(needs)}, which it was built with`;
        }
        case 'unseen':
            return `${named}: no difference can be seen, and the hashes differ`;
        default:
            return packages.length === 1
                ? `${named}: the recipe has changed, and nothing else`
                : `the recipes of ${packages.length} packages have changed, and nothing else: ${named}`;
    }
}
/** All that changed in one spec, what is most telling first. */
function changesText(changes) {
    const shown = changes.slice(0, MOST_CHANGES).map(changeText).join(', ');
    return changes.length > MOST_CHANGES ? `${shown} and ${changes.length - MOST_CHANGES} more` : shown;
}
function changeText({ kind, name, from, to }) {
    const step = `${from ?? 'none'} → ${to ?? 'none'}`;
    switch (kind) {
        case 'variant':
            return `${variantText(name, from)} → ${variantText(name, to)}`;
        case 'flags':
            return `${name} ${step}`;
        case 'target':
            return name === undefined ? `target ${step}` : `target written ${step}`;
        case 'dependency':
            return from === undefined ? `now needs ${to}` : `no longer needs ${from}`;
        case 'edge':
            return `needs ${name} for ${step}`;
        case 'provider':
            return `${name} from ${step}`;
        case 'provides':
            return `provides ${step}`;
        case 'external':
            return name === undefined ? step : `external ${name} ${step}`;
        case 'splice':
            return `spliced, built as ${step}`;
        case 'format':
            return `spec format ${step}`;
        case 'other':
            return `${name} ${step}`;
        default:
            return `${kind} ${step}`;
    }
}
function variantText(name, value) {
    if (value === undefined)
        return `no ${name}`;
    if (value === 'true')
        return `+${name}`;
    return value === 'false' ? `~${name}` : `${name}=${value}`;
}
/** Names of packages, each once: several specs of one may have the same answer. */
function namePackages(names) {
    return (0,_shared_reasons_js__WEBPACK_IMPORTED_MODULE_1__/* .nameSome */ .Kf)([...new Set(names)], NAMED);
}
/** Where everything has changed, and all causes are of one kind, that in a sentence; else undefined. */
function onlySentence({ causes, answers }) {
    if (answers.some(({ is }) => is !== 'changed'))
        return undefined;
    switch ((0,_plan_explain_cases_js__WEBPACK_IMPORTED_MODULE_0__/* .onlyCase */ .Lc)(causes)) {
        case 'target':
            return 'Only the target differs.';
        case 'system':
            return 'Only the operating system differs.';
        case 'compiler':
            return 'Only the compiler differs.';
        case 'libc':
            return 'Only the C library differs.';
        case 'external':
            return 'Only externals differ.';
        case 'recipe':
            return 'Only recipes differ.';
        case 'format':
            return 'Only the spec format differs.';
        default:
            return undefined;
    }
}
function countAnswers(answers) {
    const counts = { changed: 0, proven: 0, elsewhere: 0, new: 0 };
    for (const answer of answers) {
        counts[answer.is]++;
        if (answer.is === 'changed' && answer.proof.proven)
            counts.proven++;
    }
    return counts;
}
/** How sure the causes are, in a sentence; undefined where there is nothing to prove. */
function proofSentence({ changed, proven }) {
    if (changed === 0)
        return undefined;
    if (proven === changed) {
        const all = changed === 1 ? 'It is' : `All ${changed} are`;
        return `${all} proven: with these changes, and no others, the nearest specs get exactly the wanted hashes.`;
    }
    if (proven === 0)
        return `${changed === 1 ? 'It is not' : `None of the ${changed} is`} proven: there may be more that differs.`;
    return `${proven} of ${changed} ${proven === 1 ? 'is' : 'are'} proven; in the others there may be more that differs.`;
}
/** Why some are not proven, each reason once. */
function unprovenReasons(answers) {
    const reasons = new Map();
    for (const answer of answers) {
        if (answer.is !== 'changed' || answer.proof.proven)
            continue;
        const known = reasons.get(answer.proof.why);
        if (known === undefined)
            reasons.set(answer.proof.why, [answer.node.name]);
        else
            known.push(answer.node.name);
    }
    return [...reasons].map(([why, names]) => ({ why, names }));
}
/** The specs with one kind of answer, each holder's together. */
function elsewhereByHolder(answers) {
    const groups = new Map();
    for (const answer of answers) {
        if (answer.is !== 'elsewhere')
            continue;
        const holders = answer.holders.join(', ');
        const known = groups.get(holders);
        if (known === undefined)
            groups.set(holders, [answer.node.name]);
        else
            known.push(answer.node.name);
    }
    return [...groups].map(([holders, names]) => ({ holders, names }));
}
/** Where the very same spec is, or is known from. */
function elsewhereText(holders) {
    return holders === ''
        ? 'pruned or never pushed: only an index names them, as what others need'
        : `pruned or never pushed here: ${holders} has the very same`;
}


/***/ })

};
