export const id = 6949;
export const ids = [6949];
export const modules = {

/***/ 13200:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ readEntry),
/* harmony export */   o: () => (/* binding */ copyEntry)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _spec_emit_spec_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(21743);
/* harmony import */ var _copy_blob_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(78514);
/* harmony import */ var _fetch_document_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(93355);
/* harmony import */ var _verified_entry_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(16444);
/**
 * One entry from one mirror to another: read, verified, and published there, blobs before what names them. What is
 * there already is left alone, so that a copy that was stopped is finished by the next one.
 *
 * Between mirrors of one layout the entry is taken over as it is, its signature included; from another layout it is
 * made anew, since there something else was signed. An image is made of the tarball and the spec.
 */





/**
 * @throws BuildcacheError `not-found` when the source does not have it; `untrusted` for a signature that does not
 *   count; `corrupt`, `bad-input` for an entry or a blob that is not what it should be; else as the storages do
 */
async function copyEntry(source, target, wanted, options) {
    const { cache } = target;
    const { signal } = options;
    const known = wanted.node ?? wanted.name;
    const isThere = (name) => cache.hasWhole(name, target.signed, signal);
    if (known !== undefined && (await isThere(known))) {
        return { outcome: { kind: 'present' }, name: known, document: undefined };
    }
    const { reader, entry: stored } = await readEntry(source, wanted, signal);
    // What gets our signature is looked at, whatever an index says it is.
    const isBlind = source.trust === undefined &&
        wanted.node !== undefined &&
        reader.layout === cache.reader.layout &&
        !target.signed &&
        !target.resign;
    const verified = isBlind
        ? undefined
        : await (0,_verified_entry_js__WEBPACK_IMPORTED_MODULE_4__/* .verifyEntry */ .i)(reader, stored, { ...known, hash: wanted.hash }, source.trust, signal);
    const document = verified?.document;
    const name = document?.root ?? wanted.node;
    if (name === undefined)
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('internal', 'a spec without a name');
    if (document !== undefined)
        requirePlace(reader, stored, wanted, document.root);
    if (known === undefined && (await isThere(name)))
        return { outcome: { kind: 'present' }, name, document };
    const entry = verified?.entry ?? stored;
    // A signature that nobody has verified counts for nothing where entries are to be signed.
    const counts = entry.signed && (verified?.signedBy !== undefined || !target.signed);
    const isKept = reader.layout === cache.reader.layout && counts && !target.resign;
    const needsSigner = (target.signed || target.resign) && !isKept;
    const signer = needsSigner ? await openSigner(target, counts ? undefined : entry) : undefined;
    if (options.dryRun)
        return { outcome: { kind: 'would-copy' }, name, document };
    const signature = signer !== undefined ? 'new' : isKept ? 'kept' : 'none';
    const taken = (await cache.take?.(reader, entry, name, signer, options, signal)) ??
        (document && (await publishAnew(reader, entry, document, signer, cache, options)));
    if (taken === undefined)
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('internal', 'an entry was neither taken over nor read');
    return { outcome: { kind: 'copied', signature, ...taken }, name, document };
}
/** @throws BuildcacheError `not-found` when the source does not have it */
async function readEntry({ readers }, { hash, at, node }, signal) {
    if (at !== undefined) {
        const { reader, key } = at;
        // Layout 2 has a document signed or unsigned, under two names; who made a list may have guessed.
        const keys = reader.layout === 'v2' ? [key, key.endsWith('.sig') ? key.slice(0, -4) : `${key}.sig`] : [key];
        for (const each of keys) {
            const entry = await reader.readAt(each, signal);
            if (entry !== undefined)
                return { reader, entry };
        }
        throw absent((0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .documentUrl */ .LJ)(reader.storage, key), hash);
    }
    for (const reader of node === undefined ? [] : readers) {
        const entry = node && (await reader.read(node, signal));
        if (entry !== undefined)
            return { reader, entry };
    }
    throw absent(readers[0]?.storage.url ?? '', hash);
}
/** An entry's name says what it is of, and must be right: it will stand under that name at the other mirror. */
function requirePlace(reader, entry, { at }, root) {
    if (at === undefined || reader.layout === 'v2' || reader.isPlaceOf(at.key, root))
        return;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', 'the entry is of another spec than its name says', {
        url: entry.url,
        found: `${root.name}@${root.version} /${root.hash}`,
    });
}
/** @param unverified the entry, where it may have a signature that nobody has verified */
async function openSigner(target, unverified) {
    try {
        return await target.openSigner();
    }
    catch (error) {
        if (unverified?.signed !== true)
            throw error;
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('untrusted', `its signature was not verified, and it cannot be signed anew: ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .describeError */ .Uc)(error)}`, {
            url: unverified.url,
            hint: 'configure the mirror it is copied from as signed, and trust the key that signed it',
        }, error);
    }
}
/** @param document of the entry, verified */
async function publishAnew(reader, { tarball, url }, document, signer, cache, { spool, makeImage, signal }) {
    const { sha256 } = tarball;
    if (sha256 === undefined) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', 'the entry does not say the digest of its tarball', { url });
    }
    const text = (0,_spec_emit_spec_js__WEBPACK_IMPORTED_MODULE_1__/* .specEmitter */ .Go)(document).document(document.root.hash);
    const imageOf = await makeImage?.(document, signer, signal);
    return await (0,_copy_blob_js__WEBPACK_IMPORTED_MODULE_2__/* .withBlobFile */ .aS)(reader.storage, { ...tarball, sha256 }, spool, signal, async (file, size) => {
        const image = await imageOf?.(file);
        const content = { tarball: { file, size, sha256 }, document: text, image: image && (() => image) };
        const { sent } = await cache.publish(document.root, content, signer, signal);
        return { between: 0, through: sent };
    });
}
function absent(url, hash) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('not-found', 'the mirror to copy from does not have it', {
        url,
        expected: `/${hash}`,
    });
}


/***/ }),

/***/ 41059:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ findSpecs)
/* harmony export */ });
/* harmony import */ var _spec_constraint_compiler_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49491);
/* harmony import */ var _spec_constraint_constraint_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(68397);
/* harmony import */ var _spec_constraint_match_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(13583);
/**
 * Finds the specs of a cache that match a constraint. What the constraint's name and hash leave over is looked
 * at in batches, and what lies below a spec is read only for constraints that ask about it, so that memory does
 * not grow with the cache.
 */



/**
 * @param visit called for each match, once; `compilers` is what Spack puts above a group: `%c,cxx=gcc@12.2.0`,
 *   for specs from before format 5 `%gcc@=12.2.0`, empty for none
 */
