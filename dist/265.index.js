export const id = 265;
export const ids = [265];
export const modules = {

/***/ 2265:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openFileStorage: () => (/* binding */ openFileStorage)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(3136);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(2807);
;// CONCATENATED MODULE: ./build/core/abort.js
/** Cancellation, said in one way: whoever notices an aborted signal throws the same `cancelled` error. */

/** The error an aborted signal stands for: its reason when that is one of ours, else `cancelled`. */
function cancelled(signal) {
    const reason = signal?.reason;
    if (reason instanceof errors/* BuildcacheError */.fO)
        return reason;
    return new errors/* BuildcacheError */.fO('cancelled', 'cancelled', {}, reason);
}
/** @throws BuildcacheError `cancelled` (or the signal's own reason) when the signal is aborted */
function throwIfCancelled(signal) {
    if (signal?.aborted === true)
        throw cancelled(signal);
}

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
    const abort = () => body.destroy(cancelled(signal));
    if (signal?.aborted === true)
        abort();
    else
        signal?.addEventListener('abort', abort, { once: true });
    return body;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
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
    return `sha256:${(0,external_node_crypto_.createHash)('sha256').update(content).digest('hex')}`;
}
/** The device stays out: on network file systems its number differs between hosts. */
function statEtag(found) {
    return `stat:${found.ino}-${found.size}-${found.mtimeNs}-${found.ctimeNs}`;
}

;// CONCATENATED MODULE: ./build/storage/file-names.js
/**
 * Names we put beside published files: unfinished ones and locks. They are no keys: never listed, never read
 * or written by key, so nobody takes half a file for a whole one.
 */

const TEMPORARY = '.tmp-';
const LOCK = '.lock-';
function isReservedName(name) {
    return name.startsWith(TEMPORARY) || name.startsWith(LOCK);
}
function isTemporaryName(name) {
    return name.startsWith(TEMPORARY);
}
/** A name nobody else has. It does not contain the final one, which may be as long as names can be. */
function temporaryName() {
    return TEMPORARY + randomBytes(12).toString('hex');
}
/** The lock file of a name in the same folder. */
function lockName(name) {
    return LOCK + createHash('sha256').update(name).digest('hex').slice(0, 32);
}

;// CONCATENATED MODULE: ./build/storage/file-list.js





/** `stat` calls under way at once. */
const STATS = 32;
/**
 * Every regular file below `root` whose key starts with `prefix`. Symbolic links are followed, as reading
 * follows them, except round in a circle. What vanishes meanwhile is left out; a folder that is not there is
 * empty; one that may not be read throws `denied`.
 */
