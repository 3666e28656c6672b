export const id = 4481;
export const ids = [4481,3296];
export const modules = {

/***/ 73296:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HW: () => (/* binding */ isReservedTag),
/* harmony export */   W3: () => (/* binding */ specTag),
/* harmony export */   YV: () => (/* binding */ couldBeTagOf),
/* harmony export */   qA: () => (/* binding */ INDEX_TAG),
/* harmony export */   wu: () => (/* binding */ hashInTag)
/* harmony export */ });
/** Where Spack keeps the index: what looks like an image and is none. */
const INDEX_TAG = 'index.spack';
/** The most a tag may have, by the OCI distribution specification. */
const LONGEST = 128;
/** The tag of a spec's image, as Spack makes it; one that would be too long loses its middle. */
function specTag({ name, version, hash }) {
    const tag = tagCharacters(`${name}-${version}-${hash}.spack`);
    return tag.length > LONGEST ? tag.slice(0, 64) + tag.slice(-64) : tag;
}
/** The DAG hash in a tag; undefined when it is no spec's. */
function hashInTag(tag) {
    return /-([a-z2-7]{32})\.spack$/.exec(tag)?.[1];
}
/** Whether a tag may be of a spec of that package, whose name may not be all there. */
function couldBeTagOf(tag, packageName) {
    return tag.startsWith(tagCharacters(`${packageName}-`).slice(0, 64));
}
/** Whether a tag has a meaning of its own: Spack's, or a list of what refers to a manifest. */
function isReservedTag(tag) {
    return tag.endsWith('.spack') || /^sha256-[0-9a-f]{64}$/.test(tag);
}
function tagCharacters(text) {
    return text.replace(/[^\w.-]/g, '_');
}


/***/ }),

/***/ 36424:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ updateIndices),
/* harmony export */   n: () => (/* binding */ removeEntries)
/* harmony export */ });
/* harmony import */ var p_limit__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(70370);
/* harmony import */ var _core_abort_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(67844);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _index_update_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6515);
/**
 * Removing entries from a mirror and its indices. The indices forget them before they go, so that nobody is told of
 * what is not there; who asks for one that is not listed still finds it until then.
 */




/**
 * @param problems gets what could not be removed, or was written again meanwhile and stays
 * @returns those that were removed
 * @throws as the storage does where an index cannot be updated; no entry has been removed then, or only the index is
 *   behind
 */
async function removeEntries(cache, condemned, problems, options) {
    if (condemned.length === 0)
        return [];
    const { jobs, signal } = options;
    const without = new Set(condemned.map(({ hash }) => hash));
    const onProblem = (text) => {
        if (!problems.includes(text))
            problems.push(text);
    };
    await updateIndices(cache, options, { without, onProblem });
    const limit = (0,p_limit__WEBPACK_IMPORTED_MODULE_3__/* ["default"] */ .A)(jobs);
    const removed = [];
    await Promise.all(condemned.map((entry) => limit(async () => {
        (0,_core_abort_js__WEBPACK_IMPORTED_MODULE_0__/* .throwIfCancelled */ .dZ)(signal);
        try {
            if (await cache.remove(entry, signal))
                removed.push(entry);
            else
                problems.push(`${entry.key} was written meanwhile, and stays`);
        }
        catch (error) {
            (0,_core_abort_js__WEBPACK_IMPORTED_MODULE_0__/* .throwIfCancelled */ .dZ)(signal);
            problems.push(`${entry.key} could not be removed: ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .describeError */ .Uc)(error)}`);
        }
    })));
    // What stays after all belongs in the index, and what a rebuild has listed meanwhile does not.
    await updateIndices(cache, options, { onProblem });
    return removed;
}
/**
 * Makes the main index and the views that are there anew: each lists what it listed (the main index: everything) of
 * what is there.
 * @param how.onProblem told of entries that cannot be listed, and of views that cannot be read
 * @returns whether anything had to be changed
 */
async function updateIndices(cache, { jobs, signal }, how) {
    const { without, onProblem } = how;
    let changed = false;
    for (const index of await cache.listIndices(signal)) {
        // What a view is about nobody but its index knows.
        const only = index.isView ? { only: new Set(), append: true } : {};
        const options = { ...only, without, full: false, jobs, onProblem, signal };
        try {
            changed = (await (0,_index_update_js__WEBPACK_IMPORTED_MODULE_2__/* .remakeIndex */ .wM)({ reader: cache.reader, index }, options)).changed || changed;
        }
        catch (error) {
            // A view that nobody can read misleads nobody, and what it was about is lost.
            if (!index.isView || !['bad-input', 'corrupt'].includes((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorCode */ .CA)(error)))
                throw error;
            onProblem(`${index.url}: the view is damaged, make it again: ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .describeError */ .Uc)(error)}`);
        }
    }
    return changed;
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
        ? (signed?.text ?? (0,_spec_spec_file_js__WEBPACK_IMPORTED_MODULE_2__/* .specFileText */ .B)(entry.bytes, entry.url))
        : await fetchSpecFile(reader, entry, entry.spec, signal);
    const document = (0,_spec_spec_file_js__WEBPACK_IMPORTED_MODULE_2__/* .readSpecFile */ .M)(Buffer.from(documentText), entry.url);
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
                tarball: (0,_layout2_js__WEBPACK_IMPORTED_MODULE_4__/* .specFileTarball */ .aD)((0,_spec_spec_file_js__WEBPACK_IMPORTED_MODULE_2__/* .readSpecFile */ .M)(Buffer.from(text), url), tarball.key, url),
                spec: undefined,
            };
        case 'oci':
            return (0,_oci_signature_js__WEBPACK_IMPORTED_MODULE_8__/* .imageBlobs */ .aR)(text, stored);
    }
}
async function fetchSpecFile(reader, entry, { key, sha256, size }, signal) {
    const source = (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .documentUrl */ .LJ)(reader.storage, key);
    const maxBytes = Math.min(size ?? _fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .MAX_SPEC_FILE */ .o$, _fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .MAX_SPEC_FILE */ .o$);
    const bytes = await (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .fetchDocument */ .sW)(reader.storage, key, { what: 'the spec file', signal, maxBytes });
    if (bytes === undefined || sha256 === undefined)
        throw (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .incomplete */ .$x)(entry.url, `the blob it names, ${key}`);
    (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .verifyBytes */ .RV)(bytes, { sha256, size, source });
    return (0,_spec_spec_file_js__WEBPACK_IMPORTED_MODULE_2__/* .specFileText */ .B)(bytes, source);
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

/***/ 23020:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R0: () => (/* binding */ writeWholeFile),
/* harmony export */   nM: () => (/* binding */ removeFile),
/* harmony export */   wB: () => (/* binding */ canWriteFolder)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(62807);
/** Files that are whole or not there: written beside their place, then renamed into it. */




/** Creates missing folders. @throws `denied`, `io`, … naming the file */
async function writeWholeFile(file, content) {
    const temporary = `${file}.${process.pid}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(4).toString('hex')}.tmp`;
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(file), { recursive: true });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(temporary, content, { flag: 'wx' });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(temporary, file);
    }
    catch (error) {
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .fileError */ .zS)(error, file, 'write it');
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(temporary, { force: true }).catch(() => undefined);
    }
}
/** Removes a file if it is there. @throws as {@link writeWholeFile} */
async function removeFile(file) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(file, { force: true });
    }
    catch (error) {
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .fileError */ .zS)(error, file, 'remove it');
    }
}
/** Whether files can be made in a folder, which is made if need be. */
async function canWriteFolder(folder) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(folder, { recursive: true });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.access)(folder, node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.constants.W_OK);
        return true;
    }
    catch {
        return false;
    }
}


