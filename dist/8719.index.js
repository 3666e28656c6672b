export const id = 8719;
export const ids = [8719,6939,4803];
export const modules = {

/***/ 46326:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ openSigner)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);

/**
 * The key to sign with, unlocked. Spack's rules: a key that was chosen, else the only one there is.
 * @throws BuildcacheError `usage` when there is no key, none matches or several do, or the key is locked and there is
 *   no passphrase; `denied` for a wrong passphrase; `bad-input` for what is no secret key or can no longer sign
 *   (expired, revoked); `unsupported` for keys gpg and Spack could not verify with
 */
async function openSigner(options) {
    const { source, mirror } = options;
    if (options.secretKeys === undefined || options.secretKeys.trim() === '') {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', `mirror "${mirror}" is signed, and there is no key to sign with`, {
            hint: 'set BUILDCACHE_SIGNING_KEY or name a file with --signing-key-file, or push with --unsigned',
        });
    }
    const openpgp = await __webpack_require__.e(/* import() */ 3074).then(__webpack_require__.bind(__webpack_require__, 13074));
    const keys = await readSecretKeys(options.secretKeys, source);
    const chosen = chooseKey(keys, options);
    if (chosen.keyPacket.version !== 4) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('unsupported', `the key ${fingerprintOf(chosen)} is of version ${chosen.keyPacket.version}`, {
            file: source,
            expected: 'an OpenPGP version 4 key, which gpg and Spack can verify with',
        });
    }
    const key = await unlock(chosen, options);
    await requireUsable(key, source);
    return {
        fingerprint: fingerprintOf(key),
        publicKey: key.toPublic().armor(),
        async sign(text) {
            if (/^-|\r|[ \t]$/m.test(text)) {
                throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('internal', 'the text to sign would be changed by signing it');
            }
            const message = await openpgp.createCleartextMessage({ text });
            const signed = (await openpgp.sign({ message, signingKeys: key })).replaceAll('\r', '');
            // Spack takes what follows one header with one value, and does so with a pattern of its own.
            if (!/^-----BEGIN PGP SIGNED MESSAGE-----\nHash: [A-Z0-9]+\n\n/.test(signed)) {
                throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('unsupported', `signatures of the key ${fingerprintOf(key)} cannot be read by Spack`, {
                    expected: 'a signature with one Hash header',
                });
            }
            return signed;
        },
    };
}
async function readSecretKeys(armored, source) {
    const openpgp = await __webpack_require__.e(/* import() */ 3074).then(__webpack_require__.bind(__webpack_require__, 13074));
    const blocks = armored.match(/-----BEGIN PGP PRIVATE KEY BLOCK-----[\s\S]*?-----END PGP PRIVATE KEY BLOCK-----/g);
    if (blocks === null) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', 'this is no armored secret key', {
            file: source,
            expected: '-----BEGIN PGP PRIVATE KEY BLOCK-----',
            found: /BEGIN PGP PUBLIC KEY/.test(armored) ? 'a public key' : 'something else',
            hint: 'export it with `gpg --armor --export-secret-keys FINGERPRINT`',
        });
    }
    try {
        return (await Promise.all(blocks.map((armoredKeys) => openpgp.readPrivateKeys({ armoredKeys })))).flat();
    }
    catch {
        // What the library says may quote the key.
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', 'the secret key is damaged or of a kind that is not supported', {
            file: source,
            expected: 'an armored OpenPGP secret key, its line ends kept',
        });
    }
}
function chooseKey(keys, { choose, source }) {
    const matching = choose === undefined ? keys : keys.filter((key) => isNamed(key, choose));
    const [only] = matching;
    if (only !== undefined && matching.length === 1)
        return only;
    const names = (matching.length === 0 ? keys : matching).map(nameOf).join(', ');
    if (choose === undefined) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', `there are ${keys.length} keys to sign with and none was chosen`, {
            file: source,
            found: names,
            hint: 'choose one with --key FINGERPRINT',
        });
    }
    const message = matching.length === 0 ? 'is none of the keys' : `names ${matching.length} keys`;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', `--key ${choose} ${message}`, { file: source, found: names });
}
/** As gpg's `--local-user`: by fingerprint or key id, of the key or a subkey, else by user id. */
function isNamed(key, name) {
    const digits = name.replace(/^0x/i, '').replaceAll(' ', '').toUpperCase();
    if (/^[0-9A-F]{8,}$/.test(digits)) {
        return key.getKeys().some((each) => each.getFingerprint().toUpperCase().endsWith(digits));
    }
    return key.getUserIDs().some((id) => id.toLowerCase().includes(name.toLowerCase()));
}
async function unlock(key, { passphrase, source }) {
    if (key.isDecrypted())
        return key;
    if (passphrase === undefined || passphrase === '') {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', `the key ${fingerprintOf(key)} is locked with a passphrase`, {
            file: source,
            hint: 'set BUILDCACHE_SIGNING_PASSPHRASE',
        });
    }
    const openpgp = await __webpack_require__.e(/* import() */ 3074).then(__webpack_require__.bind(__webpack_require__, 13074));
    try {
        return await openpgp.decryptKey({ privateKey: key, passphrase });
    }
    catch {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('denied', `the passphrase does not open the key ${fingerprintOf(key)}`, {
            file: source,
            hint: 'check BUILDCACHE_SIGNING_PASSPHRASE',
        });
    }
}
async function requireUsable(key, source) {
    const name = fingerprintOf(key);
    if (await key.isRevoked()) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `the key ${name} was revoked`, { file: source });
    }
    const expiry = await key.getExpirationTime();
    if (expiry instanceof Date && expiry.getTime() <= Date.now()) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `the key ${name} expired on ${expiry.toISOString().slice(0, 10)}`, {
            file: source,
            hint: 'extend it (gpg --quick-set-expire) and export it again, or sign with another',
        });
    }
    if (key.getCreationTime().getTime() > Date.now()) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `the key ${name} was made in the future`, {
            file: source,
            found: key.getCreationTime().toISOString(),
            hint: "set this machine's clock",
        });
    }
    try {
        await key.getSigningKey();
    }
    catch (error) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `the key ${name} cannot sign`, { file: source, found: error instanceof Error ? error.message : String(error) }, error);
    }
}
function fingerprintOf(key) {
    return key.getFingerprint().toUpperCase();
}
function nameOf(key) {
    return `${fingerprintOf(key)} (${key.getUserIDs()[0] ?? 'no user id'})`;
}


