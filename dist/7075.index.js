export const id = 7075;
export const ids = [7075];
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

/***/ 34651:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $C: () => (/* binding */ KEY_INDEX),
/* harmony export */   H3: () => (/* binding */ updateKeyIndex),
/* harmony export */   Qr: () => (/* binding */ keyManifestKey),
/* harmony export */   TH: () => (/* binding */ listKeys),
/* harmony export */   jQ: () => (/* binding */ publishKey)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _fetch_document_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(93355);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(57356);
/* harmony import */ var _put_blob_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(52394);
/** Public keys and the list of them in layout 3, where `spack buildcache keys` finds them. */




const KEYS = 'v3/manifests/key/';
const KEY_INDEX = `${KEYS}keys.manifest.json`;
const ATTEMPTS = 50;
function keyManifestKey(fingerprint) {
    return `${KEYS}${fingerprint}.key.manifest.json`;
}
/**
 * Publishes a public key, and the list of keys with it. Nothing is written where both are there.
 * @param armored its text
 * @returns whether anything was written
 */
async function publishKey(storage, fingerprint, armored, signal) {
    const sent = await publishDocument(storage, keyManifestKey(fingerprint), 'key', Buffer.from(armored), signal);
    return (await updateKeyIndex(storage, signal)) || sent;
}
/** Lists the keys that are published. @returns whether the list had to be written */
async function updateKeyIndex(storage, signal) {
    // Who adds a key lists them afterwards: whoever is last sees all. Two at once write the same or go again.
    for (let i = 0; i < ATTEMPTS; i++) {
        const text = keyIndexText(await listKeys(storage, signal));
        const sent = await publishDocument(storage, KEY_INDEX, 'keyIndex', Buffer.from(text), signal);
        if (text === keyIndexText(await listKeys(storage, signal)))
            return sent || i > 0;
    }
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('conflict', 'others kept adding keys', { url: (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_1__/* .documentUrl */ .LJ)(storage, KEY_INDEX) });
}
/** The fingerprints keys are published under, as far as the storage can tell; unverified. */
async function listKeys(storage, signal) {
    const fingerprints = [];
    for await (const { key } of storage.list(KEYS, { signal })) {
        const name = /^([^/]+)\.key\.manifest\.json$/.exec(key.slice(KEYS.length))?.[1];
        if (name !== undefined)
            fingerprints.push(name);
    }
    return fingerprints.sort();
}
function keyIndexText(fingerprints) {
    return JSON.stringify({ keys: Object.fromEntries(fingerprints.map((name) => [name, {}])) });
}
/** A blob and the manifest that names it, unless they are there. */
async function publishDocument(storage, key, kind, bytes, signal) {
    const record = (0,_put_blob_js__WEBPACK_IMPORTED_MODULE_3__/* .blobRecord */ .RB)(kind, bytes, 'none');
    if (await isPublished(storage, key, kind, record.sha256, signal)) {
        if (await (0,_put_blob_js__WEBPACK_IMPORTED_MODULE_3__/* .hasBlob */ .is)(storage, record, signal))
            return false;
    }
    const blob = await (0,_put_blob_js__WEBPACK_IMPORTED_MODULE_3__/* .putBlob */ .HT)(storage, bytes, record, signal);
    await (0,_put_blob_js__WEBPACK_IMPORTED_MODULE_3__/* .putManifest */ .RV)(storage, key, [record], { signal });
    // As for entries: a prune may have taken it meanwhile.
    if (blob === 'reused')
        await (0,_put_blob_js__WEBPACK_IMPORTED_MODULE_3__/* .putBlob */ .HT)(storage, bytes, record, signal);
    return true;
}
async function isPublished(storage, key, kind, digest, signal) {
    const found = await (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_1__/* .fetchDocument */ .sW)(storage, key, { what: 'the manifest of a key', signal });
    if (found === undefined)
        return false;
    try {
        return (0,_manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .findRecord */ .Tq)((0,_manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .parseManifest */ .Ng)(found, (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_1__/* .documentUrl */ .LJ)(storage, key)), kind)?.sha256 === digest;
    }
    catch (error) {
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .errorCode */ .CA)(error) === 'bad-input')
            return false;
        throw error;
    }
}


/***/ }),

