export const id = 7739;
export const ids = [7739,6939,4803];
export const modules = {

/***/ 41059:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ findSpecs)
/* harmony export */ });
/* harmony import */ var _spec_constraint_compiler_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49491);
/* harmony import */ var _spec_constraint_match_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(64803);
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
    // Without questions about what is below, one test serves all and needs no graph.
    const shallow = deep ? undefined : (0,_spec_constraint_match_js__WEBPACK_IMPORTED_MODULE_1__.compileConstraint)({ nodes: new Map() }, asked);
    for await (const batch of batches(source.candidates(asked), deep ? DEEP_BATCH : BATCH)) {
        const nodes = deep
            ? await closure(source, batch)
            : await source.get(batch.flatMap(compilerEdges).map(hashOf));
        const test = shallow ?? (0,_spec_constraint_match_js__WEBPACK_IMPORTED_MODULE_1__.compileConstraint)({ nodes }, asked);
        for (const node of batch) {
            // Of a virtual package, about which a node says nothing, nothing else is asked.
            const provides = asked.name !== undefined && node.name !== asked.name;
            if (provides || test(node))
                visit(node, compilersOf(node, nodes));
        }
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

/***/ 87127:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  v: () => (/* binding */ askMirror)
});

// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(70370);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/cache/fetch-document.js
var fetch_document = __webpack_require__(93355);
;// CONCATENATED MODULE: ./build/cache/entry-specs.js
/**
 * The specs of a cache without an index: what storage lists, read entry by entry. Slow, and the only way; plain
 * HTTP cannot do it.
 */



/**
 * @param reader one layout of a mirror, one that can list
 * @returns undefined when there are no entries in this layout
 * @throws the storage's errors: what could not be read is not "not there"
 */
async function entrySpecs(reader, { entries: known, asked, jobs, onBad, onProgress, signal }) {
    const entries = known ?? (await listEntries(reader, signal));
    if (entries.length === 0)
        return undefined;
    const wanted = wantedEntries(reader, entries, asked);
    const nodes = new Map();
    const inCache = new Set();
    const limit = (0,p_limit/* default */.A)(jobs);
    let done = 0;
    const read = async ({ key, hash }) => {
        signal?.throwIfAborted();
        const spec = await readOrReport(async () => {
            const entry = await reader.readAt(key, signal);
            return entry === undefined ? undefined : await reader.readSpec(entry, signal);
        }, hash, (0,fetch_document/* documentUrl */.LJ)(reader.storage, key), onBad);
        onProgress?.(++done, wanted.length);
        if (spec === undefined)
            return;
        for (const [each, node] of spec.nodes)
            if (!nodes.has(each))
                nodes.set(each, node);
        inCache.add(spec.root.hash);
    };
    await Promise.all(wanted.map((entry) => limit(read, entry)));
    return memorySpecs(nodes, inCache);
}
/** Every entry there is; none where the storage cannot enumerate. */
async function listEntries(reader, signal) {
    const entries = [];
    for await (const entry of reader.list?.(signal) ?? [])
        entries.push(entry);
    return entries;
}
/** A name that no entry has may be a virtual package's: who provides it only the entries can tell, all of them. */
function wantedEntries(reader, entries, asked) {
    const wanted = new Set();
    for (const { name, hash = '' } of asked) {
        const named = name === undefined ? entries : entries.filter((entry) => reader.couldBe(entry, name));
        if (named.length === 0)
            return entries;
        for (const entry of named)
            if (entry.hash.startsWith(hash))
                wanted.add(entry);
    }
    return [...wanted];
}
async function readOrReport(read, hash, url, onBad) {
    try {
        const spec = await read();
        if (spec === undefined || spec.root.hash === hash)
            return spec;
        throw new errors/* BuildcacheError */.fO('bad-input', 'the entry is of another spec', {
            url,
            expected: hash,
            found: spec.root.hash,
        });
    }
    catch (error) {
        if (!(error instanceof errors/* BuildcacheError */.fO) || !ENTRY_ERRORS.includes(error.code))
            throw error;
        onBad(error);
        return undefined;
    }
}
/** What is wrong with one entry and says nothing about the others. */
const ENTRY_ERRORS = ['bad-input', 'corrupt', 'unsupported', 'too-large'];
function memorySpecs(nodes, inCache) {
    return {
        async *candidates({ name, hash = '' }) {
            const providers = new Set();
            for (const { dependencies } of name === undefined ? [] : nodes.values()) {
                for (const edge of dependencies) {
                    if (name !== undefined && edge.virtuals.includes(name))
                        providers.add(edge.hash);
                }
            }
            for (const each of inCache) {
                const node = nodes.get(each);
                if (node === undefined || !each.startsWith(hash))
                    continue;
                if (name === undefined || node.name === name || providers.has(each))
                    yield node;
            }
        },
        async get(hashes) {
            const found = new Map();
            for (const hash of hashes) {
                const node = nodes.get(hash);
                if (node !== undefined)
                    found.set(hash, node);
            }
            return found;
        },
    };
}

// EXTERNAL MODULE: ./build/core/json.js
var core_json = __webpack_require__(28314);
// EXTERNAL MODULE: ./build/spec/database.js
var database = __webpack_require__(28273);
// EXTERNAL MODULE: ./build/spec/decode-node.js
var decode_node = __webpack_require__(39595);
// EXTERNAL MODULE: ./build/spec/node.js
var node = __webpack_require__(56832);
;// CONCATENATED MODULE: ./build/cache/index-specs.js
/** The specs of a cache, read out of its index. */





