// An app with a proxy, as tests attack it: it imports nothing, so it runs in every runtime.

/** Who somebody is, by a cookie; and an operator's mistakes, for who asks for them. */
export const authorize = async ({ request }) => {
  const mistake = request.headers.get("x-mistake");
  if (mistake === "throw") throw new Error("the database is at 10.0.0.7");
  if (mistake === "hang") return new Promise(() => {});
  if (mistake === "nonsense") return { id: 7 };
  return /(?:^|; )session=(\w+)/.exec(request.headers.get("cookie") ?? "")?.[1] ?? false;
};

export const PATH = "/api/centerfy";

/** All but archiving. */
export const allow = ["getAgent", "createAgent", "updateAgent", "makeAiCall", "getCallRecording", "getContactMessages", "sendMessage"];
