export const id = 3743;
export const ids = [3743];
export const modules = {

/***/ 89555:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ updateIndex)
/* harmony export */ });
/* harmony import */ var _cache_index_update_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6515);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);


/**
 * @throws BuildcacheError `usage` for a view that is there and may not be replaced; `unsupported` for layout 2; else as
 *   the storage does
 */
async function updateIndex(options) {
    const { cache, only, existing, keys, full, jobs, signal } = options;
    if (cache.index.isView && existing === 'refuse')
        await requireNoView(cache, signal);
    await cache.prepare(signal);
    const problems = [];
    const onProblem = (text) => void problems.push(text);
    const index = await (0,_cache_index_update_js__WEBPACK_IMPORTED_MODULE_0__/* .remakeIndex */ .wM)(cache, {
        only,
        append: existing === 'append',
        full,
        jobs,
        onProblem,
        signal,
    });
    const keysChanged = keys && (await cache.updateKeyIndex(signal));
    return { url: cache.reader.storage.url, index, keysChanged, problems };
}
async function requireNoView({ index }, signal) {
    if (!(await index.read(signal)).exists)
        return;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('usage', 'there is an index of that name already', {
        url: index.url,
        hint: 'replace it with --force, or add to it with --append',
    });
}


/***/ }),

/***/ 98415:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ refusePrivileged),
/* harmony export */   pushCommand: () => (/* binding */ pushCommand),
/* harmony export */   updateIndexCommand: () => (/* binding */ updateIndexCommand)
/* harmony export */ });
/* harmony import */ var _commands_update_index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(89555);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _mirrors_environment_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(52875);
/* harmony import */ var _mirrors_open_target_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(56183);
/* harmony import */ var _tree_install_snapshot_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(17883);
/* harmony import */ var _action_connection_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(84895);
/* harmony import */ var _autopush_state_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8376);
/* harmony import */ var _push_step_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(80526);
/** The commands of the main step that write to mirrors: `push` and `update-index`. */








/** Everything built in the install tree that belongs to the environment, or is named. @returns the exit code */
async function pushCommand(step, reporter) {
    const { inputs } = step;
    if (inputs.installTree === undefined) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('usage', 'which install tree to push from is not known', {
            hint: 'name its root in the input install-tree',
        });
    }
    const { installTree } = inputs;
    return await (0,_push_step_js__WEBPACK_IMPORTED_MODULE_7__.runPush)({ ...step, installTree, mirrors: chosenMirrors(inputs), before: _tree_install_snapshot_js__WEBPACK_IMPORTED_MODULE_4__/* .EMPTY_SNAPSHOT */ .v_ }, reporter);
}
/** @throws BuildcacheError `denied` where a stranger may be behind what has our secrets */
function refusePrivileged({ host, inputs }) {
    if (host.pullRequest?.privileged !== true || inputs.allowPrivileged)
        return;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('denied', `refused on ${host.eventName}`, {
        hint: 'allow-unsafe-pull-request-target: true says that it is safe',
    });
}
/** @returns the exit code: 1 when it failed for one of the mirrors, and `push-failure` does not say otherwise */
async function updateIndexCommand(step, reporter) {
    const { inputs } = step;
    refusePrivileged(step);
    if (inputs.dryRun)
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('usage', 'update-index has no dry run');
    let failed = false;
    for (const mirror of chosenMirrors(inputs)) {
        try {
            await remake(mirror, step, reporter);
        }
        catch (error) {
            failed = true;
            const text = `${mirror.name}: ${step.signal.aborted ? 'cancelled' : (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .describeError */ .Uc)(error)}`;
            if (inputs.pushFailure === 'error')
                reporter.error(text);
            else
                reporter.warn(text);
        }
    }
    return failed && inputs.pushFailure === 'error' ? 1 : 0;
}
async function remake(mirror, step, reporter) {
    const { inputs, env, signal } = step;
    const { view } = mirror.push;
    const only = view === undefined ? undefined : new Set((await (0,_mirrors_environment_js__WEBPACK_IMPORTED_MODULE_2__/* .readEnvironment */ .Qo)(inputs.environment)).nodes.keys());
    const cache = await (0,_mirrors_open_target_js__WEBPACK_IMPORTED_MODULE_3__/* .openPushMirror */ .Q)(mirror, (0,_action_connection_js__WEBPACK_IMPORTED_MODULE_5__/* .actionConnection */ .X)(inputs, env), view);
    try {
        const how = { cache, only, existing: 'replace', keys: mirror.signed, full: false };
        const { index, problems } = await (0,_commands_update_index_js__WEBPACK_IMPORTED_MODULE_0__/* .updateIndex */ .U)({ ...how, jobs: inputs.jobs, signal });
        for (const problem of problems)
            reporter.warn(`${mirror.name}: ${problem}`);
        const what = index.changed ? `now has ${index.records} records` : 'was right already';
        reporter.info(`${mirror.name}: the index ${what}`);
    }
    finally {
        await cache.close();
    }
}
/** Those that are named or configured for autopush, else all: whoever gives this command wants to write. */
function chosenMirrors(inputs) {
    const meant = (0,_autopush_state_js__WEBPACK_IMPORTED_MODULE_6__/* .autopushMirrors */ .u1)(inputs);
    const mirrors = meant.length > 0 ? meant : inputs.configuration.mirrors.filter(({ binary }) => binary);
    if (mirrors.length > 0)
        return mirrors;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('usage', 'there is no mirror to write to', {
        hint: 'name one in the input mirrors, or in spack.yaml',
    });
}


