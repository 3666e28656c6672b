export const id = 8479;
export const ids = [8479];
export const modules = {

/***/ 6356:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ checkEntry),
/* harmony export */   t: () => (/* binding */ verifyBlob)
/* harmony export */ });
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57075);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(46466);
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(82552);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(62807);
/* harmony import */ var _storage_asked_again_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(43571);
/* harmony import */ var _storage_read_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(53700);
/* harmony import */ var _fetch_document_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(93355);
/* harmony import */ var _verified_entry_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(16444);
/** What is wrong with one entry of a mirror, as far as one looks. */








const PROBLEM_KINDS = (/* unused pure expression or super */ null && ([
    /** The document is none, or lacks something. */
    'malformed',
    /** We cannot read it: too large, of a kind that is not known, or a page of something on the way. Others may. */
    'unreadable',
    /** It is a whole entry, of another spec than its name says. */
    'misfiled',
    /** On a mirror that is signed. */
    'unsigned',
    /** Signed, by nobody who is trusted or not for this spec. */
    'untrusted',
    'blob-missing',
    /** Of another length than the entry says. */
    'blob-size',
    /** Of another content. */
    'blob-corrupt',
]));
/** @throws BuildcacheError when it could not be told: `denied`, `unreachable`, … */
async function checkEntry(reader, listed, options) {
    const problems = [];
    const add = (kind, text, blob, belongsTo) => void problems.push({ kind, entry: listed, text, blob, belongsTo });
    const { signal } = options;
    const read = await blaming(() => (0,_storage_asked_again_js__WEBPACK_IMPORTED_MODULE_4__/* .askedAgain */ .V)(reader.storage, () => reader.readAt(listed.key, signal), signal));
    if ('error' in read) {
        add(isIllegible(read.error) ? 'unreadable' : 'malformed', (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .describeError */ .Uc)(read.error));
        return { entry: undefined, problems };
    }
    const entry = read.value;
    if (entry === undefined)
        return { entry: undefined, problems };
    if (options.signed && !entry.signed)
        add('unsigned', `${entry.url}: it is not signed`);
    for (const [what, blob] of [
        ['spec file', entry.spec],
        ['tarball', options.tarball === 'no' ? undefined : entry.tarball],
    ]) {
        if (blob !== undefined)
            await checkPresence(reader, what, blob, options, add);
    }
    const isBroken = (blob) => blob !== undefined && problems.some((problem) => problem.blob === blob);
    if (!isBroken(entry.spec))
        await checkSpec(reader, listed, entry, options, add);
    if (options.tarball === 'content' && !isBroken(entry.tarball)) {
        const found = await blaming(() => verifyBlob(reader, entry.tarball, options.signal));
        if ('error' in found) {
            const kind = isIllegible(found.error) ? 'unreadable' : 'blob-corrupt';
            add(kind, (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .describeError */ .Uc)(found.error), entry.tarball);
        }
    }
    return { entry, problems };
}
async function checkPresence({ storage }, what, blob, { sizes, signal }, add) {
    const url = (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_6__/* .documentUrl */ .LJ)(storage, blob.key);
    // Whoever finds it missing may remove the entry: it is asked for more than once.
    const ask = () => storage.head(blob.key, { signal });
    const info = sizes === undefined ? await (0,_storage_asked_again_js__WEBPACK_IMPORTED_MODULE_4__/* .askedAgain */ .V)(storage, ask, signal) : undefined;
    if (sizes === undefined ? info === undefined : !sizes.has(blob.key)) {
        return add('blob-missing', `${url}: the ${what} is not there`, blob);
    }
    const size = sizes === undefined ? info?.size : sizes.get(blob.key);
    if (size !== undefined && blob.size !== undefined && size !== blob.size) {
        add('blob-size', `${url}: the ${what} has ${size} bytes instead of ${blob.size}`, blob);
    }
}
async function checkSpec(reader, listed, entry, { trust, signed, signal }, add) {
    const spec = await blaming(() => reader.readSpec(entry, signal));
    if ('error' in spec) {
        // A spec whose content does not give its hash is corrupt, too, in a blob that is what it should be.
        const isCorrupt = entry.spec !== undefined &&
            (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .errorCode */ .CA)(spec.error) === 'corrupt' &&
            'error' in (await blaming(() => verifyBlob(reader, entry.spec ?? entry.tarball, signal)));
        const kind = isCorrupt ? 'blob-corrupt' : isIllegible(spec.error) ? 'unreadable' : 'malformed';
        return add(kind, (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .describeError */ .Uc)(spec.error), entry.spec);
    }
    const { root, nodes } = spec.value;
    if (root.hash !== listed.hash || !reader.isPlaceOf(listed.key, root, nodes)) {
        const text = `${entry.url}: it is an entry of ${root.name}@${root.version}/${root.hash}`;
        // The hash is right where the name is another: that is how somebody names it whom we do not know.
        return add('misfiled', text, undefined, root.hash === listed.hash ? undefined : root);
    }
    if (trust === undefined || !signed || !entry.signed)
        return;
    const verified = await blaming(() => (0,_verified_entry_js__WEBPACK_IMPORTED_MODULE_7__/* .readVerifiedEntry */ .p)(reader, root, trust, signal));
    if ('error' in verified)
        add('untrusted', (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .describeError */ .Uc)(verified.error));
}
/** Reads a blob to its end. @throws BuildcacheError `corrupt` where it is not what is said of it, or gone */
async function verifyBlob({ storage }, { key, sha256, size }, signal) {
    const source = (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_6__/* .documentUrl */ .LJ)(storage, key);
    const object = await (0,_storage_asked_again_js__WEBPACK_IMPORTED_MODULE_4__/* .askedAgain */ .V)(storage, () => storage.get(key, { signal }), signal);
    if (object === undefined || object === 'not-modified') {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildcacheError */ .fO('corrupt', 'the tarball was removed meanwhile', { url: source });
    }
    if (sha256 === undefined)
        return void (await (0,_storage_read_js__WEBPACK_IMPORTED_MODULE_5__/* .readAll */ .yw)(object, { maxBytes: Infinity, what: 'the tarball' }));
    const nowhere = new node_stream__WEBPACK_IMPORTED_MODULE_0__.Writable({ write: (_chunk, _encoding, done) => done() });
    await (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_1__.pipeline)(object.body, (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_2__/* .verifying */ .MP)({ sha256, size, source }), nowhere);
}
/** Whether it may be whole all the same: it is us, or what is between, who cannot tell. */
function isIllegible(error) {
    return ['unsupported', 'too-large', 'protocol'].includes((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .errorCode */ .CA)(error));
}
/** What the entry is to blame for, as a value; what is on the way to it, thrown. */
async function blaming(look) {
    try {
        return { value: await look() };
    }
    catch (error) {
        const blame = ['bad-input', 'corrupt', 'unsupported', 'too-large', 'untrusted', 'protocol'];
        if (blame.includes((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .errorCode */ .CA)(error)))
            return { error };
        throw error;
    }
}


