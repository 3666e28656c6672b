export const id = 5977;
export const ids = [5977];
export const modules = {

/***/ 25977:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  v: () => (/* binding */ askMirror)
});

// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(70370);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/storage/asked-again.js
var asked_again = __webpack_require__(43571);
// EXTERNAL MODULE: ./build/cache/fetch-document.js
var fetch_document = __webpack_require__(93355);
;// CONCATENATED MODULE: ./build/cache/entry-specs.js
/**
 * The specs of a cache without an index: what storage lists, read entry by entry. Slow, and the only way; plain
 * HTTP cannot do it.
 */




/**
 * @param reader one layout of a mirror, one that can list
 * @returns undefined when there are no entries in this layout
 * @throws the storage's errors: what could not be read is not "not there"
 */
async function entrySpecs(reader, { entries: known, asked, noVirtuals, jobs, onBad, onProgress, signal }) {
    const entries = known ?? (await listEntries(reader, signal));
    if (entries.length === 0)
        return undefined;
    const wanted = wantedEntries(reader, entries, asked, noVirtuals === true);
    const nodes = new Map();
    const inCache = new Set();
    const limit = (0,p_limit/* default */.A)(jobs);
    let done = 0;
    const read = async ({ key, hash }) => {
        signal?.throwIfAborted();
        const spec = await readOrReport(async () => {
            const entry = await (0,asked_again/* askedAgain */.V)(reader.storage, () => reader.readAt(key, signal), signal);
            return entry === undefined ? undefined : await reader.readSpec(entry, signal);
        }, hash, (0,fetch_document/* documentUrl */.LJ)(reader.storage, key), onBad);
        onProgress?.(++done, wanted.length);
        if (spec === undefined)
            return;
        for (const [each, node] of spec.nodes)
            if (!nodes.has(each))
                nodes.set(each, node);
        inCache.add(spec.root.hash);
    };
    await Promise.all(wanted.map((entry) => limit(read, entry)));
    return memorySpecs(nodes, inCache);
}
/** Every entry there is; none where the storage cannot enumerate. */
async function listEntries(reader, signal) {
    const entries = [];
    for await (const entry of reader.list?.(signal) ?? [])
        entries.push(entry);
    return entries;
}
/** A name that no entry has may be a virtual package's: who provides it only the entries can tell, all of them. */
function wantedEntries(reader, entries, asked, noVirtuals) {
    const wanted = new Set();
    for (const { name, hash = '' } of asked) {
        const named = name === undefined ? entries : entries.filter((entry) => reader.couldBe(entry, name));
        if (named.length === 0 && !noVirtuals)
            return entries;
        for (const entry of named)
            if (entry.hash.startsWith(hash))
                wanted.add(entry);
    }
    return [...wanted];
}
async function readOrReport(read, hash, url, onBad) {
    try {
        const spec = await read();
        if (spec === undefined || spec.root.hash === hash)
            return spec;
        throw new errors/* BuildcacheError */.fO('bad-input', 'the entry is of another spec', {
            url,
            expected: hash,
            found: spec.root.hash,
        });
    }
    catch (error) {
        if (!(error instanceof errors/* BuildcacheError */.fO) || !ENTRY_ERRORS.includes(error.code))
            throw error;
        onBad(error);
        return undefined;
    }
}
/** What is wrong with one entry and says nothing about the others. */
const ENTRY_ERRORS = ['bad-input', 'corrupt', 'unsupported', 'too-large'];
function memorySpecs(nodes, inCache) {
    const get = async (hashes) => {
        const found = new Map();
        for (const hash of hashes) {
            const node = nodes.get(hash);
            if (node !== undefined)
                found.set(hash, node);
        }
        return found;
    };
    return {
        get,
        whole: get,
        async near(wanted) {
            const names = new Set(wanted.map(({ name }) => name));
            return [...inCache].flatMap((hash) => {
                const node = nodes.get(hash);
                return node !== undefined && names.has(node.name) ? [node] : [];
            });
        },
        async *candidates({ name, hash = '' }) {
            const providers = new Set();
            for (const { dependencies } of name === undefined ? [] : nodes.values()) {
                for (const edge of dependencies) {
                    if (name !== undefined && edge.virtuals.includes(name))
                        providers.add(edge.hash);
                }
            }
            for (const each of inCache) {
                const node = nodes.get(each);
                if (node === undefined || !each.startsWith(hash))
                    continue;
                if (name === undefined || node.name === name || providers.has(each))
                    yield node;
            }
        },
    };
}