async function findSpecs(source, asked, visit) {
    const deep = looksBelow(asked);
    // Who provides a virtual package the source knows, and not always the nodes that are looked at together.
    const ofProvider = (0,_spec_constraint_constraint_js__WEBPACK_IMPORTED_MODULE_1__/* .askedOfProvider */ .V)(asked);
    const compile = (nodes) => {
        const byName = (0,_spec_constraint_match_js__WEBPACK_IMPORTED_MODULE_2__.compileConstraint)({ nodes }, asked);
        const byVirtual = (0,_spec_constraint_match_js__WEBPACK_IMPORTED_MODULE_2__.compileConstraint)({ nodes }, ofProvider);
        return (node) => asked.name === undefined || node.name === asked.name ? byName(node) : byVirtual(node);
    };
    // Without questions about what is below, one test serves all and needs no graph.
    const shallow = deep ? undefined : compile(new Map());
    for await (const batch of batches(source.candidates(asked), deep ? DEEP_BATCH : BATCH)) {
        const nodes = deep
            ? await closure(source, batch)
            : await source.get(batch.flatMap(compilerEdges).map(hashOf));
        const test = shallow ?? compile(nodes);
        for (const node of batch)
            if (test(node))
                visit(node, compilersOf(node, nodes));
    }
}
const BATCH = 1000;
/** What lies below many is hardly more than what lies below a few, and each batch looks at all of it. */
const DEEP_BATCH = 100_000;
async function* batches(nodes, size) {
    let batch = [];
    for await (const node of nodes) {
        if (batch.push(node) < size)
            continue;
        yield batch;
        batch = [];
    }
    if (batch.length > 0)
        yield batch;
}
function looksBelow({ dependencies, variants }) {
    return dependencies.length > 0 || variants.some(({ propagate }) => propagate);
}
async function closure(source, roots) {
    const nodes = new Map(roots.map((node) => [node.hash, node]));
    const asked = new Set(nodes.keys());
    for (let level = roots;;) {
        const below = new Set();
        for (const node of level) {
            for (const { hash } of node.dependencies)
                if (!asked.has(hash))
                    below.add(hash);
        }
        if (below.size === 0)
            return nodes;
        const found = await source.get(below);
        for (const hash of below)
            asked.add(hash);
        for (const [hash, node] of found)
            nodes.set(hash, node);
        level = found.values();
    }
}
const LANGUAGES = ['c', 'cxx', 'fortran'];
function compilerEdges(node) {
    return node.dependencies.filter(({ virtuals }) => virtuals.some((virtual) => LANGUAGES.includes(virtual)));
}
function hashOf({ hash }) {
    return hash;
}
function compilersOf(node, nodes) {
    if (node.originalFormat < 5) {
        const compiler = (0,_spec_constraint_compiler_js__WEBPACK_IMPORTED_MODULE_0__/* .compilerOf */ .Lx)(node);
        return compiler === undefined ? '' : `%${compiler.name}@=${compiler.version}`;
    }
    const edges = compilerEdges(node).toSorted((a, b) => Number(a.name > b.name) - Number(a.name < b.name));
    const compilers = edges.map(({ name, hash, virtuals }) => {
        const version = nodes.get(hash)?.version;
        return `%${virtuals.join(',')}=${(0,_spec_constraint_compiler_js__WEBPACK_IMPORTED_MODULE_0__/* .compilerOfPackage */ .RX)(name)}${version === undefined ? '' : `@${version}`}`;
    });
    return compilers.join(' ');
}


/***/ }),

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

/***/ 31518:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ FailuresInARow),
/* harmony export */   h: () => (/* binding */ GIVE_UP_AFTER)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/** When to stop asking a mirror: a full disk stays full, and who is not there now is not there for a thousand specs. */

/** Failures in a row that are not about one entry. */
const GIVE_UP_AFTER = 8;
const NOT_OF_ONE = ['denied', 'io', 'unreachable', 'server-error', 'throttled'];
/** Counts failures by whose they are. */
class FailuresInARow {
    #counts = new Map();
    isGivenUp(key) {
        return this.#count(key) >= GIVE_UP_AFTER;
    }
    succeeded(key) {
        this.#counts.delete(key);
    }
    /** @returns whether it is given up with this one */
    failed(key, error) {
        const count = NOT_OF_ONE.includes((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .errorCode */ .CA)(error)) ? this.#count(key) + 1 : 0;
        this.#counts.set(key, count);
        return count === GIVE_UP_AFTER;
    }
    #count(key) {
        return this.#counts.get(key) ?? 0;
    }
}


/***/ }),

/***/ 24635:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ list)
/* harmony export */ });
/* harmony import */ var _cache_find_specs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(41059);
/* harmony import */ var _mirrors_open_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(95227);
/* harmony import */ var _spec_constraint_constraint_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(68397);
/* harmony import */ var _spec_format_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(40731);
/* harmony import */ var _spec_host_architecture_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(40189);
/* harmony import */ var _mirror_specs_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(25977);
/** `list`: which specs the mirrors have, all mirrors merged. */






/** @throws only when cancelled */
async function list(options, reporter) {
    const specs = new Map();
    const elsewhere = new Set();
    const failures = [];
    const notes = [];
    const found = await Promise.all(options.mirrors.map(async (mirror) => {
        const collected = [];
        try {
            const said = await listMirror(mirror, collected, options, reporter);
            notes.push(...said.map((note) => `${mirror.name}: ${note}`));
        }
        catch (error) {
            options.signal.throwIfAborted();
            failures.push({ mirror: mirror.name, error });
        }
        return collected.map((collector) => ({ name: mirror.name, collector }));
    }));
    for (const { name, collector } of found.flat()) {
        for (const hash of collector.elsewhere)
            elsewhere.add(hash);
        for (const [hash, spec] of collector.specs) {
            const known = specs.get(hash);
            if (known === undefined)
                specs.set(hash, { ...spec, mirrors: [name] });
            else if (known.mirrors.at(-1) !== name)
                known.mirrors.push(name);
        }
    }
    return { specs: [...specs.values()], elsewhere: elsewhere.size, failures, notes };
}
/** What one layout of a mirror has. */
class Collector {
    specs = new Map();
    elsewhere = new Set();
    #host;
    /** There are few versions and architectures, and many specs. */
    #texts = new Map();
    constructor(host) {
        this.#host = host;
    }
    add(node, compilers) {
        if (this.#host !== undefined && !(0,_spec_host_architecture_js__WEBPACK_IMPORTED_MODULE_3__/* .runsOn */ .k8)(this.#host, node)) {
            this.elsewhere.add(node.hash);
            return;
        }
        this.specs.set(node.hash, {
            name: this.#once(node.name),
            version: this.#once(node.version),
            namespace: node.namespace === undefined ? undefined : this.#once(node.namespace),
            hash: node.hash,
            platform: this.#once(node.platform),
            os: this.#once(node.os),
            target: this.#once(node.target),
            variants: this.#once((0,_spec_format_js__WEBPACK_IMPORTED_MODULE_5__/* .formatVariants */ .SM)(node.variants)),
            compilers: this.#once(compilers),
            ...(node.buildSpec && { buildSpec: node.buildSpec.hash }),
        });
    }
    #once(text) {
        const known = this.#texts.get(text);
        if (known !== undefined)
            return known;
        this.#texts.set(text, text);
        return text;
    }
}
/**
 * @param collected gets what could be read, also when the rest cannot
 * @returns notes
 */
async function listMirror(mirror, collected, options, reporter) {
    const opened = await (0,_mirrors_open_js__WEBPACK_IMPORTED_MODULE_1__/* .openMirror */ .Y4)(mirror, NO_GRAPH, options.connection);
    const ask = (source) => collect(source, options);
    try {
        return await (0,_mirror_specs_js__WEBPACK_IMPORTED_MODULE_4__/* .askMirror */ .v)(mirror, opened, ask, collected, { ...options, asked: asked(options) }, reporter);
    }
    finally {
        await opened.close();
    }
}
async function collect(source, options) {
    const collector = new Collector(options.host);
    const isNamed = await nameTest(options.names);
    for (const constraint of asked(options)) {
        // Patterns of names are no constraints: they are looked for among everything.
        const passes = options.names.length > 0 && constraint === _spec_constraint_constraint_js__WEBPACK_IMPORTED_MODULE_2__/* .ANYTHING */ .n ? isNamed : () => true;
        await (0,_cache_find_specs_js__WEBPACK_IMPORTED_MODULE_0__/* .findSpecs */ .W)(source, constraint, (node, compilers) => {
            options.signal.throwIfAborted();
            if (passes(node.name))
                collector.add(node, compilers);
        });
    }
    return collector;
}
/** What to look for; {@link ANYTHING} itself stands for all name patterns, or for everything where there are none. */
function asked({ constraints, names }) {
    return constraints.length === 0 || names.length > 0 ? [...constraints, _spec_constraint_constraint_js__WEBPACK_IMPORTED_MODULE_2__/* .ANYTHING */ .n] : constraints;
}
async function nameTest(patterns) {
    if (patterns.length === 0)
        return () => true;
    const { default: picomatch } = await __webpack_require__.e(/* import() */ 4006).then(__webpack_require__.t.bind(__webpack_require__, 14006, 19));
    return picomatch([...patterns]);
}
const NO_GRAPH = { nodes: new Map(), roots: [] };


/***/ }),

