// The options objects of centerfy/query fit the types of TanStack Query.
import { InfiniteQueryObserver, MutationObserver, QueryClient, QueryObserver } from "@tanstack/query-core";
import { Centerfy, type Agent, type SentMessage, type Message } from "centerfy";
import { createQueries, keys } from "centerfy/query";
const centerfy = new Centerfy({ proxy: "/api" });
const q = createQueries(centerfy);
const client = new QueryClient();
const agent: Promise<Agent> = client.fetchQuery(q.agentQuery("a"));
const o = new QueryObserver(client, q.agentQuery("a"));
const name: string | undefined = o.getCurrentResult().data?.name;
const inf = new InfiniteQueryObserver(client, q.messagesQuery("c", 20));
const m: Message[] | undefined = inf.getCurrentResult().data?.messages;
const rec = new QueryObserver(client, q.recordingQuery("c"));
const url: string | undefined = rec.getCurrentResult().data?.recording_url;
const mut = new MutationObserver(client, q.sendMessageMutation());
const sent: Promise<SentMessage> = mut.mutate({ content: "x", ai: false, conversation_id: "c", channel: "sms" });
// @ts-expect-error no channel
mut.mutate({ content: "x", ai: false, conversation_id: "c" });
const call = new MutationObserver(client, q.makeAiCallMutation());
call.mutate({ agentId: "a", contact_id: "c", organization_id: "o", sub_account_id: "s" });
const upd = new MutationObserver(client, q.updateAgentMutation());
upd.mutate({ agentId: "a", name: "x" });
const cre = new MutationObserver(client, q.createAgentMutation());
client.invalidateQueries({ queryKey: keys.messages("c") });
client.prefetchInfiniteQuery(q.messagesQuery("c"));

export { agent, cre as createAgent, m as messages, name, o as observer, sent, url };
