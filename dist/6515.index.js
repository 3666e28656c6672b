export const id = 6515;
export const ids = [6515];
export const modules = {

/***/ 39688:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ku: () => (/* binding */ IndexWriter),
/* harmony export */   UZ: () => (/* binding */ copyIndex),
/* harmony export */   g3: () => (/* binding */ INDEX_VERSION),
/* harmony export */   o: () => (/* binding */ indexRecord),
/* harmony export */   os: () => (/* binding */ refuseNewerIndex)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(62807);
/* harmony import */ var _index_scan_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(59143);
/**
 * An index in the making, on disk: it may be longer than a string, or than memory. Records go in one by one, digest
 * and size are computed on the way.
 */





/** Of the database format, and so of the records. */
const INDEX_VERSION = '8';
/**
 * Refuses an index that says it is newer than any we know: what it lists we may misread, and what we would put in its
 * place may say less.
 * @throws BuildcacheError `unsupported`
 */
function refuseNewerIndex(version, url) {
    if (!(Number(version) > Number(INDEX_VERSION)))
        return;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildcacheError */ .fO('unsupported', 'an index that needs a newer program', {
        url,
        expected: `version ${INDEX_VERSION}`,
        found: `version ${version?.slice(0, 40)}`,
        hint: 'update buildcache-action',
    });
}
const FLUSH = 1024 * 1024;
class IndexWriter {
    #file;
    #handle;
    #hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
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
        const file = node_path__WEBPACK_IMPORTED_MODULE_2__.join(folder, `${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}.index`);
        try {
            return new IndexWriter(file, await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(file, 'wx', 0o600));
        }
        catch (error) {
            throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .fileError */ .zS)(error, file, 'create the temporary file');
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
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(this.#file, { force: true });
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
            throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .fileError */ .zS)(error, this.#file, 'write the temporary file');
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
    await (0,_index_scan_js__WEBPACK_IMPORTED_MODULE_4__/* .scanIndex */ .U)(settling(), source, visit);
}
/** A record's text. */
function indexRecord(specJson, refCount, inBuildcache) {
    return `{"spec":${specJson},"ref_count":${refCount},"in_buildcache":${inBuildcache}}`;
}


/***/ }),

/***/ 83839:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ fetchListed),
/* harmony export */   o: () => (/* binding */ readListed)
/* harmony export */ });
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38522);
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(82552);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(28314);
/* harmony import */ var _core_streams_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(29575);
/* harmony import */ var _fetch_document_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(93355);
/* harmony import */ var _index_file_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(39688);
/* harmony import */ var _index_scan_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(59143);
/** Which specs an index lists as being in the cache. */








/** @throws BuildcacheError `bad-input` for what is no index, `unsupported` for one that needs a newer program */
async function readListed(chunks, source) {
    const listed = new Set();
    const { records, version } = await (0,_index_scan_js__WEBPACK_IMPORTED_MODULE_7__/* .scanIndex */ .U)(chunks, source, ({ hash, json }) => {
        const record = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_3__/* .parseJson */ .qF)(json.toString('utf8'), source);
        if ((0,_core_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(record) && record['in_buildcache'] === true)
            listed.add(hash);
    });
    (0,_index_file_js__WEBPACK_IMPORTED_MODULE_6__/* .refuseNewerIndex */ .os)(version, source);
    return { listed, records };
}
/**
 * Reads a mirror's index as it is now, past all copies.
 * @returns undefined when there is none
 * @throws BuildcacheError `corrupt`, `bad-input` or `too-large` for one that cannot be used; else as the storage does
 */
