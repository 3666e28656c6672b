export const id = 6816;
export const ids = [6816];
export const modules = {

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
async function dropUnused(folder) {
    const limit = Date.now() - KEEP_MS;
    for (const name of (await ignoring((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder))) ?? []) {
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
/* harmony import */ var _mirror_specs_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(87127);
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
    const opened = await (0,_mirrors_open_js__WEBPACK_IMPORTED_MODULE_1__/* .openMirror */ .Y)(mirror, NO_GRAPH, options.connection);
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
/** Files that are whole or not there: written beside their place, then renamed into it. */




/** Creates missing folders. @throws `denied`, `io`, … naming the file */
async function writeWholeFile(file, content) {
    const temporary = `${file}.${process.pid}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(4).toString('hex')}.tmp`;
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(file), { recursive: true });
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
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(folder, { recursive: true });
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
            hint: 'name one with --mirror-url, a file of mirrors with --mirrors, or configure it in spack.yaml',
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
    report(result, options, reporter);
    const empty = result.specs.length === 0 && !options.allowEmpty;
    context.exit(result.failures.length > 0 || empty ? 2 : 0);
}
function report({ specs, elsewhere, failures, notes }, options, to) {
    for (const note of notes)
        to.warn(note);
    for (const { mirror, error } of failures)
        to.error(`${mirror}: ${(0,errors/* describeError */.Uc)(error)}`);
    const more = elsewhere === 1 ? 'one more runs' : `${elsewhere} more run`;
    if (specs.length > 0)
        to.debug(elsewhere > 0 ? `${more} on other machines: --allarch lists them` : 'that is all');
    else if (elsewhere > 0)
        to.error(`nothing that matches runs on this machine; ${more} on others: --allarch lists them`);
    else if (failures.length === 0 && !options.allowEmpty)
        to.error('no spec in the mirrors matches');
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

/***/ 60000:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Qz: () => (/* binding */ EVERYTHING),
/* harmony export */   fg: () => (/* binding */ isGlob),
/* harmony export */   rk: () => (/* binding */ selectSpecs)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _spec_decode_node_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(39595);
/* harmony import */ var _spec_graph_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(85746);
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
 * @throws `usage` for a pattern that cannot be read, `not-found` for a positive that matches nothing
 */
async function selectSpecs(graph, selection) {
    const base = baseNodes(graph, selection).filter((node) => node.external === undefined);
    const positives = await Promise.all([
        ...selection.specs.map((text) => matcher(text)),
        ...selection.hashes.map((text) => hashMatcher(text.replace(/^\//, ''), text)),
    ]);
    const include = await Promise.all(selection.include.map((text) => matcher(text)));
    const exclude = await Promise.all(selection.exclude.map((text) => matcher(text)));
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
function baseNodes(graph, { rootsOnly, noBuildDeps }) {
    const roots = new Set(graph.roots.map((root) => root.hash));
    const nodes = (0,_spec_graph_js__WEBPACK_IMPORTED_MODULE_2__/* .postOrder */ .b)(graph, roots, noBuildDeps ? (0,_spec_graph_js__WEBPACK_IMPORTED_MODULE_2__/* .ofTypes */ .v)('link', 'run') : undefined);
    return rootsOnly ? nodes.filter((node) => roots.has(node.hash)) : nodes;
}
/** A glob over names, a hash, or a spec constraint; one argument is one constraint. */
async function matcher(text) {
    if (/^\/[a-z2-7]+$/.test(text))
        return hashMatcher(text.slice(1), text);
    // A plain name is the commonest constraint and needs no parser.
    if (/^\w[\w-]*$/.test(text))
        return { text, matches: (_, node) => node.name === text };
    if (isGlob(text)) {
        const { default: picomatch } = await __webpack_require__.e(/* import() */ 4006).then(__webpack_require__.t.bind(__webpack_require__, 14006, 19));
        const isMatch = picomatch(text);
        return { text, matches: (_, node) => isMatch(node.name) };
    }
    const [{ parseSpec }, { satisfies }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(8298), __webpack_require__.e(6939)]).then(__webpack_require__.bind(__webpack_require__, 16939)),
        Promise.all(/* import() */[__webpack_require__.e(8298), __webpack_require__.e(4803)]).then(__webpack_require__.bind(__webpack_require__, 64803)),
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
 * Reads the install database `<store>/.spack-db/index.json`, versions 5 to 8. Version 5 carries spec format 1,
 * where a node is keyed by its name and so are its dependencies.
 */



/** The spec format that a database or index of this version carries; undefined for versions we do not read. */
function specFormatOf(version) {
    return FORMAT_OF[version];
}
const FORMAT_OF = { 5: 3, 6: 3, 7: 4, 8: 5 };
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
            expected: 'version 5 to 8',
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
/* harmony export */   b: () => (/* binding */ postOrder),
/* harmony export */   v: () => (/* binding */ ofTypes)
/* harmony export */ });
/**
 * All nodes reachable from the given hashes, dependencies before dependents (post-order, children in the
 * document's order), each once. Edges to nodes the graph does not hold are passed over.
 * @param follow which edges to walk; all of them when not given
 */
function postOrder(graph, hashes, follow) {
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
            const edge = top.node.dependencies[top.next++];
            if (edge === undefined) {
                order.push(top.node);
                stack.pop();
            }
            else if (follow === undefined || follow(edge.deptypes, top.node)) {
                enter(edge.hash);
            }
        }
    }
    return order;
}
/** An edge filter for {@link postOrder}: edges having at least one of these types. */
function ofTypes(...types) {
    return (deptypes) => deptypes.some((type) => types.includes(type));
}


/***/ })

};