/***/ 52394:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HT: () => (/* binding */ putBlob),
/* harmony export */   RB: () => (/* binding */ blobRecord),
/* harmony export */   RV: () => (/* binding */ putManifest),
/* harmony export */   is: () => (/* binding */ hasBlob),
/* harmony export */   qi: () => (/* binding */ unlessDenied)
/* harmony export */ });
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(82552);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _layout3_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(65314);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(57356);
/**
 * Writing layout 3's two kinds of documents: blobs under the digest of their content, and the manifests that name
 * them. A blob is written before what names it, so that nothing ever names what is not there.
 */




/** What a manifest says of a blob. @param mediaType where the kind has several */
function blobRecord(kind, content, compression, mediaType = _manifest_js__WEBPACK_IMPORTED_MODULE_3__/* .MEDIA_TYPE */ .Ap[kind]) {
    const isBytes = content instanceof Uint8Array;
    return {
        mediaType,
        compression,
        size: isBytes ? content.length : content.size,
        sha256: isBytes ? (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .sha256 */ .sc)(content) : content.sha256,
    };
}
/**
 * What a question before writing comes to when it is not allowed: stores that may not be listed answer so for what is
 * not there, and whether we may write the write itself will tell.
 */
async function unlessDenied(question, otherwise) {
    return await question.catch((error) => {
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorCode */ .CA)(error) === 'denied')
            return otherwise;
        throw error;
    });
}
/** Whether the blob is there in its whole length. */
async function hasBlob(storage, { sha256: digest, size }, signal) {
    const asked = storage.head((0,_layout3_js__WEBPACK_IMPORTED_MODULE_2__/* .blobKey */ .bd)(digest), { signal, withoutEtag: true });
    const found = await unlessDenied(asked, undefined);
    return found !== undefined && (found.size === undefined || found.size === size);
}
/** Sends a blob unless it is there. @returns whether it was there */
async function putBlob(storage, content, record, signal) {
    if (await hasBlob(storage, record, signal))
        return 'reused';
    await storage.put((0,_layout3_js__WEBPACK_IMPORTED_MODULE_2__/* .blobKey */ .bd)(record.sha256), content, { signal });
    return 'sent';
}
/** An unsigned manifest. @throws BuildcacheError `conflict` when the condition does not hold */
async function putManifest(storage, key, records, { others, ...options } = {}) {
    await storage.put(key, Buffer.from((0,_manifest_js__WEBPACK_IMPORTED_MODULE_3__/* .formatManifest */ .L_)(records, others)), {
        contentType: 'application/json',
        ...options,
    });
}


/***/ }),

/***/ 55155:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ openTrust)
/* harmony export */ });
/* harmony import */ var _core_clearsigned_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(49283);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _public_key_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4150);



/** @throws BuildcacheError `bad-input` for keys that cannot be read; `usage` for a fingerprint that is none */
async function openTrust({ keys, fingerprints }) {
    const pins = fingerprints.length === 0 ? undefined : new Set(fingerprints.map(pinOf));
    const known = new Map();
    for (const { text, source } of keys) {
        for (const key of await (0,_public_key_js__WEBPACK_IMPORTED_MODULE_1__/* .readPublicKeys */ .eK)(text, source))
            await add(known, key);
    }
    const isTrusted = ({ fingerprint }) => pins === undefined || pins.has(fingerprint);
    const missing = () => [...(pins ?? [])].filter((fingerprint) => !known.has(fingerprint));
    return {
        missing,
        trusted: () => [...(pins ?? known.keys())],
        async admit(text, source) {
            for (const key of await (0,_public_key_js__WEBPACK_IMPORTED_MODULE_1__/* .readPublicKeys */ .eK)(text, source)) {
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
            if ((0,_core_clearsigned_js__WEBPACK_IMPORTED_MODULE_2__/* .clearsignedText */ .J)(message) === undefined)
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
    known.set(key.fingerprint, before === undefined ? key : await (0,_public_key_js__WEBPACK_IMPORTED_MODULE_1__/* .mergeKeys */ .ZR)(before, key));
}
function pinOf(text) {
    const fingerprint = (0,_public_key_js__WEBPACK_IMPORTED_MODULE_1__/* .parseFingerprint */ .sr)(text);
    if (fingerprint !== undefined)
        return fingerprint;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', `not a fingerprint: ${JSON.stringify(text)}`, {
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
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('untrusted', 'its signature is not to be trusted', {
        url,
        expected: trusted.length === 0 ? 'one by a trusted key, but no key is trusted yet' : `one by ${names}${more}`,
        found,
        hint: 'name the key of who signs with --trusted-keys FILE (in the action: the input trusted-keys), or trust one of ' +
            'the mirror with `buildcache keys --install --trust`; --unsigned does without (signed: false of the mirror)',
    });
}


/***/ }),

/***/ 67844:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KW: () => (/* binding */ cancelled),
/* harmony export */   dZ: () => (/* binding */ throwIfCancelled),
/* harmony export */   pj: () => (/* binding */ withGrace)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/** Cancellation, said in one way: whoever notices an aborted signal throws the same `cancelled` error. */

/** The error an aborted signal stands for: its reason when that is one of ours, else `cancelled`. */
function cancelled(signal) {
    const reason = signal?.reason;
    if (reason instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO)
        return reason;
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('cancelled', 'cancelled', {}, reason);
}
/** @throws BuildcacheError `cancelled` (or the signal's own reason) when the signal is aborted */
function throwIfCancelled(signal) {
    if (signal?.aborted === true)
        throw cancelled(signal);
}
/** A signal that fires so many milliseconds after another: the time there is for what must still be finished. */
function withGrace(signal, milliseconds) {
    const grace = new AbortController();
    const begin = () => {
        // Who has finished need not wait for it.
        setTimeout(() => grace.abort(signal.reason), milliseconds).unref();
    };
    if (signal.aborted)
        begin();
    else
        signal.addEventListener('abort', begin, { once: true });
    return grace.signal;
}


/***/ }),