/** Decoded records kept for whoever asks next: compilers and common libraries lie below everything. */
const KEEP = 100_000;
/**
 * @param url the index's, for messages
 * @param onBad called for each record that is malformed; it is passed over
 * @throws `unsupported` for an index of a version we do not read
 */
function indexSpecs(index, url, onBad) {
    const format = (0,database/* specFormatOf */.G)(index.databaseVersion);
    // Version 5 is from before 2022 and keeps nodes in another shape.
    if (format === undefined || index.databaseVersion < 6) {
        throw new errors/* BuildcacheError */.fO('unsupported', `index version ${index.databaseVersion} is not supported`, {
            url,
            expected: 'version 6 to 8',
            hint: 'rebuild the index with a current Spack, or with update-index',
        });
    }
    const kept = new Map();
    const lean = leanNodes();
    const decode = (record) => {
        const known = kept.get(record.hash);
        if (known !== undefined)
            return known;
        try {
            return lean(decodeRecord(record, format, url));
        }
        catch (error) {
            if (!(error instanceof errors/* BuildcacheError */.fO))
                throw error;
            onBad(error);
            return undefined;
        }
    };
    return {
        async *candidates({ name, hash }) {
            for await (const record of index.read(await places(index, name, hash))) {
                if (hash !== undefined && !record.hash.startsWith(hash))
                    continue;
                const node = decode(record);
                if (node !== undefined)
                    yield node;
            }
        },
        async get(hashes) {
            const found = new Map();
            const unknown = [];
            for (const hash of hashes) {
                const known = kept.get(hash);
                if (known === undefined)
                    unknown.push(hash);
                else
                    found.set(hash, known);
            }
            for await (const record of index.read(await index.places(unknown))) {
                const node = decode(record);
                if (node === undefined)
                    continue;
                found.set(node.hash, node);
                if (kept.size >= KEEP)
                    kept.clear();
                kept.set(node.hash, node);
            }
            return found;
        },
    };
}
async function places(index, name, hash) {
    if (name === undefined)
        return hash === undefined ? index.all() : index.ofPrefix(hash);
    const [named, providing] = await Promise.all([index.ofPackage(name), index.ofVirtual(name)]);
    return new Set([...named, ...providing]);
}
function decodeRecord({ hash, json }, format, url) {
    const record = JSON.parse(json.toString('utf8'));
    const at = `database.installs.${hash}`;
    const node = (0,decode_node/* decodeNode */.j)((0,core_json/* isObject */.Gv)(record) ? record['spec'] : undefined, format, url, `${at}.spec`);
    if (node.hash === hash)
        return node;
    throw new errors/* BuildcacheError */.fO('bad-input', `${at} is another spec`, { url, expected: hash, found: node.hash });
}
/**
 * Nodes without what matching does not look at, and with texts that many share kept once: a third of the memory
 * where a question takes in half an index.
 */
function leanNodes() {
    const texts = new Map();
    const once = (text) => {
        const known = texts.get(text);
        if (known !== undefined)
            return known;
        texts.set(text, text);
        return text;
    };
    return (node) => ({
        ...node,
        name: once(node.name),
        version: once(node.version),
        hash: once(node.hash),
        variants: new Map([...node.variants].map(([name, value]) => [name, typeof value === 'string' ? once(value) : value])),
        flags: isWithoutFlags(node) ? NO_FLAGS : node.flags,
        dependencies: node.dependencies.map((edge) => ({
            ...edge,
            name: once(edge.name),
            hash: once(edge.hash),
            virtuals: edge.virtuals.length === 0 ? NONE : edge.virtuals,
        })),
        dict: { patches: node.dict['patches'], annotations: node.dict['annotations'] },
    });
}
function isWithoutFlags({ flags }) {
    return flags.size === node/* FLAG_NAMES */.G0.length && [...flags.values()].every((values) => values.length === 0);
}
const NONE = [];
const NO_FLAGS = new Map(node/* FLAG_NAMES */.G0.map((name) => [name, NONE]));

// EXTERNAL MODULE: ./build/cache/listing.js + 1 modules
var listing = __webpack_require__(44481);
// EXTERNAL MODULE: ./build/mirrors/mirror.js
var mirrors_mirror = __webpack_require__(92172);
;// CONCATENATED MODULE: ./build/commands/mirror-specs.js






/**
 * @param ask is called with the specs of each layout that there is; again where the local copy of an index turns out
 *   to be damaged
 * @param answers gets what could be told, also when the rest cannot
 * @returns notes for the user
 * @throws BuildcacheError where it cannot be told what the mirror has
 */
