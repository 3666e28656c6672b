export const id = 4283;
export const ids = [4283];
export const modules = {

/***/ 44283:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   proxyWantsCredentials: () => (/* binding */ proxyWantsCredentials),
/* harmony export */   takingTurns: () => (/* binding */ takingTurns),
/* harmony export */   tunnelAgent: () => (/* binding */ tunnelAgent)
/* harmony export */ });
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(37067);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(44708);
/* harmony import */ var p_limit__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(70370);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/* harmony import */ var _proxy_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(90286);
/**
 * TLS connections through a proxy: CONNECT (RFC 9110 section 9.3.6), then TLS with the server inside. Loaded only where
 * there is a proxy.
 */





/** Its connections go through the proxy. What is said to the proxy of who asks is said to nobody else. */
function tunnelAgent(proxy, { limitSilence, ...settings }) {
    return new TunnelAgent(proxy, settings, limitSilence);
}
/**
 * Turns for requests to a host, so many at once: an agent counts only the connections that are open, and opens another
 * for whoever comes while the first tunnels are being made.
 */
function takingTurns(most) {
    const hosts = new Map();
    return (host, signal) => {
        const limit = hosts.get(host) ?? (0,p_limit__WEBPACK_IMPORTED_MODULE_4__/* ["default"] */ .A)(most);
        hosts.set(host, limit);
        return new Promise((resolve, reject) => {
            const onAbort = () => reject(signal?.reason);
            signal?.addEventListener('abort', onAbort, { once: true });
            void limit(async () => {
                signal?.removeEventListener('abort', onAbort);
                if (signal?.aborted)
                    reject(signal.reason);
                else
                    await new Promise((end) => resolve(end));
            });
        });
    };
}
class TunnelAgent extends node_https__WEBPACK_IMPORTED_MODULE_1__.Agent {
    #proxy;
    #settings;
    #limitSilence;
    #opening = new Set();
    constructor(proxy, settings, limitSilence) {
        super(settings);
        this.#proxy = proxy;
        this.#settings = settings;
        this.#limitSilence = limitSilence;
    }
    createConnection(options, callback) {
        this.#open(`${bracketed(String(options.host))}:${options.port}`).then((socket) => {
            const secured = super.createConnection({ ...options, socket });
            if (secured)
                callback(null, secured);
        }, 
        // Node's own callback takes an error alone.
        (error) => callback(error));
    }
    destroy() {
        for (const request of this.#opening)
            request.destroy();
        super.destroy();
    }
    /** @param target `host:port` */
    #open(target) {
        const { url, authorization } = this.#proxy;
        const send = url.protocol === 'https:' ? node_https__WEBPACK_IMPORTED_MODULE_1__.request : node_http__WEBPACK_IMPORTED_MODULE_0__.request;
        return new Promise((resolve, reject) => {
            const request = send({
                ...(0,_proxy_js__WEBPACK_IMPORTED_MODULE_3__/* .addressOf */ .ci)(this.#proxy),
                ...(url.protocol === 'https:' ? this.#settings : {}),
                method: 'CONNECT',
                path: target,
                agent: false,
                headers: {
                    host: target,
                    'user-agent': 'buildcache-action',
                    ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }),
                },
            });
            this.#opening.add(request);
            request.once('close', () => this.#opening.delete(request));
            request.on('error', reject);
            request.on('socket', (socket) => this.#limitSilence(socket, request));
            request.on('connect', (answer, socket, head) => {
                socket.setTimeout(0);
                const status = answer.statusCode ?? 0;
                if (status >= 200 && status < 300) {
                    if (head.length > 0)
                        socket.unshift(head);
                    resolve(socket);
                    return;
                }
                socket.on('error', () => undefined).destroy();
                reject(connectRefusal(this.#proxy, status, answer.headers['proxy-authenticate'], target));
            });
            request.end();
        });
    }
}
/** What a proxy means that does not connect. */
function connectRefusal(proxy, status, challenges, target) {
    if (status === 407)
        return proxyWantsCredentials(proxy, [challenges].flat().join(', '), `https://${target}`);
    const [code, hint] = meaning(status);
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO(code, `${(0,_proxy_js__WEBPACK_IMPORTED_MODULE_3__/* .describeProxy */ .GK)(proxy)} does not connect to it`, {
        url: `https://${target}`,
        status,
        found: `HTTP ${status} to CONNECT`,
        hint,
    });
}
/** A 407, however the proxy was asked. @param challenges its `Proxy-Authenticate` */
function proxyWantsCredentials(proxy, challenges, url) {
    const { authorization, variable } = proxy;
    const schemes = [...challenges.matchAll(/(?:^|,)\s*([A-Za-z][\w-]*)(?=\s|,|$)/g)].map(([, name]) => name);
    const isBasic = schemes.length === 0 || schemes.some((scheme) => scheme?.toLowerCase() === 'basic');
    const way = isBasic
        ? `write them into ${variable}, as http://user:password@host:port, percent-encoded`
        : 'only Basic is spoken here: run a local proxy that speaks the other';
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('denied', authorization === undefined
        ? `${(0,_proxy_js__WEBPACK_IMPORTED_MODULE_3__/* .describeProxy */ .GK)(proxy)} wants a user and a password (407)`
        : `${(0,_proxy_js__WEBPACK_IMPORTED_MODULE_3__/* .describeProxy */ .GK)(proxy)} does not accept the user and password (407)`, {
        url,
        status: 407,
        ...(isBasic ? {} : { expected: 'Basic', found: schemes.join(', ').slice(0, 100) }),
        hint: authorization === undefined || !isBasic ? way : `check those in ${variable}`,
    });
}
function meaning(status) {
    const except = 'or name the host in no_proxy';
    if (status === 429)
        return ['throttled', 'try again later'];
    if (status >= 500)
        return ['unreachable', `check the host name, ${except}`];
    if (status >= 400)
        return ['denied', `ask for the host to be let through, ${except}`];
    return ['protocol', `check that it is a proxy, ${except}`];
}
function bracketed(host) {
    return host.includes(':') ? `[${host}]` : host;
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
