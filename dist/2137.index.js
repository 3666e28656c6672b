export const id = 2137;
export const ids = [2137];
export const modules = {

/***/ 88062:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ withTemporaryFolder)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(62807);
/** Folders for what is on its way somewhere else; what killed processes left of theirs is cleared away. */




const PREFIX = 'buildcache-work-';
/** Longer than any job lasts. */
const LEFT_MS = 24 * 3600 * 1000;
/**
 * Runs `use` with a new folder that only we may look into, and removes it.
 * @throws BuildcacheError where none can be made; else what `use` throws
 */
async function withTemporaryFolder(use) {
    await clearLeftovers();
    const folder = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)((0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)(), PREFIX)).catch((error) => {
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .fileError */ .zS)(error, (0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)(), 'make a temporary folder');
    });
    try {
        return await use(folder);
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(folder, { recursive: true, force: true });
    }
}
/** Best effort: others' folders are none of our business. */
async function clearLeftovers() {
    const parent = (0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)();
    const names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(parent).catch(() => []);
    const clear = async (folder) => {
        try {
            const { mtimeMs, uid } = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(folder);
            const isOurs = process.getuid === undefined || uid === process.getuid();
            if (isOurs && Date.now() - mtimeMs > LEFT_MS)
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(folder, { recursive: true, force: true });
        }
        catch {
            // Somebody else was faster.
        }
    };
    const left = names.filter((name) => name.startsWith(PREFIX));
    await Promise.all(left.map((name) => clear((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(parent, name))));
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

/***/ 53961:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BZ: () => (/* binding */ spackPrefix),
/* harmony export */   Fo: () => (/* binding */ storePlace),
/* harmony export */   VW: () => (/* binding */ addStoreOptions)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _install_tree_settings_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6226);
/** The install tree a verb works on: its options and what they come to. */


function addStoreOptions(command) {
    return command
        .option('--store <dir>', 'the root of the install tree (default: as configured, else $SPACK_ROOT/opt/spack)')
        .option('--spack-prefix <dir>', "Spack's own prefix, for the build info (default: $SPACK_ROOT, else the store)");
}
/**
 * The install tree a verb works on, which need not be there. Says what of the configuration is not read.
 * @throws BuildcacheError as `readTreeConfiguration`
 */
async function storePlace({ store }, { environment, notes, reporter }, context) {
    const { settings } = await (0,_install_tree_settings_js__WEBPACK_IMPORTED_MODULE_1__.readTreeConfiguration)(environment.folder, store, context);
    for (const note of settings.notes)
        if (!notes.includes(note))
            reporter.warn(note);
    return settings;
}
/** What is written into the build info. */
function spackPrefix(options, { env, cwd }, store) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(cwd, options.spackPrefix ?? (env['SPACK_ROOT'] || store));
}


/***/ }),

/***/ 2137:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  define: () => (/* binding */ verb_preview_define)
});

// EXTERNAL MODULE: ./build/cache/download-cache.js + 1 modules
var download_cache = __webpack_require__(78651);
// EXTERNAL MODULE: ./build/cache/index-store.js
var index_store = __webpack_require__(67489);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/cache/obtain.js
var obtain = __webpack_require__(86992);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/core/temporary-folder.js
var temporary_folder = __webpack_require__(88062);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/package/archive-path.js
var archive_path = __webpack_require__(81185);
// EXTERNAL MODULE: ./build/package/byte-file.js
var byte_file = __webpack_require__(44324);
// EXTERNAL MODULE: ./build/package/byte-string.js
var byte_string = __webpack_require__(90035);
// EXTERNAL MODULE: ./build/package/elf.js
var package_elf = __webpack_require__(27386);
// EXTERNAL MODULE: ./build/package/relocate-elf.js
var relocate_elf = __webpack_require__(66184);
// EXTERNAL MODULE: ./build/package/relocate-matcher.js
var relocate_matcher = __webpack_require__(74835);
// EXTERNAL MODULE: ./build/package/relocate-strings.js
var relocate_strings = __webpack_require__(84939);
// EXTERNAL MODULE: ./build/package/relocate-text.js
var relocate_text = __webpack_require__(90182);
;// CONCATENATED MODULE: ./build/package/preview.js
/**
 * What relocating a package would touch, and how long a root its binaries have room for. Text and links take
 * paths of any length; what is compiled into a binary has to fit where it is.
 */











