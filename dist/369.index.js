export const id = 369;
export const ids = [369,3296];
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
/* harmony import */ var _index_update_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8479);
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

/***/ 76864:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ isAllFiltered),
/* harmony export */   m: () => (/* binding */ pushExitCode)
/* harmony export */ });
/** 0 all is there, 1 part of it failed, 2 there was nothing to push to a mirror but what its filter leaves out. */
function pushExitCode({ mirrors }) {
    if (mirrors.some(isAllFiltered))
        return 2;
    const isFine = mirrors.every(({ outcomes, index, keyFailed, tagged }) => keyFailed === undefined &&
        !(tagged !== undefined && 'failed' in tagged) &&
        !(index !== undefined && 'failed' in index) &&
        [...outcomes.values()].every(({ kind }) => kind !== 'failed' && kind !== 'not-tried'));
    return isFine ? 0 : 1;
}
/** Nothing at all was for this mirror: most likely somebody expects otherwise. */
function isAllFiltered({ outcomes }) {
    return outcomes.size > 0 && [...outcomes.values()].every(({ kind }) => kind === 'filtered');
}


/***/ }),

/***/ 51887:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N9: () => (/* binding */ notInstalledText),
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
/* harmony import */ var _plan_push_result_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(76864);
/* harmony import */ var _spec_node_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(56832);
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
        filtered: 0,
        'not-tried': 0,
        failed: 0,
    };
    for (const { kind } of mirror.outcomes.values())
        counts[kind]++;
    return counts;
}
/** What was left out because it is not installed; undefined where nothing was. @param root of the install tree */
function notInstalledText({ specs, mirrors }, root) {
    const absent = specs.filter(({ hash }) => mirrors.some(({ outcomes }) => outcomes.get(hash)?.kind === 'not-installed'));
    if (absent.length === 0)
        return undefined;
    const which = absent.length === specs.length
        ? 'nothing of what is to be pushed is'
        : `${absent.length} of ${specs.length} specs are not`;
    return (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(`${which} installed in ${root}: ${(0,_shared_reasons_js__WEBPACK_IMPORTED_MODULE_2__/* .nameSome */ .Kf)(absent.map(specName))}`);
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
    if (counts.filtered > 0)
        parts.push(style.doubt(`${counts.filtered} left out by its filter`));
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
    if ((0,_plan_push_result_js__WEBPACK_IMPORTED_MODULE_3__/* .isAllFiltered */ .X)(mirror)) {
        const reasons = [...outcomes.values()].flatMap((outcome) => outcome.kind === 'filtered' ? [outcome.reason] : []);
        lines.push(`${style.bad('nothing to push:')} ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)([...new Set(reasons)].join('; '))}`);
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
        case 'filtered':
            return `left out: ${outcome.reason}`;
        case 'not-tried':
            return 'not tried';
        case 'failed':
            return `failed: ${outcome.reason}`;
    }
}
function specName(spec) {
    return `${spec.name}@${spec.version}/${(0,_spec_node_js__WEBPACK_IMPORTED_MODULE_4__/* .shortHash */ .BC)(spec)}`;
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
 * Reads the install database `<store>/.spack-db/index.json`, versions 5 to 9. Version 5 carries spec format 1,
 * where a node is keyed by its name and so are its dependencies.
 */



/** The spec format that a database or index of this version carries; undefined for versions we do not read. */
function specFormatOf(version) {
    return FORMAT_OF[version];
}
const FORMAT_OF = { 5: 3, 6: 3, 7: 4, 8: 5, 9: 6 };
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
            expected: 'version 5 to 9',
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

/***/ 70370:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  A: () => (/* binding */ pLimit)
});

// UNUSED EXPORTS: limitFunction

;// CONCATENATED MODULE: ./node_modules/yocto-queue/index.js
/*
How it works:
`this.#head` is an instance of `Node` which keeps track of its current value and nests another instance of `Node` that keeps the value that comes after it. When a value is provided to `.enqueue()`, the code needs to iterate through `this.#head`, going deeper and deeper to find the last value. However, iterating through every single item is slow. This problem is solved by saving a reference to the last value as `this.#tail` so that it can reference it to add a new value.
*/

class Node {
	value;
	next;

	constructor(value) {
		this.value = value;
	}
}

class Queue {
	#head;
	#tail;
	#size;

	constructor() {
		this.clear();
	}

	enqueue(value) {
		const node = new Node(value);

		if (this.#head) {
			this.#tail.next = node;
			this.#tail = node;
		} else {
			this.#head = node;
			this.#tail = node;
		}

		this.#size++;
	}