/***/ }),

/***/ 4296:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KU: () => (/* binding */ earlierIndices),
/* harmony export */   Rq: () => (/* binding */ NOTHING_EARLIER),
/* harmony export */   n$: () => (/* binding */ withoutEntry)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(28314);
/* harmony import */ var _spec_decode_node_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(39595);
/* harmony import */ var _index_scan_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(59143);
/* harmony import */ var _index_version_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(75524);
/**
 * What an index says of specs whose own documents cannot be read here. The records go into the next index as they are,
 * with those of what the specs need: whoever can read them would miss them.
 */







const NOTHING_EARLIER = { 8: new Map(), 9: new Map() };
/**
 * The records of the hashes that are there and all below them, of each index for the next one of its version. One of
 * version 9 holds those of version 8 as well, which nobody who reads it would meet otherwise; never the other way round.
 * @param files the indices' texts; one that is no index has nothing to say
 */
async function earlierIndices(files, source, hashes) {
    if (hashes.length === 0)
        return NOTHING_EARLIER;
    const found = { 8: new Map(), 9: new Map() };
    for (const file of files) {
        try {
            await readRecords(file, source, hashes, found);
        }
        catch (error) {
            if (!['bad-input', 'too-large'].includes((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .errorCode */ .CA)(error)))
                throw error;
        }
    }
    const all = new Map(found[9]);
    for (const [hash, record] of found[8]) {
        const newer = all.get(hash);
        if (newer === undefined || (record.inBuildcache && !newer.inBuildcache))
            all.set(hash, record);
    }
    return { 8: inOrder(found[8]), 9: inOrder(all) };
}
/** @throws BuildcacheError `bad-input` or `too-large` for what is no index */
async function readRecords(file, source, hashes, into) {
    const places = new Map();
    const { version: said } = await (0,_index_scan_js__WEBPACK_IMPORTED_MODULE_5__/* .scanIndex */ .U)((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.createReadStream)(file), source, ({ hash, json, offset }) => {
        places.set(hash, { offset, length: json.length });
    });
    // Records of other versions do not go into an index of ours.
    const version = (0,_index_version_js__WEBPACK_IMPORTED_MODULE_6__/* .indexVersion */ .Tt)(said);
    if (version === undefined)
        return;
    const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(file);
    try {
        const asked = new Set(hashes);
        // A set hands out what is added during the walk, too.
        for (const hash of asked) {
            const place = places.get(hash);
            if (place === undefined || !(0,_spec_decode_node_js__WEBPACK_IMPORTED_MODULE_4__/* .isDagHash */ .X)(hash))
                continue;
            const { buffer } = await handle.read(Buffer.alloc(place.length), 0, place.length, place.offset);
            const record = readRecord(buffer.toString('utf8'), source);
            if (record === undefined)
                continue;
            into[version].set(hash, record);
            for (const each of record.below)
                asked.add(each);
        }
    }
    finally {
        await handle.close();
    }
}
/** The record of a spec that is not in the cache any more. */
function withoutEntry(record) {
    const parsed = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_3__/* .parseJson */ .qF)(record.json, 'an index');
    return record.inBuildcache && (0,_core_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(parsed)
        ? (0,_core_json_js__WEBPACK_IMPORTED_MODULE_3__/* .stringifyCompact */ .LW)({ ...parsed, in_buildcache: false })
        : record.json;
}
/** @returns undefined for what is no record to anybody */
function readRecord(json, source) {
    let record;
    try {
        record = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_3__/* .parseJson */ .qF)(json, source);
    }
    catch {
        return undefined;
    }
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(record) || !(0,_core_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(record['spec']))
        return undefined;
    const { dependencies, build_spec: built } = record['spec'];
    const edges = Array.isArray(dependencies) ? [...dependencies, built] : [built];
    return {
        json,
        inBuildcache: record['in_buildcache'] === true,
        below: edges.map((edge) => ((0,_core_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(edge) ? edge['hash'] : undefined)).filter(_spec_decode_node_js__WEBPACK_IMPORTED_MODULE_4__/* .isDagHash */ .X),
    };
}
function inOrder(records) {
    const order = new Map();
    const stack = [...records.keys()].reverse();
    const entered = new Set();
    for (let hash = stack.at(-1); hash !== undefined; hash = stack.at(-1)) {
        const record = records.get(hash);
        if (record === undefined || entered.has(hash)) {
            if (record !== undefined)
                order.set(hash, record);
            stack.pop();
        }
        else {
            entered.add(hash);
            stack.push(...record.below);
        }
    }
    return order;
}


/***/ }),

/***/ 39688:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ku: () => (/* binding */ IndexWriter),
/* harmony export */   UZ: () => (/* binding */ copyIndex),
/* harmony export */   o: () => (/* binding */ indexRecord)
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





