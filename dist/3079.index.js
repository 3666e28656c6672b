export const id = 3079;
export const ids = [3079];
export const modules = {

/***/ 78651:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  l: () => (/* binding */ openDownloadCache)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(78474);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/core/abort.js
var abort = __webpack_require__(67844);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/cache/blob-store.js
/**
 * Blobs kept on this machine under their digest: `<folder>/sha256/<first 2>/<sha256>`, and beside it what a download
 * that broke off has left, `<sha256>.part`. Nothing in here is trusted; whoever reads it checks the digest. Processes
 * do not get in each other's way: each writes under a name of its own, and takes a `.part` by renaming it.
 *
 * The blobs of a mirror in a folder lie in the same way. So what we begin is marked as a cache
 * (https://bford.info/cachedir/), and nothing is deleted where the mark is not.
 */




/** A folder that others can write to may hold anything: a pipe nobody writes to, a link to a file that is not ours. */
const READ = external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NONBLOCK;
const APPEND = external_node_fs_.constants.O_RDWR | external_node_fs_.constants.O_NOFOLLOW | external_node_fs_.constants.O_NONBLOCK;
/** Bytes gathered before they are written: a server's pieces are small. */
const WRITE_BYTES = 1024 * 1024;
/** Blobs nobody has used for this long are deleted. */
const KEEP_MS = 30 * 24 * 3600 * 1000;
/** What killed processes left under names of their own. */
const KEEP_OWN_MS = 24 * 3600 * 1000;
/** @param folder created when something is first kept */
function openBlobStore(folder) {
    const place = (sha256) => (0,external_node_path_.join)(folder, 'sha256', sha256.slice(0, 2), sha256);
    let swept;
    return {
        async openWhole(sha256, size) {
            const file = place(sha256);
            const handle = await ignoring((0,external_node_fs_promises_.open)(file, READ));
            if (handle === undefined)
                return undefined;
            const stats = await ignoring(handle.stat());
            if (stats?.isFile() === true && (size === undefined || stats.size === size)) {
                await ignoring((0,external_node_fs_promises_.utimes)(file, new Date(), new Date()));
                return handle;
            }
            await ignoring(handle.close());
            await remove(folder, file);
            return undefined;
        },
        async drop(sha256) {
            await remove(folder, place(sha256));
        },
        async begin(sha256) {
            const file = place(sha256);
            const own = `${file}.${process.pid}-${(0,external_node_crypto_.randomBytes)(6).toString('hex')}.tmp`;
            const isNew = (await ignoring((0,external_node_fs_promises_.mkdir)((0,external_node_path_.join)(folder, 'sha256'), { recursive: true }))) !== undefined;
            if (isNew)
                await ignoring((0,external_node_fs_promises_.writeFile)((0,external_node_path_.join)(folder, MARK), MARK_TEXT, { flag: 'wx' }));
            await ignoring((0,external_node_fs_promises_.mkdir)((0,external_node_path_.dirname)(file), { recursive: true }));
            // Whoever renames it first has it; others begin anew.
            const taken = await succeeds((0,external_node_fs_promises_.rename)(`${file}.part`, own));
            const handle = await ignoring((0,external_node_fs_promises_.open)(own, taken ? APPEND : 'wx+'));
            if (handle === undefined) {
                await ignoring((0,external_node_fs_promises_.rm)(own, { force: true }));
                return undefined;
            }
            const size = (await ignoring(handle.stat()))?.size ?? 0;
            return new OwnFile({ file, own, handle, size }, () => {
                swept ??= sweep(folder);
                return swept;
            });
        },
    };
}
class OwnFile {
    handle;
    size;
    #parts;
    #sweep;
    #held = [];
    #heldBytes = 0;
    #written;
    #works = true;
    /** One write is under way while the next bytes are gathered. */
    #writing = Promise.resolve();
    constructor(parts, sweepOnce) {
        this.handle = parts.handle;
        this.size = parts.size;
        this.#parts = parts;
        this.#written = parts.size;
        this.#sweep = sweepOnce;
    }
    async append(chunk) {
        if (!this.#works)
            return;
        this.#held.push(chunk);
        this.#heldBytes += chunk.length;
        if (this.#heldBytes >= WRITE_BYTES)
            await this.#flush();
    }
    async commit() {
        await this.#leave(this.#parts.file);
        await this.#sweep();
    }
    async release() {
        await this.#leave(`${this.#parts.file}.part`);
    }
    async discard() {
        await this.#writing;
        await ignoring(this.handle.close());
        await ignoring((0,external_node_fs_promises_.rm)(this.#parts.own, { force: true }));
    }
    async #leave(name) {
        await this.#flush();
        await this.#writing;
        // What is incomplete or empty is of no use to anybody.
        if (!this.#works || this.#written === 0)
            return await this.discard();
        await ignoring(this.handle.close());
        if (!(await succeeds((0,external_node_fs_promises_.rename)(this.#parts.own, name))))
            await ignoring((0,external_node_fs_promises_.rm)(this.#parts.own, { force: true }));
    }
    /** Resolves when all but the last bytes are written. */
    async #flush() {
        await this.#writing;
        const bytes = Buffer.concat(this.#held, this.#heldBytes);
        this.#held = [];
        this.#heldBytes = 0;
        this.#writing = this.#write(bytes);
    }
    async #write(bytes) {
        for (let done = 0; this.#works && done < bytes.length;) {
            const wrote = await ignoring(this.handle.write(bytes, done, bytes.length - done, this.#written));
            if (wrote === undefined || wrote.bytesWritten === 0) {
                this.#works = false;
                return;
            }
            done += wrote.bytesWritten;
            this.#written += wrote.bytesWritten;
        }
    }
}
const OURS = /^[0-9a-f]{64}(?:\.part|\.\d+-[0-9a-f]+\.tmp)?$/;
const MARK = 'CACHEDIR.TAG';
const MARK_TEXT = 'Signature: 8a477f597d28d172789f06886806bc55\n# Downloads of buildcache, which may be deleted at any time.\n';
async function isMarked(folder) {
    return await succeeds((0,external_node_fs_promises_.access)((0,external_node_path_.join)(folder, MARK)));
}
async function remove(folder, file) {
    if (await isMarked(folder))
        await ignoring((0,external_node_fs_promises_.rm)(file, { force: true }));
}
/** Deletes what has not been used for long. */
async function sweep(folder) {
    if (!(await isMarked(folder)))
        return;
    const root = (0,external_node_path_.join)(folder, 'sha256');
    for (const part of (await ignoring((0,external_node_fs_promises_.readdir)(root))) ?? []) {
        const names = (await ignoring((0,external_node_fs_promises_.readdir)((0,external_node_path_.join)(root, part)))) ?? [];
        for (const name of names.filter((each) => OURS.test(each))) {
            const file = (0,external_node_path_.join)(root, part, name);
            const info = await ignoring((0,external_node_fs_promises_.stat)(file));
            const keep = name.endsWith('.tmp') ? KEEP_OWN_MS : KEEP_MS;
            if (info !== undefined && Date.now() - info.mtimeMs > keep)
                await ignoring((0,external_node_fs_promises_.rm)(file, { force: true }));
        }
    }
}
async function succeeds(action) {
    return await action.then(() => true, () => false);
}
async function ignoring(promise) {
    try {
        return await promise;
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./build/cache/fetch-document.js
var fetch_document = __webpack_require__(93355);
;// CONCATENATED MODULE: ./build/cache/download-cache.js
/**
 * Blobs on their way to this machine: handed on while they arrive, checked on the way, and kept under their digest so
 * that they need not come twice. What arrived before a download broke off is not asked for again.
 *
 * The bytes are handed on at once instead of being downloaded to their end first: unpacking then takes place while
 * the network is waited for, and a large tarball is not read a second time.
 */








/** @param folder created when something is first kept; undefined: nothing is */
function openDownloadCache(folder) {
    const store = folder === undefined ? undefined : openBlobStore(folder);
    return {
        async deliver(request, use) {
            // What lies on this machine's disks already need not lie there twice.
            const keeping = request.storage.url.startsWith('file:') ? undefined : store;
            const kept = await keeping?.openWhole(request.sha256, request.size);
            if (kept !== undefined) {
                try {
                    const delivery = await handOver(request, bytesOf(kept, Number.POSITIVE_INFINITY), use);
                    if (delivery.kind === 'used')
                        return delivery;
                }
                finally {
                    await kept.close().catch(() => undefined);
                }
                await keeping?.drop(request.sha256);
            }
            const part = await keeping?.begin(request.sha256);
            const delivery = await fetchOnce(request, part, use);
            // What an earlier download has left may be what is wrong.
            const tainted = part !== undefined && part.size > 0 && delivery.kind === 'failed' && !isAbsence(delivery.error);
            return tainted ? await fetchOnce(request, await keeping?.begin(request.sha256), use) : delivery;
        },
    };
}
/** Where nothing says how large a tarball is: far above any. */
const MAX_BYTES = 64 * 1024 ** 3;
const CHUNK = 256 * 1024;
/** A body that breaks off is gone on with, so often without getting much further. */
const RETRIES = 3;
/** Short: what keeps failing is the request that follows, which storage tries again with longer pauses. */
const PAUSE_MS = 50;
const PROGRESS = 64 * 1024;
/** From the mirror, beginning with what is there of it already. */
async function fetchOnce(request, part, use) {
    const stop = new AbortController();
    const signals = request.signal === undefined ? [stop.signal] : [request.signal, stop.signal];
    const chunks = mirrorBytes({ ...request, signal: AbortSignal.any(signals) }, part);
    let outcome = 'cut';
    try {
        const delivery = await handOver(request, chunks, use, () => stop.abort());
        if (delivery.kind === 'used')
            outcome = 'whole';
        else if (!isAbsence(delivery.error))
            outcome = 'wrong';
        return delivery;
    }
    finally {
        if (outcome === 'whole')
            await part?.commit();
        else if (outcome === 'wrong')
            await part?.discard();
        else
            await part?.release();
    }
}
/** @param stop called when nobody reads any more */
async function handOver(request, chunks, use, stop = () => undefined) {
    let state;
    const source = checkedBytes(request, chunks);
    const watched = async function* () {
        try {
            for (;;) {
                // Not around the `yield`: what the reader throws in there is the reader's.
                const next = await source.next().catch((error) => {
                    state = { error };
                    throw error;
                });
                if (next.done === true)
                    break;
                yield next.value;
            }
            state = { whole: true };
        }
        finally {
            await source.return(undefined);
        }
    };
    const bytes = external_node_stream_.Readable.from(watched(), { objectMode: false, highWaterMark: 4 * CHUNK });
    // Whoever reads hears of it; when nobody does any more it must not end the process.
    bytes.on('error', () => undefined);
    let value;
    try {
        value = await use(bytes);
    }
    catch (error) {
        if (state !== undefined && 'error' in state)
            return failed(request, state.error);
        // It may have seen no more than the first of them: the digest has not told right from wrong yet.
        if (FAULTY.has((0,errors/* errorCode */.CA)(error)))
            return failed(request, error);
        throw error;
    }
    finally {
        if (!bytes.closed) {
            stop();
            bytes.destroy();
            await (0,external_node_events_.once)(bytes, 'close').catch(() => undefined);
        }
    }
    if (state !== undefined && 'error' in state)
        return failed(request, state.error);
    if (state === undefined)
        throw new errors/* BuildcacheError */.fO('internal', 'a blob was not read to its end');
    return { kind: 'used', value };
}
function failed({ signal }, error) {
    (0,abort/* throwIfCancelled */.dZ)(signal);
    return { kind: 'failed', error };
}
/** Passes on what is right; the end comes only when all of it was. */
async function* checkedBytes(request, chunks) {
    const { sha256, size, signal } = request;
    const most = size ?? MAX_BYTES;
    const hash = (0,external_node_crypto_.createHash)('sha256');
    let length = 0;
    for await (const chunk of chunks) {
        length += chunk.length;
        (0,abort/* throwIfCancelled */.dZ)(signal);
        if (length > most)
            throw wrong(request, 'its length is wrong', `${most} bytes`, 'more');
        hash.update(chunk);
        yield chunk;
    }
    if (size !== undefined && length !== size) {
        throw wrong(request, 'its length is wrong', `${size} bytes`, `${length} bytes`);
    }
    const found = hash.digest('hex');
    if (found !== sha256)
        throw wrong(request, 'its SHA-256 is wrong', sha256, found);
}
async function* bytesOf(handle, end) {
    for (let position = 0; position < end;) {
        const wanted = Math.min(CHUNK, end - position);
        const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(wanted), 0, wanted, position);
        if (bytesRead === 0)
            return;
        position += bytesRead;
        yield buffer.subarray(0, bytesRead);
    }
}
/** What is there already, then the rest; gone on with where it breaks off. */
async function* mirrorBytes(request, part) {
    const { size, signal, onBytes } = request;
    let position = 0;
    if (part !== undefined) {
        for await (const chunk of bytesOf(part.handle, part.size)) {
            position += chunk.length;
            yield chunk;
        }
    }
    let failures = 0;
    let milestone = position;
    while (size === undefined || position < size) {
        try {
            for await (const chunk of rest(request, position)) {
                position += chunk.length;
                onBytes?.(chunk.length);
                await part?.append(chunk);
                yield chunk;
            }
            return;
        }
        catch (error) {
            if (position - milestone >= PROGRESS)
                failures = 0;
            milestone = position;
            if (!isTransient(error) || failures++ === RETRIES || signal?.aborted === true)
                throw error;
            await (0,promises_.setTimeout)(PAUSE_MS * 2 ** (failures - 1), undefined, signal === undefined ? {} : { signal });
        }
    }
}
/** The blob from this position on. */
async function* rest(request, position) {
    const { storage, key, size, signal } = request;
    // One byte more than is missing: where nothing is, the range would be refused.
    const range = position === 0 ? undefined : { start: position - 1 };
    const object = await storage.get(key, { signal, ...(range === undefined ? {} : { range }) });
    if (object === undefined || object === 'not-modified') {
        throw new errors/* BuildcacheError */.fO('not-found', 'it is named but not there', {
            url: (0,fetch_document/* documentUrl */.LJ)(storage, key),
            hint: 'push the spec again with --force',
        });
    }
    const { body, offset } = object;
    // One that is destroyed unread has nobody else to tell.
    body.on('error', () => undefined);
    try {
        const html = object.contentType === 'text/html';
        if (size !== undefined && object.size !== undefined && object.size !== size) {
            throw wrong(request, 'its length is wrong', `${size} bytes`, `${object.size} bytes${html ? ' of HTML' : ''}`);
        }
        if (offset > position)
            throw wrong(request, 'the server sent another range', `from ${position}`, `from ${offset}`);
        let skip = position - offset;
        for await (const chunk of body) {
            if (chunk.length > skip)
                yield skip === 0 ? chunk : chunk.subarray(skip);
            skip = Math.max(0, skip - chunk.length);
        }
    }
    finally {
        body.destroy();
    }
}
function wrong({ storage, key }, message, expected, found) {
    return new errors/* BuildcacheError */.fO('corrupt', message, { url: (0,fetch_document/* documentUrl */.LJ)(storage, key), expected, found });
}
const TRANSIENT = new Set(['unreachable', 'throttled', 'server-error']);
/** What `use` says of the bytes, and not of what it does with them. */
const FAULTY = new Set(['corrupt', 'bad-input', 'too-large']);
const ABSENT = new Set([...TRANSIENT, 'not-found', 'denied', 'cancelled']);
function isTransient(error) {
    return TRANSIENT.has((0,errors/* errorCode */.CA)(error));
}
/** Whether bytes did not come, which says nothing against those that did. */
function isAbsence(error) {
    return ABSENT.has((0,errors/* errorCode */.CA)(error));
}


/***/ }),

/***/ 90845:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ fetchKeys),
/* harmony export */   e: () => (/* binding */ admitPinnedKeys)
/* harmony export */ });
/* harmony import */ var p_limit__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(70370);
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(82552);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(28314);
/* harmony import */ var _storage_storage_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(13959);
/* harmony import */ var _fetch_document_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(93355);
/* harmony import */ var _layout3_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(65314);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(57356);
/* harmony import */ var _public_key_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4150);
/* harmony import */ var _publish_keys_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(34651);
/** The public keys a mirror offers, in the layouts that have a place for them. Offering is not being trusted. */










/**
 * All keys the mirror lists.
 * @throws the storage's errors for a list that cannot be read, and `bad-input` for one that is none
 */
async function fetchKeys(readers, signal) {
    const keys = new Map();
    const problems = [];
    for (const { layout, storage } of readers) {
        const place = PLACES[layout];
        if (place === undefined)
            continue;
        const names = await place.list(storage, signal);
        if (names.length > MAX_KEYS) {
            problems.push(`${storage.url} lists ${names.length} keys; only the first ${MAX_KEYS} were looked at`);
        }
        const limit = (0,p_limit__WEBPACK_IMPORTED_MODULE_8__/* ["default"] */ .A)(AT_ONCE);
        const fetched = names
            .slice(0, MAX_KEYS)
            .map((name) => limit(() => fetchNamed(place, storage, name, signal)));
        for (const found of await Promise.all(fetched)) {
            if (typeof found === 'string')
                problems.push(found);
            else
                await add(keys, found);
        }
    }
    return { keys: [...keys.values()], problems };
}
/**
 * Brings the keys that are pinned and that nobody has brought, from the mirror itself: the fingerprint says that they
 * are the right ones. One that is not there is no error; what it signed will not be trusted.
 * @returns what went wrong, one sentence each
 */
async function admitPinnedKeys(trust, readers, signal) {
    const problems = [];
    for (const { layout, storage } of readers) {
        for (const fingerprint of PLACES[layout] === undefined ? [] : trust.missing()) {
            try {
                const found = await PLACES[layout]?.read(storage, fingerprint, signal);
                if (found !== undefined)
                    await trust.admit(found.text, found.url);
            }
            catch (error) {
                if (signal?.aborted === true)
                    throw error;
                problems.push(`the key ${fingerprint} could not be fetched: ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .describeError */ .Uc)(error)}`);
            }
        }
    }
    return problems;
}
/** Bytes. Keys with hundreds of signatures are some hundred kilobytes. */
const MAX_KEY = 4 * 1024 * 1024;
const MAX_KEYS = 1000;
const AT_ONCE = 8;
const LAYOUT2_KEYS = 'build_cache/_pgp/';
const PLACES = {
    v3: {
        async list(storage, signal) {
            const index = await readNamed(storage, _publish_keys_js__WEBPACK_IMPORTED_MODULE_7__/* .KEY_INDEX */ .$C, 'keyIndex', signal);
            if (index !== undefined)
                return parseKeyIndex(index);
            return (0,_storage_storage_js__WEBPACK_IMPORTED_MODULE_9__/* .canList */ .x)(storage) ? await (0,_publish_keys_js__WEBPACK_IMPORTED_MODULE_7__/* .listKeys */ .TH)(storage, signal) : [];
        },
        read: (storage, fingerprint, signal) => readNamed(storage, (0,_publish_keys_js__WEBPACK_IMPORTED_MODULE_7__/* .keyManifestKey */ .Qr)(fingerprint), 'key', signal),
    },
    v2: {
        async list(storage, signal) {
            const index = await readDocument(storage, `${LAYOUT2_KEYS}index.json`, signal);
            if (index !== undefined)
                return parseKeyIndex(index);
            return (0,_storage_storage_js__WEBPACK_IMPORTED_MODULE_9__/* .canList */ .x)(storage) ? await listLayout2Keys(storage, signal) : [];
        },
        read: (storage, fingerprint, signal) => readDocument(storage, `${LAYOUT2_KEYS}${fingerprint}.pub`, signal),
    },
    oci: undefined,
};
/** Old mirrors have keys and no list of them. */
async function listLayout2Keys(storage, signal) {
    const names = [];
    for await (const { key } of storage.list(LAYOUT2_KEYS, { signal })) {
        const name = /^([^/]+)\.pub$/.exec(key.slice(LAYOUT2_KEYS.length))?.[1];
        if (name !== undefined)
            names.push(name);
    }
    return names.sort();
}
async function fetchNamed(place, storage, name, signal) {
    const fingerprint = (0,_public_key_js__WEBPACK_IMPORTED_MODULE_6__/* .parseFingerprint */ .sr)(name);
    if (fingerprint === undefined || fingerprint !== name) {
        return `${storage.url} lists a key that has no fingerprint for a name: ${JSON.stringify(name.slice(0, 80))}`;
    }
    try {
        const found = await place.read(storage, fingerprint, signal);
        if (found === undefined)
            return `${storage.url} lists the key ${fingerprint}, and it is not there`;
        const keys = await (0,_public_key_js__WEBPACK_IMPORTED_MODULE_6__/* .readPublicKeys */ .eK)(found.text, found.url);
        const key = keys.find((each) => each.fingerprint === fingerprint);
        if (key !== undefined)
            return key;
        const others = keys.map((each) => each.fingerprint).join(', ');
        return `${found.url} holds another key than its name says: ${others}`;
    }
    catch (error) {
        if (signal?.aborted === true)
            throw error;
        return `the key ${fingerprint} could not be fetched: ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .describeError */ .Uc)(error)}`;
    }
}
/** What a manifest's record names. */
async function readNamed(storage, key, kind, signal) {
    const manifest = await readDocument(storage, key, signal);
    if (manifest === undefined)
        return undefined;
    const record = (0,_manifest_js__WEBPACK_IMPORTED_MODULE_5__/* .findRecord */ .Tq)((0,_manifest_js__WEBPACK_IMPORTED_MODULE_5__/* .parseManifest */ .Ng)(manifest.text, manifest.url), kind);
    if (record === undefined)
        return undefined;
    const found = await readDocument(storage, (0,_layout3_js__WEBPACK_IMPORTED_MODULE_4__/* .blobKey */ .bd)(record.sha256), signal);
    if (found === undefined)
        return undefined;
    (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .verifyBytes */ .RV)(found.text, { sha256: record.sha256, size: record.size, source: found.url });
    return found;
}
async function readDocument(storage, key, signal) {
    const text = await (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .fetchDocument */ .sW)(storage, key, { what: 'the key', maxBytes: MAX_KEY, signal });
    return text && { text, url: (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .documentUrl */ .LJ)(storage, key) };
}
function parseKeyIndex({ text, url }) {
    const index = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseJson */ .qF)(text.toString('utf8'), url);
    if ((0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(index) && (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(index['keys']))
        return Object.keys(index['keys']);
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('bad-input', 'not a list of keys', { url, expected: 'an object "keys"' });
}
async function add(keys, key) {
    const known = keys.get(key.fingerprint);
    keys.set(key.fingerprint, known === undefined ? key : await (0,_public_key_js__WEBPACK_IMPORTED_MODULE_6__/* .mergeKeys */ .ZR)(known, key));
}


/***/ }),

/***/ 86992:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ obtain)
/* harmony export */ });
/* harmony import */ var _core_abort_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(67844);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _verified_entry_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(16444);



/**
 * @param use as `DownloadCache.deliver`. What it throws ends the search, unless it says that the tarball is bad
 *   (`corrupt`, `bad-input`, `too-large`)
 * @returns undefined when no mirror has it
 * @throws BuildcacheError `not-found` where one may not serve it and no other has it; where none could deliver it and not all simply lack it: the first reason, or all of them
 *   under the first one's code; `cancelled`; what `use` throws of itself
 */
async function obtain(spec, options, use) {
    const failures = [];
    const refusals = [];
    const notes = () => failures.map(({ mirror, error }) => `${mirror}: ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .describeError */ .Uc)(error)}`);
    for (const mirror of options.mirrors) {
        const refusal = mirror.refuses?.(spec);
        if (refusal !== undefined) {
            refusals.push(`${mirror.name} may not serve it, ${refusal}`);
            continue;
        }
        // Each layout is a place of its own: an entry in one that cannot be used says nothing of the other.
        for (const reader of mirror.readers) {
            const found = await fromReader(spec, reader, mirror, options, use);
            if (found === undefined)
                continue;
            if (found.kind === 'used') {
                return { value: found.value, mirror: mirror.name, verified: found.verified, notes: notes() };
            }
            failures.push({ mirror: mirror.name, error: found.error });
            // The layouts share a server: when it is down for one, the other's time-outs would only add to the wait.
            if (DOWN.has((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorCode */ .CA)(found.error)))
                break;
        }
    }
    const [first] = failures;
    if (first === undefined && refusals.length > 0) {
        const others = refusals.length < options.mirrors.length ? '; no other mirror has it' : '';
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('not-found', `${spec.name}@${spec.version} /${spec.hash.slice(0, 7)}: ${refusals.join('; ')}${others}`, { hint: 'build it with Spack, or name a mirror that has it and may serve it' });
    }
    if (first === undefined)
        return undefined;
    if (failures.length === 1)
        throw first.error;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorCode */ .CA)(first.error), `no mirror could deliver ${spec.name}@${spec.version} /${spec.hash.slice(0, 7)}: ${notes().join('; ')}`, {}, first.error);
}
const DOWN = new Set(['unreachable', 'server-error', 'throttled']);
/** @returns undefined when it is not there */
async function fromReader(spec, reader, mirror, { cache, sha256: pinned, signal, onBytes }, use) {
    let verified;
    const failed = (error) => {
        (0,_core_abort_js__WEBPACK_IMPORTED_MODULE_0__/* .throwIfCancelled */ .dZ)(signal);
        return { kind: 'failed', error };
    };
    try {
        verified = await (0,_verified_entry_js__WEBPACK_IMPORTED_MODULE_2__/* .readVerifiedEntry */ .p)(reader, spec, mirror.trust, signal);
        if (verified === undefined)
            return undefined;
    }
    catch (error) {
        return failed(error);
    }
    const entry = verified;
    const { key, sha256, size } = entry.entry.tarball;
    if (sha256 === undefined)
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('internal', 'a tarball without a digest');
    if (pinned !== undefined && pinned !== sha256) {
        return failed(new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('untrusted', 'its tarball is not the one that was pinned', {
            url: entry.entry.url,
            expected: pinned,
            found: sha256,
        }));
    }
    const request = { storage: reader.storage, key, sha256, size, signal, onBytes };
    const delivery = await cache.deliver(request, (bytes) => use(bytes, entry));
    return delivery.kind === 'used' ? { ...delivery, verified: entry } : failed(delivery.error);
}


/***/ }),

