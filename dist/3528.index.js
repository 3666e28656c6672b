export const id = 3528;
export const ids = [3528];
export const modules = {

/***/ 75524:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B7: () => (/* binding */ INDEX_FORMAT),
/* harmony export */   NM: () => (/* binding */ INDEX_VERSIONS),
/* harmony export */   Tt: () => (/* binding */ indexVersion),
/* harmony export */   os: () => (/* binding */ refuseNewerIndex)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/**
 * Which versions an index comes in: those of the install database, each with its format of specs. A mirror can have one of
 * each side by side, so that every Spack finds one it can read.
 */

/** Those we write, the oldest first. */
const INDEX_VERSIONS = [8, 9];
/** How specs are written in an index. One of version 9 holds specs of any format, one of 8 none of format 6. */
const INDEX_FORMAT = { 8: 5, 9: 6 };
const NEWEST = 9;
/** What an index says that it is; undefined for what we do not write. */
function indexVersion(version) {
    return INDEX_VERSIONS.find((each) => String(each) === version);
}
/**
 * Refuses an index that says it is newer than any we know: what it lists we may misread, and what we would put in its
 * place may say less.
 * @throws BuildcacheError `unsupported`
 */
function refuseNewerIndex(version, url) {
    if (!(Number(version) > NEWEST))
        return;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('unsupported', 'an index that needs a newer program', {
        url,
        expected: `version ${INDEX_VERSIONS.join(' or ')}`,
        found: `version ${version?.slice(0, 40)}`,
        hint: 'update buildcache-action',
    });
}


/***/ }),

/***/ 65314:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BE: () => (/* binding */ indexManifestKey),
/* harmony export */   Cp: () => (/* binding */ LAYOUT_JSON),
/* harmony export */   MB: () => (/* binding */ entryName),
/* harmony export */   V4: () => (/* binding */ MANIFESTS),
/* harmony export */   bd: () => (/* binding */ blobKey),
/* harmony export */   ep: () => (/* binding */ blobDigest),
/* harmony export */   hr: () => (/* binding */ SPEC_MANIFESTS),
/* harmony export */   iR: () => (/* binding */ INDEX_MANIFESTS),
/* harmony export */   q2: () => (/* binding */ manifestBlobs),
/* harmony export */   qG: () => (/* binding */ openLayout3),
/* harmony export */   s8: () => (/* binding */ specManifestKey),
/* harmony export */   tx: () => (/* binding */ blobDescriptor)
/* harmony export */ });
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(82552);
/* harmony import */ var _spec_format_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(40731);
/* harmony import */ var _spec_spec_file_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5518);
/* harmony import */ var _storage_asked_again_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(43571);
/* harmony import */ var _storage_storage_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(13959);
/* harmony import */ var _fetch_document_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(93355);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(57356);
/** Reading layout 3: `v3/manifests/…` name content-addressed blobs under `blobs/sha256/…`. */