/**
 * @param directory where the package is, absolute
 * Throws `bad-input` where a listed file is not in the package, or what the file system said.
 */
async function previewRelocation(directory, package_) {
    const olds = [package_.sbangInstallPath, ...package_.hashToPrefix.values(), package_.buildPath];
    const matcher = (0,relocate_matcher/* prefixMatcher */.b)(new Map(olds.flatMap((old) => (old === undefined ? [] : [[old, '']]))));
    const files = [];
    if (matcher === undefined)
        return { files, maxRootLength: undefined };
    const root = (0,byte_string/* byteStringOf */.d1)(package_.buildPath);
    const base = (0,byte_string/* byteString */.iP)((0,external_node_fs_.realpathSync)(directory, 'buffer'));
    for (const name of package_.textFiles) {
        await (0,promises_.setImmediate)();
        const paths = inspect(base, name, (file) => countInText(file, matcher));
        if (paths > 0)
            files.push({ kind: 'text', path: (0,byte_string/* printable */.g$)(name), paths });
    }
    for (const name of package_.links) {
        const target = readLink(base, name);
        const isOld = target[0] === SLASH && matcher.matchAt(target, 0) !== undefined;
        if (isOld)
            files.push({ kind: 'link', path: (0,byte_string/* printable */.g$)(name), paths: 1 });
    }
    for (const name of package_.binaries) {
        await (0,promises_.setImmediate)();
        const found = inspect(base, name, (file) => inspectBinary(file, matcher, root));
        if (found.paths > 0)
            files.push({ kind: 'binary', path: (0,byte_string/* printable */.g$)(name), ...found });
    }
    const rooms = files.flatMap((file) => (file.kind === 'binary' ? [file.room] : []));
    return { files, maxRootLength: rooms.length === 0 ? undefined : root.length + Math.min(...rooms) };
}
const SLASH = 0x2f;
function countInText(file, matcher) {
    let count = 0;
    for (const lines of (0,relocate_text/* lineWindows */.oP)(file)) {
        for (const _ of (0,relocate_text/* textMatches */.tV)(lines, matcher))
            count++;
    }
    return count;
}
function inspectBinary(file, matcher, root) {
    const elf = (0,package_elf/* readElf */.o)(file);
    const pathsRoom = rpathRoom(elf?.rpath, matcher);
    let paths = 0;
    let room = pathsRoom ?? Number.POSITIVE_INFINITY;
    let patchelfHelps = true;
    for (const match of (0,relocate_strings/* stringMatches */.J6)(file, matcher)) {
        paths++;
        if (pathsRoom !== undefined && isIn(match, elf?.rpath))
            continue;
        if (match.at === elf?.interpreter?.at) {
            room = Math.min(room, 0);
        }
        else {
            room = Math.min(room, stringRoom(match, root));
            patchelfHelps = false;
        }
    }
    return { paths, room, patchelfHelps };
}
function isIn(match, stored) {
    return stored !== undefined && match.at >= stored.at && match.at < stored.at + stored.value.length;
}
/** Empty entries of a run path are room for the others. `undefined` where none begins with an old path. */
function rpathRoom(rpath, matcher) {
    const entries = (0,relocate_elf/* rpathEntries */.wc)(rpath);
    const growing = entries.filter((entry) => matcher.matchAt(entry, 0) !== undefined).length;
    if (rpath === undefined || growing === 0)
        return undefined;
    const needed = entries.reduce((sum, entry) => sum + entry.length + 1, -1);
    return Math.floor((rpath.value.length - needed) / growing);
}
/** A string keeps its length, and its end, which may be the root's: see `relocate-strings.ts`. */
function stringRoom({ replacement, rest }, root) {
    const { old } = replacement;
    const belowRoot = (0,archive_path/* isWithin */.UO)((0,byte_string/* byteString */.iP)(old), root) ? old.length - root.length : 0;
    const staying = rest === undefined ? 0 : relocate_strings/* SUFFIX */.Er - rest.length;
    return staying > belowRoot ? -(relocate_strings/* SUFFIX */.Er + 1) : 0;
}
function readLink(base, name) {
    const path = locate(base, name);
    try {
        return (0,external_node_fs_.readlinkSync)(path, 'buffer');
    }
    catch (error) {
        throw (0,errors/* fileError */.zS)(error, (0,byte_string/* printable */.g$)(name), 'read the symlink');
    }
}
function inspect(base, name, action) {
    const path = locate(base, name);
    try {
        const file = (0,byte_file/* openByteFile */.f)(path, 'read');
        try {
            return action(file);
        }
        finally {
            file.close();
        }
    }
    catch (error) {
        throw (0,errors/* fileError */.zS)(error, (0,byte_string/* printable */.g$)(name), 'read it');
    }
}
/** Where a listed file is. The list is the package's own, and so may be hostile, as may its symlinks. */
function locate(base, name) {
    const path = `${base}/${(0,archive_path/* archivePath */.oM)(name)}`;
    let parent;
    try {
        parent = (0,byte_string/* byteString */.iP)((0,external_node_fs_.realpathSync)((0,byte_string/* fsPath */.Jk)((0,archive_path/* parentPath */.yl)(path)), 'buffer'));
    }
    catch (error) {
        throw (0,errors/* fileError */.zS)(error, (0,byte_string/* printable */.g$)(name), 'find it');
    }
    if ((0,archive_path/* isWithin */.UO)(parent, base))
        return (0,byte_string/* fsPath */.Jk)(path);
    throw new errors/* BuildcacheError */.fO('bad-input', 'the package lists a file outside of itself', {
        file: (0,byte_string/* printable */.g$)(name),
    });
}