/***/ 99860:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ sync)
/* harmony export */ });
/* harmony import */ var p_limit__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(70370);
/* harmony import */ var _cache_copy_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(13200);
/* harmony import */ var _cache_entry_url_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(75517);
/* harmony import */ var _cache_index_nodes_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(92749);
/* harmony import */ var _cache_index_update_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8479);
/* harmony import */ var _cache_listing_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(44481);
/* harmony import */ var _core_abort_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(67844);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(62807);
/* harmony import */ var _core_temporary_folder_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(88062);
/* harmony import */ var _spec_emit_spec_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(21743);
/* harmony import */ var _give_up_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(31518);
/**
 * `sync`: entries of some mirrors to others, verified, and listed in their indices at the end. Best effort: what fails
 * is said at the end, and the rest is there. What is there already is left alone, so a sync that was stopped is
 * finished by the next one.
 */











/** As with a push: GitHub's runner waits some ten seconds for those it cancels. */
const GRACE_MS = 5_000;
/**
 * @returns what became of each entry; also when cancelled
 * @throws BuildcacheError when none of the mirrors can be written to: `unsupported` for layout 2, `denied`, …
 */
async function sync(options, reporter) {
    const { work, signal, dryRun } = options;
    const { tasks, refused } = work;
    const total = tasks.reduce((sum, { jobs }) => sum + jobs.length, 0);
    const progress = reporter.progress('Syncing', total);
    try {
        const mirrors = [...refused];
        const failures = [];
        for (const task of tasks) {
            try {
                await task.cache.prepare(signal, dryRun);
                await task.cache.lookAround?.(task.jobs.length, signal);
                mirrors.push(await syncMirror(task, options, progress));
            }
            catch (error) {
                failures.push(error);
                mirrors.push(unusable(task, error, options));
            }
        }
        if (failures.length > 0 && failures.length === tasks.length && refused.length === 0)
            throw failures[0];
        return { mirrors, dryRun, cancelled: signal.aborted };
    }
    finally {
        progress.done();
    }
}
async function syncMirror(task, options, progress) {
    const { signal, dryRun } = options;
    const grace = (0,_core_abort_js__WEBPACK_IMPORTED_MODULE_5__/* .withGrace */ .pj)(signal, GRACE_MS);
    const notes = [];
    const there = new Map();
    const specs = await (0,_core_temporary_folder_js__WEBPACK_IMPORTED_MODULE_7__/* .withTemporaryFolder */ .E)((spool) => copyAll(task, { ...options, spool }, there, progress, notes));
    const isNew = specs.some(({ outcome }) => outcome.kind === 'copied');
    const finishing = !dryRun && (!signal.aborted || isNew);
    const index = finishing ? await updateIndex(task, there, { ...options, signal: grace }, notes) : undefined;
    const signedAnew = specs.some(({ outcome }) => outcome.kind === 'copied' && outcome.signature === 'new');
    return {
        name: task.name,
        url: task.cache.reader.storage.url,
        specs: [...task.refused, ...specs],
        index,
        keyFailed: signedAnew ? await publishSigner(task, grace) : undefined,
        notes,
    };
}
/** @param there gets what the mirror has afterwards */
async function copyAll(task, options, there, progress, notes) {
    const { signal, dryRun } = options;
    const target = task;
    const images = dryRun ? undefined : await imagesOf(task, options);
    const { jobs, makeImage } = images ?? { jobs: task.jobs };
    const limit = (0,p_limit__WEBPACK_IMPORTED_MODULE_10__/* ["default"] */ .A)(options.jobs);
    const failures = new _give_up_js__WEBPACK_IMPORTED_MODULE_9__/* .FailuresInARow */ .c();
    const copyOne = async ({ source, wanted }) => {
        const about = (name, outcome) => {
            const { hash } = wanted;
            return { hash, name: name?.name, version: name?.version, source: source.url, outcome };
        };
        const known = wanted.node ?? wanted.name;
        if (signal.aborted || failures.isGivenUp(source))
            return about(known, { kind: 'not-tried' });
        if (known !== undefined && images?.there.has(wanted.hash)) {
            there.set(known.hash, known);
            return about(known, { kind: 'present' });
        }
        try {
            const { outcome, name, document } = await (0,_cache_copy_js__WEBPACK_IMPORTED_MODULE_0__/* .copyEntry */ .o)(source, target, wanted, { ...options, makeImage });
            failures.succeeded(source);
            for (const [hash, node] of document?.nodes ?? [])
                if (!task.nodes.has(hash))
                    task.nodes.set(hash, node);
            if (outcome.kind !== 'would-copy')
                there.set(name.hash, name);
            return about(name, outcome);
        }
        catch (error) {
            if (signal.aborted)
                return about(known, { kind: 'not-tried' });
            const code = (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_6__/* .errorCode */ .CA)(error);
            const reason = (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_6__/* .describeError */ .Uc)(error);
            if (failures.failed(source, error)) {
                notes.push(`${source.url}: after ${_give_up_js__WEBPACK_IMPORTED_MODULE_9__/* .GIVE_UP_AFTER */ .h} failures in a row the rest was not tried: ${reason}`);
            }
            return about(known, { kind: 'failed', code, reason });
        }
    };
    const specs = await Promise.all(jobs.map((job) => limit(async () => {
        const spec = await copyOne(job);
        images?.settle(job.wanted.hash, there.has(job.wanted.hash));
        progress.advance(1);
        options.onOutcome?.(spec, task.name);
        return spec;
    })));
    notes.push(...(images?.notes() ?? []));
    return specs;
}
/** Where entries are images: how they are made, and in which order. */
async function imagesOf(task, options) {
    if (task.cache.images === undefined)
        return undefined;
    const { syncImages } = await Promise.all(/* import() */[__webpack_require__.e(4261), __webpack_require__.e(4582)]).then(__webpack_require__.bind(__webpack_require__, 94582));
    return await syncImages(task, task.cache.images, options);
}
/** What was there before is listed too: an earlier sync may have been stopped before it came to that. */
async function updateIndex(task, there, options, notes) {
    if (!options.updateIndex || there.size === 0)
        return undefined;
    const { jobs, signal } = options;
    const { cache, nodes } = task;
    try {
        await readUnlisted(task, there, options);
        const gaps = (0,_cache_index_nodes_js__WEBPACK_IMPORTED_MODULE_2__/* .withGaps */ .c)(nodes, there.keys());
        const hashes = new Set([...there.keys()].filter((hash) => !gaps.has(hash)));
        if (hashes.size === 0)
            return undefined;
        const graph = { nodes };
        const onProblem = (text) => void notes.push(text);
        return await (0,_cache_index_update_js__WEBPACK_IMPORTED_MODULE_3__/* .addToIndex */ .zO)(cache, { graph, emitter: (0,_spec_emit_spec_js__WEBPACK_IMPORTED_MODULE_8__/* .specEmitter */ .Go)(graph), hashes }, { jobs, onProblem, signal });
    }
    catch (error) {
        return { failed: (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_6__/* .describeError */ .Uc)(error) };
    }
}
/** Reads what is known by name only, unless the index lists it already. */
async function readUnlisted({ cache, id, nodes }, there, { listing, jobs, signal }) {
    const { reader } = cache;
    const gaps = (0,_cache_index_nodes_js__WEBPACK_IMPORTED_MODULE_2__/* .withGaps */ .c)(nodes, there.keys());
    if (gaps.size === 0)
        return;
    // An index that cannot be read lists nothing; whether it can be replaced, its update will tell.
    const found = await (0,_cache_listing_js__WEBPACK_IMPORTED_MODULE_4__/* .listWanted */ .UK)(reader, id, gaps, { ...listing, signal }).catch(() => undefined);
    const limit = (0,p_limit__WEBPACK_IMPORTED_MODULE_10__/* ["default"] */ .A)(jobs);
    const read = async (name) => {
        const entry = await reader.readAt((0,_cache_entry_url_js__WEBPACK_IMPORTED_MODULE_1__/* .entryKey */ .k2)(reader.layout, name), signal);
        const document = entry && (await reader.readSpec(entry, signal));
        for (const [hash, node] of document?.nodes ?? [])
            if (!nodes.has(hash))
                nodes.set(hash, node);
    };
    const unlisted = [...there.values()].filter(({ hash }) => gaps.has(hash) && !found?.listed.has(hash));
    await Promise.all(unlisted.map((name) => limit(read, name)));
}
async function publishSigner(task, signal) {
    try {
        const { fingerprint, publicKey } = await task.openSigner();
        await task.cache.publishKey(fingerprint, publicKey, signal);
        return undefined;
    }
    catch (error) {
        return (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_6__/* .describeError */ .Uc)(error);
    }
}
function unusable(task, error, { signal }) {
    const outcome = signal.aborted
        ? { kind: 'not-tried' }
        : { kind: 'failed', code: (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_6__/* .errorCode */ .CA)(error), reason: (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_6__/* .describeError */ .Uc)(error) };
    const specs = task.jobs.map(({ source, wanted: { hash, node, name = node } }) => {
        return { hash, name: name?.name, version: name?.version, source: source.url, outcome };
    });
    const { name, refused, cache } = task;
    return {
        name,
        url: cache.reader.storage.url,
        specs: [...refused, ...specs],
        index: undefined,
        keyFailed: undefined,
        notes: [],
    };
}


