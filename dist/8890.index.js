export const id = 8890;
export const ids = [8890,3296];
export const modules = {

/***/ 67489:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ openIndexStore)
/* harmony export */ });
/* unused harmony export NO_INDEX_STORE */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(82552);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(28314);
/* harmony import */ var _compact_format_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(55746);
/* harmony import */ var _compact_index_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(71449);
/* harmony import */ var _random_access_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(72777);
/**
 * Indices kept on disk between runs: documents by their SHA-256, and what each mirror pointed at when it was
 * last asked. Beside a document lies its compact form, from which most questions are answered. Only ever a shortcut: whatever is wrong with it reads as "not there", and what it holds is
 * verified again when it is read.
 */







/** Bytes gathered before they are written. */
const WRITE_BYTES = 1024 * 1024;
/** Documents nobody has used for this long are deleted. */
const KEEP_MS = 30 * 24 * 3600 * 1000;
/** @param folder created when something is first kept */
function openIndexStore(folder) {
    const pointer = (mirror) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, `mirror-${(0,_core_digest_js__WEBPACK_IMPORTED_MODULE_2__/* .sha256 */ .sc)(mirror).slice(0, 32)}.json`);
    const document = (digest) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, `${digest}.index`);
    const compact = (digest) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, `${digest}.compact-${_compact_format_js__WEBPACK_IMPORTED_MODULE_4__/* .COMPACT_VERSION */ .ZI}`);
    let counter = 0;
    return {
        async recall(mirror) {
            const file = pointer(mirror);
            const [text, info] = await Promise.all([ignoring((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file, 'utf8')), ignoring((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(file))]);
            if (text === undefined || info === undefined)
                return undefined;
            const remembered = parsePointer(text);
            // A clock set back must not make an old answer fresh for ever.
            return remembered && { ...remembered, age: Math.abs(Date.now() - info.mtimeMs) };
        },
        async remember(mirror, location, digest) {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(folder, { recursive: true });
            await replaceFile(pointer(mirror), JSON.stringify({ location, document: digest }));
        },
        async read(digest) {
            const file = document(digest);
            const handle = await ignoring((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.open)(file, 'r'));
            if (handle === undefined)
                return undefined;
            await ignoring((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.utimes)(file, new Date(), new Date()));
            return handle.createReadStream({ highWaterMark: 256 * 1024 });
        },
        async write() {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(folder, { recursive: true });
            const temporary = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, `.tmp-${process.pid}-${Date.now()}-${counter++}`);
            const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.open)(temporary, 'wx');
            // A server's pieces are small; each write is a trip to the thread pool.
            let held = [];
            let size = 0;
            const flush = async () => {
                const bytes = Buffer.concat(held, size);
                held = [];
                size = 0;
                await handle.appendFile(bytes);
            };
            return {
                async write(chunk) {
                    held.push(chunk);
                    size += chunk.length;
                    if (size >= WRITE_BYTES)
                        await flush();
                },
                async commit(digest) {
                    await flush();
                    await handle.close();
                    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rename)(temporary, document(digest));
                    await dropUnused(folder);
                },
                async discard() {
                    await ignoring(handle.close());
                    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(temporary, { force: true });
                },
            };
        },
        async writeCompact(digest, parts) {
            const temporary = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, `.tmp-${process.pid}-${Date.now()}-${counter++}`);
            try {
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(temporary, parts);
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rename)(temporary, compact(digest));
            }
            finally {
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(temporary, { force: true });
            }
        },
        async openCompact(digest) {
            const large = await access(document(digest));
            const small = large && (await access(compact(digest)));
            if (small !== undefined)
                return (0,_compact_index_js__WEBPACK_IMPORTED_MODULE_5__/* .openCompactIndex */ .g)(small, large);
            await large?.close();
            return undefined;
        },
        openDocument: (digest) => access(document(digest)),
    };
}
async function access(file) {
    const handle = await ignoring((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.open)(file, 'r'));
    if (handle === undefined)
        return undefined;
    await ignoring((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.utimes)(file, new Date(), new Date()));
    return (0,_random_access_js__WEBPACK_IMPORTED_MODULE_6__/* .accessFile */ .B)(handle);
}
/** A store that keeps nothing. */
const NO_INDEX_STORE = {
    recall: async () => undefined,
    remember: async () => undefined,
    read: async () => undefined,
    write: async () => ({
        write: async () => undefined,
        commit: async () => undefined,
        discard: async () => undefined,
    }),
    writeCompact: async () => undefined,
    openCompact: async () => undefined,
    openDocument: async () => undefined,
};
function parsePointer(text) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        return undefined;
    }
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(value) || !(0,_core_digest_js__WEBPACK_IMPORTED_MODULE_2__/* .isSha256 */ ._h)(value['document']) || !(0,_core_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(value['location']))
        return undefined;
    const { key, sha256: digest, size, etag, compression } = value['location'];
    if (typeof key !== 'string' || (compression !== 'gzip' && compression !== 'none'))
        return undefined;
    const location = {
        key,
        compression,
        sha256: (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_2__/* .isSha256 */ ._h)(digest) ? digest : undefined,
        size: typeof size === 'number' ? size : undefined,
        etag: typeof etag === 'string' ? etag : undefined,
    };
    return { location, document: value['document'] };
}
async function replaceFile(file, text) {
    const temporary = `${file}.${process.pid}.tmp`;
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(temporary, text);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rename)(temporary, file);
}
/** Whatever else is in the folder is somebody else's. */
const OURS = /^(?:mirror-[0-9a-f]{32}\.json(?:\.\d+\.tmp)?|[0-9a-f]{64}\.(?:index|compact-\d+)|\.tmp-[\d-]+)$/;
async function dropUnused(folder) {
    const limit = Date.now() - KEEP_MS;
    for (const name of ((await ignoring((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder))) ?? []).filter((each) => OURS.test(each))) {
        const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name);
        const info = await ignoring((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(file));
        if (info !== undefined && info.mtimeMs < limit)
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(file, { force: true });
    }
}
async function ignoring(promise) {
    try {
        return await promise;
    }
    catch {
        return undefined;
    }
}


/***/ }),

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