/***/ }),

/***/ 19786:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $9: () => (/* binding */ KEY_VARIABLE),
/* harmony export */   GT: () => (/* binding */ PASSPHRASE_VARIABLE),
/* harmony export */   jy: () => (/* binding */ readSigningKey)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/** Where the secret key comes from: a file, else a variable. Its text goes to the signer and nowhere else. */



const KEY_VARIABLE = 'BUILDCACHE_SIGNING_KEY';
const PASSPHRASE_VARIABLE = 'BUILDCACHE_SIGNING_PASSPHRASE';
/** @throws BuildcacheError when the file cannot be read */
async function readSigningKey(file, { env, cwd }) {
    const passphrase = env[PASSPHRASE_VARIABLE];
    if (file === undefined)
        return { secretKeys: env[KEY_VARIABLE], passphrase, source: `$${KEY_VARIABLE}` };
    const source = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(cwd, file);
    try {
        return { secretKeys: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(source, 'utf8'), passphrase, source };
    }
    catch (error) {
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .fileError */ .zS)(error, source, 'read the secret key');
    }
}


/***/ }),

/***/ 99445:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  define: () => (/* binding */ verb_sync_define)
});

// EXTERNAL MODULE: ./node_modules/commander/esm.mjs
var esm = __webpack_require__(48179);
// EXTERNAL MODULE: ./build/cache/index-store.js
var index_store = __webpack_require__(67489);
// EXTERNAL MODULE: ./build/cache/signing.js
var signing = __webpack_require__(46326);
// EXTERNAL MODULE: ./build/commands/sync.js + 1 modules
var sync = __webpack_require__(56878);
// EXTERNAL MODULE: ./build/core/abort.js
var abort = __webpack_require__(67844);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/plan/sync-result.js
var sync_result = __webpack_require__(75409);
;// CONCATENATED MODULE: ./build/report/sync-json.js
/** What a sync came to, for machines. */

/** What `sync --json` prints. Fields are added, never changed: `version` says when that is not so. */
function syncJson(result) {
    return {
        version: 1,
        exit_code: (0,sync_result/* syncExitCode */.R)(result),
        dry_run: result.dryRun,
        mirrors: result.mirrors.map((mirror) => ({
            name: mirror.name,
            url: mirror.url,
            counts: (0,sync_result/* countSynced */.m)(mirror),
            index: mirror.index ?? null,
            key_failed: mirror.keyFailed ?? null,
            notes: mirror.notes,
            specs: mirror.specs.map(specJson),
        })),
    };
}
function specJson({ name, version, hash, source, outcome }) {
    const about = { name: name ?? null, version: version ?? null, hash, source, outcome: outcome.kind };
    switch (outcome.kind) {
        case 'copied': {
            const { signature, between, through } = outcome;
            return { ...about, signature, bytes: between + through, bytes_through_us: through };
        }
        case 'failed':
            return { ...about, code: outcome.code, reason: outcome.reason };
        case 'present':
        case 'would-copy':
        case 'not-tried':
            return about;
    }
}

// EXTERNAL MODULE: ./build/report/sync-text.js
var sync_text = __webpack_require__(54126);
// EXTERNAL MODULE: ./build/report/terminal.js
var terminal = __webpack_require__(63299);
// EXTERNAL MODULE: ./build/entry/named-environment.js
var named_environment = __webpack_require__(83742);
// EXTERNAL MODULE: ./build/entry/shared-options.js
var shared_options = __webpack_require__(23589);
// EXTERNAL MODULE: ./build/entry/signing-key.js
var signing_key = __webpack_require__(19786);
// EXTERNAL MODULE: ./build/entry/sync-request.js + 6 modules
var sync_request = __webpack_require__(4946);
// EXTERNAL MODULE: ./build/entry/trust-options.js + 1 modules
var trust_options = __webpack_require__(29385);
;// CONCATENATED MODULE: ./build/entry/verb-sync.js
/** `buildcache sync SRC DEST [SPEC…]` and `sync --manifest-glob GLOB [DEST]`: options in, copied specs and exit code out. */















