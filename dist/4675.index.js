export const id = 4675;
export const ids = [4675];
export const modules = {

/***/ 34651:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $C: () => (/* binding */ KEY_INDEX),
/* harmony export */   H3: () => (/* binding */ updateKeyIndex),
/* harmony export */   Qr: () => (/* binding */ keyManifestKey),
/* harmony export */   TH: () => (/* binding */ listKeys),
/* harmony export */   jQ: () => (/* binding */ publishKey)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _fetch_document_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(93355);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(57356);
/* harmony import */ var _put_blob_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(52394);
/** Public keys and the list of them in layout 3, where `spack buildcache keys` finds them. */




const KEYS = 'v3/manifests/key/';
const KEY_INDEX = `${KEYS}keys.manifest.json`;
const ATTEMPTS = 50;
function keyManifestKey(fingerprint) {
    return `${KEYS}${fingerprint}.key.manifest.json`;
}
/**
 * Publishes a public key, and the list of keys with it. Nothing is written where both are there.
 * @param armored its text
 * @returns whether anything was written
 */
async function publishKey(storage, fingerprint, armored, signal) {
    const sent = await publishDocument(storage, keyManifestKey(fingerprint), 'key', Buffer.from(armored), signal);
    return (await updateKeyIndex(storage, signal)) || sent;
}
/** Lists the keys that are published. @returns whether the list had to be written */
async function updateKeyIndex(storage, signal) {
    // Who adds a key lists them afterwards: whoever is last sees all. Two at once write the same or go again.
    for (let i = 0; i < ATTEMPTS; i++) {
        const text = keyIndexText(await listKeys(storage, signal));
        const sent = await publishDocument(storage, KEY_INDEX, 'keyIndex', Buffer.from(text), signal);
        if (text === keyIndexText(await listKeys(storage, signal)))
            return sent || i > 0;
    }
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('conflict', 'others kept adding keys', { url: (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_1__/* .documentUrl */ .LJ)(storage, KEY_INDEX) });
}
/** The fingerprints keys are published under, as far as the storage can tell; unverified. */
async function listKeys(storage, signal) {
    const fingerprints = [];
    for await (const { key } of storage.list(KEYS, { signal })) {
        const name = /^([^/]+)\.key\.manifest\.json$/.exec(key.slice(KEYS.length))?.[1];
        if (name !== undefined)
            fingerprints.push(name);
    }
    return fingerprints.sort();
}
function keyIndexText(fingerprints) {
    return JSON.stringify({ keys: Object.fromEntries(fingerprints.map((name) => [name, {}])) });
}
/** A blob and the manifest that names it, unless they are there. */
async function publishDocument(storage, key, kind, bytes, signal) {
    const record = (0,_put_blob_js__WEBPACK_IMPORTED_MODULE_3__/* .blobRecord */ .RB)(kind, bytes, 'none');
    if (await isPublished(storage, key, kind, record.sha256, signal)) {
        if (await (0,_put_blob_js__WEBPACK_IMPORTED_MODULE_3__/* .hasBlob */ .is)(storage, record, signal))
            return false;
    }
    const blob = await (0,_put_blob_js__WEBPACK_IMPORTED_MODULE_3__/* .putBlob */ .HT)(storage, bytes, record, signal);
    await (0,_put_blob_js__WEBPACK_IMPORTED_MODULE_3__/* .putManifest */ .RV)(storage, key, [record], { signal });
    // As for entries: a prune may have taken it meanwhile.
    if (blob === 'reused')
        await (0,_put_blob_js__WEBPACK_IMPORTED_MODULE_3__/* .putBlob */ .HT)(storage, bytes, record, signal);
    return true;
}
async function isPublished(storage, key, kind, digest, signal) {
    const found = await (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_1__/* .fetchDocument */ .sW)(storage, key, { what: 'the manifest of a key', signal });
    if (found === undefined)
        return false;
    try {
        return (0,_manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .findRecord */ .Tq)((0,_manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .parseManifest */ .Ng)(found, (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_1__/* .documentUrl */ .LJ)(storage, key)), kind)?.sha256 === digest;
    }
    catch (error) {
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .errorCode */ .CA)(error) === 'bad-input')
            return false;
        throw error;
    }
}


/***/ }),