/***/ }),

/***/ 72483:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ readOneMirror)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _shared_options_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(23589);
/** Verbs about one mirror, which is their first argument. */


/** @throws BuildcacheError `usage` for a mirror that is not known, and for `--mirror-url` */
async function readOneMirror(verb, argument, options, context) {
    if (options.mirrorUrl.length > 0) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', `${verb} takes its mirror as an argument, not with --mirror-url`);
    }
    const around = await (0,_shared_options_js__WEBPACK_IMPORTED_MODULE_1__/* .readSurroundings */ .St)({ ...options, mirrorUrl: [argument] }, context);
    const [mirror] = around.mirrors;
    if (mirror === undefined)
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('internal', 'a mirror got lost');
    // The one mirror of a command line has a name that only Spack's files want.
    return { mirror: { ...mirror, name: argument }, around };
}


/***/ }),

/***/ 75919:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  define: () => (/* binding */ verb_check_index_define)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./node_modules/commander/esm.mjs
var esm = __webpack_require__(48179);
// EXTERNAL MODULE: ./build/cache/keys.js
var keys = __webpack_require__(90845);
// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(70370);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: external "node:stream/promises"
var promises_ = __webpack_require__(46466);
// EXTERNAL MODULE: ./build/core/digest.js
var digest = __webpack_require__(82552);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/storage/read.js
var read = __webpack_require__(53700);
// EXTERNAL MODULE: ./build/cache/fetch-document.js
var fetch_document = __webpack_require__(93355);
// EXTERNAL MODULE: ./build/cache/verified-entry.js
var verified_entry = __webpack_require__(16444);
;// CONCATENATED MODULE: ./build/cache/check-entry.js
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
    const add = (kind, text, blob) => void problems.push({ kind, entry: listed, text, blob });
    const read = await blaming(() => reader.readAt(listed.key, options.signal));
    if ('error' in read) {
        add(isIllegible(read.error) ? 'unreadable' : 'malformed', (0,errors/* describeError */.Uc)(read.error));
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
            add(kind, (0,errors/* describeError */.Uc)(found.error), entry.tarball);
        }
    }
    return { entry, problems };
}
async function checkPresence({ storage }, what, blob, { sizes, signal }, add) {
    const url = (0,fetch_document/* documentUrl */.LJ)(storage, blob.key);
    const info = sizes === undefined ? await storage.head(blob.key, { signal }) : undefined;
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
        const isCorrupt = entry.spec !== undefined && (0,errors/* errorCode */.CA)(spec.error) === 'corrupt';
        const kind = isCorrupt ? 'blob-corrupt' : isIllegible(spec.error) ? 'unreadable' : 'malformed';
        return add(kind, (0,errors/* describeError */.Uc)(spec.error), entry.spec);
    }
    const { root, nodes } = spec.value;
    if (root.hash !== listed.hash || !reader.isPlaceOf(listed.key, root, nodes)) {
        return add('misfiled', `${entry.url}: it is an entry of ${root.name}@${root.version}/${root.hash}`);
    }
    if (trust === undefined || !signed || !entry.signed)
        return;
    const verified = await blaming(() => (0,verified_entry/* readVerifiedEntry */.p)(reader, root, trust, signal));
    if ('error' in verified)
        add('untrusted', (0,errors/* describeError */.Uc)(verified.error));
}
/** Reads a blob to its end. @throws BuildcacheError `corrupt` where it is not what is said of it, or gone */
async function verifyBlob({ storage }, { key, sha256, size }, signal) {
    const source = (0,fetch_document/* documentUrl */.LJ)(storage, key);
    const object = await storage.get(key, { signal });
    if (object === undefined || object === 'not-modified') {
        throw new errors/* BuildcacheError */.fO('corrupt', 'the tarball was removed meanwhile', { url: source });
    }
    if (sha256 === undefined)
        return void (await (0,read/* readAll */.y)(object, { maxBytes: Infinity, what: 'the tarball' }));
    const nowhere = new external_node_stream_.Writable({ write: (_chunk, _encoding, done) => done() });
    await (0,promises_.pipeline)(object.body, (0,digest/* verifying */.MP)({ sha256, size, source }), nowhere);
}
/** Whether it may be whole all the same: it is us, or what is between, who cannot tell. */
function isIllegible(error) {
    return ['unsupported', 'too-large', 'protocol'].includes((0,errors/* errorCode */.CA)(error));
}
/** What the entry is to blame for, as a value; what is on the way to it, thrown. */
async function blaming(look) {
    try {
        return { value: await look() };
    }
    catch (error) {
        const blame = ['bad-input', 'corrupt', 'unsupported', 'too-large', 'untrusted', 'protocol'];
        if (blame.includes((0,errors/* errorCode */.CA)(error)))
            return { error };
        throw error;
    }
}

// EXTERNAL MODULE: ./build/cache/index-listed.js
var index_listed = __webpack_require__(83839);
// EXTERNAL MODULE: ./build/cache/index-update.js
var index_update = __webpack_require__(6515);
// EXTERNAL MODULE: ./build/cache/layout3.js
var layout3 = __webpack_require__(65314);
// EXTERNAL MODULE: ./build/cache/named-blobs.js
var named_blobs = __webpack_require__(6713);
// EXTERNAL MODULE: ./build/cache/remove-entries.js
var remove_entries = __webpack_require__(36424);
// EXTERNAL MODULE: ./build/core/abort.js
var abort = __webpack_require__(67844);
;// CONCATENATED MODULE: ./build/plan/mirror-check.js
/** Whether nothing was found that should not be. */
function isRight({ index, missing, unindexed, problems, entries }) {
    const hasIndex = index.kind === 'there' || (index.kind === 'none' && entries === 0);
    return hasIndex && missing.length === 0 && unindexed.length === 0 && problems.length === 0;
}
function mirrorCheckExitCode(check, repair) {
    if (check.unknown.length > 0)
        return 2;
    return isRight(check) && (repair?.problems ?? []).length === 0 ? 0 : 1;
}
/** Kinds of problems that make an entry useless to everybody, so that removing it takes nothing away. */
const USELESS = new Set([
    'malformed',
    'misfiled',
    'blob-missing',
    'blob-size',
    'blob-corrupt',
]);
function countProblems(problems) {
    const counts = new Map();
    for (const { kind } of problems)
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return counts;
}