async function fetchListed(reader, maxBytes, signal) {
    const location = await reader.findIndex(signal);
    if (location === undefined)
        return undefined;
    const { key, sha256, size, compression } = location;
    const url = (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_5__/* .documentUrl */ .LJ)(reader.storage, key);
    const object = await reader.storage.get(key, { signal });
    if (object === undefined || object === 'not-modified') {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('corrupt', 'the index is named but not there', {
            url,
            hint: 'run update-index',
        });
    }
    const body = sha256 === undefined ? object.body : (0,_core_streams_js__WEBPACK_IMPORTED_MODULE_4__/* .through */ .s)(object.body, (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .verifying */ .MP)({ sha256, size, source: url }));
    const text = compression === 'gzip' ? (0,_core_streams_js__WEBPACK_IMPORTED_MODULE_4__/* .through */ .s)(body, (0,node_zlib__WEBPACK_IMPORTED_MODULE_0__.createGunzip)()) : body;
    try {
        return await readListed(upTo(text, maxBytes, url), url);
    }
    finally {
        text.destroy();
    }
}
async function* upTo(chunks, maxBytes, url) {
    let bytes = 0;
    for await (const chunk of chunks) {
        bytes += chunk.length;
        if (bytes > maxBytes) {
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('too-large', 'the index is too large', {
                url,
                expected: `at most ${maxBytes} bytes`,
                hint: 'allow more with --index-max-size if this mirror is to be trusted',
            });
        }
        yield chunk;
    }
}


/***/ }),

/***/ 10324:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ mergeIndex),
/* harmony export */   e: () => (/* binding */ countReferences)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(28314);
/* harmony import */ var _spec_graph_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(85746);
/* harmony import */ var _index_file_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(39688);
/* harmony import */ var _index_scan_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(59143);
/**
 * Puts specs into an index: what is in it already streams past, and only the records the new specs touch are
 * looked into. The cost is that of copying the index, whatever was pushed.
 */






/**
 * @param base a file with the index to start from; undefined for an empty one
 * @param source what to call it in messages
 * @param folder where the result is written
 * @returns undefined when the index says it all already
 * @throws BuildcacheError `bad-input` when the index cannot be read; `unsupported` when only a newer program can
 */
