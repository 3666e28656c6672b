export const id = 6085;
export const ids = [6085];
export const modules = {

/***/ 84400:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ad: () => (/* binding */ readKeyring),
/* harmony export */   ml: () => (/* binding */ readKeyFile),
/* harmony export */   qV: () => (/* binding */ addToKeyring)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/* harmony import */ var _core_write_file_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(23020);
/* harmony import */ var _public_key_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4150);
/** The keys this user trusts: a folder of armored public keys, each under its fingerprint. */





/**
 * The keys as they lie there, for `openTrust`. A folder that is not there is an empty one.
 * @throws BuildcacheError for what cannot be read
 */
async function readKeyring(folder) {
    let names;
    try {
        names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder);
    }
    catch (error) {
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) === 'ENOENT')
            return [];
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .fileError */ .zS)(error, folder, 'read the trusted keys');
    }
    const files = names.filter((name) => name.endsWith('.asc')).sort();
    return await Promise.all(files.map((name) => readKeyFile((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name))));
}
/** @throws BuildcacheError when it cannot be read */
async function readKeyFile(file) {
    try {
        return { text: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file), source: file };
    }
    catch (error) {
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .fileError */ .zS)(error, file, 'read the public keys');
    }
}
/**
 * Trusts a key from now on. What is there of it already is kept, and what the new copy adds (a later expiry, a
 * revocation) goes with it.
 * @param force replace what is there
 * @throws BuildcacheError when it cannot be written
 */
async function addToKeyring(folder, key, force) {
    const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, `${key.fingerprint}.asc`);
    const before = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file).catch(() => undefined);
    const known = before === undefined || force ? [] : await (0,_public_key_js__WEBPACK_IMPORTED_MODULE_4__/* .readPublicKeys */ .eK)(before, file);
    const same = known.find(({ fingerprint }) => fingerprint === key.fingerprint);
    const merged = same === undefined ? key : await (0,_public_key_js__WEBPACK_IMPORTED_MODULE_4__/* .mergeKeys */ .ZR)(same, key);
    const text = merged.key.armor();
    if (before?.toString('utf8') === text)
        return 'unchanged';
    try {
        // Whoever may write here decides whom this user trusts.
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(folder, { recursive: true, mode: 0o700 });
    }
    catch (error) {
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .fileError */ .zS)(error, folder, 'make the folder of trusted keys');
    }
    await (0,_core_write_file_js__WEBPACK_IMPORTED_MODULE_3__/* .writeWholeFile */ .R0)(file, text);
    return before === undefined ? 'added' : 'updated';
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
            return index === undefined ? [] : parseKeyIndex(index);
        },
        read: (storage, fingerprint, signal) => readDocument(storage, `${LAYOUT2_KEYS}${fingerprint}.pub`, signal),
    },
    oci: undefined,
};
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

/***/ 4150:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ZR: () => (/* binding */ mergeKeys),
/* harmony export */   eK: () => (/* binding */ readPublicKeys),
/* harmony export */   sr: () => (/* binding */ parseFingerprint)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);

/**
 * @param text armored keys, text around them ignored; or binary ones
 * @param source a file, a URL or an input, for messages
 * @throws BuildcacheError `bad-input` when there is none, or one that cannot be read
 */