async function askMirror(mirror, { readers, notes }, ask, answers, options, reporter) {
    const bad = new Set();
    const onBad = (error) => bad.add((0,errors/* describeError */.Uc)(error));
    const said = [...notes];
    const missing = [];
    let denied;
    for (const reader of readers) {
        try {
            const found = await askLayout(reader, mirror, ask, options, onBad);
            if (found === undefined)
                missing.push({ reader, damage: undefined });
            else
                answers.push(found.answer);
            if (found !== undefined && found.lacking.length > 0) {
                const source = await readEntries(reader, found.lacking, options, onBad, reporter);
                if (source !== undefined)
                    answers.push(await ask(source));
            }
        }
        catch (error) {
            if (!(error instanceof errors/* BuildcacheError */.fO))
                throw error;
            if (UNUSABLE.includes(error.code))
                missing.push({ reader, damage: error });
            else if (error.code === 'denied')
                denied ??= error;
            else
                throw error;
        }
    }
    const hasIndex = missing.length + Number(denied !== undefined) < readers.length;
    // Some object stores say "denied" for what is not there: no matter where the other layout has an index.
    if (denied !== undefined && !hasIndex)
        throw denied;
    for (const { reader, damage } of missing) {
        if (reader.list !== undefined) {
            if (damage !== undefined)
                said.push(`its index cannot be used, its entries were read: ${(0,errors/* describeError */.Uc)(damage)}`);
            const source = await readEntries(reader, undefined, options, onBad, reporter);
            if (source !== undefined)
                answers.push(await ask(source));
        }
        else if (damage !== undefined) {
            throw damage;
        }
        else if (!hasIndex) {
            throw new errors/* BuildcacheError */.fO('not-found', 'it has no index, and plain HTTP cannot list what is there', {
                url: reader.storage.url,
                hint: 'run update-index where the mirror is written, or ask for single specs with check',
            });
        }
    }
    const [first] = bad;
    if (first !== undefined) {
        said.push(`${bad.size === 1 ? 'one spec' : `${bad.size} specs`} could not be read: ${first}`);
    }
    return said;
}
/** What may be wrong with an index while the entries are fine. */
const UNUSABLE = ['corrupt', 'bad-input', 'unsupported', 'too-large'];
/** @returns undefined when there is no index; else also the entries it lacks, where it may lack some */
async function askLayout(reader, mirror, ask, options, onBad) {
    const { indexStore, indexTtlMs, maxIndexBytes, signal } = options;
    const url = (0,fetch_document/* documentUrl */.LJ)(reader.storage, 'index');
    const entries = reader.indexMayLack === true ? await listEntries(reader, signal) : [];
    const hashes = new Set(entries.map(({ hash }) => hash));
    const found = await (0,listing/* askIndex */.aZ)(reader, `${(0,mirrors_mirror/* mirrorId */.N)(mirror)} ${reader.layout}`, { store: indexStore, ttlMs: indexTtlMs, maxIndexBytes, signal }, async (index) => {
        const listed = hashes.size === 0 ? hashes : await index.listed(hashes);
        return { answer: await ask(indexSpecs(index, url, onBad)), listed };
    });
    if (found === undefined)
        return undefined;
    const { answer, listed } = found.answer;
    return { answer, lacking: entries.filter(({ hash }) => !listed.has(hash)) };
}
async function readEntries(reader, entries, options, onBad, reporter) {
    let progress;
    try {
        return await entrySpecs(reader, {
            entries,
            asked: options.asked,
            jobs: options.connection.jobs,
            onBad,
            onProgress(done, total) {
                progress ??= reporter.progress('Reading specs', total);
                progress.advance(1, done);
            },
            signal: options.signal,
        });
    }
    finally {
        progress?.done();
    }
}


/***/ }),

/***/ 68397:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ ANYTHING)
/* harmony export */ });
/** The constraint that everything matches. */
const ANYTHING = {
    name: undefined,
    namespace: undefined,
    versions: undefined,
    variants: [],
    flags: [],
    platform: undefined,
    os: undefined,
    target: undefined,
    hash: undefined,
    dependencies: [],
};


/***/ }),

/***/ 64803:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  compileConstraint: () => (/* binding */ compileConstraint),
  intersects: () => (/* binding */ intersects),
  satisfies: () => (/* binding */ satisfies)
});

// EXTERNAL MODULE: ./build/spec/target.js
var spec_target = __webpack_require__(63305);
// EXTERNAL MODULE: ./build/spec/version.js
var version = __webpack_require__(63166);
// EXTERNAL MODULE: ./build/spec/constraint/reach.js
var reach = __webpack_require__(74591);
;// CONCATENATED MODULE: ./build/spec/constraint/attributes.js