// EXTERNAL MODULE: ./build/core/json.js
var core_json = __webpack_require__(28314);
// EXTERNAL MODULE: ./build/spec/database.js
var database = __webpack_require__(28273);
// EXTERNAL MODULE: ./build/spec/decode-node.js
var decode_node = __webpack_require__(39595);
// EXTERNAL MODULE: ./build/spec/node.js
var node = __webpack_require__(56832);
;// CONCATENATED MODULE: ./build/cache/near-records.js
/**
 * Which of an index's records are the nearest to given specs, told from their bytes: of a hundred thousand, a few for
 * each spec are then worth reading. Only a ranking; a record that says something odd is ranked oddly. What is kept of a
 * record meanwhile is a few numbers.
 */


/**
 * @param wanted dependencies first
 * @param keep how many for each at most
 * @returns the places of their records
 */
async function nearRecords(index, wanted, keep) {
    const ranking = new Ranking(wanted);
    for (const name of ranking.packages())
        ranking.expect(name, await index.ofPackage(name));
    const expected = ranking.places();
    for await (const { hash, json, place } of index.read(expected))
        ranking.read(place, hash, json);
    const chosen = new Set();
    for (const spec of wanted)
        for (const place of ranking.nearest(spec, keep))
            chosen.add(place);
    return chosen;
}
/** Of one package at most so many records are looked at. */
const MOST_OF_A_PACKAGE = 50_000;
/** What another version weighs, and what else there is; as plan/explain weighs it, where bytes can tell. */
const WEIGHTS = { version: 8, target: 5, os: 8, recipe: 1, variant: 3, flags: 2, compiler: 8 };
/** A dependency that is another one: nothing is known of how far it is, or it is not there at all. */
const OTHER = 2;
const LACKING = 4;
/** At most so much of what a dependency differs in counts, and only a part of it. */
const MOST_BELOW = 6;
const BELOW = 0.5;
/** What is known of the records while they are ranked. */
class Ranking {
    #wanted;
    #groups = [];
    #numbers = new Map();
    /** How far each record of its package is, by wanted hash. */
    #far = new Map();
    /** From a hash to the record's number: for a ranking, a part of the hash is enough. */
    #byHash = new Map();
    /** Keys of the hashes in each record but its own: between which two places they stand in `#keys`. */
    #keys = new Uint32Array(1 << 16);
    #used = 0;
    #from = new Uint32Array(0);
    #to = new Uint32Array(0);
    #count = 0;
    constructor(wanted) {
        this.#wanted = groupByName(wanted);
    }
    packages() {
        return this.#wanted.keys();
    }
    expect(name, found) {
        const places = found.subarray(0, MOST_OF_A_PACKAGE);
        const specs = this.#wanted.get(name) ?? [];
        // A record that cannot be read is as far as can be.
        const asked = specs.map((spec) => ({
            signs: signsOf(spec),
            far: new Float32Array(places.length).fill(Number.POSITIVE_INFINITY),
        }));
        const group = { start: this.#count, places, asked };
        this.#groups.push(group);
        this.#count += places.length;
        specs.forEach((spec, i) => {
            const far = asked[i]?.far;
            if (far !== undefined)
                this.#far.set(spec.hash, { group, far });
        });
        places.forEach((place, i) => {
            this.#numbers.set(place, group.start + i);
        });
    }
    /** Where all expected records are. Nothing more can be expected after that. */
    places() {
        this.#from = new Uint32Array(this.#count);
        this.#to = new Uint32Array(this.#count);
        return this.#numbers.keys();
    }
    read(place, hash, json) {
        const number = this.#numbers.get(place);
        const group = number === undefined ? undefined : this.#groupOf(number);
        if (number === undefined || group === undefined)
            return;
        const key = keyOf(hash);
        this.#byHash.set(key, number);
        this.#from[number] = this.#used;
        this.#keepDependencies(json, key);
        this.#to[number] = this.#used;
        for (const { signs, far } of group.asked)
            far[number - group.start] = lacking(json, signs);
    }
    /** Must be called for what a spec depends on before it. @returns places, the nearest first */
    nearest(spec, keep) {
        const own = this.#far.get(spec.hash);
        if (own === undefined)
            return [];
        const { group, far } = own;
        const edges = spec.dependencies.map(({ hash }) => ({ key: keyOf(hash), told: this.#far.get(hash) }));
        const best = [];
        for (let i = 0; i < far.length; i++) {
            const number = group.start + i;
            const [from, to] = [this.#from[number] ?? 0, this.#to[number] ?? 0];
            let sum = far[i] ?? 0;
            for (const edge of edges)
                sum += this.#below(edge, from, to);
            far[i] = sum;
            keepBest(best, i, far, keep);
        }
        return best.map((i) => group.places[i] ?? 0);
    }
    /** How far what a record depends on, between two places, is from one dependency that is wanted. */
    #below({ key, told }, from, to) {
        const keys = this.#keys;
        for (let i = from; i < to; i++)
            if (keys[i] === key)
                return 0;
        if (told === undefined)
            return OTHER;
        const { group, far } = told;
        let least = LACKING;
        for (let i = from; i < to; i++) {
            const number = this.#byHash.get(keys[i] ?? 0);
            if (number === undefined || number < group.start || number >= group.start + far.length)
                continue;
            least = Math.min(least, MOST_BELOW, BELOW * (far[number - group.start] ?? 0));
        }
        return least;
    }
    #keepDependencies(json, own) {
        const end = this.#used + MOST_EDGES;
        for (let at = json.indexOf(HASH); at >= 0 && this.#used < end; at = json.indexOf(HASH, at)) {
            at += HASH.length;
            const key = keyAt(json, at);
            if (key === own)
                continue;
            if (this.#used === this.#keys.length) {
                const grown = new Uint32Array(2 * this.#keys.length);
                grown.set(this.#keys);
                this.#keys = grown;
            }
            this.#keys[this.#used++] = key;
        }
    }
    #groupOf(number) {
        let low = 0;
        let high = this.#groups.length - 1;
        while (low < high) {
            const middle = (low + high + 1) >>> 1;
            if ((this.#groups[middle]?.start ?? 0) <= number)
                low = middle;
            else
                high = middle - 1;
        }
        return this.#groups[low];
    }
}
function groupByName(wanted) {
    const groups = new Map();
    for (const spec of wanted) {
        const known = groups.get(spec.name);
        if (known === undefined)
            groups.set(spec.name, [spec]);
        else
            known.push(spec);
    }
    return groups;
}
function signsOf({ name, version, target, os, compiler, dict }) {
    const parameters = typeof dict['parameters'] === 'object' ? (dict['parameters'] ?? {}) : {};
    const single = [
        sign(WEIGHTS.version, `"name":${near_records_text(name)},"version":${near_records_text(version)}`),
        sign(WEIGHTS.target, `"target":${near_records_text(target)}`, `"name":${near_records_text(target)}`),
        sign(WEIGHTS.os, `"platform_os":${near_records_text(os)}`),
        sign(WEIGHTS.recipe, `"package_hash":${near_records_text(dict['package_hash'] ?? '')}`),
    ];
    if (compiler !== undefined) {
        const { name: own, version: of } = compiler;
        const rewritten = near_records_text(`${own}@=${of}`);
        single.push(sign(WEIGHTS.compiler, `"compiler":{"name":${near_records_text(own)},"version":${near_records_text(of)}}`, rewritten));
    }
    let made;
    const each = () => {
        made ??= Object.entries(parameters).map(([key, value]) => sign(node/* FLAG_NAMES */.G0.includes(key) ? WEIGHTS.flags : WEIGHTS.variant, `${near_records_text(key)}:${near_records_text(value)}`));
        return made;
    };
    return { single, parameters: Buffer.from(`"parameters":${near_records_text(parameters)}`), each };
}
function sign(weight, ...any) {
    return { weight, any: any.map((each) => Buffer.from(each)) };
}
function near_records_text(value) {
    return (0,core_json/* stringifyCompact */.LW)(value);
}
function lacking(json, { single, parameters, each }) {
    let sum = 0;
    for (const { any, weight } of single)
        if (!any.some((bytes) => json.includes(bytes)))
            sum += weight;
    if (json.includes(parameters))
        return sum;
    for (const { any, weight } of each())
        if (!any.some((bytes) => json.includes(bytes)))
            sum += weight;
    return sum;
}
const HASH = Buffer.from('"hash":"');
/** More edges than any spec has are not looked at. */
const MOST_EDGES = 512;
/** Of a hash's 160 bits so many are kept, five a character. */
const KEY_LENGTH = 6;
function keyOf(hash) {
    return keyAt(Buffer.from(hash, 'latin1'), 0);
}
function keyAt(bytes, at) {
    let key = 0;
    for (let i = 0; i < KEY_LENGTH; i++) {
        const code = bytes[at + i] ?? 0;
        key = (key << 5) | ((code >= 0x61 ? code - 0x61 : code - 0x32 + 26) & 31);
    }
    return key >>> 0;
}
/** Numbers of the least so far, ascending; of two alike the first stays. */
function keepBest(best, i, far, keep) {
    const own = far[i] ?? 0;
    if (best.length === keep && own >= (far[best[keep - 1] ?? 0] ?? 0))
        return;
    const at = best.findIndex((other) => own < (far[other] ?? 0));
    best.splice(at < 0 ? best.length : at, 0, i);
    if (best.length > keep)
        best.pop();
}

;// CONCATENATED MODULE: ./build/cache/index-specs.js
/** The specs of a cache, read out of its index. */






/** Decoded records kept for whoever asks next: compilers and common libraries lie below everything. */
const KEEP = 100_000;
/** How many specs are worth comparing with one in full. */
const NEAR = 3;
/**
 * @param url the index's, for messages
 * @param onBad called for each record that is malformed; it is passed over
 * @throws `unsupported` for an index of a version we do not read
 */
function indexSpecs(index, url, onBad) {
    const format = (0,database/* specFormatOf */.G)(index.databaseVersion);
    // Version 5 is from before 2022 and keeps nodes in another shape.
    if (format === undefined || index.databaseVersion < 6) {
        throw new errors/* BuildcacheError */.fO('unsupported', `index version ${index.databaseVersion} is not supported`, {
            url,
            expected: 'version 6 to 9',
            hint: index.databaseVersion < 6
                ? 'rebuild the index with a current Spack, or with update-index'
                : 'update buildcache-action',
        });
    }
    const kept = new Map();
    const lean = leanNodes();
    const decode = (record) => {
        const known = kept.get(record.hash);
        if (known !== undefined)
            return known;
        try {
            return lean(decodeRecord(record, format, url));
        }
        catch (error) {
            if (!(error instanceof errors/* BuildcacheError */.fO))
                throw error;
            onBad(error);
            return undefined;
        }
    };
    const readWhole = async (places) => {
        const found = new Map();
        for await (const record of index.read(places)) {
            try {
                // With its number tokens: they are part of what is hashed.
                found.set(record.hash, decodeRecord(record, format, url, core_json/* parseJson */.qF));
            }
            catch (error) {
                if (!(error instanceof errors/* BuildcacheError */.fO))
                    throw error;
                onBad(error);
            }
        }
        return found;
    };
    return {
        near: async (wanted) => [...(await readWhole(await nearRecords(index, wanted, NEAR))).values()],
        whole: async (hashes) => readWhole(await index.places(hashes)),
        async *candidates({ name, hash }) {
            for await (const record of index.read(await places(index, name, hash))) {
                if (hash !== undefined && !record.hash.startsWith(hash))
                    continue;
                const node = decode(record);
                if (node !== undefined)
                    yield node;
            }
        },
        async get(hashes) {
            const found = new Map();
            const unknown = [];
            for (const hash of hashes) {
                const known = kept.get(hash);
                if (known === undefined)
                    unknown.push(hash);
                else
                    found.set(hash, known);
            }
            for await (const record of index.read(await index.places(unknown))) {
                const node = decode(record);
                if (node === undefined)
                    continue;
                found.set(node.hash, node);
                if (kept.size >= KEEP)
                    kept.clear();
                kept.set(node.hash, node);
            }
            return found;
        },
    };
}
async function places(index, name, hash) {
    if (name === undefined)
        return hash === undefined ? index.all() : index.ofPrefix(hash);
    const [named, providing] = await Promise.all([index.ofPackage(name), index.ofVirtual(name)]);
    return new Set([...named, ...providing]);
}
function decodeRecord({ hash, json }, format, url, parse = (text) => JSON.parse(text)) {
    const record = parse(json.toString('utf8'), url);
    const at = `database.installs.${hash}`;
    const node = (0,decode_node/* decodeNode */.j)((0,core_json/* isObject */.Gv)(record) ? record['spec'] : undefined, format, url, `${at}.spec`);
    if (node.hash === hash)
        return node;
    throw new errors/* BuildcacheError */.fO('bad-input', `${at} is another spec`, { url, expected: hash, found: node.hash });
}
/**
 * Nodes without what matching does not look at, and with texts that many share kept once: a third of the memory
 * where a question takes in half an index.
 */
function leanNodes() {
    const texts = new Map();
    const once = (text) => {
        const known = texts.get(text);
        if (known !== undefined)
            return known;
        texts.set(text, text);
        return text;
    };
    return (node) => ({
        ...node,
        name: once(node.name),
        version: once(node.version),
        hash: once(node.hash),
        variants: new Map([...node.variants].map(([name, value]) => [name, typeof value === 'string' ? once(value) : value])),
        flags: isWithoutFlags(node) ? NO_FLAGS : node.flags,
        dependencies: node.dependencies.map((edge) => ({
            ...edge,
            name: once(edge.name),
            hash: once(edge.hash),
            virtuals: edge.virtuals.length === 0 ? NONE : edge.virtuals,
        })),
        dict: {
            patches: node.dict['patches'],
            annotations: node.dict['annotations'],
            provided_virtuals: node.dict['provided_virtuals'],
        },
    });
}
function isWithoutFlags({ flags }) {
    return flags.size === node/* FLAG_NAMES */.G0.length && [...flags.values()].every((values) => values.length === 0);
}
const NONE = [];
const NO_FLAGS = new Map(node/* FLAG_NAMES */.G0.map((name) => [name, NONE]));

// EXTERNAL MODULE: ./build/cache/listing.js + 1 modules
var listing = __webpack_require__(44481);
// EXTERNAL MODULE: ./build/mirrors/mirror.js
var mirrors_mirror = __webpack_require__(92172);
;// CONCATENATED MODULE: ./build/commands/mirror-specs.js






/**
 * @param ask is called with the specs of each layout that there is; again where the local copy of an index turns out
 *   to be damaged
 * @param answers gets what could be told, also when the rest cannot
 * @returns notes for the user
 * @throws BuildcacheError where it cannot be told what the mirror has
 */
async function askMirror(mirror, { readers, notes }, ask, answers, options, reporter) {
    const bad = new Set();
    const onBad = (error) => bad.add((0,errors/* describeError */.Uc)(error));
    const said = [...notes];
    const missing = [];
    const denied = [];
    for (const reader of readers) {
        try {
            const found = await askLayout(reader, mirror, ask, options, onBad);
            if (found === undefined)
                missing.push({ reader, damage: undefined });
            else
                answers.push(found.answer);
            if (found !== undefined && found.lacking.length > 0) {
                const source = await readEntries(reader, found.lacking, options, onBad, reporter);
                if (source !== undefined)
                    answers.push(await ask(source));
            }
        }
        catch (error) {
            if (!(error instanceof errors/* BuildcacheError */.fO))
                throw error;
            if (UNUSABLE.includes(error.code))
                missing.push({ reader, damage: error });
            else if (error.code === 'denied')
                denied.push(error);
            else
                throw error;
        }
    }
    const hasIndex = missing.length + denied.length < readers.length;
    // Some object stores say "denied" for what is not there: no matter where the other layout has an index.
    const [refusal] = denied;
    if (refusal !== undefined && !hasIndex)
        throw refusal;
    for (const { reader, damage } of missing) {
        if (reader.list !== undefined) {
            if (damage !== undefined)
                said.push(`its index cannot be used, its entries were read: ${(0,errors/* describeError */.Uc)(damage)}`);
            const source = await readEntries(reader, undefined, options, onBad, reporter);
            if (source !== undefined)
                answers.push(await ask(source));
        }
        else if (damage !== undefined) {
            throw damage;
        }
        else if (!hasIndex) {
            throw new errors/* BuildcacheError */.fO('not-found', 'it has no index, and plain HTTP cannot list what is there', {
                url: reader.storage.url,
                hint: 'run update-index where the mirror is written, or ask for single specs with check',
            });
        }
    }
    const [first] = bad;
    if (first !== undefined) {
        said.push(`${bad.size === 1 ? 'one spec' : `${bad.size} specs`} could not be read: ${first}`);
    }
    return said;
}
/** What may be wrong with an index while the entries are fine. */
const UNUSABLE = ['corrupt', 'bad-input', 'unsupported', 'too-large'];
/** @returns undefined when there is no index; else also the entries it lacks, where it may lack some */
async function askLayout(reader, mirror, ask, options, onBad) {
    const { indexStore, indexTtlMs, maxIndexBytes, signal } = options;
    const url = (0,fetch_document/* documentUrl */.LJ)(reader.storage, 'index');
    const entries = reader.indexMayLack === true ? await listEntries(reader, signal) : [];
    const hashes = new Set(entries.map(({ hash }) => hash));
    const found = await (0,listing/* askIndex */.aZ)(reader, `${(0,mirrors_mirror/* mirrorId */.N)(mirror)} ${reader.layout}`, { store: indexStore, ttlMs: indexTtlMs, maxIndexBytes, signal }, async (index) => {
        const listed = hashes.size === 0 ? hashes : await index.listed(hashes);
        return { answer: await ask(indexSpecs(index, url, onBad)), listed };
    });
    if (found === undefined)
        return undefined;
    const { answer, listed } = found.answer;
    return { answer, lacking: entries.filter(({ hash }) => !listed.has(hash)) };
}
async function readEntries(reader, entries, options, onBad, reporter) {
    let progress;
    try {
        return await entrySpecs(reader, {
            entries,
            asked: options.asked,
            noVirtuals: options.noVirtuals,
            jobs: options.connection.jobs,
            onBad,
            onProgress(done, total) {
                progress ??= reporter.progress('Reading specs', total);
                progress.advance(1, done);
            },
            signal: options.signal,
        });
    }
    finally {
        progress?.done();
    }
}


/***/ })

};