// EXTERNAL MODULE: ./build/storage/storage.js
var storage = __webpack_require__(13959);
;// CONCATENATED MODULE: ./build/commands/check-index.js
/** `check-index`: whether a mirror is what its index and its entries say; and putting right what can be. */











/** Each looks at what the ones before look at, too. */
const VERIFY_LEVELS = ['exists', 'manifests', 'blobs', 'all'];
/** @throws BuildcacheError only when nothing could be told at all: the mirror cannot be reached, or is none */
async function checkIndex(options, reporter) {
    const { reader, view, verify, signal } = options;
    const { index, listed } = await readIndex(options);
    const entries = await listEntries(reader, signal);
    await requireCache(reader, index, entries, signal);
    const unknown = [];
    const there = new Set(entries?.map(({ hash }) => hash));
    const missing = entries === undefined ? [] : [...listed].filter((hash) => !there.has(hash));
    if (entries === undefined) {
        unknown.push('what the mirror holds cannot be listed: check it where it is written');
    }
    const subjects = (entries ?? []).filter(({ hash }) => view === undefined || listed.has(hash));
    const unindexed = index.kind === 'there' && view === undefined ? subjects.filter(({ hash }) => !listed.has(hash)) : [];
    const blobs = await listBlobs(reader, signal);
    const checked = verify === 'exists' ? undefined : await checkEntries(subjects, blobs, options, unknown, reporter);
    const orphans = checked === undefined || verify === 'manifests' || blobs === undefined
        ? undefined
        : await findOrphans(checked.sound, blobs, options, unknown);
    const times = subjects.flatMap(({ modified }) => modified ?? []).sort((a, b) => a.getTime() - b.getTime());
    return {
        url: reader.storage.url,
        layout: reader.layout,
        view,
        index,
        entries: entries?.length,
        missing,
        unindexed,
        problems: checked?.problems ?? [],
        unknown,
        unsigned: checked?.unsigned,
        blobs: blobs && amountOf(blobs.values()),
        orphans,
        growth: [7, 30].map((days) => growthOf(days, subjects, blobs)),
        oldest: times[0],
        newest: times.at(-1),
    };
}
/**
 * Puts right what a check has found, as far as nobody can lose by it: entries that nobody can use are removed if they
 * still are useless, blobs that are not what their name says as well; the indices are made anew. Entries that are
 * unsigned or signed by others are left.
 */
async function repairMirror(cache, check, options) {
    const { jobs, signal } = options;
    const problems = [];
    const removal = { jobs, signal };
    // Nothing is as old as that: only what an earlier prune has left is looked at.
    const graceMs = Number.POSITIVE_INFINITY;
    const pruned = await cache.pruneBlobs?.({ graceMs, jobs, dryRun: false, signal });
    const { useless, corrupt } = await stillUseless(check.problems, options, problems);
    const removed = await (0,remove_entries/* removeEntries */.n)(cache, useless, problems, removal);
    let removedBlobs = 0;
    for (const key of corrupt) {
        // A push that finds a blob of the right length does not send it again.
        if (!(await isDamaged(cache.reader, key, problems, signal)))
            continue;
        if ((await cache.removeBlob?.(key, signal)) === true)
            removedBlobs++;
    }
    const onProblem = (text) => void problems.push(text);
    let indexChanged = await (0,remove_entries/* updateIndices */.V)(cache, removal, { onProblem });
    if (check.index.kind === 'none' && check.view === undefined) {
        indexChanged =
            (await (0,index_update/* remakeIndex */.wM)(cache, { full: false, jobs, onProblem, signal })).changed || indexChanged;
    }
    return {
        removed,
        removedBlobs,
        putBack: pruned?.putBack ?? 0,
        indexChanged: indexChanged || removed.length > 0,
        problems,
    };
}
async function readIndex({ reader, maxIndexBytes, signal, }) {
    let found;
    try {
        found = await (0,index_listed/* fetchListed */.Y)(reader, maxIndexBytes, signal);
    }
    catch (error) {
        if (!['corrupt', 'bad-input', 'too-large', 'unsupported', 'protocol'].includes((0,errors/* errorCode */.CA)(error)))
            throw error;
        return { index: { kind: 'broken', reason: (0,errors/* describeError */.Uc)(error) }, listed: new Set() };
    }
    if (found === undefined)
        return { index: { kind: 'none' }, listed: new Set() };
    const { listed, records } = found;
    return { index: { kind: 'there', listed: listed.size, records }, listed };
}
async function listEntries(reader, signal) {
    if (reader.list === undefined)
        return undefined;
    const entries = [];
    for await (const entry of reader.list(signal))
        entries.push(entry);
    return entries.sort((a, b) => (a.key < b.key ? -1 : 1));
}
/** An empty place is no mirror in good order, but most likely a wrong URL. */
async function requireCache(reader, index, entries, signal) {
    if (index.kind !== 'none' || (entries?.length ?? 0) > 0 || (await reader.isMarked(signal)))
        return;
    throw new errors/* BuildcacheError */.fO('not-found', 'there is no build cache', {
        url: reader.storage.url,
        hint: 'check the URL',
    });
}
async function listBlobs(reader, signal) {
    if (reader.listBlobs === undefined)
        return undefined;
    const blobs = new Map();
    for await (const info of reader.listBlobs(signal))
        blobs.set(info.key, info);
    return blobs;
}
async function checkEntries(subjects, blobs, { reader, verify, signed, trust, jobs, signal }, unknown, reporter) {
    const problems = [];
    const sound = new Map();
    let unsigned = 0;
    const tarball = verify === 'all' ? 'content' : verify === 'blobs' ? 'exists' : 'no';
    const sizes = blobs && new Map([...blobs].map(([key, { size }]) => [key, size]));
    const limit = (0,p_limit/* default */.A)(jobs);
    const progress = reporter.progress('Checking entries', subjects.length);
    await Promise.all(subjects.map((listed) => limit(async () => {
        (0,abort/* throwIfCancelled */.dZ)(signal);
        try {
            const how = { tarball, signed, trust, sizes, signal };
            const checked = await checkEntry(reader, listed, how);
            // Blobs of an entry that has just come may not have been there when they were listed.
            const again = sizes !== undefined && checked.problems.some(({ blob }) => blob !== undefined);
            const { entry, problems: found } = again
                ? await checkEntry(reader, listed, { ...how, sizes: undefined })
                : checked;
            problems.push(...found);
            if (entry !== undefined)
                sound.set(listed.key, entry);
            if (entry?.signed === false)
                unsigned++;
        }
        catch (error) {
            (0,abort/* throwIfCancelled */.dZ)(signal);
            unknown.push(`${listed.key}: ${(0,errors/* describeError */.Uc)(error)}`);
        }
        progress.advance(1);
    })));
    progress.done();
    problems.sort((a, b) => (a.entry.key < b.entry.key ? -1 : 1));
    return { problems, unsigned, sound };
}
/** Blobs that neither a sound entry nor any other document names. */
async function findOrphans(sound, blobs, { reader, jobs, signal }, unknown) {
    if (!(0,storage/* canList */.x)(reader.storage))
        return undefined;
    const named = new Set();
    for (const { tarball, spec } of sound.values()) {
        named.add(tarball.key);
        if (spec !== undefined)
            named.add(spec.key);
    }
    const others = (0,named_blobs/* namedBlobs */.C)(reader.storage, jobs, new Set(sound.keys()));
    try {
        await others.look(signal);
    }
    catch (error) {
        (0,abort/* throwIfCancelled */.dZ)(signal);
        unknown.push(`which blobs nothing names: ${(0,errors/* describeError */.Uc)(error)}`);
        return undefined;
    }
    const orphans = [...blobs.values()].filter(({ key }) => !named.has(key) && !others.has(key.slice(-64)));
    return amountOf(orphans);
}
function growthOf(days, entries, blobs) {
    const since = new Date(Date.now() - days * 24 * 3_600_000);
    const isNew = ({ modified }) => modified !== undefined && modified >= since;
    return {
        days,
        entries: entries.filter(isNew).length,
        blobs: blobs && amountOf([...blobs.values()].filter(isNew)),
    };
}
function amountOf(infos) {
    let count = 0;
    let bytes = 0;
    for (const { size = 0 } of infos) {
        count++;
        bytes += size;
    }
    return { count, bytes };
}
/** Whether a blob is not what its name says: a manifest that is wrong about it says nothing of those that are right. */
async function isDamaged(reader, key, problems, signal) {
    try {
        await verifyBlob(reader, { key, sha256: (0,layout3/* blobDigest */.ep)(key), size: undefined }, signal);
        return false;
    }
    catch (error) {
        (0,abort/* throwIfCancelled */.dZ)(signal);
        if ((0,errors/* errorCode */.CA)(error) === 'corrupt')
            return true;
        problems.push(`${key} is left: ${(0,errors/* describeError */.Uc)(error)}`);
        return false;
    }
}
/** Looks again, past what was listed: somebody may have pushed them meanwhile. */
async function stillUseless(found, { reader, verify, signed, signal }, problems) {
    const entries = new Map(found.filter(({ kind }) => USELESS.has(kind)).map(({ entry }) => [entry.key, entry]));
    const useless = [];
    const corrupt = new Set();
    for (const entry of entries.values()) {
        try {
            const tarball = verify === 'all' ? 'content' : 'exists';
            const again = await checkEntry(reader, entry, {
                tarball,
                signed,
                trust: undefined,
                sizes: undefined,
                signal,
            });
            const still = again.problems.filter(({ kind }) => USELESS.has(kind));
            if (still.length > 0)
                useless.push(entry);
            for (const { kind, blob } of still) {
                if (blob !== undefined && (kind === 'blob-corrupt' || kind === 'blob-size'))
                    corrupt.add(blob.key);
            }
        }
        catch (error) {
            (0,abort/* throwIfCancelled */.dZ)(signal);
            problems.push(`${entry.key} is left: ${(0,errors/* describeError */.Uc)(error)}`);
        }
    }
    return { useless, corrupt };
}

