export const id = 6037;
export const ids = [6037,3296];
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

/***/ 73296:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HW: () => (/* binding */ isReservedTag),
/* harmony export */   W3: () => (/* binding */ specTag),
/* harmony export */   YV: () => (/* binding */ couldBeTagOf),
/* harmony export */   qA: () => (/* binding */ INDEX_TAG),
/* harmony export */   wu: () => (/* binding */ hashInTag)
/* harmony export */ });
/** Where Spack keeps the index: what looks like an image and is none. */
const INDEX_TAG = 'index.spack';
/** The most a tag may have, by the OCI distribution specification. */
const LONGEST = 128;
/** The tag of a spec's image, as Spack makes it; one that would be too long loses its middle. */
function specTag({ name, version, hash }) {
    const tag = tagCharacters(`${name}-${version}-${hash}.spack`);
    return tag.length > LONGEST ? tag.slice(0, 64) + tag.slice(-64) : tag;
}
/** The DAG hash in a tag; undefined when it is no spec's. */
function hashInTag(tag) {
    return /-([a-z2-7]{32})\.spack$/.exec(tag)?.[1];
}
/** Whether a tag may be of a spec of that package, whose name may not be all there. */
function couldBeTagOf(tag, packageName) {
    return tag.startsWith(tagCharacters(`${packageName}-`).slice(0, 64));
}
/** Whether a tag has a meaning of its own: Spack's, or a list of what refers to a manifest. */
function isReservedTag(tag) {
    return tag.endsWith('.spack') || /^sha256-[0-9a-f]{64}$/.test(tag);
}
function tagCharacters(text) {
    return text.replace(/[^\w.-]/g, '_');
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

/***/ 36899:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $0: () => (/* binding */ addSigningOptions),
/* harmony export */   JI: () => (/* binding */ isSigned),
/* harmony export */   k8: () => (/* binding */ signerFor)
/* harmony export */ });
/* harmony import */ var commander__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48179);
/* harmony import */ var _cache_signing_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(46326);
/* harmony import */ var _signing_key_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19786);
/** Whether and with what the command line signs: options over what the mirror is configured for. */



function addSigningOptions(command) {
    return command
        .addOption(new commander__WEBPACK_IMPORTED_MODULE_0__/* .Option */ .c$('-u, --unsigned', 'push without signatures').conflicts(['signed', 'key']))
        .addOption(new commander__WEBPACK_IMPORTED_MODULE_0__/* .Option */ .c$('--signed', 'push with signatures'))
        .option('-k, --key <fingerprint>', 'which of several keys to sign with; implies --signed')
        .option('--signing-key-file <file>', 'an armored secret key (default: $BUILDCACHE_SIGNING_KEY)');
}
function isSigned(mirror, { signed, unsigned, key }) {
    return signed === true || key !== undefined || (unsigned !== true && mirror.signed);
}
/** @throws BuildcacheError where there is no key that can sign */
async function signerFor(mirror, options, context) {
    const { secretKeys, source, passphrase } = await (0,_signing_key_js__WEBPACK_IMPORTED_MODULE_2__/* .readSigningKey */ .jy)(options.signingKeyFile, context);
    return await (0,_cache_signing_js__WEBPACK_IMPORTED_MODULE_1__/* .openSigner */ .H)({ secretKeys, source, passphrase, choose: options.key, mirror: mirror.name });
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

/***/ 7214:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  define: () => (/* binding */ verb_migrate_define)
});