function verb_sync_define(command, context) {
    (0,shared_options/* addSharedOptions */.J0)(command)
        .argument('[source]', 'where to copy from: a configured name, a path or a URL; not with --manifest-glob')
        .argument('[destination]', 'where to copy to; with --manifest-glob instead of what the lists say')
        .argument('[spec...]', 'what to copy (default: all specs of the environment)')
        .option('--manifest-glob <glob>', 'copy what these copy-lists say (repeatable)', shared_options/* collect */.Fo, [])
        .option('--all', 'copy what the source holds, or what of it matches, instead of the environment', false)
        .option('--allow-other-hosts', 'copy-lists may name mirrors that are not configured', false)
        .option('--hard-link', 'between folders of one file system, share the files of blobs', false)
        .addOption(new esm/* Option */.c$('-u, --unsigned', 'neither look at signatures nor make any; those that are there are kept').conflicts(['key', 'signingKeyFile']))
        .option('-k, --key <fingerprint>', 'sign everything anew, with this key')
        .option('--signing-key-file <file>', 'sign everything anew; an armored secret key')
        .option('--trusted-keys <file|fingerprint>', 'trust the public keys in this file, too; once a fingerprint is given, no keys but those (repeatable)', shared_options/* collect */.Fo, [])
        .option('--dry-run', 'say what would be copied', false)
        .action((source, destination, specs, options) => run([source, destination, ...specs], options, context));
}
async function run(positional, options, context) {
    const given = positional.filter((each) => each !== undefined);
    const { request, around } = await readRequest(given, options, context);
    const { reporter, connection } = around;
    const { signal } = context;
    const trust = await (0,trust_options/* readTrust */.bn)({ trustedKeys: options.trustedKeys, unsigned: options.unsigned }, context, reporter);
    const resign = options.key !== undefined || options.signingKeyFile !== undefined;
    const open = async (mirror) => {
        const key = await (0,signing_key/* readSigningKey */.jy)(options.signingKeyFile, context);
        return await (0,signing/* openSigner */.H)({ ...key, choose: options.key, mirror });
    };
    if (resign)
        await open(''); // a key that cannot sign is said before anything is read
    const work = await (0,sync_request/* planSync */.R)(request, {
        connection,
        trust,
        unsigned: options.unsigned === true,
        resign,
        openSigner: ({ name }) => open(name),
        indexStore: (0,index_store/* openIndexStore */.W)(around.indexFolder),
        indexTtlMs: around.indexTtlMs,
        maxIndexBytes: around.maxIndexBytes,
        signal,
    }, reporter);
    try {
        for (const note of work.notes)
            reporter.warn(note);
        const result = await (0,sync/* sync */.O)({
            work,
            hardLink: options.hardLink,
            updateIndex: true,
            dryRun: options.dryRun,
            jobs: options.jobs,
            listing: { store: (0,index_store/* openIndexStore */.W)(around.indexFolder), ttlMs: 0, maxIndexBytes: around.maxIndexBytes },
            signal,
            onOutcome: (spec) => {
                // A terminal has its bar; what went wrong is said at the end.
                if (context.stderr.isTTY || spec.outcome.kind === 'present')
                    reporter.debug((0,sync_text/* syncedLine */.j3)(spec));
                else
                    reporter.info((0,sync_text/* syncedLine */.j3)(spec));
            },
        }, reporter);
        for (const { name, notes } of result.mirrors)
            for (const note of notes)
                reporter.warn(`${name}: ${note}`);
        if (options.json)
            context.stdout.write(`${JSON.stringify(syncJson(result), null, 2)}\n`);
        else if (!options.quiet)
            context.stdout.write(`${(0,sync_text/* syncText */.n5)(result, (0,terminal/* terminalStyle */.w)(around.color)).join('\n')}\n`);
        if (result.cancelled)
            throw (0,abort/* cancelled */.KW)(signal);
        context.exit((0,sync_result/* syncExitCode */.R)(result));
    }
    finally {
        await work.close();
    }
}
async function readRequest(given, options, context) {
    const { manifestGlob, all, allowOtherHosts } = options;
    if (manifestGlob.length > 0) {
        const [destination, ...rest] = given;
        if (rest.length > 0 || all) {
            throw new errors/* BuildcacheError */.fO('usage', '--manifest-glob takes at most the mirror to copy to beside it', {
                found: all ? '--all' : rest.join(' '),
            });
        }
        const names = destination === undefined ? [] : [destination];
        const around = await (0,shared_options/* readSurroundings */.St)(options, context, names);
        const request = { kind: 'lists', patterns: manifestGlob, cwd: context.cwd, to: around.named[0] };
        return { request: { ...request, configured: around.mirrors, allowOtherHosts }, around };
    }
    const [source, destination, ...specs] = given;
    if (source === undefined || destination === undefined || options.mirrorUrl.length > 0) {
        throw new errors/* BuildcacheError */.fO('usage', 'sync takes the mirrors to copy from and to as arguments', {
            hint: 'buildcache sync SRC DEST [SPEC…], or --manifest-glob GLOB [DEST]',
        });
    }
    const around = await (0,shared_options/* readSurroundings */.St)({ ...options, mirrorUrl: [source, destination] }, context);
    const [from, to] = around.mirrors;
    const environment = all ? undefined : await (0,named_environment/* namedEnvironment */.f)(around.environment, options, context.env);
    return { request: { kind: 'mirror', from, to, environment, specs, all }, around };
}


/***/ }),

/***/ 51887:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   RW: () => (/* binding */ outcomeLine),
/* harmony export */   XF: () => (/* binding */ countOutcomes),
/* harmony export */   cq: () => (/* binding */ pushText),
/* harmony export */   oX: () => (/* binding */ indexText),
/* harmony export */   pV: () => (/* binding */ bytesText)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _spec_node_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(56832);
/* harmony import */ var _check_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(93235);
/** What a push came to, for a person: a line for each spec while it works, and the sum at the end. */



/** One line for one outcome, as it comes. */
function outcomeLine(spec, outcome, mirror) {
    const to = mirror === undefined ? '' : ` (${mirror})`;
    return (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(`${specName(spec)}: ${outcomeText(outcome)}${to}`);
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
        'not-tried': 0,
        failed: 0,
    };
    for (const { kind } of mirror.outcomes.values())
        counts[kind]++;
    return counts;
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
    if (counts['not-tried'] > 0)
        parts.push(style.doubt(`${counts['not-tried']} not tried`));
    if (counts.failed > 0)
        parts.push(style.bad(`${counts.failed} failed`));
    const lines = [`${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(mirror.name)}: ${parts.join(', ')}  ${style.dim((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(mirror.url))}`];
    if (mirror.index !== undefined)
        lines.push(`  ${indexText(mirror.index, style)}`);
    if (mirror.keyFailed !== undefined) {
        lines.push(`  ${style.bad('the public key could not be published:')} ${mirror.keyFailed}`);
    }
    const { images, tagged } = mirror;
    for (const image of images)
        lines.push(`  image: ${image}`);
    if (tagged !== undefined && 'name' in tagged)
        lines.push(`  image of all: ${tagged.name}`);
    if (tagged !== undefined && 'failed' in tagged) {
        lines.push(`  ${style.bad('the image of all could not be made:')} ${tagged.failed}`);
    }
    for (const spec of specs) {
        const outcome = mirror.outcomes.get(spec.hash);
        if (outcome?.kind !== 'failed')
            continue;
        lines.push(`  ${style.bad('failed')} ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(specName(spec))}: ${outcome.reason}`);
    }
    return lines;
}
/** What became of the index. */
function indexText(index, style) {
    if ('failed' in index)
        return `${style.bad('the index could not be updated:')} ${index.failed}`;
    if (!index.changed)
        return 'the index lists them already';
    return `the index was updated (${index.records} records)`;
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
        case 'not-tried':
            return 'not tried';
        case 'failed':
            return `failed: ${outcome.reason}`;
    }
}
function specName(spec) {
    return `${spec.name}@${spec.version}/${(0,_spec_node_js__WEBPACK_IMPORTED_MODULE_2__/* .shortHash */ .BC)(spec)}`;
}


