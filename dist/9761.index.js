export const id = 9761;
export const ids = [9761,8432];
export const modules = {

/***/ 41059:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ findSpecs)
/* harmony export */ });
/* harmony import */ var _spec_constraint_compiler_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49491);
/* harmony import */ var _spec_constraint_constraint_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(68397);
/* harmony import */ var _spec_constraint_match_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(13583);
/**
 * Finds the specs of a cache that match a constraint. What the constraint's name and hash leave over is looked
 * at in batches, and what lies below a spec is read only for constraints that ask about it, so that memory does
 * not grow with the cache.
 */



/**
 * @param visit called for each match, once; `compilers` is what Spack puts above a group: `%c,cxx=gcc@12.2.0`,
 *   for specs from before format 5 `%gcc@=12.2.0`, empty for none
 */
async function findSpecs(source, asked, visit) {
    const deep = looksBelow(asked);
    // Who provides a virtual package the source knows, and not always the nodes that are looked at together.
    const ofProvider = (0,_spec_constraint_constraint_js__WEBPACK_IMPORTED_MODULE_1__/* .askedOfProvider */ .V)(asked);
    const compile = (nodes) => {
        const byName = (0,_spec_constraint_match_js__WEBPACK_IMPORTED_MODULE_2__.compileConstraint)({ nodes }, asked);
        const byVirtual = (0,_spec_constraint_match_js__WEBPACK_IMPORTED_MODULE_2__.compileConstraint)({ nodes }, ofProvider);
        return (node) => asked.name === undefined || node.name === asked.name ? byName(node) : byVirtual(node);
    };
    // Without questions about what is below, one test serves all and needs no graph.
    const shallow = deep ? undefined : compile(new Map());
    for await (const batch of batches(source.candidates(asked), deep ? DEEP_BATCH : BATCH)) {
        const nodes = deep
            ? await closure(source, batch)
            : await source.get(batch.flatMap(compilerEdges).map(hashOf));
        const test = shallow ?? compile(nodes);
        for (const node of batch)
            if (test(node))
                visit(node, compilersOf(node, nodes));
    }
}
const BATCH = 1000;
/** What lies below many is hardly more than what lies below a few, and each batch looks at all of it. */
const DEEP_BATCH = 100_000;
async function* batches(nodes, size) {
    let batch = [];
    for await (const node of nodes) {
        if (batch.push(node) < size)
            continue;
        yield batch;
        batch = [];
    }
    if (batch.length > 0)
        yield batch;
}
function looksBelow({ dependencies, variants }) {
    return dependencies.length > 0 || variants.some(({ propagate }) => propagate);
}
async function closure(source, roots) {
    const nodes = new Map(roots.map((node) => [node.hash, node]));
    const asked = new Set(nodes.keys());
    for (let level = roots;;) {
        const below = new Set();
        for (const node of level) {
            for (const { hash } of node.dependencies)
                if (!asked.has(hash))
                    below.add(hash);
        }
        if (below.size === 0)
            return nodes;
        const found = await source.get(below);
        for (const hash of below)
            asked.add(hash);
        for (const [hash, node] of found)
            nodes.set(hash, node);
        level = found.values();
    }
}
const LANGUAGES = ['c', 'cxx', 'fortran'];
function compilerEdges(node) {
    return node.dependencies.filter(({ virtuals }) => virtuals.some((virtual) => LANGUAGES.includes(virtual)));
}
function hashOf({ hash }) {
    return hash;
}
function compilersOf(node, nodes) {
    if (node.originalFormat < 5) {
        const compiler = (0,_spec_constraint_compiler_js__WEBPACK_IMPORTED_MODULE_0__/* .compilerOf */ .Lx)(node);
        return compiler === undefined ? '' : `%${compiler.name}@=${compiler.version}`;
    }
    const edges = compilerEdges(node).toSorted((a, b) => Number(a.name > b.name) - Number(a.name < b.name));
    const compilers = edges.map(({ name, hash, virtuals }) => {
        const version = nodes.get(hash)?.version;
        return `%${virtuals.join(',')}=${(0,_spec_constraint_compiler_js__WEBPACK_IMPORTED_MODULE_0__/* .compilerOfPackage */ .RX)(name)}${version === undefined ? '' : `@${version}`}`;
    });
    return compilers.join(' ');
}


/***/ }),

/***/ 87913:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z6: () => (/* binding */ withSources),
/* harmony export */   hB: () => (/* binding */ readEntry),
/* harmony export */   vb: () => (/* binding */ preferring)
/* harmony export */ });
/* harmony import */ var _cache_verified_entry_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(16444);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _mirrors_open_trusted_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(40009);
/* harmony import */ var _spec_node_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(56832);




/**
 * @param use gets them in the order in which they are configured
 * @throws BuildcacheError `usage` where there is no mirror, or the first one's error where none can be opened; else
 *   what `use` throws
 */
async function withSources({ mirrors, trust, nodes, connection, signal }, reporter, use) {
    if (mirrors.length === 0) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('usage', 'there is no mirror to take binaries from', {
            hint: 'configure it in spack.yaml, or name it with --mirror-url or --mirrors (in the action: the input mirrors)',
        });
    }
    const sources = [];
    const failures = [];
    try {
        for (const mirror of mirrors) {
            try {
                const open = await (0,_mirrors_open_trusted_js__WEBPACK_IMPORTED_MODULE_2__/* .openTrustedMirror */ .v)(mirror, { nodes, roots: [] }, connection, trust, signal);
                sources.push({ mirror, open });
            }
            catch (error) {
                signal.throwIfAborted();
                failures.push(error);
                if (mirrors.length > 1)
                    reporter.warn(`${mirror.name}: ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .describeError */ .Uc)(error)}`);
            }
        }
        if (sources.length === 0)
            throw failures[0];
        return await use(sources);
    }
    finally {
        await Promise.all(sources.map(({ open }) => open.close()));
    }
}
/** The sources with those of these names first. */
function preferring(sources, names) {
    const isNamed = ({ mirror }) => names.includes(mirror.name);
    return [...sources.filter(isNamed), ...sources.filter((source) => !isNamed(source))];
}
/**
 * The entry of a spec from the first source that has one that can be trusted.
 * @throws BuildcacheError `not-found` where none has it; the first one's error where one has it and it is not good, or
 *   gives no answer
 */
async function readEntry(sources, spec, signal) {
    let failure;
    for (const { open } of sources) {
        for (const reader of open.readers) {
            try {
                const entry = await (0,_cache_verified_entry_js__WEBPACK_IMPORTED_MODULE_0__/* .readVerifiedEntry */ .p)(reader, spec, open.trust, signal);
                if (entry !== undefined)
                    return entry;
            }
            catch (error) {
                signal.throwIfAborted();
                failure ??= error;
            }
        }
    }
    if (failure !== undefined)
        throw failure;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('not-found', `no mirror has ${spec.name}@${spec.version}/${(0,_spec_node_js__WEBPACK_IMPORTED_MODULE_3__/* .shortHash */ .BC)(spec)}, though an index lists it`, { hint: 'run update-index where the mirror is written' });
}


/***/ }),

/***/ 77651:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  g: () => (/* binding */ wantedSpecs)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/plan/ambiguous-spec.js + 1 modules
var ambiguous_spec = __webpack_require__(46744);
// EXTERNAL MODULE: ./build/spec/constraint/constraint.js
var constraint_constraint = __webpack_require__(68397);
// EXTERNAL MODULE: ./build/spec/constraint/format.js
var format = __webpack_require__(59981);
// EXTERNAL MODULE: ./build/spec/constraint/match.js + 2 modules
var match = __webpack_require__(13583);
// EXTERNAL MODULE: ./build/spec/constraint/parse.js + 1 modules
var parse = __webpack_require__(16939);
// EXTERNAL MODULE: ./build/spec/format.js
var spec_format = __webpack_require__(40731);
// EXTERNAL MODULE: ./build/spec/graph.js
var graph = __webpack_require__(85746);
// EXTERNAL MODULE: ./build/spec/spec-file.js
var spec_file = __webpack_require__(5518);
// EXTERNAL MODULE: ./build/cache/find-specs.js
var find_specs = __webpack_require__(41059);
// EXTERNAL MODULE: ./build/spec/host-architecture.js + 1 modules
var host_architecture = __webpack_require__(40189);
// EXTERNAL MODULE: ./build/commands/mirror-specs.js + 3 modules
var mirror_specs = __webpack_require__(25977);
;// CONCATENATED MODULE: ./build/commands/find-cached.js
/** What people mean by a spec of a build cache: the one spec that matches, in whichever mirror it is. */






/**
 * @throws BuildcacheError `not-found` where nothing matches a constraint, `usage` where several specs do, naming
 *   them; the error of a mirror where one matches nothing and that mirror gave no answer
 */
async function findCached(options, reporter) {
    const { sources, constraints } = options;
    const notes = [];
    const failures = [];
    const answers = await Promise.all(sources.map(async ({ mirror, open }) => {
        const found = [];
        try {
            const ask = (source) => matchesIn(source, constraints);
            const said = await (0,mirror_specs/* askMirror */.v)(mirror, open, ask, found, { ...options, asked: constraints }, reporter);
            notes.push(...said.map((note) => `${mirror.name}: ${note}`));
        }
        catch (error) {
            options.signal.throwIfAborted();
            failures.push({ mirror: mirror.name, error });
            notes.push(`${mirror.name}: ${(0,errors/* describeError */.Uc)(error)}`);
        }
        return found.map((matches) => ({ name: mirror.name, matches }));
    }));
    const all = answers.flat();
    const dependencies = new Map(all.flatMap(({ matches }) => [...matches.dependencies]));
    const specs = new Map();
    for (const constraint of constraints) {
        const found = new Map();
        for (const { name, matches } of all) {
            for (const node of matches.of.get(constraint) ?? []) {
                const known = found.get(node.hash);
                if (known === undefined)
                    found.set(node.hash, { node, mirrors: [name] });
                else if (!known.mirrors.includes(name))
                    known.mirrors.push(name);
            }
        }
        for (const spec of meant(constraint, [...found.values()], options, failures, dependencies)) {
            const asked = [...(specs.get(spec.node.hash)?.asked ?? []), constraint];
            specs.set(spec.node.hash, { ...spec, asked });
        }
    }
    return { specs: [...specs.values()], dependencies, notes };
}
async function matchesIn(source, constraints) {
    const of = new Map();
    for (const constraint of constraints) {
        const nodes = [];
        await (0,find_specs/* findSpecs */.W)(source, constraint, (node) => void nodes.push(node));
        of.set(constraint, nodes);
    }
    const edges = [...of.values()].flat().flatMap(({ dependencies }) => dependencies);
    return { of, dependencies: await source.get(new Set(edges.map(({ hash }) => hash))) };
}
function meant(constraint, found, { host, multiple }, failures, dependencies) {
    // Whoever names a hash has chosen.
    const isFree = host === undefined || constraint.hash !== undefined;
    const matching = isFree ? found : found.filter(({ node }) => (0,host_architecture/* runsOn */.k8)(host, node));
    const [first] = matching;
    if (first !== undefined && (multiple || matching.length === 1))
        return matching;
    const text = JSON.stringify((0,format.formatConstraint)(constraint));
    if (first !== undefined) {
        const nodes = matching.map(({ node }) => node);
        const lookup = (hash) => dependencies.get(hash);
        const orElse = ', or take them all with --multiple';
        throw (0,ambiguous_spec/* ambiguousSpec */.O)((0,format.formatConstraint)(constraint), ' in the mirrors', nodes, lookup, orElse);
    }
    const [failure] = failures;
    // One mirror's silence says nothing about what it has.
    if (failure !== undefined)
        throw failure.error;
    const [other] = found;
    if (other === undefined) {
        throw new errors/* BuildcacheError */.fO('not-found', `no spec in the mirrors matches ${text}`, {
            hint: 'see what there is with `list --allarch`',
        });
    }
    throw new errors/* BuildcacheError */.fO('not-found', `nothing that matches ${text} runs on this machine`, {
        expected: host === undefined ? '' : `${host.platform}-${host.os ?? ''}-${host.target}`,
        found: `${other.node.platform}-${other.node.os}-${other.node.target}`,
        hint: 'install it all the same with --otherarch (in the action: otherarch: true)',
    });
}

