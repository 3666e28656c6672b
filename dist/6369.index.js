export const id = 6369;
export const ids = [6369];
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

/***/ 67489:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ openIndexStore)
/* harmony export */ });
/* unused harmony export NO_INDEX_STORE */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(82552);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(28314);
/* harmony import */ var _compact_format_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(55746);
/* harmony import */ var _compact_index_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(71449);
/* harmony import */ var _random_access_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(72777);
/**
 * Indices kept on disk between runs: documents by their SHA-256, and what each mirror pointed at when it was
 * last asked. Beside a document lies its compact form, from which most questions are answered. Only ever a shortcut: whatever is wrong with it reads as "not there", and what it holds is
 * verified again when it is read.
 */







/** Bytes gathered before they are written. */
const WRITE_BYTES = 1024 * 1024;
/** Documents nobody has used for this long are deleted. */
const KEEP_MS = 30 * 24 * 3600 * 1000;
/** @param folder created when something is first kept */
function openIndexStore(folder) {
    const pointer = (mirror) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, `mirror-${(0,_core_digest_js__WEBPACK_IMPORTED_MODULE_2__/* .sha256 */ .sc)(mirror).slice(0, 32)}.json`);
    const document = (digest) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, `${digest}.index`);
    const compact = (digest) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, `${digest}.compact-${_compact_format_js__WEBPACK_IMPORTED_MODULE_4__/* .COMPACT_VERSION */ .ZI}`);
    let counter = 0;
    return {
        async recall(mirror) {
            const file = pointer(mirror);
            const [text, info] = await Promise.all([ignoring((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file, 'utf8')), ignoring((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(file))]);
            if (text === undefined || info === undefined)
                return undefined;
            const remembered = parsePointer(text);
            // A clock set back must not make an old answer fresh for ever.
            return remembered && { ...remembered, age: Math.abs(Date.now() - info.mtimeMs) };
        },
        async remember(mirror, location, digest) {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(folder, { recursive: true });
            await replaceFile(pointer(mirror), JSON.stringify({ location, document: digest }));
        },
        async read(digest) {
            const file = document(digest);
            const handle = await ignoring((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.open)(file, 'r'));
            if (handle === undefined)
                return undefined;
            await ignoring((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.utimes)(file, new Date(), new Date()));
            return handle.createReadStream({ highWaterMark: 256 * 1024 });
        },
        async write() {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(folder, { recursive: true });
            const temporary = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, `.tmp-${process.pid}-${Date.now()}-${counter++}`);
            const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.open)(temporary, 'wx');
            // A server's pieces are small; each write is a trip to the thread pool.
            let held = [];
            let size = 0;
            const flush = async () => {
                const bytes = Buffer.concat(held, size);
                held = [];
                size = 0;
                await handle.appendFile(bytes);
            };
            return {
                async write(chunk) {
                    held.push(chunk);
                    size += chunk.length;
                    if (size >= WRITE_BYTES)
                        await flush();
                },
                async commit(digest) {
                    await flush();
                    await handle.close();
                    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rename)(temporary, document(digest));
                    await dropUnused(folder);
                },
                async discard() {
                    await ignoring(handle.close());
                    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(temporary, { force: true });
                },
            };
        },
        async writeCompact(digest, parts) {
            const temporary = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, `.tmp-${process.pid}-${Date.now()}-${counter++}`);
            try {
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(temporary, parts);
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rename)(temporary, compact(digest));
            }
            finally {
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(temporary, { force: true });
            }
        },
        async openCompact(digest) {
            const large = await access(document(digest));
            const small = large && (await access(compact(digest)));
            if (small !== undefined)
                return (0,_compact_index_js__WEBPACK_IMPORTED_MODULE_5__/* .openCompactIndex */ .g)(small, large);
            await large?.close();
            return undefined;
        },
        openDocument: (digest) => access(document(digest)),
    };
}
async function access(file) {
    const handle = await ignoring((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.open)(file, 'r'));
    if (handle === undefined)
        return undefined;
    await ignoring((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.utimes)(file, new Date(), new Date()));
    return (0,_random_access_js__WEBPACK_IMPORTED_MODULE_6__/* .accessFile */ .B)(handle);
}
/** A store that keeps nothing. */
const NO_INDEX_STORE = {
    recall: async () => undefined,
    remember: async () => undefined,
    read: async () => undefined,
    write: async () => ({
        write: async () => undefined,
        commit: async () => undefined,
        discard: async () => undefined,
    }),
    writeCompact: async () => undefined,
    openCompact: async () => undefined,
    openDocument: async () => undefined,
};
function parsePointer(text) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        return undefined;
    }
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(value) || !(0,_core_digest_js__WEBPACK_IMPORTED_MODULE_2__/* .isSha256 */ ._h)(value['document']) || !(0,_core_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(value['location']))
        return undefined;
    const { key, sha256: digest, size, etag, compression } = value['location'];
    if (typeof key !== 'string' || (compression !== 'gzip' && compression !== 'none'))
        return undefined;
    const location = {
        key,
        compression,
        sha256: (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_2__/* .isSha256 */ ._h)(digest) ? digest : undefined,
        size: typeof size === 'number' ? size : undefined,
        etag: typeof etag === 'string' ? etag : undefined,
    };
    return { location, document: value['document'] };
}
async function replaceFile(file, text) {
    const temporary = `${file}.${process.pid}.tmp`;
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(temporary, text);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rename)(temporary, file);
}
/** Whatever else is in the folder is somebody else's. */
const OURS = /^(?:mirror-[0-9a-f]{32}\.json(?:\.\d+\.tmp)?|[0-9a-f]{64}\.(?:index|compact-\d+)|\.tmp-[\d-]+)$/;
async function dropUnused(folder) {
    const limit = Date.now() - KEEP_MS;
    for (const name of ((await ignoring((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder))) ?? []).filter((each) => OURS.test(each))) {
        const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name);
        const info = await ignoring((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(file));
        if (info !== undefined && info.mtimeMs < limit)
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(file, { force: true });
    }
}
async function ignoring(promise) {
    try {
        return await promise;
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 24635:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ list)
/* harmony export */ });
/* harmony import */ var _cache_find_specs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(41059);
/* harmony import */ var _mirrors_open_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(95227);
/* harmony import */ var _spec_constraint_constraint_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(68397);
/* harmony import */ var _spec_format_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(40731);
/* harmony import */ var _spec_host_architecture_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(40189);
/* harmony import */ var _mirror_specs_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(25977);
/** `list`: which specs the mirrors have, all mirrors merged. */