/***/ }),

/***/ 68397:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ ANYTHING)
/* harmony export */ });
/** The constraint that everything matches. */
const ANYTHING = {
    name: undefined,
    namespace: undefined,
    versions: undefined,
    variants: [],
    flags: [],
    platform: undefined,
    os: undefined,
    target: undefined,
    hash: undefined,
    dependencies: [],
};


/***/ }),

/***/ 64803:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  compileConstraint: () => (/* binding */ compileConstraint),
  intersects: () => (/* binding */ intersects),
  satisfies: () => (/* binding */ satisfies)
});

// EXTERNAL MODULE: ./build/spec/target.js
var spec_target = __webpack_require__(63305);
// EXTERNAL MODULE: ./build/spec/version.js
var version = __webpack_require__(63166);
// EXTERNAL MODULE: ./build/spec/constraint/reach.js
var reach = __webpack_require__(74591);
;// CONCATENATED MODULE: ./build/spec/constraint/attributes.js



/** One test an attribute that asks something, the cheap ones first. */
function attributeTests(index, asked) {
    const { namespace, versions, platform, os, target } = asked;
    const tests = [];
    // A spec without a namespace is of every one.
    if (namespace !== undefined) {
        tests.push((node) => node.namespace === undefined || node.namespace === namespace);
    }
    if (versions !== undefined)
        tests.push(versionTest(versions));
    for (const variant of asked.variants)
        tests.push(variantTest(index, variant));
    // Spack lets `platform=*` and `os=*` switch off what else is asked of the architecture; here they ask nothing.
    if (platform !== undefined && platform !== '*')
        tests.push((node) => node.platform === platform);
    if (os !== undefined && os !== '*')
        tests.push((node) => node.os === os);
    if (target !== undefined)
        tests.push(remember((node) => node.target, (name) => (0,spec_target/* targetInSet */.lI)(name, target)));
    for (const flag of asked.flags)
        tests.push((node) => hasFlags(node, flag));
    return tests;
}
/** Whether a version written in a set is that of a compiler known by name and version only. */
function versionTest(versions) {
    return remember((spec) => spec.version, (text) => (0,version/* versionInSet */.QJ)((0,version/* parseVersion */.ot)(text), versions));
}
/** Caches by the one string of a node that decides: a graph has few of each. */
function remember(key, decide) {
    const known = new Map();
    return (node) => {
        const text = key(node);
        let answer = known.get(text);
        if (answer === undefined) {
            answer = decide(text);
            known.set(text, answer);
        }
        return answer;
    };
}
function variantTest(index, asked) {
    const { name } = asked;
    const matches = (value) => asked.kind === 'boolean' ? toBoolean(value) === asked.value : hasValues(value, asked);
    if (!asked.propagate) {
        return (node) => {
            const value = variantOf(node, name);
            return value !== undefined && matches(value);
        };
    }
    return (0,reach/* holdsThroughout */.w)(index, (node) => {
        const value = variantOf(node, name);
        return value === undefined || matches(value);
    });
}
function variantOf(node, name) {
    const value = node.variants.get(name);
    if (value !== undefined || name !== 'patches')
        return value;
    // Also a key of its own in the dictionary, where Spack keeps the order they apply in.
    const { patches } = node.dict;
    return Array.isArray(patches) ? patches.filter((patch) => typeof patch === 'string') : undefined;
}
/** Spack reads the words in any case as booleans, also where a document has them as strings. */
function toBoolean(value) {
    if (typeof value !== 'string')
        return typeof value === 'boolean' ? value : undefined;
    return /^(true|false)$/i.test(value) ? value.toLowerCase() === 'true' : undefined;
}
function hasValues(value, asked) {
    if (toBoolean(value) !== undefined)
        return asked.values.length === 0 && !asked.exact;
    const actual = typeof value === 'string' ? [value] : value;
    // Patches are named by the first digits of their SHA-256.
    const isPrefixed = asked.name === 'patches' && !asked.exact;
    const isThere = (wanted) => isPrefixed ? actual.some((one) => one.startsWith(wanted)) : actual.includes(wanted);
    return asked.values.every(isThere) && (!asked.exact || actual.every((one) => asked.values.includes(one)));
}
function hasFlags(node, asked) {
    const actual = node.flags.get(asked.name);
    return actual !== undefined && asked.values.every((flag) => actual.includes(flag));
}

// EXTERNAL MODULE: ./build/spec/constraint/compiler.js
var constraint_compiler = __webpack_require__(49491);
// EXTERNAL MODULE: ./build/spec/constraint/conflict.js
var conflict = __webpack_require__(18188);
;// CONCATENATED MODULE: ./build/spec/constraint/match.js




/**
 * A test for the nodes of a graph, worth keeping for many of them: the first question about what lies below a node
 * looks at the whole graph, all others at little more than that node. The graph must not change afterwards.
 */
function compileConstraint(graph, constraint) {
    const { index, tests } = memoryOf(graph);
    let test = tests.get(constraint);
    if (test === undefined) {
        test = compile(index, constraint, true);
        tests.set(constraint, test);
    }
    return test;
}
/**
 * Whether every build that the node describes (there is one) is one that the constraint describes.
 * What is compiled is kept as long as graph and constraint live.
 */