async function* listFiles(root, prefix, signal) {
    const slash = prefix.lastIndexOf('/');
    // Only whole segments lead to a folder; the rest is compared with names.
    const folder = prefix.slice(0, slash + 1);
    yield* walk({ root, folder, start: prefix.slice(slash + 1), above: new Set(), signal });
}
async function* walk({ root, folder, start, above, signal }) {
    throwIfCancelled(signal);
    const path = (0,external_node_path_.join)(root, folder);
    const identity = await folderIdentity(path);
    if (identity === undefined || above.has(identity))
        return;
    const entries = (await readFolder(path)).filter(({ name }) => name.startsWith(start) && !isReservedName(name));
    const folders = [];
    for (let at = 0; at < entries.length; at += STATS) {
        throwIfCancelled(signal);
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

// EXTERNAL MODULE: ./build/storage/key.js
var storage_key = __webpack_require__(9325);
;// CONCATENATED MODULE: ./build/storage/file.js
/**
 * A folder as a storage: `file://` mirrors and plain paths, on local and network file systems. A key is a
 * path below the root. Symbolic links are followed: who may put them there may also put files there.
 */












/**
 * @param root a folder, absolute or relative to the working directory; it need not be there: reading finds
 *   nothing, writing makes it
 */
function openFileStorage(root) {
    if (root === '' || root.includes('\0')) {
        throw new errors/* BuildcacheError */.fO('bad-input', 'not a folder name', { found: JSON.stringify(root) });
    }
    const top = (0,external_node_path_.resolve)(root);
    const pathOf = (key) => {
        (0,storage_key/* checkKey */.yR)(key);
        const reserved = key.split('/').find(isReservedName);
        if (reserved !== undefined) {
            throw new errors/* BuildcacheError */.fO('bad-input', `"${reserved}" is a name kept for unfinished files and locks`, {
                found: JSON.stringify(key),
            });
        }
        return (0,external_node_path_.join)(top, key);
    };
    return {
        url: (0,external_node_url_.pathToFileURL)(top).href,
        conditions: 'lock',
        get: async (key, options = {}) => await getFile(pathOf(key), key, options),
        head: async (key, options = {}) => {
            const found = await getFile(pathOf(key), key, options);
            if (found === undefined || found === 'not-modified')
                return undefined;
            found.body.destroy();
            return { key, size: found.size, modified: found.modified, etag: found.etag };
        },
        list: (prefix, options = {}) => {
            (0,storage_key/* checkPrefix */.by)(prefix);
            return listFiles(top, prefix, options.signal);
        },
        put: async () => {
            throw new errors/* BuildcacheError */.fO('unsupported', 'writing is not here yet');
        },
        delete: async () => {
            throw new errors/* BuildcacheError */.fO('unsupported', 'writing is not here yet');
        },
        close: async () => { },
    };
}
async function getFile(path, key, options) {
    throwIfCancelled(options.signal);
    const handle = await openIfThere(path);
    if (handle === undefined)
        return undefined;
    let handedOn = false;
    try {
        const found = await handle.stat({ bigint: true });
        // A folder, a FIFO or a device is not an object.
        if (!found.isFile())
            return undefined;
        // A small file is read at once, so that its etag is that of the very bytes handed out.
        const content = isSmall(found.size) ? await handle.readFile() : undefined;
        const etag = content === undefined ? statEtag(found) : contentEtag(content);
        if (etag === options.ifNoneMatch)
            return 'not-modified';
        const size = content?.length ?? Number(found.size);
        const start = options.range?.start ?? 0;
        const end = Math.min(size, (options.range?.end ?? Number.MAX_SAFE_INTEGER - 1) + 1);
        const info = { key, size, modified: found.mtime, etag };
        if (content !== undefined) {
            return {
                ...info,
                offset: start,
                body: external_node_stream_.Readable.from(slices(content.subarray(start, end)), { objectMode: false }),
            };
        }
        handedOn = true;
        return { ...info, offset: start, body: fileBody(handle, { start, end }, path, options.signal) };
    }
    catch (error) {
        throw (0,errors/* fileError */.zS)(error, path, 'read');
    }
    finally {
        if (!handedOn)
            await handle.close();
    }
}
function* slices(content) {
    if (content.length > 0)
        yield content;
}
async function openIfThere(path) {
    try {
        // Not blocking: opening a FIFO would wait for a writer.
        return await (0,promises_.open)(path, external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NONBLOCK);
    }
    catch (error) {
        switch ((0,errors/* systemCode */.xU)(error)) {
            case 'ENOENT':
            case 'ENOTDIR':
            case 'EISDIR':
            case 'ENXIO': // a socket
            case 'ENAMETOOLONG': // nothing can be there
                return undefined;
            default:
                throw (0,errors/* fileError */.zS)(error, path, 'read');
        }
    }
}


/***/ }),

/***/ 9325:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   by: () => (/* binding */ checkPrefix),
/* harmony export */   g2: () => (/* binding */ encodeKey),
/* harmony export */   yR: () => (/* binding */ checkKey)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2807);
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
    const fault = key === '' ? 'it is empty' : (characterFault(key) ?? segmentFault(key.split('/')));
    if (fault !== undefined)
        throw badKey(key, fault);
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


/***/ })

};