const LAYOUT_JSON = 'v3/layout.json';
const MANIFESTS = 'v3/manifests/';
const SPEC_MANIFESTS = `${MANIFESTS}spec/`;
const INDEX_MANIFESTS = `${MANIFESTS}index/`;
const BLOBS = 'blobs/sha256/';
/** What a spec's entry is called, made polite: a git version may have a slash. */
function entryName(spec) {
    return (0,_spec_format_js__WEBPACK_IMPORTED_MODULE_5__/* .politeFilename */ .PB)(`${spec.name}-${spec.version}-${spec.hash}`);
}
/** Where a spec's manifest lies. The folder keeps the raw name. */
function specManifestKey(spec) {
    return `${SPEC_MANIFESTS}${spec.name}/${entryName(spec)}.spec.manifest.json`;
}
/** @param view the name of an index of its own, or undefined for the main one */
function indexManifestKey(view) {
    return `${INDEX_MANIFESTS}${view === undefined ? '' : `${view}/`}index.manifest.json`;
}
function blobKey(sha256) {
    return `${BLOBS}${sha256.slice(0, 2)}/${sha256}`;
}
/** The digest in a blob's key; undefined for a key that is no blob's. */
function blobDigest(key) {
    const digest = key.slice(-64);
    return (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .isSha256 */ ._h)(digest) && key === blobKey(digest) ? digest : undefined;
}
/** The blobs of a spec manifest. @throws `bad-input` when it lacks one, `unsupported` when it may be us */
function manifestBlobs(manifest, url) {
    return { tarball: required(manifest, 'tarball', url), spec: required(manifest, 'spec', url) };
}
function openLayout3(storage, view) {
    const readAt = async (key, signal) => {
        const bytes = await (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .fetchDocument */ .sW)(storage, key, { what: 'the spec manifest', signal });
        if (bytes === undefined)
            return undefined;
        const url = (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .documentUrl */ .LJ)(storage, key);
        const manifest = (0,_manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .parseManifest */ .Ng)(bytes, url);
        return { bytes, signed: manifest.signed, url, ...manifestBlobs(manifest, url) };
    };
    const readIndexManifest = async (signal) => {
        const key = indexManifestKey(view);
        const bytes = await (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .fetchDocument */ .sW)(storage, key, { what: 'the index manifest', signal });
        return bytes && (0,_manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .parseIndexManifest */ .hO)(bytes, (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .documentUrl */ .LJ)(storage, key));
    };
    const readEntry = (spec, signal) => readAt(specManifestKey(spec), signal);
    return {
        layout: 'v3',
        storage,
        async findIndex(signal) {
            const manifest = await readIndexManifest(signal);
            if (manifest === undefined)
                return undefined;
            const record = (0,_manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .newestIndex */ .nX)(manifest);
            if (record !== undefined)
                return locationOf(record);
            throw (manifest.problem ?? (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .incomplete */ .$x)((0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .documentUrl */ .LJ)(storage, indexManifestKey(view)), 'a record for the index'));
        },
        async findOlderIndices(signal) {
            const manifest = await readIndexManifest(signal);
            const newest = manifest && (0,_manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .newestIndex */ .nX)(manifest);
            const records = [...(manifest?.indices.values() ?? [])];
            return records.filter((record) => record !== newest).map(locationOf);
        },
        async isMarked(signal) {
            return (await storage.head(LAYOUT_JSON, { signal })) !== undefined;
        },
        // A manifest is hardly longer than the headers of an answer, and reading it tells it from an error page.
        async has(spec, signal) {
            return (await readEntry(spec, signal)) !== undefined;
        },
        read: readEntry,
        isPlaceOf: (key, spec) => key === specManifestKey(spec),
        list: (0,_storage_storage_js__WEBPACK_IMPORTED_MODULE_6__/* .canList */ .x)(storage) ? (signal) => listManifests(storage, signal) : undefined,
        listBlobs: (0,_storage_storage_js__WEBPACK_IMPORTED_MODULE_6__/* .canList */ .x)(storage) ? (signal) => listBlobs(storage, signal) : undefined,
        couldBe: ({ key }, name) => key.startsWith(`${SPEC_MANIFESTS}${name}/`),
        readAt,
        async readSpec({ spec, url }, signal) {
            if (spec?.sha256 === undefined)
                throw (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .incomplete */ .$x)(url, 'a record for the spec');
            const { key, sha256, size } = spec;
            const what = 'the spec file';
            const how = { what, signal, sha256, maxBytes: _fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .MAX_SPEC_FILE */ .o$ };
            const bytes = await (0,_storage_asked_again_js__WEBPACK_IMPORTED_MODULE_2__/* .askedAgain */ .V)(storage, () => (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .fetchDocument */ .sW)(storage, key, how), signal);
            if (bytes === undefined)
                throw (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .incomplete */ .$x)(url, `the blob it names, ${key}`);
            (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .verifyBytes */ .RV)(bytes, { sha256, size, source: (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .documentUrl */ .LJ)(storage, key) });
            return (0,_spec_spec_file_js__WEBPACK_IMPORTED_MODULE_1__/* .readSpecFile */ .MB)(bytes, url);
        },
    };
}
async function* listManifests(storage, signal) {
    for await (const { key, modified } of storage.list(SPEC_MANIFESTS, { signal })) {
        const hash = /\/[^/]+\/[^/]+-([a-z2-7]{32})\.spec\.manifest\.json$/.exec(key)?.[1];
        if (hash !== undefined)
            yield { key, hash, modified };
    }
}
async function* listBlobs(storage, signal) {
    for await (const info of storage.list(BLOBS, { signal })) {
        if (blobDigest(info.key) !== undefined)
            yield info;
    }
}
function required(manifest, kind, url) {
    const record = (0,_manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .findRecord */ .Tq)(manifest, kind);
    return record === undefined ? (0,_manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .lacksRecord */ .OA)(manifest, kind, url) : blobDescriptor(record);
}
function locationOf(record) {
    return { ...blobDescriptor(record), compression: record.compression };
}
/** Where a blob that a manifest names lies. */
function blobDescriptor(record) {
    return { key: blobKey(record.sha256), sha256: record.sha256, size: record.size };
}