const FLUSH = 1024 * 1024;
class IndexWriter {
    #version;
    #file;
    #handle;
    #hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    #waiting;
    #waitingBytes = 0;
    #size = 0;
    #records = 0;
    constructor(version, file, handle) {
        this.#version = version;
        this.#file = file;
        this.#handle = handle;
        this.#waiting = [Buffer.from(`{"database":{"version":"${version}","installs":{`)];
    }
    /** @param folder exists */
    static async create(folder, version) {
        const file = node_path__WEBPACK_IMPORTED_MODULE_2__.join(folder, `${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}.index`);
        try {
            return new IndexWriter(version, file, await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(file, 'wx', 0o600));
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
            version: this.#version,
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
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28314);
/* harmony import */ var _fetch_document_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(93355);
/* harmony import */ var _index_scan_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(59143);
/* harmony import */ var _index_text_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(74537);
/* harmony import */ var _index_version_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(75524);
/** Which specs an index lists as being in the cache. */






/** @throws BuildcacheError `bad-input` for what is no index, `unsupported` for one that needs a newer program */
async function readListed(chunks, source) {
    const listed = new Set();
    const recorded = new Set();
    const built = new Map();
    const { records, version } = await (0,_index_scan_js__WEBPACK_IMPORTED_MODULE_3__/* .scanIndex */ .U)(chunks, source, ({ hash, json }) => {
        const record = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .qF)(json.toString('utf8'), source);
        if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(record))
            return;
        recorded.add(hash);
        if (record['in_buildcache'] === true)
            listed.add(hash);
        else
            listed.delete(hash); // of two records under one hash the later counts
        const buildSpec = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(record['spec']) ? record['spec']['build_spec'] : undefined;
        if ((0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(buildSpec))
            built.set(hash, String(buildSpec['hash']));
    });
    (0,_index_version_js__WEBPACK_IMPORTED_MODULE_5__/* .refuseNewerIndex */ .os)(version, source);
    const [unfounded] = [...built].filter(([, hash]) => !recorded.has(hash));
    return {
        listed,
        records,
        unfounded: unfounded && { spliced: unfounded[0].slice(0, 40), buildSpec: unfounded[1].slice(0, 40) },
    };
}
/**
 * Reads a mirror's index as it is now, past all copies, and those beside it for older Spacks: what any of them lists is
 * listed to somebody.
 * @returns undefined when there is none; the records are the newest index's
 * @throws BuildcacheError `corrupt`, `bad-input` or `too-large` for one that cannot be used; else as the storage does
 */
async function fetchListed(reader, maxBytes, signal) {
    const location = await reader.findIndex(signal);
    if (location === undefined)
        return undefined;
    const { listed, records, ...newest } = await fetchOne(reader, location, maxBytes, signal);
    const all = new Set(listed);
    let { unfounded } = newest;
    for (const location of (await reader.findOlderIndices?.(signal)) ?? []) {
        const older = await fetchOne(reader, location, maxBytes, signal);
        for (const hash of older.listed)
            all.add(hash);
        unfounded ??= older.unfounded;
    }
    return { listed: all, records, unfounded };
}
async function fetchOne(reader, location, maxBytes, signal) {
    const { key } = location;
    const url = (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_2__/* .documentUrl */ .LJ)(reader.storage, key);
    const object = await reader.storage.get(key, { signal });
    if (object === undefined || object === 'not-modified') {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('corrupt', 'the index is named but not there', {
            url,
            hint: 'run update-index',
        });
    }
    const text = (0,_index_text_js__WEBPACK_IMPORTED_MODULE_4__/* .indexText */ .o)(object, location, url);
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
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('too-large', 'the index is too large', {
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
/* harmony import */ var _spec_graph_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(85746);
/* harmony import */ var _index_file_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(39688);
/* harmony import */ var _index_scan_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(59143);
/* harmony import */ var _index_version_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(75524);
/**
 * Puts specs into an index: what is in it already streams past, and only the records the new specs touch are
 * looked into. The cost is that of copying the index, whatever was pushed.
 */







/**
 * Of the version of the index that it starts from, if that is within the bounds, else of the least: one of version 8
 * becomes one of 9 as it is.
 * @param base a file with the index to start from; undefined for an empty one
 * @param source what to call it in messages
 * @param folder where the result is written
 * @returns undefined when the index says it all already
 * @throws BuildcacheError `bad-input` when the index cannot be read; `unsupported` when only a newer program can
 */
async function mergeIndex(base, source, { graph, emitter, hashes }, folder, { least, most }) {
    const closure = new Map((0,_spec_graph_js__WEBPACK_IMPORTED_MODULE_6__/* .recordOrder */ .yw)(graph, hashes).map((node) => [node.hash, node]));
    const known = new Map();
    let version = least;
    if (base !== undefined) {
        const found = await (0,_index_scan_js__WEBPACK_IMPORTED_MODULE_4__/* .scanIndex */ .U)((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.createReadStream)(base), source, ({ hash, json }) => {
            if (!closure.has(hash))
                return;
            known.set(hash, recordOf(json, source)['in_buildcache'] === true ? 'listed' : 'dependency');
        });
        version = requireVersion(found.version, source, most);
        if (version < least)
            version = least;
    }
    const added = [...closure.values()].filter(({ hash }) => !known.has(hash));
    const isUpdate = [...hashes].some((hash) => known.get(hash) === 'dependency');
    if (added.length === 0 && !isUpdate)
        return undefined;
    const references = countReferences(added);
    const writer = await _index_file_js__WEBPACK_IMPORTED_MODULE_3__/* .IndexWriter */ .Ku.create(folder, version);
    try {
        if (base !== undefined) {
            await (0,_index_file_js__WEBPACK_IMPORTED_MODULE_3__/* .copyIndex */ .UZ)((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.createReadStream)(base), source, writer, ({ hash, json }) => {
                const more = references.get(hash) ?? 0;
                const isListed = hashes.has(hash) && known.get(hash) === 'dependency';
                writer.add(hash, more > 0 || isListed ? changed(json, source, more, isListed) : json);
            });
        }
        for (const node of added) {
            const text = emitter.node(node, _index_version_js__WEBPACK_IMPORTED_MODULE_5__/* .INDEX_FORMAT */ .B7[version]);
            writer.add(node.hash, (0,_index_file_js__WEBPACK_IMPORTED_MODULE_3__/* .indexRecord */ .o)(text, references.get(node.hash) ?? 0, hashes.has(node.hash)));
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
function requireVersion(version, source, most) {
    const known = (0,_index_version_js__WEBPACK_IMPORTED_MODULE_5__/* .indexVersion */ .Tt)(version);
    if (known !== undefined && known <= most)
        return known;
    (0,_index_version_js__WEBPACK_IMPORTED_MODULE_5__/* .refuseNewerIndex */ .os)(version, source);
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('bad-input', 'the index is of another version', {
        url: source,
        expected: `version ${most}`,
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
 * Those of the specs that the index knows, what is below them, and what spliced ones were built as. A record that is
 * malformed, or not what its hash says, is left out.
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
            for (const next of needs(nodes.get(hash))) {
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
    for (const node of (0,_spec_graph_js__WEBPACK_IMPORTED_MODULE_5__/* .recordOrder */ .yw)({ nodes }, wanted)) {
        if (needs(node).some((hash) => !nodes.has(hash) || gaps.has(hash)))
            gaps.add(node.hash);
    }
    return new Set(wanted.filter((hash) => !nodes.has(hash) || gaps.has(hash)));
}
/** What a spec's record needs records of. */
function needs(node) {
    if (node === undefined)
        return [];
    const { dependencies, buildSpec } = node;
    const below = dependencies.map(({ hash }) => hash);
    return buildSpec === undefined ? below : [...below, buildSpec.hash];
}


/***/ }),

/***/ 71183:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ki: () => (/* binding */ rebuildIndex),
/* harmony export */   L2: () => (/* binding */ versionsFor),
/* harmony export */   ir: () => (/* binding */ gatherSpecs)
/* harmony export */ });
/* harmony import */ var p_limit__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(70370);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _spec_emit_spec_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(21743);
/* harmony import */ var _spec_graph_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(85746);
/* harmony import */ var _storage_asked_again_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(43571);
/* harmony import */ var _check_entry_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6356);
/* harmony import */ var _fetch_document_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(93355);
/* harmony import */ var _index_earlier_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4296);
/* harmony import */ var _index_file_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(39688);
/* harmony import */ var _index_merge_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(10324);
/* harmony import */ var _index_nodes_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(92749);
/* harmony import */ var _index_version_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(75524);
/* harmony import */ var _useless_entry_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(60278);
/**
 * Makes an index from the manifests a mirror has. What an earlier index says of a spec need not be read again: a
 * hash says what a spec is, and it is verified.
 */













/**
 * @param folder where the result is written
 * @throws BuildcacheError when the mirror cannot be listed, or a document cannot be fetched: an index that lacks what
 *   is there must not replace a better one
 */
async function rebuildIndex(reader, folder, { present, sideBySide, ...options }) {
    const { known, listed, newer, read, unread } = await gatherSpecs(reader, options);
    const earlier = (await options.earlier?.([...unread.keys()])) ?? _index_earlier_js__WEBPACK_IMPORTED_MODULE_5__/* .NOTHING_EARLIER */ .Rq;
    for (const [hash, reason] of unread) {
        const isKept = earlier[8].has(hash) || earlier[9].has(hash);
        options.onProblem(`${isKept ? 'kept in the index as it was' : 'left out of the index'}: ${reason}`);
    }
    const isBlind = unread.size > 0 && listed.size === 0 && !(await showsBlobs(reader, options.signal));
    const older = new Set([...listed].filter((hash) => !newer.has(hash)));
    const versions = versionsFor(present(), older.size > 0, newer.size > 0, sideBySide);
    const indices = [];
    for (const version of versions) {
        const [lists, before] = [version === 9 ? listed : older, earlier[version]];
        indices.push(await writeIndex(folder, version, { known, listed: lists, before, unread }));
    }
    return { indices, read, isBlind };
}
/**
 * The versions of an index that are wanted, the oldest first.
 * @param present those that are there
 * @param older whether there are specs that an index of version 8 can list
 * @param newer whether there are others
 */
function versionsFor(present, older, newer, sideBySide) {
    if (!newer && !present.includes(9))
        return [8];
    return sideBySide && (older || present.includes(8)) ? [8, 9] : [9];
}
/**
 * The specs of a mirror's entries. Those that are proved to be of use to nobody are told as a problem.
 * @throws as {@link rebuildIndex}
 */
async function gatherSpecs(reader, options) {
    const { jobs, signal } = options;
    // Listing a mirror is mostly waiting, and an earlier index takes work to read.
    const [found, known] = await Promise.all([listEntries(reader, options), options.known()]);
    const limit = (0,p_limit__WEBPACK_IMPORTED_MODULE_11__/* ["default"] */ .A)(jobs);
    const listed = new Set();
    const formats = new Map();
    const unread = new Map();
    let read = 0;
    const readAll = async (hashes) => {
        await settleAll(hashes.map((hash) => limit(async () => {
            signal?.throwIfAborted();
            const entry = found.get(hash);
            if (entry === undefined)
                return;
            try {
                const { root, nodes } = await readEntrySpec(reader, entry, signal);
                formats.set(hash, root.format);
                for (const node of nodes.values()) {
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
                const reason = (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .describeError */ .Uc)(error);
                if (await isUseless(reader, entry, signal))
                    options.onProblem(`left out of the index: ${reason}`);
                else
                    unread.set(hash, reason);
            }
        })));
    };
    const olderLists = options.olderLists?.();
    const unknown = [];
    for (const [hash, { key }] of found) {
        const node = known.get(hash);
        const isInDoubt = olderLists !== undefined && !olderLists.has(hash) && (node?.originalFormat ?? 0) < 6;
        if (node === undefined || isInDoubt || !reader.isPlaceOf(key, node))
            unknown.push(hash);
        else
            listed.add(hash);
    }
    await readAll(unknown);
    // What an earlier index or an install tree knows may be without all that is below it.
    await readAll([...(0,_index_nodes_js__WEBPACK_IMPORTED_MODULE_8__/* .withGaps */ .c)(known, listed)]);
    await forgetRemoved(reader, unread, options);
    // In the order of their names, whichever was read first: what is the same should look the same.
    const inOrder = new Set([...found.keys()].filter((hash) => listed.has(hash)));
    const needed = (0,_spec_emit_spec_js__WEBPACK_IMPORTED_MODULE_1__/* .neededFormat */ .tZ)({ nodes: known });
    const isNewer = (hash) => (formats.get(hash) ?? 0) > 5 || needed(hash) > 5;
    return { known, listed: inOrder, newer: new Set([...inOrder].filter(isNewer)), read, unread };
}
/** Entries by the hash in their names. */
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
    for (const entry of entries.sort((a, b) => (a.key < b.key ? -1 : 1))) {
        if (lists === undefined || lists(entry.hash))
            found.set(entry.hash, entry);
    }
    return found;
}
/** Takes out what is not there any more: what is still listed and could not be had may have been out of reach. */
async function forgetRemoved(reader, unread, options) {
    if (unread.size === 0)
        return;
    const now = await listEntries(reader, options);
    for (const [hash, reason] of unread) {
        if (now.has(hash))
            continue;
        unread.delete(hash);
        options.onProblem(`left out of the index: ${reason}`);
    }
}
/** Whether it is proved that nobody can use an entry that could not be read. */
async function isUseless(reader, entry, signal) {
    const how = { tarball: 'no', signed: false, trust: undefined, sizes: undefined, signal };
    for (const problem of (await (0,_check_entry_js__WEBPACK_IMPORTED_MODULE_3__/* .checkEntry */ .T)(reader, entry, how)).problems) {
        const isBlind = problem.kind === 'blob-missing' && !(await showsBlobs(reader, signal));
        if (!isBlind && (await (0,_useless_entry_js__WEBPACK_IMPORTED_MODULE_10__/* .whyUseful */ .N)(reader, problem, undefined, signal)) === undefined)
            return true;
    }
    return false;
}
/** Also where blobs cannot be listed: a registry that answers has them all. */
async function showsBlobs(reader, signal) {
    if (reader.listBlobs === undefined)
        return true;
    for await (const _ of reader.listBlobs(signal))
        return true;
    return false;
}
/** A spec's document, which must be about the spec that the entry's name says. */
async function readEntrySpec(reader, { hash, key }, signal) {
    const url = (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_4__/* .documentUrl */ .LJ)(reader.storage, key);
    const entry = await (0,_storage_asked_again_js__WEBPACK_IMPORTED_MODULE_2__/* .askedAgain */ .V)(reader.storage, () => reader.readAt(key, signal), signal);
    if (entry === undefined) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('not-found', 'it is listed, and not there', {
            url,
            hint: 'run update-index later, if nobody has removed it meanwhile',
        });
    }
    const file = await reader.readSpec(entry, signal);
    const { root } = file;
    if (root.hash !== hash || !reader.isPlaceOf(key, root)) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', 'it is filed as another spec', {
            url,
            expected: hash,
            found: `${root.name}@${root.version}/${root.hash}`,
        });
    }
    return file;
}
async function writeIndex(folder, version, { known, listed, before, unread }) {
    const nodes = (0,_spec_graph_js__WEBPACK_IMPORTED_MODULE_12__/* .recordOrder */ .yw)({ nodes: known }, listed);
    const references = (0,_index_merge_js__WEBPACK_IMPORTED_MODULE_7__/* .countReferences */ .e)(nodes);
    const written = new Set(nodes.map(({ hash }) => hash));
    const others = [...before].filter(([hash]) => !written.has(hash));
    const isThere = (hash) => listed.has(hash) || (unread.has(hash) && before.get(hash)?.inBuildcache === true);
    for (const [, { below }] of others) {
        for (const hash of below)
            references.set(hash, (references.get(hash) ?? 0) + 1);
    }
    const emitter = (0,_spec_emit_spec_js__WEBPACK_IMPORTED_MODULE_1__/* .specEmitter */ .Go)({ nodes: known });
    const writer = await _index_file_js__WEBPACK_IMPORTED_MODULE_6__/* .IndexWriter */ .Ku.create(folder, version);
    try {
        for (const node of nodes) {
            const { hash } = node;
            const text = emitter.node(node, _index_version_js__WEBPACK_IMPORTED_MODULE_9__/* .INDEX_FORMAT */ .B7[version]);
            writer.add(hash, (0,_index_file_js__WEBPACK_IMPORTED_MODULE_6__/* .indexRecord */ .o)(text, references.get(hash) ?? 0, isThere(hash)));
            await writer.settle();
        }
        for (const [hash, record] of others) {
            writer.add(hash, unread.has(hash) ? record.json : (0,_index_earlier_js__WEBPACK_IMPORTED_MODULE_5__/* .withoutEntry */ .n$)(record));
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

/***/ 8479:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  zO: () => (/* binding */ addToIndex),
  T: () => (/* binding */ indexedNodes),
  wM: () => (/* binding */ remakeIndex)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/core/abort.js
var abort = __webpack_require__(67844);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/core/temporary-folder.js
var temporary_folder = __webpack_require__(88062);
// EXTERNAL MODULE: ./build/cache/fetch-document.js
var fetch_document = __webpack_require__(93355);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
// EXTERNAL MODULE: ./build/core/json.js
var core_json = __webpack_require__(28314);
// EXTERNAL MODULE: ./build/core/retry.js
var retry = __webpack_require__(68216);
// EXTERNAL MODULE: ./build/spec/decode-node.js
var decode_node = __webpack_require__(39595);
// EXTERNAL MODULE: ./build/spec/hash.js
var spec_hash = __webpack_require__(94032);
// EXTERNAL MODULE: ./build/cache/index-scan.js
var index_scan = __webpack_require__(59143);
// EXTERNAL MODULE: ./build/cache/index-text.js
var index_text = __webpack_require__(74537);
// EXTERNAL MODULE: ./build/cache/index-version.js
var index_version = __webpack_require__(75524);
;// CONCATENATED MODULE: ./build/cache/index-base.js
/**
 * What the indices of a mirror say, the last of each version, when the next are made: their texts as files, and the specs
 * in them. Each is read for itself, so that one that cannot be used does not cost what another knows.
 */












/**
 * What the indices that are there say.
 * @param folder where their texts are put
 * @throws BuildcacheError as the storage does; `unsupported` for one that only a newer program can read
 */
async function baseContent(cache, base, folder, signal) {
    const nodes = new Map();
    const files = [];
    const found = [];
    let isDamaged = base.exists && base.locations.size === 0;
    for (const location of base.locations.values()) {
        try {
            const file = await fetchIndex(cache, location, folder, signal);
            const content = await readIndexContent((0,external_node_fs_.createReadStream)(file), cache.index.url);
            found.push(content);
            files.push(file);
            isDamaged ||= content.isBroken;
        }
        catch (error) {
            if (!isUnusable(error))
                throw error;
            isDamaged = true;
        }
    }
    found.sort((a, b) => (a.version ?? 0) - (b.version ?? 0));
    for (const { nodes: more } of found) {
        for (const [hash, node] of more)
            nodes.set(hash, withProvided(nodes.get(hash), node));
    }
    const versions = found.flatMap(({ version }) => version ?? []);
    if (isDamaged)
        versions.push(...versionsNamed(cache, base));
    const older = found.find(({ version }) => version === 8)?.listed ?? new Set();
    const isBeside = cache.index.sideBySide && versions.includes(9);
    return { versions, files, isDamaged, nodes, olderLists: isBeside ? older : undefined };
}
/** The index's text as a file, verified. @throws `bad-input` or `corrupt` for one that cannot be used */
async function fetchIndex({ reader: { storage }, index }, location, folder, signal) {
    if (location.sha256 === undefined)
        throw (0,fetch_document/* incomplete */.$x)(index.url, 'a record for the index');
    const url = (0,fetch_document/* documentUrl */.LJ)(storage, location.key);
    const file = external_node_path_.join(folder, `${location.sha256}.json`);
    return await (0,retry/* retrying */.R$)(async () => {
        const object = await storage.get(location.key, { signal });
        if (object === undefined || object === 'not-modified') {
            throw new errors/* BuildcacheError */.fO('corrupt', 'the index is named but not there', { url });
        }
        await (0,external_node_stream_promises_.pipeline)((0,index_text/* indexText */.o)(object, location, url), (0,external_node_fs_.createWriteStream)(file));
        return file;
    }, { retries: 2, baseDelayMs: 100, maxDelayMs: 1000 }, signal);
}
/** The versions that are there, as far as the place says so. */
function versionsNamed({ index }, { locations }) {
    return index.sideBySide ? [...locations.keys()] : [];
}
/** Whether it is the index itself that cannot be used, and not the way to it. */
function isUnusable(error) {
    return ['corrupt', 'bad-input', 'too-large'].includes((0,errors/* errorCode */.CA)(error));
}
/**
 * What an earlier index knows: the specs that are what their hashes say, whatever else is wrong with it.
 * @throws BuildcacheError `unsupported` for one that only a newer program can read
 */
async function readIndexContent(chunks, source) {
    const nodes = new Map();
    const listed = new Set();
    let version;
    let isBroken = false;
    try {
        ({ version } = await (0,index_scan/* scanIndex */.U)(chunks, source, ({ hash, json, version: said }) => {
            try {
                const record = (0,core_json/* parseJson */.qF)(json.toString('utf8'), source);
                const format = index_version/* INDEX_FORMAT */.B7[(0,index_version/* indexVersion */.Tt)(said) ?? 8];
                const node = (0,decode_node/* decodeNode */.j)((0,core_json/* isObject */.Gv)(record) ? record['spec'] : undefined, format, source, hash);
                (0,spec_hash/* verifyHash */.KK)(node, source);
                if (node.hash !== hash)
                    return;
                nodes.set(hash, node);
                if ((0,core_json/* isObject */.Gv)(record) && record['in_buildcache'] === true)
                    listed.add(hash);
                else
                    listed.delete(hash);
            }
            catch {
                // It is read from its own document then.
            }
        }));
        if ((0,index_version/* indexVersion */.Tt)(version) === undefined)
            nodes.clear();
    }
    catch (error) {
        if (!isUnusable(error))
            throw error;
        isBroken = true;
    }
    (0,index_version/* refuseNewerIndex */.os)(version, source);
    return { version: (0,index_version/* indexVersion */.Tt)(version), nodes, listed, isBroken };
}
/** In format 5 its hash could be verified, and what it provides is in format 6 only. */
function withProvided(older, newer) {
    const { provided_virtuals } = newer.dict;
    if (older === undefined || provided_virtuals === undefined)
        return older ?? newer;
    return { ...older, format: newer.format, dict: { ...older.dict, provided_virtuals } };
}

// EXTERNAL MODULE: ./build/cache/index-earlier.js
var index_earlier = __webpack_require__(4296);
// EXTERNAL MODULE: ./build/cache/index-listed.js
var index_listed = __webpack_require__(83839);
// EXTERNAL MODULE: ./build/cache/index-merge.js
var index_merge = __webpack_require__(10324);
// EXTERNAL MODULE: ./build/cache/index-rebuild.js
var index_rebuild = __webpack_require__(71183);
// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(70370);
;// CONCATENATED MODULE: ./build/cache/older-additions.js
/**
 * Which of the specs that go into an index older Spacks can read. Spack 1.3 writes whatever it pushes in format 6, also
 * what an older one has built: such an entry, copied as it is, is nothing for an index of version 8.
 */



/**
 * Reads the entries of those that fit into format 5 and are known from a document of format 6.
 * @returns the hashes that an index of version 8 can list
 */
async function olderAdditions(reader, { graph, emitter, hashes }, { jobs, signal }) {
    const older = new Set([...hashes].filter((hash) => emitter.formatOf(hash) === 5));
    const limit = (0,p_limit/* default */.A)(jobs);
    await Promise.all([...older].map((hash) => limit(async () => {
        (0,abort/* throwIfCancelled */.dZ)(signal);
        const node = graph.nodes.get(hash);
        if (node?.format === 6 && (await isInFormat6(reader, node, signal)))
            older.delete(hash);
    })));
    return older;
}
async function isInFormat6(reader, node, signal) {
    try {
        const entry = await reader.read(node, signal);
        return entry !== undefined && (await reader.readSpec(entry, signal)).root.format === 6;
    }
    catch (error) {
        const code = (0,errors/* errorCode */.CA)(error);
        // What is broken is broken for everybody, and an index is not where that is told.
        if (['bad-input', 'corrupt', 'too-large'].includes(code))
            return false;
        if (code === 'unsupported')
            return true;
        throw error;
    }
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
    const { isView, sideBySide, url } = cache.index;
    return await replaceIndex(cache, options, async (base, folder) => {
        let before;
        if (base.exists || isView) {
            try {
                return { indices: await mergeIndices(cache, base, additions, folder, options), read: 0 };
            }
            catch (error) {
                // What a view is about nobody but its index knows.
                if (!isUnusable(error) || isView)
                    throw error;
            }
            before = await baseContent(cache, base, folder, options.signal);
            options.onProblem('the index could not be used, and is made again from all the mirror holds');
        }
        const made = await (0,index_rebuild/* rebuildIndex */.Ki)(cache.reader, folder, {
            ...options,
            known: async () => new Map(additions.graph.nodes),
            olderLists: () => (sideBySide ? readInFormat5(additions) : undefined),
            earlier: async (hashes) => await (0,index_earlier/* earlierIndices */.KU)(before?.files ?? [], url, hashes),
            present: () => versionsNamed(cache, base),
            sideBySide,
        });
        return { ...made, isDamaged: before !== undefined };
    });
}
/** What comes from a document of format 6 may be an entry in that format, whatever has made it. */
function readInFormat5({ graph }) {
    return new Set([...graph.nodes.values()].filter(({ format }) => format < 6).map(({ hash }) => hash));
}
/**
 * Adds to each index there is, and to one of version 9 made of the older where something needs it. What version 8 cannot
 * hold it is not told of.
 */
async function mergeIndices(cache, base, additions, folder, options) {
    const { url, sideBySide } = cache.index;
    const { signal } = options;
    if (base.exists && base.locations.size === 0)
        throw (0,fetch_document/* incomplete */.$x)(url, 'a record for the index');
    const older = await olderAdditions(cache.reader, additions, options);
    const needs = older.size < additions.hashes.size;
    if (!sideBySide) {
        const [location] = base.locations.values();
        const file = location && (await fetchIndex(cache, location, folder, signal));
        const made = await (0,index_merge/* mergeIndex */.$)(file, url, additions, folder, { least: needs ? 9 : 8, most: 9 });
        return made === undefined ? [] : [made];
    }
    const indices = [];
    const present = [...base.locations.keys()];
    for (const version of (0,index_rebuild/* versionsFor */.L2)(present, older.size > 0, needs, true)) {
        const location = base.locations.get(version) ?? (version === 9 ? base.locations.get(8) : undefined);
        const file = location && (await fetchIndex(cache, location, folder, signal));
        const what = version === 9 ? additions : { ...additions, hashes: older };
        const made = await (0,index_merge/* mergeIndex */.$)(file, url, what, folder, { least: version, most: version });
        if (made !== undefined)
            indices.push(made);
    }
    return indices;
}
/** Makes the index anew from the mirror's manifests. @throws as {@link addToIndex} */
async function remakeIndex(cache, options) {
    // Specs that were read need not be read again when others were faster.
    const read = new Map();
    return await replaceIndex(cache, options, async (base, folder) => {
        let before;
        const known = async () => {
            before = await baseContent(cache, base, folder, options.signal);
            if (!options.full)
                for (const [hash, node] of before.nodes)
                    read.set(hash, node);
            return read;
        };
        const made = await (0,index_rebuild/* rebuildIndex */.Ki)(cache.reader, folder, {
            ...options,
            known,
            earlier: async (hashes) => await (0,index_earlier/* earlierIndices */.KU)(before?.files ?? [], cache.index.url, hashes),
            lists: await listFilter(cache, base, folder, options),
            olderLists: () => before?.olderLists,
            present: () => before?.versions ?? [],
            sideBySide: cache.index.sideBySide,
        });
        if (made.isBlind) {
            options.onProblem('the index stays as it is: the mirror shows no blob at all');
            return { indices: [], read: made.read };
        }
        const isDamaged = before?.isDamaged === true;
        const there = new Set([...base.locations.values()].map(({ sha256 }) => sha256));
        const indices = isDamaged ? made.indices : made.indices.filter(({ sha256 }) => !there.has(sha256));
        return { indices, read: made.read, isDamaged };
    });
}
/** The specs that a mirror's index knows; none where it has none that can be used. */
async function indexedNodes(cache, signal) {
    const base = await cache.index.read(signal);
    return await (0,temporary_folder/* withTemporaryFolder */.E)(async (folder) => new Map((await baseContent(cache, base, folder, signal)).nodes));
}
/** @throws BuildcacheError for a view that is to be appended to and cannot be read: nobody else knows what is in it */
async function listFilter(cache, base, folder, { only, append, without, signal }) {
    const present = new Set();
    if (append === true && base.exists) {
        if (base.locations.size === 0)
            throw (0,fetch_document/* incomplete */.$x)(cache.index.url, 'a record for the index');
        for (const location of base.locations.values()) {
            const file = await fetchIndex(cache, location, folder, signal);
            const { listed } = await (0,index_listed/* readListed */.o)((0,external_node_fs_.createReadStream)(file), cache.index.url);
            for (const hash of listed)
                present.add(hash);
        }
    }
    return (hash) => (only === undefined || only.has(hash) || present.has(hash)) && without?.has(hash) !== true;
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
            const { indices, read: more, isDamaged = false } = await make(base, folder);
            read += more;
            if (indices.length === 0)
                return { changed: false, records: undefined };
            const isPublished = await place.replace({ ...base, isDamaged }, indices, started, signal);
            return isPublished ? { changed: true, records: indices.at(-1)?.records } : undefined;
        });
        if (done !== undefined)
            return { ...done, read, retries };
        await (0,promises_.setTimeout)(Math.random() * Math.min(PAUSE_MS, 20 * 2 ** Math.min(retries, 8)));
    }
    throw new errors/* BuildcacheError */.fO('conflict', 'others kept changing the index', {
        url: place.url,
        hint: 'run update-index when they are done',
    });
}