function satisfies(graph, node, constraint) {
    return compileConstraint(graph, constraint)(node);
}
/** Whether some build is one that both describe. A concrete spec describes one build, so this is {@link satisfies}. */
function intersects(graph, node, constraint) {
    return satisfies(graph, node, constraint);
}
const memories = new WeakMap();
function memoryOf({ nodes }) {
    let memory = memories.get(nodes);
    if (memory === undefined) {
        memory = { index: (0,reach/* indexGraph */.f5)(nodes), tests: new WeakMap() };
        memories.set(nodes, memory);
    }
    return memory;
}
function compile(index, asked, withDependencies) {
    const { name, hash } = asked;
    const attributes = attributeTests(index, asked);
    const dependencies = withDependencies ? dependencyTests(index, asked) : [];
    const providers = name === undefined ? undefined : index.providersOf(name);
    return (node) => {
        if (hash !== undefined && !node.hash.startsWith(hash))
            return false;
        // What else is asked is asked of the virtual package, about which a node says nothing.
        if (name !== undefined && node.name !== name)
            return providers?.has(node.hash) ?? false;
        return attributes.every((test) => test(node)) && dependencies.every((test) => test(node));
    };
}
/** Tests for the whole tree of dependencies, each to be put to the node at its root. */
function dependencyTests(index, root) {
    const tests = [];
    const parents = [root];
    for (const parent of parents) {
        for (const [first, all] of groupSame(parent.dependencies)) {
            const specs = all.map(({ spec }) => spec);
            const virtuals = all.flatMap((edge) => edge.virtuals);
            tests.push(edgeTest(index, { parent: parent.name, first, specs, virtuals }));
            parents.push(...specs.filter(({ dependencies }) => dependencies.length > 0));
        }
    }
    return tests;
}
/** The same dependencies, by the first of them. */
function groupSame(edges) {
    const groups = new Map();
    for (const edge of edges) {
        const first = [...groups.keys()].find((other) => (0,conflict/* isSameDependency */.Q)(other, edge)) ?? edge;
        groups.set(first, [...(groups.get(first) ?? []), edge]);
    }
    return groups;
}
function edgeTest(index, edge) {
    const test = edge.first.kind === '^' ? transitiveTest(index, edge) : directTest(index, edge);
    const { parent } = edge;
    const { when } = edge.first;
    if (when === undefined)
        return test;
    const applies = compile(index, when, true);
    return (node) => {
        const subject = parent === undefined || parent === node.name ? node : (0,reach/* findPackage */.CV)(index, node, parent);
        return (subject !== undefined && !applies(subject)) || test(node);
    };
}
/** `^`: the virtuals may come with other edges to a package of that name than the one that meets the rest. */
function transitiveTest(index, { first, specs, virtuals }) {
    const { name } = first.spec;
    const isNamed = (edge) => name === undefined || edge.name === name || edge.virtuals.includes(name);
    const matches = childTest(index, specs, false);
    const tests = virtuals.map((virtual) => (0,reach/* hasDependency */.ws)(index, (edge) => isNamed(edge) && (edge.virtuals.includes(virtual) || edge.name === virtual)));
    tests.push((0,reach/* hasDependency */.ws)(index, (edge) => isNamed(edge) && matches(edge)));
    return (node) => tests.every((test) => test(node));
}
function directTest(index, edge) {
    const { parent, first, specs } = edge;
    const { name } = first.spec;
    const isVirtual = name !== undefined && index.providersOf(name).size > 0;
    const virtuals = isVirtual ? [...edge.virtuals, name] : edge.virtuals;
    const isNamed = ({ name: found, virtuals: provided }) => {
        const assigned = virtuals.length === 0 || virtuals.some((virtual) => provided.includes(virtual));
        return isVirtual ? assigned || found === name : assigned && (name === undefined || found === name);
    };
    const matches = childTest(index, specs, true);
    const isCompiler = compilerTest(specs);
    return (node) => {
        const subject = parent === undefined || parent === name ? node : (0,reach/* findPackage */.CV)(index, node, parent);
        if (subject === undefined)
            return false;
        if (lacksCompilerEdges(subject))
            return isCompiler(subject);
        return subject.dependencies.some((found) => isNamed(found) && first.deptypes.every((type) => found.deptypes.includes(type)) && matches(found));
    };
}
/** Whether the node at the end of an edge meets all of these. */
function childTest(index, specs, deep) {
    const tests = specs.map((spec) => compile(index, spec, deep));
    return (edge) => {
        const child = index.nodes.get(edge.hash);
        if (child !== undefined)
            return tests.every((test) => test(child));
        // A pruned cache: of a package that is not in the graph we know what the edge says.
        return specs.every((spec) => edgeAloneMeets(edge, spec));
    };
}
function edgeAloneMeets(edge, spec) {
    if (!edge.hash.startsWith(spec.hash ?? ''))
        return false;
    if (spec.name !== undefined && spec.name !== edge.name)
        return edge.virtuals.includes(spec.name);
    return asksNothingElse(spec);
}
function asksNothingElse(spec) {
    const { namespace, versions, variants, flags, platform, os, target, dependencies } = spec;
    const attributes = [namespace, versions, platform, os, target];
    return (attributes.every((value) => value === undefined) &&
        variants.length + flags.length + dependencies.length === 0);
}
/** Before format 5 the compiler was no dependency; and an external spec has no dependencies that could tell it. */
function lacksCompilerEdges(node) {
    return node.originalFormat < 5 || (node.external !== undefined && node.dependencies.length === 0);
}
/**
 * Whether a node's compiler, of which only name and version are known, meets all of these. Spack 1.2 knows the
 * old compiler names in what is asked but not in old specs, so that its `%clang` finds nothing there; ours does.
 */
function compilerTest(specs) {
    const versionTests = specs.flatMap(({ versions }) => versions === undefined ? [] : [versionTest(versions)]);
    // Nothing lies below a compiler that could contradict what is propagated.
    const rest = specs.map((spec) => ({
        ...spec,
        namespace: undefined,
        versions: undefined,
        variants: spec.variants.filter(({ propagate }) => !propagate),
    }));
    const canHold = rest.every((spec) => spec.hash === undefined && asksNothingElse(spec));
    return (node) => {
        const compiler = (0,constraint_compiler/* compilerOf */.Lx)(node);
        if (compiler === undefined || !canHold)
            return false;
        const isNamed = specs.every(({ name }) => name === undefined || name === (0,constraint_compiler/* packageOfCompiler */.Bx)(compiler.name));
        return isNamed && versionTests.every((test) => test(compiler));
    };
}