/***/ }),

/***/ 57356:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ap: () => (/* binding */ MEDIA_TYPE),
/* harmony export */   Cz: () => (/* binding */ isManifestInPart),
/* harmony export */   L_: () => (/* binding */ formatManifest),
/* harmony export */   Ng: () => (/* binding */ parseManifest),
/* harmony export */   OA: () => (/* binding */ lacksRecord),
/* harmony export */   Ot: () => (/* binding */ specMediaType),
/* harmony export */   PP: () => (/* binding */ indexMediaType),
/* harmony export */   Tq: () => (/* binding */ findRecord),
/* harmony export */   hO: () => (/* binding */ parseIndexManifest),
/* harmony export */   nX: () => (/* binding */ newestIndex)
/* harmony export */ });
/* harmony import */ var _core_clearsigned_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(49283);
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(82552);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(28314);
/* harmony import */ var _fetch_document_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(93355);
/* harmony import */ var _index_version_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(75524);
/**
 * Layout 3 manifests: the little documents that name an entry's blobs. Only spec manifests are signed, as
 * OpenPGP cleartext messages at the same path.
 */






/** Media types exactly as Spack writes and matches them; of those that come in several versions, the oldest we write. */
const MEDIA_TYPE = {
    tarball: 'application/vnd.spack.install.v2.tar+gzip',
    spec: 'application/vnd.spack.spec.v5+json',
    index: 'application/vnd.spack.db.v8+json',
    key: 'application/pgp-keys',
    keyIndex: 'application/vnd.spack.keyindex.v1+json',
};
/** Of a spec file of that format. Spack puts older ones under the fifth's type, where it looks for them. */
function specMediaType(format) {
    return format === 6 ? 'application/vnd.spack.spec.v6+json' : MEDIA_TYPE.spec;
}
function indexMediaType(version) {
    return version === 9 ? 'application/vnd.spack.db.v9+json' : MEDIA_TYPE.index;
}
/** The newest version of each type that is read. */
const NEWEST = { tarball: 2, spec: 6, index: 9, key: 0, keyIndex: 1 };
/** What is known of the format. Whatever says that it is newer may say anything. */
const VERSION = 3;
/**
 * @param bytes the manifest as stored, with or without its signature
 * @throws `bad-input` naming the source and what was found; `unsupported` for what only a newer program can read;
 *   `protocol` for an HTML page served with status 200
 */
function parseManifest(bytes, source) {
    const { data, signed } = parseDocument(bytes, source);
    return { records: data.map((record, i) => parseRecord(record, `data[${i}]`, source)), signed };
}
/**
 * The manifest of an index, which may name one of each version that somebody wants. What is not ours is not looked into.
 * @throws as {@link parseManifest}; `unsupported` where it names none that we read, and something else
 */
