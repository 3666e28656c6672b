export const id = 3528;
export const ids = [3528];
export const modules = {

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
/* harmony import */ var _spec_format_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(40731);
/* harmony import */ var _spec_spec_file_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5518);
/* harmony import */ var _storage_storage_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(13959);
/* harmony import */ var _fetch_document_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(93355);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(57356);
/** Reading layout 3: `v3/manifests/…` name content-addressed blobs under `blobs/sha256/…`. */






const LAYOUT_JSON = 'v3/layout.json';
const MANIFESTS = 'v3/manifests/';
const SPEC_MANIFESTS = `${MANIFESTS}spec/`;
const INDEX_MANIFESTS = `${MANIFESTS}index/`;
const BLOBS = 'blobs/sha256/';
/** What a spec's entry is called, made polite: a git version may have a slash. */
function entryName(spec) {
    return (0,_spec_format_js__WEBPACK_IMPORTED_MODULE_4__/* .politeFilename */ .PB)(`${spec.name}-${spec.version}-${spec.hash}`);
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
    const readManifest = async (key, what, signal) => {
        const bytes = await (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_2__/* .fetchDocument */ .sW)(storage, key, { what, signal });
        if (bytes === undefined)
            return undefined;
        return { bytes, manifest: (0,_manifest_js__WEBPACK_IMPORTED_MODULE_3__/* .parseManifest */ .Ng)(bytes, (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_2__/* .documentUrl */ .LJ)(storage, key)) };
    };
    const readAt = async (key, signal) => {
        const found = await readManifest(key, 'the spec manifest', signal);
        if (found === undefined)
            return undefined;
        const url = (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_2__/* .documentUrl */ .LJ)(storage, key);
        return {
            bytes: found.bytes,
            signed: found.manifest.signed,
            url,
            ...manifestBlobs(found.manifest, url),
        };
    };
    const readEntry = (spec, signal) => readAt(specManifestKey(spec), signal);
    return {
        layout: 'v3',
        storage,
        async findIndex(signal) {
            const key = indexManifestKey(view);
            const found = await readManifest(key, 'the index manifest', signal);
            if (found === undefined)
                return undefined;
            const record = (0,_manifest_js__WEBPACK_IMPORTED_MODULE_3__/* .findRecord */ .Tq)(found.manifest, 'index');
            if (record === undefined)
                return (0,_manifest_js__WEBPACK_IMPORTED_MODULE_3__/* .lacksRecord */ .OA)(found.manifest, 'index', (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_2__/* .documentUrl */ .LJ)(storage, key));
            return { ...blobDescriptor(record), compression: record.compression };
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
        list: (0,_storage_storage_js__WEBPACK_IMPORTED_MODULE_5__/* .canList */ .x)(storage) ? (signal) => listManifests(storage, signal) : undefined,
        listBlobs: (0,_storage_storage_js__WEBPACK_IMPORTED_MODULE_5__/* .canList */ .x)(storage) ? (signal) => listBlobs(storage, signal) : undefined,
        couldBe: ({ key }, name) => key.startsWith(`${SPEC_MANIFESTS}${name}/`),
        readAt,
        async readSpec({ spec, url }, signal) {
            if (spec?.sha256 === undefined)
                throw (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_2__/* .incomplete */ .$x)(url, 'a record for the spec');
            const { key, sha256, size } = spec;
            const what = 'the spec file';
            const bytes = await (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_2__/* .fetchDocument */ .sW)(storage, key, { what, signal, maxBytes: _fetch_document_js__WEBPACK_IMPORTED_MODULE_2__/* .MAX_SPEC_FILE */ .o$ });
            if (bytes === undefined)
                throw (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_2__/* .incomplete */ .$x)(url, `the blob it names, ${key}`);
            (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .verifyBytes */ .RV)(bytes, { sha256, size, source: (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_2__/* .documentUrl */ .LJ)(storage, key) });
            return (0,_spec_spec_file_js__WEBPACK_IMPORTED_MODULE_1__/* .readSpecFile */ .M)(bytes, url);
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
    const record = (0,_manifest_js__WEBPACK_IMPORTED_MODULE_3__/* .findRecord */ .Tq)(manifest, kind);
    return record === undefined ? (0,_manifest_js__WEBPACK_IMPORTED_MODULE_3__/* .lacksRecord */ .OA)(manifest, kind, url) : blobDescriptor(record);
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
/* harmony export */   L_: () => (/* binding */ formatManifest),
/* harmony export */   Ng: () => (/* binding */ parseManifest),
/* harmony export */   OA: () => (/* binding */ lacksRecord),
/* harmony export */   Tq: () => (/* binding */ findRecord)
/* harmony export */ });
/* harmony import */ var _core_clearsigned_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(49283);
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(82552);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(28314);
/* harmony import */ var _fetch_document_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(93355);
/**
 * Layout 3 manifests: the little documents that name an entry's blobs. Only spec manifests are signed, as
 * OpenPGP cleartext messages at the same path.
 */





/** Media types exactly as Spack writes and matches them. */
const MEDIA_TYPE = {
    tarball: 'application/vnd.spack.install.v2.tar+gzip',
    spec: 'application/vnd.spack.spec.v5+json',
    index: 'application/vnd.spack.db.v8+json',
    key: 'application/pgp-keys',
    keyIndex: 'application/vnd.spack.keyindex.v1+json',
};
/** What is known of the format. Whatever says that it is newer may say anything. */
const VERSION = 3;
/**
 * @param bytes the manifest as stored, with or without its signature
 * @throws `bad-input` naming the source and what was found; `unsupported` for what only a newer program can read;
 *   `protocol` for an HTML page served with status 200
 */
function parseManifest(bytes, source) {
    const text = Buffer.from(bytes).toString('utf8');
    const payload = (0,_core_clearsigned_js__WEBPACK_IMPORTED_MODULE_4__/* .clearsignedText */ .J)(text);
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
    const records = document['data'].map((record, i) => parseRecord(record, `data[${i}]`, source));
    return { records, signed: payload !== undefined };
}
/** The manifest's text as Spack writes it: a newline around every bracket, no indent, none at the end. */
function formatManifest(records) {
    const items = records.map(({ size, mediaType, compression, sha256 }) => `{\n"contentLength":${size},\n"mediaType":${JSON.stringify(mediaType)},\n` +
        `"compression":"${compression}",\n"checksumAlgorithm":"sha256",\n"checksum":"${sha256}"\n}`);
    return `{\n"version":${VERSION},\n"data":[\n${items.join(',\n')}\n]\n}`;
}
/**
 * The first record of a kind, whatever its version: types are matched without their version and suffix, since
 * older Spacks wrote others and what a spec says of itself is what counts.
 */
function findRecord(manifest, kind) {
    const wanted = family(MEDIA_TYPE[kind]);
    return manifest.records.find((record) => family(record.mediaType) === wanted);
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
/* harmony import */ var _mirrors_environment_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(52875);
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
    const { root, nodes } = (0,_spec_spec_file_js__WEBPACK_IMPORTED_MODULE_5__/* .readSpecFile */ .M)(bytes, file);
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

/***/ 51233:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ selectOne)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _spec_format_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(40731);
/* harmony import */ var _selection_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(60000);
/** The one spec that an argument means. */



/** Named in a message. */
const SHOWN = 8;
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
    const shown = matches.slice(0, SHOWN).map(_spec_format_js__WEBPACK_IMPORTED_MODULE_2__/* .shortSpec */ .Gx).join(', ');
    const more = matches.length > SHOWN ? ` and ${matches.length - SHOWN} more` : '';
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', `${JSON.stringify(text)} matches ${matches.length} specs`, {
        expected: 'one',
        found: shown + more,
        hint: `name one by its hash: /${first?.hash.slice(0, 7) ?? ''}`,
    });
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
        const { default: picomatch } = await __webpack_require__.e(/* import() */ 4006).then(__webpack_require__.t.bind(__webpack_require__, 14006, 19));
        const isMatch = picomatch(text);
        return { text, matches: (_, node) => isMatch(node.name) };
    }
    const [{ parseSpec }, { satisfies }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(8298), __webpack_require__.e(6939)]).then(__webpack_require__.bind(__webpack_require__, 16939)),
        Promise.all(/* import() */[__webpack_require__.e(8298), __webpack_require__.e(4803)]).then(__webpack_require__.bind(__webpack_require__, 64803)),
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