// EXTERNAL MODULE: ./build/core/write-file.js
var write_file = __webpack_require__(23020);
// EXTERNAL MODULE: ./build/report/check-text.js
var check_text = __webpack_require__(93235);
// EXTERNAL MODULE: ./build/report/push-text.js
var push_text = __webpack_require__(51887);
;// CONCATENATED MODULE: ./build/report/mirror-text.js
/** What `check-index` has found, for a person. */




/** Things of one kind that are named; the JSON has all. */
const NAMED = 20;
/** Lines without their ends. */
function mirrorText(check, repair, style = check_text/* PLAIN_STYLE */.nV) {
    const lines = mirrorFacts(check).map(([name, value]) => `${name}: ${value}`);
    const some = (title, items) => {
        if (items.length === 0)
            return;
        lines.push('', title, ...items.slice(0, NAMED).map((item) => `  ${(0,errors/* oneLine */.TN)(item)}`));
        if (items.length > NAMED)
            lines.push(style.dim(`  …and ${items.length - NAMED} more: --json has all`));
    };
    if (check.index.kind === 'broken')
        some(style.bad('The index cannot be used:'), [check.index.reason]);
    some(style.bad('The index lists what is not there:'), check.missing);
    some(style.bad('The index does not list:'), check.unindexed.map(({ key }) => key));
    for (const kind of countProblems(check.problems).keys()) {
        const found = check.problems.filter((problem) => problem.kind === kind);
        some(style.bad(`${PROBLEM_WORDS[kind]}:`), found.map(({ text }) => text));
    }
    some(style.doubt('Could not tell:'), check.unknown);
    if (repair !== undefined) {
        lines.push('', ...repairLines(repair));
        some(style.doubt('Could not be repaired:'), repair.problems);
    }
    lines.push('', mirrorSentence(check, repair));
    return lines;
}
/** What there is, each with a name: only the mirror's URL and the view's name come from outside, each one line. */
function mirrorFacts(check) {
    const facts = [['Mirror', (0,errors/* oneLine */.TN)(check.url)]];
    if (check.view !== undefined)
        facts.push(['View', (0,errors/* oneLine */.TN)(check.view)]);
    facts.push(['Entries', check.entries === undefined ? 'cannot be listed' : String(check.entries)]);
    facts.push(['Index', indexWords(check.index)]);
    if (check.index.kind === 'there' && check.view === undefined) {
        facts.push(['Not indexed', String(check.unindexed.length)]);
    }
    if (check.unsigned !== undefined)
        facts.push(['Unsigned', String(check.unsigned)]);
    if (check.blobs !== undefined)
        facts.push(['Blobs', amountWords(check.blobs)]);
    if (check.orphans !== undefined)
        facts.push(['Blobs nothing names', amountWords(check.orphans)]);
    for (const { days, entries, blobs } of check.growth) {
        if (check.entries === undefined)
            continue;
        const bytes = blobs === undefined ? '' : `, ${(0,push_text/* bytesText */.pV)(blobs.bytes)}`;
        facts.push([`Last ${days} days`, `${entries} entries${bytes}`]);
    }
    if (check.oldest !== undefined)
        facts.push(['Oldest entry', dateText(check.oldest)]);
    if (check.newest !== undefined)
        facts.push(['Newest entry', dateText(check.newest)]);
    return facts;
}
/** The answer in one sentence. */
function mirrorSentence(check, repair) {
    if (check.unknown.length > 0)
        return 'It could not be told whether the mirror is right.';
    if (isRight(check)) {
        const isWhole = (repair?.problems ?? []).length === 0;
        return isWhole ? 'The mirror is right.' : 'The mirror is right, but not all could be repaired.';
    }
    const parts = [];
    if (check.index.kind === 'none')
        parts.push('there is no index');
    if (check.index.kind === 'broken')
        parts.push('the index cannot be used');
    if (check.missing.length > 0)
        parts.push(`the index lists ${check.missing.length} that are not there`);
    if (check.unindexed.length > 0)
        parts.push(`${check.unindexed.length} are not indexed`);
    for (const [kind, count] of countProblems(check.problems)) {
        parts.push(`${count} ${PROBLEM_WORDS[kind].toLowerCase()}`);
    }
    return `The mirror is not right: ${parts.join(', ')}.`;
}
const PROBLEM_WORDS = {
    malformed: 'Malformed',
    unreadable: 'Unreadable for this version',
    misfiled: 'Filed as another spec',
    unsigned: 'Unsigned',
    untrusted: 'Not signed by a trusted key',
    'blob-missing': 'Blobs that are missing',
    'blob-size': 'Blobs of a wrong length',
    'blob-corrupt': 'Blobs of wrong content',
};
function indexWords(index) {
    switch (index.kind) {
        case 'there':
            return `lists ${index.listed} (${index.records} records)`;
        case 'none':
            return 'none';
        case 'broken':
            return 'cannot be used';
    }
}
function repairLines(repair) {
    const parts = [];
    if (repair.removed.length > 0)
        parts.push(`${repair.removed.length} useless entries were removed`);
    if (repair.removedBlobs > 0)
        parts.push(`${repair.removedBlobs} damaged blobs were removed`);
    if (repair.putBack > 0)
        parts.push(`${repair.putBack} blobs were put back`);
    if (repair.indexChanged)
        parts.push('the index was made anew');
    return [`Repair: ${parts.length === 0 ? 'nothing was changed' : parts.join(', ')}`];
}
function amountWords({ count, bytes }) {
    return `${count} (${(0,push_text/* bytesText */.pV)(bytes)})`;
}
function dateText(date) {
    return date.toISOString().slice(0, 10);
}

