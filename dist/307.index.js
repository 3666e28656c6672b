export const id = 307;
export const ids = [307];
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

/***/ 45174:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  C: () => (/* binding */ readOneSpec)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/mirrors/environment.js + 1 modules
var mirrors_environment = __webpack_require__(52875);
// EXTERNAL MODULE: ./build/spec/format.js
var format = __webpack_require__(40731);
// EXTERNAL MODULE: ./build/plan/selection.js
var selection = __webpack_require__(60000);
;// CONCATENATED MODULE: ./build/plan/select-one.js
/** The one spec that an argument means. */



/** Named in a message. */
const SHOWN = 8;
/**
 * @param graph its roots win where a constraint means several specs
 * @throws BuildcacheError `usage` when it means several, naming them; `not-found` when it means none
 */
async function selectOne(graph, text) {
    const isRoot = new Set(graph.roots.map(({ hash }) => hash));
    const all = await (0,selection/* selectSpecs */.rk)(graph, { ...selection/* EVERYTHING */.Qz, specs: [text] });
    const roots = all.filter(({ hash }) => isRoot.has(hash));
    const matches = roots.length === 0 ? all : roots;
    const [first] = matches;
    if (first !== undefined && matches.length === 1)
        return first;
    const shown = matches.slice(0, SHOWN).map(format/* shortSpec */.Gx).join(', ');
    const more = matches.length > SHOWN ? ` and ${matches.length - SHOWN} more` : '';
    throw new errors/* BuildcacheError */.fO('usage', `${JSON.stringify(text)} matches ${matches.length} specs`, {
        expected: 'one',
        found: shown + more,
        hint: `name one by its hash: /${first?.hash.slice(0, 7) ?? ''}`,
    });
}

// EXTERNAL MODULE: ./build/spec/spec-file.js
var spec_file = __webpack_require__(5518);
;// CONCATENATED MODULE: ./build/entry/one-spec.js
/** Options of verbs about one spec: from the environment, or from a file. */






/** @throws BuildcacheError `usage` unless exactly one is given; for a spec that is not there or a file that is none */
async function readOneSpec(named, flags, environment, { cwd }) {
    if ((named.spec === undefined) === (named.file === undefined)) {
        throw new errors/* BuildcacheError */.fO('usage', `one of ${flags.spec} and ${flags.file} is needed, and not both`);
    }
    if (named.spec !== undefined) {
        const graph = await (0,mirrors_environment/* readEnvironment */.Qo)(environment);
        return { graph, spec: await selectOne(graph, named.spec) };
    }
    const file = (0,external_node_path_.resolve)(cwd, named.file ?? '');
    const bytes = await (0,promises_.readFile)(file).catch((error) => {
        throw (0,errors/* fileError */.zS)(error, file, 'read the spec file');
    });
    const { root, nodes } = (0,spec_file/* readSpecFile */.M)(bytes, file);
    return { graph: { nodes, roots: [{ hash: root.hash, spec: root.name }] }, spec: root };
}


/***/ }),