/***/ }),

/***/ 60278:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ whyUseful),
/* harmony export */   s: () => (/* binding */ isDamaged)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _check_entry_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6356);
/* harmony import */ var _fetch_document_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(93355);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(57356);
/**
 * Which entries nobody can use, so that removing them takes nothing away. It has to be proved: that we cannot read an
 * entry proves nothing, since Spack, a newer program or we at another time may. What counts as a proof:
 *
 * - a manifest that is empty, or that begins as JSON or as a signed message and does not end as one;
 * - a blob that is named and not there, on a mirror that shows others;
 * - a blob whose content is not what its digest says. Its length alone proves nothing: Spack never looks at it;
 * - an entry in the place of one spec which is another's, that has an entry in its own place.
 */




/**
 * @param blobs all that the mirror shows; undefined where they cannot be listed
 * @returns why the problem does not prove that nobody can use the entry, for a person; undefined where it does
 * @throws BuildcacheError when it could not be told
 */
async function whyUseful(reader, { kind, entry, blob, belongsTo }, blobs, signal) {
    switch (kind) {
        case 'unsigned':
        case 'untrusted':
            return 'it is whole';
        case 'unreadable':
            return 'another program may read it';
        case 'malformed': {
            // An image's manifest is what its digest says, and so is a spec file that could be read at all.
            if (reader.layout !== 'v3' || blob !== undefined)
                return 'another program may read it';
            const bytes = await (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_2__/* .fetchDocument */ .sW)(reader.storage, entry.key, { what: 'the manifest', signal });
            return bytes === undefined || (0,_manifest_js__WEBPACK_IMPORTED_MODULE_3__/* .isManifestInPart */ .Cz)(bytes) ? undefined : 'another program may read it';
        }
        case 'misfiled':
            return belongsTo !== undefined && (await isEntry(() => reader.has(belongsTo, signal)))
                ? undefined
                : 'it may be the only entry of the spec it is of: put it in its place';
        case 'blob-missing':
            return blobs?.count === 0 ? 'the mirror shows no blob at all: is it mounted whole?' : undefined;
        case 'blob-size':
        case 'blob-corrupt':
            if (blob === undefined)
                return 'it may be whole';
            return (await isDamaged(reader, blob.key, blob.sha256, signal))
                ? undefined
                : 'the blob is what its digest says';
    }
}
/**
 * Whether a blob is not what its digest says, whatever is said of its length.
 * @throws BuildcacheError `conflict` where it was written while it was read: that one is another
 */
