export const id = 1823;
export const ids = [1823];
export const modules = {

/***/ 60771:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $e: () => (/* binding */ saveInstallCache),
/* harmony export */   X7: () => (/* binding */ rememberInstallCache),
/* harmony export */   it: () => (/* binding */ restoreInstallCache)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(51455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(76760);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(46466);
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(82552);
/* harmony import */ var _github_cache_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(21112);
/* harmony import */ var _github_files_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(42177);
/* harmony import */ var _github_inputs_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(52325);
/**
 * What an install needs, kept across jobs in GitHub's cache: the packages as they were downloaded, not the tree that
 * was made of them. A tree's files are changed when they are relocated, so nothing anybody has signed says what they
 * must be; of a package its mirror's signed manifest does, and it is asked each time. Making the tree again is about
 * as fast as reading it back would be.
 */










/** Gigabytes take their time. */
const TIMEOUT_MS = 15 * 60_000;
/** Undefined where there is no cache, or nothing in it would be faster than the mirrors themselves. */
async function restoreInstallCache(env, { mirrors, root, fingerprints, hashes }, reporter) {
    if (!mirrors.some(({ fetch }) => !fetch.url.startsWith('file:')))
        return undefined;
    const cache = (0,_github_cache_js__WEBPACK_IMPORTED_MODULE_7__/* .openHostCache */ .N)(env, { warn: (text) => reporter.warn(text), timeoutMs: TIMEOUT_MS });
    if (cache === undefined)
        return undefined;
    const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(env['RUNNER_TEMP'] ?? (0,node_os__WEBPACK_IMPORTED_MODULE_3__.tmpdir)(), 'buildcache-packages');
    (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.mkdirSync)(folder, { recursive: true });
    const place = (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_6__/* .sha256 */ .sc)(JSON.stringify([root, [...fingerprints].sort()])).slice(0, 16);
    const base = `buildcache-install-1-${place}-`;
    const key = base + (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_6__/* .sha256 */ .sc)([...hashes].sort().join('\n')).slice(0, 16);
    // Of another set of specs most may be the same.
    const restored = await cache.restore([folder], key, [base]);
    const { kept, refused } = await keepOnly(folder, (digest, file) => hasDigest(file, digest));
    if (refused > 0) {
        reporter.warn(`the Actions cache ${restored ?? ''}: ${refused} restored files are not what they should be and were refused; the mirrors are asked for them`);
    }
    if (restored !== undefined)
        reporter.info(`${kept} packages came from the Actions cache ${restored}`);
    return { folder, key, restored };
}
/**
 * Tells the post step what to save, if it is something new.
 * @param used digests of the packages that were installed; others are thrown away
 */
async function rememberInstallCache(env, { folder, key, restored }, used) {
    if (key === restored || !env['GITHUB_STATE'])
        return;
    const { kept } = await keepOnly(folder, async (digest) => used.has(digest));
    if (kept === 0)
        return;
    (0,_github_files_js__WEBPACK_IMPORTED_MODULE_8__/* .saveState */ .LZ)(env, 'install-cache-key', key);
    (0,_github_files_js__WEBPACK_IMPORTED_MODULE_8__/* .saveState */ .LZ)(env, 'install-cache-folder', folder);
}
/** The post step's part. */
async function saveInstallCache(env, warn) {
    const key = (0,_github_inputs_js__WEBPACK_IMPORTED_MODULE_9__/* .readState */ .u)(env, 'install-cache-key');
    const folder = (0,_github_inputs_js__WEBPACK_IMPORTED_MODULE_9__/* .readState */ .u)(env, 'install-cache-folder');
    if (key === undefined || folder === undefined)
        return;
    await (0,_github_cache_js__WEBPACK_IMPORTED_MODULE_7__/* .openHostCache */ .N)(env, { warn, timeoutMs: TIMEOUT_MS })?.save([folder], key);
}
/** Removes all that is no file named by a digest, or is not to be kept. What was restored may be anything. */
async function keepOnly(folder, isKept) {
    let kept = 0;
    let refused = 0;
    const visit = async (at) => {
        for (const entry of await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readdir)(at, { withFileTypes: true })) {
            const path = (0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(at, entry.name);
            const digest = (0,node_path__WEBPACK_IMPORTED_MODULE_4__.basename)(path);
            if (entry.isDirectory())
                await visit(path);
            else if (entry.isFile() && (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_6__/* .isSha256 */ ._h)(digest) && (await isKept(digest, path)))
                kept++;
            else {
                refused++;
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(path, { force: true });
            }
        }
    };
    await visit(folder);
    return { kept, refused };
}
async function hasDigest(file, digest) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    await (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_5__.pipeline)((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.createReadStream)(file), hash);
    return hash.digest('hex') === digest;
}


/***/ }),