// EXTERNAL MODULE: ./build/github/summary.js
var summary = __webpack_require__(13794);
;// CONCATENATED MODULE: ./build/github/mirror-summary.js
/** A mirror's state as a job summary. */



/** Rows of what is wrong; the log and the JSON have all. */
const MAX_ROWS = 100;
function mirrorSummary(check, repair) {
    const icon = check.unknown.length > 0 ? '⚠️' : isRight(check) ? '✅' : '❌';
    const facts = mirrorFacts(check).map(([name, value]) => [
        name,
        name === 'Mirror' || name === 'View' ? (0,summary/* code */.aY)(value) : value,
    ]);
    const wrong = [
        ...(check.index.kind === 'broken' ? [['Index', (0,summary/* escapeMarkdown */.FV)(check.index.reason)]] : []),
        ...check.missing.map((hash) => ['Listed, not there', (0,summary/* code */.aY)(hash)]),
        ...check.unindexed.map(({ key }) => ['Not indexed', (0,summary/* code */.aY)(key)]),
        ...[...countProblems(check.problems).keys()].flatMap((kind) => check.problems
            .filter((problem) => problem.kind === kind)
            .map(({ text }) => [PROBLEM_WORDS[kind], (0,summary/* escapeMarkdown */.FV)(text)])),
        ...check.unknown.map((text) => ['Could not tell', (0,summary/* escapeMarkdown */.FV)(text)]),
        ...(repair?.problems ?? []).map((text) => ['Not repaired', (0,summary/* escapeMarkdown */.FV)(text)]),
    ];
    const parts = [
        `## ${icon} ${(0,summary/* escapeMarkdown */.FV)(mirrorSentence(check, repair))}`,
        (0,summary/* markdownTable */.Qj)(['', ''], facts).trimEnd(),
    ];
    if (wrong.length > 0)
        parts.push((0,summary/* markdownTable */.Qj)(['What', 'Where'], wrong.slice(0, MAX_ROWS)).trimEnd());
    if (wrong.length > MAX_ROWS)
        parts.push(`…and ${wrong.length - MAX_ROWS} more: the log has them.`);
    if (repair !== undefined) {
        const { removed, removedBlobs, putBack } = repair;
        parts.push(`Repaired: ${removed.length} entries and ${removedBlobs} blobs removed, ${putBack} blobs put back.`);
    }
    return `${parts.join('\n\n')}\n`;
}

// EXTERNAL MODULE: ./build/mirrors/open.js
var mirrors_open = __webpack_require__(95227);
// EXTERNAL MODULE: ./build/mirrors/open-target.js + 6 modules
var open_target = __webpack_require__(78014);
;// CONCATENATED MODULE: ./build/report/mirror-json.js
/** What `check-index` has found, for machines. */

/** What `check-index --json` prints. Fields are added, never changed: `version` says when that is not so. */
function mirrorJson(check, repair) {
    return {
        version: 1,
        exit_code: mirrorCheckExitCode(check, repair),
        url: check.url,
        layout: check.layout,
        view: check.view ?? null,
        right: isRight(check),
        index: check.index,
        entries: check.entries ?? null,
        missing: check.missing,
        unindexed: check.unindexed.map(({ hash, key }) => ({ hash, key })),
        counts: Object.fromEntries(countProblems(check.problems)),
        problems: check.problems.map(({ kind, entry, text, blob }) => ({
            kind,
            hash: entry.hash,
            key: entry.key,
            blob: blob?.key ?? null,
            text,
        })),
        unknown: check.unknown,
        unsigned: check.unsigned ?? null,
        blobs: check.blobs ?? null,
        orphans: check.orphans ?? null,
        growth: check.growth.map(({ days, entries, blobs }) => ({ days, entries, blobs: blobs ?? null })),
        oldest: check.oldest ?? null,
        newest: check.newest ?? null,
        repair: repair === undefined
            ? null
            : {
                removed: repair.removed.map(({ hash, key }) => ({ hash, key })),
                removed_blobs: repair.removedBlobs,
                put_back: repair.putBack,
                index_changed: repair.indexChanged,
                problems: repair.problems,
            },
    };
}
/** The file of `spack buildcache check-index --output`. */
function spackCheckIndex({ index, missing, unindexed, problems }) {
    const blobs = {};
    for (const { kind, entry, blob } of problems) {
        if (kind !== 'blob-missing' || blob === undefined)
            continue;
        const records = blobs[entry.hash] ?? [];
        blobs[entry.hash] = records;
        records.push({ contentLength: blob.size, checksumAlgorithm: 'sha256', checksum: blob.sha256 });
    }
    return {
        exists: index.kind === 'there',
        manifests: { missing, unindexed: unindexed.map(({ hash }) => hash) },
        blobs: { missing: blobs },
    };
}

// EXTERNAL MODULE: ./build/report/terminal.js
var terminal = __webpack_require__(63299);
// EXTERNAL MODULE: ./build/entry/one-mirror.js
var one_mirror = __webpack_require__(72483);
// EXTERNAL MODULE: ./build/entry/shared-options.js
var shared_options = __webpack_require__(23589);
// EXTERNAL MODULE: ./build/entry/trust-options.js + 1 modules
var trust_options = __webpack_require__(29385);
;// CONCATENATED MODULE: ./build/entry/verb-check-index.js
/** `buildcache check-index MIRROR`: options in, the mirror's state and exit code out. */

