// EXTERNAL MODULE: ./build/commands/sources.js
var sources = __webpack_require__(87913);
;// CONCATENATED MODULE: ./build/commands/wanted-specs.js
/**
 * Which concrete specs are meant where somebody wants binaries: those of spec files; of an environment, its roots or
 * what matches in it; else what matches in the mirrors. With all below them, from a source that can be trusted.
 */













/**
 * @param nodes gets the specs, and all below them
 * @throws BuildcacheError as `findCached`; `usage` where there is nothing to go by; what reading a spec file throws
 */
async function wantedSpecs(options, nodes, reporter) {
    const { specs, environment } = options;
    for (const [hash, node] of environment?.nodes ?? [])
        nodes.set(hash, node);
    if (specs.length === 0)
        return { roots: rootsOf(environment), holders: new Map(), notes: [] };
    const roots = new Set();
    for (const file of specs.filter(isSpecFile)) {
        const document = (0,spec_file/* readSpecFile */.MB)(await readWhole((0,external_node_path_.resolve)(options.cwd, file)), file);
        for (const [hash, node] of document.nodes)
            nodes.set(hash, node);
        roots.add(document.root.hash);
    }
    const elsewhere = [];
    for (const constraint of (0,parse.parseSpecArguments)(specs.filter((text) => !isSpecFile(text)))) {
        const found = environment === undefined ? [] : inEnvironment(environment, constraint, options.multiple);
        for (const { hash } of found)
            roots.add(hash);
        if (found.length === 0)
            elsewhere.push(constraint);
    }
    if (elsewhere.length === 0)
        return { roots: [...roots], holders: new Map(), notes: [] };
    const given = new Set(nodes.keys());
    const found = await findCached({ ...options, constraints: elsewhere }, reporter);
    for (const [hash, node] of found.dependencies)
        if (!nodes.has(hash))
            nodes.set(hash, node);
    for (const { node, mirrors, asked } of found.specs) {
        const entry = await (0,sources/* readEntry */.hB)((0,sources/* preferring */.vb)(options.sources, mirrors), node, options.signal);
        for (const constraint of asked)
            requireMatch(entry, node, constraint);
        // What an index says of a spec is not signed; this is. What the user has brought stays.
        for (const [hash, each] of entry.document.nodes)
            if (!given.has(hash))
                nodes.set(hash, each);
        roots.add(node.hash);
    }
    return {
        roots: [...roots],
        holders: new Map(found.specs.map(({ node, mirrors }) => [node.hash, mirrors])),
        notes: found.notes,
    };
}
/**
 * An index can list a spec as anything: what was asked for must be what the entry says that it is. Of a virtual package
 * only other specs say who provides it, which is as good as nothing where signatures count.
 */
function requireMatch(found, listed, constraint) {
    const { entry, document, signedBy } = found;
    const { root } = document;
    const isProvider = constraint.name !== undefined && constraint.name !== listed.name;
    const asked = isProvider ? (0,constraint_constraint/* askedOfProvider */.V)(constraint) : constraint;
    const isTold = !isProvider || (signedBy === undefined && root.name === listed.name);
    const isMeant = isTold && (0,match.compileConstraint)(document, asked)(root);
    if (isMeant)
        return;
    throw new errors/* BuildcacheError */.fO(signedBy === undefined ? 'corrupt' : 'untrusted', 'this entry is not what was asked for, though an index lists it so', {
        url: entry.url,
        expected: (0,format.formatConstraint)(constraint),
        found: (0,spec_format/* shortSpec */.Gx)(root),
        hint: `if that is what you want, name it by its hash: /${root.hash}; else find out who has written the index`,
    });
}
/** No package's name has a dot in it, and no version ends so. */
function isSpecFile(text) {
    return /^[^@%^+~=\s]+\.(?:json|yaml)(?:\.sig)?$/.test(text);
}
async function readWhole(file) {
    try {
        return await (0,promises_.readFile)(file);
    }
    catch (error) {
        throw (0,errors/* fileError */.zS)(error, file, 'read the spec file');
    }
}
function rootsOf(environment) {
    const roots = [...new Set(environment?.roots.map(({ hash }) => hash))];
    if (roots.length > 0)
        return roots;
    throw new errors/* BuildcacheError */.fO('usage', 'no spec was named and there is no environment with specs', {
        hint: 'name specs, or an environment with --environment',
    });
}
const OR_ALL = ', or take them all with --multiple';
/** What matches; where that is several and one of them is a root, the root. */
function inEnvironment(environment, constraint, multiple) {
    const test = (0,match.compileConstraint)(environment, constraint);
    const isRoot = new Set(environment.roots.map(({ hash }) => hash));
    const matching = [...environment.nodes.values()].filter((node) => node.external === undefined && test(node));
    // A lockfile also has what spliced specs were built as, with all below: meant only where nothing else can be.
    const own = new Set((0,graph/* postOrder */.bV)(environment, isRoot));
    const all = matching.some((node) => own.has(node)) ? matching.filter((node) => own.has(node)) : matching;
    const roots = all.filter(({ hash }) => isRoot.has(hash));
    const meant = roots.length === 0 || multiple ? all : roots;
    const [first] = meant;
    if (first === undefined || multiple || meant.length === 1)
        return meant;
    const lookup = (hash) => environment.nodes.get(hash);
    throw (0,ambiguous_spec/* ambiguousSpec */.O)((0,format.formatConstraint)(constraint), ' of the environment', meant, lookup, OR_ALL);
}


/***/ }),

/***/ 83742:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ namedEnvironment),
/* harmony export */   p: () => (/* binding */ implicitRoots)
/* harmony export */ });
/* harmony import */ var _mirrors_environment_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(10432);
/* harmony import */ var _mirrors_included_lockfiles_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(18432);
/* harmony import */ var _plan_groups_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3196);
/** The environment where a verb can do without one. */



/**
 * @returns undefined when none was named and there is none in the working directory
 * @throws as `readEnvironment`, also when one was named and has no lockfile
 */
async function namedEnvironment(files, { environment }, env) {
    const isNamed = environment !== undefined || Boolean(env['SPACK_ENV']);
    if (isNamed || (await (0,_mirrors_included_lockfiles_js__WEBPACK_IMPORTED_MODULE_1__/* .isConcretized */ .h)(files)))
        return await (0,_mirrors_environment_js__WEBPACK_IMPORTED_MODULE_0__/* .readEnvironment */ .Qo)(files);
    return undefined;
}
/**
 * Hashes of the environment's roots that are only in groups with `explicit: false`. Most environments have no groups, and
 * their `spack.yaml` is not read for this.
 * @throws as `implicitGroups`
 */
async function implicitRoots(files, environment) {
    if (environment?.roots.some(({ group }) => group !== undefined) !== true)
        return new Set();
    return (0,_plan_groups_js__WEBPACK_IMPORTED_MODULE_2__/* .rootsOnlyIn */ .j)(environment.roots, await (0,_mirrors_environment_js__WEBPACK_IMPORTED_MODULE_0__/* .implicitGroups */ .Im)(files));
}


/***/ }),

/***/ 18432:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ isConcretized),
/* harmony export */   readIncludedLockfiles: () => (/* binding */ readIncludedLockfiles)
/* harmony export */ });
/* unused harmony export includedLockfiles */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/* harmony import */ var _environment_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(10432);
/* harmony import */ var _host_facts_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(45559);
/* harmony import */ var _include_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(36031);
/**
 * The concrete environments that a `spack.yaml` includes: `include: [DIR/spack.lock]`, or `include_concrete: [DIR]` of
 * older ones. Spack copies them into the environment's own lockfile, so they count only where there is none yet.
 */






/** @throws BuildcacheError as `readManifest`; `usage` for a path only Spack knows */
async function includedLockfiles(folder, env = {}) {
    const manifest = await (0,_environment_js__WEBPACK_IMPORTED_MODULE_3__/* .readManifest */ .WI)(folder);
    if (manifest === undefined)
        return [];
    const entries = (name) => {
        const value = (0,_environment_js__WEBPACK_IMPORTED_MODULE_3__/* .sectionOf */ .ZE)(manifest.sections, name)?.[1];
        return Array.isArray(value) ? value : [];
    };
    const older = entries('include_concrete');
    const newer = entries('include');
    const host = await (0,_host_facts_js__WEBPACK_IMPORTED_MODULE_5__/* .hostFactsFor */ .P)(JSON.stringify([older, newer]));
    const context = { base: folder, environment: folder, env, host };
    const found = [
        ...older
            .flatMap((entry) => (0,_include_js__WEBPACK_IMPORTED_MODULE_4__/* .includePath */ .qi)(entry, context) ?? [])
            .map((path) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(path), 'spack.lock')),
        ...newer
            .flatMap((entry) => (0,_include_js__WEBPACK_IMPORTED_MODULE_4__/* .includePath */ .qi)(entry, context) ?? [])
            .filter((path) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(path) === 'spack.lock'),
    ];
    return [...new Set(found)];
}
/** Whether `readEnvironment` has something to read. @throws BuildcacheError as {@link includedLockfiles} */
async function isConcretized({ lockfile, folder, env }) {
    const isThere = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.access)(lockfile).then(() => true, () => false);
    return isThere || (await includedLockfiles(folder, env)).length > 0;
}
/**
 * @returns undefined where it includes none
 * @throws BuildcacheError `bad-input` for one that includes itself; as `readEnvironment` for each of them
 */
async function readIncludedLockfiles(files, above = []) {
    const lockfiles = await includedLockfiles(files.folder, files.env);
    if (lockfiles.length === 0)
        return undefined;
    const nodes = new Map();
    const roots = new Map();
    const chain = [...above, files.lockfile];
    for (const lockfile of lockfiles) {
        if (chain.includes(lockfile)) {
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('bad-input', `it includes ${lockfile}, which includes it again`, {
                file: __webpack_require__.ab + "main/" + files.folder + '/spack.yaml',
                hint: 'take one of the includes out',
            });
        }
        const graph = await (0,_environment_js__WEBPACK_IMPORTED_MODULE_3__/* .readEnvironment */ .Qo)({ ...files, folder: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(lockfile), lockfile }, chain);
        for (const [hash, node] of graph.nodes)
            if (!nodes.has(hash))
                nodes.set(hash, node);
        for (const root of graph.roots)
            if (!roots.has(root.hash))
                roots.set(root.hash, { ...root, included: true });
    }
    return { nodes, roots: [...roots.values()] };
}


/***/ }),

/***/ 44324:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ openByteFile)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/** A file as bytes at positions: what relocation reads and patches, without holding large ones in memory. */

/**
 * Opens a file, never through a symlink in the last component. `create` makes it or empties it.
 * Throws what `node:fs` throws, also for anything but a regular file (`EINVAL`).
 */
