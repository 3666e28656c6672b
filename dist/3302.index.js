export const id = 3302;
export const ids = [3302];
export const modules = {

/***/ 67844:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KW: () => (/* binding */ cancelled),
/* harmony export */   dZ: () => (/* binding */ throwIfCancelled),
/* harmony export */   pj: () => (/* binding */ withGrace)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/** Cancellation, said in one way: whoever notices an aborted signal throws the same `cancelled` error. */

/** The error an aborted signal stands for: its reason when that is one of ours, else `cancelled`. */
function cancelled(signal) {
    const reason = signal?.reason;
    if (reason instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO)
        return reason;
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('cancelled', 'cancelled', {}, reason);
}
/** @throws BuildcacheError `cancelled` (or the signal's own reason) when the signal is aborted */
function throwIfCancelled(signal) {
    if (signal?.aborted === true)
        throw cancelled(signal);
}
/** A signal that fires so many milliseconds after another: the time there is for what must still be finished. */
function withGrace(signal, milliseconds) {
    const grace = new AbortController();
    const begin = () => {
        // Who has finished need not wait for it.
        setTimeout(() => grace.abort(signal.reason), milliseconds).unref();
    };
    if (signal.aborted)
        begin();
    else
        signal.addEventListener('abort', begin, { once: true });
    return grace.signal;
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

/***/ 34417:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ digestFile),
/* harmony export */   m: () => (/* binding */ copyFile)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48161);
/* harmony import */ var node_worker_threads__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(75919);
/* harmony import */ var _core_abort_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(67844);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(62807);
/**
 * Files copied and digested by threads of their own, so that neither the digests of gigabytes nor the many small calls
 * that a copy takes hold up everything else. They start when they are first needed and keep no process alive.
 */




/** More than four would only wait for the same disk. */
const MOST_THREADS = Math.min((0,node_os__WEBPACK_IMPORTED_MODULE_0__.availableParallelism)(), 4);
const threads = [];
let lastId = 0;
/**
 * Makes a file of another's content, synced to disk, that shares it where the file system can. What is longer than was
 * said is not copied whole.
 * @returns what was found, which may not be what was expected
 * @throws BuildcacheError when the source cannot be read, `cancelled`; system errors of the copy as they are
 */
async function copyFile(job, signal) {
    return await hand({ ...job, start: 0 }, signal);
}
/**
 * The SHA-256 of so many bytes of a file, and how many there were.
 * @throws BuildcacheError when it cannot be read, `cancelled`
 */
async function digestFile({ file: from, start, end }, signal) {
    const job = { from, start, size: end - start, digest: true, to: undefined, place: undefined };
    const { size, sha256 } = await hand({ ...job, hardLink: false }, signal);
    if (sha256 === undefined)
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildcacheError */ .fO('internal', 'a digest was not made');
    return { size, sha256 };
}
async function hand(job, signal) {
    (0,_core_abort_js__WEBPACK_IMPORTED_MODULE_2__/* .throwIfCancelled */ .dZ)(signal);
    const id = ++lastId;
    const flag = new Int32Array(new SharedArrayBuffer(4));
    const abort = () => Atomics.store(flag, 0, 1);
    signal?.addEventListener('abort', abort, { once: true });
    const { worker, waiting } = idlest();
    if (waiting.size === 0)
        worker.ref();
    try {
        const reply = await new Promise((done, failed) => {
            waiting.set(id, { done, failed });
            worker.postMessage({ ...job, id, cancelled: flag });
        });
        if (!('failure' in reply))
            return reply;
        if (signal?.aborted === true)
            throw (0,_core_abort_js__WEBPACK_IMPORTED_MODULE_2__/* .cancelled */ .KW)(signal);
        const error = Object.assign(new Error(reply.failure), { code: reply.code });
        throw reply.reading ? (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .fileError */ .zS)(error, job.from, 'read') : error;
    }
    finally {
        signal?.removeEventListener('abort', abort);
        waiting.delete(id);
        if (waiting.size === 0)
            worker.unref();
    }
}
/** One with nothing to do, a new one, or the one with the least. */
function idlest() {
    const [best] = threads.toSorted((a, b) => a.waiting.size - b.waiting.size);
    if (best !== undefined && (best.waiting.size === 0 || threads.length >= MOST_THREADS))
        return best;
    const thread = start();
    threads.push(thread);
    return thread;
}
function start() {
    // Node's own options are for the program: some are not for threads.
    const worker = new node_worker_threads__WEBPACK_IMPORTED_MODULE_1__.Worker(__webpack_require__.ab + "file-copy-thread.js", { execArgv: [] });
    const thread = { worker, waiting: new Map() };
    const end = (error) => {
        const at = threads.indexOf(thread);
        if (at >= 0)
            threads.splice(at, 1);
        for (const { failed } of thread.waiting.values()) {
            failed(new _core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildcacheError */ .fO('internal', 'the thread that copies files ended', {}, error));
        }
    };
    worker.on('message', (reply) => thread.waiting.get(reply.id)?.done(reply));
    worker.on('error', end);
    worker.on('exit', end);
    worker.unref();
    return thread;
}