async function isDamaged(reader, key, sha256, signal) {
    if (sha256 === undefined)
        return false;
    const { storage } = reader;
    const before = await storage.head(key, { signal });
    try {
        await (0,_check_entry_js__WEBPACK_IMPORTED_MODULE_1__/* .verifyBlob */ .t)(reader, { key, sha256, size: undefined }, signal);
        return false;
    }
    catch (error) {
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .errorCode */ .CA)(error) !== 'corrupt')
            throw error;
    }
    const now = await storage.head(key, { signal });
    if (now?.etag === before?.etag && now?.modified?.getTime() === before?.modified?.getTime())
        return true;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('conflict', 'somebody wrote it meanwhile', { url: (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_2__/* .documentUrl */ .LJ)(storage, key) });
}
async function isEntry(has) {
    try {
        return await has();
    }
    catch (error) {
        if (error instanceof _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO && error.code === 'bad-input')
            return false;
        throw error;
    }
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

/***/ 21743:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Go: () => (/* binding */ specEmitter),
/* harmony export */   tZ: () => (/* binding */ neededFormat)
/* harmony export */ });
/* unused harmony export documentOrder */
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28314);
/* harmony import */ var _node_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(56832);
/**
 * Concrete specs written as Spack 1.x writes them, whatever format they were read from: the nodes of an index and of a
 * `spec.json`. What a document says beyond what we model is kept.
 *
 * A spec is written in format 5, which every Spack 1.x reads, unless it, or one below it, is a format 6 spec from the
 * start: that one's hash is over what format 5 has no place for.
 */