// EXTERNAL MODULE: ./build/package/unpack.js + 5 modules
var unpack = __webpack_require__(4850);
// EXTERNAL MODULE: ./build/spec/entry-spec.js
var entry_spec = __webpack_require__(69008);
// EXTERNAL MODULE: ./build/spec/node.js
var node = __webpack_require__(56832);
;// CONCATENATED MODULE: ./build/commands/preview.js
/** `preview`: what relocating cached packages would touch, and how long a root they have room for. */








/**
 * Downloads a package and looks at it as it was packed, unpacked in a temporary folder.
 * @param graph holds the spec and, where it is spliced, the spec it was built as, whose package it is
 * @param sources in the order in which they are asked
 * @throws BuildcacheError `not-found` where no mirror has it; as `obtain` and `unpackPackage`
 */
async function previewCached(graph, spec, sources, cache, signal) {
    const from = (0,entry_spec/* entrySpec */.mO)(graph, spec);
    return await (0,temporary_folder/* withTemporaryFolder */.E)(async (folder) => {
        const prefix = (0,external_node_path_.join)(folder, 'prefix');
        const mirrors = sources.map(({ open }) => open);
        const found = await (0,obtain/* obtain */.A)(from, { mirrors, cache, signal }, async (tarball) => {
            const { info } = await (0,unpack/* unpackPackage */.D)({
                tarball,
                prefix,
                replace: true, // of what came from a mirror before
                hash: from.hash,
                format: spec.platform === 'darwin' ? 'macho' : 'elf',
                relocation: () => new Map(),
                signal,
            });
            return { ...(await previewRelocation(prefix, info)), builtIn: info.buildPath };
        });
        if (found !== undefined)
            return { ...found.value, spec, mirror: found.mirror };
        throw new errors/* BuildcacheError */.fO('not-found', `no mirror has ${from.name}@${from.version}/${(0,node/* shortHash */.BC)(from)}`);
    });
}

