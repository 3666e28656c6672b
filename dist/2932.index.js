export const id = 2932;
export const ids = [2932];
export const modules = {

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

/***/ 89831:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ makeFolder)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/**
 * A folder with its missing parents. Node's own `recursive` never ends where the system says "no such file" of a parent
 * that is there (automounted folders, /proc), and says so itself of a read-only file system.
 */



/** Parents may be removed by somebody else meanwhile, so often. */
const ATTEMPTS = 3;
/**
 * @returns whether it had to be made
 * @throws the system's error for what stood in the way: `EROFS`, `EACCES`, `ENOTDIR`, …
 */
async function makeFolder(folder) {
    for (let attempt = 1;; attempt++) {
        try {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(folder);
            return true;
        }
        catch (error) {
            const parent = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(folder);
            const lacksParent = (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) === 'ENOENT' && parent !== folder;
            if (!lacksParent || attempt === ATTEMPTS) {
                if (await isFolder(folder))
                    return false;
                throw error;
            }
            await makeFolder(parent);
        }
    }
}
async function isFolder(path) {
    return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path).then((found) => found.isDirectory(), () => false);
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
/* harmony import */ var _make_folder_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(89831);
/** Files that are whole or not there: written beside their place, then renamed into it. */





/** Creates missing folders. @throws `denied`, `io`, … naming the file */
async function writeWholeFile(file, content) {
    const temporary = `${file}.${process.pid}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(4).toString('hex')}.tmp`;
    try {
        await (0,_make_folder_js__WEBPACK_IMPORTED_MODULE_4__/* .makeFolder */ .f)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(file));
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
        await (0,_make_folder_js__WEBPACK_IMPORTED_MODULE_4__/* .makeFolder */ .f)(folder);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.access)(folder, node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.constants.W_OK);
        return true;
    }
    catch {
        return false;
    }
}


/***/ }),

/***/ 82932:
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
// EXTERNAL MODULE: ./build/cache/layout2.js
var layout2 = __webpack_require__(33201);
// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(70370);
// EXTERNAL MODULE: ./build/cache/check-entry.js
var check_entry = __webpack_require__(6356);
// EXTERNAL MODULE: ./build/cache/index-listed.js
var index_listed = __webpack_require__(83839);
// EXTERNAL MODULE: ./build/cache/named-blobs.js
var named_blobs = __webpack_require__(6713);
// EXTERNAL MODULE: ./build/core/abort.js
var abort = __webpack_require__(67844);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/storage/storage.js
var storage_storage = __webpack_require__(13959);
;// CONCATENATED MODULE: ./build/commands/check-index.js
/** `check-index`: whether a mirror is what its index and its entries say. */







