export const id = 5227;
export const ids = [5227];
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

/***/ 33201:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   aD: () => (/* binding */ specFileTarball),
/* harmony export */   dl: () => (/* binding */ layout2Keys),
/* harmony export */   j4: () => (/* binding */ openLayout2)
/* harmony export */ });
/* harmony import */ var _core_clearsigned_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(49283);
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(82552);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _spec_constraint_compiler_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(49491);
/* harmony import */ var _spec_format_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(40731);
/* harmony import */ var _spec_spec_file_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5518);
/* harmony import */ var _storage_storage_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(13959);
/* harmony import */ var _fetch_document_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(93355);
/** Reading layout 2: spec files and tarballs side by side under `build_cache/`, no manifests, no sizes. */








const INDEX = 'build_cache/index.json';
/**
 * Where layout 2 keeps a spec: its spec file without the extension, and its tarball. The compiler of a spec that was
 * one of format 5 from the start is its provider of c, else cxx, else fortran; without one it is `none`, twice. An older
 * one names its compiler, also where a newer Spack has written it again.
 * @param nodes the spec's graph, for finding the provider's version
 */
function layout2Keys(spec, nodes) {
    const arch = (0,_spec_format_js__WEBPACK_IMPORTED_MODULE_5__/* .politeFilename */ .PB)(`${spec.platform}-${spec.os}-${spec.target}`);
    const compiler = compilerOf(spec, nodes);
    const toolchain = (0,_spec_format_js__WEBPACK_IMPORTED_MODULE_5__/* .politeFilename */ .PB)(`${compiler.name}-${compiler.version}`);
    const package_ = (0,_spec_format_js__WEBPACK_IMPORTED_MODULE_5__/* .politeFilename */ .PB)(`${spec.name}-${spec.version}`);
    const file = `${arch}-${toolchain}-${package_}-${spec.hash}`;
    return {
        spec: `build_cache/${file}.spec.json`,
        tarball: `build_cache/${arch}/${toolchain}/${package_}/${file}.spack`,
    };
}
/** The tarball as the spec file describes it. @throws `bad-input` when it does not */
function specFileTarball({ tarballSha256 }, key, url) {
    if (!(0,_core_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .isSha256 */ ._h)(tarballSha256))
        throw (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_4__/* .incomplete */ .$x)(url, 'binary_cache_checksum with a SHA-256');
    return { key, sha256: tarballSha256, size: undefined };
}
function openLayout2(storage, nodes) {
    const readAt = async (key, signal) => {
        const what = 'the spec file';
        const bytes = await (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_4__/* .fetchDocument */ .sW)(storage, key, { what, signal, maxBytes: _fetch_document_js__WEBPACK_IMPORTED_MODULE_4__/* .MAX_SPEC_FILE */ .o$ });
        if (bytes === undefined)
            return undefined;
        const url = (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_4__/* .documentUrl */ .LJ)(storage, key);
        const document = (0,_spec_spec_file_js__WEBPACK_IMPORTED_MODULE_3__/* .readSpecFile */ .MB)(bytes, url);
        const signed = (0,_core_clearsigned_js__WEBPACK_IMPORTED_MODULE_6__/* .clearsignedText */ .J)(bytes.toString('utf8')) !== undefined;
        // The document knows its own compiler, which the graph that was asked for may not.
        const tarball = specFileTarball(document, layout2Keys(document.root, document.nodes).tarball, url);
        return { bytes, signed, url, tarball, spec: undefined };
    };
    return {
        layout: 'v2',
        storage,
        async findIndex(signal) {
            const hash = await (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_4__/* .fetchDocument */ .sW)(storage, `${INDEX}.hash`, { what: 'the index hash', signal });
            const sha256 = hash?.toString('latin1').trim();
            if ((0,_core_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .isSha256 */ ._h)(sha256))
                return { key: INDEX, sha256, size: undefined, compression: 'none' };
            const info = await storage.head(INDEX, { signal });
            if (info === undefined)
                return undefined;
            return { key: INDEX, sha256: undefined, size: info.size, etag: info.etag, compression: 'none' };
        },
        // Layout 2 has no marker of its own; its index is the only sign.
        async isMarked() {
            return false;
        },
        async has(spec, signal) {
            for (const key of documentKeys(spec, nodes)) {
                // The first bytes suffice: spec files run to megabytes.
                const start = await (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_4__/* .fetchDocument */ .sW)(storage, key, {
                    what: 'the spec file',
                    signal,
                    range: { start: 0, end: 63 },
                    maxBytes: _fetch_document_js__WEBPACK_IMPORTED_MODULE_4__/* .MAX_SPEC_FILE */ .o$,
                });
                if (start === undefined)
                    continue;
                if (/^(?:\s*\{|-----BEGIN PGP SIGNED MESSAGE-----)/.test(start.toString('latin1')))
                    return true;
                throw notASpecFile((0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_4__/* .documentUrl */ .LJ)(storage, key), start);
            }
            return false;
        },
        async read(spec, signal) {
            for (const key of documentKeys(spec, nodes)) {
                const entry = await readAt(key, signal);
                if (entry !== undefined)
                    return entry;
            }
            return undefined;
        },
        isPlaceOf: (key, spec, own = nodes) => documentKeys(spec, own).includes(key),
        list: (0,_storage_storage_js__WEBPACK_IMPORTED_MODULE_7__/* .canList */ .x)(storage) ? (signal) => listSpecFiles(storage, signal) : undefined,
        couldBe: ({ key }, name) => key.includes(`-${name}-`),
        readAt,
        async readSpec({ bytes, url }) {
            return (0,_spec_spec_file_js__WEBPACK_IMPORTED_MODULE_3__/* .readSpecFile */ .MB)(bytes, url);
        },
    };
}
function documentKeys(spec, nodes) {
    const key = layout2Keys(spec, nodes).spec;
    return [`${key}.sig`, key];
}
/** Of a spec that is there signed and unsigned, the signed one only. */
async function* listSpecFiles(storage, signal) {
    const unsigned = new Map();
    const signed = new Set();
    for await (const { key, modified } of storage.list('build_cache/', { signal })) {
        const [, hash, sig] = /^build_cache\/[^/]+-([a-z2-7]{32})\.spec\.json(\.sig)?$/.exec(key) ?? [];
        if (hash === undefined)
            continue;
        if (sig === undefined) {
            unsigned.set(key, { key, hash, modified });
        }
        else {
            signed.add(key.slice(0, -sig.length));
            yield { key, hash, modified };
        }
    }
    for (const [key, entry] of unsigned)
        if (!signed.has(key))
            yield entry;
}
function compilerOf(spec, nodes) {
    const written = spec.originalFormat < 5 ? (0,_spec_constraint_compiler_js__WEBPACK_IMPORTED_MODULE_2__/* .compilerOf */ .Lx)(spec) : undefined;
    if (written !== undefined)
        return written;
    for (const language of ['c', 'cxx', 'fortran']) {
        const edge = spec.dependencies.find(({ virtuals }) => virtuals.includes(language));
        const node = edge === undefined ? undefined : nodes.get(edge.hash);
        if (node !== undefined)
            return node;
    }
    return { name: 'none', version: 'none' };
}
function notASpecFile(url, start) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('bad-input', 'not a spec file', {
        url,
        expected: 'JSON or a signed message',
        found: JSON.stringify(start.toString('latin1', 0, 24)),
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

/***/ 92853:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c8: () => (/* binding */ secretVariables),
/* harmony export */   rt: () => (/* binding */ credentialVariables),
/* harmony export */   z8: () => (/* binding */ resolveCredentials)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/** Credentials out of the variables a mirror names. They go to the backend and nowhere else. */

/**
 * @throws `usage` when a variable is named but not set: going on without would read as "refused" later
 */
function resolveCredentials(mirror, source, env) {
    const lookUp = (variable) => {
        const value = env[variable];
        if (value !== undefined && value !== '')
            return value;
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', `mirror "${mirror}" takes its credentials from ${variable}, which is not set`, {
            hint: `set ${variable} in the step's env, or take it out of the mirror's configuration`,
        });
    };
    if (source.tokenVariable !== undefined)
        return { kind: 'token', token: lookUp(source.tokenVariable) };
    if (source.id === undefined || source.secretVariable === undefined)
        return { kind: 'none' };
    const id = 'variable' in source.id ? lookUp(source.id.variable) : source.id.value;
    return { kind: 'pair', id, secret: lookUp(source.secretVariable) };
}
/** The variables of a mirror whose values are secret. A user's name is not. */
function secretVariables({ secretVariable, tokenVariable }) {
    return [secretVariable, tokenVariable].filter((name) => name !== undefined);
}
/** Every variable a mirror's credentials come from. */
function credentialVariables(source) {
    const id = source.id !== undefined && 'variable' in source.id ? source.id.variable : undefined;
    return [id, source.secretVariable, source.tokenVariable].filter((name) => name !== undefined);
}


/***/ }),