/***/ 52394:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HT: () => (/* binding */ putBlob),
/* harmony export */   RB: () => (/* binding */ blobRecord),
/* harmony export */   RV: () => (/* binding */ putManifest),
/* harmony export */   is: () => (/* binding */ hasBlob),
/* harmony export */   qi: () => (/* binding */ unlessDenied)
/* harmony export */ });
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(82552);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _layout3_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(65314);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(57356);
/**
 * Writing layout 3's two kinds of documents: blobs under the digest of their content, and the manifests that name
 * them. A blob is written before what names it, so that nothing ever names what is not there.
 */




/** What a manifest says of a blob. @param mediaType where the kind has several */
function blobRecord(kind, content, compression, mediaType = _manifest_js__WEBPACK_IMPORTED_MODULE_3__/* .MEDIA_TYPE */ .Ap[kind]) {
    const isBytes = content instanceof Uint8Array;
    return {
        mediaType,
        compression,
        size: isBytes ? content.length : content.size,
        sha256: isBytes ? (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .sha256 */ .sc)(content) : content.sha256,
    };
}
/**
 * What a question before writing comes to when it is not allowed: stores that may not be listed answer so for what is
 * not there, and whether we may write the write itself will tell.
 */
async function unlessDenied(question, otherwise) {
    return await question.catch((error) => {
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorCode */ .CA)(error) === 'denied')
            return otherwise;
        throw error;
    });
}
/** Whether the blob is there in its whole length. */
async function hasBlob(storage, { sha256: digest, size }, signal) {
    const asked = storage.head((0,_layout3_js__WEBPACK_IMPORTED_MODULE_2__/* .blobKey */ .bd)(digest), { signal, withoutEtag: true });
    const found = await unlessDenied(asked, undefined);
    return found !== undefined && (found.size === undefined || found.size === size);
}
/** Sends a blob unless it is there. @returns whether it was there */
async function putBlob(storage, content, record, signal) {
    if (await hasBlob(storage, record, signal))
        return 'reused';
    await storage.put((0,_layout3_js__WEBPACK_IMPORTED_MODULE_2__/* .blobKey */ .bd)(record.sha256), content, { signal });
    return 'sent';
}
/** An unsigned manifest. @throws BuildcacheError `conflict` when the condition does not hold */
async function putManifest(storage, key, records, { others, ...options } = {}) {
    await storage.put(key, Buffer.from((0,_manifest_js__WEBPACK_IMPORTED_MODULE_3__/* .formatManifest */ .L_)(records, others)), {
        contentType: 'application/json',
        ...options,
    });
}


/***/ }),

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

/***/ 69832:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dq: () => (/* binding */ addYes),
/* harmony export */   TR: () => (/* binding */ refuse),
/* harmony export */   Z9: () => (/* binding */ refuseScope),
/* harmony export */   pU: () => (/* binding */ addYesToAll)
/* harmony export */ });
/* harmony import */ var commander__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48179);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/** Options of Spack's verbs that have nothing to do here: accepted where that is harmless, else refused with what to use. */


/** For a verb that asks nothing, so that there is nothing to say yes to. */
function addYesToAll(command) {
    return command.option('-y, --yes-to-all', 'as in Spack; nothing is asked here', false);
}
/** Spack's long form of `--yes`, for a verb that has that. */
function addYes(command, description) {
    return command
        .option('-y, --yes', description, false)
        .addOption(new commander__WEBPACK_IMPORTED_MODULE_0__/* .Option */ .c$('--yes-to-all').implies({ yes: true }).hideHelp());
}
/** @param hint what to use instead of a configuration scope */
function refuseScope(command, hint) {
    return refuse(command, '--scope <scope>', "Spack's configuration scopes are not read here", hint);
}
/**
 * @param flags as commander wants them
 * @param why that this is not here; `hint` says what is
 */
function refuse(command, flags, why, hint) {
    const option = new commander__WEBPACK_IMPORTED_MODULE_0__/* .Option */ .c$(flags).hideHelp();
    const usage = () => new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('usage', `${option.long ?? flags}: ${why}`, { hint });
    if (option.required) {
        option.argParser(() => {
            throw usage();
        });
    }
    else {
        command.hook('preAction', (_, used) => {
            if (used.getOptionValue(option.attributeName()) === true)
                throw usage();
        });
    }
    return command.addOption(option);
}