function verb_check_index_define(command, context) {
    (0,trust_options/* addTrustOptions */.S_)((0,shared_options/* addSharedOptions */.J0)(command))
        .argument('<mirror>', 'a configured name, a path or a URL')
        .option('--verify <how>', 'look at names only (exists), read all entries (manifests), ask for all blobs (blobs), or read them (all); several: the most of them', verifyLevel, 'exists')
        .option('-n, --name <view>', 'check this view instead of the main index')
        .option('-o, --output <file>', 'write it in the schema of spack buildcache check-index')
        .option('--repair', 'remove entries that nobody can use, and make the index anew', false)
        .action((mirror, options) => run(mirror, options, context));
}
/** Spack takes several; each looks at what the ones before look at, too. */
function verifyLevel(text, before) {
    const levels = text.split(',').map((word) => VERIFY_LEVELS.indexOf(word.trim()));
    if (levels.includes(-1))
        throw new esm/* InvalidArgumentError */.Di(`Expected ${VERIFY_LEVELS.join(', ')}.`);
    return VERIFY_LEVELS[Math.max(...levels, VERIFY_LEVELS.indexOf(before))] ?? before;
}
async function run(argument, options, context) {
    const { mirror, around } = await (0,one_mirror/* readOneMirror */.g)('check-index', argument, options, context);
    const { reporter } = around;
    // Signatures are looked at with the keys that are named: without any, all would be by strangers.
    const trust = options.trustedKeys.length === 0 ? undefined : await (0,trust_options/* readTrust */.bn)(options, context, reporter);
    const { check, repair } = await (options.repair ? repaired : checked)(mirror, options, around, trust, context);
    if (options.output !== undefined) {
        const text = `${JSON.stringify(spackCheckIndex(check))}\n`;
        await (0,write_file/* writeWholeFile */.R0)((0,external_node_path_.resolve)(context.cwd, options.output), text);
    }
    if (options.json)
        context.stdout.write(`${JSON.stringify(mirrorJson(check, repair), null, 2)}\n`);
    else if (!options.quiet) {
        context.stdout.write(`${mirrorText(check, repair, (0,terminal/* terminalStyle */.w)(around.color)).join('\n')}\n`);
    }
    // As a step of a job, it has a summary like the action's own steps.
    if (context.env['GITHUB_STEP_SUMMARY'])
        (0,summary/* appendSummary */.fe)(context.env, mirrorSummary(check, repair));
    context.exit(mirrorCheckExitCode(check, repair));
}
/** Of the layouts a mirror may have, the first that is there. */
async function checked(mirror, options, around, trust, context) {
    const view = options.name ?? mirror.fetch.view;
    const sided = { ...mirror, fetch: { ...mirror.fetch, view } };
    const { readers, notes, close } = await (0,mirrors_open/* openMirror */.Y)(sided, NO_GRAPH, around.connection);
    try {
        for (const note of notes)
            around.reporter.warn(note);
        for (const [i, reader] of readers.entries()) {
            try {
                const how = await howTo(reader, view, mirror, options, around, trust, context);
                return { check: await checkIndex(how, around.reporter), repair: undefined };
            }
            catch (error) {
                if ((0,errors/* errorCode */.CA)(error) !== 'not-found' || i === readers.length - 1)
                    throw error;
            }
        }
        throw new Error('a mirror without layouts');
    }
    finally {
        await close();
    }
}
async function repaired(mirror, options, around, trust, context) {
    const view = options.name ?? mirror.push.view;
    const cache = await (0,open_target/* openPushMirror */.Q)(mirror, around.connection, view);
    try {
        const how = await howTo(cache.reader, view, mirror, options, around, trust, context);
        const before = await checkIndex(how, around.reporter);
        const repair = await repairMirror(cache, before, how);
        return { check: await checkIndex(how, around.reporter), repair };
    }
    finally {
        await cache.close();
    }
}
async function howTo(reader, view, { signed }, options, around, trust, { signal }) {
    if (trust !== undefined) {
        for (const problem of await (0,keys/* admitPinnedKeys */.e)(trust, [reader], signal))
            around.reporter.warn(problem);
    }
    return {
        reader,
        view,
        verify: options.verify,
        signed: signed && !options.unsigned,
        trust,
        jobs: around.connection.jobs,
        maxIndexBytes: around.maxIndexBytes,
        signal,
    };
}
const NO_GRAPH = { nodes: new Map(), roots: [] };


/***/ }),

/***/ 13794:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FV: () => (/* binding */ escapeMarkdown),
/* harmony export */   Qj: () => (/* binding */ markdownTable),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   fe: () => (/* binding */ appendSummary)
/* harmony export */ });
/* unused harmony export SUMMARY_LIMIT */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _workflow_commands_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4972);
/**
 * The job summary: Markdown appended to GITHUB_STEP_SUMMARY. Whatever comes from outside goes through
 * {@link code} or {@link escapeMarkdown}, which let nothing of it be Markdown, HTML, a link or a mention.
 */



/** Bytes of a step's summary; GitHub refuses all of a longer one. */
const SUMMARY_LIMIT = 1024 * 1024;
/**
 * Appends Markdown to the step's summary; what goes over {@link SUMMARY_LIMIT} is cut off at the end of a line
 * and a sentence says so.
 * @returns whether all of it is there
 * @throws `usage` outside of a job
 */
function appendSummary(env, markdown) {
    const file = env['GITHUB_STEP_SUMMARY'];
    if (file === undefined || file === '') {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('usage', 'GITHUB_STEP_SUMMARY is not set', {
            hint: 'run this as a step of a GitHub job, or use the command line',
        });
    }
    try {
        const room = SUMMARY_LIMIT - ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(file, { throwIfNoEntry: false })?.size ?? 0);
        const text = markdown.endsWith('\n') ? markdown : `${markdown}\n`;
        const fits = Buffer.byteLength(text) <= room;
        const kept = fits ? text : cut(text, room);
        if (kept !== '')
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.appendFileSync)(file, kept);
        return fits;
    }
    catch (error) {
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .fileError */ .zS)(error, file, 'append to the job summary');
    }
}
/**
 * A table. Headers and cells are Markdown of one line each, already safe: made with {@link code} and
 * {@link escapeMarkdown} where they hold anything from outside. Missing cells are empty.
 */
function markdownTable(headers, rows) {
    const line = (cells) => `| ${headers.map((_, i) => oneCell(cells[i] ?? '')).join(' | ')} |\n`;
    const rule = `| ${headers.map(() => '---').join(' | ')} |\n`;
    return `${line(headers)}${rule}${rows.map(line).join('')}`;
}
/**
 * Text from outside as inline code, in tables too: GitHub makes neither links nor mentions of what stands in
 * backticks. What cannot stand in them (a backtick, a bar in a table, a space at an edge) becomes an element.
 */