/**
 * An emitter for the specs of one graph. Nodes stand in many documents, so each one's text is made once and kept.
 * The documents' methods throw BuildcacheError `not-found` where the graph lacks a node.
 */
function specEmitter(graph) {
    const texts = new Map();
    const formatOf = neededFormat(graph);
    const node = (from, format) => {
        const key = `${format}${from.hash}`;
        let text = texts.get(key);
        if (text === undefined) {
            text = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .stringifyCompact */ .LW)(dictionaryOf(from, format));
            texts.set(key, text);
        }
        return text;
    };
    const spec = (hash) => {
        const format = formatOf(hash);
        const nodes = documentOrder(graph, hash).map((each) => node(each, format));
        return `"spec":{"_meta":{"version":${format}},"nodes":[${nodes.join(',')}]}`;
    };
    return {
        node,
        formatOf,
        // Spack still writes this version, an older layout's, for the sake of registries.
        document: (hash) => `{${spec(hash)},"buildcache_layout_version":2}`,
        installedDocument: (hash) => `{${spec(hash)}}`,
    };
}
/**
 * A spec and all below it, each once: depth first, a node before what it depends on, children by name; after a
 * spliced node the nodes of the spec it was built as.
 * @param within for itself: the build specs on the way here
 * @throws BuildcacheError `not-found` where the graph lacks a node; `unsupported` where build specs go round in a circle
 */
