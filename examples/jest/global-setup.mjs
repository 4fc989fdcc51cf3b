import { startTwin } from 'twintrack';

/** One twin for the whole run, in the process of Jest itself; its workers reach it over HTTP. */
export default async function setup() {
  globalThis.twin = await startTwin();
  process.env.TWIN_URL = globalThis.twin.url;
}