async function mergeIndex(base, source, { graph, emitter, hashes }, folder) {
    const closure = new Map((0,_spec_graph_js__WEBPACK_IMPORTED_MODULE_5__/* .postOrder */ .b)(graph, hashes).map((node) => [node.hash, node]));
    const known = new Map();
    if (base !== undefined) {
        const { version } = await (0,_index_scan_js__WEBPACK_IMPORTED_MODULE_4__/* .scanIndex */ .U)((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.createReadStream)(base), source, ({ hash, json }) => {
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
    const writer = await _index_file_js__WEBPACK_IMPORTED_MODULE_3__/* .IndexWriter */ .Ku.create(folder);
    try {
        if (base !== undefined) {
            await (0,_index_file_js__WEBPACK_IMPORTED_MODULE_3__/* .copyIndex */ .UZ)((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.createReadStream)(base), source, writer, ({ hash, json }) => {
                const more = references.get(hash) ?? 0;
                const isListed = hashes.has(hash) && known.get(hash) === 'dependency';
                writer.add(hash, more > 0 || isListed ? changed(json, source, more, isListed) : json);
            });
        }
        for (const node of added) {
            const text = (0,_index_file_js__WEBPACK_IMPORTED_MODULE_3__/* .indexRecord */ .o)(emitter.node(node), references.get(node.hash) ?? 0, hashes.has(node.hash));
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
    if (version === _index_file_js__WEBPACK_IMPORTED_MODULE_3__/* .INDEX_VERSION */ .g3)
        return;
    (0,_index_file_js__WEBPACK_IMPORTED_MODULE_3__/* .refuseNewerIndex */ .os)(version, source);
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('bad-input', 'the index is of another version', {
        url: source,
        expected: _index_file_js__WEBPACK_IMPORTED_MODULE_3__/* .INDEX_VERSION */ .g3,
        found: version ?? 'none',
        hint: 'run update-index',
    });
}
function changed(json, source, references, isListed) {
    const record = recordOf(json, source);
    const before = record['ref_count'];
    return (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .stringifyCompact */ .LW)({
        ...record,
        ref_count: (typeof before === 'number' ? before : 0) + references,
        in_buildcache: isListed || record['in_buildcache'] === true,
    });
}
function recordOf(json, source) {
    const record = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseJson */ .qF)(json.toString('utf8'), source);
    return (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(record) ? record : {};
}


/***/ }),

/***/ 92749:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ indexNodes),
/* harmony export */   c: () => (/* binding */ withGaps)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28314);
/* harmony import */ var _spec_database_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(28273);
/* harmony import */ var _spec_decode_node_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(39595);
/* harmony import */ var _spec_graph_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(85746);
/* harmony import */ var _spec_hash_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(94032);
/** Whole specs out of an index, as they can go into another one. */






/**
 * Those of the specs that the index knows, and what is below them. A record that is malformed, or not what its hash
 * says, is left out.
 * @param url the index's, for messages
 */
async function indexNodes(index, url, hashes) {
    const nodes = new Map();
    const format = (0,_spec_database_js__WEBPACK_IMPORTED_MODULE_2__/* .specFormatOf */ .G)(index.databaseVersion);
    if (format === undefined || index.databaseVersion < 6)
        return nodes;
    const asked = new Set(hashes);
    for (let level = [...asked]; level.length > 0;) {
        const below = [];
        for await (const { hash, json } of index.read(await index.places(level))) {
            try {
                const record = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .qF)(json.toString('utf8'), url);
                const node = (0,_spec_decode_node_js__WEBPACK_IMPORTED_MODULE_3__/* .decodeNode */ .j)((0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(record) ? record['spec'] : undefined, format, url, hash);
                (0,_spec_hash_js__WEBPACK_IMPORTED_MODULE_4__/* .verifyHash */ .KK)(node, url);
                if (node.hash !== hash)
                    continue;
                nodes.set(hash, node);
            }
            catch (error) {
                if (!(error instanceof _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO))
                    throw error;
                continue; // It is read from its own document then.
            }
            for (const { hash: next } of nodes.get(hash)?.dependencies ?? []) {
                if (asked.has(next))
                    continue;
                asked.add(next);
                below.push(next);
            }
        }
        level = below;
    }
    return nodes;
}
/** Those of the hashes below which, or at which, something is not known. */
function withGaps(nodes, hashes) {
    const wanted = [...hashes];
    const gaps = new Set();
    for (const node of (0,_spec_graph_js__WEBPACK_IMPORTED_MODULE_5__/* .postOrder */ .b)({ nodes }, wanted)) {
        if (node.dependencies.some(({ hash }) => !nodes.has(hash) || gaps.has(hash)))
            gaps.add(node.hash);
    }
    return new Set(wanted.filter((hash) => !nodes.has(hash) || gaps.has(hash)));
}


/***/ }),