/** One test an attribute that asks something, the cheap ones first. */
function attributeTests(index, asked) {
    const { namespace, versions, platform, os, target } = asked;
    const tests = [];
    // A spec without a namespace is of every one.
    if (namespace !== undefined) {
        tests.push((node) => node.namespace === undefined || node.namespace === namespace);
    }
    if (versions !== undefined)
        tests.push(versionTest(versions));
    for (const variant of asked.variants)
        tests.push(variantTest(index, variant));
    // Spack lets `platform=*` and `os=*` switch off what else is asked of the architecture; here they ask nothing.
    if (platform !== undefined && platform !== '*')
        tests.push((node) => node.platform === platform);
    if (os !== undefined && os !== '*')
        tests.push((node) => node.os === os);
    if (target !== undefined)
        tests.push(remember((node) => node.target, (name) => (0,spec_target/* targetInSet */.lI)(name, target)));
    for (const flag of asked.flags)
        tests.push((node) => hasFlags(node, flag));
    return tests;
}
/** Whether a version written in a set is that of a compiler known by name and version only. */
function versionTest(versions) {
    return remember((spec) => spec.version, (text) => (0,version/* versionInSet */.QJ)((0,version/* parseVersion */.ot)(text), versions));
}
/** Caches by the one string of a node that decides: a graph has few of each. */
function remember(key, decide) {
    const known = new Map();
    return (node) => {
        const text = key(node);
        let answer = known.get(text);
        if (answer === undefined) {
            answer = decide(text);
            known.set(text, answer);
        }
        return answer;
    };
}
function variantTest(index, asked) {
    const { name } = asked;
    const matches = (value) => asked.kind === 'boolean' ? toBoolean(value) === asked.value : hasValues(value, asked);
    if (!asked.propagate) {
        return (node) => {
            const value = variantOf(node, name);
            return value !== undefined && matches(value);
        };
    }
    return (0,reach/* holdsThroughout */.w)(index, (node) => {
        const value = variantOf(node, name);
        return value === undefined || matches(value);
    });
}
function variantOf(node, name) {
    const value = node.variants.get(name);
    if (value !== undefined || name !== 'patches')
        return value;
    // Also a key of its own in the dictionary, where Spack keeps the order they apply in.
    const { patches } = node.dict;
    return Array.isArray(patches) ? patches.filter((patch) => typeof patch === 'string') : undefined;
}
/** Spack reads the words in any case as booleans, also where a document has them as strings. */
function toBoolean(value) {
    if (typeof value !== 'string')
        return typeof value === 'boolean' ? value : undefined;
    return /^(true|false)$/i.test(value) ? value.toLowerCase() === 'true' : undefined;
}
function hasValues(value, asked) {
    if (toBoolean(value) !== undefined)
        return asked.values.length === 0 && !asked.exact;
    const actual = typeof value === 'string' ? [value] : value;
    // Patches are named by the first digits of their SHA-256.
    const isPrefixed = asked.name === 'patches' && !asked.exact;
    const isThere = (wanted) => isPrefixed ? actual.some((one) => one.startsWith(wanted)) : actual.includes(wanted);
    return asked.values.every(isThere) && (!asked.exact || actual.every((one) => asked.values.includes(one)));
}
function hasFlags(node, asked) {
    const actual = node.flags.get(asked.name);
    return actual !== undefined && asked.values.every((flag) => actual.includes(flag));
}

// EXTERNAL MODULE: ./build/spec/constraint/compiler.js
var constraint_compiler = __webpack_require__(49491);
// EXTERNAL MODULE: ./build/spec/constraint/conflict.js
var conflict = __webpack_require__(18188);
;// CONCATENATED MODULE: ./build/spec/constraint/match.js




/**
 * A test for the nodes of a graph, worth keeping for many of them: the first question about what lies below a node
 * looks at the whole graph, all others at little more than that node. The graph must not change afterwards.
 */
function compileConstraint(graph, constraint) {
    const { index, tests } = memoryOf(graph);
    let test = tests.get(constraint);
    if (test === undefined) {
        test = compile(index, constraint, true);
        tests.set(constraint, test);
    }
    return test;
}
/**
 * Whether every build that the node describes (there is one) is one that the constraint describes.
 * What is compiled is kept as long as graph and constraint live.
 */
