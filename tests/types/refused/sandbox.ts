// Wrong options, faults and messages of the sandbox do not compile.
import { createSandbox } from "centerfy/sandbox";

// @ts-expect-error string
await createSandbox({ seed: "one" });
// @ts-expect-error string
await createSandbox({ now: "2026-04-01" });
// @ts-expect-error true
await createSandbox({ rateLimit: true });
// @ts-expect-error Did you mean to write 'contactReplies'
await createSandbox({ contactReply: true });
// @ts-expect-error string
await createSandbox({ contacts: "1000" });
// @ts-expect-error timeZone
await createSandbox({ contacts: [{ timeZone: "Europe/Berlin" }] });

const sandbox = await createSandbox();
// @ts-expect-error "sendMail"
sandbox.fail("sendMail", { type: "drop", when: "after" });
// @ts-expect-error "explode"
sandbox.fail("any", { type: "explode" });
// @ts-expect-error "soon"
sandbox.fail("any", { type: "drop", when: "soon" });
// @ts-expect-error ms
sandbox.fail("any", { type: "delay" });
// @ts-expect-error after
sandbox.fail("any", { type: "cut_body", after: 5 });
// @ts-expect-error content
sandbox.receive({ contactId: "id" });
// @ts-expect-error string
sandbox.advance("5");
// @ts-expect-error read-only
sandbox.apiKey = "cfy";