/***/ 71823:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  installCommand: () => (/* binding */ installCommand)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/cache/download-cache.js + 1 modules
var download_cache = __webpack_require__(78651);
// EXTERNAL MODULE: ./build/cache/index-store.js
var index_store = __webpack_require__(67489);
// EXTERNAL MODULE: ./build/commands/install.js + 15 modules
var install = __webpack_require__(89425);
// EXTERNAL MODULE: ./build/commands/sources.js
var sources = __webpack_require__(87913);
// EXTERNAL MODULE: ./build/commands/wanted-specs.js + 1 modules
var wanted_specs = __webpack_require__(77651);
// EXTERNAL MODULE: ./build/core/abort.js
var abort = __webpack_require__(67844);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
// EXTERNAL MODULE: ./build/core/redact.js
var redact = __webpack_require__(193);
;// CONCATENATED MODULE: ./build/github/fetched-tool.js
/**
 * A program that is fetched once and kept in the runner's tool cache. It is what its digest says, each time it is
 * used: a tool cache may outlive the job that filled it.
 */







/**
 * @param name of the program; in a `.tar.gz` it is `bin/<name>`
 * @param source `URL#sha256=DIGEST` of the program or the `.tar.gz`
 * @returns its path
 * @throws BuildcacheError `usage` for a source without a digest, `corrupt` for another file, `unreachable`
 */
async function fetchTool(env, name, source) {
    const [, url = '', sha256 = ''] = /^(https?:\/\/[^#\s]+)#sha256=([0-9a-f]{64})$/i.exec(source) ?? [];
    const temp = env['RUNNER_TEMP'];
    if (url === '' || !temp || !env['RUNNER_TOOL_CACHE']) {
        throw new errors/* BuildcacheError */.fO('usage', `no place to fetch ${name} from`, {
            expected: 'a URL that ends in #sha256=DIGEST, in a job of a runner',
            found: (0,redact/* redactUrl */.B)(source),
        });
    }
    const tools = await Promise.all(/* import() */[__webpack_require__.e(2507), __webpack_require__.e(9805)]).then(__webpack_require__.bind(__webpack_require__, 59805));
    const digest = sha256.toLowerCase();
    const version = `0.0.0-x${digest.slice(0, 20)}`; // the toolkit wants one, and knows no digests
    const kept = tools.find(name, version);
    if (kept !== '' && (await digestOf((0,external_node_path_.join)(kept, FILE))) === digest) {
        return await unpacked(tools, name, url, (0,external_node_path_.join)(kept, FILE), temp);
    }
    let file;
    try {
        file = await tools.downloadTool(url);
    }
    catch (error) {
        throw new errors/* BuildcacheError */.fO('unreachable', `could not fetch ${name}: ${(0,errors/* describeError */.Uc)(error)}`, { url: (0,redact/* redactUrl */.B)(url) }, error);
    }
    const found = await digestOf(file);
    if (found !== digest) {
        throw new errors/* BuildcacheError */.fO('corrupt', `${name} is not what it should be`, {
            url: (0,redact/* redactUrl */.B)(url),
            expected: digest,
            found: found ?? 'nothing',
        });
    }
    const cached = await tools.cacheFile(file, FILE, name, version);
    return await unpacked(tools, name, url, (0,external_node_path_.join)(cached, FILE), temp);
}
/** Its name in the tool cache. */
const FILE = 'download';
async function unpacked(tools, name, url, file, temp) {
    const folder = (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)(temp, `${name}-`));
    const isArchive = /\.t(ar\.)?gz$/.test(new URL(url).pathname);
    const program = isArchive ? (0,external_node_path_.join)(await tools.extractTar(file, folder), 'bin', name) : (0,external_node_path_.join)(folder, name);
    if (!isArchive)
        await (0,promises_.copyFile)(file, program);
    if (!(0,external_node_fs_.existsSync)(program)) {
        throw new errors/* BuildcacheError */.fO('bad-input', `there is no bin/${(0,external_node_path_.basename)(program)} in it`, {
            url: (0,redact/* redactUrl */.B)(url),
        });
    }
    await (0,promises_.chmod)(program, 0o755);
    return program;
}
async function digestOf(file) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    try {
        await (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)(file), hash);
    }
    catch {
        return undefined;
    }
    return hash.digest('hex');
}

// EXTERNAL MODULE: ./build/github/files.js
var files = __webpack_require__(42177);
// EXTERNAL MODULE: ./build/github/inputs.js
var github_inputs = __webpack_require__(52325);
// EXTERNAL MODULE: ./build/report/install-text.js
var install_text = __webpack_require__(4230);
// EXTERNAL MODULE: ./build/spec/format.js
var format = __webpack_require__(40731);
// EXTERNAL MODULE: ./build/github/summary.js
var summary = __webpack_require__(13794);
;// CONCATENATED MODULE: ./build/github/install-summary.js