/***/ 71183:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ki: () => (/* binding */ rebuildIndex),
/* harmony export */   ir: () => (/* binding */ gatherSpecs),
/* harmony export */   qC: () => (/* binding */ readIndexNodes)
/* harmony export */ });
/* harmony import */ var p_limit__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(70370);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28314);
/* harmony import */ var _spec_decode_node_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(39595);
/* harmony import */ var _spec_emit_spec_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(21743);
/* harmony import */ var _spec_graph_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(85746);
/* harmony import */ var _spec_hash_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(94032);
/* harmony import */ var _fetch_document_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(93355);
/* harmony import */ var _index_file_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(39688);
/* harmony import */ var _index_merge_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(10324);
/* harmony import */ var _index_nodes_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(92749);
/* harmony import */ var _index_scan_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(59143);
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
    const { known, listed, read } = await gatherSpecs(reader, options);
    return { ...(await writeIndex(folder, known, listed)), specs: listed.size, read };
}
/** The specs of a mirror's entries. @throws as {@link rebuildIndex} */
async function gatherSpecs(reader, options) {
    const { jobs, signal } = options;
    // Listing a mirror is mostly waiting, and an earlier index takes work to read.
    const [found, known] = await Promise.all([listEntries(reader, options), options.known()]);
    const limit = (0,p_limit__WEBPACK_IMPORTED_MODULE_10__/* ["default"] */ .A)(jobs);
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
                options.onProblem(`left out of the index: ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .describeError */ .Uc)(error)}`);
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
    await readAll([...(0,_index_nodes_js__WEBPACK_IMPORTED_MODULE_8__/* .withGaps */ .c)(known, listed)]);
    // In the order of their names, whichever was read first: what is the same should look the same.
    const inOrder = new Set([...found.keys()].filter((hash) => listed.has(hash)));
    return { known, listed: inOrder, read };
}
/**
 * The specs of an earlier index that are what their hashes say, whatever else is wrong with it.
 * @throws BuildcacheError `unsupported` for one that only a newer program can read
 */
async function readIndexNodes(chunks, source) {
    const nodes = new Map();
    let version;
    try {
        ({ version } = await (0,_index_scan_js__WEBPACK_IMPORTED_MODULE_9__/* .scanIndex */ .U)(chunks, source, ({ hash, json }) => {
            try {
                const record = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .qF)(json.toString('utf8'), source);
                const node = (0,_spec_decode_node_js__WEBPACK_IMPORTED_MODULE_2__/* .decodeNode */ .j)((0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(record) ? record['spec'] : undefined, 5, source, hash);
                (0,_spec_hash_js__WEBPACK_IMPORTED_MODULE_4__/* .verifyHash */ .KK)(node, source);
                if (node.hash === hash)
                    nodes.set(hash, node);
            }
            catch {
                // It is read from its own document then.
            }
        }));
        if (version !== _index_file_js__WEBPACK_IMPORTED_MODULE_6__/* .INDEX_VERSION */ .g3)
            nodes.clear();
    }
    catch (error) {
        if (!isBroken(error))
            throw error;
    }
    (0,_index_file_js__WEBPACK_IMPORTED_MODULE_6__/* .refuseNewerIndex */ .os)(version, source);
    return nodes;
}
/** Keys of entries by the hash in their names. */
async function listEntries(reader, { lists, signal }) {
    if (reader.list === undefined) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('unsupported', 'what the mirror holds cannot be listed', {
            url: reader.storage.url,
        });
    }
    const entries = [];
    for await (const entry of reader.list(signal))
        entries.push(entry);
    const found = new Map();
    for (const { key, hash } of entries.sort((a, b) => (a.key < b.key ? -1 : 1))) {
        if (lists === undefined || lists(hash))
            found.set(hash, key);
    }
    return found;
}
/** All nodes of a spec's document, which must be about the spec that the entry's name says. */
async function readEntryNodes(reader, hash, key, signal) {
    const url = (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_5__/* .documentUrl */ .LJ)(reader.storage, key);
    const entry = await reader.readAt(key, signal);
    if (entry === undefined)
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('not-found', 'it was removed meanwhile', { url });
    const { root, nodes } = await reader.readSpec(entry, signal);
    if (root.hash !== hash || !reader.isPlaceOf(key, root)) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', 'it is filed as another spec', {
            url,
            expected: hash,
            found: `${root.name}@${root.version}/${root.hash}`,
        });
    }
    return nodes.values();
}
async function writeIndex(folder, known, listed) {
    const nodes = (0,_spec_graph_js__WEBPACK_IMPORTED_MODULE_11__/* .postOrder */ .b)({ nodes: known }, listed);
    const references = (0,_index_merge_js__WEBPACK_IMPORTED_MODULE_7__/* .countReferences */ .e)(nodes);
    const emitter = (0,_spec_emit_spec_js__WEBPACK_IMPORTED_MODULE_3__/* .specEmitter */ .G)({ nodes: known });
    const writer = await _index_file_js__WEBPACK_IMPORTED_MODULE_6__/* .IndexWriter */ .Ku.create(folder);
    try {
        for (const node of nodes) {
            const { hash } = node;
            writer.add(hash, (0,_index_file_js__WEBPACK_IMPORTED_MODULE_6__/* .indexRecord */ .o)(emitter.node(node), references.get(hash) ?? 0, listed.has(hash)));
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
    return ['bad-input', 'corrupt', 'unsupported', 'too-large', 'not-found'].includes((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .errorCode */ .CA)(error));
}
/** Nothing goes on behind the back of who is told of the first failure. */
async function settleAll(tasks) {
    const failed = (await Promise.allSettled(tasks)).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected')
        throw failed.reason;
}


/***/ }),