/***/ }),

/***/ 45085:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  define: () => (/* binding */ verb_prune_define)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./node_modules/commander/esm.mjs
var esm = __webpack_require__(48179);
// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(70370);
// EXTERNAL MODULE: ./build/cache/index-rebuild.js
var index_rebuild = __webpack_require__(71183);
// EXTERNAL MODULE: ./build/cache/index-update.js + 2 modules
var index_update = __webpack_require__(8479);
// EXTERNAL MODULE: ./build/cache/remove-entries.js
var remove_entries = __webpack_require__(36424);
// EXTERNAL MODULE: ./build/core/abort.js
var abort = __webpack_require__(67844);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
;// CONCATENATED MODULE: ./build/plan/prune-selection.js
/** Without rules about entries, none goes. */
function hasEntryRules({ keep, olderThan }) {
    return keep !== undefined || olderThan !== undefined;
}
/** Entries the rules alone keep. */
function keptByRules(entries, rules) {
    return new Set(entries.filter((entry) => !isCondemned(entry, rules)).map(({ hash }) => hash));
}
/**
 * All that has to be there for the kept ones to be installed: what they link and run, and what spliced ones were built
 * as.
 * @param nodes specs as far as they are known
 */
function neededBy(kept, nodes) {
    const needed = new Set();
    const waiting = [...kept];
    for (let hash = waiting.pop(); hash !== undefined; hash = waiting.pop()) {
        if (needed.has(hash))
            continue;
        needed.add(hash);
        const node = nodes.get(hash);
        if (node === undefined)
            continue;
        if (node.buildSpec !== undefined)
            waiting.push(node.buildSpec.hash);
        for (const { hash: below, deptypes } of node.dependencies) {
            if (deptypes.includes('link') || deptypes.includes('run'))
                waiting.push(below);
        }
    }
    return needed;
}
function isCondemned({ hash, modified }, { keep, olderThan, grace }) {
    if (!hasEntryRules({ keep, olderThan }) || keep?.has(hash) === true)
        return false;
    // What has no time cannot be told to be old.
    if (modified === undefined)
        return olderThan === undefined;
    return modified < grace && (olderThan === undefined || modified < olderThan);
}

;// CONCATENATED MODULE: ./build/commands/prune.js
/**
 * `prune`: takes out of a mirror what nothing needs, while others use it. Entries go first (remove-entries.ts), then
 * blobs that nothing names (prune-blobs.ts says why that is safe).
 */







/**
 * @throws BuildcacheError `usage` when all would go, which nobody means; `unsupported` where entries cannot be listed;
 *   else as the storage does
 */