/** @throws only when cancelled */
async function list(options, reporter) {
    const specs = new Map();
    const elsewhere = new Set();
    const failures = [];
    const notes = [];
    const found = await Promise.all(options.mirrors.map(async (mirror) => {
        const collected = [];
        try {
            const said = await listMirror(mirror, collected, options, reporter);
            notes.push(...said.map((note) => `${mirror.name}: ${note}`));
        }
        catch (error) {
            options.signal.throwIfAborted();
            failures.push({ mirror: mirror.name, error });
        }
        return collected.map((collector) => ({ name: mirror.name, collector }));
    }));
    for (const { name, collector } of found.flat()) {
        for (const hash of collector.elsewhere)
            elsewhere.add(hash);
        for (const [hash, spec] of collector.specs) {
            const known = specs.get(hash);
            if (known === undefined)
                specs.set(hash, { ...spec, mirrors: [name] });
            else if (known.mirrors.at(-1) !== name)
                known.mirrors.push(name);
        }
    }
    return { specs: [...specs.values()], elsewhere: elsewhere.size, failures, notes };
}
/** What one layout of a mirror has. */
class Collector {
    specs = new Map();
    elsewhere = new Set();
    #host;
    /** There are few versions and architectures, and many specs. */
    #texts = new Map();
    constructor(host) {
        this.#host = host;
    }
    add(node, compilers) {
        if (this.#host !== undefined && !(0,_spec_host_architecture_js__WEBPACK_IMPORTED_MODULE_3__/* .runsOn */ .k8)(this.#host, node)) {
            this.elsewhere.add(node.hash);
            return;
        }
        this.specs.set(node.hash, {
            name: this.#once(node.name),
            version: this.#once(node.version),
            namespace: node.namespace === undefined ? undefined : this.#once(node.namespace),
            hash: node.hash,
            platform: this.#once(node.platform),
            os: this.#once(node.os),
            target: this.#once(node.target),
            variants: this.#once((0,_spec_format_js__WEBPACK_IMPORTED_MODULE_5__/* .formatVariants */ .SM)(node.variants)),
            compilers: this.#once(compilers),
            ...(node.buildSpec && { buildSpec: node.buildSpec.hash }),
        });
    }
    #once(text) {
        const known = this.#texts.get(text);
        if (known !== undefined)
            return known;
        this.#texts.set(text, text);
        return text;
    }
}
/**
 * @param collected gets what could be read, also when the rest cannot
 * @returns notes
 */
async function listMirror(mirror, collected, options, reporter) {
    const opened = await (0,_mirrors_open_js__WEBPACK_IMPORTED_MODULE_1__/* .openMirror */ .Y4)(mirror, NO_GRAPH, options.connection);
    const ask = (source) => collect(source, options);
    try {
        return await (0,_mirror_specs_js__WEBPACK_IMPORTED_MODULE_4__/* .askMirror */ .v)(mirror, opened, ask, collected, { ...options, asked: asked(options) }, reporter);
    }
    finally {
        await opened.close();
    }
}
async function collect(source, options) {
    const collector = new Collector(options.host);
    const isNamed = await nameTest(options.names);
    for (const constraint of asked(options)) {
        // Patterns of names are no constraints: they are looked for among everything.
        const passes = options.names.length > 0 && constraint === _spec_constraint_constraint_js__WEBPACK_IMPORTED_MODULE_2__/* .ANYTHING */ .n ? isNamed : () => true;
        await (0,_cache_find_specs_js__WEBPACK_IMPORTED_MODULE_0__/* .findSpecs */ .W)(source, constraint, (node, compilers) => {
            options.signal.throwIfAborted();
            if (passes(node.name))
                collector.add(node, compilers);
        });
    }
    return collector;
}
/** What to look for; {@link ANYTHING} itself stands for all name patterns, or for everything where there are none. */
function asked({ constraints, names }) {
    return constraints.length === 0 || names.length > 0 ? [...constraints, _spec_constraint_constraint_js__WEBPACK_IMPORTED_MODULE_2__/* .ANYTHING */ .n] : constraints;
}
async function nameTest(patterns) {
    if (patterns.length === 0)
        return () => true;
    const { default: picomatch } = await __webpack_require__.e(/* import() */ 4006).then(__webpack_require__.t.bind(__webpack_require__, 14006, 19));
    return picomatch([...patterns]);
}
const NO_GRAPH = { nodes: new Map(), roots: [] };