/***/ 87307:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  define: () => (/* binding */ verb_download_define)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./node_modules/commander/esm.mjs
var esm = __webpack_require__(48179);
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
// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(51455);
;// CONCATENATED MODULE: ./build/cache/blob-store.js
/**
 * Blobs kept on this machine under their digest: `<folder>/sha256/<first 2>/<sha256>`, and beside it what a download
 * that broke off has left, `<sha256>.part`. Nothing in here is trusted; whoever reads it checks the digest. Processes
 * do not get in each other's way: each writes under a name of its own, and takes a `.part` by renaming it.
 */



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
            const handle = await ignoring((0,external_node_fs_promises_.open)(file, 'r'));
            if (handle === undefined)
                return undefined;
            if (size === undefined || (await ignoring(handle.stat()))?.size === size) {
                await ignoring((0,external_node_fs_promises_.utimes)(file, new Date(), new Date()));
                return handle;
            }
            await ignoring(handle.close());
            await ignoring((0,external_node_fs_promises_.rm)(file, { force: true }));
            return undefined;
        },
        async drop(sha256) {
            await ignoring((0,external_node_fs_promises_.rm)(place(sha256), { force: true }));
        },
        async begin(sha256) {
            const file = place(sha256);
            const own = `${file}.${process.pid}-${(0,external_node_crypto_.randomBytes)(6).toString('hex')}.tmp`;
            await ignoring((0,external_node_fs_promises_.mkdir)((0,external_node_path_.dirname)(file), { recursive: true }));
            // Whoever renames it first has it; others begin anew.
            const taken = await succeeds((0,external_node_fs_promises_.rename)(`${file}.part`, own));
            const handle = await ignoring((0,external_node_fs_promises_.open)(own, taken ? 'r+' : 'wx+'));
            if (handle === undefined)
                return undefined;
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
/** Deletes what has not been used for long. */
async function sweep(folder) {
    const root = (0,external_node_path_.join)(folder, 'sha256');
    for (const part of (await ignoring((0,external_node_fs_promises_.readdir)(root))) ?? []) {
        for (const name of (await ignoring((0,external_node_fs_promises_.readdir)((0,external_node_path_.join)(root, part)))) ?? []) {
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
const ABSENT = new Set([...TRANSIENT, 'not-found', 'denied', 'cancelled']);
function isTransient(error) {
    return TRANSIENT.has((0,errors/* errorCode */.CA)(error));
}
/** Whether bytes did not come, which says nothing against those that did. */
function isAbsence(error) {
    return ABSENT.has((0,errors/* errorCode */.CA)(error));
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
// EXTERNAL MODULE: ./build/cache/layout3.js
var layout3 = __webpack_require__(65314);
// EXTERNAL MODULE: ./build/core/digest.js
var digest = __webpack_require__(82552);
// EXTERNAL MODULE: ./build/spec/spec-file.js
var spec_file = __webpack_require__(5518);
// EXTERNAL MODULE: ./build/cache/layout2.js
var layout2 = __webpack_require__(33201);
// EXTERNAL MODULE: ./build/cache/manifest.js
var manifest = __webpack_require__(57356);
;// CONCATENATED MODULE: ./build/cache/verified-entry.js
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
    if (stored === undefined)
        return undefined;
    const signed = await trust?.verify(stored.bytes.toString('utf8'), stored.url);
    const entry = signed === undefined ? stored : { ...stored, ...signedBlobs(reader, stored, signed.text) };
    const documentText = entry.spec === undefined
        ? (signed?.text ?? (0,spec_file/* specFileText */.B)(entry.bytes, entry.url))
        : await fetchSpecFile(reader, entry, entry.spec, signal);
    const document = (0,spec_file/* readSpecFile */.M)(Buffer.from(documentText), entry.url);
    if (document.root.hash !== spec.hash)
        throw ofAnotherSpec(entry, spec, document.root, signed !== undefined);
    return { entry, document, documentText, signedBy: signed?.fingerprint };
}
/** What the signed text itself says of the entry's blobs. */
function signedBlobs(reader, stored, text) {
    const { url, tarball } = stored;
    switch (reader.layout) {
        case 'v3':
            return (0,layout3/* manifestBlobs */.q2)((0,manifest/* parseManifest */.Ng)(Buffer.from(text), url), url);
        case 'v2':
            // Where it lies is our own answer, from the spec that was asked for.
            return {
                tarball: (0,layout2/* specFileTarball */.aD)((0,spec_file/* readSpecFile */.M)(Buffer.from(text), url), tarball.key, url),
                spec: undefined,
            };
        case 'oci':
            throw new errors/* BuildcacheError */.fO('unsupported', 'entries in registries are not signed', {
                url,
                hint: 'configure the mirror with signed: false, or use --unsigned',
            });
    }
}
async function fetchSpecFile(reader, entry, { key, sha256, size }, signal) {
    const source = (0,fetch_document/* documentUrl */.LJ)(reader.storage, key);
    const maxBytes = Math.min(size ?? fetch_document/* MAX_SPEC_FILE */.o$, fetch_document/* MAX_SPEC_FILE */.o$);
    const bytes = await (0,fetch_document/* fetchDocument */.sW)(reader.storage, key, { what: 'the spec file', signal, maxBytes });
    if (bytes === undefined || sha256 === undefined)
        throw (0,fetch_document/* incomplete */.$x)(entry.url, `the blob it names, ${key}`);
    (0,digest/* verifyBytes */.RV)(bytes, { sha256, size, source });
    return (0,spec_file/* specFileText */.B)(bytes, source);
}
function ofAnotherSpec(entry, asked, found, signed) {
    const name = ({ name, version, hash }) => `${name}@${version} /${hash}`;
    return new errors/* BuildcacheError */.fO(signed ? 'untrusted' : 'corrupt', signed ? 'this is a signed entry of another spec' : 'this is the entry of another spec', {
        url: entry.url,
        expected: name(asked),
        found: name(found),
        hint: 'somebody has put it in the wrong place: find out who, and push the spec again with --force',
    });
}

;// CONCATENATED MODULE: ./build/cache/obtain.js



/**
 * @param use as `DownloadCache.deliver`. What it throws ends the search, unless it says that the tarball is bad
 *   (`corrupt`, `bad-input`, `too-large`)
 * @returns undefined when no mirror has it
 * @throws BuildcacheError where none could deliver it and not all simply lack it: the first reason, or all of them
 *   under the first one's code; `cancelled`; what `use` throws of itself
 */
async function obtain(spec, options, use) {
    const failures = [];
    const notes = () => failures.map(({ mirror, error }) => `${mirror}: ${(0,errors/* describeError */.Uc)(error)}`);
    for (const mirror of options.mirrors) {
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
            if (DOWN.has((0,errors/* errorCode */.CA)(found.error)))
                break;
        }
    }
    const [first] = failures;
    if (first === undefined)
        return undefined;
    if (failures.length === 1)
        throw first.error;
    throw new errors/* BuildcacheError */.fO((0,errors/* errorCode */.CA)(first.error), `no mirror could deliver ${spec.name}@${spec.version} /${spec.hash.slice(0, 7)}: ${notes().join('; ')}`, {}, first.error);
}
/** What says something about the tarball, and nothing about who unpacks it. */
const BAD_TARBALL = new Set(['corrupt', 'bad-input', 'too-large']);
const DOWN = new Set(['unreachable', 'server-error', 'throttled']);
/** @returns undefined when it is not there */
async function fromReader(spec, reader, mirror, { cache, sha256: pinned, signal, onBytes }, use) {
    let verified;
    const failed = (error) => {
        (0,abort/* throwIfCancelled */.dZ)(signal);
        return { kind: 'failed', error };
    };
    try {
        verified = await readVerifiedEntry(reader, spec, mirror.trust, signal);
        if (verified === undefined)
            return undefined;
    }
    catch (error) {
        return failed(error);
    }
    const entry = verified;
    const { key, sha256, size } = entry.entry.tarball;
    if (sha256 === undefined)
        throw new errors/* BuildcacheError */.fO('internal', 'a tarball without a digest');
    if (pinned !== undefined && pinned !== sha256) {
        return failed(new errors/* BuildcacheError */.fO('untrusted', 'its tarball is not the one that was pinned', {
            url: entry.entry.url,
            expected: pinned,
            found: sha256,
        }));
    }
    try {
        const request = { storage: reader.storage, key, sha256, size, signal, onBytes };
        const delivery = await cache.deliver(request, (bytes) => use(bytes, entry));
        return delivery.kind === 'used' ? { ...delivery, verified: entry } : failed(delivery.error);
    }
    catch (error) {
        if (BAD_TARBALL.has((0,errors/* errorCode */.CA)(error)))
            return failed(error);
        throw error;
    }
}

// EXTERNAL MODULE: ./build/core/write-file.js
var write_file = __webpack_require__(23020);
;// CONCATENATED MODULE: ./build/commands/download.js
/** `download`: a spec's tarball and spec file, verified, into a folder. */








/**
 * Writes `<name>-<version>-<hash>.spack` and `….spec.json`; files of these names are replaced, once all is there.
 * @throws BuildcacheError `not-found` when no mirror has it; else as `obtain`
 */
async function download(spec, folder, options) {
    const name = (0,layout3/* entryName */.MB)(spec);
    const tarball = (0,external_node_path_.join)(folder, `${name}.spack`);
    const specFile = (0,external_node_path_.join)(folder, `${name}.spec.json`);
    const found = await inStaging(folder, (staging) => obtain(spec, options, async (bytes, verified) => {
        const partial = (0,external_node_path_.join)(staging, 'tarball');
        await writeTarball(bytes, partial);
        await (0,write_file/* writeWholeFile */.R0)(specFile, verified.documentText);
        await (0,external_node_fs_promises_.rename)(partial, tarball);
        return verified.entry.tarball.sha256 ?? '';
    }));
    if (found !== undefined) {
        const { value: sha256, mirror, verified, notes } = found;
        return { tarball, specFile, sha256, mirror, signedBy: verified.signedBy, notes };
    }
    throw new errors/* BuildcacheError */.fO('not-found', `no mirror has ${spec.name}@${spec.version} /${spec.hash.slice(0, 7)}`, {
        found: `asked: ${options.mirrors.map((mirror) => mirror.name).join(', ')}`,
        hint: '`buildcache list --allarch` says what they have',
    });
}
/** Beside its place, so that what is whole only has to be renamed. */
async function inStaging(folder, use) {
    let staging;
    try {
        await (0,external_node_fs_promises_.mkdir)(folder, { recursive: true });
        staging = await (0,external_node_fs_promises_.mkdtemp)((0,external_node_path_.join)(folder, '.download-'));
    }
    catch (error) {
        throw (0,errors/* fileError */.zS)(error, folder, 'download into it');
    }
    try {
        return await use(staging);
    }
    finally {
        await (0,external_node_fs_promises_.rm)(staging, { recursive: true, force: true });
    }
}
async function writeTarball(bytes, file) {
    try {
        await (0,external_node_stream_promises_.pipeline)(bytes, (0,external_node_fs_.createWriteStream)(file));
    }
    catch (error) {
        throw (0,errors/* fileError */.zS)(error, file, 'write the tarball');
    }
}

// EXTERNAL MODULE: ./build/cache/keys.js
var keys = __webpack_require__(90845);
// EXTERNAL MODULE: ./build/mirrors/open.js
var mirrors_open = __webpack_require__(95227);
;// CONCATENATED MODULE: ./build/mirrors/open-trusted.js
/** A mirror opened for taking binaries from it. */


/**
 * @param trust whose signatures count where the mirror is signed; undefined: nobody's are looked at anywhere
 * @throws as `openMirror`
 */
async function openTrustedMirror(mirror, graph, connection, trust, signal) {
    const open = await (0,mirrors_open/* openMirror */.Y)(mirror, graph, connection);
    const needed = mirror.signed ? trust : undefined;
    try {
        const problems = needed === undefined ? [] : await (0,keys/* admitPinnedKeys */.e)(needed, open.readers, signal);
        return { ...open, notes: [...open.notes, ...problems], name: mirror.name, trust: needed };
    }
    catch (error) {
        await open.close();
        throw error;
    }
}

// EXTERNAL MODULE: ./build/entry/one-spec.js + 1 modules
var one_spec = __webpack_require__(45174);
// EXTERNAL MODULE: ./build/entry/shared-options.js + 1 modules
var shared_options = __webpack_require__(49601);
// EXTERNAL MODULE: ./build/entry/trust-options.js + 1 modules
var trust_options = __webpack_require__(29385);
;// CONCATENATED MODULE: ./build/entry/verb-download.js
/** `buildcache download`: a spec in, its tarball and spec file in a folder out. */










function verb_download_define(command, context) {
    (0,trust_options/* addTrustOptions */.S_)((0,shared_options/* addSharedOptions */.J0)(command))
        .option('-s, --spec <spec>', 'a spec of the environment')
        .option('--spec-file <file>', 'a spec.json')
        .requiredOption('-p, --path <dir>', 'the folder to download into')
        .option('--sha256 <digest>', 'take no other tarball than this', verb_download_digest)
        .action((options) => run(options, context));
}
async function run(options, context) {
    const around = await (0,shared_options/* readSurroundings */.St)(options, context);
    const { environment, reporter, connection } = around;
    const { signal, env, cwd } = context;
    const named = { spec: options.spec, file: options.specFile };
    const { graph, spec } = await (0,one_spec/* readOneSpec */.C)(named, { spec: '--spec', file: '--spec-file' }, environment, context);
    if (around.mirrors.length === 0) {
        throw new errors/* BuildcacheError */.fO('usage', 'there is no mirror to download from', {
            hint: 'name one with --mirror-url, or configure it in spack.yaml',
        });
    }
    const trust = await (0,trust_options/* readTrust */.bn)(options, context, reporter);
    const mirrors = [];
    try {
        for (const mirror of around.mirrors) {
            const open = await openTrustedMirror(mirror, graph, connection, trust, signal);
            mirrors.push(open);
            for (const note of open.notes)
                reporter.warn(`${mirror.name}: ${note}`);
        }
        const cache = openDownloadCache((0,trust_options/* downloadFolder */.LP)(env));
        const found = await download(spec, (0,external_node_path_.resolve)(cwd, options.path), {
            mirrors,
            cache,
            sha256: options.sha256,
            signal,
        });
        for (const note of found.notes)
            reporter.warn(note);
        if (options.json) {
            const { tarball, specFile, sha256, mirror, signedBy } = found;
            const shown = {
                version: 1,
                hash: spec.hash,
                tarball,
                spec_file: specFile,
                sha256,
                mirror,
                signed_by: signedBy ?? null,
            };
            context.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
        }
        else if (!options.quiet) {
            context.stdout.write(`${found.tarball}\n${found.specFile}\n`);
        }
        context.exit(0);
    }
    finally {
        await Promise.all(mirrors.map((mirror) => mirror.close()));
    }
}
function verb_download_digest(text) {
    const digits = text.replace(/^sha256:/, '').toLowerCase();
    if ((0,digest/* isSha256 */._h)(digits))
        return digits;
    throw new esm/* InvalidArgumentError */.Di('Expected 64 hexadecimal digits.');
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
        const { default: picomatch } = await __webpack_require__.e(/* import() */ 6).then(__webpack_require__.t.bind(__webpack_require__, 14006, 19));
        const isMatch = picomatch(text);
        return { text, matches: (_, node) => isMatch(node.name) };
    }
    const [{ parseSpec }, { satisfies }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(682), __webpack_require__.e(939)]).then(__webpack_require__.bind(__webpack_require__, 16939)),
        Promise.all(/* import() */[__webpack_require__.e(682), __webpack_require__.e(801)]).then(__webpack_require__.bind(__webpack_require__, 31801)),
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
