// An app with a proxy, for the tests that attack it. It imports nothing, so it runs in every runtime.

/** Identifies the caller by a cookie. The header `x-mistake` chooses an operator's mistake instead. */
export const authorize = async ({ request }) => {
  const mistake = request.headers.get("x-mistake");
  if (mistake === "throw") throw new Error("the database is at 10.0.0.7");
  if (mistake === "hang") return new Promise(() => {});
  if (mistake === "nonsense") return { id: 7 };
  return /(?:^|; )session=(\w+)/.exec(request.headers.get("cookie") ?? "")?.[1] ?? false;
};

export const PATH = "/api/centerfy";

/** Every operation except archiveAgent. */
export const allow = ["getAgent", "createAgent", "updateAgent", "makeAiCall", "getCallRecording", "getContactMessages", "sendMessage"];
