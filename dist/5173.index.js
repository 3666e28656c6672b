export const id = 5173;
export const ids = [5173];
export const modules = {

/***/ 41059:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ findSpecs)
/* harmony export */ });
/* harmony import */ var _spec_constraint_compiler_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49491);
/* harmony import */ var _spec_constraint_match_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(64803);
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
    // Without questions about what is below, one test serves all and needs no graph.
    const shallow = deep ? undefined : (0,_spec_constraint_match_js__WEBPACK_IMPORTED_MODULE_1__.compileConstraint)({ nodes: new Map() }, asked);
    for await (const batch of batches(source.candidates(asked), deep ? DEEP_BATCH : BATCH)) {
        const nodes = deep
            ? await closure(source, batch)
            : await source.get(batch.flatMap(compilerEdges).map(hashOf));
        const test = shallow ?? (0,_spec_constraint_match_js__WEBPACK_IMPORTED_MODULE_1__.compileConstraint)({ nodes }, asked);
        for (const node of batch) {
            // Of a virtual package, about which a node says nothing, nothing else is asked.
            const provides = asked.name !== undefined && node.name !== asked.name;
            if (provides || test(node))
                visit(node, compilersOf(node, nodes));
        }
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

/***/ 87127:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  v: () => (/* binding */ askMirror)
});

// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(70370);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
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
async function entrySpecs(reader, { entries: known, asked, jobs, onBad, onProgress, signal }) {
    const entries = known ?? (await listEntries(reader, signal));
    if (entries.length === 0)
        return undefined;
    const wanted = wantedEntries(reader, entries, asked);
    const nodes = new Map();
    const inCache = new Set();
    const limit = (0,p_limit/* default */.A)(jobs);
    let done = 0;
    const read = async ({ key, hash }) => {
        signal?.throwIfAborted();
        const spec = await readOrReport(async () => {
            const entry = await reader.readAt(key, signal);
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
function wantedEntries(reader, entries, asked) {
    const wanted = new Set();
    for (const { name, hash = '' } of asked) {
        const named = name === undefined ? entries : entries.filter((entry) => reader.couldBe(entry, name));
        if (named.length === 0)
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
    return {
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
        async get(hashes) {
            const found = new Map();
            for (const hash of hashes) {
                const node = nodes.get(hash);
                if (node !== undefined)
                    found.set(hash, node);
            }
            return found;
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
;// CONCATENATED MODULE: ./build/cache/index-specs.js
/** The specs of a cache, read out of its index. */





/** Decoded records kept for whoever asks next: compilers and common libraries lie below everything. */
const KEEP = 100_000;
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
            expected: 'version 6 to 8',
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
    return {
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
function decodeRecord({ hash, json }, format, url) {
    const record = JSON.parse(json.toString('utf8'));
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
        dict: { patches: node.dict['patches'], annotations: node.dict['annotations'] },
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