function code(text) {
    const line = (0,_workflow_commands_js__WEBPACK_IMPORTED_MODULE_2__/* .singleLine */ .pF)(text);
    return /^[^\s`|]([^`|]*[^\s`|])?$/.test(line) ? `\`${line}\`` : `<code>${escapeMarkdown(line)}</code>`;
}
/**
 * Text from outside as prose of one line. Every character that means something in GitHub's Markdown becomes an
 * entity, and what is made a link all the same, after entities are resolved (`zlib@1.3` is a mail address to
 * GitHub, `#1` an issue), is broken up by a comment.
 */
function escapeMarkdown(text) {
    return entities((0,_workflow_commands_js__WEBPACK_IMPORTED_MODULE_2__/* .singleLine */ .pF)(text))
        .replace(/^[\s\d+=-]/, (first) => entity(first))
        .replace(/&#(?:64|35);(?=\w)/g, '$&<!-- -->')
        .replace(/\bGH(?=-\d)/gi, '$&<!-- -->')
        .replace(/www\./gi, (www) => `${www.slice(0, -1)}<!-- -->.`);
}
/** As references by number, so that nothing of the text is left to any parser. */
function entities(text) {
    return text.replace(/[!"#$&'()*:<>@[\\\]^_`{|}~]/g, entity);
}
function entity(character) {
    return `&#${character.charCodeAt(0)};`;
}
/** Bars that are still there would divide the cell, line breaks end the table. */
function oneCell(markdown) {
    return markdown.replaceAll('|', '&#124;').replace(/[\r\n]+/g, ' ');
}
const CUT = '\n\n*The rest is left out: GitHub shows at most 1 MiB for each step.*\n';
/** As many whole lines as there is room for, closed folds and fences, and the sentence that says so. */
function cut(text, room) {
    const closers = '\n```\n\n</details></details>';
    const bytes = Buffer.from(text).subarray(0, Math.max(0, room - CUT.length - closers.length));
    const kept = bytes.subarray(0, bytes.lastIndexOf('\n') + 1).toString('utf8');
    if (kept === '')
        return room >= CUT.length ? CUT : '';
    const fenced = (kept.match(/^```/gm)?.length ?? 0) % 2 === 1;
    const open = (kept.match(/<details\b/g)?.length ?? 0) - (kept.match(/<\/details>/g)?.length ?? 0);
    return `${kept}${fenced ? '```\n' : ''}${open > 0 ? `\n${'</details>'.repeat(Math.min(open, 2))}` : ''}${CUT}`;
}


/***/ }),

/***/ 4972:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N4: () => (/* binding */ endGroup),
/* harmony export */   Os: () => (/* binding */ group),
/* harmony export */   Yz: () => (/* binding */ debug),
/* harmony export */   eu: () => (/* binding */ addMask),
/* harmony export */   pF: () => (/* binding */ singleLine),
/* harmony export */   pj: () => (/* binding */ plain),
/* harmony export */   w7: () => (/* binding */ annotation)
/* harmony export */ });
/* unused harmony export visible */
/**
 * Lines for the GitHub runner, which looks into everything a step prints: `::command::` at the start of a line
 * and `##[command]` anywhere in one are carried out. So all text goes through here: commands have their data
 * escaped, and text that is only text goes through {@link plain}.
 *
 * Why escaping and not `::stop-commands::`: it has no state, so it also holds when several things print at
 * once, when we crash half-way, and for lines in which our own commands stand among others' text.
 */
/**
 * A line that puts an annotation on the run. GitHub cuts messages at 4,096 characters and shows ten of a
 * level per step, see annotations.ts.
 */
function annotation(level, message, place = {}) {
    const properties = {
        title: place.title === undefined ? undefined : singleLine(place.title),
        file: place.file,
        line: place.line === undefined ? undefined : String(place.line),
    };
    return command(level, visible(message), properties);
}
/** Opens a group that GitHub shows folded. Groups do not nest. */
function group(name) {
    // The name stands in the log as it is, so a line break in it would start a line of its own there.
    return command('group', singleLine(name));
}
function endGroup() {
    return command('endgroup', '');
}
/** Shown only where debug logging is on. */
function debug(message) {
    return command('debug', visible(message));
}
/**
 * The line that makes the runner mask a secret from here on, in logs and summaries, also line by line and in
 * its usual encodings. Nothing to print for a blank one, which the runner would warn about.
 */
function addMask(secret) {
    return secret.trim() === '' ? undefined : command('add-mask', secret);
}
/**
 * Text from anywhere as lines the runner leaves alone and that show what they are. Where a line would be a
 * command a backslash breaks it: `\::error::`, `##\[error]`; {@link visible} has taken out what could hide
 * one. Meant for whole lines just before they are printed; applying it again changes nothing.
 */
function plain(text) {
    return visible(text)
        .split('\n')
        .map((line) => line.replace(startsCommand, '$1\\$2').replace(containsCommand, '$1\\['))
        .join('\n');
}
/**
 * The text with its invisible characters spelled out (`\x1b`, `\u{200b}`): control characters but tab and
 * line feed, format characters (zero-width, bidirectional), variation selectors, lone surrogates. They can
 * forge what a log shows, and the runner's culture-aware search for commands does not see them either.
 */
function visible(text) {
    return text.replace(/\r\n/g, '\n').replace(invisible, (character) => {
        const code = character.codePointAt(0) ?? 0;
        return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
    });
}
/** {@link visible}, and line feeds spelled out as well. */
function singleLine(text) {
    return visible(text).replaceAll('\n', '\\n');
}
const invisible = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
// Some combining marks have no collation weight either: they may stand in between, or before.
const startsCommand = /^([\s\p{M}]*)(:\p{M}*:)/u;
const containsCommand = /(#\p{M}*#\p{M}*)\[/gu;
function command(name, data, properties = {}) {
    const pairs = Object.entries(properties).flatMap(([key, value]) => value === undefined || value === '' ? [] : [`${key}=${escapeProperty(value)}`]);
    return `::${name}${pairs.length === 0 ? '' : ` ${pairs.join(',')}`}::${escapeData(data)}`;
}
/** What the runner undoes in the data of a command. */
function escapeData(text) {
    return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
/** What the runner undoes in a property. */
function escapeProperty(text) {
    return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}


/***/ }),

/***/ 51887:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   RW: () => (/* binding */ outcomeLine),
/* harmony export */   XF: () => (/* binding */ countOutcomes),
/* harmony export */   cq: () => (/* binding */ pushText),
/* harmony export */   oX: () => (/* binding */ indexText),
/* harmony export */   pV: () => (/* binding */ bytesText)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _spec_node_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(56832);
/* harmony import */ var _check_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(93235);
/** What a push came to, for a person: a line for each spec while it works, and the sum at the end. */



/** One line for one outcome, as it comes. */
function outcomeLine(spec, outcome, mirror) {
    const to = mirror === undefined ? '' : ` (${mirror})`;
    return (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(`${specName(spec)}: ${outcomeText(outcome)}${to}`);
}
/** Lines without their ends: failures with their reasons, what is not there, and the sum of each mirror. */
function pushText(result, style = _check_text_js__WEBPACK_IMPORTED_MODULE_1__/* .PLAIN_STYLE */ .nV) {
    return result.mirrors.flatMap((mirror) => mirrorText(result, mirror, style));
}
function countOutcomes(mirror) {
    const counts = {
        pushed: 0,
        'would-push': 0,
        present: 0,
        elsewhere: 0,
        'not-installed': 0,
        'not-tried': 0,
        failed: 0,
    };
    for (const { kind } of mirror.outcomes.values())
        counts[kind]++;
    return counts;
}
/** 1.2 MB: powers of ten. */
function bytesText(bytes) {
    const units = ['B', 'kB', 'MB', 'GB', 'TB'];
    let value = bytes;
    let unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
        value /= 1000;
        unit++;
    }
    return `${unit === 0 || value >= 99.95 ? value.toFixed(0) : value.toFixed(1)} ${units[unit] ?? ''}`;
}
function mirrorText({ specs, dryRun }, mirror, style) {
    const counts = countOutcomes(mirror);
    const sent = [...mirror.outcomes.values()].reduce((sum, outcome) => sum + (outcome.kind === 'pushed' ? outcome.sent : 0), 0);
    const parts = [];
    if (dryRun)
        parts.push(`${counts['would-push']} would be pushed`);
    else
        parts.push(style.good(`${counts.pushed} pushed`) + (counts.pushed === 0 ? '' : ` (${bytesText(sent)})`));
    if (counts.present > 0)
        parts.push(`${counts.present} already there`);
    if (counts.elsewhere > 0)
        parts.push(`${counts.elsewhere} in another mirror`);
    if (counts['not-installed'] > 0)
        parts.push(style.doubt(`${counts['not-installed']} not installed`));
    if (counts['not-tried'] > 0)
        parts.push(style.doubt(`${counts['not-tried']} not tried`));
    if (counts.failed > 0)
        parts.push(style.bad(`${counts.failed} failed`));
    const lines = [`${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(mirror.name)}: ${parts.join(', ')}  ${style.dim((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(mirror.url))}`];
    if (mirror.index !== undefined)
        lines.push(`  ${indexText(mirror.index, style)}`);
    if (mirror.keyFailed !== undefined) {
        lines.push(`  ${style.bad('the public key could not be published:')} ${mirror.keyFailed}`);
    }
    const { images, tagged } = mirror;
    for (const image of images)
        lines.push(`  image: ${image}`);
    if (tagged !== undefined && 'name' in tagged)
        lines.push(`  image of all: ${tagged.name}`);
    if (tagged !== undefined && 'failed' in tagged) {
        lines.push(`  ${style.bad('the image of all could not be made:')} ${tagged.failed}`);
    }
    for (const spec of specs) {
        const outcome = mirror.outcomes.get(spec.hash);
        if (outcome?.kind !== 'failed')
            continue;
        lines.push(`  ${style.bad('failed')} ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(specName(spec))}: ${outcome.reason}`);
    }
    return lines;
}
/** What became of the index. */
function indexText(index, style) {
    if ('failed' in index)
        return `${style.bad('the index could not be updated:')} ${index.failed}`;
    if (!index.changed)
        return 'the index lists them already';
    return `the index was updated (${index.records} records)`;
}
function outcomeText(outcome) {
    switch (outcome.kind) {
        case 'pushed':
            return `pushed (${bytesText(outcome.size)})`;
        case 'would-push':
            return 'would be pushed';
        case 'present':
            return 'already there';
        case 'elsewhere':
            return `in ${outcome.mirror}`;
        case 'not-installed':
            return 'not installed';
        case 'not-tried':
            return 'not tried';
        case 'failed':
            return `failed: ${outcome.reason}`;
    }
}
function specName(spec) {
    return `${spec.name}@${spec.version}/${(0,_spec_node_js__WEBPACK_IMPORTED_MODULE_2__/* .shortHash */ .BC)(spec)}`;
}


/***/ }),

/***/ 28273:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ specFormatOf),
/* harmony export */   S: () => (/* binding */ readDatabase)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28314);
/* harmony import */ var _decode_node_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(39595);
/**
 * Reads the install database `<store>/.spack-db/index.json`, versions 5 to 8. Version 5 carries spec format 1,
 * where a node is keyed by its name and so are its dependencies.
 */



/** The spec format that a database or index of this version carries; undefined for versions we do not read. */
function specFormatOf(version) {
    return FORMAT_OF[version];
}
const FORMAT_OF = { 5: 3, 6: 3, 7: 4, 8: 5 };
/** @throws `bad-input`; `unsupported` for other versions, with the way out */
function readDatabase(text, file) {
    const document = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .qF)(text, file);
    const database = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(document) ? document['database'] : undefined;
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(database) || !(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(database['installs'])) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', 'not an install database', {
            file,
            expected: 'an object "database" with "installs"',
            found: (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .kindOf */ .I)(database ?? document),
            hint: 'run `spack reindex` to rebuild it',
        });
    }
    const version = Number((0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .shown */ .SP)(database['version']));
    const format = FORMAT_OF[version];
    if (format === undefined) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('unsupported', `database version ${(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .shown */ .SP)(database['version'])} is not supported`, {
            file,
            expected: 'version 5 to 8',
            hint: version < 5 ? 'run `spack reindex` with Spack 0.23 or 1.x' : 'update buildcache-action',
        });
    }
    const records = new Map();
    for (const [hash, value] of Object.entries(database['installs'])) {
        records.set(hash, decodeRecord(value, hash, format, version, file));
    }
    return { version, records };
}
function decodeRecord(value, hash, format, version, file) {
    const at = `database.installs.${hash}`;
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value) || !(0,_decode_node_js__WEBPACK_IMPORTED_MODULE_2__/* .isDagHash */ .X)(hash)) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `${at} is malformed`, {
            file,
            expected: 'an install record under a DAG hash',
            found: (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .kindOf */ .I)(value),
        });
    }
    const dict = version === 5 ? fromNameKeyed(value['spec'], hash) : value['spec'];
    const node = (0,_decode_node_js__WEBPACK_IMPORTED_MODULE_2__/* .decodeNode */ .j)(dict, format, file, `${at}.spec`);
    if (node.hash !== hash) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `${at} is another spec`, {
            file,
            expected: hash,
            found: node.hash,
        });
    }
    const { path, installation_time: time, deprecated_for: deprecated, origin } = value;
    return {
        node,
        path: typeof path === 'string' && path !== 'None' ? path : undefined,
        installed: value['installed'] === true,
        explicit: value['explicit'] === true,
        installationTime: time instanceof _core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .NumberToken */ .X1 ? Number(time.token) : typeof time === 'number' ? time : undefined,
        deprecatedFor: typeof deprecated === 'string' ? deprecated : undefined,
        origin: typeof origin === 'string' ? origin : undefined,
    };
}
/** Spec format 1's `{name: {…, dependencies: {name: {hash, type}}}}` in format 3's shape. */
function fromNameKeyed(value, hash) {
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value))
        return value;
    const [name] = Object.keys(value);
    const inner = name === undefined ? undefined : value[name];
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(inner))
        return value;
    const edges = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(inner['dependencies']) ? Object.entries(inner['dependencies']) : [];
    const dependencies = edges.map(([dependency, edge]) => ({
        name: dependency,
        ...((0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(edge) ? edge : {}),
    }));
    return { name, hash, ...inner, dependencies };
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
