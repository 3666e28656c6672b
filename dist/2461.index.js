export const id = 2461;
export const ids = [2461,8432];
export const modules = {

/***/ 75517:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Vv: () => (/* binding */ mirrorBase),
/* harmony export */   W8: () => (/* binding */ nameInPlace),
/* harmony export */   YV: () => (/* binding */ entryUrl),
/* harmony export */   di: () => (/* binding */ parseEntryUrl),
/* harmony export */   k2: () => (/* binding */ entryKey),
/* harmony export */   s6: () => (/* binding */ entryPlace)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _core_redact_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(193);
/* harmony import */ var _layout2_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(33201);
/* harmony import */ var _layout3_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(65314);
/* harmony import */ var _oci_tags_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(73296);
/** URLs of entries' documents, by which copy-lists name them: a mirror, and where in it. */





/**
 * Where a mirror keeps a spec.
 * @param url the mirror's; credentials and query values are left out
 * @param nodes where layout 2 finds the compiler
 * @param signed in layout 2 signed documents have another name
 */
function entryPlace(url, layout, spec, nodes, signed) {
    const key = layout === 'v2' ? `${(0,_layout2_js__WEBPACK_IMPORTED_MODULE_1__/* .layout2Keys */ .dl)(spec, nodes).spec}${signed ? '.sig' : ''}` : entryKey(layout, spec);
    return { mirror: mirrorBase(url), layout, key, hash: spec.hash };
}
/** The storage key of a spec's document, or its tag. @throws BuildcacheError `unsupported` for layout 2: a name does not do there */
function entryKey(layout, name) {
    switch (layout) {
        case 'v3':
            return (0,_layout3_js__WEBPACK_IMPORTED_MODULE_2__/* .specManifestKey */ .s8)(name);
        case 'oci':
            return (0,_oci_tags_js__WEBPACK_IMPORTED_MODULE_3__/* .specTag */ .W3)(name);
        case 'v2':
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('unsupported', 'layout 2 names entries by more than their names');
    }
}
function entryUrl({ mirror, layout, key }) {
    return layout === 'oci' ? `${mirror}:${key}` : `${mirror}/${key}`;
}
/** @returns undefined for what is no entry's URL. Attacker-controlled: where it leads has not been looked at. */
function parseEntryUrl(url) {
    for (const [layout, pattern] of PATTERNS) {
        const [, mirror, key, hash] = pattern.exec(url) ?? [];
        if (mirror === undefined || key === undefined || hash === undefined)
            continue;
        return { mirror: mirrorBase(mirror), layout, key, hash };
    }
    return undefined;
}
/** What of a mirror's URL says where it is: no credentials, no slash at its end; of a registry, no case. */
function mirrorBase(url) {
    const base = (0,_core_redact_js__WEBPACK_IMPORTED_MODULE_4__/* .redactUrl */ .B)(url).replace(/\/+$/, '');
    return /^oci(?:\+http)?:/i.test(base) ? base.toLowerCase() : base;
}
/** What a layout-3 manifest's key says of its spec: enough to find its place in any layout but the second. */
function nameInPlace({ layout, key, hash }) {
    if (layout !== 'v3')
        return undefined;
    const [, name, file] = /^v3\/manifests\/spec\/([^/]+)\/([^/]+)\.spec\.manifest\.json$/.exec(key) ?? [];
    if (name === undefined || file === undefined)
        return undefined;
    const version = file.slice(name.length + 1, -(hash.length + 1));
    return file === `${name}-${version}-${hash}` && version !== '' ? { name, version, hash } : undefined;
}
const SCHEME = '[a-z][a-z0-9+.-]*://';
const PATTERNS = [
    [
        'v3',
        pattern(String.raw `(.*[^/])/+(v3/manifests/spec/\w[\w-]*/[^/]+-([a-z2-7]{32})\.spec\.manifest\.json)`),
    ],
    ['v2', pattern(String.raw `(.*[^/])/+(build_cache/[^/]+-([a-z2-7]{32})\.spec\.json(?:\.sig)?)`)],
    ['oci', /^(oci(?:\+http)?:\/\/[^:]+(?::\d+\/[^:]+)?):([\w.-]+-([a-z2-7]{32})\.spack)$/i],
];
function pattern(rest) {
    return new RegExp(`^(?=${SCHEME})${rest}$`, 'i');
}


/***/ }),

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
            hint: 'set BUILDCACHE_SIGNING_KEY or --signing-key-file (in the action: the input signing-key), or do without ' +
                'signatures: --unsigned, or signed: false of the mirror',
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