/***/ }),

/***/ 63305:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NO: () => (/* binding */ runnableOn),
/* harmony export */   dy: () => (/* binding */ formatTargetSet),
/* harmony export */   lI: () => (/* binding */ targetInSet),
/* harmony export */   lf: () => (/* binding */ parseTargetSet),
/* harmony export */   pU: () => (/* binding */ microarchitectures),
/* harmony export */   qg: () => (/* binding */ targetSetsOverlap),
/* harmony export */   wd: () => (/* binding */ targetFamily)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _data_microarchitectures_json__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(22242);
/**
 * CPU targets as archspec knows them: which target's binaries run on which other, and the sets that `target=`
 * accepts (`zen2`, `x86_64_v3:`, `:haswell`, `x86_64_v2:icelake`, lists of these).
 *
 * Targets form a partial order: a target is above its ancestors, and runs what was built for them. One that
 * archspec does not know (data/NOTICE.md says which archspec) stands alone: it equals itself and is in no range.
 */


/** All targets archspec knows, by name. */
function microarchitectures() {
    known ??= readMicroarchitectures();
    return known;
}
/** The root of a target's tree, such as `x86_64` or `aarch64`; an unknown target is its own. */
function targetFamily(name) {
    const all = microarchitectures();
    const isRoot = (candidate) => all.get(candidate)?.ancestors.size === 0;
    return [name, ...(all.get(name)?.ancestors ?? [])].find(isRoot) ?? name;
}
/** Whether binaries built for `target` run on a `host` target: the same one, or an ancestor of it. */
function runnableOn(host, target) {
    return host === target || (microarchitectures().get(host)?.ancestors.has(target) ?? false);
}
/**
 * Reads the value of `target=`.
 * @throws BuildcacheError `usage` for a range whose bound archspec does not know: nothing could be said to be in it
 */