function openByteFile(path, access) {
    const descriptor = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(path, FLAGS[access] | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NOFOLLOW | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NONBLOCK, 0o600);
    const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.fstatSync)(descriptor, { bigint: true });
    if (!stats.isFile()) {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(descriptor);
        throw Object.assign(new Error('not a regular file'), { code: 'EINVAL' });
    }
    let size = Number(stats.size);
    return {
        identity: `${stats.dev}:${stats.ino}`,
        isExecutable: (stats.mode & 73n) !== 0n,
        get size() {
            return size;
        },
        read(at, length) {
            const wanted = Math.max(0, Math.min(length, size - at));
            const bytes = Buffer.allocUnsafe(wanted);
            let filled = 0;
            while (filled < wanted) {
                const got = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readSync)(descriptor, bytes, filled, wanted - filled, at + filled);
                if (got === 0)
                    break;
                filled += got;
            }
            return bytes.subarray(0, filled);
        },
        write(at, bytes) {
            for (let done = 0; done < bytes.length;) {
                done += (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeSync)(descriptor, bytes, done, bytes.length - done, at + done);
            }
            size = Math.max(size, at + bytes.length);
        },
        truncate(length) {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.ftruncateSync)(descriptor, length);
            size = length;
        },
        close: () => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(descriptor),
    };
}
const FLAGS = {
    read: node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY,
    'read-write': node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDWR,
    create: node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDWR | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_CREAT | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_TRUNC,
};


/***/ }),

/***/ 27386:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ readElf)
/* harmony export */ });
/**
 * `undefined` for what Spack leaves alone: no ELF file, neither an executable nor a shared object, a malformed
 * one, one with several run paths, or without the section header of its string table.
 */
function readElf(file) {
    try {
        return parse(file);
    }
    catch (error) {
        if (error instanceof MalformedElf)
            return undefined;
        throw error;
    }
}
/** Never leaves this module. */
class MalformedElf extends Error {
}
const ET_EXEC = 2;
const ET_DYN = 3;
const PT_LOAD = 1n;
const PT_DYNAMIC = 2n;
const PT_INTERP = 3n;
const DT_NULL = 0n;
const DT_NEEDED = 1n;
const DT_STRTAB = 5n;
const DT_SONAME = 14n;
const DT_RPATH = 15n;
const DT_RUNPATH = 29n;
const SHT_STRTAB = 3n;
/** No path list is longer; bounds what a hostile file makes us hold. */
const MAX_STRING = 1024 * 1024;
const BLOCK = 64 * 1024;
function parse(file) {
    const layout = readLayout(file);
    const segments = readSegments(layout);
    const interpreter = segments.findLast(({ type }) => type === PT_INTERP);
    const dynamic = segments.findLast(({ type }) => type === PT_DYNAMIC);
    // Looked up by address; a linker sorts them, patchelf need not.
    const loads = segments
        .filter(({ type }) => type === PT_LOAD)
        .sort((a, b) => (a.vaddr < b.vaddr ? -1 : Number(a.vaddr > b.vaddr)));
    return {
        interpreter: interpreter === undefined ? undefined : readString(file, interpreter.offset, interpreter.filesz, 0n),
        rpath: dynamic === undefined || loads.length === 0 ? undefined : readRpath(layout, dynamic, loads),
    };
}
function readLayout(file) {
    const ident = exactly(file, 0n, 16);
    const [elfClass, encoding] = [ident[4], ident[5]];
    if (ident.toString('latin1', 0, 4) !== '\x7fELF')
        throw new MalformedElf();
    if (elfClass !== 1 && elfClass !== 2)
        throw new MalformedElf();
    if (encoding !== 1 && encoding !== 2)
        throw new MalformedElf();
    const is64 = elfClass === 2;
    const number = encoding === 1 ? littleEndian : bigEndian;
    const header = exactly(file, 16n, is64 ? 48 : 36);
    const type = Number(number(header, 0, 2));
    if (type !== ET_EXEC && type !== ET_DYN)
        throw new MalformedElf();
    const word = is64 ? 8 : 4;
    return {
        file,
        is64,
        number,
        phoff: number(header, 8 + word, word),
        phnum: Number(number(header, is64 ? 40 : 28, 2)),
        shoff: number(header, 8 + 2 * word, word),
        shnum: Number(number(header, is64 ? 44 : 32, 2)),
    };
}
/** Segments without contents are as good as not there. */
function readSegments({ file, is64, number, phoff, phnum }) {
    const size = is64 ? 56 : 32;
    const word = is64 ? 8 : 4;
    const table = exactly(file, phoff, phnum * size);
    return Array.from({ length: phnum }, (_, i) => {
        const at = i * size;
        return {
            type: number(table, at, 4),
            offset: number(table, at + (is64 ? 8 : 4), word),
            vaddr: number(table, at + (is64 ? 16 : 8), word),
            filesz: number(table, at + (is64 ? 32 : 16), word),
        };
    }).filter(({ filesz }) => filesz !== 0n);
}
function readRpath(layout, dynamic, loads) {
    const rpaths = [];
    const tables = [];
    const otherStrings = [];
    let soname;
    for (const { tag, value } of dynamicEntries(layout, dynamic)) {
        if (tag === DT_RPATH || tag === DT_RUNPATH)
            rpaths.push(value);
        else if (tag === DT_STRTAB)
            tables.push(value);
        else if (tag === DT_NEEDED)
            otherStrings.push(value);
        else if (tag === DT_SONAME)
            soname = value;
    }
    if (soname !== undefined)
        otherStrings.push(soname);
    const [rpath] = rpaths;
    const [table] = tables;
    if (rpaths.length > 1 || tables.length !== 1 || table === undefined)
        throw new MalformedElf();
    if (rpath === undefined && otherStrings.length === 0)
        return undefined;
    const offset = fileOffset(loads, table);
    const size = stringTableSize(layout, offset);
    const lastNul = lastNulBefore(layout.file, offset, size);
    if (otherStrings.some((at) => at > lastNul))
        throw new MalformedElf();
    return rpath === undefined ? undefined : readString(layout.file, offset, size, rpath);
}
function* dynamicEntries(layout, dynamic) {
    const { file, is64, number } = layout;
    const word = is64 ? 8 : 4;
    const perBlock = BLOCK / (2 * word);
    let left = dynamic.filesz / BigInt(2 * word);
    for (let at = dynamic.offset; left > 0n; at += BigInt(BLOCK)) {
        const wanted = Number(left < BigInt(perBlock) ? left : BigInt(perBlock));
        const block = file.read(position(file, at), wanted * 2 * word);
        for (let i = 0; i < wanted; i++) {
            if ((i + 1) * 2 * word > block.length)
                throw new MalformedElf();
            const tag = number(block, i * 2 * word, word);
            if (tag === DT_NULL)
                return;
            yield { tag, value: number(block, i * 2 * word + word, word) };
        }
        left -= BigInt(wanted);
    }
}
/** Where an address is in the file: by the last segment that starts at or before it. */
function fileOffset(loads, address) {
    // An address before all segments counts from the last one, as in Spack. It cannot lead anywhere valid.
    const segment = loads.findLast(({ vaddr }) => vaddr <= address) ?? loads.at(-1);
    if (segment === undefined)
        throw new MalformedElf();
    return segment.offset - segment.vaddr + address;
}
/** Only section headers know how long the table is. */
function stringTableSize({ file, is64, number, shoff, shnum }, offset) {
    const size = is64 ? 64 : 40;
    const word = is64 ? 8 : 4;
    const table = shnum === 0 ? Buffer.alloc(0) : file.read(position(file, shoff), shnum * size);
    for (let at = 0; at + size <= table.length; at += size) {
        const isTable = number(table, at + 4, 4) === SHT_STRTAB;
        if (isTable && number(table, at + (is64 ? 24 : 16), word) === offset) {
            return number(table, at + (is64 ? 32 : 20), word);
        }
    }
    throw new MalformedElf();
}
/** The offset in the range of its last NUL, -1 without one: strings that start after it have no end. */
function lastNulBefore(file, offset, size) {
    const start = position(file, offset);
    let end = Number(size);
    if (start + end > file.size)
        throw new MalformedElf();
    while (end > 0) {
        const length = Math.min(BLOCK, end);
        const at = file.read(start + end - length, length).lastIndexOf(0);
        if (at !== -1)
            return BigInt(end - length + at);
        end -= length;
    }
    return -1n;
}
/** The string at an offset in a range of the file, which must be whole and hold its NUL. */
function readString(file, offset, size, start) {
    const at = position(file, offset + start);
    const end = position(file, offset) + Number(size);
    if (end > file.size)
        throw new MalformedElf();
    const bytes = file.read(at, Math.min(MAX_STRING, Math.max(0, end - at)));
    const length = bytes.indexOf(0);
    if (length === -1)
        throw new MalformedElf();
    return { at, value: bytes.subarray(0, length) };
}
function exactly(file, offset, length) {
    const bytes = file.read(position(file, offset), length);
    if (bytes.length !== length)
        throw new MalformedElf();
    return bytes;
}
function position(file, offset) {
    if (offset < 0n || offset > BigInt(file.size))
        throw new MalformedElf();
    return Number(offset);
}
function littleEndian(bytes, at, length) {
    return length === 8 ? bytes.readBigUInt64LE(at) : BigInt(bytes.readUIntLE(at, length));
}
function bigEndian(bytes, at, length) {
    return length === 8 ? bytes.readBigUInt64BE(at) : BigInt(bytes.readUIntBE(at, length));
}


/***/ }),

/***/ 66184:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   jL: () => (/* binding */ relocateBeginning),
/* harmony export */   pz: () => (/* binding */ relocateElf),
/* harmony export */   wc: () => (/* binding */ rpathEntries)
/* harmony export */ });
/* harmony import */ var _elf_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(27386);

/**
 * Replaces the prefixes, all or none. Entries of a run path count where a prefix is all of their beginning, and
 * empty ones are dropped once another changes. What Spack cannot read (see `readElf`) is left alone.
 */
function relocateElf(file, matcher) {
    const paths = (0,_elf_js__WEBPACK_IMPORTED_MODULE_0__/* .readElf */ .o)(file);
    if (paths === undefined)
        return { kind: 'unchanged' };
    const { rpath, interpreter } = relocatedPaths(paths, matcher);
    const edits = [
        { stored: paths.rpath, value: rpath },
        { stored: paths.interpreter, value: interpreter },
    ].flatMap(({ stored, value }) => (stored === undefined || value === undefined ? [] : [{ stored, value }]));
    if (edits.length === 0)
        return { kind: 'unchanged' };
    if (edits.some(({ stored, value }) => value.length > stored.value.length)) {
        return { kind: 'too-long', rpath, interpreter };
    }
    for (const { stored, value } of edits)
        writePadded(file, stored, value);
    return { kind: 'patched' };
}
/** The new values, each `undefined` where it stays as it is. */
function relocatedPaths({ rpath, interpreter }, matcher) {
    const entries = rpathEntries(rpath);
    const replaced = entries.map((entry) => relocateBeginning(entry, matcher));
    const parts = entries.flatMap((entry, i) => [COLON, replaced[i] ?? entry]).slice(1);
    return {
        rpath: replaced.some((entry) => entry !== undefined) ? Buffer.concat(parts) : undefined,
        interpreter: interpreter === undefined ? undefined : relocateBeginning(interpreter.value, matcher),
    };
}
/** The directories of a run path. Padding with colons is a habit of some builds. */
function rpathEntries(rpath) {
    const text = rpath?.value.toString('latin1') ?? '';
    return text
        .split(':')
        .filter((entry) => entry !== '')
        .map((entry) => Buffer.from(entry, 'latin1'));
}
/** The path with the prefix it begins with replaced, `undefined` where it begins with none. */
function relocateBeginning(path, matcher) {
    const replacement = matcher.matchAt(path, 0);
    if (replacement === undefined)
        return undefined;
    return Buffer.concat([replacement.new, path.subarray(replacement.old.length)]);
}
const COLON = Buffer.from(':');
function writePadded(file, stored, value) {
    file.write(stored.at, Buffer.concat([value, Buffer.alloc(stored.value.length - value.length)]));
}