/***/ }),

/***/ 89831:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ makeFolder)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/**
 * A folder with its missing parents. Node's own `recursive` never ends where the system says "no such file" of a parent
 * that is there (automounted folders, /proc), and says so itself of a read-only file system.
 */



/** Parents may be removed by somebody else meanwhile, so often. */
const ATTEMPTS = 3;
/**
 * @returns whether it had to be made
 * @throws the system's error for what stood in the way: `EROFS`, `EACCES`, `ENOTDIR`, …
 */
async function makeFolder(folder) {
    for (let attempt = 1;; attempt++) {
        try {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(folder);
            return true;
        }
        catch (error) {
            const parent = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(folder);
            const lacksParent = (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) === 'ENOENT' && parent !== folder;
            if (!lacksParent || attempt === ATTEMPTS) {
                if (await isFolder(folder))
                    return false;
                throw error;
            }
            await makeFolder(parent);
        }
    }
}
async function isFolder(path) {
    return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path).then((found) => found.isDirectory(), () => false);
}


/***/ }),

/***/ 23020:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R0: () => (/* binding */ writeWholeFile),
/* harmony export */   nM: () => (/* binding */ removeFile),
/* harmony export */   wB: () => (/* binding */ canWriteFolder)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(62807);
/* harmony import */ var _make_folder_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(89831);
/** Files that are whole or not there: written beside their place, then renamed into it. */





/** Creates missing folders. @throws `denied`, `io`, … naming the file */
async function writeWholeFile(file, content) {
    const temporary = `${file}.${process.pid}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(4).toString('hex')}.tmp`;
    try {
        await (0,_make_folder_js__WEBPACK_IMPORTED_MODULE_4__/* .makeFolder */ .f)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(file));
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(temporary, content, { flag: 'wx' });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(temporary, file);
    }
    catch (error) {
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .fileError */ .zS)(error, file, 'write it');
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(temporary, { force: true }).catch(() => undefined);
    }
}
/** Removes a file if it is there. @throws as {@link writeWholeFile} */
async function removeFile(file) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(file, { force: true });
    }
    catch (error) {
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .fileError */ .zS)(error, file, 'remove it');
    }
}
/** Whether files can be made in a folder, which is made if need be. */
async function canWriteFolder(folder) {
    try {
        await (0,_make_folder_js__WEBPACK_IMPORTED_MODULE_4__/* .makeFolder */ .f)(folder);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.access)(folder, node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.constants.W_OK);
        return true;
    }
    catch {
        return false;
    }
}


/***/ }),

/***/ 53424:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ withIndexFolder)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _core_write_file_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(23020);
/** Where indices are kept between runs. */




/** Runs `action` with the folder, or for this run with a temporary one where nothing can be kept. */
async function withIndexFolder(folder, action) {
    if (await (0,_core_write_file_js__WEBPACK_IMPORTED_MODULE_3__/* .canWriteFolder */ .wB)(folder))
        return action(folder);
    const temporary = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)((0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)(), 'buildcache-index-'));
    try {
        return await action(temporary);
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(temporary, { recursive: true, force: true });
    }
}


/***/ }),

/***/ 69514:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  define: () => (/* binding */ verb_list_define)
});

// EXTERNAL MODULE: ./build/cache/index-store.js
var index_store = __webpack_require__(67489);
// EXTERNAL MODULE: ./build/commands/list.js
var list = __webpack_require__(24635);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/plan/selection.js
var selection = __webpack_require__(60000);
// EXTERNAL MODULE: ./build/spec/version.js
var spec_version = __webpack_require__(63166);
;// CONCATENATED MODULE: ./build/plan/listed-spec.js

/** By architecture, compilers (none last), name, namespace, version, variants; then by hash, to be the same always. */
function sortSpecs(specs) {
    const versions = new Map();
    const version = ({ version: text }) => {
        const parsed = versions.get(text) ?? (0,spec_version/* parseVersion */.ot)(text);
        versions.set(text, parsed);
        return parsed;
    };
    return specs.toSorted((a, b) => compareText(a.platform, b.platform) ||
        compareText(a.os, b.os) ||
        compareText(a.target, b.target) ||
        Number(a.compilers === '') - Number(b.compilers === '') ||
        compareText(a.compilers, b.compilers) ||
        compareText(a.name, b.name) ||
        compareText(a.namespace ?? '', b.namespace ?? '') ||
        (a.version === b.version ? 0 : (0,spec_version/* compareVersions */.Zy)(version(a), version(b))) ||
        compareText(a.variants, b.variants) ||
        compareText(a.hash, b.hash));
}
function compareText(a, b) {
    if (a === b)
        return 0;
    return a < b ? -1 : 1;
}