/***/ }),

/***/ 16939:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  parseSpec: () => (/* binding */ parseSpec),
  parseSpecArguments: () => (/* binding */ parseSpecArguments),
  parseSpecs: () => (/* binding */ parseSpecs)
});

// EXTERNAL MODULE: ./build/spec/node.js
var spec_node = __webpack_require__(56832);
// EXTERNAL MODULE: ./build/spec/constraint/compiler.js
var compiler = __webpack_require__(49491);
// EXTERNAL MODULE: ./build/spec/constraint/conflict.js
var constraint_conflict = __webpack_require__(18188);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/spec/target.js
var target = __webpack_require__(63305);
// EXTERNAL MODULE: ./build/spec/version.js
var version = __webpack_require__(63166);
// EXTERNAL MODULE: ./build/spec/constraint/constraint.js
var constraint = __webpack_require__(68397);
// EXTERNAL MODULE: ./build/spec/constraint/scan.js
var scan = __webpack_require__(40295);
;// CONCATENATED MODULE: ./build/spec/constraint/parse-node.js
/** The part of parsing that reads one node: its name, version, variants, flags, architecture and hash. */






function newDraft() {
    return { ...constraint/* ANYTHING */.n, variants: [], flags: [], dependencies: [] };
}
/**
 * Reads one node's name and attributes; false if there is nothing of one at the cursor.
 * @throws BuildcacheError `usage`, naming the column
 */
function parseNode(cursor, node) {
    const start = cursor.next;
    for (let token = cursor.tokens[start]; token !== undefined; token = cursor.tokens[cursor.next]) {
        switch (token.kind) {
            case 'name':
                // A second name starts the next spec, and so does one after an attribute.
                if (cursor.next !== start)
                    return true;
                setName(node, token.text);
                break;
            case 'hash':
                if (node.hash !== undefined)
                    return true;
                node.hash = token.text;
                break;
            case 'version': {
                const { text } = token;
                if (node.versions !== undefined)
                    throw (0,scan/* problemAt */.l4)(cursor.text, token.start, 'a second version');
                node.versions = within(cursor.text, token.start, () => (0,version/* parseVersionSet */.uI)(text));
                break;
            }
            case 'boolean':
            case 'pair':
                setAttribute(cursor.text, node, token);
                break;
            default:
                return cursor.next !== start;
        }
        cursor.next++;
    }
    return cursor.next !== start;
}
/** Adds the column to the errors of what reads a part of the text, which starts there. */
function within(text, start, read) {
    try {
        return read();
    }
    catch (error) {
        if (!(error instanceof errors/* BuildcacheError */.fO))
            throw error;
        throw (0,scan/* problemAt */.l4)(text, start, error.message, error.facts.hint);
    }
}
function setName(node, text) {
    if (text === '*')
        return;
    const dot = text.lastIndexOf('.');
    node.name = text.slice(dot + 1);
    if (dot >= 0)
        node.namespace = text.slice(0, dot);
}
/** What looks like a variant and is none. */
const ATTRIBUTES = ['arch', 'architecture', 'platform', 'os', 'operating_system', 'target', 'namespace'];
/** With the variants that say where one package's source is from. */
const NEVER_PROPAGATED = [...ATTRIBUTES, 'branch', 'commit', 'dev_path', 'patches', 'ref', 'tag'];
const HOST_NAMES = ['frontend', 'fe', 'backend', 'be'];
function setAttribute(text, node, token) {
    const { name, start, propagate } = token;
    if (propagate && NEVER_PROPAGATED.includes(name)) {
        throw (0,scan/* problemAt */.l4)(text, start, `${name} cannot be propagated`, `write ${name}=`);
    }
    const isFlag = spec_node/* FLAG_NAMES */.G0.includes(name);
    if (token.kind === 'boolean') {
        if (isFlag || ATTRIBUTES.includes(name))
            throw (0,scan/* problemAt */.l4)(text, start, `${name} takes a value`, `write ${name}=`);
        addVariant(text, node, start, { kind: 'boolean', name, value: token.value, propagate });
    }
    else if (isFlag) {
        const values = splitFlags(token.value);
        if (values.length > 0)
            node.flags.push({ name, values, propagate });
    }
    else if (name === 'namespace') {
        node.namespace = token.value;
    }
    else if (ATTRIBUTES.includes(name)) {
        setArchitecture(text, node, token);
    }
    else {
        addVariant(text, node, start, parseVariant(text, token));
    }
}
function addVariant(text, node, start, variant) {
    if (node.variants.some(({ name }) => name === variant.name)) {
        throw (0,scan/* problemAt */.l4)(text, start, `variant ${variant.name} given twice`);
    }
    node.variants.push(variant);
}
function parseVariant(text, token) {
    const { name, value, propagate } = token;
    if (/^(true|false)$/i.test(value)) {
        return { kind: 'boolean', name, value: value.toLowerCase() === 'true', propagate };
    }
    if (value === '*')
        return { kind: 'values', name, values: [], exact: false, propagate };
    const values = [...new Set(value.split(','))].sort();
    if (values.includes('*'))
        throw (0,scan/* problemAt */.l4)(text, token.start, '"*" cannot be one of several values');
    return { kind: 'values', name, values, exact: token.exact, propagate };
}
/** A word that does not start with a dash is the value of the flag before it. */
function splitFlags(text) {
    const flags = [];
    for (const word of text.split(/\s+/).filter((part) => part !== '')) {
        const last = flags.at(-1);
        if (last === undefined || word.startsWith('-'))
            flags.push(word);
        else
            flags[flags.length - 1] = `${last} ${word}`;
    }
    return flags;
}
/** `arch=` takes `platform-os-target`, with `None` for a part that is left open, or just a target. */
function setArchitecture(text, node, token) {
    const { name, value, start } = token;
    const parts = value.split('-');
    if ((name === 'arch' || name === 'architecture') && parts.length === 3) {
        const [platform, os, target] = parts;
        setPart(text, start, node, 'platform', platform);
        setPart(text, start, node, 'os', os);
        setPart(text, start, node, 'target', target);
    }
    else if (name === 'platform') {
        setPart(text, start, node, 'platform', value);
    }
    else if (name === 'os' || name === 'operating_system') {
        setPart(text, start, node, 'os', value);
    }
    else {
        setPart(text, start, node, 'target', value);
    }
}
function setPart(text, start, node, part, value = '') {
    if (value === '' || value === 'None')
        return;
    if (node[part] !== undefined)
        throw (0,scan/* problemAt */.l4)(text, start, `${part} given twice`);
    if (part !== 'platform' && (HOST_NAMES.includes(value) || value === `default_${part}`)) {
        const hint = `name the ${part} itself`;
        throw (0,scan/* problemAt */.l4)(text, start, `${JSON.stringify(value)} stands for this host's own ${part}, which a query cannot use,`, hint);
    }
    if (part === 'target')
        node.target = within(text, start, () => (0,target/* parseTargetSet */.lf)(value));
    else
        node[part] = value;
}