/***/ }),

/***/ 74835:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ prefixMatcher)
/* harmony export */ });
/* harmony import */ var _byte_string_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(90035);
/**
 * Finds old prefixes in bytes: what Spack's alternation `P1|P2|…` matches, without a regular expression's cost
 * per byte. The few beginnings that the prefixes share (nearly always just the store root) are looked for with
 * the platform's own search, and only where one stands is it told which prefix it is.
 */

/** `undefined` where nothing is to be replaced. Mappings of a prefix to itself do not count, as in Spack. */
function prefixMatcher(map) {
    const root = { next: new Map(), found: undefined };
    const replacements = [];
    for (const [from, to] of map) {
        if (from === to)
            continue;
        const replacement = { old: (0,_byte_string_js__WEBPACK_IMPORTED_MODULE_0__/* .bytesOf */ .$$)((0,_byte_string_js__WEBPACK_IMPORTED_MODULE_0__/* .byteStringOf */ .d1)(from)), new: (0,_byte_string_js__WEBPACK_IMPORTED_MODULE_0__/* .bytesOf */ .$$)((0,_byte_string_js__WEBPACK_IMPORTED_MODULE_0__/* .byteStringOf */ .d1)(to)) };
        insert(root, { replacement, order: replacements.length });
        replacements.push(replacement);
    }
    if (replacements.length === 0)
        return undefined;
    const olds = replacements.map(({ old }) => old);
    const needles = sharedBeginnings(olds);
    return {
        replacements,
        longest: Math.max(...olds.map((old) => old.length)),
        matchAt: (bytes, at) => lookUp(root, bytes, at),
        searcher(bytes) {
            // Where each needle stands next, so that one that is not there is looked for once.
            const ahead = needles.map(() => -1);
            return (from) => {
                for (let at = nearest(bytes, from); at < bytes.length; at = nearest(bytes, at + 1)) {
                    const replacement = lookUp(root, bytes, at);
                    if (replacement !== undefined)
                        return { at, replacement };
                }
                return undefined;
            };
            function nearest(buffer, from) {
                let first = buffer.length;
                for (const [i, needle] of needles.entries()) {
                    let at = ahead[i] ?? -1;
                    if (at < from) {
                        at = buffer.indexOf(needle, from);
                        if (at === -1)
                            at = buffer.length;
                        ahead[i] = at;
                    }
                    if (at < first)
                        first = at;
                }
                return first;
            }
        },
    };
}
function insert(root, candidate) {
    let node = root;
    for (const byte of candidate.replacement.old) {
        let child = node.next.get(byte);
        if (child === undefined) {
            child = { next: new Map(), found: undefined };
            node.next.set(byte, child);
        }
        node = child;
    }
    node.found ??= candidate;
}
function lookUp(root, bytes, start) {
    let best;
    let node = root;
    for (let at = start; node !== undefined; at++) {
        if (node.found !== undefined && (best === undefined || node.found.order < best.order))
            best = node.found;
        const byte = bytes[at];
        node = byte === undefined ? undefined : node.next.get(byte);
    }
    return best?.replacement;
}
/** More passes over the bytes than this cost more than candidates that turn out to be nothing. */
const MAX_NEEDLES = 3;
/** A needle as short as `/usr/` would stand everywhere. */
const MIN_NEEDLE = 6;
/** Beginnings such that every prefix starts with one of them and none with two. */
function sharedBeginnings(olds) {
    const needles = [];
    for (const old of [...olds].sort(Buffer.compare)) {
        const last = needles.at(-1);
        if (last === undefined || shared(last, old) < last.length)
            needles.push(old);
    }
    // Sorted, so those with the most in common are neighbours.
    while (needles.length > MAX_NEEDLES) {
        const common = needles.slice(1).map((needle, i) => shared(needles[i] ?? needle, needle));
        const most = Math.max(...common);
        if (most < MIN_NEEDLE)
            break;
        const at = common.indexOf(most);
        needles.splice(at, 2, (needles[at] ?? Buffer.alloc(0)).subarray(0, most));
    }
    return needles;
}
/** How many bytes two buffers begin with alike. */
function shared(a, b) {
    const end = Math.min(a.length, b.length);
    let length = 0;
    while (length < end && a[length] === b[length])
        length++;
    return length;
}


/***/ }),

/***/ 84939:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Er: () => (/* binding */ SUFFIX),
/* harmony export */   J6: () => (/* binding */ stringMatches),
/* harmony export */   eg: () => (/* binding */ relocateStrings)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _byte_string_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(90035);
/**
 * Prefixes in the C strings of binaries, replaced in place where Spack's pattern `(P1|P2|…)([^\0]{0,7}\0)?`
 * matches. No byte behind a string moves.
 *
 * Compilers and linkers store a string as the tail of another, so a string may get shorter at its beginning
 * (slashes fill the gap) but its end must stay where it is. Spack takes seven bytes for an end, and so do we:
 * where fewer would stay the string is cut short, if it gets shorter by more than seven bytes.
 */


/** How many bytes of a string's end must stay. */
const SUFFIX = 7;
/**
 * Replaces the prefixes in a file and returns how many there were. Throws `unsupported` where a new prefix does
 * not fit, with the file half changed.
 */
function relocateStrings(file, matcher) {
    let count = 0;
    for (const match of stringMatches(file, matcher)) {
        file.write(match.at, replacedString(match));
        count++;
    }
    return count;
}
/** All matches, in order. The file may be written to up to the end of the last match while this goes on. */
function* stringMatches(file, matcher) {
    const longest = matcher.longest + SUFFIX + 1;
    let start = 0;
    while (start < file.size) {
        const bytes = file.read(start, WINDOW + longest);
        if (bytes.length === 0)
            return; // somebody cut the file short
        const isLast = start + bytes.length >= file.size;
        // A match that begins before this is all there.
        const limit = isLast ? bytes.length : WINDOW;
        const search = matcher.searcher(bytes);
        let from = 0;
        for (let match = search(0); match !== undefined && match.at < limit; match = search(from)) {
            const { at, replacement } = match;
            const end = at + replacement.old.length;
            const nul = bytes.subarray(end, end + SUFFIX + 1).indexOf(0);
            const rest = nul === -1 ? undefined : bytes.subarray(end, end + nul);
            from = nul === -1 ? end : end + nul + 1;
            yield { at: start + at, replacement, rest };
        }
        start += Math.max(limit, from);
    }
}
/** The bytes to write over a match. */
function replacedString({ replacement, rest }) {
    const { old, new: neu } = replacement;
    const shorter = old.length - neu.length;
    if (shorter < 0) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('unsupported', 'a binary has no room for the longer new prefix', {
            expected: `at most ${old.length} bytes instead of ${(0,_byte_string_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g$)((0,_byte_string_js__WEBPACK_IMPORTED_MODULE_1__/* .byteString */ .iP)(old))}`,
            found: `${neu.length} bytes, ${(0,_byte_string_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g$)((0,_byte_string_js__WEBPACK_IMPORTED_MODULE_1__/* .byteString */ .iP)(neu))}`,
            hint: LONGER_HINT,
        });
    }
    const staying = rest === undefined ? 0 : SUFFIX - rest.length;
    if (staying === 0 || endOf(old, staying).equals(endOf(neu, staying))) {
        return Buffer.concat([Buffer.alloc(shorter, '/'), neu]);
    }
    if (shorter > SUFFIX && rest !== undefined)
        return Buffer.concat([neu, rest, NUL]);
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('unsupported', 'a string in a binary may be shared and cannot be shortened', {
        expected: `a prefix that ends like ${(0,_byte_string_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g$)((0,_byte_string_js__WEBPACK_IMPORTED_MODULE_1__/* .byteString */ .iP)(old))} or is at least ${SUFFIX + 1} bytes shorter`,
        found: (0,_byte_string_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g$)((0,_byte_string_js__WEBPACK_IMPORTED_MODULE_1__/* .byteString */ .iP)(neu)),
        hint: LONGER_HINT,
    });
}
const LONGER_HINT = 'install below a shorter root, or rebuild with config:install_tree:padded_length set';
const WINDOW = 1024 * 1024;
const NUL = Buffer.from([0]);
function endOf(bytes, length) {
    return bytes.subarray(Math.max(0, bytes.length - length));
}


/***/ }),

/***/ 90182:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HQ: () => (/* binding */ relocateTextFile),
/* harmony export */   oP: () => (/* binding */ lineWindows),
/* harmony export */   tV: () => (/* binding */ textMatches)
/* harmony export */ });
/* unused harmony export relocateText */
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/**
 * Prefixes in text files, replaced where Spack's pattern
 * `(?<![\w\-_/])([\w\-_]*?)(P1|P2|…)([\w\-_/]*)` matches. The file may change its length.
 */

/** The text with its prefixes replaced, or `undefined` where there are none. */
function relocateText(bytes, matcher) {
    const parts = [];
    let kept = 0;
    for (const { at, replacement } of textMatches(bytes, matcher)) {
        parts.push(bytes.subarray(kept, at), replacement.new);
        kept = at + replacement.old.length;
    }
    if (parts.length === 0)
        return undefined;
    parts.push(bytes.subarray(kept));
    return Buffer.concat(parts);
}
/**
 * Where prefixes are to be replaced, in order.
 *
 * The pattern in words: a prefix must not be a path's middle, so reading left from it over word characters must
 * not end at a slash; and word characters and slashes right of it belong to the match, so nothing in them is
 * replaced again. Prefixes begin with a slash (the build info reader sees to it), so two matches never share
 * what is left of them.
 */
function* textMatches(bytes, matcher) {
    const search = matcher.searcher(bytes);
    for (let match = search(0); match !== undefined;) {
        const { at, replacement } = match;
        if (startsPath(bytes, at)) {
            yield match;
            match = search(tailEnd(bytes, at + replacement.old.length));
        }
        else {
            match = search(at + 1);
        }
    }
}
/**
 * {@link relocateText} on a file, in place so that its hard links stay. Whether anything changed.
 * @param scratch opens an empty file for what does not fit in memory
 * Throws `too-large` for a file with a line of more than 256 MiB.
 */