/** Rows of the table; the outputs hold all of it. */
const MAX_ROWS = 200;
function installSummary(result) {
    const isBad = ({ outcome: { kind } }) => kind === 'failed' || kind === 'not-tried';
    const bad = result.specs.filter(isBad);
    const [sentence = ''] = (0,install_text/* installText */.DC)({ ...result, root: '' });
    const title = `## ${bad.length > 0 ? '❌' : '✅'} Build cache: ${sentence.trim()}`;
    // What went wrong first: it is what one looks for.
    const sorted = [...bad, ...result.specs.filter((each) => !isBad(each))];
    const table = (0,summary/* markdownTable */.Qj)(['Spec', 'What', 'From', 'Prefix, or why not'], sorted
        .slice(0, MAX_ROWS)
        .map(({ spec, outcome, prefix }) => [
        (0,summary/* code */.aY)((0,format/* shortSpec */.Gx)(spec)),
        outcome.kind,
        outcome.kind === 'installed' ? (0,summary/* code */.aY)(outcome.mirror) : '',
        'reason' in outcome ? (0,summary/* escapeMarkdown */.FV)(outcome.reason) : (0,summary/* code */.aY)(prefix ?? ''),
    ])).trimEnd();
    const rest = sorted.length - MAX_ROWS;
    const parts = [title, table];
    if (rest > 0)
        parts.push(`…and ${rest} more: the output installed has all of them.`);
    if (result.notes.length > 0)
        parts.push(result.notes.map((text) => `- ${(0,summary/* escapeMarkdown */.FV)(text)}`).join('\n'));
    return `${parts.join('\n\n')}\n`;
}

// EXTERNAL MODULE: ./build/plan/install-result.js
var install_result = __webpack_require__(14303);
// EXTERNAL MODULE: ./build/report/shared-reasons.js
var shared_reasons = __webpack_require__(44186);
// EXTERNAL MODULE: ./build/spec/graph.js
var graph = __webpack_require__(85746);
// EXTERNAL MODULE: ./build/spec/host-architecture.js + 1 modules
var host_architecture = __webpack_require__(40189);
// EXTERNAL MODULE: ./build/tree/run-environment.js
var run_environment = __webpack_require__(66464);
// EXTERNAL MODULE: ./build/entry/action-connection.js + 3 modules
var action_connection = __webpack_require__(84895);
// EXTERNAL MODULE: ./build/entry/install-cache.js
var install_cache = __webpack_require__(60771);
// EXTERNAL MODULE: ./build/entry/install-tree-settings.js + 2 modules
var install_tree_settings = __webpack_require__(6226);
// EXTERNAL MODULE: ./build/entry/named-environment.js
var named_environment = __webpack_require__(83742);
// EXTERNAL MODULE: ./build/entry/trust-options.js
var trust_options = __webpack_require__(90066);
;// CONCATENATED MODULE: ./build/entry/install-step.js
/** The command of the main step that installs: an install tree filled, and its programs on the PATH of what follows. */
