async function readPublicKeys(text, source) {
    const openpgp = await __webpack_require__.e(/* import() */ 3074).then(__webpack_require__.bind(__webpack_require__, 13074));
    const armored = typeof text === 'string' ? text : Buffer.from(text).toString('latin1');
    const blocks = armored.match(BLOCK);
    if (/-----BEGIN PGP PRIVATE KEY/.test(armored))
        throw secretKey(source);
    if (blocks === null && (typeof text === 'string' || !looksBinary(text)))
        throw noKeys(source);
    try {
        const read = blocks !== null
            ? await Promise.all(blocks.map((armoredKeys) => openpgp.readKeys({ armoredKeys })))
            : [await openpgp.readKeys({ binaryKeys: Buffer.from(text) })];
        const keys = read.flat();
        if (keys.some((key) => key.isPrivate()))
            throw secretKey(source);
        return await Promise.all(keys.map((key) => knownKey(key.toPublic())));
    }
    catch (error) {
        if (error instanceof _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO)
            throw error;
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', 'the public key is damaged or of a kind that is not supported', { file: source, expected: 'an armored OpenPGP public key, its line ends kept' }, error);
    }
}
/** What can be said of a key at this moment. */
async function knownKey(key) {
    const expiry = await key.getExpirationTime();
    const expires = expiry instanceof Date ? expiry : undefined;
    return {
        fingerprint: key.getFingerprint().toUpperCase(),
        userIds: key.getUserIDs(),
        created: key.getCreationTime(),
        expires,
        problem: await problemOf(key, expires),
        key,
    };
}
/** The key with all that several copies of it say: a later expiry, a revocation. */
async function mergeKeys(known, other) {
    return await knownKey(await known.key.update(other.key));
}
/** A fingerprint as people write it: spaces, `0x` and lower case allowed. Undefined when it is none. */
function parseFingerprint(text) {
    const digits = text.replace(/^0x/i, '').replaceAll(/[\s:]/g, '').toUpperCase();
    return /^[0-9A-F]{40}$/.test(digits) ? digits : undefined;
}
const BLOCK = /-----BEGIN PGP PUBLIC KEY BLOCK-----[\s\S]*?-----END PGP PUBLIC KEY BLOCK-----/g;
/** A packet's first byte has its first bit set, which no text's has. */
function looksBinary(bytes) {
    return ((bytes[0] ?? 0) & 0x80) !== 0;
}
function secretKey(source) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', 'a secret key does not belong among the trusted keys', {
        file: source,
        expected: 'a public key',
        hint: 'export it with `gpg --armor --export FINGERPRINT`',
    });
}
function noKeys(source) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', 'there is no public key in it', {
        file: source,
        expected: '-----BEGIN PGP PUBLIC KEY BLOCK-----',
        hint: 'export one with `gpg --armor --export FINGERPRINT`',
    });
}
async function problemOf(key, expires) {
    const now = new Date();
    if (await key.isRevoked(undefined, undefined, now))
        return 'revoked';
    if (key.getCreationTime() > now)
        return `from the future (${key.getCreationTime().toISOString()})`;
    if (expires !== undefined && expires <= now)
        return `expired on ${expires.toISOString().slice(0, 10)}`;
    return await key.getSigningKey(undefined, now).then(() => undefined, () => 'unable to sign');
}


/***/ }),

/***/ 29385:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  S_: () => (/* binding */ addTrustOptions),
  LP: () => (/* binding */ downloadFolder),
  sW: () => (/* binding */ keyringFolder),
  bn: () => (/* binding */ readTrust),
  sc: () => (/* binding */ splitTrustedKeys)
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/cache/keyring.js
var keyring = __webpack_require__(84400);
// EXTERNAL MODULE: ./build/cache/public-key.js
var public_key = __webpack_require__(4150);
// EXTERNAL MODULE: ./build/core/clearsigned.js
var clearsigned = __webpack_require__(49283);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
;// CONCATENATED MODULE: ./build/cache/trust.js



