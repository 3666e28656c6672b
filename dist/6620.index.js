export const id = 6620;
export const ids = [6620];
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

/***/ 98669:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  define: () => (/* binding */ verb_keys_define)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/cache/keyring.js
var keyring = __webpack_require__(84400);
// EXTERNAL MODULE: ./build/cache/public-key.js
var public_key = __webpack_require__(4150);
// EXTERNAL MODULE: ./build/cache/keys.js
var keys = __webpack_require__(90845);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/mirrors/open.js
var mirrors_open = __webpack_require__(95227);
;// CONCATENATED MODULE: ./build/commands/keys.js





/** @throws BuildcacheError for a keyring that cannot be read or written; mirrors that fail are problems of theirs */
async function keys_keys(options) {
    const known = new Set();
    for (const { text, source } of await (0,keyring/* readKeyring */.ad)(options.keyring)) {
        for (const { fingerprint } of await (0,public_key/* readPublicKeys */.eK)(text, source))
            known.add(fingerprint);
    }
    const mirrors = [];
    for (const mirror of options.mirrors)
        mirrors.push(await mirrorKeys(mirror, known, options));
    const offered = new Set(mirrors.flatMap((each) => each.keys.map(({ key }) => key.fingerprint)));
    return { mirrors, missing: options.fingerprints.filter((each) => !offered.has(each)) };
}
async function mirrorKeys(mirror, known, options) {
    const { signal, fingerprints } = options;
    try {
        const { readers, notes, close } = await (0,mirrors_open/* openMirror */.Y4)(mirror, { nodes: new Map(), roots: [] }, options.connection);
        try {
            const offered = await (0,keys/* fetchKeys */.H)(readers, signal);
            const wanted = offered.keys.filter(({ fingerprint }) => fingerprints.length === 0 || fingerprints.includes(fingerprint));
            const found = [];
            for (const key of wanted)
                found.push({ key, state: await settle(key, known, options) });
            return { mirror: mirror.name, keys: found, problems: [...notes, ...offered.problems] };
        }
        finally {
            await close();
        }
    }
    catch (error) {
        signal.throwIfAborted();
        return { mirror: mirror.name, keys: [], problems: [(0,errors/* describeError */.Uc)(error)] };
    }
}
async function settle(key, known, options) {
    const isKnown = known.has(key.fingerprint);
    if (!options.trust)
        return isKnown ? 'trusted' : 'untrusted';
    // A newer copy that says that a trusted key was revoked is what one wants to hear.
    if (key.problem !== undefined && !isKnown)
        return 'refused';
    const done = await (0,keyring/* addToKeyring */.qV)(options.keyring, key, options.force);
    known.add(key.fingerprint);
    return done === 'unchanged' ? 'trusted' : done;
}
/**
 * Publishes public keys, and the list of keys with them.
 * @throws BuildcacheError as the storage does; `unsupported` for a mirror in layout 2
 */
async function publishKeys(cache, published, signal) {
    await cache.prepare(signal);
    const results = [];
    for (const { fingerprint, key } of published) {
        results.push({ fingerprint, sent: await cache.publishKey(fingerprint, key.armor(), signal) });
    }
    return results;
}

// EXTERNAL MODULE: ./build/mirrors/open-target.js + 5 modules
var open_target = __webpack_require__(16356);
// EXTERNAL MODULE: ./build/entry/shared-options.js
var shared_options = __webpack_require__(23589);
// EXTERNAL MODULE: ./build/entry/spack-options.js
var spack_options = __webpack_require__(69832);
// EXTERNAL MODULE: ./build/entry/trust-options.js
var trust_options = __webpack_require__(90066);
;// CONCATENATED MODULE: ./build/entry/verb-keys.js
/** `buildcache keys`: options in, keys and exit code out. */









