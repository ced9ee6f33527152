/** `TOOLS` is the folder that has Jest. */
const tool = (name) => require.resolve(name, { paths: [process.env.TOOLS] });

module.exports = {
  projects: [{ displayName: "node" }, { displayName: "jsdom", testEnvironment: tool("jest-environment-jsdom") }],
};