/** @returns the exit code: 1 where something is not there */
async function installCommand(step, reporter) {
    const { env, host: job, inputs, folder, signal } = step;
    const cwd = job.workspace ?? process.cwd();
    const { settings, inspections } = await (0,install_tree_settings.readTreeConfiguration)(inputs.environment.folder, inputs.installTree, { env, cwd, otherwise: runnersTree(env) });
    const trustedKeys = (0,trust_options/* splitTrustedKeys */.sc)((0,github_inputs/* readInput */.R)(env, 'trusted-keys') ?? '');
    const trust = await (0,trust_options/* readTrust */.bn)({ trustedKeys, unsigned: false }, { env, cwd }, reporter);
    const named = (0,github_inputs/* readInput */.R)(env, 'environment');
    const environment = await (0,named_environment/* namedEnvironment */.f)(inputs.environment, named === undefined ? {} : { environment: named }, env);
    const implicit = inputs.selection.specs.length === 0 ? await (0,named_environment/* implicitRoots */.p)(inputs.environment, environment) : undefined;
    const host = inputs.otherarch ? undefined : await (0,host_architecture.hostArchitecture)();
    const patchelf = (0,github_inputs/* readInput */.R)(env, 'patchelf');
    const tools = patchelf === undefined
        ? undefined
        : { patchelf: await fetchTool(env, 'patchelf', patchelf), codesign: undefined };
    const connection = (0,action_connection/* actionConnection */.X)(inputs, env);
    const mirrors = inputs.configuration.mirrors.filter(({ binary }) => binary);
    const nodes = new Map();
    const result = await (0,sources/* withSources */.Z6)({ mirrors, trust, nodes, connection, signal }, reporter, async (sources) => {
        const tellOnce = (0,shared_reasons/* tellReasonsOnce */.MK)();
        const indexStore = (0,index_store/* openIndexStore */.W)((0,external_node_path_.join)(folder, 'index'));
        const asking = { sources, host, connection, indexStore, indexTtlMs: 0, signal };
        const wanted = await (0,wanted_specs/* wantedSpecs */.g)({ ...asking, specs: inputs.selection.specs, environment, cwd, multiple: false }, nodes, reporter);
        for (const note of wanted.notes)
            reporter.warn(note);
        const needed = (0,graph/* postOrder */.bV)({ nodes }, wanted.roots, (0,graph/* ofTypes */.vz)('link', 'run'));
        const hashes = needed.filter(({ external }) => external === undefined).map(({ hash }) => hash);
        const about = { mirrors, root: settings.root, fingerprints: trust?.trusted() ?? [], hashes };
        const cache = inputs.installCache && !inputs.dryRun ? await (0,install_cache/* restoreInstallCache */.it)(env, about, reporter) : undefined;
        const done = await (0,install/* install */.a)({
            ...asking,
            cache: (0,download_cache/* openDownloadCache */.l)(cache?.folder),
            graph: { nodes },
            roots: wanted.roots,
            implicit,
            settings,
            dependencies: true,
            force: false,
            sha256: undefined,
            lock: true,
            tools,
            dryRun: inputs.dryRun,
            jobs: inputs.jobs,
            onOutcome: (spec) => reporter.info((0,install_text/* installLine */.c6)({ ...spec, outcome: tellOnce(spec.outcome) })),
        }, reporter);
        if (cache !== undefined && (0,install_result/* installExitCode */.P)(done) === 0) {
            await (0,install_cache/* rememberInstallCache */.X7)(env, cache, digestsOf(done));
        }
        const there = new Map(done.specs.filter(install_result/* isThere */.$).map((each) => [each.spec.hash, each.prefix]));
        const roots = wanted.roots.filter((hash) => there.has(hash));
        const prefixOf = ({ hash }) => there.get(hash);
        if (!done.dryRun)
            announce((0,run_environment/* runEnvironment */.t7)({ nodes }, roots, { inspections, prefixOf }), env, reporter);
        return done;
    });
    publish(result, step, reporter);
    if (result.cancelled)
        throw (0,abort/* cancelled */.KW)(signal);
    return (0,install_result/* installExitCode */.P)(result);
}
/** Where a runner keeps tools: short enough for most packages, and on a runner of one's own it stays. */
function runnersTree(env) {
    const tools = env['RUNNER_TOOL_CACHE'] || env['RUNNER_TEMP'];
    return tools === undefined ? undefined : (0,external_node_path_.join)(tools, 'spack');
}
function digestsOf({ specs }) {
    return new Set(specs.flatMap(({ outcome }) => (outcome.kind === 'installed' ? [outcome.sha256] : [])));
}
/** Makes the changes for the steps that follow. The runner puts each folder it reads before those before it. */
function announce(changes, env, reporter) {
    for (const [name, value] of (0,run_environment/* shellVariables */.AG)(changes, env)) {
        try {
            if (name !== 'PATH')
                (0,files/* exportVariable */.dN)(env, name, value);
            else
                for (const { variable, folder } of changes)
                    if (variable === name)
                        (0,files/* addPath */.fM)(env, folder);
        }
        catch (error) {
            reporter.warn(`${name} is left as it was: ${(0,errors/* describeError */.Uc)(error)}`);
        }
    }
}
function publish(result, { env, folder, inputs }, reporter) {
    (0,files/* setJsonOutput */.mI)(env, 'installed', (0,install_text/* installedJson */.v8)(result), (0,external_node_path_.join)(folder, 'installed.json'));
    const [first] = result.specs.filter((each) => each.root && (0,install_result/* isThere */.$)(each));
    (0,files/* setOutput */.uH)(env, 'prefix', first?.prefix ?? '');
    if (inputs.summary && env['GITHUB_STEP_SUMMARY'])
        (0,summary/* appendSummary */.fe)(env, installSummary(result));
    for (const note of result.notes)
        reporter.warn(note);
    const lines = (0,install_text/* installText */.DC)(result);
    reporter.grouped(`Build cache: ${lines[0]?.trim() ?? ''}`, lines);
    for (const text of (0,install_text/* installFailures */.dr)(result))
        reporter.error(text);
}


/***/ })

};