/***/ 85689:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ specArguments)
/* harmony export */ });
/* harmony import */ var _plan_selection_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(60000);
/** SPEC arguments as Spack reads them: joined, so that `hdf5 @1.12 %gcc` is one spec and `'hdf5 zlib'` are two. */

/**
 * The arguments, each of them one spec or one pattern of names, as a selection takes them.
 * @throws BuildcacheError `usage` for what cannot be read
 */
async function specArguments(args) {
    // Names alone are the commonest, and need no parser.
    if (!args.some((argument, i) => /\s/.test(argument) || (i > 0 && CONTINUES.test(argument))))
        return args;
    const [{ parseSpecArguments }, { formatConstraint }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(9981), __webpack_require__.e(6939)]).then(__webpack_require__.bind(__webpack_require__, 16939)),
        __webpack_require__.e(/* import() */ 9981).then(__webpack_require__.bind(__webpack_require__, 59981)),
    ]);
    const specs = parseSpecArguments(args.filter((argument) => !(0,_plan_selection_js__WEBPACK_IMPORTED_MODULE_0__/* .isGlob */ .fg)(argument)));
    return [...args.filter(_plan_selection_js__WEBPACK_IMPORTED_MODULE_0__/* .isGlob */ .fg), ...specs.map(formatConstraint)];
}
/** How an argument starts that goes on with the one before: a sigil, a hash, or a pair. */
const CONTINUES = /^(?:[@%^+~/-]|[\w.-]+:?=)/;


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
// EXTERNAL MODULE: ./build/commands/sync.js
var sync = __webpack_require__(99860);
// EXTERNAL MODULE: ./build/core/abort.js
var abort = __webpack_require__(67844);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/plan/sync-result.js
var sync_result = __webpack_require__(75409);
// EXTERNAL MODULE: ./build/report/shared-reasons.js
var shared_reasons = __webpack_require__(44186);
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
// EXTERNAL MODULE: ./build/entry/spec-arguments.js
var spec_arguments = __webpack_require__(85689);
// EXTERNAL MODULE: ./build/entry/sync-request.js + 6 modules
var sync_request = __webpack_require__(4946);
// EXTERNAL MODULE: ./build/entry/trust-options.js
var trust_options = __webpack_require__(90066);
;// CONCATENATED MODULE: ./build/entry/verb-sync.js
/** `buildcache sync SRC DEST [SPEC…]` and `sync --manifest-glob GLOB [DEST]`: options in, copied specs and exit code out. */

