/***/ }),

/***/ 93302:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openFileStorage: () => (/* binding */ openFileStorage)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(73136);
// EXTERNAL MODULE: ./build/core/abort.js
var core_abort = __webpack_require__(67844);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
;// CONCATENATED MODULE: ./build/storage/file-names.js
/**
 * Names we put beside published files: unfinished ones and turns. They are no keys: never listed, never read
 * or written by key, so nobody takes half a file for a whole one.
 */


const TEMPORARY = '.tmp-';
const TURN = '.lock-';
/** What NFS makes of a file that was deleted while a program had it open. */
const NFS_DELETED = /^\.nfs[0-9a-f]{8,}$/;
function isReservedName(name) {
    return name.startsWith(TEMPORARY) || name.startsWith(TURN) || NFS_DELETED.test(name);
}
/** Made below; old ones were left by writers that died. Others may name files of theirs nearly so. */
function isLeftoverName(name) {
    return LEFTOVER.test(name);
}
const LEFTOVER = /^\.(?:tmp-[0-9a-f]{24}|lock-[0-9a-f]{32})$/;
/** A name nobody else has. It does not contain the final one, which may be as long as names can be. */
function temporaryName() {
    return TEMPORARY + (0,external_node_crypto_.randomBytes)(12).toString('hex');
}
/** What writers of one name in one folder contend for. */
function turnName(name) {
    return TURN + (0,external_node_crypto_.createHash)('sha256').update(name).digest('hex').slice(0, 32);
}
const HOST = (0,external_node_os_.hostname)()
    .replace(/[^A-Za-z0-9.-]/g, '_')
    .slice(0, 64);
/** Unique for ever, and tells a person whom to look for. */
function ownerName() {
    return `${HOST}-${process.pid}-${(0,external_node_crypto_.randomBytes)(12).toString('hex')}`;
}

// EXTERNAL MODULE: ./build/storage/key.js
var storage_key = __webpack_require__(19325);
;// CONCATENATED MODULE: ./build/storage/file-list.js






/** `stat` calls under way at once. */
const STATS = 32;
/**
 * Every regular file below `root` whose key starts with `prefix`. Symbolic links are followed, as reading
 * follows them, except round in a circle. What vanishes meanwhile is left out; a folder that is not there is
 * empty; one that may not be read throws `denied`.
 */