// EXTERNAL MODULE: ./build/commands/sources.js
var commands_sources = __webpack_require__(87913);
// EXTERNAL MODULE: ./build/commands/wanted-specs.js + 1 modules
var wanted_specs = __webpack_require__(77651);
// EXTERNAL MODULE: ./build/spec/format.js
var format = __webpack_require__(40731);
// EXTERNAL MODULE: ./build/report/check-text.js
var check_text = __webpack_require__(93235);
;// CONCATENATED MODULE: ./build/report/preview-text.js
/** What relocation would touch, for a person and for machines. */



/** Lines without their ends. @param root of the install tree it is to fit below, where that is known */
function previewText({ spec, files, maxRootLength, builtIn }, root, style = check_text/* PLAIN_STYLE */.nV) {
    const lines = [(0,errors/* oneLine */.TN)((0,format/* shortSpec */.Gx)(spec))];
    if (files.length === 0)
        return [...lines, `  ${style.good('nothing to relocate')}: it fits below any root`];
    for (const file of files)
        lines.push(`  ${(0,errors/* oneLine */.TN)(fileText(file))}`);
    lines.push(`  it was built below ${(0,errors/* oneLine */.TN)(builtIn)} (${Buffer.byteLength(builtIn)} bytes)`);
    if (maxRootLength === undefined)
        return [...lines, `  ${style.good('it fits below any root')}`];
    const beyond = needsPatchelfOnly(files) ? ', and below a longer one with patchelf' : '';
    lines.push(`  ${style.doubt(`it fits below a root of at most ${maxRootLength} bytes`)}${beyond}`);
    if (root === undefined)
        return lines;
    let text = style.good('and so below');
    if (!fits(maxRootLength, root)) {
        text = beyond === '' ? style.bad('and so not below') : style.doubt('and so with patchelf only below');
    }
    return [...lines, `  ${text} ${(0,errors/* oneLine */.TN)(root)} (${Buffer.byteLength(root)} bytes)`];
}
/** What `preview --json` prints for one package. Fields are added, never changed. */
function previewJson({ spec, mirror, builtIn, files, maxRootLength }, root) {
    return {
        name: spec.name,
        version: spec.version,
        hash: spec.hash,
        short_spec: (0,format/* shortSpec */.Gx)(spec),
        mirror,
        built_in: builtIn,
        max_root_length: maxRootLength ?? null,
        install_tree: root ?? null,
        fits: root === undefined ? null : fits(maxRootLength, root),
        patchelf_helps: needsPatchelfOnly(files),
        files: files.map((file) => file.kind === 'binary'
            ? {
                path: file.path,
                kind: file.kind,
                paths: file.paths,
                room: file.room,
                patchelf_helps: file.patchelfHelps,
            }
            : { path: file.path, kind: file.kind, paths: file.paths }),
    };
}
function fits(maxRootLength, root) {
    return maxRootLength === undefined || Buffer.byteLength(root) <= maxRootLength;
}
/** Whether a root of any length will do where there is patchelf. */
function needsPatchelfOnly(files) {
    return files.every((file) => file.kind !== 'binary' || file.patchelfHelps);
}
function fileText(file) {
    const paths = `${file.paths} ${file.paths === 1 ? 'path' : 'paths'}`;
    if (file.kind !== 'binary')
        return `${file.kind}    ${file.path}: ${paths}`;
    const room = file.room === 0
        ? 'no room for a longer root'
        : file.room > 0
            ? `room for ${file.room} bytes more`
            : `needs a root ${-file.room} bytes shorter, or one that ends alike`;
    return `binary  ${file.path}: ${paths}, ${room}${file.patchelfHelps ? ' (patchelf makes room)' : ''}`;
}