function verb_sync_define(command, context) {
    (0,shared_options/* addSharedOptions */.J0)(command, { mirrorArgument: true })
        .argument('[source]', 'where to copy from: a configured name, a path or a URL; not with --manifest-glob')
        .argument('[destination]', 'where to copy to; with --manifest-glob instead of what the lists say')
        .argument('[spec...]', 'what to copy (default: all specs of the environment)')
        .option('--manifest-glob <glob>', 'copy what these copy-lists say (repeatable)', shared_options/* collect */.Fo, [])
        .option('--all', 'copy what the source holds, or what of it matches, instead of the environment', false)
        .option('--allow-other-hosts', 'copy-lists may name mirrors that are not configured', false)
        .option('--hard-link', 'between folders of one file system, share the files of blobs', false)
        .option('--base-image <image>', 'to a registry: what the images that are made stand on')
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
        baseImage: options.baseImage,
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
        const tellOnce = (0,shared_reasons/* tellReasonsOnce */.MK)();
        const result = await (0,sync/* sync */.O)({
            work,
            inspections: await (0,sync_request/* imageInspections */.P)(work, around.environment.folder, context.env),
            hardLink: options.hardLink,
            updateIndex: true,
            dryRun: options.dryRun,
            jobs: options.jobs,
            listing: { store: (0,index_store/* openIndexStore */.W)(around.indexFolder), ttlMs: 0, maxIndexBytes: around.maxIndexBytes },
            signal,
            onOutcome: (spec) => {
                // A terminal has its bar; what went wrong is said at the end.
                const line = (0,sync_text/* syncedLine */.j3)({ ...spec, outcome: tellOnce(spec.outcome) });
                if (context.stderr.isTTY || spec.outcome.kind === 'present')
                    reporter.debug(line);
                else
                    reporter.info(line);
            },
        }, reporter);
        for (const { name, notes } of result.mirrors)
            for (const note of notes)
                reporter.warn(`${name}: ${note}`);
        if (options.json)
            context.stdout.write(`${JSON.stringify(syncJson(result), null, 2)}\n`);
        else if (!options.quiet)
            context.stdout.write(`${(0,sync_text/* syncText */.n5)(result, (0,terminal/* terminalStyle */.w)(around.color)).join('\n')}\n`);
        if (options.quiet)
            for (const text of (0,sync_text/* syncProblems */.k)(result))
                reporter.error(text);
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
            hint: 'write: buildcache sync SRC DEST [SPEC…], or buildcache sync --manifest-glob GLOB [DEST]',
        });
    }
    const around = await (0,shared_options/* readSurroundings */.St)({ ...options, mirrorUrl: [source, destination] }, context);
    const [from, to] = around.mirrors;
    const environment = all ? undefined : await (0,named_environment/* namedEnvironment */.f)(around.environment, options, context.env);
    // Without an environment they are joined where the mirror is asked for them.
    const wanted = environment === undefined ? specs : await (0,spec_arguments/* specArguments */.i)(specs);
    return { request: { kind: 'mirror', from, to, environment, specs: wanted, all }, around };
}


/***/ }),

/***/ 18432:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ isConcretized),
/* harmony export */   readIncludedLockfiles: () => (/* binding */ readIncludedLockfiles)
/* harmony export */ });
/* unused harmony export includedLockfiles */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/* harmony import */ var _environment_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(10432);
/* harmony import */ var _host_facts_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(45559);
/* harmony import */ var _include_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(36031);
/**
 * The concrete environments that a `spack.yaml` includes: `include: [DIR/spack.lock]`, or `include_concrete: [DIR]` of
 * older ones. Spack copies them into the environment's own lockfile, so they count only where there is none yet.
 */






/** @throws BuildcacheError as `readManifest`; `usage` for a path only Spack knows */
async function includedLockfiles(folder, env = {}) {
    const manifest = await (0,_environment_js__WEBPACK_IMPORTED_MODULE_3__/* .readManifest */ .WI)(folder);
    if (manifest === undefined)
        return [];
    const entries = (name) => {
        const value = (0,_environment_js__WEBPACK_IMPORTED_MODULE_3__/* .sectionOf */ .ZE)(manifest.sections, name)?.[1];
        return Array.isArray(value) ? value : [];
    };
    const older = entries('include_concrete');
    const newer = entries('include');
    const host = await (0,_host_facts_js__WEBPACK_IMPORTED_MODULE_5__/* .hostFactsFor */ .P)(JSON.stringify([older, newer]));
    const context = { base: folder, environment: folder, env, host };
    const found = [
        ...older
            .flatMap((entry) => (0,_include_js__WEBPACK_IMPORTED_MODULE_4__/* .includePath */ .qi)(entry, context) ?? [])
            .map((path) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(path), 'spack.lock')),
        ...newer
            .flatMap((entry) => (0,_include_js__WEBPACK_IMPORTED_MODULE_4__/* .includePath */ .qi)(entry, context) ?? [])
            .filter((path) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(path) === 'spack.lock'),
    ];
    return [...new Set(found)];
}
/** Whether `readEnvironment` has something to read. @throws BuildcacheError as {@link includedLockfiles} */
async function isConcretized({ lockfile, folder, env }) {
    const isThere = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.access)(lockfile).then(() => true, () => false);
    return isThere || (await includedLockfiles(folder, env)).length > 0;
}
/**
 * @returns undefined where it includes none
 * @throws BuildcacheError `bad-input` for one that includes itself; as `readEnvironment` for each of them
 */