function relocateTextFile(file, matcher, scratch) {
    if (file.size <= WINDOW) {
        const text = relocateText(file.read(0, file.size), matcher);
        if (text === undefined)
            return false;
        file.write(0, text);
        file.truncate(text.length);
        return true;
    }
    const output = scratch();
    let changed = false;
    let written = 0;
    for (const lines of lineWindows(file)) {
        const text = relocateText(lines, matcher);
        changed ||= text !== undefined;
        output.write(written, text ?? lines);
        written += (text ?? lines).length;
    }
    if (!changed)
        return false;
    for (let at = 0; at < written; at += WINDOW)
        file.write(at, output.read(at, WINDOW));
    file.truncate(written);
    return true;
}
const WINDOW = 16 * 1024 * 1024;
const MAX_LINE = 16 * WINDOW;
/** The file in pieces of whole lines: no match spans two, as neither the pattern's classes nor a prefix has a newline. */
function* lineWindows(file) {
    let length = WINDOW;
    for (let at = 0; at < file.size;) {
        const bytes = file.read(at, length);
        const end = at + bytes.length >= file.size ? bytes.length : bytes.lastIndexOf(0x0a) + 1;
        if (end > 0) {
            yield bytes.subarray(0, end);
            at += end;
            length = WINDOW;
        }
        else if (length < MAX_LINE) {
            length *= 2;
        }
        else {
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('too-large', 'a text file to relocate has too long a line', {
                expected: `at most ${MAX_LINE} bytes`,
            });
        }
    }
}
function startsPath(bytes, at) {
    let left = at - 1;
    while (left >= 0 && isWord(bytes[left]))
        left--;
    return left < 0 || bytes[left] !== SLASH;
}
function tailEnd(bytes, from) {
    let at = from;
    while (at < bytes.length && (isWord(bytes[at]) || bytes[at] === SLASH))
        at++;
    return at;
}
const SLASH = 0x2f;
/** `[\w\-]`, in ASCII as Python has it for bytes. */
const WORD = new Uint8Array(256);
for (const character of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-') {
    WORD[character.charCodeAt(0)] = 1;
}
function isWord(byte) {
    return byte !== undefined && WORD[byte] === 1;
}


/***/ }),

/***/ 2193:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Tt: () => (/* binding */ stagingSweeper),
/* harmony export */   Uj: () => (/* binding */ refuseExisting),
/* harmony export */   me: () => (/* binding */ makeStaging),
/* harmony export */   y9: () => (/* binding */ moveInPlace)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(82552);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(62807);
/** The directory beside a prefix in which a package is put together: ours alone, and on the same file system. */





/** Makes the parents of a prefix, and in its parent the directory. Throws `usage` for a relative prefix. */
function makeStaging(prefix) {
    if (!(0,node_path__WEBPACK_IMPORTED_MODULE_2__.isAbsolute)(prefix) || (0,node_path__WEBPACK_IMPORTED_MODULE_2__.basename)(prefix) === '') {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .BuildcacheError */ .fO('usage', 'cannot install there', {
            expected: 'an absolute path',
            found: prefix,
        });
    }
    const resolved = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(prefix);
    const parent = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(resolved);
    const firstMade = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(parent, { recursive: true });
    const directory = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdtempSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(parent, stagingName(resolved)));
    const tree = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(directory, 'tree');
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(tree);
    return {
        prefix: resolved,
        tree,
        scratch: (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(directory, 'scratch'),
        replaced: (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(directory, 'replaced'),
        async remove() {
            // Whether the package is installed does not depend on it, so what went wrong before is what counts.
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(directory, { recursive: true, force: true }).catch(() => undefined);
            if (firstMade !== undefined)
                removeEmpty(parent, (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(firstMade));
        },
    };
}
/**
 * @returns removes what a killed process left of unpacking to a prefix. Only for whoever holds the lock on that prefix, or
 * has the install tree for itself: somebody else's directory looks the same.
 */
function stagingSweeper() {
    // A folder has a thousand prefixes in it, and is read once: what is left there was left before.
    const listed = new Map();
    return async (prefix) => {
        const resolved = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(prefix);
        const parent = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(resolved);
        const names = listed.get(parent) ?? leftIn(parent);
        listed.set(parent, names);
        for (const name of (await names).filter((each) => each.startsWith(stagingName(resolved)))) {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(parent, name), { recursive: true, force: true }).catch(() => undefined);
        }
    };
}
async function leftIn(folder) {
    const names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(folder).catch(() => []);
    return names.filter((name) => name.startsWith(STAGING));
}
const STAGING = '.unpack-';
/** Says for which prefix it is, and is no longer for one with a long name. */
function stagingName(prefix) {
    return `${STAGING}${(0,_core_digest_js__WEBPACK_IMPORTED_MODULE_3__/* .sha256 */ .sc)(prefix).slice(0, 12)}-`;
}
/** Removes a directory and the ones it is in, up to one that stays, as far as they are empty. */
function removeEmpty(directory, stays) {
    try {
        for (let at = directory; at !== stays; at = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(at))
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmdirSync)(at);
    }
    catch {
        // Not empty: something is installed there, by us or by somebody else.
    }
}
/** Throws `conflict` if something is at the prefix, a dangling symlink included. */
function refuseExisting(prefix) {
    if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(prefix, { throwIfNoEntry: false }) === undefined)
        return;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .BuildcacheError */ .fO('conflict', 'there is something at the prefix already', {
        file: prefix,
        hint: 'remove it, or install over it',
    });
}
/**
 * The last step: one rename. What is at the prefix is put aside, and back if that fails.
 * @param aside where to put it; without it nothing may be at the prefix
 */
function moveInPlace(from, prefix, aside) {
    if (aside === undefined)
        refuseExisting(prefix);
    const isThere = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(prefix, { throwIfNoEntry: false }) !== undefined;
    if (aside !== undefined && isThere)
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.renameSync)(prefix, aside);
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.renameSync)(from, prefix);
    }
    catch (error) {
        if (aside !== undefined && isThere)
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.renameSync)(aside, prefix);
        throw error;
    }
}


/***/ }),

/***/ 4850:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  D: () => (/* binding */ unpackPackage)
});

// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/package/archive-path.js
var archive_path = __webpack_require__(81185);
// EXTERNAL MODULE: ./build/package/build-info-reader.js + 1 modules
var build_info_reader = __webpack_require__(33770);
// EXTERNAL MODULE: ./build/package/byte-file.js
var byte_file = __webpack_require__(44324);
// EXTERNAL MODULE: ./build/package/byte-string.js
var byte_string = __webpack_require__(90035);
// EXTERNAL MODULE: ./build/package/inflate-tarball.js
var inflate_tarball = __webpack_require__(44783);
// EXTERNAL MODULE: ./build/package/package-prefix.js
var package_prefix = __webpack_require__(53804);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/package/relocate-elf.js
var relocate_elf = __webpack_require__(66184);
;// CONCATENATED MODULE: ./build/package/macho.js
/** `undefined` for anything that is not a Mach-O file or is malformed, which is left alone. */
function readMachO(file) {
    const slices = readSlices(file);
    const images = [];
    for (const slice of slices) {
        const image = readImage(file, slice);
        if (image === undefined)
            return undefined;
        images.push(image);
    }
    return images.length === 0 ? undefined : images;
}
/** The load command with another path, as long as before if that fits, else as long as it must be. */
function withPath(image, command, path) {
    if (command.path === undefined)
        return command.bytes;
    const { at } = command.path;
    const alignment = image.is64 ? 8 : 4;
    const needed = Math.ceil((at + path.length + 1) / alignment) * alignment;
    const bytes = Buffer.alloc(Math.max(needed, command.bytes.length));
    command.bytes.copy(bytes, 0, 0, at);
    path.copy(bytes, at);
    writeUInt32(bytes, bytes.length, 4, image.littleEndian);
    return bytes;
}
/** Writes load commands over the image's, each as long as the old one or longer, all within its room. */
function writeLoadCommands(file, image, commands) {
    const all = Buffer.concat(commands);
    const size = Buffer.alloc(4);
    writeUInt32(size, all.length, 0, image.littleEndian);
    file.write(image.at + SIZE_OF_COMMANDS, size);
    file.write(image.at + headerSize(image.is64), all);
}
const FAT_MAGIC = 0xcafebabe;
/** A Java class file has the same magic and its version here; Spack draws the line at ten. */
const MAX_SLICES = 9;
const NUMBER_OF_COMMANDS = 16;
const SIZE_OF_COMMANDS = 20;
/** Real ones are a few kilobytes. */
const MAX_COMMANDS = 16 * 1024 * 1024;
const LC_SEGMENT = 0x1;
const LC_SEGMENT_64 = 0x19;
/** `LC_REQ_DYLD`, the bit that makes an unknown command an error, is part of some. */
const PATHS = new Map([
    [0xd, 'id'],
    [0xc, 'library'], // LC_LOAD_DYLIB
    [0x80000018, 'library'], // LC_LOAD_WEAK_DYLIB
    [0x8000001f, 'library'], // LC_REEXPORT_DYLIB
    [0x20, 'library'], // LC_LAZY_LOAD_DYLIB
    [0x80000023, 'library'], // LC_LOAD_UPWARD_DYLIB
    [0x8000001c, 'rpath'],
]);
/** The architectures of a universal file, whose header is big-endian, or the file itself. */
function readSlices(file) {
    const header = file.read(0, 8);
    if (header.length < 8)
        return [];
    if (header.readUInt32BE(0) !== FAT_MAGIC)
        return [{ at: 0, size: file.size }];
    const count = header.readUInt32BE(4);
    const table = file.read(8, count > MAX_SLICES ? 0 : count * 20);
    const slices = [];
    for (let at = 0; at + 20 <= table.length; at += 20) {
        slices.push({ at: table.readUInt32BE(at + 8), size: table.readUInt32BE(at + 12) });
    }
    return slices.length === count ? slices : [];
}
function readImage(file, slice) {
    const header = file.read(slice.at, 32);
    if (header.length < 32)
        return undefined;
    const format = FORMATS.get(header.readUInt32BE(0));
    if (format === undefined)
        return undefined;
    const { is64, littleEndian } = format;
    const count = readUInt32(header, NUMBER_OF_COMMANDS, littleEndian);
    const size = readUInt32(header, SIZE_OF_COMMANDS, littleEndian);
    if (size > MAX_COMMANDS)
        return undefined;
    const bytes = file.read(slice.at + headerSize(is64), size);
    if (bytes.length !== size)
        return undefined;
    const commands = [];
    let at = 0;
    while (commands.length < count) {
        if (at + 8 > size)
            return undefined;
        const length = readUInt32(bytes, at + 4, littleEndian);
        if (length < 8 || at + length > size)
            return undefined;
        const command = bytes.subarray(at, at + length);
        commands.push({ bytes: command, path: readPath(command, littleEndian) });
        at += length;
    }
    // Bytes after the last command belong to nobody; keeping the total right means not having any.
    if (at !== size)
        return undefined;
    const contents = Math.min(slice.size, ...commands.map((command) => firstByte(command.bytes, format)));
    return { at: slice.at, is64, littleEndian, commands, room: Math.max(size, contents - headerSize(is64)) };
}
/** By the magic's bytes. */
const FORMATS = new Map([
    [0xcffaedfe, { is64: true, littleEndian: true }],
    [0xfeedfacf, { is64: true, littleEndian: false }],
    [0xcefaedfe, { is64: false, littleEndian: true }],
    [0xfeedface, { is64: false, littleEndian: false }],
]);
function headerSize(is64) {
    return is64 ? 32 : 28;
}
function readPath(command, littleEndian) {
    const kind = PATHS.get(readUInt32(command, 0, littleEndian));
    if (kind === undefined || command.length < 12)
        return undefined;
    const at = readUInt32(command, 8, littleEndian);
    if (at < 12 || at >= command.length)
        return undefined;
    const text = command.subarray(at);
    const nul = text.indexOf(0);
    return { kind, at, value: nul === -1 ? text : text.subarray(0, nul) };
}
/** The lowest offset in the image that a segment command says has contents. */
function firstByte(command, { is64, littleEndian }) {
    const type = readUInt32(command, 0, littleEndian);
    if (type !== (is64 ? LC_SEGMENT_64 : LC_SEGMENT))
        return Number.POSITIVE_INFINITY;
    const [fixed, sectionSize, word] = is64 ? [72, 80, 8] : [56, 68, 4];
    if (command.length < fixed)
        return Number.POSITIVE_INFINITY;
    const fileOffset = readWord(command, is64 ? 40 : 32, word, littleEndian);
    const fileSize = readWord(command, is64 ? 48 : 36, word, littleEndian);
    // The segment at 0 has the header and the load commands in it, so its sections tell.
    let first = fileOffset > 0 && fileSize > 0 ? fileOffset : Number.POSITIVE_INFINITY;
    for (let at = fixed; at + sectionSize <= command.length; at += sectionSize) {
        const offset = readUInt32(command, at + (is64 ? 48 : 40), littleEndian);
        if (offset > 0)
            first = Math.min(first, offset);
    }
    return first;
}
function readUInt32(bytes, at, littleEndian) {
    return littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
}
function readWord(bytes, at, length, littleEndian) {
    if (length === 4)
        return readUInt32(bytes, at, littleEndian);
    return Number(littleEndian ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
}
function writeUInt32(bytes, value, at, littleEndian) {
    if (littleEndian)
        bytes.writeUInt32LE(value, at);
    else
        bytes.writeUInt32BE(value, at);
}

;// CONCATENATED MODULE: ./build/package/relocate-macho.js
/**
 * Prefixes in the load commands of a Mach-O file: its own name, the libraries it loads and its run paths. What
 * Spack has `install_name_tool` do on macOS, done to the bytes, and so on any system. The file needs a new
 * signature afterwards, which only macOS can tell and make.
 */


/**
 * Whether anything changed. Load commands grow into the padding behind them if they must; where that is too
 * little throws `unsupported`, with nothing written.
 */
function relocateMachO(file, matcher) {
    // Longest first, whatever the map's order, and everywhere in a path: as Spack does it here and only here.
    const replacements = [...matcher.replacements].sort((a, b) => b.old.length - a.old.length);
    const edits = (readMachO(file) ?? []).map((image) => ({ image, commands: relocated(image, replacements) }));
    const changed = edits.filter(({ image, commands }) => commands.some((bytes, i) => bytes !== image.commands[i]?.bytes));
    for (const { image, commands } of changed) {
        const size = commands.reduce((sum, bytes) => sum + bytes.length, 0);
        if (size > image.room) {
            throw new errors/* BuildcacheError */.fO('unsupported', 'the load commands of a binary have no room for the new paths', {
                expected: `at most ${image.room} bytes`,
                found: `${size}`,
                hint: 'install below a shorter root, or rebuild with -headerpad_max_install_names',
            });
        }
    }
    for (const { image, commands } of changed)
        writeLoadCommands(file, image, commands);
    return changed.length > 0;
}
/** The load commands, those that stay as they are being the same buffers. */
function relocated(image, replacements) {
    // A run path that another one has already become would be there twice, which dyld refuses.
    const rpaths = new Map();
    return image.commands.map((command) => {
        const { path } = command;
        const value = path === undefined ? undefined : relocatePath(path.value, replacements);
        if (path === undefined || value === undefined)
            return command.bytes;
        if (path.kind === 'rpath') {
            const [now, old] = [value.toString('latin1'), path.value.toString('latin1')];
            if ((rpaths.get(now) ?? old) !== old)
                return command.bytes;
            rpaths.set(now, old);
        }
        return withPath(image, command, value);
    });
}
function relocatePath(path, replacements) {
    const replacement = replacements.find(({ old }) => path.subarray(0, old.length).equals(old));
    if (replacement === undefined)
        return undefined;
    const parts = [];
    let kept = 0;
    for (let at = 0; at !== -1; at = path.indexOf(replacement.old, kept)) {
        parts.push(path.subarray(kept, at), replacement.new);
        kept = at + replacement.old.length;
    }
    return Buffer.concat([...parts, path.subarray(kept)]);
}

// EXTERNAL MODULE: ./build/package/relocate-matcher.js
var relocate_matcher = __webpack_require__(74835);
// EXTERNAL MODULE: ./build/package/relocate-strings.js
var relocate_strings = __webpack_require__(84939);
// EXTERNAL MODULE: ./build/package/relocate-text.js
var relocate_text = __webpack_require__(90182);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(31421);
// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(51455);
;// CONCATENATED MODULE: ./build/package/relocate-tools.js
/** Programs of the system that relocation needs in rare cases: patchelf, and codesign on macOS. */



function systemTools() {
    return { patchelf: 'patchelf', codesign: process.platform === 'darwin' ? 'codesign' : undefined };
}
/**
 * Sets a run path or interpreter that does not fit in the old one's place. Unlike Spack it does not remove the
 * run path when only the interpreter changes, and does not go on when patchelf fails, which would leave a
 * binary that loads from the old store.
 * @param file absolute path
 * Throws `unsupported` where there is no patchelf, it fails, or the path is not to be trusted to it.
 */
async function patchElf(tools, file, paths, signal) {
    const options = [
        ...(paths.rpath === undefined ? [] : ['--force-rpath', '--set-rpath', argument(paths.rpath)]),
        ...(paths.interpreter === undefined ? [] : ['--set-interpreter', argument(paths.interpreter)]),
    ];
    await run(tools.patchelf, [...options, argument(Buffer.from(file))], signal, {
        missing: 'a binary has no room for a longer path, and there is no patchelf to make some',
        hint: 'install patchelf, or install below a shorter root',
    });
}
/**
 * Signs a changed Mach-O file for this machine. codesign replaces the file, so it works on a copy: the hard
 * links of the file stay.
 * @param scratch path of a file that may be overwritten
 */
async function signMachO(tools, file, scratch, signal) {
    if (tools.codesign === undefined)
        return;
    await (0,external_node_fs_promises_.copyFile)(file, scratch);
    await run(tools.codesign, ['-fs-', scratch], signal, {
        missing: 'a changed binary cannot be signed without codesign',
        hint: 'install the command line tools: xcode-select --install',
    });
    await (0,external_node_fs_promises_.writeFile)(file, await (0,external_node_fs_promises_.readFile)(scratch));
    await (0,external_node_fs_promises_.rm)(scratch, { force: true });
}
/** patchelf reads an argument's value from a file where it starts with an @, and only takes text. */
function argument(bytes) {
    const text = bytes.toString('utf8');
    if (!text.startsWith('@') && Buffer.from(text, 'utf8').equals(bytes))
        return text;
    throw new errors/* BuildcacheError */.fO('unsupported', 'a path cannot be handed to patchelf', {
        expected: 'UTF-8 that does not start with "@"',
        found: text,
    });
}
function run(program, args, signal, missing) {
    return new Promise((resolve, reject) => {
        (0,external_node_child_process_.execFile)(program, args, signal === undefined ? {} : { signal }, (error, _stdout, stderr) => {
            if (error === null)
                resolve();
            else if (signal?.aborted === true)
                reject(error);
            else if ((0,errors/* systemCode */.xU)(error) === 'ENOENT') {
                reject(new errors/* BuildcacheError */.fO('unsupported', missing.missing, { hint: missing.hint }, error));
            }
            else {
                const found = stderr.trim() === '' ? error.message : stderr.trim();
                reject(new errors/* BuildcacheError */.fO('unsupported', `${program} failed`, { found }, error));
            }
        });
    });
}

;// CONCATENATED MODULE: ./build/package/relocate.js
/**
 * Relocates an unpacked package: replaces the paths of the store it was built in, in the files and links its
 * build info lists, as Spack 1.x does. A file with several names is changed once.
 */











/**
 * @param tree whose symlinks are not made yet; their targets are changed in it
 * @param prefix path of the package's prefix below the tree's root
 * Throws `bad-input` where the build info lists what the archive does not have, `unsupported` where a path does
 * not fit into a binary, what the file system says, or the signal's reason. Files stay half changed then.
 */
async function relocatePackage(tree, prefix, relocation) {
    const { info, map, scratch, signal } = relocation;
    const counts = { text: 0, binaries: 0, links: 0 };
    const matcher = (0,relocate_matcher/* prefixMatcher */.b)(map);
    if (matcher === undefined)
        return counts;
    for (const name of info.links) {
        if (relocateLink(tree.links, listed(prefix, name), matcher))
            counts.links++;
    }
    const done = new Set();
    for (const name of info.textFiles) {
        await breathe(signal);
        const path = listed(prefix, name);
        const changed = visit(tree, path, done, (file) => withScratch(scratch, (makeScratch) => (0,relocate_text/* relocateTextFile */.HQ)(file, matcher, makeScratch)));
        if (changed === true)
            counts.text++;
    }
    for (const name of info.binaries) {
        await breathe(signal);
        if (await relocateBinary(tree, listed(prefix, name), done, matcher, relocation))
            counts.binaries++;
    }
    return counts;
}
/** Paths first, because what is replaced there can be cut off rather than filled up; then all other strings. */
async function relocateBinary(tree, path, done, matcher, { format, scratch, tools = systemTools(), signal }) {
    if (format === 'macho') {
        const changed = visit(tree, path, done, (file) => {
            const patched = !isLeftToStrings(path) && relocateMachO(file, matcher);
            return (0,relocate_strings/* relocateStrings */.eg)(file, matcher) > 0 || patched;
        });
        if (changed !== true)
            return false;
        await withFile(path, signMachO(tools, tree.locate(path), scratch, signal));
        return true;
    }
    const elf = visit(tree, path, done, (file) => {
        const result = (0,relocate_elf/* relocateElf */.pz)(file, matcher);
        if (result.kind === 'too-long')
            return result;
        return (0,relocate_strings/* relocateStrings */.eg)(file, matcher) > 0 || result.kind === 'patched';
    });
    if (elf === undefined || typeof elf === 'boolean')
        return elf === true;
    await withFile(path, patchElf(tools, tree.locate(path), elf, signal));
    visit(tree, path, undefined, (file) => (0,relocate_strings/* relocateStrings */.eg)(file, matcher));
    return true;
}
/** Files whose load commands Spack does not touch. */
function isLeftToStrings(path) {
    return path.endsWith('.o') || path.includes('libgcc_');
}
function relocateLink(links, path, matcher) {
    const target = links.get(path);
    if (target === undefined)
        throw notThere(path, 'a symlink');
    const relocated = target.startsWith('/') ? (0,relocate_elf/* relocateBeginning */.jL)((0,byte_string/* bytesOf */.$$)(target), matcher) : undefined;
    if (relocated !== undefined)
        links.set(path, (0,byte_string/* byteString */.iP)(relocated));
    return relocated !== undefined;
}
/** Where something the build info lists is in the tree. The name is attacker-controlled. */
function listed(prefix, name) {
    return `${prefix}/${(0,archive_path/* archivePath */.oM)(name)}`;
}
/**
 * Opens a file of the tree for one action, unless one of its names was in `done`, which it joins. No symlink
 * can be on the way: the directory is one of ours, and symlinks are not made yet.
 */
function visit(tree, path, done, action) {
    if (!tree.directories.has((0,archive_path/* parentPath */.yl)(path)))
        throw notThere(path, 'a file');
    let file;
    try {
        file = (0,byte_file/* openByteFile */.f)(tree.locate(path), 'read-write');
        if (done?.has(file.identity) === true)
            return undefined;
        done?.add(file.identity);
        return action(file);
    }
    catch (error) {
        if (file === undefined && MISSING.has((0,errors/* systemCode */.xU)(error) ?? ''))
            throw notThere(path, 'a file', error);
        throw inFile(error, path);
    }
    finally {
        file?.close();
    }
}
/** Not there, a symlink, a directory or what else is no file. */
const MISSING = new Set(['ENOENT', 'ELOOP', 'EISDIR', 'EINVAL', 'ENXIO']);
function notThere(path, expected, cause) {
    const message = 'the build info lists for relocation what the archive does not have';
    return new errors/* BuildcacheError */.fO('bad-input', message, { file: (0,byte_string/* printable */.g$)(path), expected }, cause);
}
/** Names the file in what goes wrong. */
async function withFile(path, action) {
    try {
        await action;
    }
    catch (error) {
        throw inFile(error, path);
    }
}
function inFile(error, path) {
    const file = (0,byte_string/* printable */.g$)(path);
    if (!(error instanceof errors/* BuildcacheError */.fO))
        return (0,errors/* fileError */.zS)(error, file, 'relocate it');
    return new errors/* BuildcacheError */.fO(error.code, error.message, { file, ...error.facts }, error.cause);
}
function withScratch(path, action) {
    let file;
    try {
        return action(() => {
            file ??= (0,byte_file/* openByteFile */.f)(path, 'create');
            return file;
        });
    }
    finally {
        file?.close();
    }
}
/** Lets others have the event loop between two files. */
async function breathe(signal) {
    await (0,promises_.setImmediate)();
    signal?.throwIfAborted();
}

// EXTERNAL MODULE: ./build/package/tar-reader.js + 1 modules
var tar_reader = __webpack_require__(10103);
// EXTERNAL MODULE: ./build/package/unpack-staging.js
var unpack_staging = __webpack_require__(2193);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
;// CONCATENATED MODULE: ./build/package/unpack-tree.js
/**
 * Writes the entries of an archive below one directory and nowhere else, whatever the archive says.
 *
 * Why that holds: the root is a fresh directory of ours; every directory on the way to a file was made by our
 * own `mkdir` of exactly that path, or renamed to it into such directories; files are created exclusively; a hard link's target is a regular file
 * reached through such directories; and no symlink exists before {@link UnpackedTree.makeLinks}, when all is
 * written. Two names that the file system cannot hold apart (case, normalization) meet in an `EEXIST` and are
 * refused, so nothing rests on knowing how it compares names.
 *
 * Calls are synchronous: a small file costs a quarter of what it does through the thread pool, which is busy
 * inflating, and the caller yields between chunks of the stream.
 */




/**
 * The directories above the package's are made only if something else is in them, and the package's is `ROOT.package`
 * until then: where many have just been removed, a file system may take long to make new ones, as ext4 does.
 *
 * @param root an empty directory; nobody else writes to it, nor to `ROOT.package`
 * @param packageHash in the name of the package's directory, as is usual; all goes well without it too
 * Methods throw `BuildcacheError`: `corrupt` for entries that cannot be meant well, `too-large`, or what the
 * file system said.
 */
function unpackTree(root, maxEntries, packageHash) {
    const directories = new Map();
    directories.set('', { listed: false, holds: undefined });
    const links = new Map();
    const counts = { files: 0, bytes: 0 };
    let entries = 0;
    let heldNames = 0;
    /** Modes of directories that are not made yet, those above before what is in them. Nothing else is in them. */
    const waiting = new Map();
    /** The one directory in one of these that is made, elsewhere. */
    let lifted;
    let open;
    return {
        directories,
        links,
        counts,
        locate,
        entry(entry) {
            if (++entries > maxEntries) {
                throw new errors/* BuildcacheError */.fO('too-large', 'the archive has too many entries', {
                    expected: `at most ${maxEntries}`,
                });
            }
            const path = (0,archive_path/* archivePath */.oM)(entry.path);
            switch (entry.type) {
                case 'directory':
                    addDirectory(path, entry.mode);
                    break;
                case 'file':
                    addFile(path, entry);
                    break;
                case 'symlink':
                    addLink(path, entry.target);
                    break;
                case 'hardlink':
                    addHardLink(path, (0,archive_path/* archivePath */.oM)(entry.target));
                    break;
            }
        },
        data(chunk) {
            if (open === undefined)
                throw new errors/* BuildcacheError */.fO('internal', 'data of no file');
            const { descriptor, entry } = open;
            attempt(entry.path, () => {
                for (let at = 0; at < chunk.length;)
                    at += (0,external_node_fs_.writeSync)(descriptor, chunk, at);
            });
            counts.bytes += chunk.length;
        },
        entryEnd() {
            if (open === undefined)
                return;
            const { descriptor, entry } = open;
            attempt(entry.path, () => {
                (0,external_node_fs_.fchmodSync)(descriptor, (entry.mode & FILE_MODE.keep) | FILE_MODE.add);
                (0,external_node_fs_.futimesSync)(descriptor, entry.mtime, entry.mtime);
            });
            close();
        },
        makeLinks() {
            for (const [path, target] of links) {
                attempt(path, () => (0,external_node_fs_.symlinkSync)((0,byte_string/* bytesOf */.$$)(target), locate(path)));
            }
        },
        close,
    };
    function locate(path) {
        if (lifted !== undefined && (0,archive_path/* isWithin */.UO)(path, lifted)) {
            return (0,byte_string/* fsPath */.Jk)(`${root}.package${path.slice(lifted.length)}`);
        }
        return (0,byte_string/* fsPath */.Jk)(path === '' ? root : `${root}/${path}`);
    }
    function close() {
        if (open === undefined)
            return;
        const { descriptor } = open;
        open = undefined;
        (0,external_node_fs_.closeSync)(descriptor);
    }
    function addDirectory(path, mode) {
        directoryAt(path).listed = true;
        const bits = (mode & DIRECTORY_MODE.keep) | DIRECTORY_MODE.add;
        if (waiting.has(path))
            waiting.set(path, bits);
        else
            attempt(path, () => (0,external_node_fs_.chmodSync)(locate(path), bits));
    }
    /** Makes the directory and those it is in, unless they are there. */
    function directoryAt(path) {
        const known = directories.get(path);
        if (known !== undefined)
            return known;
        if (links.has(path))
            throw twice(path);
        directoryAt((0,archive_path/* parentPath */.yl)(path));
        makeDirectory(path);
        hold(path);
        const made = { listed: false, holds: undefined };
        directories.set(path, made);
        return made;
    }
    function makeDirectory(path) {
        const isAlone = directories.size === waiting.size + 1 && waiting.has((0,archive_path/* parentPath */.yl)(path));
        const isFirst = directories.size === 1;
        const isPackage = path.slice((0,archive_path/* parentPath */.yl)(path).length).includes(packageHash);
        if ((isFirst || isAlone) && !isPackage) {
            waiting.set(path, 0o755);
            return;
        }
        if (isAlone)
            lifted = path;
        else
            lower(path);
        attempt(path, () => (0,external_node_fs_.mkdirSync)(locate(path), 0o755));
    }
    /** Makes the directories that wait, and puts the package's where it belongs, unless the path is in that. */
    function lower(path) {
        if (waiting.size === 0 || (lifted !== undefined && (0,archive_path/* isWithin */.UO)(path, lifted)))
            return;
        for (const [each, mode] of waiting) {
            attempt(each, () => (0,external_node_fs_.mkdirSync)(locate(each), 0o755));
            attempt(each, () => (0,external_node_fs_.chmodSync)(locate(each), mode));
        }
        waiting.clear();
        if (lifted === undefined)
            return;
        const from = locate(lifted);
        const to = lifted;
        lifted = undefined;
        attempt(to, () => (0,external_node_fs_.renameSync)(from, locate(to)));
    }
    /** Makes sure that the path is free and its directory one of ours. Creating a file twice fails by itself. */
    function prepare(path) {
        if (directories.has(path) || links.has(path))
            throw twice(path);
        directoryAt((0,archive_path/* parentPath */.yl)(path)).holds ??= path;
        lower(path);
    }
    function addFile(path, entry) {
        prepare(path);
        open = { descriptor: attempt(path, () => (0,external_node_fs_.openSync)(locate(path), CREATE, 0o600)), entry };
        counts.files++;
    }
    function addLink(path, target) {
        prepare(path);
        hold(path, target);
        links.set(path, target);
        counts.files++;
    }
    /** Files are forgotten once written; directories and symlinks have to be remembered. */
    function hold(...names) {
        for (const name of names)
            heldNames += name.length;
        if (heldNames <= MAX_NAMES)
            return;
        throw new errors/* BuildcacheError */.fO('too-large', 'the archive has too many directories and symlinks', {
            expected: `names of at most ${MAX_NAMES} bytes in all`,
        });
    }
    /** Python packed a second name of a symlink as a hard link to it; they become two symlinks here. */
    function addHardLink(path, target) {
        const pointee = links.get(target);
        if (pointee !== undefined) {
            addLink(path, pointee);
            return;
        }
        prepare(path);
        const isFile = directories.has((0,archive_path/* parentPath */.yl)(target)) &&
            attempt(target, () => (0,external_node_fs_.lstatSync)(locate(target), { throwIfNoEntry: false }))?.isFile() === true;
        if (!isFile) {
            throw new errors/* BuildcacheError */.fO('corrupt', 'a hard link points at no file of the archive', {
                file: (0,byte_string/* printable */.g$)(path),
                expected: 'the path of an earlier file',
                found: (0,byte_string/* printable */.g$)(target),
            });
        }
        attempt(path, () => (0,external_node_fs_.linkSync)(locate(target), locate(path)));
        counts.files++;
    }
}
/** Real packages have a few megabytes of them. */
const MAX_NAMES = 128 * 1024 * 1024;
/**
 * Set-id and sticky bits and the write bits of group and others go, and the owner may read and write: who may
 * become or change whom is for the recipient's configuration to say, not for the packer. What today's Spack
 * packs, 0755 and 0644, comes through as it is, whatever the umask. Owners are not restored, times of files are.
 */
const FILE_MODE = { keep: 0o755, add: 0o600 };
const DIRECTORY_MODE = { keep: 0o755, add: 0o700 };
const CREATE = external_node_fs_.constants.O_WRONLY | external_node_fs_.constants.O_CREAT | external_node_fs_.constants.O_EXCL | external_node_fs_.constants.O_NOFOLLOW;
function attempt(path, action) {
    try {
        return action();
    }
    catch (error) {
        if ((0,errors/* systemCode */.xU)(error) === 'EEXIST')
            throw twice(path, error);
        // That the file system is full or read-only is not about this entry: whoever knows the store names it.
        if (OF_FILE_SYSTEM.has((0,errors/* systemCode */.xU)(error) ?? ''))
            throw error;
        throw (0,errors/* fileError */.zS)(error, (0,byte_string/* printable */.g$)(path), 'unpack it');
    }
}
const OF_FILE_SYSTEM = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO']);
function twice(path, cause) {
    const facts = {
        file: (0,byte_string/* printable */.g$)(path),
        expected: 'each name once',
        hint: 'if two names differ only in case, unpack to a case-sensitive file system',
    };
    return new errors/* BuildcacheError */.fO('corrupt', 'the archive has two entries that are one file here', facts, cause);
}

;// CONCATENATED MODULE: ./build/package/unpack.js











/**
 * Unpacks, relocates and installs a package.
 *
 * Throws `BuildcacheError`: `conflict` if something is at the prefix; `corrupt` for a damaged or hostile
 * archive or another package's; `too-large` over a limit; `bad-input` for a build info that is none;
 * `unsupported` for entries no package has and for paths that do not fit; `cancelled`; and what the tarball's
 * stream or the file system said.
 */
async function unpackPackage(options) {
    const { prefix, signal } = options;
    let staging;
    try {
        signal?.throwIfAborted();
        staging = (0,unpack_staging/* makeStaging */.me)(prefix);
        return await install(options, staging);
    }
    catch (error) {
        if (signal?.aborted === true) {
            throw new errors/* BuildcacheError */.fO('cancelled', 'unpacking was cancelled', { file: prefix }, error);
        }
        throw (0,errors/* systemCode */.xU)(error) === undefined ? error : (0,errors/* fileError */.zS)(error, prefix, 'install a package there');
    }
    finally {
        options.tarball.destroy();
        await staging?.remove();
    }
}
async function install(options, staging) {
    const { replace = false, tools, signal } = options;
    if (!replace)
        (0,unpack_staging/* refuseExisting */.Uj)(staging.prefix);
    const tree = unpackTree((0,byte_string/* byteStringOf */.d1)(staging.tree), limitsOf(options).maxEntries, options.hash);
    const infoPath = await unpackTo(tree, options).finally(() => tree.close());
    const packed = (0,package_prefix/* packagePrefix */.lt)(tree.directories, infoPath);
    const info = (0,build_info_reader/* readBuildInfo */.ro)(readSmall(tree, infoPath));
    (0,build_info_reader/* checkIdentity */.Z0)(info, options.hash);
    const relocated = await relocatePackage(tree, packed, {
        info,
        map: options.relocation(info),
        format: options.format,
        scratch: staging.scratch,
        tools,
        signal,
    });
    await options.finish?.(String(tree.locate(packed)), info);
    tree.makeLinks();
    signal?.throwIfAborted();
    (0,unpack_staging/* moveInPlace */.y9)(tree.locate(packed), staging.prefix, replace ? staging.replaced : undefined);
    const warnings = info.relativeRpaths ? [RELATIVE_RPATHS] : [];
    return { info, ...tree.counts, relocated, warnings };
}
const RELATIVE_RPATHS = 'it was packed with relative run paths (--rel), which may keep it from finding its libraries';
/** Reads the tarball to its end, verifies that it is whole, and returns the path of its build info. */
async function unpackTo(tree, options) {
    let infoPath;
    const handler = {
        ...tree,
        entry(entry) {
            const path = (0,archive_path/* archivePath */.oM)(entry.path);
            if ((0,package_prefix/* isBuildInfo */.dR)(entry, path, infoPath))
                infoPath = path;
            tree.entry(entry);
        },
    };
    const reader = (0,tar_reader/* readTar */.s)(handler);
    await (0,inflate_tarball/* inflateTarball */.U)(options.tarball, (chunk) => reader.write(chunk), limitsOf(options), options.signal);
    reader.end();
    return (0,package_prefix/* requireBuildInfo */.Mt)(infoPath);
}
function limitsOf(options) {
    return { ...inflate_tarball/* TARBALL_LIMITS */.c, ...options.limits };
}
function readSmall(tree, path) {
    const file = (0,byte_file/* openByteFile */.f)(tree.locate(path), 'read');
    try {
        if (file.size <= build_info_reader/* MAX_BUILD_INFO */.by)
            return file.read(0, file.size);
        throw new errors/* BuildcacheError */.fO('too-large', 'the build info is too long', {
            file: (0,byte_string/* printable */.g$)(path),
            expected: `at most ${build_info_reader/* MAX_BUILD_INFO */.by} bytes`,
            found: String(file.size),
        });
    }
    finally {
        file.close();
    }
}


/***/ }),