/***/ 45107:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ openClient)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/** The HTTP client behind mirrors, set up as the connection says. */


async function openClient({ env, timeoutMs, jobs, verifyTls, caFile, }) {
    const { openHttpClient } = await __webpack_require__.e(/* import() */ 7901).then(__webpack_require__.bind(__webpack_require__, 27901));
    return openHttpClient({
        timeoutMs,
        connections: jobs,
        verifyTls,
        ca: await readCa(caFile),
        env,
    });
}
async function readCa(file) {
    if (file === undefined)
        return undefined;
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file, 'utf8');
    }
    catch (error) {
        // Spack takes a folder of certificates too; without them a server they vouch for is refused, clearly.
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .systemCode */ .xU)(error) === 'EISDIR')
            return undefined;
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .fileError */ .zS)(error, file, 'read the certificate authorities');
    }
}


/***/ }),

/***/ 53675:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   UY: () => (/* binding */ openImage),
/* harmony export */   b3: () => (/* binding */ openMirrorReader),
/* harmony export */   vN: () => (/* binding */ openMirrorRegistry)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _credentials_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(92853);
/* harmony import */ var _open_client_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(45107);
/** Registries of mirrors and of base images, with the credentials that are theirs. */



/** @throws BuildcacheError `usage` for a URL that names no repository, a view, or credentials that are not set */
async function openMirrorReader(mirror, side, connection) {
    const repository = await repositoryOf(mirror, side);
    const { openRegistryReader } = await Promise.all(/* import() */[__webpack_require__.e(7901), __webpack_require__.e(1080)]).then(__webpack_require__.bind(__webpack_require__, 21080));
    return openRegistryReader(await (0,_open_client_js__WEBPACK_IMPORTED_MODULE_2__/* .openClient */ .M)(connection), await optionsFor(repository, mirror, side, repository, connection));
}
/** @throws as {@link openMirrorReader} */
async function openMirrorRegistry(mirror, side, connection) {
    const repository = await repositoryOf(mirror, side);
    const { openRegistry } = await Promise.all(/* import() */[__webpack_require__.e(7901), __webpack_require__.e(1080)]).then(__webpack_require__.bind(__webpack_require__, 21080));
    return openRegistry(await (0,_open_client_js__WEBPACK_IMPORTED_MODULE_2__/* .openClient */ .M)(connection), await optionsFor(repository, mirror, side, repository, connection));
}
/**
 * An image beside a mirror; where both are in one registry, the mirror's credentials are tried.
 * @param text as for `docker pull`, or with `oci+http://` before it
 * @throws BuildcacheError `usage` for what is no name of an image
 */