async function* listFiles(root, prefix, signal) {
    (0,storage_key/* checkPrefix */.by)(prefix);
    const slash = prefix.lastIndexOf('/');
    // Only whole segments lead to a folder; the rest is compared with names.
    const folder = prefix.slice(0, slash + 1);
    yield* walk({ root, folder, start: prefix.slice(slash + 1), above: new Set(), signal });
}
async function* walk({ root, folder, start, above, signal }) {
    (0,core_abort/* throwIfCancelled */.dZ)(signal);
    const path = (0,external_node_path_.join)(root, folder);
    const identity = await folderIdentity(path);
    if (identity === undefined || above.has(identity))
        return;
    const entries = (await readFolder(path)).filter(({ name }) => name.startsWith(start) && !isReservedName(name));
    const folders = [];
    for (let at = 0; at < entries.length; at += STATS) {
        (0,core_abort/* throwIfCancelled */.dZ)(signal);
        const batch = entries.slice(at, at + STATS);
        const found = await Promise.all(batch.map((entry) => inspect((0,external_node_path_.join)(path, entry.name), entry)));
        for (const [i, entry] of batch.entries()) {
            const what = found[i];
            if (what === 'folder')
                folders.push(entry.name);
            else if (what !== undefined)
                yield { key: folder + entry.name, ...what };
        }
    }
    for (const name of folders) {
        yield* walk({
            root,
            folder: `${folder}${name}/`,
            start: '',
            above: new Set(above).add(identity),
            signal,
        });
    }
}
async function inspect(path, entry) {
    if (entry.isDirectory())
        return 'folder';
    try {
        const found = await (0,promises_.stat)(path);
        if (found.isDirectory())
            return 'folder';
        return found.isFile() ? { size: found.size, modified: found.mtime } : undefined;
    }
    catch (error) {
        if (isGone(error) || (0,errors/* systemCode */.xU)(error) === 'ELOOP')
            return undefined;
        throw (0,errors/* fileError */.zS)(error, path, 'list');
    }
}
async function readFolder(path) {
    try {
        return await (0,promises_.readdir)(path, { withFileTypes: true });
    }
    catch (error) {
        if (isGone(error))
            return [];
        throw (0,errors/* fileError */.zS)(error, path, 'list');
    }
}
async function folderIdentity(path) {
    try {
        const { dev, ino } = await (0,promises_.stat)(path, { bigint: true });
        return `${dev}:${ino}`;
    }
    catch (error) {
        if (isGone(error))
            return undefined;
        throw (0,errors/* fileError */.zS)(error, path, 'list');
    }
}
function isGone(error) {
    const code = (0,errors/* systemCode */.xU)(error);
    return code === 'ENOENT' || code === 'ENOTDIR';
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
;// CONCATENATED MODULE: ./build/storage/file-body.js



const CHUNK = 256 * 1024;
/**
 * Bytes `start` up to (not including) `end` of the file. Owns the handle from here on: it is closed when the
 * body ends, fails or is destroyed.
 */
function fileBody(handle, extent, file, signal) {
    let position = extent.start;
    const read = async () => {
        const wanted = Math.min(CHUNK, extent.end - position);
        if (wanted <= 0)
            return null;
        const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(wanted), 0, wanted, position);
        if (bytesRead === 0) {
            throw new errors/* BuildcacheError */.fO('io', 'the file became shorter while it was read', {
                file,
                expected: `${extent.end} bytes`,
                found: `${position} bytes`,
            });
        }
        position += bytesRead;
        return buffer.subarray(0, bytesRead);
    };
    const body = new external_node_stream_.Readable({
        highWaterMark: CHUNK,
        read() {
            read().then((chunk) => this.push(chunk), (error) => this.destroy((0,errors/* fileError */.zS)(error, file, 'read')));
        },
        destroy(error, done) {
            signal?.removeEventListener('abort', abort);
            handle.close().then(() => done(error), () => done(error));
        },
    });
    const abort = () => body.destroy((0,core_abort/* cancelled */.KW)(signal));
    if (signal?.aborted === true)
        abort();
    else
        signal?.addEventListener('abort', abort, { once: true });
    return body;
}

;// CONCATENATED MODULE: ./build/storage/file-etag.js
/**
 * Etags of files. A small file (every document anybody merges: manifests, indices of keys) is known by its
 * content, which tells apart two versions of one size written within one tick of the clock. A large one is
 * known by what `stat` says: hashing a tarball to learn that it is still there would be too slow, and large
 * files are replaced by renaming, which gives them another inode.
 */

/** Up to this many bytes the content decides. */
const SMALL = 1024 * 1024;
function isSmall(size) {
    return size <= SMALL;
}
function contentEtag(content) {
    return sha256Etag((0,external_node_crypto_.createHash)('sha256').update(content).digest('hex'));
}
/** The same where the digest is known. */
function sha256Etag(digest) {
    return `sha256:${digest}`;
}
/**
 * Neither the device, whose number differs between hosts of a network file system, nor the time of the last
 * status change, which a mere hard link or `chmod` moves on.
 */
function statEtag(found) {
    return `stat:${found.ino}-${found.size}-${found.mtimeNs}`;
}

;// CONCATENATED MODULE: ./build/storage/file-read.js
/** Reading one file as an object. */