/***/ }),

/***/ 14261:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ lazily)
/* harmony export */ });
/**
 * Opens something when it is first needed, once. Those who ask share what came of it, a failure too: for keys and the
 * like, which no second look changes.
 */
function lazily(open) {
    let opened;
    return () => {
        opened ??= open();
        return opened;
    };
}


/***/ }),

/***/ 83742:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ namedEnvironment),
/* harmony export */   p: () => (/* binding */ implicitRoots)
/* harmony export */ });
/* harmony import */ var _mirrors_environment_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(10432);
/* harmony import */ var _mirrors_included_lockfiles_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(18432);
/* harmony import */ var _plan_groups_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3196);
/** The environment where a verb can do without one. */



/**
 * @returns undefined when none was named and there is none in the working directory
 * @throws as `readEnvironment`, also when one was named and has no lockfile
 */
async function namedEnvironment(files, { environment }, env) {
    const isNamed = environment !== undefined || Boolean(env['SPACK_ENV']);
    if (isNamed || (await (0,_mirrors_included_lockfiles_js__WEBPACK_IMPORTED_MODULE_1__/* .isConcretized */ .h)(files)))
        return await (0,_mirrors_environment_js__WEBPACK_IMPORTED_MODULE_0__/* .readEnvironment */ .Qo)(files);
    return undefined;
}
/**
 * Hashes of the environment's roots that are only in groups with `explicit: false`. Most environments have no groups, and
 * their `spack.yaml` is not read for this.
 * @throws as `implicitGroups`
 */
async function implicitRoots(files, environment) {
    if (environment?.roots.some(({ group }) => group !== undefined) !== true)
        return new Set();
    return (0,_plan_groups_js__WEBPACK_IMPORTED_MODULE_2__/* .rootsOnlyIn */ .j)(environment.roots, await (0,_mirrors_environment_js__WEBPACK_IMPORTED_MODULE_0__/* .implicitGroups */ .Im)(files));
}


/***/ }),

/***/ 4946:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  P: () => (/* binding */ imageInspections),
  R: () => (/* binding */ planSync)
});

// EXTERNAL MODULE: ./build/cache/entry-url.js
var entry_url = __webpack_require__(75517);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/mirrors/select.js
var mirrors_select = __webpack_require__(45675);
;// CONCATENATED MODULE: ./build/mirrors/belongs.js
/** Which configured mirror a URL from outside belongs to, and with it whose credentials may be used there. */


/**
 * The mirror to read a URL with: the configured one that is there; else that of a configured mirror's host (of S3 its
 * bucket, of files its folder) with the credentials of that one, signed whatever that one is.
 * @param url a mirror's, attacker-controlled
 * @returns undefined where no configured mirror is on its host
 */
function mirrorToRead(url, configured) {
    const base = (0,entry_url/* mirrorBase */.Vv)(url);
    for (const mirror of configured) {
        for (const side of [mirror.fetch, mirror.push]) {
            if (side.url !== '' && (0,entry_url/* mirrorBase */.Vv)(side.url) === base)
                return { ...mirror, fetch: side };
        }
    }
    for (const mirror of configured) {
        for (const side of [mirror.fetch, mirror.push]) {
            if (side.url === '' || !isOnHost(base, side))
                continue;
            return { ...mirror, name: base, signed: true, fetch: { ...side, url: base, view: undefined } };
        }
    }
    return undefined;
}
/** The configured mirror that is written at this very URL. */
function mirrorToWrite(url, configured) {
    const base = (0,entry_url/* mirrorBase */.Vv)(url);
    return configured.find(({ fetch, push }) => (0,entry_url/* mirrorBase */.Vv)(push.url === '' ? fetch.url : push.url) === base);
}
/** A mirror nothing is configured for. */
const mirrorAnywhere = (url) => (0,mirrors_select/* unknownMirror */.Wd)((0,entry_url/* mirrorBase */.Vv)(url), (0,entry_url/* mirrorBase */.Vv)(url));
function isOnHost(base, side) {
    const at = (0,entry_url/* mirrorBase */.Vv)(side.url);
    if (!URL.canParse(base) || !URL.canParse(at))
        return false;
    const [asked, known] = [new URL(base), new URL(at)];
    if (asked.protocol !== known.protocol || asked.host !== known.host)
        return false;
    return asked.protocol !== 'file:' || base.startsWith(`${at}/`);
}

// EXTERNAL MODULE: ./build/plan/copy-list.js
var copy_list = __webpack_require__(70422);
// EXTERNAL MODULE: ./build/cache/index-nodes.js
var index_nodes = __webpack_require__(92749);
// EXTERNAL MODULE: ./build/cache/listing.js + 1 modules
var listing = __webpack_require__(44481);
// EXTERNAL MODULE: ./build/core/lazily.js
var lazily = __webpack_require__(14261);
// EXTERNAL MODULE: ./build/core/redact.js
var redact = __webpack_require__(193);
// EXTERNAL MODULE: ./build/mirrors/location.js
var mirrors_location = __webpack_require__(6296);
// EXTERNAL MODULE: ./build/mirrors/mirror.js
var mirrors_mirror = __webpack_require__(92172);
// EXTERNAL MODULE: ./build/mirrors/open-target.js + 5 modules
var open_target = __webpack_require__(16356);
// EXTERNAL MODULE: ./build/mirrors/open-trusted.js
var open_trusted = __webpack_require__(40009);
;// CONCATENATED MODULE: ./build/commands/sync-mirrors.js









/** Whatever was opened is closed with the work, or when there is none. */
async function withMirrors(context, plan) {
    const { connection, trust, signal, unsigned, resign, openSigner } = context;
    const opened = [];
    const sources = new Map();
    const notes = [];
    const close = async () => {
        for (const each of opened)
            await each.close();
    };
    const mirrors = {
        async source(mirror, graph) {
            const known = sources.get((0,mirrors_mirror/* mirrorId */.N)(mirror));
            if (known !== undefined)
                return known;
            const open = await (0,open_trusted/* openTrustedMirror */.v)(mirror, graph, connection, trust, signal);
            opened.push(open);
            notes.push(...open.notes.map((note) => `${mirror.name}: ${note}`));
            const source = { readers: open.readers, trust: open.trust, url: (0,redact/* redactUrl */.B)(mirror.fetch.url) };
            sources.set((0,mirrors_mirror/* mirrorId */.N)(mirror), source);
            return source;
        },
        async task(mirror, jobs, refused, nodes) {
            const images = (0,mirrors_location/* isRegistryUrl */.bs)(mirror.push.url)
                ? { baseImage: context.baseImage, trust: () => Promise.resolve(trust) }
                : {};
            const cache = await (0,open_target/* openPushMirror */.Q)(mirror, connection, mirror.push.view, images);
            opened.push(cache);
            const { name, push } = mirror;
            return {
                name,
                id: `${(0,entry_url/* mirrorBase */.Vv)(push.url)} ${push.view ?? ''} ${push.endpointUrl ?? ''} pushed`,
                cache,
                signed: mirror.signed && !unsigned,
                resign,
                openSigner: (0,lazily/* lazily */.q)(() => openSigner(mirror)),
                jobs,
                refused,
                nodes,
            };
        },
    };
    try {
        return { ...(await plan(mirrors)), notes, close };
    }
    catch (error) {
        await close();
        throw error;
    }
}
/**
 * The specs themselves, as far as the source's index knows them with all that is below: what is not signed is copied
 * without another look at it then. Signed entries are read, whatever the index says; of images it tells the name, which
 * their tags do not, so that what the other mirror has already need not be read.
 */