function documentOrder(graph, hash, within = []) {
    const order = new Map();
    // Visited and written are not the same for what a build spec brought in: Spack still walks through it.
    const visited = new Set();
    const stack = [nodeOf(graph, hash, undefined)];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
        if (visited.has(node.hash))
            continue;
        visited.add(node.hash);
        order.set(node.hash, node);
        if (node.buildSpec !== undefined) {
            const built = nodeOf(graph, node.buildSpec.hash, node).hash;
            if (within.includes(built) || within.length >= MAX_SPLICES)
                throw circular(node);
            for (const each of documentOrder(graph, built, [...within, built]))
                if (!order.has(each.hash))
                    order.set(each.hash, each);
        }
        const children = [...node.dependencies].sort((a, b) => (a.name < b.name ? 1 : a.name > b.name ? -1 : 0));
        for (const edge of children)
            stack.push(nodeOf(graph, edge.hash, node));
    }
    return [...order.values()];
}
/** What is spliced again keeps its first build spec, so that there are no chains but made-up ones. */
const MAX_SPLICES = 16;
function circular(node) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('unsupported', `what ${node.name}/${(0,_node_js__WEBPACK_IMPORTED_MODULE_2__/* .shortHash */ .BC)(node)} was built as leads to no end`, {
        expected: 'a build spec that is not made of the spliced one',
        hint: 'concretize again, or run `spack reindex` where it is installed',
    });
}
/**
 * {@link SpecEmitter.formatOf} for a graph. What is found of one spec is kept for those above it: an index asks about
 * each of its own. Specs that the graph lacks, and circles, do no harm.
 */