function satisfies(graph, node, constraint) {
    return compileConstraint(graph, constraint)(node);
}
/** Whether some build is one that both describe. A concrete spec describes one build, so this is {@link satisfies}. */
function intersects(graph, node, constraint) {
    return satisfies(graph, node, constraint);
}
const memories = new WeakMap();
function memoryOf({ nodes }) {
    let memory = memories.get(nodes);
    if (memory === undefined) {
        memory = { index: (0,reach/* indexGraph */.f5)(nodes), tests: new WeakMap() };
        memories.set(nodes, memory);
    }
    return memory;
}
function compile(index, asked, withDependencies) {
    const { name, hash } = asked;
    const attributes = attributeTests(index, asked);
    const dependencies = withDependencies ? dependencyTests(index, asked) : [];
    const providers = name === undefined ? undefined : index.providersOf(name);
    return (node) => {
        if (hash !== undefined && !node.hash.startsWith(hash))
            return false;
        // What else is asked is asked of the virtual package, about which a node says nothing.
        if (name !== undefined && node.name !== name)
            return providers?.has(node.hash) ?? false;
        return attributes.every((test) => test(node)) && dependencies.every((test) => test(node));
    };
}
/** Tests for the whole tree of dependencies, each to be put to the node at its root. */
function dependencyTests(index, root) {
    const tests = [];
    const parents = [root];
    for (const parent of parents) {
        for (const [first, all] of groupSame(parent.dependencies)) {
            const specs = all.map(({ spec }) => spec);
            const virtuals = all.flatMap((edge) => edge.virtuals);
            tests.push(edgeTest(index, { parent: parent.name, first, specs, virtuals }));
            parents.push(...specs.filter(({ dependencies }) => dependencies.length > 0));
        }
    }
    return tests;
}
/** The same dependencies, by the first of them. */
function groupSame(edges) {
    const groups = new Map();
    for (const edge of edges) {
        const first = [...groups.keys()].find((other) => (0,conflict/* isSameDependency */.Q)(other, edge)) ?? edge;
        groups.set(first, [...(groups.get(first) ?? []), edge]);
    }
    return groups;
}
function edgeTest(index, edge) {
    const test = edge.first.kind === '^' ? transitiveTest(index, edge) : directTest(index, edge);
    const { parent } = edge;
    const { when } = edge.first;
    if (when === undefined)
        return test;
    const applies = compile(index, when, true);
    return (node) => {
        const subject = parent === undefined || parent === node.name ? node : (0,reach/* findPackage */.CV)(index, node, parent);
        return (subject !== undefined && !applies(subject)) || test(node);
    };
}
/** `^`: the virtuals may come with other edges to a package of that name than the one that meets the rest. */
function transitiveTest(index, { first, specs, virtuals }) {
    const { name } = first.spec;
    const isNamed = (edge) => name === undefined || edge.name === name || edge.virtuals.includes(name);
    const matches = childTest(index, specs, false);
    const tests = virtuals.map((virtual) => (0,reach/* hasDependency */.ws)(index, (edge) => isNamed(edge) && (edge.virtuals.includes(virtual) || edge.name === virtual)));
    tests.push((0,reach/* hasDependency */.ws)(index, (edge) => isNamed(edge) && matches(edge)));
    return (node) => tests.every((test) => test(node));
}
function directTest(index, edge) {
    const { parent, first, specs } = edge;
    const { name } = first.spec;
    const isVirtual = name !== undefined && index.providersOf(name).size > 0;
    const virtuals = isVirtual ? [...edge.virtuals, name] : edge.virtuals;
    const isNamed = ({ name: found, virtuals: provided }) => {
        const assigned = virtuals.length === 0 || virtuals.some((virtual) => provided.includes(virtual));
        return isVirtual ? assigned || found === name : assigned && (name === undefined || found === name);
    };
    const matches = childTest(index, specs, true);
    const isCompiler = compilerTest(specs);
    return (node) => {
        const subject = parent === undefined || parent === name ? node : (0,reach/* findPackage */.CV)(index, node, parent);
        if (subject === undefined)
            return false;
        if (lacksCompilerEdges(subject))
            return isCompiler(subject);
        return subject.dependencies.some((found) => isNamed(found) && first.deptypes.every((type) => found.deptypes.includes(type)) && matches(found));
    };
}
/** Whether the node at the end of an edge meets all of these. */
function childTest(index, specs, deep) {
    const tests = specs.map((spec) => compile(index, spec, deep));
    return (edge) => {
        const child = index.nodes.get(edge.hash);
        if (child !== undefined)
            return tests.every((test) => test(child));
        // A pruned cache: of a package that is not in the graph we know what the edge says.
        return specs.every((spec) => edgeAloneMeets(edge, spec));
    };
}
function edgeAloneMeets(edge, spec) {
    if (!edge.hash.startsWith(spec.hash ?? ''))
        return false;
    if (spec.name !== undefined && spec.name !== edge.name)
        return edge.virtuals.includes(spec.name);
    return asksNothingElse(spec);
}
function asksNothingElse(spec) {
    const { namespace, versions, variants, flags, platform, os, target, dependencies } = spec;
    const attributes = [namespace, versions, platform, os, target];
    return (attributes.every((value) => value === undefined) &&
        variants.length + flags.length + dependencies.length === 0);
}
/** Before format 5 the compiler was no dependency; and an external spec has no dependencies that could tell it. */
function lacksCompilerEdges(node) {
    return node.originalFormat < 5 || (node.external !== undefined && node.dependencies.length === 0);
}
/**
 * Whether a node's compiler, of which only name and version are known, meets all of these. Spack 1.2 knows the
 * old compiler names in what is asked but not in old specs, so that its `%clang` finds nothing there; ours does.
 */
function compilerTest(specs) {
    const versionTests = specs.flatMap(({ versions }) => versions === undefined ? [] : [versionTest(versions)]);
    // Nothing lies below a compiler that could contradict what is propagated.
    const rest = specs.map((spec) => ({
        ...spec,
        namespace: undefined,
        versions: undefined,
        variants: spec.variants.filter(({ propagate }) => !propagate),
    }));
    const canHold = rest.every((spec) => spec.hash === undefined && asksNothingElse(spec));
    return (node) => {
        const compiler = (0,constraint_compiler/* compilerOf */.Lx)(node);
        if (compiler === undefined || !canHold)
            return false;
        const isNamed = specs.every(({ name }) => name === undefined || name === (0,constraint_compiler/* packageOfCompiler */.Bx)(compiler.name));
        return isNamed && versionTests.every((test) => test(compiler));
    };
}


/***/ }),

/***/ 16939:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  parseSpec: () => (/* binding */ parseSpec),
  parseSpecArguments: () => (/* binding */ parseSpecArguments),
  parseSpecs: () => (/* binding */ parseSpecs)
});

// EXTERNAL MODULE: ./build/spec/node.js
var spec_node = __webpack_require__(56832);
// EXTERNAL MODULE: ./build/spec/constraint/compiler.js
var compiler = __webpack_require__(49491);
// EXTERNAL MODULE: ./build/spec/constraint/conflict.js
var constraint_conflict = __webpack_require__(18188);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/spec/target.js
var target = __webpack_require__(63305);
// EXTERNAL MODULE: ./build/spec/version.js
var version = __webpack_require__(63166);
// EXTERNAL MODULE: ./build/spec/constraint/constraint.js
var constraint = __webpack_require__(68397);
// EXTERNAL MODULE: ./build/spec/constraint/scan.js
var scan = __webpack_require__(40295);
;// CONCATENATED MODULE: ./build/spec/constraint/parse-node.js
/** The part of parsing that reads one node: its name, version, variants, flags, architecture and hash. */