/** As `StorageReader.get`. A folder, FIFO, socket or device is not an object. */
async function getFile(path, key, options) {
    (0,core_abort/* throwIfCancelled */.dZ)(options.signal);
    const found = await openFile(path);
    if (found === undefined)
        return undefined;
    const { size, modified } = found;
    if (options.ifNoneMatch !== undefined && found.etag === options.ifNoneMatch) {
        await found.handle?.close();
        return 'not-modified';
    }
    const start = options.range?.start ?? 0;
    const end = Math.min(size, (options.range?.end ?? Number.MAX_SAFE_INTEGER - 1) + 1);
    const body = found.handle === undefined
        ? external_node_stream_.Readable.from(slice(found.content, start, end), { objectMode: false })
        : fileBody(found.handle, { start, end }, path, options.signal);
    return {
        key,
        size,
        modified,
        get etag() {
            return found.etag;
        },
        offset: start,
        body,
    };
}
/** As `StorageReader.head`. */
async function headFile(path, key) {
    const found = await openFile(path);
    if (found === undefined)
        return undefined;
    await found.handle?.close();
    return { key, size: found.size, modified: found.modified, etag: found.etag };
}
/** The same without the etag, which of a small file takes reading it. */
async function statFile(path, key) {
    try {
        const found = await (0,promises_.stat)(path);
        return found.isFile() ? { key, size: found.size, modified: found.mtime } : undefined;
    }
    catch (error) {
        if (isAbsent(error))
            return undefined;
        throw (0,errors/* fileError */.zS)(error, path, 'read');
    }
}
async function openFile(path) {
    for (let attempt = 1;; attempt++) {
        try {
            return await tryOpenFile(path);
        }
        catch (error) {
            // NFS: somebody replaced the file between our opening and our reading it.
            if ((0,errors/* systemCode */.xU)(error) !== 'ESTALE' || attempt === 3)
                throw (0,errors/* fileError */.zS)(error, path, 'read');
        }
    }
}
async function tryOpenFile(path) {
    const handle = await openIfThere(path);
    if (handle === undefined)
        return undefined;
    let keep = false;
    try {
        const found = await handle.stat({ bigint: true });
        if (!found.isFile())
            return undefined;
        const modified = found.mtime;
        if (isSmall(found.size)) {
            // Read at once, so that the etag is that of the very bytes handed out.
            const content = await readSmall(handle, Number(found.size));
            return {
                handle: undefined,
                content,
                // Most who read want no etag, which takes as long as all the rest.
                get etag() {
                    return contentEtag(content);
                },
                size: content.length,
                modified,
            };
        }
        keep = true;
        return { handle, etag: statEtag(found), size: Number(found.size), modified };
    }
    finally {
        if (!keep)
            await handle.close();
    }
}
/** To its end, which is seen by asking for a byte more than there should be; some file systems give less than there is. */
async function readSmall(handle, size) {
    const buffer = Buffer.allocUnsafe(size + 1);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    return bytesRead === size ? buffer.subarray(0, size) : await handle.readFile();
}
async function openIfThere(path) {
    try {
        // Not blocking: opening a FIFO would wait for a writer.
        return await (0,promises_.open)(path, external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NONBLOCK);
    }
    catch (error) {
        if (isAbsent(error))
            return undefined;
        throw error;
    }
}
function isAbsent(error) {
    switch ((0,errors/* systemCode */.xU)(error)) {
        case 'ENOENT':
        case 'ENOTDIR':
        case 'ENXIO': // a socket
        case 'ENAMETOOLONG': // nothing can be there
            return true;
        default:
            return false;
    }
}
function* slice(content, start, end) {
    if (start < end)
        yield content.subarray(start, end);
}

;// CONCATENATED MODULE: ./build/storage/file-sweep.js




/** Far longer than one write takes, and than clocks of hosts differ. */
const AGE_MS = 24 * 60 * 60 * 1000;
/** Removes old leftovers of writers from a folder. Best effort: what cannot be removed stays. @returns how many */
async function sweepLeftovers(folder) {
    return await sweepNames(folder, await (0,promises_.readdir)(folder).catch(() => []));
}
/** The same for a folder and all below it; symbolic links are not followed. @throws only when cancelled */
async function sweepTree(root, signal) {
    let removed = 0;
    const folders = [root];
    for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
        (0,core_abort/* throwIfCancelled */.dZ)(signal);
        const entries = await (0,promises_.readdir)(folder, { withFileTypes: true }).catch(() => []);
        removed += await sweepNames(folder, entries.map(({ name }) => name));
        for (const entry of entries) {
            if (entry.isDirectory() && !isReservedName(entry.name))
                folders.push((0,external_node_path_.join)(folder, entry.name));
        }
    }
    return removed;
}
async function sweepNames(folder, names) {
    let removed = 0;
    for (const name of names.filter(isLeftoverName)) {
        const path = (0,external_node_path_.join)(folder, name);
        try {
            if (Date.now() - (await (0,promises_.stat)(path)).mtimeMs <= AGE_MS)
                continue;
            await (0,promises_.rm)(path, { recursive: true, force: true });
            removed++;
        }
        catch {
            // Somebody else was faster, or it is not ours to remove.
        }
    }
    return removed;
}

// EXTERNAL MODULE: ./build/core/make-folder.js
var make_folder = __webpack_require__(89831);
// EXTERNAL MODULE: ./build/storage/file-copier.js
var file_copier = __webpack_require__(34417);
// EXTERNAL MODULE: ./build/storage/payload.js
var payload = __webpack_require__(52312);
;// CONCATENATED MODULE: ./build/storage/file-fill.js
/** Writing a new file's content, synced to disk: bytes, or those of another file, shared where the file system can. */






/** Less the umask, or as the folder's default access list says: a mirror is for others to read. */
const PUBLIC = 0o666;
/**
 * @param file where nothing is yet
 * @returns its etag
 * @throws BuildcacheError `io` when the source is not as long as was said, `corrupt` when it has another digest; system
 *   errors as they are
 */
