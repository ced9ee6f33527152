// Deno sends a body that can be read only once in chunks, without a length. Only operations that are
// not repeat-safe are sent so, since some servers refuse a body without a length.
import { Centerfy } from "centerfy";

const lengths = [];
const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
  const text = await request.text();
  lengths.push(request.headers.get("content-length") === `${text.length}`);
  return Response.json({});
});
const client = new Centerfy({ apiKey: "cfy_lengths", baseUrl: `http://127.0.0.1:${server.addr.port}` });
await client.archiveAgent("a");
await client.updateAgent("a", { name: "Mia" });
await client.sendMessage({ content: "c", ai: false, conversation_id: "v", channel: "sms" });
await server.shutdown();
const expected = [true, true, false];
const passed = JSON.stringify(lengths) === JSON.stringify(expected);
console.log(JSON.stringify(passed ? { passed: expected } : { failed: `with a length: ${lengths}` }));
