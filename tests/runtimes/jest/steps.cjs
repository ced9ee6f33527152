/** A user's tests with fake timers: a fault, a limit, an error. `pass` advances the time. */
const clientOf = async ({ Centerfy, createSandbox }, options) => {
  const sandbox = await createSandbox({ rateLimit: false });
  const { apiKey, fetch } = sandbox;
  const client = new Centerfy({ apiKey, fetch, dangerouslyAllowBrowser: true, ...options });
  return { sandbox, client, id: sandbox.agents()[0].id };
};

exports.retry = async (tools) => {
  const { sandbox, client, id } = await clientOf(tools);
  sandbox.fail("getAgent", { type: "answer", status: 503, times: 1 });
  const call = client.getAgent(id);
  await tools.pass(1_000);
  tools.expect((await call).id).toBe(id);
  tools.expect(sandbox.log().map(({ status }) => status)).toEqual([503, 200]);
};

exports.waiting = async (tools) => {
  const { sandbox, client, id } = await clientOf(tools, { rateLimit: { requests: 2, perMs: 3_600_000 } });
  const calls = Promise.all([client.getAgent(id), client.getAgent(id), client.getAgent(id)]);
  await tools.pass(3_000_000);
  tools.expect(sandbox.log().length).toBe(2);
  await tools.pass(600_100);
  tools.expect((await calls).length).toBe(3);
};

exports.refusal = async (tools) => {
  const { client } = await clientOf(tools);
  await tools.expect(client.getAgent("nobody")).rejects.toThrow(tools.CenterfyError);
};
