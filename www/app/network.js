// Access to the API: the network, or, on a static host, the sandbox in the page.

/** The address of the sandbox in the page; no network resolves it. */
const ORIGIN = "https://sandbox.invalid";

/** Whether the page contains its sandbox. The build sets this in the copy for static hosts. */
export const bringsSandbox = document.querySelector('meta[name="centerfy-sandbox"]') !== null;

/** The sandbox's address: in the page, or on the page's server. */
export const sandboxBase = () => (bringsSandbox ? `${ORIGIN}/` : document.baseURI);

/** Whether a URL belongs to the sandbox in the page. */
export const isInPage = (url) => bringsSandbox && new URL(url, document.baseURI).origin === ORIGIN;

let opening;

/** The sandbox in the page. It restarts whenever the page loads. */
function openSandbox() {
  opening ??= import("../pkg/sandbox/index.js")
    .then(({ createSandbox }) => createSandbox({ contactReplies: true }))
    .catch((error) => { opening = undefined; throw error; });
  return opening;
}

/** The key of the sandbox in the page, which differs with each load. */
export const keyOfSandbox = async () => (await openSandbox()).apiKey;

/** Like `fetch`, also for the sandbox in the page. */
export const reach = async (url, init) => (isInPage(url) ? (await openSandbox()).fetch(url, init) : fetch(url, init));

/** A URL that the page's own elements can load. */
export async function loadable(url) {
  if (!isInPage(url)) return url;
  const response = await reach(url);
  return response.ok ? URL.createObjectURL(await response.blob()) : url;
}