function newDraft() {
    return { ...constraint/* ANYTHING */.n, variants: [], flags: [], dependencies: [] };
}
/**
 * Reads one node's name and attributes; false if there is nothing of one at the cursor.
 * @throws BuildcacheError `usage`, naming the column
 */
function parseNode(cursor, node) {
    const start = cursor.next;
    for (let token = cursor.tokens[start]; token !== undefined; token = cursor.tokens[cursor.next]) {
        switch (token.kind) {
            case 'name':
                // A second name starts the next spec, and so does one after an attribute.
                if (cursor.next !== start)
                    return true;
                setName(node, token.text);
                break;
            case 'hash':
                if (node.hash !== undefined)
                    return true;
                node.hash = token.text;
                break;
            case 'version': {
                const { text } = token;
                if (node.versions !== undefined)
                    throw (0,scan/* problemAt */.l4)(cursor.text, token.start, 'a second version');
                node.versions = within(cursor.text, token.start, () => (0,version/* parseVersionSet */.uI)(text));
                break;
            }
            case 'boolean':
            case 'pair':
                setAttribute(cursor.text, node, token);
                break;
            default:
                return cursor.next !== start;
        }
        cursor.next++;
    }
    return cursor.next !== start;
}
/** Adds the column to the errors of what reads a part of the text, which starts there. */
function within(text, start, read) {
    try {
        return read();
    }
    catch (error) {
        if (!(error instanceof errors/* BuildcacheError */.fO))
            throw error;
        throw (0,scan/* problemAt */.l4)(text, start, error.message, error.facts.hint);
    }
}
function setName(node, text) {
    if (text === '*')
        return;
    const dot = text.lastIndexOf('.');
    node.name = text.slice(dot + 1);
    if (dot >= 0)
        node.namespace = text.slice(0, dot);
}
/** What looks like a variant and is none. */
const ATTRIBUTES = ['arch', 'architecture', 'platform', 'os', 'operating_system', 'target', 'namespace'];
/** With the variants that say where one package's source is from. */
const NEVER_PROPAGATED = [...ATTRIBUTES, 'branch', 'commit', 'dev_path', 'patches', 'ref', 'tag'];
const HOST_NAMES = ['frontend', 'fe', 'backend', 'be'];
function setAttribute(text, node, token) {
    const { name, start, propagate } = token;
    if (propagate && NEVER_PROPAGATED.includes(name)) {
        throw (0,scan/* problemAt */.l4)(text, start, `${name} cannot be propagated`, `write ${name}=`);
    }
    const isFlag = spec_node/* FLAG_NAMES */.G0.includes(name);
    if (token.kind === 'boolean') {
        if (isFlag || ATTRIBUTES.includes(name))
            throw (0,scan/* problemAt */.l4)(text, start, `${name} takes a value`, `write ${name}=`);
        addVariant(text, node, start, { kind: 'boolean', name, value: token.value, propagate });
    }
    else if (isFlag) {
        const values = splitFlags(token.value);
        if (values.length > 0)
            node.flags.push({ name, values, propagate });
    }
    else if (name === 'namespace') {
        node.namespace = token.value;
    }
    else if (ATTRIBUTES.includes(name)) {
        setArchitecture(text, node, token);
    }
    else {
        addVariant(text, node, start, parseVariant(text, token));
    }
}
function addVariant(text, node, start, variant) {
    if (node.variants.some(({ name }) => name === variant.name)) {
        throw (0,scan/* problemAt */.l4)(text, start, `variant ${variant.name} given twice`);
    }
    node.variants.push(variant);
}
function parseVariant(text, token) {
    const { name, value, propagate } = token;
    if (/^(true|false)$/i.test(value)) {
        return { kind: 'boolean', name, value: value.toLowerCase() === 'true', propagate };
    }
    if (value === '*')
        return { kind: 'values', name, values: [], exact: false, propagate };
    const values = [...new Set(value.split(','))].sort();
    if (values.includes('*'))
        throw (0,scan/* problemAt */.l4)(text, token.start, '"*" cannot be one of several values');
    return { kind: 'values', name, values, exact: token.exact, propagate };
}
/** A word that does not start with a dash is the value of the flag before it. */
function splitFlags(text) {
    const flags = [];
    for (const word of text.split(/\s+/).filter((part) => part !== '')) {
        const last = flags.at(-1);
        if (last === undefined || word.startsWith('-'))
            flags.push(word);
        else
            flags[flags.length - 1] = `${last} ${word}`;
    }
    return flags;
}
/** `arch=` takes `platform-os-target`, with `None` for a part that is left open, or just a target. */
function setArchitecture(text, node, token) {
    const { name, value, start } = token;
    const parts = value.split('-');
    if ((name === 'arch' || name === 'architecture') && parts.length === 3) {
        const [platform, os, target] = parts;
        setPart(text, start, node, 'platform', platform);
        setPart(text, start, node, 'os', os);
        setPart(text, start, node, 'target', target);
    }
    else if (name === 'platform') {
        setPart(text, start, node, 'platform', value);
    }
    else if (name === 'os' || name === 'operating_system') {
        setPart(text, start, node, 'os', value);
    }
    else {
        setPart(text, start, node, 'target', value);
    }
}
function setPart(text, start, node, part, value = '') {
    if (value === '' || value === 'None')
        return;
    if (node[part] !== undefined)
        throw (0,scan/* problemAt */.l4)(text, start, `${part} given twice`);
    if (part !== 'platform' && (HOST_NAMES.includes(value) || value === `default_${part}`)) {
        const hint = `name the ${part} itself`;
        throw (0,scan/* problemAt */.l4)(text, start, `${JSON.stringify(value)} stands for this host's own ${part}, which a query cannot use,`, hint);
    }
    if (part === 'target')
        node.target = within(text, start, () => (0,target/* parseTargetSet */.lf)(value));
    else
        node[part] = value;
}

