export const id = 6736;
export const ids = [6736,3296,6939,4803];
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
/** Whether a tag has a meaning of its own: Spack's, or a list of what refers to a manifest. */
function isReservedTag(tag) {
    return tag.endsWith('.spack') || /^sha256-[0-9a-f]{64}$/.test(tag);
}
function tagCharacters(text) {
    return text.replace(/[^\w.-]/g, '_');
}


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
/** @throws the system's error for what stood in the way: `EROFS`, `EACCES`, `ENOTDIR`, … */
async function makeFolder(folder) {
    for (let attempt = 1;; attempt++) {
        try {
            return void (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(folder));
        }
        catch (error) {
            const parent = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(folder);
            const lacksParent = (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) === 'ENOENT' && parent !== folder;
            if (!lacksParent || attempt === ATTEMPTS) {
                if (await isFolder(folder))
                    return;
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
