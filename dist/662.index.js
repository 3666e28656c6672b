export const id = 662;
export const ids = [662];
export const modules = {

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
                problems.push(`${entry.key} was written or removed meanwhile by somebody else`);
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
// EXTERNAL MODULE: ./build/cache/index-update.js
var index_update = __webpack_require__(6515);
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
    const { known } = await (0,index_rebuild/* gatherSpecs */.ir)(cache.reader, {
        known: async () => await (0,index_update/* indexedNodes */.T)(cache, signal),
        lists: (hash) => kept.has(hash),
        jobs,
        onProblem: (text) => {
            isComplete = false;
            problems.push(text.replace('left out of the index', 'what it needs is not known'));
        },
        signal,
    });
    if (!isComplete) {
        // It may need anything.
        problems.push('no entry is removed: repair the mirror first, with `check-index --repair`');
        return { condemned: [], needed: 0 };
    }
    const stays = neededBy(kept, known);
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
var environment = __webpack_require__(52875);
// EXTERNAL MODULE: ./build/mirrors/open-target.js + 6 modules
var open_target = __webpack_require__(78014);
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
        .option('--dry-run', 'say what would be removed', false)
        .option('-y, --yes', 'remove it; without this, nothing is changed', false)
        .action((mirror, options) => run(mirror, options, context));
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
async function readKeep({ keeplist, keepEnvironment }, { cwd }) {
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
        const { nodes } = await (0,environment/* readEnvironment */.Qo)(await (0,environment/* findEnvironment */.jY)((0,external_node_path_.resolve)(cwd, where)));
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


/***/ }),

/***/ 51887:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   RW: () => (/* binding */ outcomeLine),
/* harmony export */   TW: () => (/* binding */ failedLines),
/* harmony export */   XF: () => (/* binding */ countOutcomes),
/* harmony export */   cq: () => (/* binding */ pushText),
/* harmony export */   nL: () => (/* binding */ finishLines),
/* harmony export */   oX: () => (/* binding */ indexText),
/* harmony export */   pV: () => (/* binding */ bytesText),
/* harmony export */   vx: () => (/* binding */ pushProblems)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _spec_node_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(56832);
/* harmony import */ var _check_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(93235);
/* harmony import */ var _shared_reasons_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(44186);
/** What a push came to, for a person: a line for each spec while it works, and the sum at the end. */




/** One line for one outcome, as it comes. */
function outcomeLine(spec, outcome) {
    return (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(`${specName(spec)}: ${outcomeText(outcome)}`);
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
    const lines = [(0,_check_text_js__WEBPACK_IMPORTED_MODULE_1__/* .mirrorLine */ .oR)(mirror, parts, style)];
    const { images, tagged, index } = mirror;
    if (index !== undefined && 'changed' in index)
        lines.push(`  ${indexText(index)}`);
    for (const image of images)
        lines.push(`  image: ${image}`);
    if (tagged !== undefined && 'name' in tagged)
        lines.push(`  image of all: ${tagged.name}`);
    return [...lines, ...mirrorProblems(specs, mirror, style).map((text) => `  ${text}`)];
}
/** What went wrong, and nothing else. */
function pushProblems({ specs, mirrors }, style = _check_text_js__WEBPACK_IMPORTED_MODULE_1__/* .PLAIN_STYLE */ .nV) {
    return mirrors.flatMap((mirror) => mirrorProblems(specs, mirror, style));
}
function mirrorProblems(specs, mirror, style) {
    const { outcomes, tagged } = mirror;
    const lines = finishLines(mirror, style);
    if (tagged !== undefined && 'failed' in tagged) {
        lines.push(`${style.bad('the image of all could not be made:')} ${tagged.failed}`);
    }
    const failures = specs.flatMap((spec) => {
        const outcome = outcomes.get(spec.hash);
        return outcome?.kind === 'failed' ? [{ name: specName(spec), reason: outcome.reason }] : [];
    });
    return [...lines, ...failedLines(failures, style)];
}
/** What went wrong after the entries were written. */
function finishLines({ index, keyFailed }, style) {
    const lines = [];
    if (index !== undefined && 'failed' in index)
        lines.push(`${style.bad('the index could not be updated:')} ${index.failed}`);
    if (keyFailed !== undefined)
        lines.push(`${style.bad('the public key could not be published:')} ${keyFailed}`);
    return lines;
}
/** A line for each reason, with those it is about. */
function failedLines(failures, style) {
    return (0,_shared_reasons_js__WEBPACK_IMPORTED_MODULE_2__/* .shareReasons */ .b1)(failures).map(({ reason, names }) => `${style.bad('failed')} ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(`${(0,_shared_reasons_js__WEBPACK_IMPORTED_MODULE_2__/* .nameSome */ .Kf)(names)}: ${reason}`)}`);
}
/** What became of the index. */
function indexText({ changed, records }) {
    return changed ? `the index was updated (${records} records)` : 'the index lists them already';
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
    return `${spec.name}@${spec.version}/${(0,_spec_node_js__WEBPACK_IMPORTED_MODULE_3__/* .shortHash */ .BC)(spec)}`;
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