// EXTERNAL MODULE: ./build/report/terminal.js
var terminal = __webpack_require__(63299);
// EXTERNAL MODULE: ./build/tree/install-tree.js
var install_tree = __webpack_require__(88983);
// EXTERNAL MODULE: ./build/entry/index-folder.js
var index_folder = __webpack_require__(53424);
// EXTERNAL MODULE: ./build/entry/named-environment.js
var named_environment = __webpack_require__(83742);
// EXTERNAL MODULE: ./build/entry/shared-options.js
var shared_options = __webpack_require__(23589);
// EXTERNAL MODULE: ./build/entry/store-options.js
var store_options = __webpack_require__(53961);
// EXTERNAL MODULE: ./build/entry/trust-options.js
var trust_options = __webpack_require__(90066);
;// CONCATENATED MODULE: ./build/entry/verb-preview.js














function verb_preview_define(command, context) {
    (0,trust_options/* addTrustOptions */.S_)((0,shared_options/* addSharedOptions */.J0)(command))
        .argument('<spec...>', 'specs of the environment or the mirrors, /hashes, or spec files')
        .option('--store <dir>', 'the root of the install tree it is to fit below (default: as configured, else $SPACK_ROOT/opt/spack)')
        .option('--multiple', 'all specs that match are meant', false)
        .action((specs, options) => run(specs, options, context));
}
async function run(specs, options, context) {
    const around = await (0,shared_options/* readSurroundings */.St)(options, context);
    const { reporter } = around;
    const { env, cwd, signal, stdout } = context;
    const trust = await (0,trust_options/* readTrust */.bn)(options, context, reporter);
    const environment = await (0,named_environment/* namedEnvironment */.f)(around.environment, options, env);
    const root = await targetRoot(options, around, context);
    const nodes = new Map();
    const cache = (0,download_cache/* openDownloadCache */.l)((0,trust_options/* downloadFolder */.LP)(env));
    const previews = await (0,commands_sources/* withSources */.Z6)({ ...around, trust, nodes, signal }, reporter, (sources) => (0,index_folder/* withIndexFolder */.V)(around.indexFolder, async (folder) => {
        const indexStore = (0,index_store/* openIndexStore */.W)(folder);
        const { multiple } = options;
        // Nothing is run, so any architecture will do.
        const wanted = await (0,wanted_specs/* wantedSpecs */.g)({ ...around, sources, specs, environment, cwd, multiple, host: undefined, indexStore, signal }, nodes, reporter);
        for (const note of wanted.notes)
            reporter.warn(note);
        const found = [];
        for (const hash of wanted.roots) {
            const spec = nodes.get(hash);
            if (spec === undefined)
                throw new errors/* BuildcacheError */.fO('internal', 'a spec got lost');
            found.push(await previewCached({ nodes }, spec, (0,commands_sources/* preferring */.vb)(sources, wanted.holders.get(hash) ?? []), cache, signal));
        }
        return found;
    }));
    if (options.json) {
        const packages = previews.map((each) => previewJson(each, root));
        stdout.write(`${JSON.stringify({ version: 1, packages }, null, 2)}\n`);
    }
    else if (!options.quiet) {
        const style = (0,terminal/* terminalStyle */.w)(around.color);
        stdout.write(`${previews.map((each) => previewText(each, root, style).join('\n')).join('\n\n')}\n`);
    }
}
/** Undefined where nobody says which tree: what is asked for can be answered without. */
async function targetRoot(options, around, context) {
    try {
        return (await (0,install_tree/* locateTree */.T6)(await (0,store_options/* storePlace */.Fo)(options, around, context))).root;
    }
    catch (error) {
        if (options.store === undefined && (0,errors/* errorCode */.CA)(error) === 'usage')
            return undefined;
        throw error;
    }
}


/***/ }),

/***/ 88983:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fi: () => (/* binding */ ELSEWHERE_HINT),
/* harmony export */   T6: () => (/* binding */ locateTree),
/* harmony export */   _o: () => (/* binding */ readInstallTree),
/* harmony export */   "in": () => (/* binding */ emptyTree)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/* harmony import */ var _spec_database_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(28273);
/* harmony import */ var _tree_root_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(65814);
/**
 * An install tree as Spack keeps it: its root, what its database says is installed, and where; with the upstream trees
 * it builds on. Read without taking Spack's lock: the database is replaced by renaming, so what is read is whole.
 */