function parseTargetSet(text) {
    return text === '*' ? [{ kind: 'any' }] : text.split(',').map(parseItem);
}
/** The inverse of {@link parseTargetSet}. */
function formatTargetSet(set) {
    return set.map(formatItem).join(',');
}
/** Whether a concrete target is in the set. */
function targetInSet(name, set) {
    return set.some((item) => isInItem(name, item));
}
/** Whether some target, known to archspec or named in either, is in both sets. */
function targetSetsOverlap(a, b) {
    const named = [...a, ...b].flatMap((item) => (item.kind === 'exact' ? [item.name] : []));
    return [...named, ...microarchitectures().keys()].some((name) => targetInSet(name, a) && targetInSet(name, b));
}
let known;
function readMicroarchitectures() {
    const entries = _data_microarchitectures_json__WEBPACK_IMPORTED_MODULE_1__/* .targets */ .zV;
    const result = new Map();
    const read = (name) => {
        const done = result.get(name);
        if (done !== undefined)
            return done;
        const entry = entries[name];
        if (entry === undefined)
            throw new Error(`microarchitectures.json lacks ${name}`);
        const parents = entry.from.map(read);
        const target = {
            name,
            vendor: entry.vendor,
            ancestors: new Set(parents.flatMap((parent) => [parent.name, ...parent.ancestors])),
            features: new Set([...parents.flatMap((parent) => [...parent.features]), ...entry.adds]),
            generation: entry.generation ?? 0,
            part: entry.part,
        };
        result.set(name, target);
        return target;
    };
    for (const name of Object.keys(entries))
        read(name);
    return result;
}
function parseItem(text) {
    const colon = text.indexOf(':');
    if (colon < 0)
        return { kind: 'exact', name: text };
    return { kind: 'range', low: parseBound(text.slice(0, colon)), high: parseBound(text.slice(colon + 1)) };
}
function formatItem(item) {
    switch (item.kind) {
        case 'any':
            return '*';
        case 'exact':
            return item.name;
        case 'range':
            return `${item.low ?? ''}:${item.high ?? ''}`;
    }
}
function isInItem(name, item) {
    switch (item.kind) {
        case 'any':
            return true;
        case 'exact':
            return item.name === name;
        case 'range':
            return ((item.low === undefined || runnableOn(name, item.low)) &&
                (item.high === undefined || runnableOn(item.high, name)));
    }
}
function parseBound(name) {
    if (name === '')
        return undefined;
    if (microarchitectures().has(name))
        return name;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', `${JSON.stringify(name)} cannot bound a range of targets: archspec does not know it`, {
        hint: 'name it without a range, or list the targets you mean',
    });
}


/***/ }),

