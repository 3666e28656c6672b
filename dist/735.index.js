export const id = 735;
export const ids = [735,3296];
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

/***/ 73296:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HW: () => (/* binding */ isReservedTag),
/* harmony export */   W3: () => (/* binding */ specTag),
/* harmony export */   YV: () => (/* binding */ couldBeTagOf),
/* harmony export */   qA: () => (/* binding */ INDEX_TAG),
/* harmony export */   wu: () => (/* binding */ hashInTag)
/* harmony export */ });
/** Where Spack keeps the index: what looks like an image and is none. */
const INDEX_TAG = 'index.spack';
/** The most a tag may have, by the OCI distribution specification. */
const LONGEST = 128;
/** The tag of a spec's image, as Spack makes it; one that would be too long loses its middle. */
function specTag({ name, version, hash }) {
    const tag = tagCharacters(`${name}-${version}-${hash}.spack`);
    return tag.length > LONGEST ? tag.slice(0, 64) + tag.slice(-64) : tag;
}
/** The DAG hash in a tag; undefined when it is no spec's. */
function hashInTag(tag) {
    return /-([a-z2-7]{32})\.spack$/.exec(tag)?.[1];
}
/** Whether a tag may be of a spec of that package, whose name may not be all there. */
function couldBeTagOf(tag, packageName) {
    return tag.startsWith(tagCharacters(`${packageName}-`).slice(0, 64));
}
/** Whether Spack would take a tag for one of its own. */
function isReservedTag(tag) {
    return tag.endsWith('.spack');
}
function tagCharacters(text) {
    return text.replace(/[^\w.-]/g, '_');
}


/***/ }),

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
    const names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)((0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)()).catch(() => []);
    for (const name of names.filter((each) => each.startsWith(PREFIX))) {
        const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)((0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)(), name);
        try {
            const { mtimeMs, uid } = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(folder);
            const isOurs = process.getuid === undefined || uid === process.getuid();
            if (isOurs && Date.now() - mtimeMs > LEFT_MS)
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(folder, { recursive: true, force: true });
        }
        catch {
            // Somebody else was faster.
        }
    }
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

// EXTERNAL MODULE: ./build/package/unpack.js + 9 modules
var unpack = __webpack_require__(10925);
// EXTERNAL MODULE: ./build/spec/node.js
var node = __webpack_require__(56832);
;// CONCATENATED MODULE: ./build/commands/preview.js
/** `preview`: what relocating cached packages would touch, and how long a root they have room for. */







/**
 * Downloads a package and looks at it as it was packed, unpacked in a temporary folder.
 * @param sources in the order in which they are asked
 * @throws BuildcacheError `not-found` where no mirror has it; as `obtain` and `unpackPackage`
 */
async function previewCached(spec, sources, cache, signal) {
    return await (0,temporary_folder/* withTemporaryFolder */.E)(async (folder) => {
        const prefix = (0,external_node_path_.join)(folder, 'prefix');
        const mirrors = sources.map(({ open }) => open);
        const found = await (0,obtain/* obtain */.A)(spec, { mirrors, cache, signal }, async (tarball) => {
            const { info } = await (0,unpack/* unpackPackage */.D)({
                tarball,
                prefix,
                replace: true, // of what came from a mirror before
                hash: spec.buildSpec?.hash ?? spec.hash,
                format: spec.platform === 'darwin' ? 'macho' : 'elf',
                relocation: () => new Map(),
                signal,
            });
            return { ...(await previewRelocation(prefix, info)), builtIn: info.buildPath };
        });
        if (found !== undefined)
            return { ...found.value, spec, mirror: found.mirror };
        throw new errors/* BuildcacheError */.fO('not-found', `no mirror has ${spec.name}@${spec.version}/${(0,node/* shortHash */.BC)(spec)}`);
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



/** Lines without their ends. */
function previewText({ spec, files, maxRootLength, builtIn }, style = check_text/* PLAIN_STYLE */.nV) {
    const lines = [(0,errors/* oneLine */.TN)((0,format/* shortSpec */.Gx)(spec))];
    if (files.length === 0)
        return [...lines, `  ${style.good('nothing to relocate')}: it fits below any root`];
    for (const file of files)
        lines.push(`  ${(0,errors/* oneLine */.TN)(fileText(file))}`);
    lines.push(`  it was built below ${(0,errors/* oneLine */.TN)(builtIn)} (${Buffer.byteLength(builtIn)} bytes)`);
    if (maxRootLength === undefined)
        return [...lines, `  ${style.good('it fits below any root')}`];
    const beyond = needsPatchelfOnly(files) ? ', and below a longer one with patchelf' : '';
    return [...lines, `  ${style.doubt(`it fits below a root of at most ${maxRootLength} bytes`)}${beyond}`];
}
/** What `preview --json` prints for one package. Fields are added, never changed. */
function previewJson({ spec, mirror, builtIn, files, maxRootLength }) {
    return {
        name: spec.name,
        version: spec.version,
        hash: spec.hash,
        short_spec: (0,format/* shortSpec */.Gx)(spec),
        mirror,
        built_in: builtIn,
        max_root_length: maxRootLength ?? null,
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
// EXTERNAL MODULE: ./build/entry/index-folder.js
var index_folder = __webpack_require__(53424);
// EXTERNAL MODULE: ./build/entry/named-environment.js
var named_environment = __webpack_require__(83742);
// EXTERNAL MODULE: ./build/entry/shared-options.js
var shared_options = __webpack_require__(23589);
// EXTERNAL MODULE: ./build/entry/trust-options.js + 1 modules
var trust_options = __webpack_require__(29385);
;// CONCATENATED MODULE: ./build/entry/verb-preview.js












function verb_preview_define(command, context) {
    (0,trust_options/* addTrustOptions */.S_)((0,shared_options/* addSharedOptions */.J0)(command))
        .argument('<spec...>', 'specs of the environment or the mirrors, /hashes, or spec files')
        .option('--multiple', 'all specs that match are meant', false)
        .action((specs, options) => run(specs, options, context));
}
async function run(specs, options, context) {
    const around = await (0,shared_options/* readSurroundings */.St)(options, context);
    const { reporter } = around;
    const { env, cwd, signal, stdout } = context;
    const trust = await (0,trust_options/* readTrust */.bn)(options, context, reporter);
    const environment = await (0,named_environment/* namedEnvironment */.f)(around.environment, options, env);
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
            found.push(await previewCached(spec, (0,commands_sources/* preferring */.vb)(sources, wanted.holders.get(hash) ?? []), cache, signal));
        }
        return found;
    }));
    if (options.json) {
        stdout.write(`${JSON.stringify({ version: 1, packages: previews.map(previewJson) }, null, 2)}\n`);
    }
    else if (!options.quiet) {
        const style = (0,terminal/* terminalStyle */.w)(around.color);
        stdout.write(`${previews.map((each) => previewText(each, style).join('\n')).join('\n\n')}\n`);
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