async function fill(file, source, signal) {
    (0,core_abort/* throwIfCancelled */.dZ)(signal);
    if (source instanceof Uint8Array)
        return await fillWith(file, source);
    return await copy(file, source, undefined, signal);
}
/**
 * The same with a file whose digest is known, which gets its final name when it is on disk.
 * @throws as {@link fill}
 */
async function fillAndPlace(file, source, path, signal) {
    await copy(file, source, { path, sha256: source.sha256 }, signal);
}
async function copy(to, { file: from, size, sha256, hardLink = false }, place, signal) {
    const digest = sha256 !== undefined || isSmall(size);
    const found = await (0,file_copier/* copyFile */.m)({ from, to, size, digest, place, hardLink }, signal);
    if (found.size !== size)
        throw (0,payload/* sizeChanged */.C)(from, size, found.size);
    if (sha256 !== undefined && found.sha256 !== sha256) {
        throw new errors/* BuildcacheError */.fO('corrupt', 'its SHA-256 is wrong', {
            file: from,
            expected: sha256,
            found: found.sha256 ?? '',
        });
    }
    return isSmall(size) && found.sha256 !== undefined
        ? sha256Etag(found.sha256)
        : statEtag({ ino: found.ino, size: BigInt(size), mtimeNs: found.mtimeNs });
}
async function fillWith(file, bytes) {
    const handle = await (0,promises_.open)(file, 'wx', PUBLIC);
    try {
        await handle.writeFile(bytes);
        await handle.sync();
        return isSmall(bytes.length) ? contentEtag(bytes) : statEtag(await handle.stat({ bigint: true }));
    }
    finally {
        await handle.close();
    }
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
;// CONCATENATED MODULE: ./build/storage/file-turn.js
/**
 * Compare-and-swap on a plain file system, local or NFS, using nothing but `mkdir` and `rename`.
 *
 * A writer first lays down the new content, whole and synced, as the only file of a folder of its own:
 *     .tmp-<random>/<owner>
 * It takes its turn by renaming that folder to the one name all writers of the same file contend for:
 *     .lock-<hash of the file's name>/<owner>
 * which the file system refuses while that folder is there with something in it. Then it compares, and
 * publishes by renaming `.lock-…/<owner>` to the final name, which gives up the turn in the same instant.
 *
 * A writer that died leaves its turn taken. Whoever has seen the same owner there for `staleMs` of its own
 * clock removes that owner's file; names are never used twice, so this cannot hit anybody else, may be done
 * by several at once, and on any host. Should the writer only have been asleep, its content is gone, its
 * rename fails and it starts again: it cannot overwrite what others published meanwhile. So no heartbeat is
 * needed, and no clocks are compared.
 */






const TIMING = { staleMs: 5_000, waitMs: 60_000 };
const POLL_MS = { first: 2, most: 100 };
/**
 * Publishes or removes `path` when it is our turn. Its folder must be there.
 * @returns `lost` when we were so slow that others took us for dead: nothing was changed, try again
 * @throws BuildcacheError `conflict` when no turn was to be had for a minute, `cancelled`; system errors as they are
 */
async function takeTurn(path, turn, signal, timing = TIMING) {
    const folder = (0,external_node_path_.dirname)(path);
    const slot = (0,external_node_path_.join)(folder, turnName((0,external_node_path_.basename)(path)));
    const owner = ownerName();
    await prepare({ staging: (0,external_node_path_.join)(folder, temporaryName()), slot, owner }, turn, signal, timing);
    const mine = (0,external_node_path_.join)(slot, owner);
    let left = true;
    try {
        const decision = await turn.decide();
        if (decision === 'leave')
            return 'done';
        if (decision === 'remove')
            return await unlessGone((0,promises_.unlink)(path));
        const outcome = await unlessGone((0,promises_.rename)(mine, path));
        left = false;
        return outcome;
    }
    finally {
        if (left)
            await (0,promises_.rm)(mine, { force: true }).catch(() => { });
        await removeIfEmpty(slot);
    }
}
/** Lays the content down and returns when the turn is ours. */
async function prepare({ staging, slot, owner }, turn, signal, timing) {
    try {
        await (0,promises_.mkdir)(staging);
        // Whoever may write beside us must be able to clear up after us, whatever our umask.
        const { mode } = await (0,promises_.stat)((0,external_node_path_.dirname)(staging));
        await (0,promises_.chmod)(staging, (mode & 0o2777) | 0o700);
        await turn.fill((0,external_node_path_.join)(staging, owner));
        await enter(staging, slot, signal, timing);
    }
    catch (error) {
        await (0,promises_.rm)(staging, { recursive: true, force: true }).catch(() => { });
        throw error;
    }
}
async function enter(staging, slot, signal, { staleMs, waitMs }) {
    const deadline = performance.now() + waitMs;
    let seen;
    for (let pause = POLL_MS.first;; pause = Math.min(pause * 1.5, POLL_MS.most)) {
        (0,core_abort/* throwIfCancelled */.dZ)(signal);
        try {
            return await (0,promises_.rename)(staging, slot);
        }
        catch (error) {
            const code = (0,errors/* systemCode */.xU)(error);
            if (code !== 'ENOTEMPTY' && code !== 'EEXIST')
                throw error;
        }
        const now = performance.now();
        const owner = await ownerOf(slot);
        if (owner === undefined) {
            await removeIfEmpty(slot);
        }
        else if (owner !== seen?.owner) {
            seen = { owner, since: now };
        }
        else if (now - seen.since > staleMs) {
            await (0,promises_.rm)((0,external_node_path_.join)(slot, owner), { force: true });
            continue;
        }
        if (now > deadline) {
            throw new errors/* BuildcacheError */.fO('conflict', 'others kept writing this file', {
                file: slot,
                ...(owner === undefined ? {} : { found: `a turn taken by ${owner}` }),
                hint: 'try again, or remove this folder when no writer is alive',
            });
        }
        try {
            await (0,external_node_timers_promises_.setTimeout)(pause * (0.5 + Math.random()), undefined, signal === undefined ? {} : { signal });
        }
        catch {
            throw (0,core_abort/* cancelled */.KW)(signal);
        }
    }
}
async function ownerOf(slot) {
    try {
        return (await (0,promises_.readdir)(slot))[0];
    }
    catch (error) {
        if ((0,errors/* systemCode */.xU)(error) === 'ENOENT')
            return undefined;
        throw error;
    }
}
/** The slot of a turn that is over. One that somebody has a turn in is not empty, and stays. */
async function removeIfEmpty(slot) {
    await (0,promises_.rmdir)(slot).catch(() => { });
}
async function unlessGone(change) {
    try {
        await change;
        return 'done';
    }
    catch (error) {
        if ((0,errors/* systemCode */.xU)(error) === 'ENOENT')
            return 'lost';
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/storage/file-write.js
/**
 * Putting and deleting files, whole or not at all.
 *
 * Durability: content is synced to disk before it gets its final name, so that a crash leaves no empty or
 * torn file under a content address, where it would be taken for present ever after. Folders are not synced:
 * a name lost in a crash is an entry that was not published, and is pushed again.
 */










/** Turns lost in a row before we give up: each takes a pause of seconds in the middle of milliseconds' work. */
const ATTEMPTS = 3;
/**
 * @returns the etag of what was written
 * @throws BuildcacheError `conflict` when the condition does not hold; `denied`, `io` (a full disk among them)
 */
async function writeFile(path, source, options) {
    const { condition, signal, swept } = options;
    const folder = (0,external_node_path_.dirname)(path);
    try {
        // Asked before the copying as well, which may be long and in vain.
        await checkCondition(path, condition);
        await prepareFolder(folder, swept);
        for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
            let etag = '';
            const outcome = await takeTurn(path, {
                fill: async (file) => {
                    etag = await fill(file, source, signal);
                },
                decide: async () => {
                    await checkCondition(path, condition);
                    return 'publish';
                },
            }, signal);
            if (outcome === 'done')
                return etag;
        }
    }
    catch (error) {
        throw (0,errors/* fileError */.zS)(error, path, 'write');
    }
    throw new errors/* BuildcacheError */.fO('conflict', 'others kept writing this file', { file: path, hint: 'try again' });
}
/**
 * A file whose content its name says, put in its place without a turn: whoever else writes that name writes the same.
 * @throws BuildcacheError `corrupt` when the content is another; else as {@link writeFile}
 */
async function copyIntoPlace(path, source, { swept, signal }) {
    const folder = (0,external_node_path_.dirname)(path);
    const staging = (0,external_node_path_.join)(folder, temporaryName());
    try {
        if (!swept.has(folder))
            await prepareFolder(folder, swept);
        await fillAndPlace(staging, source, path, signal);
    }
    catch (error) {
        await (0,promises_.rm)(staging, { force: true }).catch(() => undefined);
        throw (0,errors/* fileError */.zS)(error, path, 'write');
    }
}
async function prepareFolder(folder, swept) {
    const isNew = await (0,make_folder/* makeFolder */.f)(folder);
    if (swept.has(folder))
        return;
    swept.add(folder);
    if (!isNew)
        await sweepLeftovers(folder);
}
/** @returns false when nothing was there */
async function removeFile(path, signal) {
    let removed = false;
    try {
        (0,core_abort/* throwIfCancelled */.dZ)(signal);
        if (!(await isFile(path)))
            return false;
        const outcome = await takeTurn(path, {
            fill: async (file) => await (await (0,promises_.open)(file, 'wx')).close(),
            decide: async () => {
                removed = await isFile(path);
                return removed ? 'remove' : 'leave';
            },
        }, signal);
        return removed && outcome === 'done';
    }
    catch (error) {
        throw (0,errors/* fileError */.zS)(error, path, 'delete');
    }
}
/** @returns false when nothing was there */
async function moveFile(from, to, signal) {
    try {
        (0,core_abort/* throwIfCancelled */.dZ)(signal);
        if (!(await isFile(from)))
            return false;
        await (0,make_folder/* makeFolder */.f)((0,external_node_path_.dirname)(to));
        await (0,promises_.rename)(from, to);
        return true;
    }
    catch (error) {
        if ((0,errors/* systemCode */.xU)(error) === 'ENOENT')
            return false;
        throw (0,errors/* fileError */.zS)(error, from, 'move');
    }
}
async function checkCondition(path, condition) {
    if (condition === undefined)
        return;
    const found = await currentEtag(path);
    if ('ifAbsent' in condition) {
        if (found === undefined)
            return;
        throw new errors/* BuildcacheError */.fO('conflict', 'there is a file already', { file: path, expected: 'no file' });
    }
    if (found === condition.ifMatch)
        return;
    throw new errors/* BuildcacheError */.fO('conflict', 'somebody else changed this file meanwhile', {
        file: path,
        expected: condition.ifMatch,
        found: found ?? 'no file',
    });
}
async function currentEtag(path) {
    return (await headFile(path, path))?.etag;
}
async function isFile(path) {
    try {
        return (await (0,promises_.stat)(path)).isFile();
    }
    catch (error) {
        const code = (0,errors/* systemCode */.xU)(error);
        if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG')
            return false;
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/storage/file.js
/**
 * A folder as a storage: `file://` mirrors and plain paths, on local and network file systems. A key is a
 * path below the root. Symbolic links are followed: who may put them there may also put files there.
 *
 * Writing is atomic, and conditions hold between all writers that are this program, on all hosts that share
 * the folder (file-turn.ts). A Spack that writes at the same time is not kept out, as it takes no locks.
 */











/**
 * @param root a folder, absolute or relative to the working directory; it need not be there: reading finds
 *   nothing, writing makes it
 * @throws BuildcacheError `bad-input` when that is no folder name
 */
function openFileStorage(root) {
    if (root === '' || root.includes('\0')) {
        throw new errors/* BuildcacheError */.fO('bad-input', 'not a folder name', { found: JSON.stringify(root) });
    }
    const top = (0,external_node_path_.resolve)(root);
    const swept = new Set();
    const storage = {
        url: (0,external_node_url_.pathToFileURL)(top).href,
        fileOf: (key) => pathOf(top, key),
        conditions: 'lock',
        get: async (key, options = {}) => await getFile(pathOf(top, key), key, options),
        head: async (key, options = {}) => {
            (0,core_abort/* throwIfCancelled */.dZ)(options.signal);
            const look = options.withoutEtag === true ? statFile : headFile;
            return await look(pathOf(top, key), key);
        },
        list: (prefix, options = {}) => listFiles(top, prefix, options.signal),
        put: async (key, source, options = {}) => ({
            etag: await writeFile(pathOf(top, key), source, { ...options, swept }),
        }),
        delete: async (key, options = {}) => await removeFile(pathOf(top, key), options.signal),
        move: async (key, to, { signal } = {}) => await moveFile(pathOf(top, key), pathOf(top, to), signal),
        sweep: async ({ signal } = {}) => await sweepTree(top, signal),
        copyFrom: async (source, sourceKey, key, options = {}) => {
            const file = source.fileOf?.(sourceKey);
            if (file === undefined)
                return undefined;
            const path = pathOf(top, key);
            const { expected, hardLink, condition, signal } = options;
            const size = expected?.size ?? (await sizeOf(file));
            if (expected === undefined || condition !== undefined) {
                await writeFile(path, { file, size, sha256: expected?.sha256, hardLink }, { ...options, swept });
            }
            else {
                await copyIntoPlace(path, { file, size, sha256: expected.sha256, hardLink }, { swept, signal });
            }
            return true;
        },
        close: async () => { },
    };
    return storage;
}
/** @param key attacker-controlled */
function pathOf(top, key) {
    (0,storage_key/* checkKey */.yR)(key);
    const reserved = key.split('/').find(isReservedName);
    if (reserved !== undefined) {
        throw new errors/* BuildcacheError */.fO('bad-input', `"${reserved}" is a name kept for unfinished files and locks`, {
            found: JSON.stringify(key),
        });
    }
    return (0,external_node_path_.join)(top, key);
}
async function sizeOf(file) {
    try {
        const found = await (0,promises_.stat)(file);
        if (found.isFile())
            return found.size;
    }
    catch (error) {
        throw (0,errors/* fileError */.zS)(error, file, 'copy');
    }
    throw new errors/* BuildcacheError */.fO('not-found', 'cannot copy: not a file', { file });
}


/***/ }),

/***/ 19325:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   by: () => (/* binding */ checkPrefix),
/* harmony export */   g2: () => (/* binding */ encodeKey),
/* harmony export */   m0: () => (/* binding */ isKey),
/* harmony export */   yR: () => (/* binding */ checkKey)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/**
 * What a key may look like, the same for every backend, so that a hostile name in an index or a manifest can
 * neither leave a root folder nor be rewritten by a URL parser on the way to a server.
 */

/**
 * Refuses a key that is not a relative path of plain segments.
 * @param key attacker-controlled
 * @throws BuildcacheError `bad-input` on an empty key, an empty, `.` or `..` segment (so also on a leading,
 *   doubled or trailing slash), a NUL, or a lone surrogate (which has no UTF-8 form)
 */
function checkKey(key) {
    const fault = keyFault(key);
    if (fault !== undefined)
        throw badKey(key, fault);
}
/** Whether {@link checkKey} lets it pass. */
function isKey(key) {
    return keyFault(key) === undefined;
}
/**
 * Refuses a prefix that no key could have. A prefix may be empty, end in a slash, or stop within a segment.
 * @throws BuildcacheError `bad-input`, as {@link checkKey}
 */
function checkPrefix(prefix) {
    const fault = characterFault(prefix) ?? segmentFault(prefix.split('/').slice(0, -1));
    if (fault !== undefined)
        throw badKey(prefix, fault);
}
/** The key as the path of a URL: each segment percent-encoded, `+` too, which some servers read as a space. */
function encodeKey(key) {
    checkKey(key);
    return key.split('/').map(encodeURIComponent).join('/');
}
function keyFault(key) {
    return key === '' ? 'it is empty' : (characterFault(key) ?? segmentFault(key.split('/')));
}
function characterFault(text) {
    if (text.includes('\0'))
        return 'it has a NUL byte';
    if (/\p{Surrogate}/u.test(text))
        return 'it is not valid Unicode';
    return undefined;
}
function segmentFault(segments) {
    for (const segment of segments) {
        if (segment === '')
            return 'it has an empty segment';
        if (segment === '.' || segment === '..')
            return `it has a "${segment}" segment`;
    }
    return undefined;
}
function badKey(key, fault) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `not a key of a build cache: ${fault}`, {
        expected: 'a relative path of non-empty segments without "." and ".."',
        found: JSON.stringify(key),
    });
}


