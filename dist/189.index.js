export const id = 189;
export const ids = [189];
export const modules = {

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