	dequeue() {
		const current = this.#head;
		if (!current) {
			return;
		}

		this.#head = this.#head.next;
		this.#size--;

		// Clean up tail reference when queue becomes empty
		if (!this.#head) {
			this.#tail = undefined;
		}

		return current.value;
	}

	peek() {
		if (!this.#head) {
			return;
		}

		return this.#head.value;

		// TODO: Node.js 18.
		// return this.#head?.value;
	}

	clear() {
		this.#head = undefined;
		this.#tail = undefined;
		this.#size = 0;
	}

	get size() {
		return this.#size;
	}

	* [Symbol.iterator]() {
		let current = this.#head;

		while (current) {
			yield current.value;
			current = current.next;
		}
	}

	* drain() {
		while (this.#head) {
			yield this.dequeue();
		}
	}
}

;// CONCATENATED MODULE: ./node_modules/p-limit/index.js


function pLimit(concurrency) {
	let rejectOnClear = false;

	if (typeof concurrency === 'object') {
		({concurrency, rejectOnClear = false} = concurrency);
	}

	validateConcurrency(concurrency);

	if (typeof rejectOnClear !== 'boolean') {
		throw new TypeError('Expected `rejectOnClear` to be a boolean');
	}

	const queue = new Queue();
	let activeCount = 0;

	const resumeNext = () => {
		// Process the next queued function if we're under the concurrency limit
		if (activeCount < concurrency && queue.size > 0) {
			activeCount++;
			queue.dequeue().run();
		}
	};

	const next = () => {
		activeCount--;
		resumeNext();
	};

	const run = async (function_, resolve, arguments_) => {
		// Execute the function and capture the result promise
		const result = (async () => function_(...arguments_))();

		// Resolve immediately with the promise (don't wait for completion)
		resolve(result);

		// Wait for the function to complete (success or failure)
		// We catch errors here to prevent unhandled rejections,
		// but the original promise rejection is preserved for the caller
		try {
			await result;
		} catch {}

		// Decrement active count and process next queued function
		next();
	};

	const enqueue = (function_, resolve, reject, arguments_) => {
		const queueItem = {reject};

		// Queue the internal resolve function instead of the run function
		// to preserve the asynchronous execution context.
		new Promise(internalResolve => { // eslint-disable-line promise/param-names
			queueItem.run = internalResolve;
			queue.enqueue(queueItem);
		}).then(run.bind(undefined, function_, resolve, arguments_)); // eslint-disable-line promise/prefer-await-to-then

		// Start processing immediately if we haven't reached the concurrency limit
		if (activeCount < concurrency) {
			resumeNext();
		}
	};

	const generator = (function_, ...arguments_) => new Promise((resolve, reject) => {
		enqueue(function_, resolve, reject, arguments_);
	});

	Object.defineProperties(generator, {
		activeCount: {
			get: () => activeCount,
		},
		pendingCount: {
			get: () => queue.size,
		},
		clearQueue: {
			value() {
				if (!rejectOnClear) {
					queue.clear();
					return;
				}

				const abortError = AbortSignal.abort().reason;

				while (queue.size > 0) {
					queue.dequeue().reject(abortError);
				}
			},
		},
		concurrency: {
			get: () => concurrency,

			set(newConcurrency) {
				validateConcurrency(newConcurrency);
				concurrency = newConcurrency;

				queueMicrotask(() => {
					// eslint-disable-next-line no-unmodified-loop-condition
					while (activeCount < concurrency && queue.size > 0) {
						resumeNext();
					}
				});
			},
		},
		map: {
			async value(iterable, function_) {
				const promises = [];

				try {
					Array.from(iterable, (value, index) => {
						const promise = generator(function_, value, index);
						promises.push(promise);
						return promise;
					});
				} catch (error) {
					// The iterable threw, so `Promise.all` never observes the already scheduled promises. Observe them here to avoid unhandled rejections.
					for (const promise of promises) {
						promise.catch(() => {}); // eslint-disable-line promise/prefer-await-to-then
					}

					throw error;
				}

				return Promise.all(promises);
			},
		},
	});

	return generator;
}

function limitFunction(function_, options) {
	const limit = pLimit(options);

	const limitedFunction = (...arguments_) => limit(() => function_(...arguments_));
	Object.defineProperty(limitedFunction, 'clearQueue', {
		value: limit.clearQueue,
	});

	return limitedFunction;
}

function validateConcurrency(concurrency) {
	if (!((Number.isInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY) && concurrency > 0)) {
		throw new TypeError('Expected `concurrency` to be a number from 1 and up');
	}
}


/***/ })

};