/***/ 16444:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ verifyEntry),
/* harmony export */   p: () => (/* binding */ readVerifiedEntry)
/* harmony export */ });
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(82552);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _spec_spec_file_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5518);
/* harmony import */ var _fetch_document_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(93355);
/* harmony import */ var _layout2_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(33201);
/* harmony import */ var _layout3_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(65314);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(57356);
/* harmony import */ var _oci_reader_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(75030);
/* harmony import */ var _oci_signature_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(92215);
/**
 * An entry that may be installed: signed by somebody who is trusted, and bound to the spec that was asked for. A good
 * signature alone says nothing of that: a signed entry of another spec can be copied to this one's place.
 */









/**
 * @param trust undefined: the mirror is unsigned, or signatures are not to be looked at
 * @returns undefined when there is no entry
 * @throws BuildcacheError `untrusted` for a signature that does not count and for a signed entry of another spec;
 *   `corrupt`, `bad-input`, `unsupported`, `too-large` for one that is not what it should be; else as storage does
 */
async function readVerifiedEntry(reader, spec, trust, signal) {
    const stored = await reader.read(spec, signal);
    return stored && (await verifyEntry(reader, stored, spec, trust, signal));
}
/** The same of an entry that was read already. */
async function verifyEntry(reader, stored, asked, trust, signal) {
    const signed = trust && (await verifyAny(trust, stored));
    const entry = signed === undefined ? stored : { ...stored, ...signedBlobs(reader, stored, signed.text) };
    const documentText = entry.spec === undefined
        ? (signed?.text ?? (0,_spec_spec_file_js__WEBPACK_IMPORTED_MODULE_2__/* .specFileText */ .BJ)(entry.bytes, entry.url))
        : await fetchSpecFile(reader, entry, entry.spec, signal);
    const document = (0,_spec_spec_file_js__WEBPACK_IMPORTED_MODULE_2__/* .readSpecFile */ .MB)(Buffer.from(documentText), entry.url);
    if (reader.layout === 'oci')
        (0,_oci_reader_js__WEBPACK_IMPORTED_MODULE_7__/* .requireTarball */ .U)(document, entry);
    if (document.root.hash !== asked.hash)
        throw ofAnotherSpec(entry, asked, document.root, signed !== undefined);
    return { entry, document, documentText, signedBy: signed?.fingerprint };
}
/** Of several signatures the first that counts. @throws BuildcacheError `untrusted`, as the first says it */
async function verifyAny(trust, { bytes, otherTexts = [], url }) {
    let refusal;
    for (const text of [bytes, ...otherTexts]) {
        try {
            return await trust.verify(text.toString('utf8'), url);
        }
        catch (error) {
            if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorCode */ .CA)(error) !== 'untrusted')
                throw error;
            refusal ??= error;
        }
    }
    throw refusal;
}
/** What the signed text itself says of the entry's blobs. */
function signedBlobs(reader, stored, text) {
    const { url, tarball } = stored;
    switch (reader.layout) {
        case 'v3':
            return (0,_layout3_js__WEBPACK_IMPORTED_MODULE_5__/* .manifestBlobs */ .q2)((0,_manifest_js__WEBPACK_IMPORTED_MODULE_6__/* .parseManifest */ .Ng)(Buffer.from(text), url), url);
        case 'v2':
            // Where it lies is our own answer, from the spec that was asked for.
            return {
                tarball: (0,_layout2_js__WEBPACK_IMPORTED_MODULE_4__/* .specFileTarball */ .aD)((0,_spec_spec_file_js__WEBPACK_IMPORTED_MODULE_2__/* .readSpecFile */ .MB)(Buffer.from(text), url), tarball.key, url),
                spec: undefined,
            };
        case 'oci':
            return (0,_oci_signature_js__WEBPACK_IMPORTED_MODULE_8__/* .imageBlobs */ .aR)(text, stored);
    }
}
async function fetchSpecFile(reader, entry, { key, sha256, size }, signal) {
    const source = (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .documentUrl */ .LJ)(reader.storage, key);
    const maxBytes = Math.min(size ?? _fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .MAX_SPEC_FILE */ .o$, _fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .MAX_SPEC_FILE */ .o$);
    const bytes = await (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .fetchDocument */ .sW)(reader.storage, key, { what: 'the spec file', signal, sha256, maxBytes });
    if (bytes === undefined || sha256 === undefined)
        throw (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .incomplete */ .$x)(entry.url, `the blob it names, ${key}`);
    (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .verifyBytes */ .RV)(bytes, { sha256, size, source });
    return (0,_spec_spec_file_js__WEBPACK_IMPORTED_MODULE_2__/* .specFileText */ .BJ)(bytes, source);
}
function ofAnotherSpec(entry, asked, found, signed) {
    const name = ({ name = '', version, hash }) => version === undefined ? `/${hash}` : `${name}@${version} /${hash}`;
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO(signed ? 'untrusted' : 'corrupt', signed ? 'this is a signed entry of another spec' : 'this is the entry of another spec', {
        url: entry.url,
        expected: name(asked),
        found: name(found),
        hint: 'somebody has put it in the wrong place: find out who, and push the spec again with --force',
    });
}