/**
 * @param where the install tree, or its root alone. Where it is padded, with or without the padding
 * @throws BuildcacheError `not-found` when there is no install database, `usage` when there are several below the root,
 *   `bad-input` and `unsupported` for one that cannot be read, an upstream's too
 */
async function readInstallTree(where, options = {}) {
    const place = typeof where === 'string' ? placeAt(where) : where;
    const given = options.readFrom === undefined ? await locateTree(place) : place;
    const at = node_path__WEBPACK_IMPORTED_MODULE_1__.resolve(options.readFrom ?? given.root);
    const file = (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .databaseFile */ .G3)(at);
    const { records } = (0,_spec_database_js__WEBPACK_IMPORTED_MODULE_3__/* .readDatabase */ .S)(await readText(file, at), file);
    return await assemble(records, given, place.upstreams, options.readFrom);
}
/** A tree that is not there yet, which an install will make: it has its upstreams already. */
async function emptyTree(place) {
    return await assemble(new Map(), place, place.upstreams);
}
async function assemble(records, given, upstreamPlaces, readFrom) {
    const at = node_path__WEBPACK_IMPORTED_MODULE_1__.resolve(readFrom ?? given.root);
    const notes = [];
    const findRoot = (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .rootFinder */ .V0)(given.root);
    const { root, elsewhere } = spelledRoot(given.root, records, findRoot);
    if (elsewhere.length > 0)
        notes.push(elsewhereText(at, elsewhere, records));
    const upstreams = await readUpstreams(upstreamPlaces, given.root, notes);
    const recordOf = (hash) => records.get(hash) ?? upstreams.find((upstream) => upstream.records.has(hash))?.records.get(hash);
    const unpaddedRoot = unpaddedAs(root, given);
    return {
        root,
        unpaddedRoot,
        sbangPath: node_path__WEBPACK_IMPORTED_MODULE_1__.join(unpaddedRoot, 'bin', 'sbang'),
        records,
        nodes: nodesOf([...upstreams.toReversed(), { records }]),
        upstreams,
        elsewhere,
        notes,
        recordOf,
        prefixOf: (hash) => recordOf(hash)?.path,
        placeOf(hash) {
            const prefix = records.get(hash)?.path;
            if (!records.has(hash))
                return upstreams.find((each) => each.records.has(hash))?.placeOf(hash);
            const found = prefix === undefined ? undefined : findRoot(prefix);
            return found === undefined ? undefined : { root: found, unpaddedRoot: unpaddedAs(found, given) };
        },
        filesOf: (prefix) => readFrom !== undefined && findRoot(prefix) !== undefined
            ? node_path__WEBPACK_IMPORTED_MODULE_1__.join(at, node_path__WEBPACK_IMPORTED_MODULE_1__.relative(root, prefix))
            : prefix,
    };
}
/** A tree that is known by its root alone. */
function placeAt(root) {
    const top = node_path__WEBPACK_IMPORTED_MODULE_1__.resolve(root);
    return { root: top, unpaddedRoot: (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .withoutPadding */ .gl)(top), upstreams: [] };
}
/**
 * The root itself if it has a database, else the padded tree below it; the root where there is none of them.
 * @throws BuildcacheError `usage` when there are several
 */