// EXTERNAL MODULE: ./build/spec/format.js
var format = __webpack_require__(40731);
;// CONCATENATED MODULE: ./build/report/list-json.js
/** `list` for machines. */


/** What `list --json` prints, in pieces: a list with one spec a line. Fields are added, never changed. */
function* listJson(specs) {
    yield '[';
    let separator = '\n';
    for (const spec of sortSpecs(specs)) {
        yield `${separator}  ${JSON.stringify(record(spec))}`;
        separator = ',\n';
    }
    yield specs.length === 0 ? ']\n' : '\n]\n';
}
function record(spec) {
    const { name, version, hash, namespace, platform, os, target, compilers, variants, mirrors } = spec;
    return {
        name,
        version,
        hash,
        short_spec: (0,format/* shortSpecWith */.A_)(spec, variants),
        namespace: namespace ?? null,
        arch: { platform, os, target },
        compilers: compilers === '' ? null : compilers,
        mirrors,
    };
}

// EXTERNAL MODULE: ./build/spec/node.js
var node = __webpack_require__(56832);
// EXTERNAL MODULE: ./build/report/check-text.js
var check_text = __webpack_require__(93235);
;// CONCATENATED MODULE: ./build/report/list-text.js
/** `list` for people, in the groups and the order of `spack find`. */




/** Lines without their ends; nothing in them can end a line or reach the terminal. */
function* listText(specs, options, style = check_text/* PLAIN_STYLE */.nV) {
    let group;
    for (const spec of sortSpecs(specs)) {
        const title = `${spec.platform}-${spec.os}-${spec.target} / ${spec.compilers || 'no compilers'}`;
        if (title !== group) {
            if (group !== undefined)
                yield '';
            group = title;
            yield (0,errors/* oneLine */.TN)(`-- ${title} ${'-'.repeat(Math.max(0, WIDTH - 3 - title.length))}`);
        }
        yield line(spec, options, style);
    }
}
/** Of the line above a group. */
const WIDTH = 64;
function line(spec, options, style) {
    const { hash, namespaces, variants, mirrors } = options;
    const namespace = namespaces && spec.namespace !== undefined ? `${spec.namespace}.` : '';
    const start = hash === 'none' ? '' : `${style.dim(hash === 'short' ? (0,node/* shortHash */.BC)(spec) : spec.hash)} `;
    const where = mirrors ? `  ${style.dim((0,errors/* oneLine */.TN)(`[${spec.mirrors.join(', ')}]`))}` : '';
    const text = `${namespace}${spec.name}@${spec.version}${variants ? spec.variants : ''}`;
    return start + (0,errors/* oneLine */.TN)(text) + where;
}

// EXTERNAL MODULE: ./build/report/terminal.js
var terminal = __webpack_require__(63299);
// EXTERNAL MODULE: ./build/spec/constraint/parse.js + 1 modules
var parse = __webpack_require__(16939);
// EXTERNAL MODULE: ./build/spec/host-architecture.js + 1 modules
var host_architecture = __webpack_require__(40189);
// EXTERNAL MODULE: ./build/entry/index-folder.js
var index_folder = __webpack_require__(53424);
// EXTERNAL MODULE: ./build/entry/shared-options.js
var shared_options = __webpack_require__(23589);
;// CONCATENATED MODULE: ./build/entry/verb-list.js