/***/ 22242:
/***/ ((module) => {

module.exports = /*#__PURE__*/JSON.parse('{"i0":{"0x41":"ARM","0x42":"Broadcom","0x43":"Cavium","0x44":"DEC","0x46":"Fujitsu","0x48":"HiSilicon","0x49":"Infineon Technologies AG","0x4d":"Motorola","0x4e":"Nvidia","0x50":"APM","0x51":"Qualcomm","0x53":"Samsung","0x56":"Marvell","0x61":"Apple","0x66":"Faraday","0x68":"HXT","0x69":"Intel"},"nF":{"sse4.1":"sse4_1","sse4.2":"sse4_2","avx1.0":"avx","lahf":"lahf_lm","sha":"sha_ni","popcnt lzcnt":"abm","clfsopt":"clflushopt","xsave":"xsavec xsaveopt"},"zV":{"x86":{"from":[],"vendor":"generic","adds":[]},"i686":{"from":["x86"],"vendor":"GenuineIntel","adds":[]},"pentium2":{"from":["i686"],"vendor":"GenuineIntel","adds":["mmx"]},"pentium3":{"from":["pentium2"],"vendor":"GenuineIntel","adds":["sse"]},"pentium4":{"from":["pentium3"],"vendor":"GenuineIntel","adds":["sse2"]},"prescott":{"from":["pentium4"],"vendor":"GenuineIntel","adds":["sse3"]},"x86_64":{"from":[],"vendor":"generic","adds":[]},"x86_64_v2":{"from":["x86_64"],"vendor":"generic","adds":["cx16","lahf_lm","mmx","popcnt","sse","sse2","sse3","sse4_1","sse4_2","ssse3"]},"x86_64_v3":{"from":["x86_64_v2"],"vendor":"generic","adds":["abm","avx","avx2","bmi1","bmi2","f16c","fma","movbe","xsave"]},"x86_64_v4":{"from":["x86_64_v3"],"vendor":"generic","adds":["avx512bw","avx512cd","avx512dq","avx512f","avx512vl"]},"nocona":{"from":["x86_64"],"vendor":"GenuineIntel","adds":["mmx","sse","sse2","sse3"]},"core2":{"from":["nocona"],"vendor":"GenuineIntel","adds":["ssse3"]},"nehalem":{"from":["core2","x86_64_v2"],"vendor":"GenuineIntel","adds":[]},"westmere":{"from":["nehalem"],"vendor":"GenuineIntel","adds":["aes","pclmulqdq"]},"sandybridge":{"from":["westmere"],"vendor":"GenuineIntel","adds":["avx"]},"ivybridge":{"from":["sandybridge"],"vendor":"GenuineIntel","adds":["f16c","rdrand"]},"haswell":{"from":["ivybridge","x86_64_v3"],"vendor":"GenuineIntel","adds":[]},"broadwell":{"from":["haswell"],"vendor":"GenuineIntel","adds":["adx","rdseed"]},"skylake":{"from":["broadwell"],"vendor":"GenuineIntel","adds":["clflushopt","xsavec","xsaveopt"]},"mic_knl":{"from":["broadwell"],"vendor":"GenuineIntel","adds":["avx512cd","avx512er","avx512f","avx512pf"]},"skylake_avx512":{"from":["skylake","x86_64_v4"],"vendor":"GenuineIntel","adds":["clwb"]},"cannonlake":{"from":["skylake"],"vendor":"GenuineIntel","adds":["avx512bw","avx512cd","avx512dq","avx512f","avx512ifma","avx512vbmi","avx512vl","sha_ni"]},"cascadelake":{"from":["skylake_avx512"],"vendor":"GenuineIntel","adds":["avx512_vnni"]},"icelake":{"from":["cascadelake","cannonlake"],"vendor":"GenuineIntel","adds":["avx512_bitalg","avx512_vbmi2","avx512_vpopcntdq","gfni","rdpid","vaes","vpclmulqdq"]},"sapphirerapids":{"from":["icelake"],"vendor":"GenuineIntel","adds":["amx_bf16","amx_int8","amx_tile","avx512_bf16","cldemote","movdir64b","movdiri","serialize","waitpkg"]},"k10":{"from":["x86_64"],"vendor":"AuthenticAMD","adds":["3dnow","3dnowext","abm","cx16","mmx","sse","sse2","sse4a"]},"bulldozer":{"from":["x86_64_v2"],"vendor":"AuthenticAMD","adds":["abm","aes","avx","fma4","pclmulqdq","sse4a","xop","xsave"]},"piledriver":{"from":["bulldozer"],"vendor":"AuthenticAMD","adds":["bmi1","f16c","fma","tbm"]},"steamroller":{"from":["piledriver"],"vendor":"AuthenticAMD","adds":["fsgsbase"]},"excavator":{"from":["steamroller","x86_64_v3"],"vendor":"AuthenticAMD","adds":[]},"zen":{"from":["x86_64_v3"],"vendor":"AuthenticAMD","adds":["aes","clflushopt","clzero","fsgsbase","pclmulqdq","rdseed","sse4a","xsavec","xsaveopt"]},"zen2":{"from":["zen"],"vendor":"AuthenticAMD","adds":["clwb"]},"zen3":{"from":["zen2"],"vendor":"AuthenticAMD","adds":["pku","vaes","vpclmulqdq"]},"zen4":{"from":["zen3","x86_64_v4"],"vendor":"AuthenticAMD","adds":["avx512_bf16","avx512_bitalg","avx512_vbmi2","avx512_vnni","avx512_vpopcntdq","avx512ifma","avx512vbmi","flush_l1d","gfni"]},"zen5":{"from":["zen4"],"vendor":"AuthenticAMD","adds":["avx512_vp2intersect","avx_vnni","ibrs_enhanced","movdir64b","movdiri","tsc_adjust"]},"ppc64":{"from":[],"vendor":"generic","adds":[]},"power7":{"from":["ppc64"],"vendor":"IBM","adds":[],"generation":7},"power8":{"from":["power7"],"vendor":"IBM","adds":[],"generation":8},"power9":{"from":["power8"],"vendor":"IBM","adds":[],"generation":9},"power10":{"from":["power9"],"vendor":"IBM","adds":[],"generation":10},"ppc64le":{"from":[],"vendor":"generic","adds":[]},"power8le":{"from":["ppc64le"],"vendor":"IBM","adds":[],"generation":8},"power9le":{"from":["power8le"],"vendor":"IBM","adds":[],"generation":9},"power10le":{"from":["power9le"],"vendor":"IBM","adds":[],"generation":10},"aarch64":{"from":[],"vendor":"generic","adds":[]},"armv8.1a":{"from":["aarch64"],"vendor":"generic","adds":[]},"armv8.2a":{"from":["armv8.1a"],"vendor":"generic","adds":[]},"armv8.3a":{"from":["armv8.2a"],"vendor":"generic","adds":[]},"armv8.4a":{"from":["armv8.3a"],"vendor":"generic","adds":[]},"armv8.5a":{"from":["armv8.4a"],"vendor":"generic","adds":[]},"armv8.6a":{"from":["armv8.5a"],"vendor":"generic","adds":[]},"armv9.0a":{"from":["armv8.5a"],"vendor":"generic","adds":[]},"thunderx2":{"from":["armv8.1a"],"vendor":"Cavium","adds":["aes","asimd","asimdrdm","atomics","cpuid","crc32","evtstrm","fp","pmull","sha1","sha2"],"part":"0x0af"},"a64fx":{"from":["armv8.2a"],"vendor":"Fujitsu","adds":["asimd","asimdhp","asimdrdm","atomics","cpuid","crc32","dcpop","evtstrm","fcma","fp","fphp","sha1","sha2","sve"],"part":"0x001"},"cortex_a72":{"from":["aarch64"],"vendor":"ARM","adds":["aes","asimd","cpuid","crc32","evtstrm","fp","pmull","sha1","sha2"],"part":"0xd08"},"neoverse_n1":{"from":["cortex_a72","armv8.2a"],"vendor":"ARM","adds":["asimddp","asimdhp","asimdrdm","atomics","dcpop","fphp","lrcpc"],"part":"0xd0c"},"neoverse_v1":{"from":["neoverse_n1","armv8.4a"],"vendor":"ARM","adds":["asimdfhm","bf16","dcpodp","dgh","dit","fcma","flagm","i8mm","ilrcpc","jscvt","rng","sha3","sha512","sve","svebf16","svei8mm","uscat"],"part":"0xd40"},"neoverse_v2":{"from":["neoverse_n1","armv9.0a"],"vendor":"ARM","adds":["asimdfhm","bf16","dcpodp","fcma","flagm","flagm2","frint","i8mm","ilrcpc","jscvt","sb","sha3","sha512","sve","sve2","svebf16","svei8mm","uscat"],"part":"0xd4f"},"neoverse_n2":{"from":["neoverse_n1","armv9.0a"],"vendor":"ARM","adds":["asimdfhm","bf16","dcpodp","fcma","flagm","flagm2","frint","i8mm","ilrcpc","jscvt","sb","sha3","sha512","sve","sve2","svebf16","svei8mm","uscat"],"part":"0xd49"},"m1":{"from":["armv8.4a"],"vendor":"Apple","adds":["aes","asimd","asimddp","asimdfhm","asimdhp","asimdrdm","atomics","cpuid","crc32","dcpodp","dcpop","dit","evtstrm","fcma","flagm","flagm2","fp","fphp","frint","ilrcpc","jscvt","lrcpc","paca","pacg","pmull","sb","sha1","sha2","sha3","sha512","ssbs","uscat"],"part":"0x022"},"m2":{"from":["m1","armv8.5a"],"vendor":"Apple","adds":["bf16","bti","ecv","i8mm"],"part":"0x032"},"m3":{"from":["m2","armv8.6a"],"vendor":"Apple","adds":[],"part":"Unknown"},"m4":{"from":["m3","armv8.6a"],"vendor":"Apple","adds":["sme","sme2"],"part":"Unknown"},"arm":{"from":[],"vendor":"generic","adds":[]},"ppc":{"from":[],"vendor":"generic","adds":[]},"ppcle":{"from":[],"vendor":"generic","adds":[]},"sparc":{"from":[],"vendor":"generic","adds":[]},"sparc64":{"from":[],"vendor":"generic","adds":[]},"riscv64":{"from":[],"vendor":"generic","adds":[]},"u74mc":{"from":["riscv64"],"vendor":"SiFive","adds":[]}}}');

/***/ })

};