;// CONCATENATED MODULE: ./build/spec/constraint/parse.js
/**
 * Parses Spack 1.2's spec syntax into constraints. It accepts what Spack accepts, except what Spack reads as
 * something nobody can mean: a sigil with nothing after it, spec files, the names that stand for the host's own
 * operating system and target, and a `when=` with a comma, which Spack cuts short there.
 */





/**
 * All specs in a text, in order; none if it is blank.
 * @throws BuildcacheError `usage`, one line that names the column
 */
function parseSpecs(text) {
    const cursor = { text, tokens: (0,scan/* scan */.SQ)(text), next: 0 };
    const specs = [];
    while (cursor.next < cursor.tokens.length)
        specs.push(parseOne(cursor));
    return specs;
}
/**
 * The one spec in a text.
 * @throws BuildcacheError `usage`, also for none and for more than one
 */
function parseSpec(text) {
    const cursor = { text, tokens: (0,scan/* scan */.SQ)(text), next: 0 };
    if (cursor.tokens.length === 0)
        throw (0,scan/* problemAt */.l4)(text, 0, 'expected a spec');
    const spec = parseOne(cursor);
    const more = cursor.tokens[cursor.next];
    if (more !== undefined)
        throw (0,scan/* problemAt */.l4)(text, more.start, 'expected one spec, but another starts');
    return spec;
}
/**
 * Specs from command-line arguments, which Spack joins: `foo @1.2 %gcc` is one spec. The shell has taken the
 * quotes of `cflags="-O2 -g"`, so an argument that starts like a pair is one, to its end.
 * @throws BuildcacheError `usage`; the column is the one in the joined text, which the message shows
 */
function parseSpecArguments(args) {
    return parseSpecs(args.map(requote).join(' '));
}
function requote(argument) {
    const [, key, value] = /^([A-Za-z0-9_][A-Za-z0-9_.-]*:?==?)(.*)$/s.exec(argument) ?? [];
    if (key === undefined || value === undefined || /^[A-Za-z0-9,/_.\-[\]]*$/.test(value))
        return argument;
    const quote = value.includes("'") ? '"' : "'";
    return key + quote + value.replaceAll(quote, `\\${quote}`) + quote;
}
function parseOne(cursor) {
    const first = cursor.tokens[cursor.next];
    if (first?.kind === 'edge-close')
        throw (0,scan/* problemAt */.l4)(cursor.text, first.start, 'unexpected "]"');
    const root = newDraft();
    parseNode(cursor, root);
    let parent = root;
    for (let token = cursor.tokens[cursor.next]; token !== undefined; token = cursor.tokens[cursor.next]) {
        if (token.kind !== 'edge' && token.kind !== 'edge-open')
            break;
        cursor.next++;
        const attributes = token.kind === 'edge' ? { ...NO_ATTRIBUTES, virtuals: token.virtuals } : parseAttributes(cursor);
        const spec = newDraft();
        if (!parseNode(cursor, spec)) {
            const hint = 'write * for any package';
            throw (0,scan/* problemAt */.l4)(cursor.text, token.start, `expected a dependency for the "${token.sigil}"`, hint);
        }
        if (token.sigil !== '^' && spec.name !== undefined)
            spec.name = (0,compiler/* packageOfCompiler */.Bx)(spec.name);
        // `^` is always the root's; `%` belongs to what stands before it.
        if (token.sigil === '^')
            parent = root;
        const virtuals = [...new Set(attributes.virtuals)].sort();
        const edge = { ...attributes, virtuals, kind: token.sigil, spec };
        const conflict = (0,constraint_conflict/* conflictWith */.F)(parent.dependencies, edge);
        if (conflict !== undefined)
            throw (0,scan/* problemAt */.l4)(cursor.text, token.start, conflict);
        parent.dependencies.push(edge);
        if (token.sigil === '^')
            parent = spec;
    }
    return root;
}
const NO_ATTRIBUTES = { deptypes: [], virtuals: [], when: undefined };
/** What stands between `[` and `]`, and the virtuals assigned after it. */
function parseAttributes(cursor) {
    const { text } = cursor;
    const found = new Map();
    for (let token = cursor.tokens[cursor.next];; token = cursor.tokens[cursor.next]) {
        const at = token?.start ?? text.length;
        if (token?.kind === 'edge-close') {
            cursor.next++;
            const all = [...found.values()];
            return {
                deptypes: all.flatMap(({ deptypes }) => deptypes),
                virtuals: [...all.flatMap(({ virtuals }) => virtuals), ...token.virtuals],
                when: all.find(({ when }) => when !== undefined)?.when,
            };
        }
        if (token?.kind !== 'pair' || token.propagate)
            throw (0,scan/* problemAt */.l4)(text, at, 'expected deptypes=, virtuals=, when= or "]"');
        if (found.has(token.name))
            throw (0,scan/* problemAt */.l4)(text, at, `${token.name} given twice`);
        found.set(token.name, parseAttribute(text, token));
        cursor.next++;
    }
}
function parseAttribute(text, { name, value, start }) {
    switch (name) {
        case 'deptypes': {
            const given = value.split(',');
            const wrong = given.find((type) => !spec_node/* DEPTYPES */.Rt.some((known) => known === type));
            if (wrong !== undefined)
                throw (0,scan/* problemAt */.l4)(text, start, `${JSON.stringify(wrong)} is not one of ${spec_node/* DEPTYPES */.Rt.join(', ')},`);
            return { ...NO_ATTRIBUTES, deptypes: spec_node/* DEPTYPES */.Rt.filter((type) => given.includes(type)) };
        }
        case 'virtuals': {
            const virtuals = value.split(',');
            const wrong = virtuals.find((virtual) => !(0,scan/* isIdentifier */._5)(virtual));
            if (wrong !== undefined)
                throw (0,scan/* problemAt */.l4)(text, start, `${JSON.stringify(wrong)} cannot be a virtual package,`);
            return { ...NO_ATTRIBUTES, virtuals };
        }
        case 'when': {
            if (value.includes(',')) {
                throw (0,scan/* problemAt */.l4)(text, start, 'a condition cannot have a comma', 'Spack would ignore what comes after it');
            }
            return { ...NO_ATTRIBUTES, when: within(text, start, () => parseSpec(value)) };
        }
        default:
            throw (0,scan/* problemAt */.l4)(text, start, `unknown attribute ${name} of a dependency; expected deptypes, virtuals or when,`);
    }
}


