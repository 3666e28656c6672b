export const id = 2272;
export const ids = [2272];
export const modules = {

/***/ 84895:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  X: () => (/* binding */ actionConnection)
});

// EXTERNAL MODULE: ./build/core/retry.js
var retry = __webpack_require__(68216);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/storage/read.js
var read = __webpack_require__(53700);
;// CONCATENATED MODULE: ./build/storage/s3-role.js
/**
 * AWS's token service: a role's credentials in exchange for a token of an identity provider that the role trusts.
 * The operation needs no signature (AWS STS API Reference, AssumeRoleWithWebIdentity, version 2011-06-15).
 */


/**
 * @returns credentials that are good for an hour, if the service does not say otherwise
 * @throws BuildcacheError `denied` when the role is not given; `throttled`, `server-error`, `unreachable`,
 *   `protocol`. Not tried again here.
 */
async function assumeRole(client, request) {
    const { endpoint, role, session, token } = request;
    const response = await client.request({
        method: 'POST',
        url: tokenServiceUrl(endpoint),
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/xml' },
        body: new URLSearchParams({
            Action: 'AssumeRoleWithWebIdentity',
            Version: '2011-06-15',
            RoleArn: role,
            RoleSessionName: session,
            WebIdentityToken: token,
        }).toString(),
    });
    const answer = (await (0,read/* readUpTo */.Vc)(response.body, 64 * 1024)).toString('utf8');
    if (response.status !== 200)
        throw refusal(response.status, answer, endpoint);
    const credentials = credentialsIn(answer);
    if (credentials !== undefined)
        return credentials;
    throw new errors/* BuildcacheError */.fO('protocol', 'the token service answered with something else', {
        url: endpoint,
        expected: 'credentials of a role',
        found: response.headers.get('content-type') ?? 'no content type',
    });
}
function tokenServiceUrl(endpoint) {
    const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
    if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === '')
        return url;
    throw new errors/* BuildcacheError */.fO('usage', "not the URL of AWS's token service", {
        expected: 'https://host[:port] (AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL)',
    });
}
/** What the service says of itself is quoted: it holds names and numbers, and never the token. */
function refusal(status, answer, url) {
    const code = s3_role_element(answer, 'Code') ?? '';
    const message = s3_role_element(answer, 'Message')?.slice(0, 300);
    const found = `HTTP ${status} ${code}${message === undefined ? '' : `: ${message}`}`.trim();
    const meaning = status === 429 || code.startsWith('Throttling')
        ? 'throttled'
        : status >= 500 || code === 'IDPCommunicationError'
            ? 'server-error'
            : 'denied';
    const hint = 'check AWS_ROLE_ARN, and that the role trusts token.actions.githubusercontent.com with this repository';
    return new errors/* BuildcacheError */.fO(meaning, 'the role was not given to this job', {
        url,
        status,
        found,
        ...(meaning === 'denied' ? { hint } : {}),
    });
}
function credentialsIn(xml) {
    const accessKeyId = s3_role_element(xml, 'AccessKeyId');
    const secretAccessKey = s3_role_element(xml, 'SecretAccessKey');
    const sessionToken = s3_role_element(xml, 'SessionToken');
    const expiration = new Date(s3_role_element(xml, 'Expiration') ?? '');
    if (!accessKeyId || !secretAccessKey || !sessionToken || Number.isNaN(expiration.getTime()))
        return undefined;
    return { accessKeyId, secretAccessKey, sessionToken, expiration };
}
/** The four values are letters, digits and `+/=:-`, so no parser is needed; nor one that hostile XML could hurt. */
function s3_role_element(xml, name) {
    return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1]?.trim();
}

;// CONCATENATED MODULE: ./build/github/oidc.js
/**
 * An OpenID Connect token of the job's identity, for clouds and registries that trust GitHub. The job needs
 * `permissions: id-token: write`; the runner then says where to ask.
 */