function neededFormat({ nodes }) {
    const fit = new Set();
    return (hash) => {
        const below = new Set([hash]);
        // A set is walked to its end, what is added on the way included.
        for (const at of below) {
            const node = fit.has(at) ? undefined : nodes.get(at);
            if (node === undefined)
                continue;
            if (node.originalFormat > 5)
                return 6;
            for (const edge of node.dependencies)
                below.add(edge.hash);
            if (node.buildSpec !== undefined)
                below.add(node.buildSpec.hash);
        }
        for (const each of below)
            fit.add(each);
        return 5;
    };
}
/**
 * The node's dictionary as the format has it, without the mark of direct dependencies, which databases drop. What an
 * older node provides, a Spack that reads it in format 5 finds out by itself.
 */
function dictionaryOf(node, format) {
    const { compiler: _, annotations, dependencies: __, hash: ___, build_spec, provided_virtuals, ...rest } = node.dict;
    const dependencies = node.dependencies.map(({ name, hash, deptypes, virtuals }) => ({
        name,
        hash,
        parameters: { deptypes, virtuals },
    }));
    return {
        ...rest,
        ...(provided_virtuals === undefined || format < 6 ? {} : { provided_virtuals }),
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
        hint: 'name the environment it was concretized in (--environment), the tree it is in (upstreams: in spack.yaml), or run `spack reindex`',
    });
}


/***/ })

};