async function knownNodes(mirror, { readers, trust }, wanted, context) {
    const nodes = new Map();
    const reader = readers.find(({ layout }) => layout !== 'v2');
    const isNamed = wanted.every(({ name }) => name !== undefined);
    if (reader === undefined || (trust !== undefined && isNamed))
        return { known: [...wanted], nodes };
    const { indexStore: store, indexTtlMs: ttlMs, maxIndexBytes, signal } = context;
    try {
        const hashes = wanted.map(({ hash }) => hash);
        const id = `${(0,mirrors_mirror/* mirrorId */.N)(mirror)} ${reader.layout}`;
        const found = await (0,listing/* askIndex */.aZ)(reader, id, { store, ttlMs, maxIndexBytes, signal }, (index) => (0,index_nodes/* indexNodes */.C)(index, reader.storage.url, hashes));
        for (const [hash, node] of found?.answer ?? [])
            nodes.set(hash, node);
    }
    catch {
        signal.throwIfAborted(); // otherwise: each spec is read, which says what is wrong where something is
    }
    const gaps = (0,index_nodes/* withGaps */.c)(nodes, wanted.map(({ hash }) => hash));
    const known = wanted.map((entry) => {
        const node = gaps.has(entry.hash) ? undefined : nodes.get(entry.hash);
        if (node === undefined || !isPlaced(entry, node))
            return entry;
        return trust === undefined ? { ...entry, node } : { ...entry, name: entry.name ?? node };
    });
    return { known, nodes: trust === undefined ? nodes : new Map() };
}
/** Whether an entry's name is that of the spec. */
function isPlaced({ at }, node) {
    return at === undefined || at.reader.isPlaceOf(at.key, node);
}

;// CONCATENATED MODULE: ./build/commands/sync-lists.js





/** What lists say. What they may not say, or contradict each other about, is refused: the rest is done. */
async function listedWork(work, context) {
    const { lists, to } = work;
    const redirected = to === undefined ? lists : lists.map((list) => redirect(list, to));
    const { copies, conflicts } = (0,copy_list/* mergeCopyLists */.tr)(redirected);
    const byTarget = groupBy([...copies, ...conflicts], ({ dest }) => dest.mirror);
    return await withMirrors(context, async (mirrors) => {
        const tasks = [];
        const refused = [];
        for (const [url, items] of byTarget) {
            const target = { copies: items.filter(isCopy), conflicts: items.filter((item) => 'sources' in item) };
            try {
                const into = to ?? allowed(mirrorToWrite(url, work.configured), url, 'to', work);
                tasks.push(await targetTask(into, target, work, mirrors, context));
            }
            catch (error) {
                context.signal.throwIfAborted();
                const specs = [
                    ...target.copies.map((copy) => refusedCopy(copy, error)),
                    ...target.conflicts.map(refusedConflict),
                ];
                refused.push({ name: url, url, specs, index: undefined, keyFailed: undefined, notes: [] });
            }
        }
        return { tasks, refused };
    });
}
async function targetTask(into, { copies, conflicts, }, work, mirrors, context) {
    const jobs = [];
    const refused = [];
    const nodes = new Map();
    for (const [from, ofSource] of groupBy(copies, ({ src }) => src.mirror)) {
        try {
            const mirror = allowed(mirrorToRead(from, work.configured), from, 'from', work);
            const source = await mirrors.source(mirror, { nodes: new Map(), roots: [] });
            const wanted = ofSource.map((copy) => listedEntry(source, copy));
            const found = await knownNodes(mirror, source, wanted, context);
            for (const [hash, node] of found.nodes)
                nodes.set(hash, node);
            for (const each of found.known)
                jobs.push({ source, wanted: each });
        }
        catch (error) {
            context.signal.throwIfAborted();
            for (const copy of ofSource)
                refused.push(refusedCopy(copy, error));
        }
    }
    const task = await mirrors.task(into, jobs, refused, nodes);
    for (const conflict of conflicts)
        refused.push(await decideConflict(conflict, task, context.signal));
    return task;
}
/** Who is right is no matter where the mirror has the spec already. */
async function decideConflict(conflict, { cache, signed }, signal) {
    const refused = refusedConflict(conflict);
    const name = conflict.sources.map(({ src }) => (0,entry_url/* nameInPlace */.W8)(src)).find((each) => each !== undefined);
    const isThere = name !== undefined && (await cache.hasWhole(name, signed, signal).catch(() => false));
    return isThere ? { ...refused, outcome: { kind: 'present' } } : refused;
}
function isCopy(item) {
    return 'src' in item;
}
/** @throws BuildcacheError `denied` for a mirror that is not configured, unless any may be named */
function allowed(mirror, url, direction, { allowOtherHosts }) {
    if (mirror !== undefined)
        return mirror;
    if (allowOtherHosts)
        return mirrorAnywhere(url);
    throw new errors/* BuildcacheError */.fO('denied', `a list copies ${direction} a mirror that is not configured`, {
        url,
        hint: 'configure it, name it with --mirror-url, or allow any with --allow-other-hosts',
    });
}
function redirect(list, to) {
    const mirror = (0,entry_url/* mirrorBase */.Vv)(to.push.url);
    return { ...list, items: list.items.map((item) => ({ ...item, dest: { ...item.dest, mirror } })) };
}
function listedEntry({ readers }, { hash, src }) {
    const reader = readers.find(({ layout }) => layout === src.layout);
    if (reader === undefined) {
        throw new errors/* BuildcacheError */.fO('unsupported', `the mirror is not read in layout ${src.layout}`, {
            url: (0,entry_url/* entryUrl */.YV)(src),
        });
    }
    return { hash, at: { reader, key: src.key }, name: (0,entry_url/* nameInPlace */.W8)(src), node: undefined };
}
function refusedConflict(conflict) {
    const { hash, sources } = conflict;
    const name = sources[0] && (0,entry_url/* nameInPlace */.W8)(sources[0].src);
    const source = sources.map(({ src }) => src.mirror).join(' ');
    const outcome = { kind: 'failed', code: 'conflict', reason: (0,copy_list/* conflictText */.wJ)(conflict) };
    return { hash, name: name?.name, version: name?.version, source, outcome };
}
function refusedCopy({ hash, src }, error) {
    const name = (0,entry_url/* nameInPlace */.W8)(src);
    const outcome = { kind: 'failed', code: (0,errors/* errorCode */.CA)(error), reason: (0,errors/* describeError */.Uc)(error) };
    return { hash, name: name?.name, version: name?.version, source: src.mirror, outcome };
}
function groupBy(items, key) {
    const groups = new Map();
    for (const item of items) {
        const group = groups.get(key(item)) ?? [];
        groups.set(key(item), group);
        group.push(item);
    }
    return groups;
}

// EXTERNAL MODULE: ./build/spec/entry-spec.js
var entry_spec = __webpack_require__(69008);
// EXTERNAL MODULE: ./build/commands/list.js
var list = __webpack_require__(24635);
;// CONCATENATED MODULE: ./build/commands/sync-work.js





/** Specs of an environment, from one mirror to another. @throws as `openMirror` and `openPushMirror` */
async function environmentWork(from, to, graph, specs, context) {
    return await withMirrors(context, async (mirrors) => {
        const source = await mirrors.source(from, graph);
        const spliced = specs.filter(({ buildSpec }) => buildSpec !== undefined);
        const own = await Promise.all(spliced.map((spec) => hasOwnEntry(spec, source, context.signal)));
        const wanted = new Set([...(0,entry_spec/* entrySpecs */.l_)(graph, specs), ...spliced.filter((_, i) => own[i])]);
        const jobs = [...wanted].map((node) => {
            return { source, wanted: { hash: node.hash, at: undefined, name: node, node } };
        });
        return { tasks: [await mirrors.task(to, jobs, [], new Map(graph.nodes))], refused: [] };
    });
}
/** Spack makes an entry under a spliced spec's own hash, too, when it pushes one; nobody installs it, but it is listed. */
async function hasOwnEntry(spec, { readers }, signal) {
    for (const reader of readers) {
        try {
            if (await reader.has(spec, signal))
                return true;
        }
        catch {
            signal.throwIfAborted(); // otherwise: what cannot be told is not asked for, as nothing needs it
        }
    }
    return false;
}
/**
 * What a mirror holds, to another.
 * @throws BuildcacheError where it cannot be told what it holds; else as {@link environmentWork}
 */
