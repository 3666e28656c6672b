export const id = 9908;
export const ids = [9908];
export const modules = {

/***/ 75517:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Vv: () => (/* binding */ mirrorBase),
/* harmony export */   W8: () => (/* binding */ nameInPlace),
/* harmony export */   YV: () => (/* binding */ entryUrl),
/* harmony export */   di: () => (/* binding */ parseEntryUrl),
/* harmony export */   k2: () => (/* binding */ entryKey),
/* harmony export */   s6: () => (/* binding */ entryPlace)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _core_redact_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(193);
/* harmony import */ var _layout2_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(33201);
/* harmony import */ var _layout3_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(65314);
/* harmony import */ var _oci_tags_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(73296);
/** URLs of entries' documents, by which copy-lists name them: a mirror, and where in it. */





/**
 * Where a mirror keeps a spec.
 * @param url the mirror's; credentials and query values are left out
 * @param nodes where layout 2 finds the compiler
 * @param signed in layout 2 signed documents have another name
 */
function entryPlace(url, layout, spec, nodes, signed) {
    const key = layout === 'v2' ? `${(0,_layout2_js__WEBPACK_IMPORTED_MODULE_1__/* .layout2Keys */ .dl)(spec, nodes).spec}${signed ? '.sig' : ''}` : entryKey(layout, spec);
    return { mirror: mirrorBase(url), layout, key, hash: spec.hash };
}
/** The storage key of a spec's document, or its tag. @throws BuildcacheError `unsupported` for layout 2: a name does not do there */
function entryKey(layout, name) {
    switch (layout) {
        case 'v3':
            return (0,_layout3_js__WEBPACK_IMPORTED_MODULE_2__/* .specManifestKey */ .s8)(name);
        case 'oci':
            return (0,_oci_tags_js__WEBPACK_IMPORTED_MODULE_3__/* .specTag */ .W3)(name);
        case 'v2':
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('unsupported', 'layout 2 names entries by more than their names');
    }
}
function entryUrl({ mirror, layout, key }) {
    return layout === 'oci' ? `${mirror}:${key}` : `${mirror}/${key}`;
}
/** @returns undefined for what is no entry's URL. Attacker-controlled: where it leads has not been looked at. */
function parseEntryUrl(url) {
    for (const [layout, pattern] of PATTERNS) {
        const [, mirror, key, hash] = pattern.exec(url) ?? [];
        if (mirror === undefined || key === undefined || hash === undefined)
            continue;
        return { mirror: mirrorBase(mirror), layout, key, hash };
    }
    return undefined;
}
/** What of a mirror's URL says where it is: no credentials, no slash at its end; of a registry, no case. */
function mirrorBase(url) {
    const base = (0,_core_redact_js__WEBPACK_IMPORTED_MODULE_4__/* .redactUrl */ .B)(url).replace(/\/+$/, '');
    return /^oci(?:\+http)?:/i.test(base) ? base.toLowerCase() : base;
}
/** What a layout-3 manifest's key says of its spec: enough to find its place in any layout but the second. */
function nameInPlace({ layout, key, hash }) {
    if (layout !== 'v3')
        return undefined;
    const [, name, file] = /^v3\/manifests\/spec\/([^/]+)\/([^/]+)\.spec\.manifest\.json$/.exec(key) ?? [];
    if (name === undefined || file === undefined)
        return undefined;
    const version = file.slice(name.length + 1, -(hash.length + 1));
    return file === `${name}-${version}-${hash}` && version !== '' ? { name, version, hash } : undefined;
}
const SCHEME = '[a-z][a-z0-9+.-]*://';
const PATTERNS = [
    [
        'v3',
        pattern(String.raw `(.*[^/])/+(v3/manifests/spec/\w[\w-]*/[^/]+-([a-z2-7]{32})\.spec\.manifest\.json)`),
    ],
    ['v2', pattern(String.raw `(.*[^/])/+(build_cache/[^/]+-([a-z2-7]{32})\.spec\.json(?:\.sig)?)`)],
    ['oci', /^(oci(?:\+http)?:\/\/[^:]+(?::\d+\/[^:]+)?):([\w.-]+-([a-z2-7]{32})\.spack)$/i],
];
function pattern(rest) {
    return new RegExp(`^(?=${SCHEME})${rest}$`, 'i');
}


/***/ }),

/***/ 15496:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ findPresence)
/* harmony export */ });
/* harmony import */ var p_limit__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(70370);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _listing_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(44481);
/**
 * The gate's question: which of these specs does a mirror have? Three answers: present, missing, and unknown
 * with a reason. What the index lists is believed (unless more is asked for), what it does not list is asked
 * for, so that an index that is gone, damaged or stale never makes a spec look missing.
 */