async function openImage(text, mirror, side, connection) {
    const { parseImageReference } = await __webpack_require__.e(/* import() */ 3327).then(__webpack_require__.bind(__webpack_require__, 53327));
    const { openRegistryReader } = await Promise.all(/* import() */[__webpack_require__.e(7901), __webpack_require__.e(1080)]).then(__webpack_require__.bind(__webpack_require__, 21080));
    const reference = parseImageReference(text);
    const options = await optionsFor(reference, mirror, side, await repositoryOf(mirror, side), connection);
    return { registry: openRegistryReader(await (0,_open_client_js__WEBPACK_IMPORTED_MODULE_2__/* .openClient */ .M)(connection), options), reference };
}
async function repositoryOf(mirror, { url, view }) {
    if (view !== undefined) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', `mirror "${mirror}": registries have no views`, {
            hint: 'take view out of its configuration, or use another repository',
        });
    }
    const { parseRepositoryUrl } = await __webpack_require__.e(/* import() */ 3327).then(__webpack_require__.bind(__webpack_require__, 53327));
    return parseRepositoryUrl(url);
}
async function optionsFor({ scheme, host, name }, mirror, side, home, { env, retry, githubToken }) {
    const { credentialFinder } = await __webpack_require__.e(/* import() */ 4801).then(__webpack_require__.bind(__webpack_require__, 84801));
    const credentials = (0,_credentials_js__WEBPACK_IMPORTED_MODULE_1__/* .resolveCredentials */ .z8)(mirror, side.credentials, env);
    const own = credentials.kind === 'none' ? undefined : { host: home.host, credentials };
    return {
        repository: { scheme, host, name },
        retry,
        credentials: credentialFinder({ own, githubToken, env }),
    };
}