/***/ 6515:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ indexedNodes),
/* harmony export */   wM: () => (/* binding */ remakeIndex),
/* harmony export */   zO: () => (/* binding */ addToIndex)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(46466);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(58500);
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(38522);
/* harmony import */ var _core_abort_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(67844);
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(82552);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(62807);
/* harmony import */ var _core_retry_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(68216);
/* harmony import */ var _core_temporary_folder_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(88062);
/* harmony import */ var _fetch_document_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(93355);
/* harmony import */ var _index_listed_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(83839);
/* harmony import */ var _index_merge_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(10324);
/* harmony import */ var _index_rebuild_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(71183);
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
        let isDamaged = false;
        if (base.exists || isView) {
            try {
                const file = base.exists ? await fetchBase(cache, base, folder, options.signal) : undefined;
                return { index: await (0,_index_merge_js__WEBPACK_IMPORTED_MODULE_12__/* .mergeIndex */ .$)(file, url, additions, folder), read: 0 };
            }
            catch (error) {
                // What a view is about nobody but its index knows.
                if (!isUnusable(error) || isView)
                    throw error;
            }
            isDamaged = true;
            options.onProblem('the index could not be used, and is made again from all the mirror holds');
        }
        const known = async () => new Map(additions.graph.nodes);
        const index = await (0,_index_rebuild_js__WEBPACK_IMPORTED_MODULE_13__/* .rebuildIndex */ .Ki)(cache.reader, folder, { ...options, known });
        return { index, read: index.read, isDamaged };
    });
}
/** Makes the index anew from the mirror's manifests. @throws as {@link addToIndex} */
async function remakeIndex(cache, options) {
    // Specs that were read need not be read again when others were faster.
    const read = new Map();
    return await replaceIndex(cache, options, async (base, folder) => {
        let isDamaged = false;
        const known = async () => {
            const nodes = await baseNodes(cache, base, folder, options.signal);
            isDamaged = nodes === undefined;
            if (!options.full)
                for (const node of nodes ?? [])
                    read.set(node.hash, node);
            return read;
        };
        const lists = await listFilter(cache, base, folder, options);
        const index = await (0,_index_rebuild_js__WEBPACK_IMPORTED_MODULE_13__/* .rebuildIndex */ .Ki)(cache.reader, folder, { ...options, known, lists });
        const isSame = !isDamaged && index.sha256 === base.location?.sha256;
        return { index: isSame ? undefined : index, read: index.read, isDamaged };
    });
}
/** The specs that a mirror's index knows; none where it has none that can be used. */
async function indexedNodes(cache, signal) {
    const base = await cache.index.read(signal);
    return await (0,_core_temporary_folder_js__WEBPACK_IMPORTED_MODULE_9__/* .withTemporaryFolder */ .E)(async (folder) => new Map([...((await baseNodes(cache, base, folder, signal)) ?? [])].map((node) => [node.hash, node])));
}
/** @throws BuildcacheError for a view that is to be appended to and cannot be read: nobody else knows what is in it */
async function listFilter(cache, base, folder, { only, append, without, signal }) {
    let present = new Set();
    if (append === true && base.exists) {
        const file = await fetchBase(cache, base, folder, signal);
        present = (await (0,_index_listed_js__WEBPACK_IMPORTED_MODULE_11__/* .readListed */ .o)((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.createReadStream)(file), cache.index.url)).listed;
    }
    return (hash) => (only === undefined || only.has(hash) || present.has(hash)) && without?.has(hash) !== true;
}
/** Minutes of losing against others: something is wrong. */
const ATTEMPTS = 200;
const PAUSE_MS = 400;
async function replaceIndex({ index: place }, { signal }, make) {
    let read = 0;
    for (let retries = 0; retries < ATTEMPTS; retries++) {
        (0,_core_abort_js__WEBPACK_IMPORTED_MODULE_5__/* .throwIfCancelled */ .dZ)(signal);
        const started = Date.now();
        const base = await place.read(signal);
        const done = await (0,_core_temporary_folder_js__WEBPACK_IMPORTED_MODULE_9__/* .withTemporaryFolder */ .E)(async (folder) => {
            const { index, read: more, isDamaged = false } = await make(base, folder);
            read += more;
            if (index === undefined)
                return { changed: false, records: undefined };
            const isPublished = await place.replace({ ...base, isDamaged }, index, started, signal);
            return isPublished ? { changed: true, records: index.records } : undefined;
        });
        if (done !== undefined)
            return { ...done, read, retries };
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_3__.setTimeout)(Math.random() * Math.min(PAUSE_MS, 20 * 2 ** Math.min(retries, 8)));
    }
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_7__/* .BuildcacheError */ .fO('conflict', 'others kept changing the index', {
        url: place.url,
        hint: 'run update-index when they are done',
    });
}
/** The index's text as a file, verified. @throws `bad-input` or `corrupt` for one that cannot be used */
async function fetchBase({ reader: { storage }, index }, { location }, folder, signal) {
    if (location?.sha256 === undefined)
        throw (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_10__/* .incomplete */ .$x)(index.url, 'a record for the index');
    const { key, sha256, size, compression } = location;
    const url = (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_10__/* .documentUrl */ .LJ)(storage, key);
    const file = node_path__WEBPACK_IMPORTED_MODULE_1__.join(folder, 'base.json');
    return await (0,_core_retry_js__WEBPACK_IMPORTED_MODULE_8__/* .retrying */ .R)(async () => {
        const object = await storage.get(key, { signal });
        if (object === undefined || object === 'not-modified') {
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_7__/* .BuildcacheError */ .fO('corrupt', 'the index is named but not there', { url });
        }
        const checked = (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_6__/* .verifying */ .MP)({ sha256, size, source: url });
        const sink = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.createWriteStream)(file);
        if (compression === 'gzip')
            await (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_2__.pipeline)(object.body, checked, (0,node_zlib__WEBPACK_IMPORTED_MODULE_4__.createGunzip)(), sink);
        else
            await (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_2__.pipeline)(object.body, checked, sink);
        return file;
    }, { retries: 2, baseDelayMs: 100, maxDelayMs: 1000 }, signal);
}
/** @returns undefined for an index that cannot be used */
async function baseNodes(cache, base, folder, signal) {
    if (!base.exists)
        return [];
    try {
        const file = await fetchBase(cache, base, folder, signal);
        return [...(await (0,_index_rebuild_js__WEBPACK_IMPORTED_MODULE_13__/* .readIndexNodes */ .qC)((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.createReadStream)(file), cache.index.url)).values()];
    }
    catch (error) {
        if (isUnusable(error))
            return undefined;
        throw error;
    }
}
function isUnusable(error) {
    return ['corrupt', 'bad-input', 'too-large'].includes((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_7__/* .errorCode */ .CA)(error));
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

/***/ 21743:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ specEmitter),
/* harmony export */   s: () => (/* binding */ documentOrder)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28314);
/* harmony import */ var _node_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(56832);
/**
 * Concrete specs written as Spack 1.x writes them (format 5), whatever format they were read from: the nodes of an
 * index and of a `spec.json`. What a document says beyond what we model is kept.
 */