async function prune(options) {
    const { cache, graceMs, dryRun, jobs, signal } = options;
    const { reader } = cache;
    const problems = [];
    const entries = await listEntries(cache, signal);
    const { condemned, needed } = await condemn(entries, options, problems);
    const removed = dryRun ? condemned : await (0,remove_entries/* removeEntries */.n)(cache, condemned, problems, { jobs, signal });
    const without = new Set(removed.map(({ key }) => key));
    const blobs = await cache.pruneBlobs?.({ graceMs, jobs, dryRun, without, signal });
    if (blobs?.unclear !== undefined) {
        problems.push(`no blob is removed, since it is not known which are needed: ${blobs.unclear}`);
    }
    const leftovers = dryRun ? 0 : await cache.sweep(signal);
    return {
        url: reader.storage.url,
        dryRun,
        entries: entries.length,
        removed: removed.sort((a, b) => (a.key < b.key ? -1 : 1)),
        needed,
        blobs,
        leftovers,
        problems,
    };
}
async function listEntries({ reader }, signal) {
    if (reader.list === undefined) {
        throw new errors/* BuildcacheError */.fO('unsupported', 'what the mirror holds cannot be listed', {
            url: reader.storage.url,
        });
    }
    const entries = [];
    for await (const entry of reader.list(signal))
        entries.push(entry);
    return entries;
}
async function condemn(entries, { cache, keep, olderThanMs, graceMs, jobs, signal }, problems) {
    const now = Date.now();
    const olderThan = olderThanMs === undefined ? undefined : new Date(now - olderThanMs);
    if (!hasEntryRules({ keep, olderThan }))
        return { condemned: [], needed: 0 };
    const kept = keptByRules(entries, { keep, olderThan, grace: new Date(now - graceMs) });
    // A wrong lockfile or keep-list matches nothing, and must not cost the mirror.
    if (keep !== undefined && entries.length > 0 && !entries.some(({ hash }) => keep.has(hash))) {
        throw new errors/* BuildcacheError */.fO('usage', 'none of what is to be kept is in the mirror', {
            url: cache.reader.storage.url,
            expected: 'lockfiles or keep-lists of what the mirror holds',
        });
    }
    let isComplete = true;
    const { known, unread } = await (0,index_rebuild/* gatherSpecs */.ir)(cache.reader, {
        known: async () => await (0,index_update/* indexedNodes */.T)(cache, signal),
        lists: (hash) => kept.has(hash),
        jobs,
        onProblem: (text) => {
            isComplete = false;
            problems.push(text.replace('left out of the index', 'what it needs is not known'));
        },
        signal,
    });
    for (const reason of unread.values())
        problems.push(`what it needs is not known: ${reason}`);
    if (!isComplete || unread.size > 0) {
        // It may need anything.
        const again = unread.size > 0 ? ', and push again (--force) what that leaves, or delete it yourself' : '';
        problems.push(`no entry is removed: repair the mirror first, with \`check-index --repair\`${again}`);
        return { condemned: [], needed: 0 };
    }
    // What is kept may have no entry of its own: a spliced spec's is its build spec's.
    const stays = neededBy(new Set([...kept, ...(keep ?? [])]), known);
    const condemned = entries.filter(({ hash }) => !stays.has(hash));
    // A mirror that nobody has pushed to for that long is not one that nobody needs.
    if (condemned.length > 0 && condemned.length === entries.length) {
        throw new errors/* BuildcacheError */.fO('usage', `all ${entries.length} entries would be removed`, {
            url: cache.reader.storage.url,
            hint: 'say what to keep, or delete the mirror itself',
        });
    }
    const newer = await findNewer(condemned, cache, jobs, signal);
    if (newer !== undefined) {
        // It stays, and may need anything as well.
        problems.push(`no entry is removed: ${newer}`);
        return { condemned: [], needed: 0 };
    }
    return { condemned, needed: entries.length - condemned.length - kept.size };
}
/**
 * What cannot be read here others may use: nobody knows what it needs.
 * @returns what is wrong with one entry that a newer program can read
 */
async function findNewer(condemned, { reader }, jobs, signal) {
    let newer;
    const limit = (0,p_limit/* default */.A)(jobs);
    const look = async ({ key }) => {
        (0,abort/* throwIfCancelled */.dZ)(signal);
        if (newer !== undefined)
            return;
        try {
            await reader.readAt(key, signal);
        }
        catch (error) {
            // Whatever else is wrong with it is no reason to keep it.
            if ((0,errors/* errorCode */.CA)(error) === 'unsupported')
                newer ??= (0,errors/* describeError */.Uc)(error);
            else if (!['bad-input', 'corrupt', 'too-large', 'protocol'].includes((0,errors/* errorCode */.CA)(error)))
                throw error;
        }
    };
    const looks = await Promise.allSettled(condemned.map((entry) => limit(look, entry)));
    const failed = looks.find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected')
        throw failed.reason;
    return newer;
}

// EXTERNAL MODULE: ./build/mirrors/environment.js + 1 modules
var environment = __webpack_require__(10432);
// EXTERNAL MODULE: ./build/mirrors/open-target.js + 5 modules
var open_target = __webpack_require__(16356);
;// CONCATENATED MODULE: ./build/plan/keep-list.js
/** Spack's keep-list: the hashes of what a prune is to leave, one a line. */

/**
 * Empty lines and what follows a `#` are passed over; a slash before a hash is allowed.
 * @throws BuildcacheError `bad-input` for a line that is no whole hash, and for a list without any
 */