/***/ 40189:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  hostArchitecture: () => (/* binding */ hostArchitecture),
  k8: () => (/* binding */ runsOn)
});

// UNUSED EXPORTS: osFromMacVersion, osFromRelease

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(31421);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
// EXTERNAL MODULE: ./build/spec/data/microarchitectures.json
var microarchitectures = __webpack_require__(22242);
// EXTERNAL MODULE: ./build/spec/target.js
var target = __webpack_require__(63305);
;// CONCATENATED MODULE: ./build/spec/host-target.js
/**
 * The CPU target of the machine we run on, found the way archspec finds it, from what the kernel says about the
 * first CPU. Good enough to answer what this host can run; when in doubt it is the family (`x86_64`), never more.
 */






/** The best target whose binaries run here. */
async function hostTarget() {
    try {
        if ((0,external_node_os_.platform)() === 'linux')
            return targetFromCpuinfo((0,external_node_os_.machine)(), await (0,promises_.readFile)('/proc/cpuinfo', 'utf8'));
        if ((0,external_node_os_.platform)() === 'darwin')
            return targetFromSysctl(sysctl);
    }
    catch {
        // Fall through: an unreadable description leaves us with the family, which every CPU of it runs.
    }
    return familyOf((0,external_node_os_.machine)());
}
/** @param text the contents of `/proc/cpuinfo`, @param family what `uname -m` says */
function targetFromCpuinfo(family, text) {
    const field = firstCpu(text);
    const words = (key) => new Set(field
        .get(key)
        ?.split(/\s+/)
        .filter((word) => word !== ''));
    switch (family) {
        case 'x86_64':
            return best(family, { vendor: field.get('vendor_id') ?? 'generic', features: words('flags') });
        case 'aarch64': {
            const code = field.get('CPU implementer');
            const vendors = microarchitectures/* armVendors */.i0;
            const vendor = code === undefined ? 'generic' : (vendors[code] ?? code);
            return best(family, { vendor, features: words('Features'), part: field.get('CPU part') });
        }
        case 'ppc64':
        case 'ppc64le': {
            const generation = /POWER(\d+)/.exec(field.get('cpu') ?? '')?.[1];
            return best(family, { generation: Number(generation ?? 0) });
        }
        case 'riscv64': {
            const model = field.get('uarch');
            return best(family, { model: model === 'sifive,u74-mc' ? 'u74mc' : model });
        }
        default:
            return familyOf(family);
    }
}
/** @param read answers macOS' `sysctl -n NAME…`, one line a name */
async function targetFromSysctl(read) {
    const brand = (await read('machdep.cpu.brand_string')).toLowerCase();
    // Asked of the CPU, not of ourselves: under Rosetta the process believes it is on x86_64.
    if (brand.includes('apple')) {
        return ['m4', 'm3', 'm2'].find((name) => brand.includes(name)) ?? 'm1';
    }
    const vendor = (await read('machdep.cpu.vendor')).trim();
    const flags = await read('machdep.cpu.features', 'machdep.cpu.leaf7_features', 'machdep.cpu.extfeatures');
    const features = new Set(flags.toLowerCase().split(/\s+/));
    for (const [here, onLinux] of Object.entries(microarchitectures/* darwinFlags */.nF)) {
        if (here.split(' ').every((flag) => features.has(flag))) {
            for (const flag of onLinux.split(' '))
                features.add(flag);
        }
    }
    return best('x86_64', { vendor, features });
}
/**
 * The deepest target below the best generic one that the CPU has everything of. The generic one is a floor
 * because firmware may switch off one feature of a model without making the CPU any older.
 */
