export const id = 3402;
export const ids = [3402];
export const modules = {

/***/ 88273:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  z: () => (/* binding */ addToIndex),
  w: () => (/* binding */ remakeIndex)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:stream/promises"
var promises_ = __webpack_require__(46466);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
// EXTERNAL MODULE: ./build/core/abort.js
var abort = __webpack_require__(67844);
// EXTERNAL MODULE: ./build/core/digest.js
var digest = __webpack_require__(82552);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/core/retry.js
var retry = __webpack_require__(68216);
// EXTERNAL MODULE: ./build/core/temporary-folder.js
var temporary_folder = __webpack_require__(88062);
// EXTERNAL MODULE: ./build/cache/fetch-document.js
var fetch_document = __webpack_require__(93355);
// EXTERNAL MODULE: ./build/core/json.js
var core_json = __webpack_require__(28314);
// EXTERNAL MODULE: ./build/spec/graph.js
var spec_graph = __webpack_require__(85746);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: ./build/cache/index-scan.js
var index_scan = __webpack_require__(59143);
;// CONCATENATED MODULE: ./build/cache/index-file.js
/**
 * An index in the making, on disk: it may be longer than a string, or than memory. Records go in one by one, digest
 * and size are computed on the way.
 */





/** Of the database format, and so of the records. */
const INDEX_VERSION = '8';
const FLUSH = 1024 * 1024;
class IndexWriter {
    #file;
    #handle;
    #hash = (0,external_node_crypto_.createHash)('sha256');
    #waiting = [Buffer.from(`{"database":{"version":"${INDEX_VERSION}","installs":{`)];
    #waitingBytes = 0;
    #size = 0;
    #records = 0;
    constructor(file, handle) {
        this.#file = file;
        this.#handle = handle;
    }
    /** @param folder exists */
    static async create(folder) {
        const file = external_node_path_.join(folder, `${(0,external_node_crypto_.randomUUID)()}.index`);
        try {
            return new IndexWriter(file, await (0,external_node_fs_promises_.open)(file, 'wx', 0o600));
        }
        catch (error) {
            throw (0,errors/* fileError */.zS)(error, file, 'create the temporary file');
        }
    }
    /** Takes a record's JSON; bytes are copied. Call {@link settle} now and then. */
    add(hash, json) {
        const parts = [Buffer.from(`${this.#records++ === 0 ? '' : ','}"${hash}":`), Buffer.from(json)];
        this.#waiting.push(...parts);
        for (const part of parts)
            this.#waitingBytes += part.length;
    }
    /** Writes what has come together, if it is enough to be worth it. */
    async settle() {
        if (this.#waitingBytes >= FLUSH)
            await this.#flush();
    }
    async finish() {
        this.#waiting.push(Buffer.from('}}}'));
        await this.#flush();
        await this.#handle.close();
        return {
            file: this.#file,
            size: this.#size,
            sha256: this.#hash.digest('hex'),
            records: this.#records,
        };
    }
    /** Gives up; may be called at any time. */
    async discard() {
        await Promise.allSettled([this.#handle.close()]);
        await (0,external_node_fs_promises_.rm)(this.#file, { force: true });
    }
    async #flush() {
        const bytes = Buffer.concat(this.#waiting);
        this.#waiting = [];
        this.#waitingBytes = 0;
        this.#hash.update(bytes);
        this.#size += bytes.length;
        try {
            await this.#handle.writeFile(bytes);
        }
        catch (error) {
            throw (0,errors/* fileError */.zS)(error, this.#file, 'write the temporary file');
        }
    }
}
/** As `scanIndex`, and after each chunk what the visitor has written gets to disk. */
async function copyIndex(chunks, source, writer, visit) {
    const settling = async function* () {
        for await (const chunk of chunks) {
            yield chunk;
            await writer.settle();
        }
    };
    await (0,index_scan/* scanIndex */.U)(settling(), source, visit);
}
/** A record's text. */
function indexRecord(specJson, refCount, inBuildcache) {
    return `{"spec":${specJson},"ref_count":${refCount},"in_buildcache":${inBuildcache}}`;
}

;// CONCATENATED MODULE: ./build/cache/index-merge.js
/**
 * Puts specs into an index: what is in it already streams past, and only the records the new specs touch are
 * looked into. The cost is that of copying the index, whatever was pushed.
 */






/**
 * @param base a file with the index to start from; undefined for an empty one
 * @param source what to call it in messages
 * @param folder where the result is written
 * @returns undefined when the index says it all already
 * @throws BuildcacheError `bad-input` when the index cannot be read
 */
async function mergeIndex(base, source, { graph, emitter, hashes }, folder) {
    const closure = new Map((0,spec_graph/* postOrder */.b)(graph, hashes).map((node) => [node.hash, node]));
    const known = new Map();
    if (base !== undefined) {
        const { version } = await (0,index_scan/* scanIndex */.U)((0,external_node_fs_.createReadStream)(base), source, ({ hash, json }) => {
            if (!closure.has(hash))
                return;
            known.set(hash, recordOf(json, source)['in_buildcache'] === true ? 'listed' : 'dependency');
        });
        requireVersion(version, source);
    }
    const added = [...closure.values()].filter(({ hash }) => !known.has(hash));
    const isUpdate = [...hashes].some((hash) => known.get(hash) === 'dependency');
    if (added.length === 0 && !isUpdate)
        return undefined;
    const references = countReferences(added);
    const writer = await IndexWriter.create(folder);
    try {
        if (base !== undefined) {
            await copyIndex((0,external_node_fs_.createReadStream)(base), source, writer, ({ hash, json }) => {
                const more = references.get(hash) ?? 0;
                const isListed = hashes.has(hash) && known.get(hash) === 'dependency';
                writer.add(hash, more > 0 || isListed ? changed(json, source, more, isListed) : json);
            });
        }
        for (const node of added) {
            const text = indexRecord(emitter.node(node), references.get(node.hash) ?? 0, hashes.has(node.hash));
            writer.add(node.hash, text);
            await writer.settle();
        }
        return await writer.finish();
    }
    catch (error) {
        await writer.discard();
        throw error;
    }
}
/** How many of these specs depend on each, directly and in whatever way: Spack's `ref_count`. */
function countReferences(nodes) {
    const counts = new Map();
    for (const node of nodes) {
        for (const { hash } of node.dependencies)
            counts.set(hash, (counts.get(hash) ?? 0) + 1);
    }
    return counts;
}
/** Records of other versions are not like those we add. */
function requireVersion(version, source) {
    if (version === INDEX_VERSION)
        return;
    throw new errors/* BuildcacheError */.fO('bad-input', 'the index is of another version', {
        url: source,
        expected: INDEX_VERSION,
        found: version ?? 'none',
        hint: 'run update-index',
    });
}
function changed(json, source, references, isListed) {
    const record = recordOf(json, source);
    const before = record['ref_count'];
    return (0,core_json/* stringifyCompact */.LW)({
        ...record,
        ref_count: (typeof before === 'number' ? before : 0) + references,
        in_buildcache: isListed || record['in_buildcache'] === true,
    });
}
function recordOf(json, source) {
    const record = (0,core_json/* parseJson */.qF)(json.toString('utf8'), source);
    return (0,core_json/* isObject */.Gv)(record) ? record : {};
}

// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(70370);
// EXTERNAL MODULE: ./build/spec/decode-node.js
var decode_node = __webpack_require__(39595);
// EXTERNAL MODULE: ./build/spec/emit-spec.js
var emit_spec = __webpack_require__(21743);
// EXTERNAL MODULE: ./build/spec/hash.js
var spec_hash = __webpack_require__(94032);
;// CONCATENATED MODULE: ./build/cache/index-rebuild.js
/**
 * Makes an index from the manifests a mirror has. What an earlier index says of a spec need not be read again: a
 * hash says what a spec is, and it is verified.
 */











/**
 * @param folder where the result is written
 * @throws BuildcacheError when the mirror cannot be listed, or a document cannot be fetched: an index that lacks what
 *   is there must not replace a better one
 */
async function rebuildIndex(reader, folder, options) {
    const { jobs, signal } = options;
    // Listing a mirror is mostly waiting, and an earlier index takes work to read.
    const [found, known] = await Promise.all([listEntries(reader, options), options.known()]);
    const limit = (0,p_limit/* default */.A)(jobs);
    const listed = new Set();
    let read = 0;
    const readAll = async (hashes) => {
        await settleAll(hashes.map((hash) => limit(async () => {
            signal?.throwIfAborted();
            const key = found.get(hash) ?? '';
            try {
                for (const node of await readEntryNodes(reader, hash, key, signal)) {
                    if (!known.has(node.hash))
                        known.set(node.hash, node);
                }
                listed.add(hash);
                read++;
            }
            catch (error) {
                if (!isBroken(error))
                    throw error;
                listed.delete(hash);
                options.onProblem(`left out of the index: ${(0,errors/* describeError */.Uc)(error)}`);
            }
        })));
    };
    const unknown = [];
    for (const [hash, key] of found) {
        const node = known.get(hash);
        if (node === undefined || !reader.isPlaceOf(key, node))
            unknown.push(hash);
        else
            listed.add(hash);
    }
    await readAll(unknown);
    // What an earlier index or an install tree knows may be without all that is below it.
    await readAll([...withGaps(known, listed)]);
    // In the order of their names, whichever was read first: what is the same should look the same.
    const inOrder = new Set([...found.keys()].filter((hash) => listed.has(hash)));
    return { ...(await writeIndex(folder, known, inOrder)), specs: listed.size, read };
}
/** The specs of an earlier index that are what their hashes say, whatever else is wrong with it. */
async function readIndexNodes(chunks, source) {
    const nodes = new Map();
    try {
        const { version } = await (0,index_scan/* scanIndex */.U)(chunks, source, ({ hash, json }) => {
            try {
                const record = (0,core_json/* parseJson */.qF)(json.toString('utf8'), source);
                const node = (0,decode_node/* decodeNode */.j)((0,core_json/* isObject */.Gv)(record) ? record['spec'] : undefined, 5, source, hash);
                (0,spec_hash/* verifyHash */.KK)(node, source);
                if (node.hash === hash)
                    nodes.set(hash, node);
            }
            catch {
                // It is read from its own document then.
            }
        });
        if (version !== INDEX_VERSION)
            nodes.clear();
    }
    catch (error) {
        if (!isBroken(error))
            throw error;
    }
    return nodes;
}
/** Keys of entries by the hash in their names. */
async function listEntries(reader, { only, signal }) {
    if (reader.list === undefined) {
        throw new errors/* BuildcacheError */.fO('unsupported', 'what the mirror holds cannot be listed', {
            url: reader.storage.url,
        });
    }
    const entries = [];
    for await (const entry of reader.list(signal))
        entries.push(entry);
    const found = new Map();
    for (const { key, hash } of entries.sort((a, b) => (a.key < b.key ? -1 : 1))) {
        if (only === undefined || only.has(hash))
            found.set(hash, key);
    }
    return found;
}
/** All nodes of a spec's document, which must be about the spec that the entry's name says. */
async function readEntryNodes(reader, hash, key, signal) {
    const url = (0,fetch_document/* documentUrl */.LJ)(reader.storage, key);
    const entry = await reader.readAt(key, signal);
    if (entry === undefined)
        throw new errors/* BuildcacheError */.fO('not-found', 'it was removed meanwhile', { url });
    const { root, nodes } = await reader.readSpec(entry, signal);
    if (root.hash !== hash || !reader.isPlaceOf(key, root)) {
        throw new errors/* BuildcacheError */.fO('bad-input', 'it is filed as another spec', {
            url,
            expected: hash,
            found: `${root.name}@${root.version}/${root.hash}`,
        });
    }
    return nodes.values();
}
/** Those of the hashes below which something is not known. */
function withGaps(known, hashes) {
    const gaps = new Set();
    for (const node of (0,spec_graph/* postOrder */.b)({ nodes: known }, hashes)) {
        if (node.dependencies.some(({ hash }) => !known.has(hash) || gaps.has(hash)))
            gaps.add(node.hash);
    }
    return new Set([...gaps].filter((hash) => hashes.has(hash)));
}
async function writeIndex(folder, known, listed) {
    const nodes = (0,spec_graph/* postOrder */.b)({ nodes: known }, listed);
    const references = countReferences(nodes);
    const emitter = (0,emit_spec/* specEmitter */.G)({ nodes: known });
    const writer = await IndexWriter.create(folder);
    try {
        for (const node of nodes) {
            const { hash } = node;
            writer.add(hash, indexRecord(emitter.node(node), references.get(hash) ?? 0, listed.has(hash)));
            await writer.settle();
        }
        return await writer.finish();
    }
    catch (error) {
        await writer.discard();
        throw error;
    }
}
/** Whether the entry itself is to blame, and not the way to it. */
function isBroken(error) {
    return ['bad-input', 'corrupt', 'unsupported', 'too-large', 'not-found'].includes((0,errors/* errorCode */.CA)(error));
}
/** Nothing goes on behind the back of who is told of the first failure. */
async function settleAll(tasks) {
    const failed = (await Promise.allSettled(tasks)).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected')
        throw failed.reason;
}

;// CONCATENATED MODULE: ./build/cache/index-update.js
/**
 * Changing a mirror's index while others do the same: it is replaced on the condition that it is
 * still the one the new index was made from; if not, it is made again from what is there now, so that nobody's
 * specs are lost.
 */













/**
 * Adds specs that are in the cache to the mirror's index. A mirror without an index that can be used gets one of all
 * it holds; a view begins with these specs.
 * @throws BuildcacheError as the storage does; `conflict` when others did not let us for minutes
 */
async function addToIndex(cache, additions, options) {
    const { url, isView } = cache.index;
    return await replaceIndex(cache, options, async (base, folder) => {
        if (base.exists || isView) {
            try {
                const file = base.exists ? await fetchBase(cache, base, folder, options.signal) : undefined;
                return { index: await mergeIndex(file, url, additions, folder), read: 0 };
            }
            catch (error) {
                // What a view is about nobody but its index knows.
                if (!isUnusable(error) || isView)
                    throw error;
            }
            options.onProblem('the index could not be used, and is made again from all the mirror holds');
        }
        const known = async () => new Map(additions.graph.nodes);
        const index = await rebuildIndex(cache.reader, folder, { ...options, known });
        return { index, read: index.read };
    });
}
/** Makes the index anew from the mirror's manifests. @throws as {@link addToIndex} */
async function remakeIndex(cache, options) {
    // Specs that were read need not be read again when others were faster.
    const read = new Map();
    return await replaceIndex(cache, options, async (base, folder) => {
        const known = async () => {
            if (options.full)
                return read;
            for (const node of await baseNodes(cache, base, folder, options.signal))
                read.set(node.hash, node);
            return read;
        };
        const index = await rebuildIndex(cache.reader, folder, { ...options, known });
        return { index: index.sha256 === base.location?.sha256 ? undefined : index, read: index.read };
    });
}
/** Minutes of losing against others: something is wrong. */
const ATTEMPTS = 200;
const PAUSE_MS = 400;
async function replaceIndex({ index: place }, { signal }, make) {
    let read = 0;
    for (let retries = 0; retries < ATTEMPTS; retries++) {
        (0,abort/* throwIfCancelled */.dZ)(signal);
        const started = Date.now();
        const base = await place.read(signal);
        const done = await (0,temporary_folder/* withTemporaryFolder */.E)(async (folder) => {
            const { index, read: more } = await make(base, folder);
            read += more;
            if (index === undefined)
                return { changed: false, records: undefined };
            const isPublished = await place.replace(base, index, started, signal);
            return isPublished ? { changed: true, records: index.records } : undefined;
        });
        if (done !== undefined)
            return { ...done, read, retries };
        await (0,external_node_timers_promises_.setTimeout)(Math.random() * Math.min(PAUSE_MS, 20 * 2 ** Math.min(retries, 8)));
    }
    throw new errors/* BuildcacheError */.fO('conflict', 'others kept changing the index', {
        url: place.url,
        hint: 'run update-index when they are done',
    });
}
/** The index's text as a file, verified. @throws `bad-input` or `corrupt` for one that cannot be used */
async function fetchBase({ reader: { storage }, index }, { location }, folder, signal) {
    if (location?.sha256 === undefined)
        throw (0,fetch_document/* incomplete */.$x)(index.url, 'a record for the index');
    const { key, sha256, size, compression } = location;
    const url = (0,fetch_document/* documentUrl */.LJ)(storage, key);
    const file = external_node_path_.join(folder, 'base.json');
    return await (0,retry/* retrying */.R)(async () => {
        const object = await storage.get(key, { signal });
        if (object === undefined || object === 'not-modified') {
            throw new errors/* BuildcacheError */.fO('corrupt', 'the index is named but not there', { url });
        }
        const checked = (0,digest/* verifying */.MP)({ sha256, size, source: url });
        const sink = (0,external_node_fs_.createWriteStream)(file);
        if (compression === 'gzip')
            await (0,promises_.pipeline)(object.body, checked, (0,external_node_zlib_.createGunzip)(), sink);
        else
            await (0,promises_.pipeline)(object.body, checked, sink);
        return file;
    }, { retries: 2, baseDelayMs: 100, maxDelayMs: 1000 }, signal);
}
async function baseNodes(cache, base, folder, signal) {
    if (!base.exists)
        return [];
    try {
        const file = await fetchBase(cache, base, folder, signal);
        return (await readIndexNodes((0,external_node_fs_.createReadStream)(file), cache.index.url)).values();
    }
    catch (error) {
        if (isUnusable(error))
            return [];
        throw error;
    }
}
function isUnusable(error) {
    return ['corrupt', 'bad-input', 'too-large'].includes((0,errors/* errorCode */.CA)(error));
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

/***/ 34042:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Q: () => (/* binding */ openPushMirror)
});

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/core/retry.js
var retry = __webpack_require__(68216);
// EXTERNAL MODULE: ./build/storage/read.js
var storage_read = __webpack_require__(53700);
// EXTERNAL MODULE: ./build/cache/fetch-document.js
var fetch_document = __webpack_require__(93355);
// EXTERNAL MODULE: ./build/cache/layout3.js
var layout3 = __webpack_require__(65314);
// EXTERNAL MODULE: ./build/cache/manifest.js
var cache_manifest = __webpack_require__(57356);
// EXTERNAL MODULE: ./build/cache/put-blob.js
var put_blob = __webpack_require__(52394);
;// CONCATENATED MODULE: ./build/cache/index-place.js
/**
 * Where a mirror keeps its index, for changing it while others do the same: it is read together with what tells its
 * version, and replaced on the condition that it still is that version. Where the storage has no conditions, what
 * was written is read back.
 */








/**
 * Layout 3: a manifest that names the index's blob, which is written first. Blobs of earlier indices are left: readers
 * may have just been told of them.
 */
function layout3Index(storage, view) {
    const key = (0,layout3/* indexManifestKey */.BE)(view);
    const url = (0,fetch_document/* documentUrl */.LJ)(storage, key);
    const read = async (signal) => await (0,retry/* retrying */.R)(async () => {
        const object = await storage.get(key, { signal });
        if (object === undefined || object === 'not-modified') {
            return { exists: false, etag: undefined, location: undefined };
        }
        const bytes = await (0,storage_read/* readAll */.y)(object, { maxBytes: 1024 * 1024, what: 'the index manifest' });
        return { exists: true, etag: object.etag, location: locationIn(bytes, url) };
    }, { retries: 2, baseDelayMs: 100, maxDelayMs: 1000 }, signal);
    const isOurs = async ({ sha256 }, signal) => (await read(signal)).location?.sha256 === sha256;
    return {
        url,
        isView: view !== undefined,
        read,
        async replace(base, index, started, signal) {
            const record = (0,put_blob/* blobRecord */.RB)('index', index, 'none');
            const blob = await (0,put_blob/* putBlob */.HT)(storage, index, record, signal);
            const condition = !base.exists
                ? { ifAbsent: true }
                : base.etag === undefined
                    ? undefined
                    : { ifMatch: base.etag };
            try {
                await (0,put_blob/* putManifest */.RV)(storage, key, [record], { condition, signal });
            }
            catch (error) {
                if ((0,errors/* errorCode */.CA)(error) !== 'conflict')
                    throw error;
                // Our own write, whose answer was lost and which was sent again, looks like somebody else's.
                if (!(await isOurs(index, signal)))
                    return false;
            }
            if (blob === 'reused')
                await (0,put_blob/* putBlob */.HT)(storage, index, record, signal);
            if (condition !== undefined && storage.conditions !== 'none')
                return true;
            // Whoever began before us has written by then, if he is not slower than we were twice over.
            await (0,promises_.setTimeout)(100 + 2 * (Date.now() - started));
            return await isOurs(index, signal);
        },
    };
}
function locationIn(bytes, url) {
    try {
        const record = (0,cache_manifest/* findRecord */.Tq)((0,cache_manifest/* parseManifest */.Ng)(bytes, url), 'index');
        return record && { ...(0,layout3/* blobDescriptor */.tx)(record), compression: record.compression };
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
;// CONCATENATED MODULE: ./build/cache/publish.js
/**
 * Publishing entries in layout 3: blobs, then the manifest that names them, so that whatever happens in between
 * the mirror never has a manifest without its blobs. What was sent before is not sent again.
 */








/** Bytes. */
const SMALL = 256 * 1024;
/**
 * Publishes an entry, or replaces it.
 * @param signer undefined: unsigned
 * @throws BuildcacheError as the storage does: `denied`, `throttled`, `unreachable`, `io`, …
 */
async function publishEntry(storage, spec, content, signer, signal) {
    const { tarball } = content;
    // Reading a small file once is cheaper than all it takes to copy one.
    const document = await specBlob(content.document);
    const archive = tarball.size <= SMALL ? await readSmall(tarball.file) : tarball;
    const blobs = [
        [archive, (0,put_blob/* blobRecord */.RB)('tarball', archive, 'gzip')],
        [document, (0,put_blob/* blobRecord */.RB)('spec', document, 'gzip')],
    ];
    const reused = [];
    let sent = 0;
    for (const [bytes, record] of blobs) {
        if ((await (0,put_blob/* putBlob */.HT)(storage, bytes, record, signal)) === 'reused')
            reused.push([bytes, record]);
        else
            sent += record.size;
    }
    const text = (0,cache_manifest/* formatManifest */.L_)(blobs.map(([, record]) => record));
    const manifest = signer === undefined ? text : await signer.sign(text);
    await storage.put((0,layout3/* specManifestKey */.s8)(spec), Buffer.from(manifest), {
        contentType: 'application/json',
        signal,
    });
    // A prune may have taken what nothing named until now, between our looking and our naming it.
    for (const [bytes, record] of reused) {
        if ((await (0,put_blob/* putBlob */.HT)(storage, bytes, record, signal)) === 'sent')
            sent += record.size;
    }
    return { sent };
}
async function readSmall(file) {
    return await (0,external_node_fs_promises_.readFile)(file).catch((error) => {
        throw (0,errors/* fileError */.zS)(error, file, 'read the tarball');
    });
}
/**
 * Whether a whole entry is there: a manifest that can be read, and both its blobs. One that is unsigned where it
 * should be signed does not count, so that it is published again.
 */
async function hasWholeEntry(storage, spec, signed, signal) {
    const key = (0,layout3/* specManifestKey */.s8)(spec);
    const reading = (0,fetch_document/* fetchDocument */.sW)(storage, key, { what: 'the spec manifest', signal });
    const bytes = await (0,put_blob/* unlessDenied */.qi)(reading, undefined);
    if (bytes === undefined)
        return false;
    try {
        const manifest = (0,cache_manifest/* parseManifest */.Ng)(bytes, (0,fetch_document/* documentUrl */.LJ)(storage, key));
        const tarball = (0,cache_manifest/* findRecord */.Tq)(manifest, 'tarball');
        const document = (0,cache_manifest/* findRecord */.Tq)(manifest, 'spec');
        if (tarball === undefined || document === undefined || (signed && !manifest.signed))
            return false;
        return (await (0,put_blob/* hasBlob */.is)(storage, tarball, signal)) && (await (0,put_blob/* hasBlob */.is)(storage, document, signal));
    }
    catch (error) {
        if ((0,errors/* errorCode */.CA)(error) === 'bad-input')
            return false;
        throw error;
    }
}
/** The bytes of a spec's blob, as Spack compresses them: no time, no name, no operating system. */
async function specBlob(json) {
    const bytes = await (0,external_node_util_.promisify)(external_node_zlib_.gzip)(json, { level: 6 });
    bytes[8] = 0;
    bytes[9] = 0xff;
    return bytes;
}
/**
 * Makes sure that the mirror is one to write layout 3 to, and marks it as one.
 * @returns whether it had to be marked
 * @throws BuildcacheError `unsupported` when all it holds is layout 2, with the way out
 */
async function ensureLayout3(storage, signal, dryRun = false) {
    if ((await (0,put_blob/* unlessDenied */.qi)(storage.head(layout3/* LAYOUT_JSON */.Cp, { signal }), undefined)) !== undefined)
        return false;
    if (await (0,put_blob/* unlessDenied */.qi)(holdsLayout2Only(storage, signal), false)) {
        throw new errors/* BuildcacheError */.fO('unsupported', 'the mirror has the old layout 2, which is only read', {
            url: storage.url,
            expected: 'layout 3, or an empty mirror',
            hint: 'convert it with `buildcache migrate` (or `spack buildcache migrate`), or push to another place',
        });
    }
    if (!dryRun) {
        await storage.put(layout3/* LAYOUT_JSON */.Cp, Buffer.from('{"signing": "gpg"}'), {
            contentType: 'application/json',
            signal,
        });
    }
    return true;
}
async function holdsLayout2Only(storage, signal) {
    return (await holds(storage, 'build_cache/', signal)) && !(await holds(storage, layout3/* SPEC_MANIFESTS */.hr, signal));
}
async function holds(storage, prefix, signal) {
    for await (const _ of storage.list(prefix, { signal }))
        return true;
    return false;
}

// EXTERNAL MODULE: ./build/cache/publish-keys.js
var publish_keys = __webpack_require__(34651);
;// CONCATENATED MODULE: ./build/cache/cache-writer.js




/** @param view the name of an index of its own, or undefined for the main one */
function openLayout3Writer(storage, view) {
    return {
        reader: (0,layout3/* openLayout3 */.qG)(storage, view),
        index: layout3Index(storage, view),
        prepare: (signal, dryRun) => ensureLayout3(storage, signal, dryRun),
        hasWhole: (spec, signed, signal) => hasWholeEntry(storage, spec, signed, signal),
        publish: (spec, content, signer, signal) => publishEntry(storage, spec, content, signer, signal),
        publishKey: (fingerprint, armored, signal) => (0,publish_keys/* publishKey */.jQ)(storage, fingerprint, armored, signal),
        updateKeyIndex: (signal) => (0,publish_keys/* updateKeyIndex */.H3)(storage, signal),
        close: () => storage.close(),
    };
}

// EXTERNAL MODULE: ./build/core/redact.js
var redact = __webpack_require__(193);
// EXTERNAL MODULE: ./build/mirrors/location.js
var mirrors_location = __webpack_require__(6296);
// EXTERNAL MODULE: ./build/mirrors/open.js
var mirrors_open = __webpack_require__(95227);
// EXTERNAL MODULE: ./build/mirrors/open-registry.js
var open_registry = __webpack_require__(53675);
;// CONCATENATED MODULE: ./build/mirrors/open-target.js
/** A mirror opened for writing. */






/**
 * The side a mirror is pushed to.
 * @param view the name of the index to change, if it is not the configured one
 * @throws BuildcacheError `unsupported` for what can only be read; else as `openStorage`
 */
async function openPushMirror(mirror, connection, view = mirror.push.view, images = {}) {
    if ((0,mirrors_location/* isRegistryUrl */.bs)(mirror.push.url)) {
        return await openRegistryMirror(mirror, { ...mirror.push, view }, connection, images);
    }
    for (const [option, value] of Object.entries(images)) {
        if (value === undefined)
            continue;
        throw new errors/* BuildcacheError */.fO('usage', `mirror "${mirror.name}" keeps no images`, {
            expected: `oci://… for a ${option === 'tag' ? 'tag' : 'base image'}`,
            found: (0,redact/* redactUrl */.B)(mirror.push.url),
        });
    }
    const storage = await (0,mirrors_open/* openStorage */.G)(mirror.name, mirror.push, connection);
    if ('put' in storage)
        return openLayout3Writer(storage, view);
    await storage.close();
    throw new errors/* BuildcacheError */.fO('unsupported', `mirror "${mirror.name}" can only be read`, {
        url: storage.url,
        expected: 'file://, s3:// or oci://',
        hint: 'give the mirror a push URL of the storage behind it (push: in mirrors.yaml)',
    });
}
async function openRegistryMirror({ name, signed }, side, connection, { baseImage, tag }) {
    const { openOciWriter, requireFreeTag } = await Promise.all(/* import() */[__webpack_require__.e(5030), __webpack_require__.e(486)]).then(__webpack_require__.bind(__webpack_require__, 486));
    if (tag !== undefined)
        requireFreeTag(tag);
    const base = baseImage === undefined ? undefined : await (0,open_registry/* openImage */.UY)(baseImage, name, side, connection);
    try {
        const registry = await (0,open_registry/* openMirrorRegistry */.vN)(name, side, connection);
        return openOciWriter(registry, { base, signed, source: sourceRepository(connection.env) });
    }
    catch (error) {
        await base?.registry.close();
        throw error;
    }
}
/** The repository whose job this is: ghcr.io links packages to it, and lets its jobs write to them. */
function sourceRepository(env) {
    const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = env;
    return server && repository ? `${server}/${repository}` : undefined;
}


/***/ })

};