// EXTERNAL MODULE: ./node_modules/commander/esm.mjs
var esm = __webpack_require__(48179);
// EXTERNAL MODULE: ./build/cache/keys.js
var keys = __webpack_require__(90845);
// EXTERNAL MODULE: ./build/cache/layout2.js
var layout2 = __webpack_require__(33201);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(70370);
// EXTERNAL MODULE: ./build/cache/fetch-document.js
var fetch_document = __webpack_require__(93355);
// EXTERNAL MODULE: ./build/cache/index-update.js + 2 modules
var index_update = __webpack_require__(8479);
// EXTERNAL MODULE: ./build/cache/verified-entry.js
var verified_entry = __webpack_require__(16444);
// EXTERNAL MODULE: ./build/core/abort.js
var abort = __webpack_require__(67844);
// EXTERNAL MODULE: ./build/core/digest.js
var digest = __webpack_require__(82552);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/core/json.js
var json = __webpack_require__(28314);
// EXTERNAL MODULE: ./build/core/retry.js
var retry = __webpack_require__(68216);
// EXTERNAL MODULE: ./build/core/temporary-folder.js
var temporary_folder = __webpack_require__(88062);
// EXTERNAL MODULE: ./build/storage/asked-again.js
var asked_again = __webpack_require__(43571);
;// CONCATENATED MODULE: ./build/commands/migrate.js
/**
 * `migrate`: the entries of a layout 2 mirror as layout 3, beside them or in another place. In layout 2 it is the spec
 * file that is signed, in layout 3 a manifest: the old signature is verified and the manifest signed anew. What was
 * done by an earlier run is not done again.
 */
















/** Tarballs on this machine's disk at once. */
const AT_ONCE = 4;
const LAYOUT_2 = 'build_cache/';
/** The index and the keys, which layout 3 has of its own. */
const OF_LAYOUT_2 = /^build_cache\/(?:index\.(?:json(?:\.hash)?|html)|_pgp\/(?:index\.(?:json|html)|[0-9A-F]+\.pub))$/;
/** Also those that we do not read: older Spacks wrote YAML. */
const SPEC_FILE = /\.spec\.(?:json|ya?ml)(?:\.sig)?$/;
/**
 * @throws BuildcacheError `not-found` when there is no layout 2; `unsupported` where it cannot be listed; else as the
 *   storages do before the first entry
 */
