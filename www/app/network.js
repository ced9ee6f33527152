// The way to the API: the network, or, where the page stands on a static host, the sandbox in the page.

/** Where the sandbox in the page answers; in any other network this leads nowhere. */
const ORIGIN = "https://sandbox.invalid";

/** Whether the page brings its sandbox along. The build says so in a copy for static hosts. */
export const bringsSandbox = document.querySelector('meta[name="centerfy-sandbox"]') !== null;

/** Where the sandbox is: in the page, or at the server that the page comes from. */
export const sandboxBase = () => (bringsSandbox ? `${ORIGIN}/` : document.baseURI);

/** Whether a URL leads to the sandbox in the page. */
export const isInPage = (url) => bringsSandbox && new URL(url, document.baseURI).origin === ORIGIN;

let opening;

/** The sandbox in the page. It begins afresh whenever the page is loaded. */
function openSandbox() {
  opening ??= import("../pkg/sandbox/index.js")
    .then(({ createSandbox }) => createSandbox({ contactReplies: true }))
    .catch((error) => { opening = undefined; throw error; });
  return opening;
}

/** The key that the sandbox in the page takes; each has another one. */
export const keyOfSandbox = async () => (await openSandbox()).apiKey;

/** What `fetch` does, to the sandbox in the page too. */
export const reach = async (url, init) => (isInPage(url) ? (await openSandbox()).fetch(url, init) : fetch(url, init));

/** A URL that the page's own elements can load. */
export async function loadable(url) {
  if (!isInPage(url)) return url;
  const response = await reach(url);
  return response.ok ? URL.createObjectURL(await response.blob()) : url;
}