/** @throws BuildcacheError `bad-input` for keys that cannot be read; `usage` for a fingerprint that is none */
async function openTrust({ keys, fingerprints }) {
    const pins = fingerprints.length === 0 ? undefined : new Set(fingerprints.map(pinOf));
    const known = new Map();
    for (const { text, source } of keys) {
        for (const key of await (0,public_key/* readPublicKeys */.eK)(text, source))
            await add(known, key);
    }
    const isTrusted = ({ fingerprint }) => pins === undefined || pins.has(fingerprint);
    const missing = () => [...(pins ?? [])].filter((fingerprint) => !known.has(fingerprint));
    return {
        missing,
        trusted: () => [...(pins ?? known.keys())],
        async admit(text, source) {
            for (const key of await (0,public_key/* readPublicKeys */.eK)(text, source)) {
                // By fingerprint only: a mirror must not bring another version of a key that somebody brought by hand.
                if (pins?.has(key.fingerprint) === true && !known.has(key.fingerprint))
                    await add(known, key);
            }
        },
        async verify(message, source) {
            const refuse = (found) => {
                const trusted = [...known.values()].filter(isTrusted).map(nameOf);
                throw untrusted(source, found, [
                    ...trusted,
                    ...missing().map((pin) => `${pin} (pinned, and the key was not found)`),
                ]);
            };
            if ((0,clearsigned/* clearsignedText */.J)(message) === undefined)
                return refuse('no signature');
            const openpgp = await __webpack_require__.e(/* import() */ 3074).then(__webpack_require__.bind(__webpack_require__, 13074));
            const parsed = await openpgp.readCleartextMessage({ cleartextMessage: message }).catch(() => undefined);
            if (parsed === undefined)
                return refuse('a damaged signature');
            const keyIds = parsed.getSigningKeyIDs();
            if (keyIds.length > MAX_SIGNATURES)
                return refuse(`${keyIds.length} signatures`);
            const reasons = [];
            for (const keyId of keyIds) {
                const signers = [...known.values()].filter(({ key }) => key.getKeys(keyId).length > 0);
                if (signers.length === 0)
                    reasons.push(`one by ${keyId.toHex().toUpperCase()}, which is not trusted`);
                for (const signer of signers) {
                    const problem = isTrusted(signer)
                        ? await verifyWith(signer, keyId, parsed)
                        : `one by ${nameOf(signer)}, which is not among the pinned ones`;
                    if (problem === undefined)
                        return { text: parsed.getText(), fingerprint: signer.fingerprint };
                    reasons.push(problem);
                }
            }
            return refuse(reasons.length === 0 ? 'no signature' : reasons.join('; '));
        },
    };
}
/** Spack makes one. Each is checked with each key, and a hostile document has room for thousands. */
const MAX_SIGNATURES = 16;
/** Clocks of the machine that signed and of this one may differ by so much. */
const CLOCK_SKEW_MS = 5 * 60 * 1000;
/** @returns what is wrong with the signatures by this key */
async function verifyWith(signer, keyId, message) {
    if (signer.problem !== undefined)
        return `one by ${nameOf(signer)}, which is ${signer.problem}`;
    const openpgp = await __webpack_require__.e(/* import() */ 3074).then(__webpack_require__.bind(__webpack_require__, 13074));
    try {
        // The library looks at the key as it was when it signed. It has to be good now.
        await signer.key.getSigningKey(keyId, new Date());
    }
    catch {
        return `one by ${nameOf(signer)}, with a subkey that is expired, revoked or not for signing`;
    }
    const verifying = openpgp.verify({
        message,
        verificationKeys: signer.key,
        date: new Date(Date.now() + CLOCK_SKEW_MS),
    });
    // It throws for a signature of no known kind instead of finding it wrong.
    const { signatures } = await verifying.catch(() => ({ signatures: [] }));
    for (const { keyID, verified } of signatures) {
        // Only the one asked about: another subkey of the same key may be one that has expired.
        if (keyID.equals(keyId) && (await verified.catch(() => false)))
            return undefined;
    }
    return `one by ${nameOf(signer)} that does not fit the text: one of the two was changed`;
}
async function add(known, key) {
    const before = known.get(key.fingerprint);
    known.set(key.fingerprint, before === undefined ? key : await (0,public_key/* mergeKeys */.ZR)(before, key));
}
function pinOf(text) {
    const fingerprint = (0,public_key/* parseFingerprint */.sr)(text);
    if (fingerprint !== undefined)
        return fingerprint;
    throw new errors/* BuildcacheError */.fO('usage', `not a fingerprint: ${JSON.stringify(text)}`, {
        expected: '40 hexadecimal digits, as `gpg --fingerprint` prints them',
    });
}
function nameOf({ fingerprint, userIds }) {
    return `${fingerprint} (${userIds[0] ?? 'no user id'})`;
}
/** Named in a message. */
const SHOWN = 4;
function untrusted(url, found, trusted) {
    const names = trusted.slice(0, SHOWN).join(', ');
    const more = trusted.length > SHOWN ? ` and ${trusted.length - SHOWN} more` : '';
    return new errors/* BuildcacheError */.fO('untrusted', 'its signature is not to be trusted', {
        url,
        expected: trusted.length === 0 ? 'one by a trusted key, but no key is trusted yet' : `one by ${names}${more}`,
        found,
        hint: 'name the key of who signs with --trusted-keys FILE (in the action: the input trusted-keys), or trust one of ' +
            'the mirror with `buildcache keys --install --trust`; --unsigned does without (signed: false of the mirror)',
    });
}