function parseIndexManifest(bytes, source) {
    const { data } = parseDocument(bytes, source);
    const indices = new Map();
    const others = [];
    let problem;
    const read = (version, record, i) => {
        try {
            indices.set(version, parseRecord(record, `data[${i}]`, source));
        }
        catch (error) {
            if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorCode */ .CA)(error) !== 'bad-input')
                throw error;
            problem ??= error;
        }
    };
    for (const [i, record] of data.entries()) {
        const version = _index_version_js__WEBPACK_IMPORTED_MODULE_4__/* .INDEX_VERSIONS */ .NM.find((each) => typeOf(record) === indexMediaType(each));
        if (version === undefined)
            others.push(record);
        else if (!indices.has(version))
            read(version, record, i);
    }
    if (indices.size > 0 || problem !== undefined)
        return { indices, others, problem };
    const older = others.find((record) => isOlderIndex(typeOf(record)));
    if (older !== undefined) {
        read(8, older, data.indexOf(older));
        return { indices, others: others.filter((record) => record !== older), problem };
    }
    const type = typeOf(others.find((record) => typeOf(record) !== undefined));
    if (type === undefined)
        return { indices, others, problem: (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .incomplete */ .$x)(source, 'a record for the index') };
    throw newer(type.slice(0, 80), _index_version_js__WEBPACK_IMPORTED_MODULE_4__/* .INDEX_VERSIONS */ .NM.map(indexMediaType).join(' or '), source);
}
function typeOf(record) {
    const type = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(record) ? record['mediaType'] : undefined;
    return typeof type === 'string' ? type : undefined;
}
/** The index that a reader takes: the newest that it reads. */
function newestIndex({ indices }) {
    return _index_version_js__WEBPACK_IMPORTED_MODULE_4__/* .INDEX_VERSIONS */ .NM.toReversed().flatMap((version) => indices.get(version) ?? [])[0];
}
/** Types are matched without their version and suffix, as in {@link findRecord}. */
function isOlderIndex(mediaType) {
    if (mediaType === undefined || family(mediaType) !== family(MEDIA_TYPE.index))
        return false;
    return versionIn(mediaType) <= NEWEST.index;
}
/** What every manifest is, with its records unread. */
function parseDocument(bytes, source) {
    const text = Buffer.from(bytes).toString('utf8');
    const payload = (0,_core_clearsigned_js__WEBPACK_IMPORTED_MODULE_5__/* .clearsignedText */ .J)(text);
    if (/^\s*<(?:!doctype|html)/i.test(text)) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('protocol', 'the server answered with a web page', {
            url: source,
            expected: 'a build cache manifest',
            found: 'HTML',
            hint: 'check the mirror URL and whether something between here and there wants a log-in',
        });
    }
    const document = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseJson */ .qF)(payload ?? text, source);
    if ((0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(document) && Number((0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .SP)(document['version'])) > VERSION) {
        throw newer(`version ${(0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .SP)(document['version'])}`, `version ${VERSION}`, source);
    }
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(document) || document['version'] !== VERSION || !Array.isArray(document['data'])) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('bad-input', 'not a build cache manifest', {
            url: source,
            expected: `an object with version ${VERSION} and a list "data"`,
            found: (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(document) ? `version ${(0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .SP)(document['version'])}` : (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .kindOf */ .I)(document),
        });
    }
    return { data: document['data'], signed: payload !== undefined };
}
/**
 * Whether it is no manifest to any reader of this layout, in whatever version: nothing, or what begins as JSON or as a
 * signed message and does not end as one. What begins otherwise may be compressed, or a page of something on the way.
 */