/** Each looks at what the ones before look at, too. */
const VERIFY_LEVELS = ['exists', 'manifests', 'blobs', 'all'];
/** @throws BuildcacheError only when nothing could be told at all: the mirror cannot be reached, or is none */
async function checkIndex(options, reporter) {
    const { reader, view, verify, signal } = options;
    const unknown = [];
    const { index, listed } = await readIndex(options, unknown);
    const entries = await listEntries(reader, signal);
    await requireCache(reader, index, entries, signal);
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
        : await findOrphans(checked.sound, blobs, options, unknown, reporter);
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
async function readIndex({ reader, maxIndexBytes, signal }, unknown) {
    let found;
    try {
        found = await (0,index_listed/* fetchListed */.Y)(reader, maxIndexBytes, signal);
    }
    catch (error) {
        if (!['corrupt', 'bad-input', 'too-large', 'unsupported', 'protocol'].includes((0,errors/* errorCode */.CA)(error)))
            throw error;
        const reason = (0,errors/* describeError */.Uc)(error);
        // It may be right, and only a newer program can tell.
        if ((0,errors/* errorCode */.CA)(error) === 'unsupported')
            unknown.push(reason);
        return { index: { kind: 'broken', reason }, listed: new Set() };
    }
    if (found === undefined)
        return { index: { kind: 'none' }, listed: new Set() };
    const { listed, records, unfounded } = found;
    if (unfounded !== undefined) {
        const { spliced, buildSpec } = unfounded;
        const reason = `it has no record of /${buildSpec}, the build spec of /${spliced}: Spack 1.2 and newer refuse the whole index; ` +
            'run update-index';
        // Both come from the document, and nobody has looked at them.
        return { index: { kind: 'broken', reason: (0,errors/* oneLine */.TN)(reason) }, listed };
    }
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
            const checked = await (0,check_entry/* checkEntry */.T)(reader, listed, how);
            // Blobs of an entry that has just come may not have been there when they were listed.
            const again = sizes !== undefined && checked.problems.some(({ blob }) => blob !== undefined);
            const { entry, problems: found } = again
                ? await (0,check_entry/* checkEntry */.T)(reader, listed, { ...how, sizes: undefined })
                : checked;
            problems.push(...found);
            if (entry !== undefined)
                sound.set(listed.key, entry);
            else if (found.length === 0)
                unknown.push(`${listed.key}: it is listed, and not there`);
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
async function findOrphans(sound, blobs, { reader, jobs, signal }, unknown, reporter) {
    if (!(0,storage_storage/* canList */.x)(reader.storage))
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
    if (others.unclear !== undefined) {
        reporter.warn(`which blobs nothing names is not known: ${others.unclear}`);
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

// EXTERNAL MODULE: ./build/cache/blob-aside.js
var blob_aside = __webpack_require__(43479);
// EXTERNAL MODULE: ./build/cache/index-update.js + 2 modules
var index_update = __webpack_require__(8479);
// EXTERNAL MODULE: ./build/cache/layout3.js
var layout3 = __webpack_require__(65314);
// EXTERNAL MODULE: ./build/cache/remove-entries.js
var remove_entries = __webpack_require__(36424);
// EXTERNAL MODULE: ./build/cache/useless-entry.js
var useless_entry = __webpack_require__(60278);
;// CONCATENATED MODULE: ./build/commands/repair-mirror.js
/** `check-index --repair`: putting right what a check has found, as far as nobody can lose by it. */









/**
 * Puts right what a check has found, as far as nobody can lose by it: entries that are proved to be of use to nobody
 * (useless-entry.ts) are removed if they still are, blobs that are not what their name says as well; the indices are
 * made anew. What is not understood is left and named; entries that are unsigned or signed by others are left.
 */
async function repairMirror(cache, check, options) {
    const { jobs, signal } = options;
    const problems = [];
    const removal = { jobs, signal };
    // Nothing is as old as that: only what an earlier prune has left is looked at.
    const graceMs = Number.POSITIVE_INFINITY;
    const pruned = await cache.pruneBlobs?.({ graceMs, jobs, dryRun: false, signal });
    const { useless, corrupt } = await stillUseless(check, options, problems);
    const removed = await (0,remove_entries/* removeEntries */.n)(cache, useless, problems, removal);
    let removedBlobs = 0;
    for (const key of corrupt) {
        // A push that finds a blob of the right length does not send it again.
        if (!(await isStillDamaged(cache.reader, key, problems, signal)))
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
/** A manifest that is wrong about a blob says nothing of those that are right. */
async function isStillDamaged(reader, key, problems, signal) {
    try {
        return await (0,useless_entry/* isDamaged */.s)(reader, key, (0,layout3/* blobDigest */.ep)(key), signal);
    }
    catch (error) {
        (0,abort/* throwIfCancelled */.dZ)(signal);
        problems.push(`${key} is left: ${(0,errors/* describeError */.Uc)(error)}`);
        return false;
    }
}
/** What may make an entry useless. */
const SUSPICIOUS = new Set([
    'malformed',
    'unreadable',
    'misfiled',
    'blob-missing',
    'blob-size',
    'blob-corrupt',
]);
/** Looks again, past what was listed: somebody may have pushed them meanwhile. */
async function stillUseless({ problems: found, blobs }, { reader, verify, signed, signal }, problems) {
    const entries = new Map(found.filter(({ kind }) => SUSPICIOUS.has(kind)).map(({ entry }) => [entry.key, entry]));
    const useless = [];
    const corrupt = new Set();
    for (const entry of entries.values()) {
        try {
            const tarball = verify === 'all' ? 'content' : 'exists';
            const how = { tarball, signed, trust: undefined, sizes: undefined, signal };
            const look = async () => (await (0,check_entry/* checkEntry */.T)(reader, entry, how)).problems.filter(({ kind }) => SUSPICIOUS.has(kind));
            let still = await look();
            const missing = still.flatMap(({ kind, blob }) => (kind === 'blob-missing' && blob ? [blob] : []));
            if (missing.length > 0) {
                // A prune that is under way puts back what somebody names who has just pushed.
                if (await isAnyAside(reader, missing, signal)) {
                    problems.push(`${entry.key} is left: a prune is looking at what it names`);
                    continue;
                }
                still = await look(); // it may have been put back in between
            }
            const reasons = await Promise.all(still.map((problem) => (0,useless_entry/* whyUseful */.N)(reader, problem, blobs, signal)));
            if (reasons.includes(undefined))
                useless.push(entry);
            else if (reasons.length > 0)
                problems.push(keptText(entry, reasons, still));
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
function keptText({ key }, reasons, problems) {
    const texts = problems.map(({ text }) => text);
    const hint = 'Push it again with --force, or delete it yourself if nobody can use it';
    return `${key} is left, since ${[...new Set(reasons)].join(', and ')}: ${texts.join('; ')}. ${hint}`;
}
async function isAnyAside({ storage }, blobs, signal) {
    if (!(0,storage_storage/* canList */.x)(storage))
        return false;
    for (const { sha256 } of blobs) {
        if (sha256 !== undefined && (await (0,blob_aside/* listAside */.pl)(storage, signal, sha256)).length > 0)
            return true;
    }
    return false;
}

// EXTERNAL MODULE: ./build/core/write-file.js
var write_file = __webpack_require__(23020);
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
function countProblems(problems) {
    const counts = new Map();
    for (const { kind } of problems)
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return counts;
}

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
        if (!isWhole)
            return 'The mirror is right, but not all could be repaired.';
        // How deep it was looked is part of the answer.
        return check.unsigned === undefined
            ? 'The mirror is right as far as names tell: entries were not read (--verify).'
            : 'The mirror is right.';
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
// EXTERNAL MODULE: ./build/mirrors/open-target.js + 5 modules
var open_target = __webpack_require__(16356);
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
// EXTERNAL MODULE: ./build/entry/trust-options.js
var trust_options = __webpack_require__(90066);
;// CONCATENATED MODULE: ./build/entry/verb-check-index.js
/** `buildcache check-index MIRROR`: options in, the mirror's state and exit code out. */



















function verb_check_index_define(command, context) {
    (0,trust_options/* addTrustOptions */.S_)((0,shared_options/* addSharedOptions */.J0)(command, { mirrorArgument: true }))
        .argument('<mirror>', 'a configured name, a path or a URL')
        .argument('[how...]', 'further words of --verify')
        .option('--verify <how>', 'look at names only (exists), read all entries (manifests), ask for all blobs (blobs), or read them (all); several: the most of them', verifyLevel, 'exists')
        .option('-n, --name <view>', 'check this view instead of the main index')
        .option('-o, --output <file>', 'write it in the schema of spack buildcache check-index')
        .option('--repair', 'remove entries that nobody can use, and make the index anew', false)
        .action((first, more, options) => {
        const { mirror, words } = mirrorAmong([first, ...more]);
        return run(mirror, { ...options, verify: words.reduce(deeper, options.verify) }, context);
    });
}
/**
 * The mirror, and the words that belong to a `--verify` before it: Spack takes several after the option, with the
 * mirror before it, or after `--`.
 */
function mirrorAmong(operands) {
    const [only] = operands;
    if (operands.length === 1 && only !== undefined)
        return { mirror: only, words: [] };
    const [mirror, ...others] = operands.filter((operand) => levelOf(operand) === undefined);
    if (mirror !== undefined && others.length === 0)
        return { mirror, words: operands.flatMap((operand) => levelOf(operand) ?? []) };
    throw new errors/* BuildcacheError */.fO('usage', 'check-index takes one mirror, and words for --verify', {
        expected: `words out of ${VERIFY_LEVELS.join(', ')}`,
        found: operands.join(' '),
        hint: 'a mirror of such a name is named by its path or URL',
    });
}
function levelOf(word) {
    return VERIFY_LEVELS.find((level) => level === word.trim());
}
/** Of two words the one that looks at more; each looks at what the ones before look at, too. */
function deeper(before, level) {
    return VERIFY_LEVELS.indexOf(level) > VERIFY_LEVELS.indexOf(before) ? level : before;
}
function verifyLevel(text, before) {
    const levels = text.split(',').map((word) => {
        const level = levelOf(word);
        if (level === undefined)
            throw new esm/* InvalidArgumentError */.Di(`Expected ${VERIFY_LEVELS.join(', ')}.`);
        return level;
    });
    return levels.reduce(deeper, before);
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
    const { readers, notes, close } = await (0,mirrors_open/* openMirror */.Y4)(sided, NO_GRAPH, around.connection);
    try {
        for (const note of notes)
            around.reporter.warn(note);
        for (const [i, reader] of readers.entries()) {
            try {
                const how = await howTo(reader, view, mirror, options, around, trust, context);
                const check = await checkIndex(how, around.reporter);
                await noteOthers(readers.slice(i + 1), around, context);
                return { check, repair: undefined };
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
        const check = await checkIndex(how, around.reporter);
        const { storage, layout } = cache.reader;
        if (layout === 'v3')
            await noteOthers([(0,layout2/* openLayout2 */.j4)(storage, NO_GRAPH.nodes)], around, context);
        return { check, repair };
    }
    finally {
        await cache.close();
    }
}
/** A mirror that was migrated has two layouts, and whoever asks about it may mean either. */
async function noteOthers(readers, { reporter }, { signal }) {
    for (const { layout, list, findIndex, storage } of readers) {
        try {
            if ((await findIndex(signal)) === undefined && !(await isAny(list?.(signal))))
                continue;
            reporter.warn(`${storage.url} has entries of layout ${layout.slice(1)}, too, which were not looked at: ` +
                'migrate them, or delete them with migrate --delete-existing');
        }
        catch {
            signal.throwIfAborted(); // otherwise: it is no answer about what was asked
        }
    }
}
async function isAny(items) {
    if (items !== undefined)
        for await (const _ of items)
            return true;
    return false;
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


/***/ })

};