;// CONCATENATED MODULE: ./build/spec/constraint/parse.js
/**
 * Parses Spack 1.2's spec syntax into constraints. It accepts what Spack accepts, except what Spack reads as
 * something nobody can mean: a sigil with nothing after it, spec files, the names that stand for the host's own
 * operating system and target, and a `when=` with a comma, which Spack cuts short there.
 */





/**
 * All specs in a text, in order; none if it is blank.
 * @throws BuildcacheError `usage`, one line that names the column
 */
function parseSpecs(text) {
    const cursor = { text, tokens: (0,scan/* scan */.SQ)(text), next: 0 };
    const specs = [];
    while (cursor.next < cursor.tokens.length)
        specs.push(parseOne(cursor));
    return specs;
}
/**
 * The one spec in a text.
 * @throws BuildcacheError `usage`, also for none and for more than one
 */
function parseSpec(text) {
    const cursor = { text, tokens: (0,scan/* scan */.SQ)(text), next: 0 };
    if (cursor.tokens.length === 0)
        throw (0,scan/* problemAt */.l4)(text, 0, 'expected a spec');
    const spec = parseOne(cursor);
    const more = cursor.tokens[cursor.next];
    if (more !== undefined)
        throw (0,scan/* problemAt */.l4)(text, more.start, 'expected one spec, but another starts');
    return spec;
}
/**
 * Specs from command-line arguments, which Spack joins: `foo @1.2 %gcc` is one spec. The shell has taken the
 * quotes of `cflags="-O2 -g"`, so an argument that starts like a pair is one, to its end.
 * @throws BuildcacheError `usage`; the column is the one in the joined text, which the message shows
 */
function parseSpecArguments(args) {
    return parseSpecs(args.map(requote).join(' '));
}
function requote(argument) {
    const [, key, value] = /^([A-Za-z0-9_][A-Za-z0-9_.-]*:?==?)(.*)$/s.exec(argument) ?? [];
    if (key === undefined || value === undefined || /^[A-Za-z0-9,/_.\-[\]]*$/.test(value))
        return argument;
    const quote = value.includes("'") ? '"' : "'";
    return key + quote + value.replaceAll(quote, `\\${quote}`) + quote;
}
function parseOne(cursor) {
    const first = cursor.tokens[cursor.next];
    if (first?.kind === 'edge-close')
        throw (0,scan/* problemAt */.l4)(cursor.text, first.start, 'unexpected "]"');
    const root = newDraft();
    parseNode(cursor, root);
    let parent = root;
    for (let token = cursor.tokens[cursor.next]; token !== undefined; token = cursor.tokens[cursor.next]) {
        if (token.kind !== 'edge' && token.kind !== 'edge-open')
            break;
        cursor.next++;
        const attributes = token.kind === 'edge' ? { ...NO_ATTRIBUTES, virtuals: token.virtuals } : parseAttributes(cursor);
        const spec = newDraft();
        if (!parseNode(cursor, spec)) {
            const hint = 'write * for any package';
            throw (0,scan/* problemAt */.l4)(cursor.text, token.start, `expected a dependency for the "${token.sigil}"`, hint);
        }
        if (token.sigil !== '^' && spec.name !== undefined)
            spec.name = (0,compiler/* packageOfCompiler */.Bx)(spec.name);
        // `^` is always the root's; `%` belongs to what stands before it.
        if (token.sigil === '^')
            parent = root;
        const virtuals = [...new Set(attributes.virtuals)].sort();
        const edge = { ...attributes, virtuals, kind: token.sigil, spec };
        const conflict = (0,constraint_conflict/* conflictWith */.F)(parent.dependencies, edge);
        if (conflict !== undefined)
            throw (0,scan/* problemAt */.l4)(cursor.text, token.start, conflict);
        parent.dependencies.push(edge);
        if (token.sigil === '^')
            parent = spec;
    }
    return root;
}
const NO_ATTRIBUTES = { deptypes: [], virtuals: [], when: undefined };
/** What stands between `[` and `]`, and the virtuals assigned after it. */
function parseAttributes(cursor) {
    const { text } = cursor;
    const found = new Map();
    for (let token = cursor.tokens[cursor.next];; token = cursor.tokens[cursor.next]) {
        const at = token?.start ?? text.length;
        if (token?.kind === 'edge-close') {
            cursor.next++;
            const all = [...found.values()];
            return {
                deptypes: all.flatMap(({ deptypes }) => deptypes),
                virtuals: [...all.flatMap(({ virtuals }) => virtuals), ...token.virtuals],
                when: all.find(({ when }) => when !== undefined)?.when,
            };
        }
        if (token?.kind !== 'pair' || token.propagate)
            throw (0,scan/* problemAt */.l4)(text, at, 'expected deptypes=, virtuals=, when= or "]"');
        if (found.has(token.name))
            throw (0,scan/* problemAt */.l4)(text, at, `${token.name} given twice`);
        found.set(token.name, parseAttribute(text, token));
        cursor.next++;
    }
}
function parseAttribute(text, { name, value, start }) {
    switch (name) {
        case 'deptypes': {
            const given = value.split(',');
            const wrong = given.find((type) => !spec_node/* DEPTYPES */.Rt.some((known) => known === type));
            if (wrong !== undefined)
                throw (0,scan/* problemAt */.l4)(text, start, `${JSON.stringify(wrong)} is not one of ${spec_node/* DEPTYPES */.Rt.join(', ')},`);
            return { ...NO_ATTRIBUTES, deptypes: spec_node/* DEPTYPES */.Rt.filter((type) => given.includes(type)) };
        }
        case 'virtuals': {
            const virtuals = value.split(',');
            const wrong = virtuals.find((virtual) => !(0,scan/* isIdentifier */._5)(virtual));
            if (wrong !== undefined)
                throw (0,scan/* problemAt */.l4)(text, start, `${JSON.stringify(wrong)} cannot be a virtual package,`);
            return { ...NO_ATTRIBUTES, virtuals };
        }
        case 'when': {
            if (value.includes(',')) {
                throw (0,scan/* problemAt */.l4)(text, start, 'a condition cannot have a comma', 'Spack would ignore what comes after it');
            }
            return { ...NO_ATTRIBUTES, when: within(text, start, () => parseSpec(value)) };
        }
        default:
            throw (0,scan/* problemAt */.l4)(text, start, `unknown attribute ${name} of a dependency; expected deptypes, virtuals or when,`);
    }
}