/***/ }),

/***/ 95227:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gz: () => (/* binding */ openStorage),
/* harmony export */   Y4: () => (/* binding */ openMirror),
/* harmony export */   aC: () => (/* binding */ requireKnownScheme)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73136);
/* harmony import */ var _cache_layout2_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(33201);
/* harmony import */ var _cache_layout3_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(65314);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(62807);
/* harmony import */ var _core_redact_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(193);
/* harmony import */ var _credentials_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(92853);
/* harmony import */ var _location_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(6296);
/* harmony import */ var _open_client_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(45107);
/* harmony import */ var _open_registry_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(53675);
/** A mirror's URL -> the storage behind it and the layouts to read it with. Backends load when they are needed. */










/**
 * Opens a mirror for reading.
 * @param graph where the compilers of layout 2's file names are looked up
 * @throws `unsupported` for a scheme we do not speak, `usage` for credentials that are named but not set
 */
async function openMirror(mirror, graph, connection) {
    const { fetch } = mirror;
    if ((0,_location_js__WEBPACK_IMPORTED_MODULE_6__/* .isRegistryUrl */ .bs)(fetch.url)) {
        const { openOci } = await Promise.all(/* import() */[__webpack_require__.e(5030), __webpack_require__.e(3296)]).then(__webpack_require__.bind(__webpack_require__, 75030));
        const registry = await (0,_open_registry_js__WEBPACK_IMPORTED_MODULE_8__/* .openMirrorReader */ .b3)(mirror.name, fetch, connection);
        const readers = [openOci(registry, { signed: mirror.signed })];
        return { readers, notes: [], close: () => registry.close() };
    }
    const storage = await openStorage(mirror.name, fetch, connection);
    const readers = [(0,_cache_layout3_js__WEBPACK_IMPORTED_MODULE_3__/* .openLayout3 */ .qG)(storage, fetch.view)];
    // Views came with layout 3; a mirror that is configured with one is not read in layout 2.
    if (fetch.view === undefined)
        readers.push((0,_cache_layout2_js__WEBPACK_IMPORTED_MODULE_2__/* .openLayout2 */ .j4)(storage, graph.nodes));
    return { readers, notes: await folderNotes(fetch.url), close: () => storage.close() };
}
async function folderNotes(url) {
    if (!url.startsWith('file:'))
        return [];
    const folder = filePath(url);
    const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.access)(folder).then(() => true, (error) => (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .systemCode */ .xU)(error) !== 'ENOENT');
    const hint = url.includes('$') ? ', and Spack replaces variables in paths, not in URLs' : '';
    return found ? [] : [`there is no folder ${folder}: it was taken for an empty mirror${hint}`];
}
/**
 * The storage behind one side of a mirror. What cannot be written to is a reader only.
 * @throws as {@link openMirror}
 */
async function openStorage(name, side, connection) {
    if (side.url === '') {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .BuildcacheError */ .fO('usage', `mirror "${name}" has no URL for this direction`, {
            hint: 'set its url, fetch or push',
        });
    }
    switch (schemeOf(side.url)) {
        case 'file': {
            const { openFileStorage } = await __webpack_require__.e(/* import() */ 3302).then(__webpack_require__.bind(__webpack_require__, 93302));
            return openFileStorage(filePath(side.url));
        }
        case 'http':
        case 'https': {
            const { openHttpStorage } = await Promise.all(/* import() */[__webpack_require__.e(7901), __webpack_require__.e(4824)]).then(__webpack_require__.bind(__webpack_require__, 24824));
            const credentials = (0,_credentials_js__WEBPACK_IMPORTED_MODULE_5__/* .resolveCredentials */ .z8)(name, side.credentials, connection.env);
            return openHttpStorage(await (0,_open_client_js__WEBPACK_IMPORTED_MODULE_7__/* .openClient */ .M)(connection), {
                url: side.url,
                authorization: authorization(credentials),
                retry: connection.retry,
            });
        }
        case 's3': {
            const { openS3Storage } = await __webpack_require__.e(/* import() */ 2750).then(__webpack_require__.bind(__webpack_require__, 82750));
            const { bucket, prefix } = bucketLocation(side.url, 's3');
            const { renewAws } = connection;
            const http = await (0,_open_client_js__WEBPACK_IMPORTED_MODULE_7__/* .openClient */ .M)(connection);
            return openS3Storage({
                bucket,
                prefix,
                endpointUrl: side.endpointUrl ?? connection.env['S3_ENDPOINT_URL'] ?? connection.env['AWS_ENDPOINT_URL'],
                profile: side.credentials.profile,
                credentials: s3Credentials((0,_credentials_js__WEBPACK_IMPORTED_MODULE_5__/* .resolveCredentials */ .z8)(name, side.credentials, connection.env)),
                renew: renewAws === undefined ? undefined : async () => await renewAws(http),
                http,
                retry: connection.retry,
            });
        }
        case 'gs': {
            const { openGcsStorage } = await Promise.all(/* import() */[__webpack_require__.e(7901), __webpack_require__.e(2987)]).then(__webpack_require__.bind(__webpack_require__, 32987));
            const { bucket, prefix } = bucketLocation(side.url, 'gs');
            const emulator = connection.env['STORAGE_EMULATOR_HOST'];
            const http = await (0,_open_client_js__WEBPACK_IMPORTED_MODULE_7__/* .openClient */ .M)(connection);
            return openGcsStorage({
                bucket,
                prefix,
                endpointUrl: side.endpointUrl ?? (emulator ? emulatorUrl(emulator) : undefined),
                token: await gcsToken(name, side, connection, http),
                http,
                retry: connection.retry,
            });
        }
        default:
            throw unsupported(name, side.url);
    }
}
/**
 * Whether a mirror could be opened, as far as its URL tells.
 * @throws BuildcacheError as {@link openMirror}
 */