function verb_list_define(command, context) {
    // Spack's `buildcache list -v` shows variants.
    (0,shared_options/* addSharedOptions */.J0)(command, { verbose: '--verbose' })
        .argument('[spec...]', 'specs to list, or patterns of names such as py-* (default: all that run on this machine)')
        .option('-l, --long', 'show the first characters of hashes', false)
        .option('-L, --very-long', 'show whole hashes', false)
        .option('-v, --variants', 'show variants', false)
        .option('-N, --namespaces', 'show namespaces', false)
        .option('-a, --allarch', 'list what other machines run, too', false)
        .option('--allow-empty', 'no match or no mirrors is fine', false)
        .action((specs, options) => run(specs, options, context));
}
async function run(specs, options, context) {
    const names = specs.filter(selection/* isGlob */.fg);
    const constraints = (0,parse.parseSpecArguments)(specs.filter((spec) => !(0,selection/* isGlob */.fg)(spec)));
    const around = await (0,shared_options/* readSurroundings */.St)(options, context);
    const { mirrors, reporter } = around;
    if (mirrors.length === 0 && !options.allowEmpty) {
        throw new errors/* BuildcacheError */.fO('usage', 'there is no mirror to list', {
            hint: 'configure it in spack.yaml, or name it with --mirror-url or --mirrors (in the action: the input mirrors)',
        });
    }
    const result = await (0,index_folder/* withIndexFolder */.V)(around.indexFolder, async (folder) => (0,list/* list */.p)({
        ...around,
        constraints,
        names,
        host: options.allarch ? undefined : await (0,host_architecture.hostArchitecture)(),
        indexStore: (0,index_store/* openIndexStore */.W)(folder),
        signal: context.signal,
    }, reporter));
    const { stdout } = context;
    if (options.json) {
        writeInPieces(stdout, listJson(result.specs), '');
    }
    else {
        const shown = {
            hash: options.veryLong ? 'full' : options.long ? 'short' : 'none',
            namespaces: options.namespaces,
            variants: options.variants,
            mirrors: mirrors.length > 1,
        };
        writeInPieces(stdout, listText(result.specs, shown, (0,terminal/* terminalStyle */.w)(around.color)), '\n');
    }
    report(result, specs, options, reporter);
    const empty = result.specs.length === 0 && !options.allowEmpty;
    context.exit(result.failures.length > 0 || empty ? 2 : 0);
}
function report({ specs, elsewhere, failures, notes }, asked, options, to) {
    for (const note of notes)
        to.warn(note);
    for (const { mirror, error } of failures) {
        const text = (0,errors/* describeError */.Uc)(error);
        // A mirror that is named by its URL is in the text already.
        to.error(text.startsWith(mirror) ? text : `${mirror}: ${text}`);
    }
    const more = elsewhere === 1 ? 'one more runs' : `${elsewhere} more run`;
    if (specs.length > 0)
        to.debug(elsewhere > 0 ? `${more} on other machines: --allarch lists them` : 'that is all');
    else if (elsewhere > 0)
        to.error(`nothing that matches runs on this machine; ${more} on others: --allarch lists them`);
    else if (failures.length === 0 && !options.allowEmpty)
        to.error(asked.length === 0 ? 'the mirrors hold no specs' : `no spec in the mirrors matches ${asked.join(' ')}`);
}
/** Writing line by line would be slow, and a million lines are too long for one string. */
function writeInPieces(to, parts, end) {
    let piece = '';
    for (const part of parts) {
        piece += part + end;
        if (piece.length < 64 * 1024)
            continue;
        to.write(piece);
        piece = '';
    }
    if (piece !== '')
        to.write(piece);
}


/***/ }),

/***/ 3196:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ rootsOfGroups),
/* harmony export */   j: () => (/* binding */ rootsOnlyIn)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _core_nearest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(42732);
/** Groups of an environment's roots, as `spack.yaml` makes them and lockfiles have them from version 7 on. */


/** The group of what is in no other, and of all roots of older lockfiles. */
const DEFAULT_GROUP = 'default';
/** Named in a message. */
const SHOWN = 20;
/**
 * The roots of some groups. Those of included environments are in none of this one's.
 * @param groups none: all roots
 * @throws BuildcacheError `usage` for a group that there is not, naming those there are
 */
function rootsOfGroups(roots, groups) {
    if (groups.length === 0)
        return roots;
    const known = new Set(roots.flatMap((root) => groupOf(root) ?? []));
    for (const group of groups)
        if (!known.has(group))
            throw noSuchGroup(group, known);
    return roots.filter((root) => groups.includes(groupOf(root) ?? ''));
}
/** Hashes of roots that are in none but these groups. */
function rootsOnlyIn(roots, groups) {
    const isOnly = (root) => groups.has(groupOf(root) ?? '');
    const others = new Set(roots.filter((root) => !isOnly(root)).map(({ hash }) => hash));
    return new Set(roots.filter((root) => isOnly(root) && !others.has(root.hash)).map(({ hash }) => hash));
}
function groupOf({ group, included }) {
    return included === true ? undefined : (group ?? DEFAULT_GROUP);
}
function noSuchGroup(group, known) {
    const meant = (0,_core_nearest_js__WEBPACK_IMPORTED_MODULE_1__/* .nearest */ .p)(group, known);
    const names = [...known].slice(0, SHOWN).join(', ');
    const more = known.size > SHOWN ? ` and ${known.size - SHOWN} more` : '';
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', `the environment has no group ${JSON.stringify(group)} with roots`, {
        expected: known.size === 0 ? 'an environment with roots' : `one of: ${names}${more}`,
        hint: meant === undefined
            ? 'concretize the environment again if the group is new in its spack.yaml'
            : `did you mean ${meant}?`,
    });
}


/***/ }),

/***/ 60000:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Qz: () => (/* binding */ EVERYTHING),
/* harmony export */   fg: () => (/* binding */ isGlob),
/* harmony export */   rk: () => (/* binding */ selectSpecs)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _spec_decode_node_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(39595);
/* harmony import */ var _spec_graph_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(85746);
/* harmony import */ var _groups_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3196);
/** Which specs of an environment a command works with. */




const EVERYTHING = {
    rootsOnly: false,
    noBuildDeps: false,
    specs: [],
    hashes: [],
    include: [],
    exclude: [],
};
/**
 * The concrete, non-external specs selected, dependencies before dependents, each hash once.
 * @throws `usage` for a pattern that cannot be read or a group that there is not, `not-found` for a positive that matches nothing
 */