function parseKeepList(text, file) {
    const hashes = new Set();
    for (const [i, line] of text.split('\n').entries()) {
        const hash = line.replace(/#.*$/, '').trim().replace(/^\/+/, '');
        if (hash === '')
            continue;
        if (!/^[a-z2-7]{32}$/.test(hash)) {
            throw new errors/* BuildcacheError */.fO('bad-input', `line ${i + 1} of the keep-list is no hash`, {
                file,
                expected: '32 characters, a to z and 2 to 7',
                found: JSON.stringify(hash.slice(0, 60)),
            });
        }
        hashes.add(hash);
    }
    if (hashes.size === 0)
        throw new errors/* BuildcacheError */.fO('bad-input', 'there is no hash in the keep-list', { file });
    return hashes;
}

// EXTERNAL MODULE: ./build/report/check-text.js
var check_text = __webpack_require__(93235);
// EXTERNAL MODULE: ./build/report/push-text.js
var push_text = __webpack_require__(51887);
;// CONCATENATED MODULE: ./build/report/prune-text.js
/** What a prune came to, for a person and for machines. */



/** Lines without their ends. @param verbose also each entry */
function pruneText(report, verbose, style = check_text/* PLAIN_STYLE */.nV) {
    const { dryRun, removed, blobs } = report;
    const done = dryRun ? 'would be removed' : 'removed';
    const lines = verbose ? removed.map(({ key }) => `${done}: ${(0,errors/* oneLine */.TN)(key)}`) : [];
    lines.push(`${removed.length} of ${report.entries} entries ${done}` +
        (report.needed === 0 ? '' : `, ${report.needed} stay because what is kept needs them`));
    if (blobs === undefined) {
        lines.push('Blobs are left to the registry: run its garbage collection');
    }
    else {
        lines.push(`${blobs.removed.count} of ${blobs.all.count} blobs ${done} (${(0,push_text/* bytesText */.pV)(blobs.removed.bytes)})`);
        if (blobs.young.count > 0) {
            lines.push(`${blobs.young.count} unnamed blobs (${(0,push_text/* bytesText */.pV)(blobs.young.bytes)}) are too young: they may be about to be named`);
        }
        if (blobs.putBack > 0)
            lines.push(`${blobs.putBack} were named meanwhile, and put back`);
    }
    if (report.leftovers > 0)
        lines.push(`${report.leftovers} unfinished files of writers that died were removed`);
    for (const problem of report.problems)
        lines.push(style.doubt((0,errors/* oneLine */.TN)(problem)));
    lines.push(style.dim((0,errors/* oneLine */.TN)(report.url)));
    return lines;
}
/** What `prune --json` prints. Fields are added, never changed: `version` says when that is not so. */
function pruneJson(report) {
    const { blobs } = report;
    return {
        version: 1,
        url: report.url,
        dry_run: report.dryRun,
        entries: report.entries,
        removed: report.removed.map(({ key, hash }) => ({ hash, key })),
        needed: report.needed,
        blobs: blobs === undefined
            ? null
            : { all: blobs.all, removed: blobs.removed, young: blobs.young, put_back: blobs.putBack },
        leftovers: report.leftovers,
        problems: report.problems,
    };
}

// EXTERNAL MODULE: ./build/report/terminal.js
var terminal = __webpack_require__(63299);
;// CONCATENATED MODULE: ./build/entry/age-option.js
/** For commander: an age, as people write it. */

const UNITS = {
    m: 60_000,
    h: 3_600_000,
    d: 24 * 3_600_000,
    w: 7 * 24 * 3_600_000,
};
/** @returns milliseconds: `30d`, `12h`, `90m`, `2w`, and `0` */
function age(text) {
    const [, digits = '', unit = ''] = /^(\d{1,6})([mhdw]|(?<=^0))$/.exec(text) ?? [];
    if (digits === '')
        throw new esm/* InvalidArgumentError */.Di('Expected an age such as 30d, 12h, 90m or 2w.');
    return Number(digits) * (UNITS[unit] ?? 0);
}

// EXTERNAL MODULE: ./build/entry/one-mirror.js
var one_mirror = __webpack_require__(72483);
// EXTERNAL MODULE: ./build/entry/shared-options.js
var shared_options = __webpack_require__(23589);
// EXTERNAL MODULE: ./build/entry/spack-options.js
var spack_options = __webpack_require__(69832);
;// CONCATENATED MODULE: ./build/entry/verb-prune.js
/** `buildcache prune MIRROR`: options in, what nothing needs out, and an exit code. */














const DAY_MS = 24 * 3_600_000;
/** What somebody has sent and not named yet, nothing but its age protects. */
const SHORTEST_GRACE_MS = 3_600_000;
function verb_prune_define(command, context) {
    (0,shared_options/* addSharedOptions */.J0)(command, { mirrorArgument: true })
        .argument('<mirror>', 'a configured name, a path or a URL')
        .option('-k, --keeplist <file>', 'remove entries whose hashes are not in this file (repeatable)', shared_options/* collect */.Fo, [])
        .option('--keep-environment <dir|spack.lock>', 'remove entries that are not in this lockfile (repeatable; kept is what any of these lists)', shared_options/* collect */.Fo, [])
        .option('--older-than <age>', 'remove only entries of this age (30d, 12h), or all of them', age)
        .addOption(new esm/* Option */.c$('--grace <age>', 'remove nothing younger, entry or blob')
        .argParser(age)
        .default(DAY_MS, '24h'))
        .option('--nobody-pushes', 'allow a --grace under 1h: while this runs, nobody writes to the mirror', false)
        .option('--dry-run', 'say what would be removed', false);
    (0,spack_options/* addYes */.Dq)(command, 'remove it; without this, nothing is changed').action((mirror, options) => run(mirror, options, context));
}
async function run(argument, options, context) {
    requireGrace(options);
    const { mirror, around } = await (0,one_mirror/* readOneMirror */.g)('prune', argument, options, context);
    const keep = await readKeep(options, context);
    const cache = await (0,open_target/* openPushMirror */.Q)(mirror, around.connection);
    try {
        const result = await prune({
            cache,
            keep,
            olderThanMs: options.olderThan,
            graceMs: options.grace,
            dryRun: options.dryRun || !options.yes,
            jobs: around.connection.jobs,
            signal: context.signal,
        });
        if (options.json)
            context.stdout.write(`${JSON.stringify(pruneJson(result), null, 2)}\n`);
        else if (!options.quiet) {
            const lines = pruneText(result, options.verbose || result.dryRun, (0,terminal/* terminalStyle */.w)(around.color));
            context.stdout.write(`${lines.join('\n')}\n`);
        }
        const isWaiting = result.removed.length > 0 || (result.blobs?.removed.count ?? 0) > 0;
        if (!options.dryRun && !options.yes && isWaiting) {
            around.reporter.error('nothing was removed: say --yes to remove it, or --dry-run to only look');
            return context.exit(2);
        }
        context.exit(result.problems.length === 0 ? 0 : 1);
    }
    finally {
        await cache.close();
    }
}
/** @throws BuildcacheError `usage` for a grace that would take the blobs of pushes under way */
function requireGrace({ grace, nobodyPushes, dryRun, yes }) {
    if (grace >= SHORTEST_GRACE_MS || nobodyPushes || dryRun || !yes)
        return;
    throw new errors/* BuildcacheError */.fO('usage', 'with so short a grace, blobs of pushes that are under way could go', {
        expected: '--grace of 1h or more, longer than the longest push',
        hint: 'say --nobody-pushes if nobody writes to the mirror now',
    });
}
/** @returns undefined when nothing says what to keep */
async function readKeep({ keeplist, keepEnvironment }, { cwd, env }) {
    if (keeplist.length + keepEnvironment.length === 0)
        return undefined;
    const keep = new Set();
    for (const name of keeplist) {
        const file = (0,external_node_path_.resolve)(cwd, name);
        const text = await (0,promises_.readFile)(file, 'utf8').catch((error) => {
            throw (0,errors/* fileError */.zS)(error, file, 'read the keep-list');
        });
        for (const hash of parseKeepList(text, file))
            keep.add(hash);
    }
    for (const where of keepEnvironment) {
        const { nodes } = await (0,environment/* readEnvironment */.Qo)(await (0,environment/* findEnvironment */.jY)((0,external_node_path_.resolve)(cwd, where), env));
        // Concretizing it has failed, most likely; all it was meant to keep would go.
        if (nodes.size === 0) {
            throw new errors/* BuildcacheError */.fO('usage', 'an environment without specs keeps nothing', {
                file: (0,external_node_path_.resolve)(cwd, where),
                hint: 'concretize it, or leave it out',
            });
        }
        for (const hash of nodes.keys())
            keep.add(hash);
    }
    return keep;
}


/***/ })

};