async function contentsWork(from, to, filter, context, reporter) {
    return await withMirrors(context, async (mirrors) => {
        const source = await mirrors.source(from, NO_GRAPH);
        const wanted = await findContents(from, source, filter, context, reporter);
        const { known, nodes } = await knownNodes(from, source, wanted, context);
        const jobs = known.map((each) => ({ source, wanted: each }));
        return { tasks: [await mirrors.task(to, jobs, [], nodes)], refused: [] };
    });
}
const NO_GRAPH = { nodes: new Map(), roots: [] };
/** Every entry of the mirror that matches, each hash once, the newest layout's first. */
async function findContents(mirror, { readers }, filter, context, reporter) {
    const isFiltered = filter.constraints.length > 0 || filter.names.length > 0;
    const entries = await listEntries(readers, context.signal);
    if (entries !== undefined && !isFiltered)
        return entries;
    const { specs, failures, notes } = await (0,list/* list */.p)({ ...context, ...filter, mirrors: [mirror], host: undefined }, reporter);
    for (const { error } of failures)
        throw error;
    for (const note of notes)
        reporter.warn(note);
    if (entries !== undefined) {
        // What spliced ones are installed from comes along, whatever else was asked for.
        const matching = new Set(specs.flatMap(({ hash, buildSpec = hash }) => [hash, buildSpec]));
        return entries.filter(({ hash }) => matching.has(hash));
    }
    const [reader] = readers;
    if (reader === undefined || reader.layout === 'v2')
        return [];
    const names = new Map();
    for (const { name, version, hash, buildSpec = hash } of specs) {
        for (const each of [buildSpec, hash])
            names.set(each, { name, version, hash: each });
    }
    return [...names.values()].map((name) => {
        return { hash: name.hash, at: { reader, key: (0,entry_url/* entryKey */.k2)(reader.layout, name) }, name, node: undefined };
    });
}
/** @returns undefined where the storage cannot enumerate, or does not let us */
async function listEntries(readers, signal) {
    const found = new Map();
    for (const reader of readers) {
        if (reader.list === undefined)
            return undefined;
        try {
            for await (const { key, hash } of reader.list(signal)) {
                const name = (0,entry_url/* nameInPlace */.W8)({ mirror: '', layout: reader.layout, key, hash });
                if (!found.has(hash))
                    found.set(hash, { hash, at: { reader, key }, name, node: undefined });
            }
        }
        catch (error) {
            if ((0,errors/* errorCode */.CA)(error) !== 'denied')
                throw error;
            return undefined;
        }
    }
    return [...found.values()];
}

// EXTERNAL MODULE: ./build/plan/selection.js
var selection = __webpack_require__(60000);
// EXTERNAL MODULE: ./build/spec/constraint/parse.js + 1 modules
var parse = __webpack_require__(16939);
// EXTERNAL MODULE: ./build/entry/install-tree-settings.js + 2 modules
var install_tree_settings = __webpack_require__(6226);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/entry/glob-files.js
/** Files by a pattern, as a shell would find them: `*`, `?`, `[…]` and `{…}` within a name, `**` for any folders. */



/**
 * @param cwd what a relative pattern starts from
 * @returns absolute paths, sorted
 * @throws BuildcacheError `not-found` when there is none; `usage` for a pattern that is none
 */
async function globFiles(pattern, cwd) {
    const { default: picomatch } = await __webpack_require__.e(/* import() */ 4006).then(__webpack_require__.t.bind(__webpack_require__, 14006, 19));
    const { base, glob } = picomatch.scan(pattern);
    const root = (0,external_node_path_.resolve)(cwd, base === '' && pattern.startsWith('/') ? '/' : base);
    const depth = glob.includes('**') ? Number.POSITIVE_INFINITY : glob.split('/').length;
    const isMatch = picomatch(glob === '' ? '*' : glob, { dot: false });
    const found = glob === '' ? [(0,external_node_path_.resolve)(cwd, pattern)] : await walk(root, '', depth, isMatch);
    if (found.length > 0)
        return found.sort();
    throw new errors/* BuildcacheError */.fO('not-found', 'no file matches the pattern', { file: (0,external_node_path_.resolve)(cwd, pattern) });
}
async function walk(root, below, depth, isMatch) {
    const found = [];
    const entries = await (0,promises_.readdir)((0,external_node_path_.join)(root, below), { withFileTypes: true }).catch((error) => {
        if (['ENOENT', 'ENOTDIR', 'EACCES'].includes((0,errors/* systemCode */.xU)(error) ?? ''))
            return [];
        throw error;
    });
    for (const entry of entries) {
        const path = below === '' ? entry.name : `${below}/${entry.name}`;
        if (entry.isDirectory()) {
            if (depth > 1)
                found.push(...(await walk(root, path, depth - 1, isMatch)));
        }
        else if (isMatch(path)) {
            found.push((0,external_node_path_.join)(root, path));
        }
    }
    return found;
}

;// CONCATENATED MODULE: ./build/entry/read-copy-lists.js
/** The copy-lists that patterns name. */




/** Bytes: some hundred thousand specs. */
const LARGEST = 256 * 1024 * 1024;
/**
 * @param cwd what relative patterns start from
 * @throws BuildcacheError `not-found` where a pattern matches nothing, `bad-input` for what is no copy-list
 */
async function readCopyLists(patterns, cwd) {
    const files = await Promise.all(patterns.map((pattern) => globFiles(pattern, cwd)));
    return await Promise.all([...new Set(files.flat())].map(async (file) => ({
        file,
        items: (0,copy_list/* parseCopyList */.bb)(await readText(file), file),
    })));
}
async function readText(file) {
    try {
        const { size } = await (0,promises_.stat)(file);
        if (size > LARGEST) {
            throw new errors/* BuildcacheError */.fO('too-large', 'too large for a copy-list', {
                file,
                expected: `at most ${LARGEST} bytes`,
            });
        }
        return await (0,promises_.readFile)(file, 'utf8');
    }
    catch (error) {
        throw (0,errors/* fileError */.zS)(error, file, 'read the copy-list');
    }
}

;// CONCATENATED MODULE: ./build/entry/sync-request.js
/** What a sync is asked for, on the command line or in a job -> what it has to do. */








/** @throws BuildcacheError `usage` or `not-found` where nothing is meant or matches; else as the work's functions */
async function planSync(request, context, reporter) {
    const work = await openWork(request, context, reporter);
    if (work.refused.length > 0 || work.tasks.some(({ jobs, refused }) => jobs.length + refused.length > 0))
        return work;
    await work.close();
    throw new errors/* BuildcacheError */.fO('not-found', 'there is nothing to copy', {
        hint: 'check the selection, or what the mirror holds with `buildcache list --allarch`',
    });
}
/** What images that are made get into their `Env`, as for a push; undefined where there are none to make. */
async function imageInspections({ tasks }, folder, env) {
    return tasks.some(({ cache }) => cache.images !== undefined)
        ? await (0,install_tree_settings/* readInspections */.c)(folder, env)
        : undefined;
}
async function openWork(request, context, reporter) {
    if (request.kind === 'lists') {
        const lists = await readCopyLists(request.patterns, request.cwd);
        return await listedWork({ ...request, lists }, context);
    }
    const { from, to, environment, specs, all } = request;
    requireTwoMirrors(from, to);
    if (environment !== undefined) {
        const selected = await (0,selection/* selectSpecs */.rk)(environment, { ...selection/* EVERYTHING */.Qz, specs });
        return await environmentWork(from, to, environment, selected, context);
    }
    if (specs.length === 0 && !all) {
        throw new errors/* BuildcacheError */.fO('usage', 'what to copy is not said: there is no environment and no spec was named', {
            hint: 'name an environment with --environment, name specs, or copy all the mirror holds with --all',
        });
    }
    const names = specs.filter(selection/* isGlob */.fg);
    const constraints = (0,parse.parseSpecArguments)(specs.filter((spec) => !(0,selection/* isGlob */.fg)(spec)));
    return await contentsWork(from, to, { names, constraints }, context, reporter);
}
function requireTwoMirrors(from, to) {
    const url = (0,entry_url/* mirrorBase */.Vv)(from.fetch.url);
    if (from.name !== to.name && url !== (0,entry_url/* mirrorBase */.Vv)(to.push.url))
        return;
    throw new errors/* BuildcacheError */.fO('usage', 'a mirror cannot be copied to itself', {
        found: `${url} twice`,
        hint: 'name the mirror to copy from, then another to copy to',
    });
}