async function selectSpecs(graph, selection) {
    const base = baseNodes(graph, selection).filter((node) => node.external === undefined);
    const positives = await Promise.all([
        ...selection.specs.map((text) => matcher(text, base)),
        ...selection.hashes.map((text) => hashMatcher(text.replace(/^\//, ''), text)),
    ]);
    const include = await Promise.all(selection.include.map((text) => matcher(text, base)));
    const exclude = await Promise.all(selection.exclude.map((text) => matcher(text, base)));
    for (const positive of positives) {
        if (!base.some((node) => positive.matches(graph, node))) {
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('not-found', `no spec of the environment matches ${JSON.stringify(positive.text)}`, {
                hint: 'external specs are never selected; look at the environment with spack find -L',
            });
        }
    }
    const any = (matchers, node) => matchers.some((one) => one.matches(graph, node));
    return base.filter((node) => (positives.length === 0 || any(positives, node)) &&
        (include.length === 0 || any(include, node)) &&
        !any(exclude, node));
}
function baseNodes(graph, { groups = [], rootsOnly, noBuildDeps }) {
    const roots = new Set((0,_groups_js__WEBPACK_IMPORTED_MODULE_2__/* .rootsOfGroups */ .P)(graph.roots, groups).map((root) => root.hash));
    const nodes = (0,_spec_graph_js__WEBPACK_IMPORTED_MODULE_3__/* .postOrder */ .bV)(graph, roots, noBuildDeps ? (0,_spec_graph_js__WEBPACK_IMPORTED_MODULE_3__/* .ofTypes */ .vz)('link', 'run') : undefined);
    return rootsOnly ? nodes.filter((node) => roots.has(node.hash)) : nodes;
}
/** A glob over names, a hash, or a spec constraint; one argument is one constraint. */
async function matcher(text, base) {
    if (/^\/[a-z2-7]+$/.test(text))
        return hashMatcher(text.slice(1), text);
    // A package's name is the commonest constraint and needs no parser; one that no package has may be virtual.
    if (/^\w[\w-]*$/.test(text) && base.some(({ name }) => name === text))
        return { text, matches: (_, node) => node.name === text };
    if (isGlob(text)) {
        const { default: picomatch } = await __webpack_require__.e(/* import() */ 4006).then(__webpack_require__.t.bind(__webpack_require__, 14006, 19));
        const isMatch = picomatch(text);
        return { text, matches: (_, node) => isMatch(node.name) };
    }
    const [{ parseSpec }, { satisfies }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(9981), __webpack_require__.e(6939)]).then(__webpack_require__.bind(__webpack_require__, 16939)),
        Promise.all(/* import() */[__webpack_require__.e(9981), __webpack_require__.e(3583)]).then(__webpack_require__.bind(__webpack_require__, 13583)),
    ]);
    const constraint = parseSpec(text);
    return { text, matches: (graph, node) => satisfies(graph, node, constraint) };
}
/** `py-*`, `{hdf5,netcdf}-*`: no constraint can begin with a name that has such characters. */
function isGlob(text) {
    return /^[\w{},[\]!-]*[*?{[][\w{},[\]!*?-]*$/.test(text);
}
function hashMatcher(prefix, text) {
    if (prefix === '' || !(0,_spec_decode_node_js__WEBPACK_IMPORTED_MODULE_1__/* .isDagHash */ .X)(prefix.padEnd(32, 'a'))) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', `not a hash: ${JSON.stringify(text)}`, {
            expected: 'up to 32 characters of lower-case base32',
        });
    }
    return { text, matches: (_, node) => node.hash.startsWith(prefix) };
}


/***/ }),

/***/ 68397:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ askedOfProvider),
/* harmony export */   n: () => (/* binding */ ANYTHING)
/* harmony export */ });
/** What is asked of a node of another name that provides the virtual package which a constraint names. */
function askedOfProvider({ hash, dependencies }) {
    return { ...ANYTHING, hash, dependencies };
}
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
 * Parses the spec syntax of Spack 1.2 and later into constraints. It accepts what Spack accepts, except spec files, the
 * names that stand for the host's own operating system and target, and what Spack reads as something nobody can mean:
 * a `when=` with a comma, which Spack cuts short there.
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
        // A sigil with nothing after it asks for any package, as `*` does.
        parseNode(cursor, spec);
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

/***/ 28273:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ specFormatOf),
/* harmony export */   S: () => (/* binding */ readDatabase)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28314);
/* harmony import */ var _decode_node_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(39595);
/**
 * Reads the install database `<store>/.spack-db/index.json`, versions 5 to 9. Version 5 carries spec format 1,
 * where a node is keyed by its name and so are its dependencies.
 */