// EXTERNAL MODULE: ./build/entry/shared-options.js
var shared_options = __webpack_require__(23589);
;// CONCATENATED MODULE: ./build/entry/trust-options.js
/** Options of verbs that take binaries from mirrors: whose signatures count, and where downloads are kept. */






function addTrustOptions(command) {
    return command
        .option('--trusted-keys <file|fingerprint>', 'trust the public keys in this file, too; once a fingerprint is given, no keys but those (repeatable)', shared_options/* collect */.Fo, [])
        .option('-u, --unsigned', 'do not look at signatures at all', false);
}
/**
 * The keys of the keyring and of the options.
 * @returns undefined with `unsigned`, of which the user is warned
 * @throws BuildcacheError for keys that cannot be read
 */
async function readTrust({ trustedKeys, unsigned }, { env, cwd }, reporter) {
    if (unsigned) {
        reporter.warn('signatures are not looked at: whoever can write to a mirror decides what is installed');
        return undefined;
    }
    const keys = await (0,keyring/* readKeyring */.ad)(keyringFolder(env));
    const fingerprints = [];
    for (const value of trustedKeys) {
        const fingerprint = (0,public_key/* parseFingerprint */.sr)(value);
        if (fingerprint !== undefined)
            fingerprints.push(fingerprint);
        else if (value.includes(ARMOR))
            keys.push({ text: Buffer.from(value), source: 'trusted-keys' });
        else
            keys.push(await (0,keyring/* readKeyFile */.ml)((0,external_node_path_.resolve)(cwd, value)));
    }
    return await openTrust({ keys, fingerprints });
}
/** The values in an input of several lines: armored keys, each whole, and one file or fingerprint a line. */
function splitTrustedKeys(input) {
    const armored = input.match(/-----BEGIN PGP [\s\S]*?-----END PGP [^\n]*/g) ?? [];
    const rest = input.replace(/-----BEGIN PGP [\s\S]*?-----END PGP [^\n]*/g, '');
    const lines = rest.split('\n').map((line) => line.trim());
    return [...armored, ...lines.filter((line) => line !== '')];
}
const ARMOR = '-----BEGIN PGP ';
/** `BUILDCACHE_KEYRING`, else in the XDG data folder: the keys this user trusts. */
function keyringFolder(env) {
    if (env['BUILDCACHE_KEYRING'])
        return (0,external_node_path_.resolve)(env['BUILDCACHE_KEYRING']);
    const data = env['XDG_DATA_HOME'] || (0,external_node_path_.join)(env['HOME'] || (0,external_node_os_.homedir)(), '.local', 'share');
    return (0,external_node_path_.join)(data, 'buildcache', 'keys');
}
/** `BUILDCACHE_CACHE_DIR`, else the XDG cache folder: where downloaded blobs are kept. */
function downloadFolder(env) {
    const own = env['BUILDCACHE_CACHE_DIR'];
    if (own)
        return (0,external_node_path_.join)(own, 'blobs');
    return (0,external_node_path_.join)(env['XDG_CACHE_HOME'] || (0,external_node_path_.join)(env['HOME'] || (0,external_node_os_.homedir)(), '.cache'), 'buildcache', 'blobs');
}


/***/ })

};