function isManifestInPart(bytes) {
    if (bytes.every((byte) => byte === 0 || byte === 0x0a))
        return true;
    const text = Buffer.from(bytes).toString('utf8').trim();
    if (text.startsWith('-----BEGIN PGP SIGNED MESSAGE-----'))
        return !text.includes('-----END PGP SIGNATURE-----');
    // A NUL after the first letter is UTF-16.
    if (!text.startsWith('{') || text[1] === '\0')
        return false;
    try {
        // Python reads and writes numbers that JSON does not have.
        JSON.parse(text.replace(/([:[,]\s*)-?(?:NaN|Infinity)\b/g, '$10'));
        return false;
    }
    catch {
        return true;
    }
}
/**
 * The manifest's text as Spack writes it: a newline around every bracket, no indent, none at the end.
 * @param others records as they were parsed
 */
function formatManifest(records, others = []) {
    const items = records.map(({ size, mediaType, compression, sha256 }) => `{\n"contentLength":${size},\n"mediaType":${JSON.stringify(mediaType)},\n` +
        `"compression":"${compression}",\n"checksumAlgorithm":"sha256",\n"checksum":"${sha256}"\n}`);
    const all = [...items, ...others.map(formatOther)];
    return `{\n"version":${VERSION},\n"data":[\n${all.join(',\n')}\n]\n}`;
}
function formatOther(record) {
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(record))
        return (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .stringifyCompact */ .LW)(record);
    const fields = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .entriesOf */ .Mc)(record).map(([key, value]) => `${(0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .stringifyCompact */ .LW)(key)}:${(0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .stringifyCompact */ .LW)(value)}`);
    return `{\n${fields.join(',\n')}\n}`;
}
/**
 * The record of a kind, whatever its version: types are matched without their version and suffix, since older Spacks
 * wrote others and what a spec says of itself is what counts. Of several the newest that is read; the first of equals.
 */
function findRecord(manifest, kind) {
    const wanted = family(MEDIA_TYPE[kind]);
    let found;
    for (const record of manifest.records) {
        if (family(record.mediaType) !== wanted)
            continue;
        if (found === undefined || rank(record, kind) > rank(found, kind))
            found = record;
    }
    return found;
}
/** Newer is better, but not newer than we know. */
function rank({ mediaType }, kind) {
    const version = versionIn(mediaType);
    return version > NEWEST[kind] ? -1 : version;
}
function versionIn(mediaType) {
    return Number(/\.v(\d{1,9})(?=[.+]|$)/.exec(mediaType)?.[1] ?? 0);
}
/**
 * Throws what a manifest without a record of some kind comes to. `unsupported` where it has one of a kind that is not
 * known, which may be the same in a newer form; else `bad-input`.
 */
function lacksRecord({ records }, kind, source) {
    const known = new Set(Object.values(MEDIA_TYPE).map(family));
    const other = records.find(({ mediaType }) => !known.has(family(mediaType)));
    if (other !== undefined)
        throw newer(other.mediaType.slice(0, 80), MEDIA_TYPE[kind], source);
    throw (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .incomplete */ .$x)(source, `a record for the ${kind}`);
}
/** Not malformed: somebody can read it, and nobody may overwrite or remove it for our not being able to. */
function newer(found, expected, source) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('unsupported', 'a build cache manifest that needs a newer program', {
        url: source,
        expected,
        found,
        hint: 'update buildcache-action',
    });
}
function family(mediaType) {
    return mediaType.replace(/\+.*$/, '').replace(/\.v\d+(?=\.|$)/, '');
}
function parseRecord(value, at, source) {
    const fail = (expected, found) => {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('bad-input', `${at} of the manifest is malformed`, {
            url: source,
            expected,
            found: typeof found === 'string' ? JSON.stringify(found.slice(0, 80)) : (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .kindOf */ .I)(found),
        });
    };
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(value))
        return fail('an object', value);
    const { contentLength, mediaType, compression, checksumAlgorithm, checksum } = value;
    if (typeof contentLength !== 'number' || !Number.isSafeInteger(contentLength) || contentLength < 0) {
        return fail('contentLength in bytes', contentLength);
    }
    if (typeof mediaType !== 'string')
        return fail('a mediaType', mediaType);
    if (typeof compression !== 'string')
        return fail('a compression', compression);
    if (typeof checksumAlgorithm !== 'string')
        return fail('a checksumAlgorithm', checksumAlgorithm);
    if (compression !== 'gzip' && compression !== 'none') {
        throw newer(`compression ${compression.slice(0, 40)}`, 'gzip or none', source);
    }
    if (checksumAlgorithm !== 'sha256')
        throw newer(checksumAlgorithm.slice(0, 40), 'sha256', source);
    if (!(0,_core_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .isSha256 */ ._h)(checksum))
        return fail('a SHA-256 in lower-case hexadecimal', checksum);
    return { size: contentLength, mediaType, compression, sha256: checksum };
}