/** After so many failures in a row, the rest is not asked for: the mirror is down, not the spec. */
const GIVE_UP_AFTER = 4;
/**
 * @param readers the mirror's layouts, newest first
 * @param id what tells this mirror from another in the local store of indices
 * @returns a state for every spec; failures are states too
 * @throws only when cancelled
 */
async function findPresence(readers, id, specs, options) {
    const notes = [];
    const indices = await readIndices(readers, id, specs, options, notes);
    const asked = await readersToAsk(indices, options.signal);
    const states = new Map();
    const open = [];
    for (const spec of specs) {
        const lister = indices.find(({ listing }) => listing?.listed.has(spec.hash))?.reader;
        if (options.verify === 'exists' && lister !== undefined) {
            states.set(spec.hash, { state: 'present', by: 'index', layout: lister.layout });
        }
        else {
            open.push(spec);
        }
    }
    const asker = new Asker(asked.readers, indices, options);
    await asker.askAll(open, asked.failure, states);
    notes.push(...asker.notes());
    return { states, notes, index: indices.find(({ listing }) => listing !== undefined)?.listing?.from };
}
/** Each layout's index. A damaged one is noted and passed over; one that could not be read is kept as a failure. */
async function readIndices(readers, id, specs, options, notes) {
    const wanted = new Set(specs.map((spec) => spec.hash));
    return Promise.all(readers.map(async (reader) => {
        try {
            const listing = await (0,_listing_js__WEBPACK_IMPORTED_MODULE_1__/* .listWanted */ .UK)(reader, `${id} ${reader.layout}`, wanted, options);
            return { reader, listing, failure: undefined };
        }
        catch (error) {
            options.signal?.throwIfAborted();
            const failure = asBuildcacheError(error);
            const damaged = isDamage(failure);
            if (damaged)
                notes.push(`its index cannot be used, every spec was asked for: ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .describeError */ .Uc)(failure)}`);
            return { reader, listing: undefined, failure: damaged ? undefined : failure };
        }
    }));
}
/**
 * The layouts worth asking for single specs. A mirror that says it is layout 3 and has no layout-2 index is
 * asked in layout 3 only; otherwise every layout is.
 */