/** The spec format that a database or index of this version carries; undefined for versions we do not read. */
function specFormatOf(version) {
    return FORMAT_OF[version];
}
const FORMAT_OF = { 5: 3, 6: 3, 7: 4, 8: 5, 9: 6 };
/** @throws `bad-input`; `unsupported` for other versions, with the way out */
function readDatabase(text, file) {
    const document = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .qF)(text, file);
    const database = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(document) ? document['database'] : undefined;
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(database) || !(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(database['installs'])) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', 'not an install database', {
            file,
            expected: 'an object "database" with "installs"',
            found: (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .kindOf */ .I)(database ?? document),
            hint: 'run `spack reindex` to rebuild it',
        });
    }
    const version = Number((0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .shown */ .SP)(database['version']));
    const format = FORMAT_OF[version];
    if (format === undefined) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('unsupported', `database version ${(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .shown */ .SP)(database['version'])} is not supported`, {
            file,
            expected: 'version 5 to 9',
            hint: version < 5 ? 'run `spack reindex` with Spack 0.23 or 1.x' : 'update buildcache-action',
        });
    }
    const records = new Map();
    for (const [hash, value] of Object.entries(database['installs'])) {
        records.set(hash, decodeRecord(value, hash, format, version, file));
    }
    return { version, records };
}
function decodeRecord(value, hash, format, version, file) {
    const at = `database.installs.${hash}`;
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value) || !(0,_decode_node_js__WEBPACK_IMPORTED_MODULE_2__/* .isDagHash */ .X)(hash)) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `${at} is malformed`, {
            file,
            expected: 'an install record under a DAG hash',
            found: (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .kindOf */ .I)(value),
        });
    }
    const dict = version === 5 ? fromNameKeyed(value['spec'], hash) : value['spec'];
    const node = (0,_decode_node_js__WEBPACK_IMPORTED_MODULE_2__/* .decodeNode */ .j)(dict, format, file, `${at}.spec`);
    if (node.hash !== hash) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `${at} is another spec`, {
            file,
            expected: hash,
            found: node.hash,
        });
    }
    const { path, installation_time: time, deprecated_for: deprecated, origin } = value;
    return {
        node,
        path: typeof path === 'string' && path !== 'None' ? path : undefined,
        installed: value['installed'] === true,
        explicit: value['explicit'] === true,
        installationTime: time instanceof _core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .NumberToken */ .X1 ? Number(time.token) : typeof time === 'number' ? time : undefined,
        deprecatedFor: typeof deprecated === 'string' ? deprecated : undefined,
        origin: typeof origin === 'string' ? origin : undefined,
    };
}
/** Spec format 1's `{name: {…, dependencies: {name: {hash, type}}}}` in format 3's shape. */
function fromNameKeyed(value, hash) {
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value))
        return value;
    const [name] = Object.keys(value);
    const inner = name === undefined ? undefined : value[name];
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(inner))
        return value;
    const edges = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(inner['dependencies']) ? Object.entries(inner['dependencies']) : [];
    const dependencies = edges.map(([dependency, edge]) => ({
        name: dependency,
        ...((0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(edge) ? edge : {}),
    }));
    return { name, hash, ...inner, dependencies };
}


/***/ }),

/***/ 85746:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bV: () => (/* binding */ postOrder),
/* harmony export */   vz: () => (/* binding */ ofTypes),
/* harmony export */   yw: () => (/* binding */ recordOrder)
/* harmony export */ });
/**
 * All nodes reachable from the given hashes, dependencies before dependents (post-order, children in the
 * document's order), each once. Edges to nodes the graph does not hold are passed over.
 * @param follow which edges to walk; all of them when not given
 */
function postOrder(graph, hashes, follow) {
    return walk(graph, hashes, follow, () => false);
}
/**
 * The same, with what spliced nodes were built as, after their dependencies: an index or a database that has a record
 * of a spliced spec needs records of all these, or Spack 1.2 and newer refuse the whole document.
 * @param isFollowed whose dependencies and build spec are looked at; everybody's when not given
 */
function recordOrder(graph, hashes, isFollowed = () => true) {
    return walk(graph, hashes, (_, from) => isFollowed(from), isFollowed);
}
function walk(graph, hashes, follow, toBuildSpec) {
    const seen = new Set();
    const order = [];
    // An explicit stack: a lockfile may describe a chain deeper than the call stack.
    const stack = [];
    const enter = (hash) => {
        const node = graph.nodes.get(hash);
        if (node === undefined || seen.has(hash))
            return;
        seen.add(hash);
        stack.push({ node, next: 0 });
    };
    for (const hash of hashes) {
        enter(hash);
        for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
            const { buildSpec, dependencies } = top.node;
            const at = top.next++;
            const edge = dependencies[at];
            if (edge !== undefined) {
                if (follow === undefined || follow(edge.deptypes, top.node))
                    enter(edge.hash);
            }
            else if (at === dependencies.length && buildSpec !== undefined && toBuildSpec(top.node)) {
                enter(buildSpec.hash);
            }
            else {
                order.push(top.node);
                stack.pop();
            }
        }
    }
    return order;
}
/** An edge filter for {@link postOrder}: edges having at least one of these types. */
function ofTypes(...types) {
    return (deptypes) => deptypes.some((type) => types.includes(type));
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


/***/ }),

/***/ 70370:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  A: () => (/* binding */ pLimit)
});

// UNUSED EXPORTS: limitFunction

;// CONCATENATED MODULE: ./node_modules/yocto-queue/index.js
/*
How it works:
`this.#head` is an instance of `Node` which keeps track of its current value and nests another instance of `Node` that keeps the value that comes after it. When a value is provided to `.enqueue()`, the code needs to iterate through `this.#head`, going deeper and deeper to find the last value. However, iterating through every single item is slow. This problem is solved by saving a reference to the last value as `this.#tail` so that it can reference it to add a new value.
*/