/***/ }),

/***/ 86959:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ readOneSpec)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/* harmony import */ var _mirrors_environment_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(10432);
/* harmony import */ var _plan_select_one_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(51233);
/* harmony import */ var _spec_spec_file_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5518);
/** Options of verbs about one spec: from the environment, or from a file. */






/** @throws BuildcacheError `usage` unless exactly one is given; for a spec that is not there or a file that is none */
async function readOneSpec(named, flags, environment, { cwd }) {
    if ((named.spec === undefined) === (named.file === undefined)) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('usage', `one of ${flags.spec} and ${flags.file} is needed, and not both`);
    }
    if (named.spec !== undefined) {
        const graph = await (0,_mirrors_environment_js__WEBPACK_IMPORTED_MODULE_3__/* .readEnvironment */ .Qo)(environment);
        return { graph, spec: await (0,_plan_select_one_js__WEBPACK_IMPORTED_MODULE_4__/* .selectOne */ .J)(graph, named.spec) };
    }
    const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(cwd, named.file ?? '');
    const bytes = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file).catch((error) => {
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .fileError */ .zS)(error, file, 'read the spec file');
    });
    const { root, nodes } = (0,_spec_spec_file_js__WEBPACK_IMPORTED_MODULE_5__/* .readSpecFile */ .MB)(bytes, file);
    return { graph: { nodes, roots: [{ hash: root.hash, spec: root.name }] }, spec: root };
}


/***/ }),

/***/ 3528:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   define: () => (/* binding */ define)
/* harmony export */ });
/* harmony import */ var _cache_layout3_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(65314);
/* harmony import */ var _one_spec_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(86959);
/* harmony import */ var _shared_options_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(23589);



function define(command, context) {
    (0,_shared_options_js__WEBPACK_IMPORTED_MODULE_2__/* .addSharedOptions */ .J0)(command)
        .option('-s, --spec <spec>', 'a spec of the environment')
        .option('--spec-file <file>', 'a spec.json')
        .action((options) => run(options, context));
}
async function run(options, context) {
    const { environment } = await (0,_shared_options_js__WEBPACK_IMPORTED_MODULE_2__/* .readSurroundings */ .St)(options, context);
    const named = { spec: options.spec, file: options.specFile };
    const { spec } = await (0,_one_spec_js__WEBPACK_IMPORTED_MODULE_1__/* .readOneSpec */ .C)(named, { spec: '--spec', file: '--spec-file' }, environment, context);
    const name = (0,_cache_layout3_js__WEBPACK_IMPORTED_MODULE_0__/* .entryName */ .MB)(spec);
    context.stdout.write(options.json ? `${JSON.stringify({ version: 1, name, hash: spec.hash })}\n` : `${name}\n`);
    context.exit(0);
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


/***/ }),

/***/ 3196:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ rootsOfGroups),
/* harmony export */   j: () => (/* binding */ rootsOnlyIn)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _core_nearest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(42732);
/** Groups of an environment's roots, as `spack.yaml` makes them and lockfiles have them from version 7 on. */


/** The group of what is in no other, and of all roots of older lockfiles. */
const DEFAULT_GROUP = 'default';
/** Named in a message. */
const SHOWN = 20;
/**
 * The roots of some groups. Those of included environments are in none of this one's.
 * @param groups none: all roots
 * @throws BuildcacheError `usage` for a group that there is not, naming those there are
 */