async function readersToAsk(indices, signal) {
    const failure = indices.find((index) => index.failure !== undefined)?.failure;
    let marked = indices.some(({ reader, listing }) => reader.layout !== 'v2' && listing !== undefined);
    // Worth asking where the mirror answers at all: a 403 may be its word for "not there".
    if (!marked && (failure === undefined || isForbidden(failure)))
        marked = await isMarked(indices, signal);
    const wanted = indices.filter(({ reader, listing, failure: unread }) => reader.layout !== 'v2' ||
        listing !== undefined ||
        !marked ||
        (unread !== undefined && !isForbidden(unread)));
    // The layout that has an index most likely has the specs.
    const readers = wanted.toSorted((a, b) => Number(b.listing !== undefined) - Number(a.listing !== undefined));
    return { readers: readers.map(({ reader }) => reader), failure };
}
async function isMarked(indices, signal) {
    for (const { reader } of indices) {
        try {
            if (await reader.isMarked(signal))
                return true;
        }
        catch {
            signal?.throwIfAborted(); // otherwise: not readable, which is all that matters here
        }
    }
    return false;
}
/** Asks a mirror for single specs, and stops asking when it gives no answers. */
class Asker {
    #readers;
    #indices;
    #options;
    #failuresInARow = 0;
    #lastFailure;
    #forbiddenAsMissing = 0;
    #readable;
    constructor(readers, indices, options) {
        this.#readers = readers;
        this.#indices = indices;
        this.#options = options;
    }
    /** @param doubt why the mirror may be out of reach: then one spec is asked for before the others */
    async askAll(specs, doubt, states) {
        const { jobs, signal, onProgress } = this.#options;
        const [first, ...others] = specs;
        if (first === undefined)
            return;
        let done = 0;
        const ask = async (spec) => {
            signal?.throwIfAborted();
            states.set(spec.hash, this.#givenUp() ?? (await this.#ask(spec)));
            onProgress?.(++done, specs.length);
        };
        if (doubt === undefined) {
            const limit = (0,p_limit__WEBPACK_IMPORTED_MODULE_2__/* ["default"] */ .A)(jobs);
            await Promise.all(specs.map((spec) => limit(ask, spec)));
            return;
        }
        await ask(first);
        if (this.#failuresInARow > 0)
            this.#failuresInARow = GIVE_UP_AFTER;
        const limit = (0,p_limit__WEBPACK_IMPORTED_MODULE_2__/* ["default"] */ .A)(jobs);
        await Promise.all(others.map((spec) => limit(ask, spec)));
    }
    notes() {
        if (this.#forbiddenAsMissing === 0)
            return [];
        return [
            `it answers 403 for what is not there (${this.#forbiddenAsMissing} specs): read as missing, since the mirror is ` +
                'readable otherwise. Set forbidden to "unknown" if its credentials may be incomplete',
        ];
    }
    #givenUp() {
        if (this.#failuresInARow < GIVE_UP_AFTER || this.#lastFailure === undefined)
            return undefined;
        return unknown(this.#lastFailure);
    }
    async #ask(spec) {
        let failure;
        let damage;
        for (const reader of this.#readers) {
            try {
                const found = await this.#verified(reader, spec);
                if (found === true) {
                    this.#failuresInARow = 0;
                    return { state: 'present', by: 'entry', layout: reader.layout };
                }
                if (found !== false)
                    damage ??= found;
            }
            catch (error) {
                this.#options.signal?.throwIfAborted();
                failure ??= asBuildcacheError(error);
                // The layouts share a server: when it is down for one, the other's time-outs would only add to the wait.
                if (isDown(failure))
                    break;
            }
        }
        if (failure !== undefined) {
            // A damaged entry says that the mirror is up.
            if (isDamage(failure))
                this.#failuresInARow = 0;
            else
                this.#failuresInARow++;
            this.#lastFailure = failure;
            return unknown(failure);
        }
        this.#failuresInARow = 0;
        const listed = this.#indices.some(({ listing }) => listing?.listed.has(spec.hash));
        const reason = damage ?? (listed ? 'the index lists it, but it is not there' : undefined);
        return { state: 'missing', ...(reason === undefined ? {} : { reason }) };
    }
    /** True: present. False: not there. Text: there, but what it names is not. */
    async #verified(reader, spec) {
        const { verify, signal } = this.#options;
        try {
            if (verify === 'exists')
                return await reader.has(spec, signal);
            const entry = await reader.read(spec, signal);
            if (entry === undefined)
                return false;
            if (verify === 'manifests')
                return true;
            for (const blob of entry.spec === undefined ? [entry.tarball] : [entry.tarball, entry.spec]) {
                const info = await reader.storage.head(blob.key, { signal });
                if (info === undefined)
                    return `its manifest names a blob that is not there: ${blob.key}`;
                if (blob.size !== undefined && info.size !== undefined && info.size !== blob.size) {
                    return `a blob has ${info.size} bytes instead of ${blob.size}: ${blob.key}`;
                }
            }
            return true;
        }
        catch (error) {
            if (!isForbidden(error) || !(await this.#hidesAbsence(reader)))
                throw error;
            this.#forbiddenAsMissing++;
            return false;
        }
    }
    /** Whether a 403 for one entry may be read as "not there": the mirror itself must just have answered. */
    async #hidesAbsence({ layout }) {
        const { forbidden, signal } = this.#options;
        if (forbidden !== 'auto')
            return forbidden === 'missing';
        if (layout === 'oci')
            return false; // registries say 404
        this.#readable ??= this.#indices.some(({ listing }) => listing?.answered)
            ? Promise.resolve(true)
            : isMarked(this.#indices, signal);
        return this.#readable;
    }
}
/** What came is not what it should be, or more than we can read, but it came. */
function isDamage({ code }) {
    return code === 'corrupt' || code === 'bad-input' || code === 'too-large' || code === 'unsupported';
}
function isForbidden(error) {
    return error instanceof _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO && error.code === 'denied' && error.facts.status === 403;
}
function isDown({ code }) {
    return code === 'unreachable' || code === 'server-error' || code === 'throttled';
}
function unknown(error) {
    return { state: 'unknown', reason: (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .describeError */ .Uc)(error), code: error.code };
}
function asBuildcacheError(error) {
    if (error instanceof _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO)
        return error;
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('internal', error instanceof Error ? error.message : String(error), {}, error);
}


/***/ }),

/***/ 39884:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ addCopyListOptions),
/* harmony export */   w: () => (/* binding */ copyListFile)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/** Options of verbs that write a copy-list. */

/** @param what goes into the list */
function addCopyListOptions(command, what) {
    return command
        .option('--copy-to <mirror>', `write a copy-list of ${what}, for \`sync\` to bring it to this mirror`)
        .option('--copy-list <file>', 'where the copy-list is written, with --copy-to', 'copy-list.json');
}
/** The file; undefined where none is to be written. */
function copyListFile({ copyTo, copyList }, { cwd }) {
    return copyTo === undefined ? undefined : (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(cwd, copyList);
}


/***/ }),