/***/ }),

/***/ 74591:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CV: () => (/* binding */ findPackage),
/* harmony export */   f5: () => (/* binding */ indexGraph),
/* harmony export */   w: () => (/* binding */ holdsThroughout),
/* harmony export */   ws: () => (/* binding */ hasDependency)
/* harmony export */ });
/* harmony import */ var _graph_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(85746);
/**
 * Questions about everything below a node, answered for a whole graph in one walk, so that asking each of 100,000
 * nodes costs no more than asking one. Nothing here recurses: a lockfile may describe any depth, and cycles.
 */

function indexGraph(nodes) {
    let providers;
    let order;
    return {
        nodes,
        providersOf(virtual) {
            providers ??= collectProviders(nodes);
            return providers.get(virtual) ?? NOBODY;
        },
        order() {
            order ??= (0,_graph_js__WEBPACK_IMPORTED_MODULE_0__/* .postOrder */ .b)({ nodes }, nodes.keys());
            return order;
        },
    };
}
/**
 * Whether an edge that passes is among a node's direct build, link and run dependencies, or further below among
 * the link and run dependencies of those: what `^` looks at.
 */
function hasDependency(index, passes) {
    let above;
    const isAbove = (node, known) => node.dependencies.some((edge) => isRuntime(edge.deptypes) && (known.has(edge.hash) || passes(edge)));
    return (node) => {
        above ??= collect(index, isAbove);
        return isAbove(node, above) || node.dependencies.some((edge) => isBuild(edge.deptypes) && passes(edge));
    };
}
/** Whether a test holds for a node and everything below it, by edges of any type. */
function holdsThroughout(index, holds) {
    let broken;
    const isBroken = (node, known) => !holds(node) || node.dependencies.some((edge) => known.has(edge.hash));
    return (node) => {
        broken ??= collect(index, isBroken);
        return !isBroken(node, broken);
    };
}
/**
 * The package that a node means by a name, as Spack's `spec[name]`: a direct build or test dependency, else the
 * nearest of the node itself and its link and run dependencies. A virtual package's name stands for its provider.
 */
function findPackage({ nodes }, node, name) {
    const isMeant = (edge) => edge.name === name || edge.virtuals.includes(name);
    const direct = node.dependencies.find((edge) => (isBuild(edge.deptypes) || edge.deptypes.includes('test')) && isMeant(edge));
    if (direct !== undefined)
        return nodes.get(direct.hash);
    if (node.name === name)
        return node;
    const queue = [node];
    const seen = new Set(queue);
    for (const current of queue) {
        const edges = current.dependencies.filter((edge) => isRuntime(edge.deptypes));
        // Spack looks at a level in the order it was reached, and at siblings by name.
        edges.sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
        const found = edges.find(isMeant);
        if (found !== undefined)
            return nodes.get(found.hash);
        for (const edge of edges) {
            const child = nodes.get(edge.hash);
            if (child === undefined || seen.has(child))
                continue;
            seen.add(child);
            queue.push(child);
        }
    }
    return undefined;
}
const NOBODY = new Set();
/** The hashes of all nodes that pass, given those of the nodes below them that do. */
function collect(index, passes) {
    const found = new Set();
    for (const node of index.order()) {
        if (passes(node, found))
            found.add(node.hash);
    }
    return found;
}
// To Spack an edge without types, which nothing writes any more, is of every type.
function isRuntime(deptypes) {
    return deptypes.length === 0 || deptypes.includes('link') || deptypes.includes('run');
}
function isBuild(deptypes) {
    return deptypes.length === 0 || deptypes.includes('build');
}
function collectProviders(nodes) {
    const providers = new Map();
    for (const node of nodes.values()) {
        for (const edge of node.dependencies) {
            for (const virtual of edge.virtuals) {
                const hashes = providers.get(virtual);
                if (hashes === undefined)
                    providers.set(virtual, new Set([edge.hash]));
                else
                    hashes.add(edge.hash);
            }
        }
    }
    return providers;
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
