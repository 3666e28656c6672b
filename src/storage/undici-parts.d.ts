/**
 * The two parts of undici that are used, imported one by one: the whole package takes four times as long to
 * load, and a gate that answers in a fraction of a second feels it.
 */
declare module 'undici/lib/api/index.js' {
  import type { Dispatcher } from 'undici';
  export const request: (
    this: Dispatcher,
    options: Dispatcher.RequestOptions,
  ) => Promise<Dispatcher.ResponseData>;
}
declare module 'undici/lib/dispatcher/agent.js' {
  import { Agent } from 'undici';
  export default Agent;
}