/***/ 84488:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ copiesOfPresent),
/* harmony export */   d: () => (/* binding */ copiesOfPushes)
/* harmony export */ });
/* harmony import */ var _cache_entry_url_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(75517);
/* harmony import */ var _spec_entry_spec_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(69008);


/**
 * What is present, each spec from the first of the mirrors that has it. Where the mirror to copy to was asked as well,
 * what it has is left out; where it was not, nobody asks it: whoever copies will.
 * @param mirrors those that were checked, in the order in which they are preferred
 */
function copiesOfPresent({ decisions, nodes, answers }, mirrors, to) {
    const isThere = (mirror, { hash }) => {
        const state = answers.find(({ name }) => name === mirror.name)?.states.get(hash);
        return state?.state === 'present' ? state.layout : undefined;
    };
    const targets = mirrors.filter((mirror) => isSamePlace(mirror, to));
    const sources = mirrors.filter((mirror) => !targets.includes(mirror));
    const items = decisions.flatMap(({ node }) => {
        if (targets.some((target) => isThere(target, node) !== undefined))
            return [];
        for (const source of sources) {
            const layout = isThere(source, node);
            // What was found of a spliced spec is its build spec's entry, which may be another's, too.
            if (layout !== undefined)
                return [copyItem((0,_spec_entry_spec_js__WEBPACK_IMPORTED_MODULE_1__/* .entrySpec */ .mO)({ nodes }, node), nodes, source, layout, to)];
        }
        return [];
    });
    return [...new Map(items.map((item) => [item.hash, item])).values()];
}
/**
 * What mirrors have after a push: what was sent, and what was there already. Each spec from the first that has it.
 * @param mirrors those that were pushed to
 */
function copiesOfPushes(pushes, nodes, mirrors, to) {
    const items = new Map();
    for (const { name, outcomes } of pushes) {
        const from = mirrors.find((mirror) => mirror.name === name);
        if (from === undefined || isSamePlace(from, to))
            continue;
        for (const [hash, { kind }] of outcomes) {
            const node = kind === 'pushed' || kind === 'present' ? nodes.get(hash) : undefined;
            if (node === undefined || items.has(hash))
                continue;
            items.set(hash, copyItem(node, nodes, from, isRegistry(from) ? 'oci' : 'v3', to));
        }
    }
    return [...items.values()];
}
/** Where a mirror is read: not all have a URL for each direction. */
function readUrl({ fetch, push }) {
    return fetch.url === '' ? push.url : fetch.url;
}
/** Where a mirror is written. */
function writeUrl({ fetch, push }) {
    return push.url === '' ? fetch.url : push.url;
}
function copyItem(node, nodes, from, layout, to) {
    return {
        hash: node.hash,
        src: (0,_cache_entry_url_js__WEBPACK_IMPORTED_MODULE_0__/* .entryPlace */ .s6)(readUrl(from), layout, node, nodes, from.signed),
        dest: (0,_cache_entry_url_js__WEBPACK_IMPORTED_MODULE_0__/* .entryPlace */ .s6)(writeUrl(to), isRegistry(to) ? 'oci' : 'v3', node, nodes, to.signed),
    };
}
function isRegistry(mirror) {
    return /^oci(?:\+http)?:/i.test(writeUrl(mirror));
}
function isSamePlace(a, b) {
    return (0,_cache_entry_url_js__WEBPACK_IMPORTED_MODULE_0__/* .mirrorBase */ .Vv)(writeUrl(a)) === (0,_cache_entry_url_js__WEBPACK_IMPORTED_MODULE_0__/* .mirrorBase */ .Vv)(writeUrl(b));
}


/***/ }),

/***/ 70422:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bb: () => (/* binding */ parseCopyList),
/* harmony export */   d7: () => (/* binding */ formatCopyList),
/* harmony export */   tr: () => (/* binding */ mergeCopyLists),
/* harmony export */   wJ: () => (/* binding */ conflictText)
/* harmony export */ });
/* harmony import */ var _cache_entry_url_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(75517);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(28314);
/* harmony import */ var _spec_decode_node_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(39595);
/**
 * Copy-lists: what is to be copied from where to where. The file is that of `spack buildcache sync --manifest-glob`,
 * `{hash: {src, dest}}` with the URLs of manifests; a list of files for each hash, as Spack wrote it up to 0.23, is
 * read too.
 */