function requireKnownScheme(name, url) {
    const scheme = schemeOf(url);
    if (scheme === 'file')
        filePath(url);
    else if (scheme === 's3' || scheme === 'gs')
        bucketLocation(url, scheme);
    else if (scheme !== 'http' && scheme !== 'https' && !(0,_location_js__WEBPACK_IMPORTED_MODULE_6__/* .isRegistryUrl */ .bs)(url))
        throw unsupported(name, url);
}
function schemeOf(url) {
    return /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? '';
}
function unsupported(name, url) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .BuildcacheError */ .fO('unsupported', `mirror "${name}": ${schemeOf(url)}:// is not supported`, {
        url: (0,_core_redact_js__WEBPACK_IMPORTED_MODULE_9__/* .redactUrl */ .B)(url),
        expected: 'file://, http://, https://, s3://, gs://, oci:// or oci+http://',
    });
}
function bucketLocation(url, scheme) {
    const match = /^(?:s3|gs):\/\/([^/?#]+)\/*([^?#]*)$/i.exec(url);
    if (match !== null)
        return { bucket: match[1] ?? '', prefix: (match[2] ?? '').replace(/\/+$/, '') };
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .BuildcacheError */ .fO('usage', `not a URL of a bucket`, {
        url: (0,_core_redact_js__WEBPACK_IMPORTED_MODULE_9__/* .redactUrl */ .B)(url),
        expected: `${scheme}://bucket/prefix`,
    });
}
/** A host and port are enough for Google's own client, too. */
function emulatorUrl(host) {
    return /^https?:/.test(host) ? host : `http://${host}`;
}
/** The token the mirror names; else as Google finds it; an emulator wants none. */
async function gcsToken(name, { credentials: source }, { env }, http) {
    const credentials = (0,_credentials_js__WEBPACK_IMPORTED_MODULE_5__/* .resolveCredentials */ .z8)(name, source, env);
    if (credentials.kind === 'token')
        return async () => credentials.token;
    if (env['STORAGE_EMULATOR_HOST'])
        return async () => undefined;
    const { googleToken } = await __webpack_require__.e(/* import() */ 382).then(__webpack_require__.bind(__webpack_require__, 40382));
    return googleToken(env['GOOGLE_APPLICATION_CREDENTIALS'] || undefined, http);
}
function s3Credentials(credentials) {
    if (credentials.kind !== 'pair')
        return undefined;
    return { accessKeyId: credentials.id, secretAccessKey: credentials.secret };
}
function filePath(url) {
    try {
        return (0,node_url__WEBPACK_IMPORTED_MODULE_1__.fileURLToPath)(url);
    }
    catch (error) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .BuildcacheError */ .fO('usage', 'not a file URL of this machine', { url, expected: 'file:///absolute/path' }, error);
    }
}
function authorization(credentials) {
    switch (credentials.kind) {
        case 'token':
            return `Bearer ${credentials.token}`;
        case 'pair':
            return `Basic ${Buffer.from(`${credentials.id}:${credentials.secret}`).toString('base64')}`;
        case 'none':
            return undefined;
    }
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