async function locateTree({ root, unpaddedRoot }) {
    const own = await isFile((0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .databaseFile */ .G3)(root));
    const [padded, ...others] = own ? [] : await (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .paddedTrees */ .Eb)(root);
    if (padded === undefined)
        return { root, unpaddedRoot };
    if (others.length === 0)
        return { root: padded, unpaddedRoot: root };
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('usage', 'there are several padded install trees below this root', {
        file: root,
        found: [padded, ...others].map((each) => `one of ${each.length} characters`).join(', '),
        hint: `name one of them with its padding, or say config:install_tree:padded_length`,
    });
}
async function readText(file, root) {
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file, 'utf8');
    }
    catch (error) {
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) === 'ENOTDIR') {
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('bad-input', 'not a folder, and so no install tree', {
                file: (await isFolder(root)) ? node_path__WEBPACK_IMPORTED_MODULE_1__.dirname(file) : root,
                expected: 'a folder with .spack-db in it',
            });
        }
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) !== 'ENOENT')
            throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .fileError */ .zS)(error, file, 'read the install database');
        const [nearby] = await (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .treesNearby */ .hw)(root);
        const isThere = await isFolder(root);
        const message = isThere
            ? 'there is no install database: this is not an install tree'
            : 'there is no install tree: no such folder';
        const hint = nearby === undefined
            ? "name the install tree's root with --store (in the action: install-tree); `spack config get config` shows it"
            : `there is one at ${nearby}: name that if it is meant`;
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('not-found', message, { file: isThere ? file : root, hint }, error);
    }
}
/** What was installed under the root as it was given counts first: a tree may have been used under several names. */
function spelledRoot(root, records, findRoot) {
    const spellings = new Set();
    const elsewhere = [];
    for (const [hash, { node, path: prefix, installed }] of records) {
        if (!installed || node.external !== undefined || prefix === undefined)
            continue;
        const found = findRoot(prefix);
        if (found === undefined)
            elsewhere.push(hash);
        else
            spellings.add(found);
    }
    const [first = root] = spellings;
    return { root: spellings.has(root) ? root : first, elsewhere };
}
function elsewhereText(root, hashes, records) {
    const [first = ''] = hashes;
    const prefix = records.get(first)?.path ?? '';
    const which = hashes.length === 1 ? 'one prefix' : `${hashes.length} prefixes`;
    return `the database of ${root} has ${which} elsewhere, as ${prefix}: the tree was moved, or is another one. ${ELSEWHERE_HINT}`;
}
/** What to do about a tree that is not where its database says. */
const ELSEWHERE_HINT = 'Name the root under which Spack installed (--store, in the action install-tree), or put the tree back there';
/** The root without its padding, spelled as the root is. */
function unpaddedAs(root, given) {
    if (root === given.root)
        return given.unpaddedRoot;
    const padding = given.root.slice(given.unpaddedRoot.length);
    const isPadded = given.root.startsWith(given.unpaddedRoot) && padding !== '' && root.endsWith(padding);
    return isPadded ? root.slice(0, -padding.length) : (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .withoutPadding */ .gl)(root);
}
/** One that is not there is a warning, as it is for Spack; what needs it cannot be pushed. */
async function readUpstreams(places, own, notes) {
    const trees = [];
    for (const { name, root } of places) {
        const known = [own, ...trees.map((tree) => tree.root)];
        if (known.some((each) => (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .isSameFolder */ .F1)(each, root))) {
            const what = (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .isSameFolder */ .F1)(own, root) ? 'is this install tree itself' : 'is there already';
            notes.push(`the upstream ${name} ${what}, and is passed over: ${root}`);
            continue;
        }
        if (await isFile((0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .databaseFile */ .G3)(root))) {
            const tree = await readInstallTree(root);
            trees.push(tree);
            notes.push(...tree.notes.map((note) => `upstream ${name}: ${note}`));
            continue;
        }
        const [nearby] = await (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .treesNearby */ .hw)(root);
        const [padded = nearby] = await (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .paddedTrees */ .Eb)(root);
        const hint = padded === undefined ? 'see upstreams: in spack.yaml' : `name it with its padding: ${padded}`;
        notes.push(`the upstream ${name} is not there: no install database in ${root} (${hint})`);
    }
    return trees;
}
function nodesOf(trees) {
    const nodes = new Map();
    for (const { records } of trees)
        for (const [hash, { node }] of records)
            nodes.set(hash, node);
    return nodes;
}
async function isFile(file) {
    return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(file).then((stats) => stats.isFile(), (error) => (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) !== 'ENOENT' && (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) !== 'ENOTDIR');
}
async function isFolder(folder) {
    return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(folder).then((stats) => stats.isDirectory(), () => false);
}


/***/ })

};