async function migrate(options, reporter) {
    const { source, destination, signer, dryRun, jobs, signal } = options;
    if (destination.images !== undefined) {
        throw new errors/* BuildcacheError */.fO('unsupported', 'a registry has no layout 3 to migrate to', {
            url: destination.reader.storage.url,
            hint: 'buildcache sync --all SRC DEST makes images of what the old mirror holds',
        });
    }
    const entries = await listLayout2(source, signal);
    await destination.prepare(signal, dryRun, true);
    const progress = reporter.progress('Migrating entries', entries.length);
    const outcomes = await (0,temporary_folder/* withTemporaryFolder */.E)(async (folder) => {
        const limit = (0,p_limit/* default */.A)(Math.min(jobs, AT_ONCE));
        const done = entries.map((entry) => limit(async () => {
            try {
                (0,abort/* throwIfCancelled */.dZ)(signal);
                return await migrateEntry(entry, folder, options);
            }
            catch (error) {
                return { kind: 'failed', key: entry.key, reason: (0,errors/* describeError */.Uc)(error) };
            }
            finally {
                progress.advance(1);
            }
        }));
        return await Promise.all(done);
    });
    progress.done();
    (0,abort/* throwIfCancelled */.dZ)(signal);
    const problems = [];
    let index;
    if (!dryRun) {
        if (signer !== undefined)
            await destination.publishKey(signer.fingerprint, signer.publicKey, signal);
        const onProblem = (text) => void problems.push(text);
        index = await (0,index_update/* remakeIndex */.wM)(destination, { full: false, jobs, onProblem, signal });
    }
    const deleted = await deleteOld(entries, outcomes, options, problems);
    return { from: source.url, to: destination.reader.storage.url, dryRun, outcomes, index, deleted, problems };
}
async function listLayout2(source, signal) {
    const { list } = (0,layout2/* openLayout2 */.j4)(source, new Map());
    if (list === undefined) {
        throw new errors/* BuildcacheError */.fO('unsupported', 'what the mirror holds cannot be listed', {
            url: source.url,
            expected: 'file:// or s3://',
            hint: 'run it where the mirror is written, or copy the mirror with sync',
        });
    }
    const entries = [];
    for await (const entry of list(signal))
        entries.push(entry);
    if (entries.length > 0)
        return entries.sort((a, b) => (a.key < b.key ? -1 : 1));
    throw new errors/* BuildcacheError */.fO('not-found', 'there is no build cache of layout 2', {
        url: source.url,
        expected: 'spec files below build_cache/',
    });
}
async function migrateEntry(listed, folder, { source, destination, trust, signer, dryRun, signal }) {
    const { key } = listed;
    const url = (0,fetch_document/* documentUrl */.LJ)(source, key);
    const reader = (0,layout2/* openLayout2 */.j4)(source, new Map());
    const found = await (0,asked_again/* askedAgain */.V)(source, () => reader.readAt(key, signal), signal);
    if (found === undefined)
        throw new errors/* BuildcacheError */.fO('not-found', 'it was removed meanwhile', { url });
    const { root, nodes } = await reader.readSpec(found, signal);
    // The document knows its own compiler, which is in its name.
    const own = (0,layout2/* openLayout2 */.j4)(source, nodes);
    if (root.hash !== listed.hash || !own.isPlaceOf(key, root)) {
        throw new errors/* BuildcacheError */.fO('corrupt', 'this is the entry of another spec', {
            url,
            expected: listed.hash,
            found: `${root.name}@${root.version}/${root.hash}`,
        });
    }
    if (await destination.hasWhole(root, signer !== undefined, signal))
        return { kind: 'present', key, spec: root };
    const verified = await (0,verified_entry/* readVerifiedEntry */.p)(own, root, trust, signal);
    if (verified === undefined)
        throw new errors/* BuildcacheError */.fO('not-found', 'it was removed meanwhile', { url });
    if (dryRun)
        return { kind: 'would-migrate', key, spec: root };
    const file = (0,external_node_path_.join)(folder, root.hash);
    try {
        const { sha256 } = verified.entry.tarball;
        if (sha256 === undefined)
            throw new errors/* BuildcacheError */.fO('internal', 'a tarball without a digest', { url });
        const size = await fetchTarball(source, verified, file, signal);
        const content = { tarball: { file, size, sha256 }, document: layout3Document(verified, url) };
        const { sent } = await destination.publish(root, content, signer, signal);
        return { kind: 'migrated', key, spec: root, sent };
    }
    finally {
        await (0,promises_.rm)(file, { force: true });
    }
}
/** @returns its length in bytes */
async function fetchTarball(source, { entry: { tarball } }, file, signal) {
    const url = (0,fetch_document/* documentUrl */.LJ)(source, tarball.key);
    const expected = { sha256: tarball.sha256 ?? '', size: tarball.size, source: url };
    await (0,retry/* retrying */.R$)(async () => {
        const object = await source.get(tarball.key, { signal });
        if (object === undefined || object === 'not-modified') {
            throw new errors/* BuildcacheError */.fO('not-found', 'the tarball is not there', { url });
        }
        await (0,external_node_stream_promises_.pipeline)(object.body, (0,digest/* verifying */.MP)(expected), (0,external_node_fs_.createWriteStream)(file), { signal });
    }, retry/* DEFAULT_RETRY */.vI, signal);
    return (await (0,promises_.stat)(file)).size;
}
/**
 * The spec file without what layout 3 says elsewhere. Its nodes stay as they are: written in a newer format, their
 * hashes could no longer be verified.
 */