/***/ }),

/***/ 40009:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   v: () => (/* binding */ openTrustedMirror)
/* harmony export */ });
/* harmony import */ var _cache_keys_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(90845);
/* harmony import */ var _filter_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(70713);
/* harmony import */ var _open_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(95227);
/** A mirror opened for taking binaries from it. */



/**
 * @param trust whose signatures count where the mirror is signed; undefined: nobody's are looked at anywhere
 * @throws as `openMirror`
 */
async function openTrustedMirror(mirror, graph, connection, trust, signal) {
    const open = await (0,_open_js__WEBPACK_IMPORTED_MODULE_2__/* .openMirror */ .Y4)(mirror, graph, connection);
    const needed = mirror.signed ? trust : undefined;
    try {
        const refuses = await (0,_filter_js__WEBPACK_IMPORTED_MODULE_1__/* .refusalOf */ .O)(mirror, 'fetch', graph);
        const problems = needed === undefined ? [] : await (0,_cache_keys_js__WEBPACK_IMPORTED_MODULE_0__/* .admitPinnedKeys */ .e)(needed, open.readers, signal);
        return { ...open, notes: [...open.notes, ...problems], name: mirror.name, trust: needed, refuses };
    }
    catch (error) {
        await open.close();
        throw error;
    }
}


/***/ }),

/***/ 75409:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ syncExitCode),
/* harmony export */   m: () => (/* binding */ countSynced)
/* harmony export */ });
/** 0 all is there, 1 part of it failed. */
function syncExitCode({ mirrors }) {
    const isFine = mirrors.every(({ specs, index, keyFailed }) => keyFailed === undefined &&
        !(index !== undefined && 'failed' in index) &&
        specs.every(({ outcome: { kind } }) => kind !== 'failed' && kind !== 'not-tried'));
    return isFine ? 0 : 1;
}
function countSynced({ specs }) {
    const counts = { copied: 0, 'would-copy': 0, present: 0, 'not-tried': 0, failed: 0 };
    for (const { outcome } of specs)
        counts[outcome.kind]++;
    return counts;
}


/***/ }),

/***/ 54126:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j3: () => (/* binding */ syncedLine),
/* harmony export */   k: () => (/* binding */ syncProblems),
/* harmony export */   n5: () => (/* binding */ syncText),
/* harmony export */   pw: () => (/* binding */ syncedRow)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _plan_sync_result_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(75409);
/* harmony import */ var _check_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(93235);
/* harmony import */ var _push_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(51887);
/** What a sync came to, for a person: a line for each entry while it works, and the sum at the end. */




/** One line for one outcome, as it comes. */
function syncedLine(spec) {
    return (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(`${syncedName(spec)}: ${outcomeText(spec.outcome)}`);
}
/** Lines without their ends: the sum of each mirror, and failures with their reasons. */
function syncText(result, style = _check_text_js__WEBPACK_IMPORTED_MODULE_1__/* .PLAIN_STYLE */ .nV) {
    return result.mirrors.flatMap((mirror) => mirrorText(result, mirror, style));
}
/** `name@version/hash7`, as far as it is known. */
function syncedName({ name, version, hash }) {
    return `${name ?? ''}${version === undefined ? '' : `@${version}`}/${hash.slice(0, 7)}`;
}
/** Bytes of blobs that were copied. */
function copiedBytes({ specs }) {
    return specs.reduce((sum, { outcome }) => sum + (outcome.kind === 'copied' ? outcome.between + outcome.through : 0), 0);
}
/** A row of the outputs and the summary, which are those of a push. */
function syncedRow({ name = '', version = '', hash, outcome }, mirror) {
    const short = version === '' ? name : `${name}@${version}`;
    const about = { name, version, hash, short_spec: short, mirror, sha256: undefined };
    switch (outcome.kind) {
        case 'copied':
            return { ...about, kind: 'pushed', reason: (0,_push_text_js__WEBPACK_IMPORTED_MODULE_2__/* .bytesText */ .pV)(outcome.between + outcome.through) };
        case 'present':
            return { ...about, kind: 'skipped', reason: 'the mirror has it already' };
        case 'would-copy':
            return { ...about, kind: 'skipped', reason: 'dry run: it would be copied' };
        case 'not-tried':
            return { ...about, kind: 'failed', reason: 'not tried' };
        case 'failed':
            return { ...about, kind: 'failed', reason: outcome.reason };
    }
}
function mirrorText({ dryRun }, mirror, style) {
    const counts = (0,_plan_sync_result_js__WEBPACK_IMPORTED_MODULE_3__/* .countSynced */ .m)(mirror);
    const parts = [];
    if (dryRun)
        parts.push(`${counts['would-copy']} would be copied`);
    else {
        const bytes = counts.copied === 0 ? '' : ` (${(0,_push_text_js__WEBPACK_IMPORTED_MODULE_2__/* .bytesText */ .pV)(copiedBytes(mirror))})`;
        parts.push(style.good(`${counts.copied} copied`) + bytes);
    }
    if (counts.present > 0)
        parts.push(`${counts.present} already there`);
    if (counts['not-tried'] > 0)
        parts.push(style.doubt(`${counts['not-tried']} not tried`));
    if (counts.failed > 0)
        parts.push(style.bad(`${counts.failed} failed`));
    const lines = [(0,_check_text_js__WEBPACK_IMPORTED_MODULE_1__/* .mirrorLine */ .oR)(mirror, parts, style)];
    const { index } = mirror;
    if (index !== undefined && 'changed' in index)
        lines.push(`  ${(0,_push_text_js__WEBPACK_IMPORTED_MODULE_2__/* .indexText */ .oX)(index)}`);
    return [...lines, ...mirrorProblems(mirror, style).map((text) => `  ${text}`)];
}
/** What went wrong, and nothing else. */
function syncProblems({ mirrors }, style = _check_text_js__WEBPACK_IMPORTED_MODULE_1__/* .PLAIN_STYLE */ .nV) {
    return mirrors.flatMap((mirror) => mirrorProblems(mirror, style));
}
function mirrorProblems(mirror, style) {
    const failures = mirror.specs.flatMap((spec) => spec.outcome.kind === 'failed' ? [{ name: syncedName(spec), reason: spec.outcome.reason }] : []);
    return [...(0,_push_text_js__WEBPACK_IMPORTED_MODULE_2__/* .finishLines */ .nL)(mirror, style), ...(0,_push_text_js__WEBPACK_IMPORTED_MODULE_2__/* .failedLines */ .TW)(failures, style)];
}
function outcomeText(outcome) {
    switch (outcome.kind) {
        case 'copied':
            return `copied (${(0,_push_text_js__WEBPACK_IMPORTED_MODULE_2__/* .bytesText */ .pV)(outcome.between + outcome.through)})`;
        case 'would-copy':
            return 'would be copied';
        case 'present':
            return 'already there';
        case 'not-tried':
            return 'not tried';
        case 'failed':
            return `failed: ${outcome.reason}`;
    }
}


/***/ }),

/***/ 40189:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  hostArchitecture: () => (/* binding */ hostArchitecture),
  k8: () => (/* binding */ runsOn)
});