/***/ }),

/***/ 40009:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   v: () => (/* binding */ openTrustedMirror)
/* harmony export */ });
/* harmony import */ var _cache_keys_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(90845);
/* harmony import */ var _filter_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(70713);
/* harmony import */ var _open_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(95227);
/** A mirror opened for taking binaries from it. */



/**
 * @param trust whose signatures count where the mirror is signed; undefined: nobody's are looked at anywhere
 * @throws as `openMirror`
 */
async function openTrustedMirror(mirror, graph, connection, trust, signal) {
    const open = await (0,_open_js__WEBPACK_IMPORTED_MODULE_2__/* .openMirror */ .Y4)(mirror, graph, connection);
    const needed = mirror.signed ? trust : undefined;
    try {
        const refuses = await (0,_filter_js__WEBPACK_IMPORTED_MODULE_1__/* .refusalOf */ .O)(mirror, 'fetch', graph);
        const problems = needed === undefined ? [] : await (0,_cache_keys_js__WEBPACK_IMPORTED_MODULE_0__/* .admitPinnedKeys */ .e)(needed, open.readers, signal);
        return { ...open, notes: [...open.notes, ...problems], name: mirror.name, trust: needed, refuses };
    }
    catch (error) {
        await open.close();
        throw error;
    }
}