async function readIncludedLockfiles(files, above = []) {
    const lockfiles = await includedLockfiles(files.folder, files.env);
    if (lockfiles.length === 0)
        return undefined;
    const nodes = new Map();
    const roots = new Map();
    const chain = [...above, files.lockfile];
    for (const lockfile of lockfiles) {
        if (chain.includes(lockfile)) {
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('bad-input', `it includes ${lockfile}, which includes it again`, {
                file: __webpack_require__.ab + "main/" + files.folder + '/spack.yaml',
                hint: 'take one of the includes out',
            });
        }
        const graph = await (0,_environment_js__WEBPACK_IMPORTED_MODULE_3__/* .readEnvironment */ .Qo)({ ...files, folder: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(lockfile), lockfile }, chain);
        for (const [hash, node] of graph.nodes)
            if (!nodes.has(hash))
                nodes.set(hash, node);
        for (const root of graph.roots)
            if (!roots.has(root.hash))
                roots.set(root.hash, { ...root, included: true });
    }
    return { nodes, roots: [...roots.values()] };
}


/***/ }),

/***/ 70422:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bb: () => (/* binding */ parseCopyList),
/* harmony export */   d7: () => (/* binding */ formatCopyList),
/* harmony export */   tr: () => (/* binding */ mergeCopyLists),
/* harmony export */   wJ: () => (/* binding */ conflictText)
/* harmony export */ });
/* harmony import */ var _cache_entry_url_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(75517);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(28314);
/* harmony import */ var _spec_decode_node_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(39595);
/**
 * Copy-lists: what is to be copied from where to where. The file is that of `spack buildcache sync --manifest-glob`,
 * `{hash: {src, dest}}` with the URLs of manifests; a list of files for each hash, as Spack wrote it up to 0.23, is
 * read too.
 */




/** The text of a copy-list, as Spack writes it. One hash stands in it once: the last one wins. */
function formatCopyList(items) {
    const entries = items.map(({ hash, src, dest }) => [hash, { src: (0,_cache_entry_url_js__WEBPACK_IMPORTED_MODULE_0__/* .entryUrl */ .YV)(src), dest: (0,_cache_entry_url_js__WEBPACK_IMPORTED_MODULE_0__/* .entryUrl */ .YV)(dest) }]);
    return JSON.stringify(Object.fromEntries(entries));
}
/**
 * @param text attacker-controlled: whoever wrote it chose the URLs, and where they lead has not been looked at
 * @param file for messages
 * @throws BuildcacheError `bad-input` naming the hash and what is wrong with it
 */
function parseCopyList(text, file) {
    const document = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseJson */ .qF)(text, file);
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(document)) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('bad-input', 'not a copy-list', {
            file,
            expected: 'an object of hashes, each with {"src": …, "dest": …}',
            found: (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .kindOf */ .I)(document),
        });
    }
    requireOnce(text, document, file);
    return Object.entries(document).map(([hash, value]) => parseItem(hash, value, file));
}
/**
 * What several lists say together. The same copy is meant once; one source may be copied to several mirrors; but who
 * is right where two sources are to become one entry is not for the order of files to decide.
 */