function rootsOfGroups(roots, groups) {
    if (groups.length === 0)
        return roots;
    const known = new Set(roots.flatMap((root) => groupOf(root) ?? []));
    for (const group of groups)
        if (!known.has(group))
            throw noSuchGroup(group, known);
    return roots.filter((root) => groups.includes(groupOf(root) ?? ''));
}
/** Hashes of roots that are in none but these groups. */
function rootsOnlyIn(roots, groups) {
    const isOnly = (root) => groups.has(groupOf(root) ?? '');
    const others = new Set(roots.filter((root) => !isOnly(root)).map(({ hash }) => hash));
    return new Set(roots.filter((root) => isOnly(root) && !others.has(root.hash)).map(({ hash }) => hash));
}
function groupOf({ group, included }) {
    return included === true ? undefined : (group ?? DEFAULT_GROUP);
}
function noSuchGroup(group, known) {
    const meant = (0,_core_nearest_js__WEBPACK_IMPORTED_MODULE_1__/* .nearest */ .p)(group, known);
    const names = [...known].slice(0, SHOWN).join(', ');
    const more = known.size > SHOWN ? ` and ${known.size - SHOWN} more` : '';
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', `the environment has no group ${JSON.stringify(group)} with roots`, {
        expected: known.size === 0 ? 'an environment with roots' : `one of: ${names}${more}`,
        hint: meant === undefined
            ? 'concretize the environment again if the group is new in its spack.yaml'
            : `did you mean ${meant}?`,
    });
}


/***/ }),

/***/ 51233:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ selectOne)
/* harmony export */ });
/* harmony import */ var _ambiguous_spec_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(46744);
/* harmony import */ var _selection_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(60000);


/**
 * @param graph its roots win where a constraint means several specs
 * @throws BuildcacheError `usage` when it means several, naming them; `not-found` when it means none
 */
async function selectOne(graph, text) {
    const isRoot = new Set(graph.roots.map(({ hash }) => hash));
    const all = await (0,_selection_js__WEBPACK_IMPORTED_MODULE_1__/* .selectSpecs */ .rk)(graph, { ..._selection_js__WEBPACK_IMPORTED_MODULE_1__/* .EVERYTHING */ .Qz, specs: [text] });
    const roots = all.filter(({ hash }) => isRoot.has(hash));
    const matches = roots.length === 0 ? all : roots;
    const [first] = matches;
    if (first !== undefined && matches.length === 1)
        return first;
    throw (0,_ambiguous_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .ambiguousSpec */ .O)(text, '', matches, (hash) => graph.nodes.get(hash));
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
/* harmony import */ var _spec_graph_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(85746);
/* harmony import */ var _groups_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3196);
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
 * @throws `usage` for a pattern that cannot be read or a group that there is not, `not-found` for a positive that matches nothing
 */
