export const id = 7331;
export const ids = [7331];
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