function mergeCopyLists(lists) {
    const byTarget = new Map();
    for (const { file, items } of lists) {
        for (const item of items) {
            const target = `${item.hash} ${item.dest.mirror}`;
            const sources = byTarget.get(target) ?? new Map();
            byTarget.set(target, sources);
            const source = (0,_cache_entry_url_js__WEBPACK_IMPORTED_MODULE_0__/* .entryUrl */ .YV)(item.src);
            const files = new Set([...(sources.get(source)?.lists ?? []), file]);
            sources.set(source, { ...item, lists: [...files] });
        }
    }
    const copies = [];
    const conflicts = [];
    for (const sources of byTarget.values()) {
        const [first, ...others] = sources.values();
        if (first === undefined)
            continue;
        if (others.length === 0)
            copies.push(first);
        else
            conflicts.push({ hash: first.hash, dest: first.dest, sources: [first, ...others] });
    }
    return { copies, conflicts };
}
/** For a message. */
function conflictText({ sources }) {
    const shown = sources.map(({ src, lists }) => `${(0,_cache_entry_url_js__WEBPACK_IMPORTED_MODULE_0__/* .entryUrl */ .YV)(src)} (${lists.join(', ')})`);
    return `the lists name different sources for it: ${shown.join(' and ')}`;
}
/** Of a hash that stands there twice, JSON would take the last, whatever it says. */
function requireOnce(text, document, file) {
    const seen = new Set();
    // URLs never end in a bare hash between quotes and a colon.
    for (const [, hash = ''] of text.matchAll(/"([a-z2-7]{32})"\s*:/g)) {
        if (seen.has(hash) && Object.hasOwn(document, hash)) {
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('bad-input', `"${hash}" is twice in the copy-list`, {
                file,
                expected: 'each hash once; lists that differ in files of their own',
            });
        }
        seen.add(hash);
    }
}
function parseItem(hash, value, file) {
    const fail = (expected, found) => {
        const name = JSON.stringify(hash.slice(0, 80));
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('bad-input', `${name} of the copy-list is malformed`, {
            file,
            expected,
            found,
        });
    };
    if (!(0,_spec_decode_node_js__WEBPACK_IMPORTED_MODULE_3__/* .isDagHash */ .X)(hash))
        return fail('a DAG hash of 32 base32 characters', 'something else');
    const pair = Array.isArray(value) ? value.find(isOfSpecFile) : value;
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(pair))
        return fail('{"src": …, "dest": …}', (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .kindOf */ .I)(value));
    const place = (side) => {
        const url = pair[side];
        if (typeof url !== 'string')
            return fail(`a URL as "${side}"`, (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .kindOf */ .I)(url));
        const parsed = (0,_cache_entry_url_js__WEBPACK_IMPORTED_MODULE_0__/* .parseEntryUrl */ .di)(url);
        if (parsed?.hash === hash)
            return parsed;
        return fail(`the URL of an entry of /${hash} as "${side}"`, JSON.stringify(url.slice(0, 200)));
    };
    return { hash, src: place('src'), dest: place('dest') };
}
/** Of the older form, the file that says where the tarball is. */
function isOfSpecFile(value) {
    return (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(value) && typeof value['src'] === 'string' && /\.spec\.json(?:\.sig)?$/.test(value['src']);
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

/***/ 60000:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Qz: () => (/* binding */ EVERYTHING),
/* harmony export */   fg: () => (/* binding */ isGlob),
/* harmony export */   rk: () => (/* binding */ selectSpecs)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _spec_decode_node_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(39595);
/* harmony import */ var _spec_graph_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(85746);
/* harmony import */ var _groups_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3196);
/** Which specs of an environment a command works with. */




const EVERYTHING = {
    rootsOnly: false,
    noBuildDeps: false,
    specs: [],
    hashes: [],
    include: [],
    exclude: [],
};
/**
 * The concrete, non-external specs selected, dependencies before dependents, each hash once.
 * @throws `usage` for a pattern that cannot be read or a group that there is not, `not-found` for a positive that matches nothing
 */
async function selectSpecs(graph, selection) {
    const base = baseNodes(graph, selection).filter((node) => node.external === undefined);
    const positives = await Promise.all([
        ...selection.specs.map((text) => matcher(text, base)),
        ...selection.hashes.map((text) => hashMatcher(text.replace(/^\//, ''), text)),
    ]);
    const include = await Promise.all(selection.include.map((text) => matcher(text, base)));
    const exclude = await Promise.all(selection.exclude.map((text) => matcher(text, base)));
    for (const positive of positives) {
        if (!base.some((node) => positive.matches(graph, node))) {
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('not-found', `no spec of the environment matches ${JSON.stringify(positive.text)}`, {
                hint: 'external specs are never selected; look at the environment with spack find -L',
            });
        }
    }
    const any = (matchers, node) => matchers.some((one) => one.matches(graph, node));
    return base.filter((node) => (positives.length === 0 || any(positives, node)) &&
        (include.length === 0 || any(include, node)) &&
        !any(exclude, node));
}
function baseNodes(graph, { groups = [], rootsOnly, noBuildDeps }) {
    const roots = new Set((0,_groups_js__WEBPACK_IMPORTED_MODULE_2__/* .rootsOfGroups */ .P)(graph.roots, groups).map((root) => root.hash));
    const nodes = (0,_spec_graph_js__WEBPACK_IMPORTED_MODULE_3__/* .postOrder */ .bV)(graph, roots, noBuildDeps ? (0,_spec_graph_js__WEBPACK_IMPORTED_MODULE_3__/* .ofTypes */ .vz)('link', 'run') : undefined);
    return rootsOnly ? nodes.filter((node) => roots.has(node.hash)) : nodes;
}
/** A glob over names, a hash, or a spec constraint; one argument is one constraint. */
async function matcher(text, base) {
    if (/^\/[a-z2-7]+$/.test(text))
        return hashMatcher(text.slice(1), text);
    // A package's name is the commonest constraint and needs no parser; one that no package has may be virtual.
    if (/^\w[\w-]*$/.test(text) && base.some(({ name }) => name === text))
        return { text, matches: (_, node) => node.name === text };
    if (isGlob(text)) {
        const { default: picomatch } = await __webpack_require__.e(/* import() */ 4006).then(__webpack_require__.t.bind(__webpack_require__, 14006, 19));
        const isMatch = picomatch(text);
        return { text, matches: (_, node) => isMatch(node.name) };
    }
    const [{ parseSpec }, { satisfies }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(9981), __webpack_require__.e(6939)]).then(__webpack_require__.bind(__webpack_require__, 16939)),
        Promise.all(/* import() */[__webpack_require__.e(9981), __webpack_require__.e(3583)]).then(__webpack_require__.bind(__webpack_require__, 13583)),
    ]);
    const constraint = parseSpec(text);
    return { text, matches: (graph, node) => satisfies(graph, node, constraint) };
}
/** `py-*`, `{hdf5,netcdf}-*`: no constraint can begin with a name that has such characters. */
function isGlob(text) {
    return /^[\w{},[\]!-]*[*?{[][\w{},[\]!*?-]*$/.test(text);
}
function hashMatcher(prefix, text) {
    if (prefix === '' || !(0,_spec_decode_node_js__WEBPACK_IMPORTED_MODULE_1__/* .isDagHash */ .X)(prefix.padEnd(32, 'a'))) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', `not a hash: ${JSON.stringify(text)}`, {
            expected: 'up to 32 characters of lower-case base32',
        });
    }
    return { text, matches: (_, node) => node.hash.startsWith(prefix) };
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


/***/ })

};