function layout3Document({ documentText }, url) {
    const document = (0,json/* parseJson */.qF)(documentText, url);
    if (!(0,json/* isObject */.Gv)(document))
        throw new errors/* BuildcacheError */.fO('bad-input', 'not a spec file', { url });
    const { binary_cache_checksum: _, ...rest } = document;
    return (0,json/* stringifyCompact */.LW)({ ...rest, buildcache_layout_version: 2 });
}
/** @returns how many objects */
async function deleteOld(entries, outcomes, { source, deleteFrom, dryRun, signal }, problems) {
    if (deleteFrom === undefined || dryRun)
        return 0;
    if (outcomes.some(({ kind }) => kind === 'failed')) {
        problems.push('the old layout was not deleted, since not all of it could be migrated');
        return 0;
    }
    const done = new Map(entries.map(({ key, modified }) => [key, modified?.getTime()]));
    const now = await listLayout2(source, signal);
    const added = now.find(({ key, modified }) => !done.has(key) || done.get(key) !== modified?.getTime());
    if (added !== undefined) {
        problems.push(`the old layout was not deleted, since ${added.key} was pushed meanwhile: migrate again`);
        return 0;
    }
    const keys = [];
    for await (const { key } of deleteFrom.list(LAYOUT_2, { signal }))
        keys.push(key);
    const other = keys.find((key) => SPEC_FILE.test(key) && !done.has(key) && !done.has(`${key}.sig`));
    if (other !== undefined) {
        problems.push(`the old layout was not deleted, since ${other} is an entry that cannot be migrated`);
        return 0;
    }
    // What belongs to nothing that was migrated is somebody else's, or of a push that has not come to its end.
    const names = new Set(entries.map(({ key }) => packageName(key)));
    const isKnown = (key) => SPEC_FILE.test(key) || OF_LAYOUT_2.test(key) || names.has(packageName(key));
    const strange = keys.filter((key) => !isKnown(key));
    if (strange.length > 0) {
        const shown = strange.length > 3 ? [...strange.slice(0, 3), `${strange.length - 3} more`] : strange;
        problems.push(`left of the old layout, since it belongs to no entry that was migrated: ${shown.join(', ')}`);
    }
    // Spec files last: what has been deleted in part can still be told, and deleted again.
    const old = keys.filter(isKnown).sort((a, b) => Number(done.has(a)) - Number(done.has(b)));
    let deleted = 0;
    for (const key of old)
        if (await deleteFrom.delete(key, { signal }))
            deleted++;
    return deleted;
}
/** What an entry's spec file and its tarball have in common. */
function packageName(key) {
    return /([^/]+?)\.(?:spack|spec\.json(?:\.sig)?)$/.exec(key)?.[1];
}

// EXTERNAL MODULE: ./build/mirrors/open.js
var mirrors_open = __webpack_require__(95227);
// EXTERNAL MODULE: ./build/mirrors/open-target.js + 5 modules
var open_target = __webpack_require__(16356);
;// CONCATENATED MODULE: ./build/plan/migrate-result.js
function migrateExitCode({ outcomes, problems }) {
    return outcomes.some(({ kind }) => kind === 'failed') || problems.length > 0 ? 1 : 0;
}

// EXTERNAL MODULE: ./build/spec/node.js
var node = __webpack_require__(56832);
// EXTERNAL MODULE: ./build/report/check-text.js
var check_text = __webpack_require__(93235);
// EXTERNAL MODULE: ./build/report/push-text.js
var push_text = __webpack_require__(51887);
;// CONCATENATED MODULE: ./build/report/migrate-text.js
/** What a migration came to, for a person and for machines. */





/** Lines without their ends. @param verbose also what went well */
function migrateText(result, verbose, style = check_text/* PLAIN_STYLE */.nV) {
    const lines = [];
    const failures = [];
    for (const outcome of result.outcomes) {
        if (outcome.kind === 'failed')
            failures.push({ name: outcome.key, reason: outcome.reason });
        else if (verbose) {
            const { name, version } = outcome.spec;
            lines.push((0,errors/* oneLine */.TN)(`${WORDS[outcome.kind]}: ${name}@${version}/${(0,node/* shortHash */.BC)(outcome.spec)}`));
        }
    }
    lines.push(...(0,push_text/* failedLines */.TW)(failures, style));
    const counts = countOutcomes(result.outcomes);
    const sent = result.outcomes.reduce((sum, each) => sum + (each.kind === 'migrated' ? each.sent : 0), 0);
    const parts = result.dryRun
        ? [`${counts['would-migrate']} would be migrated`]
        : [`${counts.migrated} migrated (${(0,push_text/* bytesText */.pV)(sent)})`];
    if (counts.present > 0)
        parts.push(`${counts.present} already there`);
    if (counts.failed > 0)
        parts.push(style.bad(`${counts.failed} failed`));
    if (result.deleted > 0)
        parts.push(`${result.deleted} objects of the old layout deleted`);
    lines.push(`${parts.join(', ')}  ${style.dim((0,errors/* oneLine */.TN)(result.to))}`);
    for (const problem of result.problems)
        lines.push(style.doubt((0,errors/* oneLine */.TN)(problem)));
    return lines;
}
/** What `migrate --json` prints. Fields are added, never changed: `version` says when that is not so. */
function migrateJson(result) {
    return {
        version: 1,
        exit_code: migrateExitCode(result),
        from: result.from,
        to: result.to,
        dry_run: result.dryRun,
        counts: countOutcomes(result.outcomes),
        specs: result.outcomes.map((outcome) => outcome.kind === 'failed'
            ? { key: outcome.key, outcome: outcome.kind, reason: outcome.reason }
            : {
                key: outcome.key,
                outcome: outcome.kind,
                name: outcome.spec.name,
                version: outcome.spec.version,
                hash: outcome.spec.hash,
            }),
        index: result.index ?? null,
        deleted: result.deleted,
        problems: result.problems,
    };
}
const WORDS = {
    migrated: 'migrated',
    'would-migrate': 'would be migrated',
    present: 'already there',
};
function countOutcomes(outcomes) {
    const counts = { migrated: 0, 'would-migrate': 0, present: 0, failed: 0 };
    for (const { kind } of outcomes)
        counts[kind]++;
    return counts;
}