/**
 * An emitter for the specs of one graph. Nodes stand in many documents, so each one's text is made once and kept.
 * The documents' methods throw BuildcacheError `not-found` where the graph lacks a node.
 */
function specEmitter(graph) {
    const texts = new Map();
    const node = (from) => {
        let text = texts.get(from.hash);
        if (text === undefined) {
            text = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .stringifyCompact */ .LW)(format5(from));
            texts.set(from.hash, text);
        }
        return text;
    };
    const spec = (hash) => {
        const nodes = documentOrder(graph, hash).map(node);
        return `"spec":{"_meta":{"version":5},"nodes":[${nodes.join(',')}]}`;
    };
    return {
        node,
        // Spack still writes this version, an older layout's, for the sake of registries.
        document: (hash) => `{${spec(hash)},"buildcache_layout_version":2}`,
        installedDocument: (hash) => `{${spec(hash)}}`,
    };
}
/**
 * A spec and all below it, each once: depth first, a node before what it depends on, children by name; after a
 * spliced node the nodes of the spec it was built as.
 * @throws BuildcacheError `not-found` where the graph lacks a node
 */
function documentOrder(graph, hash) {
    const order = new Map();
    // Visited and written are not the same for what a build spec brought in: Spack still walks through it.
    const visited = new Set();
    const stack = [nodeOf(graph, hash, undefined)];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
        if (visited.has(node.hash))
            continue;
        visited.add(node.hash);
        order.set(node.hash, node);
        if (node.buildSpec !== undefined && node.buildSpec.hash !== node.hash) {
            const built = documentOrder(graph, nodeOf(graph, node.buildSpec.hash, node).hash);
            for (const each of built)
                if (!order.has(each.hash))
                    order.set(each.hash, each);
        }
        const children = [...node.dependencies].sort((a, b) => (a.name < b.name ? 1 : a.name > b.name ? -1 : 0));
        for (const edge of children)
            stack.push(nodeOf(graph, edge.hash, node));
    }
    return [...order.values()];
}
/** The node's dictionary as format 5 has it, without the mark of direct dependencies, which databases drop. */
function format5(node) {
    const { compiler: _, annotations, dependencies: __, hash: ___, build_spec, ...rest } = node.dict;
    const dependencies = node.dependencies.map(({ name, hash, deptypes, virtuals }) => ({
        name,
        hash,
        parameters: { deptypes, virtuals },
    }));
    return {
        ...rest,
        ...(dependencies.length === 0 ? {} : { dependencies }),
        ...(build_spec === undefined ? {} : { build_spec }),
        annotations: (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(annotations) ? annotations : annotationsOf(node),
        hash: node.hash,
    };
}
/** Formats before 5 had the compiler in the node itself. */
function annotationsOf({ originalFormat, compiler }) {
    if (originalFormat >= 5)
        return { original_specfile_version: originalFormat };
    const text = compiler === undefined ? 'None' : `${compiler.name}@=${compiler.version}`;
    return { original_specfile_version: originalFormat, compiler: text };
}
function nodeOf(graph, hash, from) {
    const node = graph.nodes.get(hash);
    if (node !== undefined)
        return node;
    const what = from === undefined ? 'the spec' : `a spec that ${from.name}/${(0,_node_js__WEBPACK_IMPORTED_MODULE_2__/* .shortHash */ .BC)(from)} needs`;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('not-found', `${what} is in neither the install database nor the environment`, {
        expected: `/${hash}`,
        hint: 'name the environment it was concretized in with --environment, or run `spack reindex`',
    });
}


/***/ })

};