/** Whether the job may ask for a token. */
function hasIdTokens(env) {
    return Boolean(env['ACTIONS_ID_TOKEN_REQUEST_URL']) && Boolean(env['ACTIONS_ID_TOKEN_REQUEST_TOKEN']);
}
/**
 * @param audience for whom; GitHub's default, the owner's URL, when undefined
 * @returns the token, a JWT that is good for a few minutes
 * @throws `usage` without the permission; `denied`, `throttled`, `server-error`, `unreachable`, `protocol`
 */
async function getIdToken(env, client, audience, options) {
    const address = env['ACTIONS_ID_TOKEN_REQUEST_URL'];
    const bearer = env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
    if (!address || !bearer || !URL.canParse(address)) {
        throw new errors/* BuildcacheError */.fO('usage', 'this job has no identity token to ask for', {
            hint: 'give the job `permissions: id-token: write`',
        });
    }
    const url = new URL(address);
    if (audience !== undefined)
        url.searchParams.set('audience', audience);
    const token = await (0,retry/* retrying */.R$)(() => request(client, url, bearer, options.signal), options.retry ?? retry/* DEFAULT_RETRY */.vI, options.signal);
    options.mask(token);
    return token;
}
async function request(client, url, bearer, signal) {
    const response = await client.request({
        method: 'GET',
        url,
        headers: { authorization: `Bearer ${bearer}`, accept: 'application/json; api-version=2.0' },
        signal,
    });
    // Tokens have one or two kilobytes.
    const body = (await (0,read/* readUpTo */.Vc)(response.body, 64 * 1024)).toString('utf8');
    // The address carries identifiers of the run in its query, the body the token: neither belongs in an error.
    const facts = { url: `${url.origin}${url.pathname}`, status: response.status };
    if (response.status !== 200) {
        const message = `GitHub's token service answered with ${response.status}`;
        switch (true) {
            case response.status === 401 || response.status === 403:
                throw new errors/* BuildcacheError */.fO('denied', message, {
                    ...facts,
                    hint: 'check `permissions: id-token: write`',
                });
            case response.status === 429:
                throw new errors/* BuildcacheError */.fO('throttled', message, facts);
            case response.status >= 500:
                throw new errors/* BuildcacheError */.fO('server-error', message, facts);
            default:
                throw new errors/* BuildcacheError */.fO('protocol', message, { ...facts, expected: '200' });
        }
    }
    const token = tokenIn(body);
    if (token === undefined) {
        throw new errors/* BuildcacheError */.fO('protocol', "GitHub's token service answered with something else", {
            ...facts,
            expected: 'JSON with a token under `value`',
            found: response.headers.get('content-type') ?? 'no content type',
        });
    }
    return token;
}
function tokenIn(body) {
    try {
        const value = JSON.parse(body);
        if (typeof value !== 'object' || value === null || !('value' in value))
            return undefined;
        return typeof value.value === 'string' && value.value !== '' ? value.value : undefined;
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/github/aws-credentials.js
/**
 * AWS credentials of the job's identity. A build may outlive those it was started with; where the job has
 * `permissions: id-token: write` and `AWS_ROLE_ARN` says as whom, new ones are to be had at any time.
 */



/** Whom roles expect the token to be for. */
const AUDIENCE = 'sts.amazonaws.com';
/** Who wants the credentials asks again himself. */
const ONCE = { ...retry/* DEFAULT_RETRY */.vI, retries: 0 };
/**
 * @param mask told each secret before anybody else
 * @returns what gets new credentials; undefined where the job cannot. A token file is somebody else's arrangement of
 *   the same kind (a cluster's), and is left to the SDK.
 */
function awsRenewal(env, mask) {
    const role = env['AWS_ROLE_ARN'];
    if (!role || !hasIdTokens(env) || env['AWS_WEB_IDENTITY_TOKEN_FILE'])
        return undefined;
    return async (client) => {
        const token = await getIdToken(env, client, AUDIENCE, { mask, retry: ONCE });
        const session = env['AWS_ROLE_SESSION_NAME'] || `buildcache-${env['GITHUB_RUN_ID'] ?? 'action'}`;
        const credentials = await assumeRole(client, { endpoint: tokenService(env), role, session, token });
        mask(credentials.secretAccessKey);
        mask(credentials.sessionToken);
        return credentials;
    };
}
/** As the SDK has it. */
function tokenService(env) {
    const own = env['AWS_ENDPOINT_URL_STS'] || env['AWS_ENDPOINT_URL'];
    if (own)
        return own;
    const region = env['AWS_REGION'] || env['AWS_DEFAULT_REGION'];
    if (!region)
        return 'https://sts.amazonaws.com';
    return `https://sts.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}

// EXTERNAL MODULE: ./build/github/workflow-commands.js
var workflow_commands = __webpack_require__(4972);
// EXTERNAL MODULE: ./build/entry/job-secrets.js
var job_secrets = __webpack_require__(58684);
;// CONCATENATED MODULE: ./build/entry/action-connection.js
/** How the action's steps talk to mirrors. */




function actionConnection({ jobs, timeout, retries, configuration }, env) {
    return {
        timeoutMs: timeout * 1000,
        retry: { ...retry/* DEFAULT_RETRY */.vI, retries },
        jobs,
        verifyTls: configuration.verifyTls ?? true,
        caFile: configuration.caFile,
        env,
        githubToken: (0,job_secrets/* jobToken */.Pt)(env),
        renewAws: awsRenewal(env, mask),
    };
}
function mask(secret) {
    const line = (0,workflow_commands/* addMask */.eu)(secret);
    if (line !== undefined)
        process.stdout.write(`${line}\n`);
}


/***/ }),

/***/ 62097:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ writeCopyList)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/* harmony import */ var _core_write_file_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(23020);
/* harmony import */ var _github_files_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(42177);
/* harmony import */ var _github_inputs_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(52325);
/* harmony import */ var _plan_copy_list_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(70422);
/**
 * The output `copy-list`: the path of a file that grows from the main step, which knows what is present, to the post
 * step, which knows what was pushed.
 */







/** @param folder where the file goes when it is the first of the job's step */
async function writeCopyList(items, env, folder) {
    const earlier = (0,_github_inputs_js__WEBPACK_IMPORTED_MODULE_6__/* .readState */ .u)(env, 'copy-list');
    const file = earlier ?? (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'copy-list.json');
    const known = earlier === undefined ? [] : await readItems(earlier);
    await (0,_core_write_file_js__WEBPACK_IMPORTED_MODULE_3__/* .writeWholeFile */ .R0)(file, (0,_plan_copy_list_js__WEBPACK_IMPORTED_MODULE_5__/* .formatCopyList */ .d7)([...known, ...items]));
    (0,_github_files_js__WEBPACK_IMPORTED_MODULE_4__/* .setOutput */ .uH)(env, 'copy-list', file);
    if (env['GITHUB_STATE'])
        (0,_github_files_js__WEBPACK_IMPORTED_MODULE_4__/* .saveState */ .LZ)(env, 'copy-list', file);
}
/** A file that somebody has moved away begins anew. */
async function readItems(file) {
    try {
        return (0,_plan_copy_list_js__WEBPACK_IMPORTED_MODULE_5__/* .parseCopyList */ .bb)(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file, 'utf8'), file);
    }
    catch (error) {
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) === 'ENOENT')
            return [];
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .fileError */ .zS)(error, file, 'read the copy-list');
    }
}


/***/ }),

/***/ 13794:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FV: () => (/* binding */ escapeMarkdown),
/* harmony export */   Qj: () => (/* binding */ markdownTable),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   fe: () => (/* binding */ appendSummary)
/* harmony export */ });
/* unused harmony export SUMMARY_LIMIT */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _workflow_commands_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4972);
/**
 * The job summary: Markdown appended to GITHUB_STEP_SUMMARY. Whatever comes from outside goes through
 * {@link code} or {@link escapeMarkdown}, which let nothing of it be Markdown, HTML, a link or a mention.
 */



/** Bytes of a step's summary; GitHub refuses all of a longer one. */
const SUMMARY_LIMIT = 1024 * 1024;
/**
 * Appends Markdown to the step's summary; what goes over {@link SUMMARY_LIMIT} is cut off at the end of a line
 * and a sentence says so.
 * @returns whether all of it is there
 * @throws `usage` outside of a job
 */
function appendSummary(env, markdown) {
    const file = env['GITHUB_STEP_SUMMARY'];
    if (file === undefined || file === '') {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('usage', 'GITHUB_STEP_SUMMARY is not set', {
            hint: 'run this as a step of a GitHub job, or use the command line',
        });
    }
    try {
        const room = SUMMARY_LIMIT - ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(file, { throwIfNoEntry: false })?.size ?? 0);
        const text = markdown.endsWith('\n') ? markdown : `${markdown}\n`;
        const fits = Buffer.byteLength(text) <= room;
        const kept = fits ? text : cut(text, room);
        if (kept !== '')
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.appendFileSync)(file, kept);
        return fits;
    }
    catch (error) {
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .fileError */ .zS)(error, file, 'append to the job summary');
    }
}
/**
 * A table. Headers and cells are Markdown of one line each, already safe: made with {@link code} and
 * {@link escapeMarkdown} where they hold anything from outside. Missing cells are empty.
 */
function markdownTable(headers, rows) {
    const line = (cells) => `| ${headers.map((_, i) => oneCell(cells[i] ?? '')).join(' | ')} |\n`;
    const rule = `| ${headers.map(() => '---').join(' | ')} |\n`;
    return `${line(headers)}${rule}${rows.map(line).join('')}`;
}
/**
 * Text from outside as inline code, in tables too: GitHub makes neither links nor mentions of what stands in
 * backticks. What cannot stand in them (a backtick, a bar in a table, a space at an edge) becomes an element.
 */
function code(text) {
    const line = (0,_workflow_commands_js__WEBPACK_IMPORTED_MODULE_2__/* .singleLine */ .pF)(text);
    return /^[^\s`|]([^`|]*[^\s`|])?$/.test(line) ? `\`${line}\`` : `<code>${escapeMarkdown(line)}</code>`;
}
/**
 * Text from outside as prose of one line. Every character that means something in GitHub's Markdown becomes an
 * entity, and what is made a link all the same, after entities are resolved (`zlib@1.3` is a mail address to
 * GitHub, `#1` an issue), is broken up by a comment.
 */
function escapeMarkdown(text) {
    return entities((0,_workflow_commands_js__WEBPACK_IMPORTED_MODULE_2__/* .singleLine */ .pF)(text))
        .replace(/^[\s\d+=-]/, (first) => entity(first))
        .replace(/&#(?:64|35);(?=\w)/g, '$&<!-- -->')
        .replace(/\bGH(?=-\d)/gi, '$&<!-- -->')
        .replace(/www\./gi, (www) => `${www.slice(0, -1)}<!-- -->.`);
}
/** As references by number, so that nothing of the text is left to any parser. */
function entities(text) {
    return text.replace(/[!"#$&'()*:<>@[\\\]^_`{|}~]/g, entity);
}
function entity(character) {
    return `&#${character.charCodeAt(0)};`;
}
/** Bars that are still there would divide the cell, line breaks end the table. */
function oneCell(markdown) {
    return markdown.replaceAll('|', '&#124;').replace(/[\r\n]+/g, ' ');
}
const CUT = '\n\n*The rest is left out: GitHub shows at most 1 MiB for each step.*\n';
/** As many whole lines as there is room for, closed folds and fences, and the sentence that says so. */
function cut(text, room) {
    const closers = '\n```\n\n</details></details>';
    const bytes = Buffer.from(text).subarray(0, Math.max(0, room - CUT.length - closers.length));
    const kept = bytes.subarray(0, bytes.lastIndexOf('\n') + 1).toString('utf8');
    if (kept === '')
        return room >= CUT.length ? CUT : '';
    const fenced = (kept.match(/^```/gm)?.length ?? 0) % 2 === 1;
    const open = (kept.match(/<details\b/g)?.length ?? 0) - (kept.match(/<\/details>/g)?.length ?? 0);
    return `${kept}${fenced ? '```\n' : ''}${open > 0 ? `\n${'</details>'.repeat(Math.min(open, 2))}` : ''}${CUT}`;
}


/***/ })

};