// EXTERNAL MODULE: ./build/report/terminal.js
var terminal = __webpack_require__(63299);
// EXTERNAL MODULE: ./build/entry/shared-options.js
var shared_options = __webpack_require__(23589);
// EXTERNAL MODULE: ./build/entry/signing-options.js
var signing_options = __webpack_require__(36899);
// EXTERNAL MODULE: ./build/entry/spack-options.js
var spack_options = __webpack_require__(69832);
// EXTERNAL MODULE: ./build/entry/trust-options.js
var trust_options = __webpack_require__(90066);
;// CONCATENATED MODULE: ./build/entry/verb-migrate.js
/** `buildcache migrate SRC [DEST]`: options in, a mirror of layout 3 and exit code out. */














function verb_migrate_define(command, context) {
    (0,trust_options/* addTrustOptions */.S_)((0,shared_options/* addSharedOptions */.J0)(command, { mirrorArgument: true }))
        .argument('<src>', 'the mirror of layout 2: a configured name, a path or a URL')
        .argument('[dest]', 'where to put layout 3 (default: the same place)')
        .option('-d, --delete-existing', 'delete the old layout when all of it has been migrated', false)
        .option('-k, --key <fingerprint>', 'which of several keys to sign with')
        .option('--signing-key-file <file>', 'an armored secret key (default: $BUILDCACHE_SIGNING_KEY)')
        .addOption(new esm/* Option */.c$('--dry-run', 'say what would be migrated').default(false));
    (0,spack_options/* addYes */.Dq)(command, 'do it; without this, nothing is changed').action((source, destination, options) => run(source, destination, options, context));
}
async function run(from, to, options, context) {
    const { source, destination, around } = await readBoth(from, to, options, context);
    const { reporter } = around;
    if (options.deleteExisting && to !== undefined) {
        throw new errors/* BuildcacheError */.fO('usage', '--delete-existing is for a mirror that is migrated in its own place');
    }
    const dryRun = options.dryRun || !options.yes;
    const trust = source.signed && !options.unsigned ? await (0,trust_options/* readTrust */.bn)(options, context, reporter) : undefined;
    // Whoever only looks need not have a key.
    const signer = destination.signed && !options.unsigned && !dryRun
        ? await (0,signing_options/* signerFor */.k8)(destination, options, context)
        : undefined;
    const cache = await (0,open_target/* openPushMirror */.Q)(destination, around.connection, undefined);
    const side = to === undefined ? source.push : source.fetch;
    const storage = await (0,mirrors_open/* openStorage */.Gz)(source.name, side, around.connection);
    try {
        if (trust !== undefined)
            await admitKeys(trust, storage, around, context);
        const result = await migrate({
            source: storage,
            destination: cache,
            trust,
            signer,
            deleteFrom: options.deleteExisting && 'delete' in storage ? storage : undefined,
            dryRun,
            jobs: around.connection.jobs,
            signal: context.signal,
        }, reporter);
        if (options.json)
            context.stdout.write(`${JSON.stringify(migrateJson(result), null, 2)}\n`);
        else if (!options.quiet) {
            const lines = migrateText(result, options.verbose || dryRun, (0,terminal/* terminalStyle */.w)(around.color));
            context.stdout.write(`${lines.join('\n')}\n`);
        }
        const isWaiting = options.deleteExisting || result.outcomes.some(({ kind }) => kind === 'would-migrate');
        if (!options.dryRun && !options.yes && isWaiting) {
            reporter.error('nothing was changed: say --yes to migrate, or --dry-run to only look');
            return context.exit(2);
        }
        context.exit(migrateExitCode(result));
    }
    finally {
        await storage.close();
        await cache.close();
    }
}
async function readBoth(from, to, options, context) {
    if (options.mirrorUrl.length > 0) {
        throw new errors/* BuildcacheError */.fO('usage', 'migrate takes its mirrors as arguments, not with --mirror-url');
    }
    const around = await (0,shared_options/* readSurroundings */.St)({ ...options, mirrorUrl: [from, to ?? from] }, context);
    const [source, destination] = around.mirrors;
    if (source === undefined || destination === undefined) {
        throw new errors/* BuildcacheError */.fO('internal', 'a mirror got lost');
    }
    return { source, destination, around };
}
async function admitKeys(trust, storage, { reporter }, { signal }) {
    const problems = await (0,keys/* admitPinnedKeys */.e)(trust, [(0,layout2/* openLayout2 */.j4)(storage, new Map())], signal);
    for (const problem of problems)
        reporter.warn(problem);
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
 * Reads the install database `<store>/.spack-db/index.json`, versions 5 to 9. Version 5 carries spec format 1,
 * where a node is keyed by its name and so are its dependencies.
 */



/** The spec format that a database or index of this version carries; undefined for versions we do not read. */
function specFormatOf(version) {
    return FORMAT_OF[version];
}
const FORMAT_OF = { 5: 3, 6: 3, 7: 4, 8: 5, 9: 6 };
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
            expected: 'version 5 to 9',
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


/***/ }),

