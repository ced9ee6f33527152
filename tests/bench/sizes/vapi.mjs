import { VapiClient } from "@vapi-ai/server-sdk";

console.log(await new VapiClient({ token: "key" }).assistants.get({ id: "id" }));