/***/ }),

/***/ 46744:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  O: () => (/* binding */ ambiguousSpec)
});

// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/spec/constraint/compiler.js
var constraint_compiler = __webpack_require__(49491);
// EXTERNAL MODULE: ./build/spec/format.js
var format = __webpack_require__(40731);
// EXTERNAL MODULE: ./build/spec/node.js
var node = __webpack_require__(56832);
;// CONCATENATED MODULE: ./build/spec/distinguish.js
/**
 * Tells specs apart for a person: each by its name and version, what it has that not all of its package among them
 * have, and its hash.
 */



/**
 * One line a spec, such as `hdf5@1.14.3+mpi ^openmpi@4.1.6 /abcdefg`, in the order given.
 * @param lookup the dependencies that are known, for their versions
 */
function distinguish(specs, lookup) {
    const lines = new Map();
    for (const name of new Set(specs.map((spec) => spec.name))) {
        const builds = specs.filter((spec) => spec.name === name);
        const told = distinguishBuilds(builds, lookup);
        for (const [i, spec] of builds.entries())
            lines.set(spec, told[i] ?? '');
    }
    return specs.map((spec) => lines.get(spec) ?? '');
}
function distinguishBuilds(specs, lookup) {
    const own = differingParts(specs.map(ownAttributes));
    const direct = differingParts(specs.map((spec) => directDependencies(spec, lookup)));
    const lines = specs.map((spec, i) => {
        const names = new Set(own[i]?.keys());
        const variants = new Map([...spec.variants].filter(([name]) => names.has(`variant ${name}`)));
        const rest = [...(own[i] ?? [])].filter(([name]) => !name.startsWith('variant ')).map(([, text]) => text);
        return [
            `${spec.name}@${spec.version}${(0,format/* formatVariants */.SM)(variants)}`,
            ...rest,
            ...(direct[i]?.values() ?? []),
        ];
    });
    // Where all that is the same they were built with or upon other builds of something.
    const texts = lines.map((parts) => parts.join(' '));
    const isAlone = texts.map((text) => texts.indexOf(text) === texts.lastIndexOf(text));
    const hashes = differingParts(specs.map(({ dependencies }) => new Map(dependencies.map(hashPart))));
    return specs.map((spec, i) => {
        const below = isAlone[i] ? [] : [...(hashes[i]?.values() ?? [])];
        return [texts[i], ...below, `/${(0,node/* shortHash */.BC)(spec)}`].join(' ');
    });
}
/** Of what each has under a name, what not all have. */
function differingParts(all) {
    const names = new Set(all.flatMap((parts) => [...parts.keys()]));
    const differing = new Set([...names].filter((name) => new Set(all.map((parts) => parts.get(name))).size > 1));
    return all.map((parts) => new Map([...parts].filter(([name]) => differing.has(name))));
}
function ownAttributes(spec) {
    const parts = new Map();
    for (const [name, value] of spec.variants)
        parts.set(`variant ${name}`, String(value));
    for (const [name, values] of spec.flags)
        if (values.length > 0)
            parts.set(name, `${name}=${(0,format/* quoteIfNeeded */.de)(values.join(' '))}`);
    if (spec.namespace !== undefined)
        parts.set('namespace', `namespace=${spec.namespace}`);
    parts.set('platform', `platform=${spec.platform}`);
    parts.set('os', `os=${spec.os}`);
    parts.set('target', `target=${spec.target}`);
    const compiler = (0,constraint_compiler/* compilerOf */.Lx)(spec);
    if (compiler !== undefined)
        parts.set('compiler', `%${compiler.name}@${compiler.version}`);
    return parts;
}
function directDependencies({ dependencies }, lookup) {
    const parts = new Map();
    for (const { name, hash } of dependencies) {
        const version = lookup(hash)?.version;
        const text = `^${name}${version === undefined ? '' : `@${version}`}`;
        const other = parts.get(name);
        parts.set(name, other === undefined || other === text ? text : `${other} ${text}`);
    }
    return parts;
}
function hashPart({ name, hash }) {
    return [name, `^${name}/${hash.slice(0, 7)}`];
}

;// CONCATENATED MODULE: ./build/plan/ambiguous-spec.js
/** What is said when a spec that is to mean one means several. */



/** Named in a message. */
const SHOWN = 20;
/**
 * @param text the spec as it was asked for
 * @param where it was looked for, after "specs"; empty for anywhere
 * @param lookup the dependencies that are known
 * @param orElse what to do instead of naming a hash
 */
function ambiguousSpec(text, where, specs, lookup, orElse = '') {
    // Of a hundred thousand, too, those that are shown are told from one another.
    const lines = distinguish(specs.slice(0, SHOWN), lookup);
    const more = specs.length > SHOWN ? [`and ${specs.length - SHOWN} more`] : [];
    const [first] = specs;
    const hash = first === undefined ? '' : `: /${(0,node/* shortHash */.BC)(first)}`;
    return new errors/* BuildcacheError */.fO('usage', `${JSON.stringify(text)} matches ${specs.length} specs${where}`, {
        choices: [...lines, ...more],
        hint: `name one by its hash${hash}${orElse}`,
    });
}


/***/ })

};