async function selectSpecs(graph, selection) {
    const base = baseNodes(graph, selection).filter((node) => node.external === undefined);
    const positives = await Promise.all([
        ...selection.specs.map((text) => matcher(text, base)),
        ...selection.hashes.map((text) => hashMatcher(text.replace(/^\//, ''), text)),
    ]);
    const include = await Promise.all(selection.include.map((text) => matcher(text, base)));
    const exclude = await Promise.all(selection.exclude.map((text) => matcher(text, base)));
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
function baseNodes(graph, { groups = [], rootsOnly, noBuildDeps }) {
    const roots = new Set((0,_groups_js__WEBPACK_IMPORTED_MODULE_2__/* .rootsOfGroups */ .P)(graph.roots, groups).map((root) => root.hash));
    const nodes = (0,_spec_graph_js__WEBPACK_IMPORTED_MODULE_3__/* .postOrder */ .bV)(graph, roots, noBuildDeps ? (0,_spec_graph_js__WEBPACK_IMPORTED_MODULE_3__/* .ofTypes */ .vz)('link', 'run') : undefined);
    return rootsOnly ? nodes.filter((node) => roots.has(node.hash)) : nodes;
}
/** A glob over names, a hash, or a spec constraint; one argument is one constraint. */
async function matcher(text, base) {
    if (/^\/[a-z2-7]+$/.test(text))
        return hashMatcher(text.slice(1), text);
    // A package's name is the commonest constraint and needs no parser; one that no package has may be virtual.
    if (/^\w[\w-]*$/.test(text) && base.some(({ name }) => name === text))
        return { text, matches: (_, node) => node.name === text };
    if (isGlob(text)) {
        const { default: picomatch } = await __webpack_require__.e(/* import() */ 4006).then(__webpack_require__.t.bind(__webpack_require__, 14006, 19));
        const isMatch = picomatch(text);
        return { text, matches: (_, node) => isMatch(node.name) };
    }
    const [{ parseSpec }, { satisfies }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(9981), __webpack_require__.e(6939)]).then(__webpack_require__.bind(__webpack_require__, 16939)),
        Promise.all(/* import() */[__webpack_require__.e(9981), __webpack_require__.e(3583)]).then(__webpack_require__.bind(__webpack_require__, 13583)),
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
/* harmony export */   bV: () => (/* binding */ postOrder),
/* harmony export */   vz: () => (/* binding */ ofTypes),
/* harmony export */   yw: () => (/* binding */ recordOrder)
/* harmony export */ });
/**
 * All nodes reachable from the given hashes, dependencies before dependents (post-order, children in the
 * document's order), each once. Edges to nodes the graph does not hold are passed over.
 * @param follow which edges to walk; all of them when not given
 */
function postOrder(graph, hashes, follow) {
    return walk(graph, hashes, follow, () => false);
}
/**
 * The same, with what spliced nodes were built as, after their dependencies: an index or a database that has a record
 * of a spliced spec needs records of all these, or Spack 1.2 and newer refuse the whole document.
 * @param isFollowed whose dependencies and build spec are looked at; everybody's when not given
 */
function recordOrder(graph, hashes, isFollowed = () => true) {
    return walk(graph, hashes, (_, from) => isFollowed(from), isFollowed);
}
function walk(graph, hashes, follow, toBuildSpec) {
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
            const { buildSpec, dependencies } = top.node;
            const at = top.next++;
            const edge = dependencies[at];
            if (edge !== undefined) {
                if (follow === undefined || follow(edge.deptypes, top.node))
                    enter(edge.hash);
            }
            else if (at === dependencies.length && buildSpec !== undefined && toBuildSpec(top.node)) {
                enter(buildSpec.hash);
            }
            else {
                order.push(top.node);
                stack.pop();
            }
        }
    }
    return order;
}
/** An edge filter for {@link postOrder}: edges having at least one of these types. */
function ofTypes(...types) {
    return (deptypes) => deptypes.some((type) => types.includes(type));
}


/***/ }),

/***/ 43571:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ askedAgain)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58500);
/**
 * Asks again for what has just been listed and is said not to be there: on a server, what lists and what reads are
 * often two things, and need a moment to agree. A folder of this machine is one thing, and is asked once.
 */

const PAUSES_MS = [150, 600];
/** After so many in a row that were not there in the end, the server is taken at its word. */
const ENOUGH = 40;
const inVain = new WeakMap();
/** @returns undefined when it is not there after all @throws whatever `ask` throws */
async function askedAgain(storage, ask, signal) {
    const before = inVain.get(storage) ?? 0;
    const pauses = storage.fileOf !== undefined || before >= ENOUGH ? [] : PAUSES_MS;
    let found = await ask();
    for (const pause of pauses) {
        if (found !== undefined)
            break;
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(pause, undefined, signal === undefined ? {} : { signal });
        found = await ask();
    }
    inVain.set(storage, found === undefined ? (inVain.get(storage) ?? 0) + 1 : 0);
    return found;
}


/***/ }),

/***/ 13959:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ canList)
/* harmony export */ });
function canList(storage) {
    return 'list' in storage;
}


/***/ })

};