/***/ }),

/***/ 52312:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ sizeChanged),
/* harmony export */   M: () => (/* binding */ payloadOf)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(57075);
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(82552);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(62807);
/* harmony import */ var _file_copier_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(34417);
/**
 * Bytes to send: in memory, or a stretch of a file that is never held. Their digest is known before the first
 * byte goes out, and they can be sent again.
 */





const CHUNK = 256 * 1024;
/** @throws BuildcacheError when the file cannot be read or is shorter, `cancelled` */
async function payloadOf(source, signal) {
    if (source instanceof Uint8Array) {
        return { size: source.length, sha256: (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_2__/* .sha256 */ .sc)(source), withBody: (send) => send(source) };
    }
    return {
        size: source.end - source.start,
        sha256: await hashPart(source, signal),
        withBody: async (send) => {
            const body = openPart(source);
            let failure;
            body.on('error', (error) => {
                failure = (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .fileError */ .zS)(error, source.file, 'read');
            });
            try {
                return await send(body);
            }
            catch (error) {
                throw failure ?? error;
            }
            finally {
                body.destroy();
            }
        },
    };
}
/** A file to put has another size than was said. */
function sizeChanged(file, expected, found) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildcacheError */ .fO('io', 'the file changed before it was copied', {
        file,
        expected: `${expected} bytes`,
        found: `${found} bytes`,
    });
}
async function hashPart(part, signal) {
    const { size, sha256: found } = await (0,_file_copier_js__WEBPACK_IMPORTED_MODULE_4__/* .digestFile */ .T)(part, signal);
    if (size !== part.end - part.start)
        throw sizeChanged(part.file, part.end, part.start + size);
    return found;
}
function openPart({ file, start, end }) {
    if (start === end)
        return node_stream__WEBPACK_IMPORTED_MODULE_1__.Readable.from([], { objectMode: false });
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.createReadStream)(file, { start, end: end - 1, highWaterMark: CHUNK });
}


/***/ })

};