/***/ 90066:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LP: () => (/* binding */ downloadFolder),
/* harmony export */   S_: () => (/* binding */ addTrustOptions),
/* harmony export */   ad: () => (/* binding */ KEYRING),
/* harmony export */   bn: () => (/* binding */ readTrust),
/* harmony export */   sW: () => (/* binding */ keyringFolder),
/* harmony export */   sc: () => (/* binding */ splitTrustedKeys)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _cache_keyring_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(84400);
/* harmony import */ var _cache_public_key_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4150);
/* harmony import */ var _cache_trust_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(55155);
/* harmony import */ var _shared_options_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(23589);
/** Options of verbs that take binaries from mirrors: whose signatures count, and where downloads are kept. */






/** Whom a verb trusts that has no option for it. */
const KEYRING = { trustedKeys: [], unsigned: false };
function addTrustOptions(command) {
    return command
        .option('--trusted-keys <file|fingerprint>', 'trust the public keys in this file, too; once a fingerprint is given, no keys but those (repeatable)', _shared_options_js__WEBPACK_IMPORTED_MODULE_5__/* .collect */ .Fo, [])
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
    const keys = await (0,_cache_keyring_js__WEBPACK_IMPORTED_MODULE_2__/* .readKeyring */ .ad)(keyringFolder(env));
    const fingerprints = [];
    for (const value of trustedKeys) {
        const fingerprint = (0,_cache_public_key_js__WEBPACK_IMPORTED_MODULE_3__/* .parseFingerprint */ .sr)(value);
        if (fingerprint !== undefined)
            fingerprints.push(fingerprint);
        else if (value.includes(ARMOR))
            keys.push({ text: Buffer.from(value), source: 'trusted-keys' });
        else
            keys.push(await (0,_cache_keyring_js__WEBPACK_IMPORTED_MODULE_2__/* .readKeyFile */ .ml)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(cwd, value)));
    }
    return await (0,_cache_trust_js__WEBPACK_IMPORTED_MODULE_4__/* .openTrust */ .N)({ keys, fingerprints });
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
        return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(env['BUILDCACHE_KEYRING']);
    const data = env['XDG_DATA_HOME'] || (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(env['HOME'] || (0,node_os__WEBPACK_IMPORTED_MODULE_0__.homedir)(), '.local', 'share');
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(data, 'buildcache', 'keys');
}
/** `BUILDCACHE_CACHE_DIR`, else the XDG cache folder: where downloaded blobs are kept. */
function downloadFolder(env) {
    const own = env['BUILDCACHE_CACHE_DIR'];
    if (own)
        return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(own, 'blobs');
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(env['XDG_CACHE_HOME'] || (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(env['HOME'] || (0,node_os__WEBPACK_IMPORTED_MODULE_0__.homedir)(), '.cache'), 'buildcache', 'blobs');
}


/***/ })

};