/***/ }),

/***/ 74591:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CV: () => (/* binding */ findPackage),
/* harmony export */   f5: () => (/* binding */ indexGraph),
/* harmony export */   w: () => (/* binding */ holdsThroughout),
/* harmony export */   ws: () => (/* binding */ hasDependency)
/* harmony export */ });
/* harmony import */ var _graph_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(85746);
/**
 * Questions about everything below a node, answered for a whole graph in one walk, so that asking each of 100,000
 * nodes costs no more than asking one. Nothing here recurses: a lockfile may describe any depth, and cycles.
 */

function indexGraph(nodes) {
    let providers;
    let order;
    return {
        nodes,
        providersOf(virtual) {
            providers ??= collectProviders(nodes);
            return providers.get(virtual) ?? NOBODY;
        },
        order() {
            order ??= (0,_graph_js__WEBPACK_IMPORTED_MODULE_0__/* .postOrder */ .b)({ nodes }, nodes.keys());
            return order;
        },
    };
}
/**
 * Whether an edge that passes is among a node's direct build, link and run dependencies, or further below among
 * the link and run dependencies of those: what `^` looks at.
 */
function hasDependency(index, passes) {
    let above;
    const isAbove = (node, known) => node.dependencies.some((edge) => isRuntime(edge.deptypes) && (known.has(edge.hash) || passes(edge)));
    return (node) => {
        above ??= collect(index, isAbove);
        return isAbove(node, above) || node.dependencies.some((edge) => isBuild(edge.deptypes) && passes(edge));
    };
}
/** Whether a test holds for a node and everything below it, by edges of any type. */
function holdsThroughout(index, holds) {
    let broken;
    const isBroken = (node, known) => !holds(node) || node.dependencies.some((edge) => known.has(edge.hash));
    return (node) => {
        broken ??= collect(index, isBroken);
        return !isBroken(node, broken);
    };
}
/**
 * The package that a node means by a name, as Spack's `spec[name]`: a direct build or test dependency, else the
 * nearest of the node itself and its link and run dependencies. A virtual package's name stands for its provider.
 */
function findPackage({ nodes }, node, name) {
    const isMeant = (edge) => edge.name === name || edge.virtuals.includes(name);
    const direct = node.dependencies.find((edge) => (isBuild(edge.deptypes) || edge.deptypes.includes('test')) && isMeant(edge));
    if (direct !== undefined)
        return nodes.get(direct.hash);
    if (node.name === name)
        return node;
    const queue = [node];
    const seen = new Set(queue);
    for (const current of queue) {
        const edges = current.dependencies.filter((edge) => isRuntime(edge.deptypes));
        // Spack looks at a level in the order it was reached, and at siblings by name.
        edges.sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
        const found = edges.find(isMeant);
        if (found !== undefined)
            return nodes.get(found.hash);
        for (const edge of edges) {
            const child = nodes.get(edge.hash);
            if (child === undefined || seen.has(child))
                continue;
            seen.add(child);
            queue.push(child);
        }
    }
    return undefined;
}
const NOBODY = new Set();
/** The hashes of all nodes that pass, given those of the nodes below them that do. */
function collect(index, passes) {
    const found = new Set();
    for (const node of index.order()) {
        if (passes(node, found))
            found.add(node.hash);
    }
    return found;
}
// To Spack an edge without types, which nothing writes any more, is of every type.
function isRuntime(deptypes) {
    return deptypes.length === 0 || deptypes.includes('link') || deptypes.includes('run');
}
function isBuild(deptypes) {
    return deptypes.length === 0 || deptypes.includes('build');
}
function collectProviders(nodes) {
    const providers = new Map();
    for (const node of nodes.values()) {
        for (const edge of node.dependencies) {
            for (const virtual of edge.virtuals) {
                const hashes = providers.get(virtual);
                if (hashes === undefined)
                    providers.set(virtual, new Set([edge.hash]));
                else
                    hashes.add(edge.hash);
            }
        }
    }
    return providers;
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
 * Reads the install database `<store>/.spack-db/index.json`, versions 5 to 8. Version 5 carries spec format 1,
 * where a node is keyed by its name and so are its dependencies.
 */



/** The spec format that a database or index of this version carries; undefined for versions we do not read. */
function specFormatOf(version) {
    return FORMAT_OF[version];
}
const FORMAT_OF = { 5: 3, 6: 3, 7: 4, 8: 5 };
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
            expected: 'version 5 to 8',
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


/***/ })

};