function verb_keys_define(command, context) {
    (0,shared_options/* addSharedOptions */.J0)(command)
        .argument('[mirror|fingerprint...]', 'only these mirrors, and of their keys only these')
        .option('-i, --install', 'with --trust: keep the keys among those this user trusts', false)
        .option('-t, --trust', 'with --install: trust what these keys sign', false)
        .option('-f, --force', 'replace what is kept of a key, instead of adding to it', false)
        .option('--publish <keyfile>', 'publish the public keys in this file to the one mirror that is named');
    (0,spack_options/* addYesToAll */.pU)(command).action((named, options) => {
        // Neither a configured name nor a path is taken for a fingerprint by mistake: those are 40 hexadecimal digits.
        const fingerprints = named.map(public_key/* parseFingerprint */.sr);
        const mirrors = named.filter((_, i) => fingerprints[i] === undefined);
        return run(fingerprints.filter((fingerprint) => fingerprint !== undefined), { ...options, mirrorUrl: [...options.mirrorUrl, ...mirrors] }, context);
    });
}
async function run(fingerprints, options, context) {
    const around = await (0,shared_options/* readSurroundings */.St)(options, context);
    if (options.publish !== undefined)
        return await publish(options.publish, fingerprints, options, around, context);
    const { mirrors, reporter, connection } = around;
    const signed = mirrors.filter((mirror) => mirror.signed);
    if (signed.length === 0) {
        throw new errors/* BuildcacheError */.fO('usage', 'there is no signed mirror to ask for keys', {
            hint: 'name one, or configure it in spack.yaml',
        });
    }
    const keyring = (0,trust_options/* keyringFolder */.sW)(context.env);
    const trust = options.install && options.trust;
    const { force } = options;
    const result = await keys_keys({
        mirrors: signed,
        connection,
        keyring,
        fingerprints,
        trust,
        force,
        signal: context.signal,
    });
    if (options.json)
        context.stdout.write(`${JSON.stringify(keysJson(result), null, 2)}\n`);
    else if (!options.quiet)
        context.stdout.write(keysText(result));
    for (const { mirror, problems } of result.mirrors) {
        for (const problem of problems)
            reporter.warn(`${mirror}: ${problem}`);
    }
    for (const fingerprint of result.missing)
        reporter.error(`no mirror offers the key ${fingerprint}`);
    const half = options.install !== options.trust;
    if (half)
        reporter.warn('nothing was installed: that takes both --install and --trust');
    const all = result.mirrors.flatMap((mirror) => mirror.keys);
    for (const { key, state } of all) {
        if (state === 'refused')
            reporter.error(`the key ${key.fingerprint} was not installed: it is ${key.problem}`);
    }
    const bad = half || result.missing.length > 0 || all.some(({ state }) => state === 'refused');
    const unread = result.mirrors.some(({ problems }) => problems.length > 0);
    context.exit(all.length === 0 && unread ? 2 : bad || unread ? 1 : 0);
}
async function publish(file, fingerprints, options, { mirrors, connection }, context) {
    const [mirror] = mirrors;
    if (options.mirrorUrl.length !== 1 || mirror === undefined) {
        throw new errors/* BuildcacheError */.fO('usage', '--publish wants one mirror', { hint: 'name it after the verb' });
    }
    const { text, source } = await (0,keyring/* readKeyFile */.ml)((0,external_node_path_.resolve)(context.cwd, file));
    const inFile = await (0,public_key/* readPublicKeys */.eK)(text, source);
    const wanted = inFile.filter(({ fingerprint }) => fingerprints.length === 0 || fingerprints.includes(fingerprint));
    if (wanted.length === 0)
        throw new errors/* BuildcacheError */.fO('not-found', 'no such key in the file', { file: source });
    const cache = await (0,open_target/* openPushMirror */.Q)({ ...mirror, name: options.mirrorUrl[0] ?? '' }, connection);
    try {
        const published = await publishKeys(cache, wanted, context.signal);
        if (options.json) {
            context.stdout.write(`${JSON.stringify({ version: 1, url: cache.reader.storage.url, published }, null, 2)}\n`);
        }
        else if (!options.quiet) {
            for (const { fingerprint, sent } of published) {
                context.stdout.write(`${fingerprint} ${sent ? 'published' : 'was there already'}\n`);
            }
        }
        context.exit(0);
    }
    finally {
        await cache.close();
    }
}
const STATES = {
    trusted: 'trusted',
    untrusted: 'not trusted',
    added: 'trusted from now on',
    updated: 'trusted, updated',
    refused: 'not trusted',
};
function keysText({ mirrors }) {
    const lines = mirrors.flatMap(({ mirror, keys: found }) => [
        (0,errors/* oneLine */.TN)(`${mirror}: ${found.length === 0 ? 'no keys' : ''}`.trimEnd()),
        ...found.flatMap(({ key, state }) => [
            `  ${key.fingerprint}  ${STATES[state]}`,
            ...key.userIds.map((id) => (0,errors/* oneLine */.TN)(`    ${id}`)),
            `    ${key.problem ?? lifetime(key)}`,
        ]),
    ]);
    return lines.map((line) => `${line}\n`).join('');
}
function lifetime({ created, expires }) {
    const day = (date) => date.toISOString().slice(0, 10);
    return `made ${day(created)}, ${expires === undefined ? 'does not expire' : `expires ${day(expires)}`}`;
}
function keysJson({ mirrors, missing }) {
    return {
        version: 1,
        mirrors: mirrors.map(({ mirror, keys: found, problems }) => ({
            name: mirror,
            keys: found.map(({ key, state }) => ({
                fingerprint: key.fingerprint,
                user_ids: key.userIds,
                created: key.created.toISOString(),
                expires: key.expires?.toISOString() ?? null,
                problem: key.problem ?? null,
                state,
            })),
            problems,
        })),
        missing,
    };
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