/***/ 85746:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bV: () => (/* binding */ postOrder),
/* harmony export */   vz: () => (/* binding */ ofTypes),
/* harmony export */   yw: () => (/* binding */ recordOrder)
/* harmony export */ });
/**
 * All nodes reachable from the given hashes, dependencies before dependents (post-order, children in the
 * document's order), each once. Edges to nodes the graph does not hold are passed over.
 * @param follow which edges to walk; all of them when not given
 */
function postOrder(graph, hashes, follow) {
    return walk(graph, hashes, follow, () => false);
}
/**
 * The same, with what spliced nodes were built as, after their dependencies: an index or a database that has a record
 * of a spliced spec needs records of all these, or Spack 1.2 and newer refuse the whole document.
 * @param isFollowed whose dependencies and build spec are looked at; everybody's when not given
 */
function recordOrder(graph, hashes, isFollowed = () => true) {
    return walk(graph, hashes, (_, from) => isFollowed(from), isFollowed);
}
function walk(graph, hashes, follow, toBuildSpec) {
    const seen = new Set();
    const order = [];
    // An explicit stack: a lockfile may describe a chain deeper than the call stack.
    const stack = [];
    const enter = (hash) => {
        const node = graph.nodes.get(hash);
        if (node === undefined || seen.has(hash))
            return;
        seen.add(hash);
        stack.push({ node, next: 0 });
    };
    for (const hash of hashes) {
        enter(hash);
        for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
            const { buildSpec, dependencies } = top.node;
            const at = top.next++;
            const edge = dependencies[at];
            if (edge !== undefined) {
                if (follow === undefined || follow(edge.deptypes, top.node))
                    enter(edge.hash);
            }
            else if (at === dependencies.length && buildSpec !== undefined && toBuildSpec(top.node)) {
                enter(buildSpec.hash);
            }
            else {
                order.push(top.node);
                stack.pop();
            }
        }
    }
    return order;
}
/** An edge filter for {@link postOrder}: edges having at least one of these types. */
function ofTypes(...types) {
    return (deptypes) => deptypes.some((type) => types.includes(type));
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