function best(family, cpu) {
    if (cpu.features?.has('ssse3'))
        cpu.features.add('sse3');
    const fitting = [...(0,target/* microarchitectures */.pU)().values()].filter((target) => (target.name === family || target.ancestors.has(family)) && fits(family, target, cpu));
    const floor = deepest(fitting.filter((target) => target.vendor === 'generic'));
    if (floor === undefined)
        return family;
    const sameModel = fitting.filter((target) => cpu.part !== undefined && target.part === cpu.part);
    const above = (sameModel.length > 0 ? sameModel : fitting).filter((target) => target.ancestors.has(floor.name));
    return (deepest(above) ?? floor).name;
}
function fits(family, target, cpu) {
    switch (family) {
        case 'x86_64':
            return isOfVendor(target, cpu) && hasFeatures(target, cpu);
        case 'aarch64':
            // Which level of the architecture a CPU has cannot be read off its features.
            if (target.vendor === 'generic')
                return target.name === family;
            return isOfVendor(target, cpu) && hasFeatures(target, cpu);
        case 'riscv64':
            return target.name === cpu.model || target.vendor === 'generic';
        default:
            return target.generation <= (cpu.generation ?? 0);
    }
}
function isOfVendor(target, cpu) {
    return target.vendor === 'generic' || target.vendor === cpu.vendor;
}
function hasFeatures(target, cpu) {
    return [...target.features].every((feature) => cpu.features?.has(feature));
}
function deepest(targets) {
    const [first] = [...targets].sort((a, b) => b.ancestors.size - a.ancestors.size || b.features.size - a.features.size);
    return first;
}
/** The fields of the first CPU: the text up to its first empty line. */
function firstCpu(text) {
    const fields = new Map();
    for (const line of text.split('\n')) {
        const colon = line.indexOf(':');
        if (colon >= 0)
            fields.set(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
        else if (fields.size > 0)
            break;
    }
    return fields;
}
function familyOf(machineName) {
    return machineName === 'arm64' ? 'aarch64' : machineName;
}
async function sysctl(...names) {
    const { stdout } = await (0,external_node_util_.promisify)(external_node_child_process_.execFile)('/usr/sbin/sysctl', ['-n', ...names]);
    return stdout;
}

;// CONCATENATED MODULE: ./build/spec/host-architecture.js
/** What the machine we run on calls itself in specs: platform and operating system as Spack names them. */






async function hostArchitecture() {
    const [os, target] = await Promise.all([hostOs().catch(() => undefined), hostTarget()]);
    return { platform: (0,external_node_os_.platform)() === 'win32' ? 'windows' : (0,external_node_os_.platform)(), os, target };
}
/** Whether what was built for a spec's architecture runs on a host. */
function runsOn(host, spec) {
    return (spec.platform === host.platform &&
        (host.os === undefined || spec.os === host.os) &&
        (0,target/* runnableOn */.NO)(host.target, spec.target));
}
/**
 * Spack's name for a Linux distribution: `debian12`, `ubuntu24.04`, `rocky9`.
 * @param text the contents of `/etc/os-release`
 * @returns undefined where the text does not say
 */
function osFromRelease(text) {
    const field = (name) => new RegExp(`^${name}=["']?([^"'\\n]*)`, 'm').exec(text)?.[1];
    const id = field('ID')?.toLowerCase();
    if (id === undefined || id === '')
        return undefined;
    // A rolling release is named after its C library, which this file does not know.
    if (id.includes('tumbleweed'))
        return undefined;
    const parts = (field('VERSION_ID') ?? '').split(/[^\w-]/);
    const version = id.includes('ubuntu') ? parts.slice(0, 2).join('.') : (parts[0] ?? '');
    return `${RENAMED[id] ?? id}${version}`;
}
/** @param version macOS' own, `14.5` */
function osFromMacVersion(version) {
    const [major = '', minor = ''] = version.trim().split('.');
    return MAC_RELEASES[major === '10' ? `10.${minor}` : major] ?? 'macos';
}
async function hostOs() {
    switch ((0,external_node_os_.platform)()) {
        case 'linux':
            return osFromRelease(await (0,promises_.readFile)('/etc/os-release', 'utf8'));
        case 'darwin':
            return osFromMacVersion((await (0,external_node_util_.promisify)(external_node_child_process_.execFile)('/usr/bin/sw_vers', ['-productVersion'])).stdout);
        default:
            return undefined;
    }
}
const RENAMED = { ol: 'oracle', 'opensuse-leap': 'opensuse' };
const MAC_RELEASES = {
    '10.13': 'highsierra',
    '10.14': 'mojave',
    '10.15': 'catalina',
    '10.16': 'bigsur',
    '11': 'bigsur',
    '12': 'monterey',
    '13': 'ventura',
    '14': 'sonoma',
    '15': 'sequoia',
    '26': 'tahoe',
};


/***/ })

};