class Node {
	value;
	next;

	constructor(value) {
		this.value = value;
	}
}

class Queue {
	#head;
	#tail;
	#size;

	constructor() {
		this.clear();
	}

	enqueue(value) {
		const node = new Node(value);

		if (this.#head) {
			this.#tail.next = node;
			this.#tail = node;
		} else {
			this.#head = node;
			this.#tail = node;
		}

		this.#size++;
	}

	dequeue() {
		const current = this.#head;
		if (!current) {
			return;
		}

		this.#head = this.#head.next;
		this.#size--;

		// Clean up tail reference when queue becomes empty
		if (!this.#head) {
			this.#tail = undefined;
		}

		return current.value;
	}

	peek() {
		if (!this.#head) {
			return;
		}

		return this.#head.value;

		// TODO: Node.js 18.
		// return this.#head?.value;
	}

	clear() {
		this.#head = undefined;
		this.#tail = undefined;
		this.#size = 0;
	}

	get size() {
		return this.#size;
	}

	* [Symbol.iterator]() {
		let current = this.#head;

		while (current) {
			yield current.value;
			current = current.next;
		}
	}

	* drain() {
		while (this.#head) {
			yield this.dequeue();
		}
	}
}

;// CONCATENATED MODULE: ./node_modules/p-limit/index.js


function pLimit(concurrency) {
	let rejectOnClear = false;

	if (typeof concurrency === 'object') {
		({concurrency, rejectOnClear = false} = concurrency);
	}

	validateConcurrency(concurrency);

	if (typeof rejectOnClear !== 'boolean') {
		throw new TypeError('Expected `rejectOnClear` to be a boolean');
	}

	const queue = new Queue();
	let activeCount = 0;

	const resumeNext = () => {
		// Process the next queued function if we're under the concurrency limit
		if (activeCount < concurrency && queue.size > 0) {
			activeCount++;
			queue.dequeue().run();
		}
	};

	const next = () => {
		activeCount--;
		resumeNext();
	};

	const run = async (function_, resolve, arguments_) => {
		// Execute the function and capture the result promise
		const result = (async () => function_(...arguments_))();

		// Resolve immediately with the promise (don't wait for completion)
		resolve(result);

		// Wait for the function to complete (success or failure)
		// We catch errors here to prevent unhandled rejections,
		// but the original promise rejection is preserved for the caller
		try {
			await result;
		} catch {}

		// Decrement active count and process next queued function
		next();
	};

	const enqueue = (function_, resolve, reject, arguments_) => {
		const queueItem = {reject};

		// Queue the internal resolve function instead of the run function
		// to preserve the asynchronous execution context.
		new Promise(internalResolve => { // eslint-disable-line promise/param-names
			queueItem.run = internalResolve;
			queue.enqueue(queueItem);
		}).then(run.bind(undefined, function_, resolve, arguments_)); // eslint-disable-line promise/prefer-await-to-then

		// Start processing immediately if we haven't reached the concurrency limit
		if (activeCount < concurrency) {
			resumeNext();
		}
	};

	const generator = (function_, ...arguments_) => new Promise((resolve, reject) => {
		enqueue(function_, resolve, reject, arguments_);
	});

	Object.defineProperties(generator, {
		activeCount: {
			get: () => activeCount,
		},
		pendingCount: {
			get: () => queue.size,
		},
		clearQueue: {
			value() {
				if (!rejectOnClear) {
					queue.clear();
					return;
				}

				const abortError = AbortSignal.abort().reason;

				while (queue.size > 0) {
					queue.dequeue().reject(abortError);
				}
			},
		},
		concurrency: {
			get: () => concurrency,

			set(newConcurrency) {
				validateConcurrency(newConcurrency);
				concurrency = newConcurrency;

				queueMicrotask(() => {
					// eslint-disable-next-line no-unmodified-loop-condition
					while (activeCount < concurrency && queue.size > 0) {
						resumeNext();
					}
				});
			},
		},
		map: {
			async value(iterable, function_) {
				const promises = [];

				try {
					Array.from(iterable, (value, index) => {
						const promise = generator(function_, value, index);
						promises.push(promise);
						return promise;
					});
				} catch (error) {
					// The iterable threw, so `Promise.all` never observes the already scheduled promises. Observe them here to avoid unhandled rejections.
					for (const promise of promises) {
						promise.catch(() => {}); // eslint-disable-line promise/prefer-await-to-then
					}

					throw error;
				}

				return Promise.all(promises);
			},
		},
	});

	return generator;
}

function limitFunction(function_, options) {
	const limit = pLimit(options);

	const limitedFunction = (...arguments_) => limit(() => function_(...arguments_));
	Object.defineProperty(limitedFunction, 'clearQueue', {
		value: limit.clearQueue,
	});

	return limitedFunction;
}

function validateConcurrency(concurrency) {
	if (!((Number.isInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY) && concurrency > 0)) {
		throw new TypeError('Expected `concurrency` to be a number from 1 and up');
	}
}


/***/ })

};