/** The text of a copy-list, as Spack writes it. One hash stands in it once: the last one wins. */
function formatCopyList(items) {
    const entries = items.map(({ hash, src, dest }) => [hash, { src: (0,_cache_entry_url_js__WEBPACK_IMPORTED_MODULE_0__/* .entryUrl */ .YV)(src), dest: (0,_cache_entry_url_js__WEBPACK_IMPORTED_MODULE_0__/* .entryUrl */ .YV)(dest) }]);
    return JSON.stringify(Object.fromEntries(entries));
}
/**
 * @param text attacker-controlled: whoever wrote it chose the URLs, and where they lead has not been looked at
 * @param file for messages
 * @throws BuildcacheError `bad-input` naming the hash and what is wrong with it
 */
function parseCopyList(text, file) {
    const document = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseJson */ .qF)(text, file);
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(document)) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('bad-input', 'not a copy-list', {
            file,
            expected: 'an object of hashes, each with {"src": …, "dest": …}',
            found: (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .kindOf */ .I)(document),
        });
    }
    requireOnce(text, document, file);
    return Object.entries(document).map(([hash, value]) => parseItem(hash, value, file));
}
/**
 * What several lists say together. The same copy is meant once; one source may be copied to several mirrors; but who
 * is right where two sources are to become one entry is not for the order of files to decide.
 */
function mergeCopyLists(lists) {
    const byTarget = new Map();
    for (const { file, items } of lists) {
        for (const item of items) {
            const target = `${item.hash} ${item.dest.mirror}`;
            const sources = byTarget.get(target) ?? new Map();
            byTarget.set(target, sources);
            const source = (0,_cache_entry_url_js__WEBPACK_IMPORTED_MODULE_0__/* .entryUrl */ .YV)(item.src);
            const files = new Set([...(sources.get(source)?.lists ?? []), file]);
            sources.set(source, { ...item, lists: [...files] });
        }
    }
    const copies = [];
    const conflicts = [];
    for (const sources of byTarget.values()) {
        const [first, ...others] = sources.values();
        if (first === undefined)
            continue;
        if (others.length === 0)
            copies.push(first);
        else
            conflicts.push({ hash: first.hash, dest: first.dest, sources: [first, ...others] });
    }
    return { copies, conflicts };
}
/** For a message. */
function conflictText({ sources }) {
    const shown = sources.map(({ src, lists }) => `${(0,_cache_entry_url_js__WEBPACK_IMPORTED_MODULE_0__/* .entryUrl */ .YV)(src)} (${lists.join(', ')})`);
    return `the lists name different sources for it: ${shown.join(' and ')}`;
}
/** Of a hash that stands there twice, JSON would take the last, whatever it says. */
function requireOnce(text, document, file) {
    const seen = new Set();
    // URLs never end in a bare hash between quotes and a colon.
    for (const [, hash = ''] of text.matchAll(/"([a-z2-7]{32})"\s*:/g)) {
        if (seen.has(hash) && Object.hasOwn(document, hash)) {
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('bad-input', `"${hash}" is twice in the copy-list`, {
                file,
                expected: 'each hash once; lists that differ in files of their own',
            });
        }
        seen.add(hash);
    }
}
function parseItem(hash, value, file) {
    const fail = (expected, found) => {
        const name = JSON.stringify(hash.slice(0, 80));
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('bad-input', `${name} of the copy-list is malformed`, {
            file,
            expected,
            found,
        });
    };
    if (!(0,_spec_decode_node_js__WEBPACK_IMPORTED_MODULE_3__/* .isDagHash */ .X)(hash))
        return fail('a DAG hash of 32 base32 characters', 'something else');
    const pair = Array.isArray(value) ? value.find(isOfSpecFile) : value;
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(pair))
        return fail('{"src": …, "dest": …}', (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .kindOf */ .I)(value));
    const place = (side) => {
        const url = pair[side];
        if (typeof url !== 'string')
            return fail(`a URL as "${side}"`, (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .kindOf */ .I)(url));
        const parsed = (0,_cache_entry_url_js__WEBPACK_IMPORTED_MODULE_0__/* .parseEntryUrl */ .di)(url);
        if (parsed?.hash === hash)
            return parsed;
        return fail(`the URL of an entry of /${hash} as "${side}"`, JSON.stringify(url.slice(0, 200)));
    };
    return { hash, src: place('src'), dest: place('dest') };
}
/** Of the older form, the file that says where the tarball is. */
function isOfSpecFile(value) {
    return (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(value) && typeof value['src'] === 'string' && /\.spec\.json(?:\.sig)?$/.test(value['src']);
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


/***/ })

};