// UNUSED EXPORTS: osFromMacVersion, osFromRelease

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(31421);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
// EXTERNAL MODULE: ./build/spec/data/microarchitectures.json
var microarchitectures = __webpack_require__(22242);
// EXTERNAL MODULE: ./build/spec/target.js
var target = __webpack_require__(63305);
;// CONCATENATED MODULE: ./build/spec/host-target.js
/**
 * The CPU target of the machine we run on, found the way archspec finds it, from what the kernel says about the
 * first CPU. Good enough to answer what this host can run; when in doubt it is the family (`x86_64`), never more.
 */






/** The best target whose binaries run here. */
async function hostTarget() {
    try {
        if ((0,external_node_os_.platform)() === 'linux')
            return targetFromCpuinfo((0,external_node_os_.machine)(), await (0,promises_.readFile)('/proc/cpuinfo', 'utf8'));
        if ((0,external_node_os_.platform)() === 'darwin')
            return targetFromSysctl(sysctl);
    }
    catch {
        // Fall through: an unreadable description leaves us with the family, which every CPU of it runs.
    }
    return familyOf((0,external_node_os_.machine)());
}
/** @param text the contents of `/proc/cpuinfo`, @param family what `uname -m` says */
function targetFromCpuinfo(family, text) {
    const field = firstCpu(text);
    const words = (key) => new Set(field
        .get(key)
        ?.split(/\s+/)
        .filter((word) => word !== ''));
    switch (family) {
        case 'x86_64':
            return best(family, { vendor: field.get('vendor_id') ?? 'generic', features: words('flags') });
        case 'aarch64': {
            const code = field.get('CPU implementer');
            const vendors = microarchitectures/* armVendors */.i0;
            const vendor = code === undefined ? 'generic' : (vendors[code] ?? code);
            return best(family, { vendor, features: words('Features'), part: field.get('CPU part') });
        }
        case 'ppc64':
        case 'ppc64le': {
            const generation = /POWER(\d+)/.exec(field.get('cpu') ?? '')?.[1];
            return best(family, { generation: Number(generation ?? 0) });
        }
        case 'riscv64': {
            const model = field.get('uarch');
            return best(family, { model: model === 'sifive,u74-mc' ? 'u74mc' : model });
        }
        default:
            return familyOf(family);
    }
}
/** @param read answers macOS' `sysctl -n NAME…`, one line a name */
async function targetFromSysctl(read) {
    const brand = (await read('machdep.cpu.brand_string')).toLowerCase();
    // Asked of the CPU, not of ourselves: under Rosetta the process believes it is on x86_64.
    if (brand.includes('apple')) {
        return ['m4', 'm3', 'm2'].find((name) => brand.includes(name)) ?? 'm1';
    }
    const vendor = (await read('machdep.cpu.vendor')).trim();
    const flags = await read('machdep.cpu.features', 'machdep.cpu.leaf7_features', 'machdep.cpu.extfeatures');
    const features = new Set(flags.toLowerCase().split(/\s+/));
    for (const [here, onLinux] of Object.entries(microarchitectures/* darwinFlags */.nF)) {
        if (here.split(' ').every((flag) => features.has(flag))) {
            for (const flag of onLinux.split(' '))
                features.add(flag);
        }
    }
    return best('x86_64', { vendor, features });
}
/**
 * The deepest target below the best generic one that the CPU has everything of. The generic one is a floor
 * because firmware may switch off one feature of a model without making the CPU any older.
 */
function best(family, cpu) {
    if (cpu.features?.has('ssse3'))
        cpu.features.add('sse3');
    const fitting = [...(0,target/* microarchitectures */.pU)().values()].filter((target) => (target.name === family || target.ancestors.has(family)) && fits(family, target, cpu));
    const floor = deepest(fitting.filter((target) => target.vendor === 'generic'));
    if (floor === undefined)
        return family;
    const sameModel = fitting.filter((target) => cpu.part !== undefined && target.part === cpu.part);
    const above = (sameModel.length > 0 ? sameModel : fitting).filter((target) => target.ancestors.has(floor.name));
    return (deepest(above) ?? floor).name;
}
function fits(family, target, cpu) {
    switch (family) {
        case 'x86_64':
            return isOfVendor(target, cpu) && hasFeatures(target, cpu);
        case 'aarch64':
            // Which level of the architecture a CPU has cannot be read off its features.
            if (target.vendor === 'generic')
                return target.name === family;
            return isOfVendor(target, cpu) && hasFeatures(target, cpu);
        case 'riscv64':
            return target.name === cpu.model || target.vendor === 'generic';
        default:
            return target.generation <= (cpu.generation ?? 0);
    }
}
function isOfVendor(target, cpu) {
    return target.vendor === 'generic' || target.vendor === cpu.vendor;
}
function hasFeatures(target, cpu) {
    return [...target.features].every((feature) => cpu.features?.has(feature));
}
function deepest(targets) {
    const [first] = [...targets].sort((a, b) => b.ancestors.size - a.ancestors.size || b.features.size - a.features.size);
    return first;
}
/** The fields of the first CPU: the text up to its first empty line. */
function firstCpu(text) {
    const fields = new Map();
    for (const line of text.split('\n')) {
        const colon = line.indexOf(':');
        if (colon >= 0)
            fields.set(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
        else if (fields.size > 0)
            break;
    }
    return fields;
}
function familyOf(machineName) {
    return machineName === 'arm64' ? 'aarch64' : machineName;
}
async function sysctl(...names) {
    const { stdout } = await (0,external_node_util_.promisify)(external_node_child_process_.execFile)('/usr/sbin/sysctl', ['-n', ...names]);
    return stdout;
}

;// CONCATENATED MODULE: ./build/spec/host-architecture.js
/** What the machine we run on calls itself in specs: platform and operating system as Spack names them. */






async function hostArchitecture() {
    const [os, target] = await Promise.all([hostOs().catch(() => undefined), hostTarget()]);
    return { platform: (0,external_node_os_.platform)() === 'win32' ? 'windows' : (0,external_node_os_.platform)(), os, target };
}
/** Whether what was built for a spec's architecture runs on a host. */
function runsOn(host, spec) {
    return (spec.platform === host.platform &&
        (host.os === undefined || spec.os === host.os) &&
        (0,target/* runnableOn */.NO)(host.target, spec.target));
}
/**
 * Spack's name for a Linux distribution: `debian12`, `ubuntu24.04`, `rocky9`.
 * @param text the contents of `/etc/os-release`
 * @returns undefined where the text does not say
 */
function osFromRelease(text) {
    const field = (name) => new RegExp(`^${name}=["']?([^"'\\n]*)`, 'm').exec(text)?.[1];
    const id = field('ID')?.toLowerCase();
    if (id === undefined || id === '')
        return undefined;
    // A rolling release is named after its C library, which this file does not know.
    if (id.includes('tumbleweed'))
        return undefined;
    const parts = (field('VERSION_ID') ?? '').split(/[^\w-]/);
    const version = id.includes('ubuntu') ? parts.slice(0, 2).join('.') : (parts[0] ?? '');
    return `${RENAMED[id] ?? id}${version}`;
}
/** @param version macOS' own, `14.5` */
function osFromMacVersion(version) {
    const [major = '', minor = ''] = version.trim().split('.');
    return MAC_RELEASES[major === '10' ? `10.${minor}` : major] ?? 'macos';
}
async function hostOs() {
    switch ((0,external_node_os_.platform)()) {
        case 'linux':
            return osFromRelease(await (0,promises_.readFile)('/etc/os-release', 'utf8'));
        case 'darwin':
            return osFromMacVersion((await (0,external_node_util_.promisify)(external_node_child_process_.execFile)('/usr/bin/sw_vers', ['-productVersion'])).stdout);
        default:
            return undefined;
    }
}
const RENAMED = { ol: 'oracle', 'opensuse-leap': 'opensuse' };
const MAC_RELEASES = {
    '10.13': 'highsierra',
    '10.14': 'mojave',
    '10.15': 'catalina',
    '10.16': 'bigsur',
    '11': 'bigsur',
    '12': 'monterey',
    '13': 'ventura',
    '14': 'sonoma',
    '15': 'sequoia',
    '26': 'tahoe',
};


/***/ })

};
