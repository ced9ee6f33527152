/** One project for each way to run tests in CommonJS. `TOOLS` is the folder that has Jest. */
const tool = (name) => require.resolve(name, { paths: [process.env.TOOLS] });

const project = (displayName, file, more) => ({
  displayName,
  testMatch: [`**/${file}`],
  fakeTimers: { enableGlobally: true },
  ...more,
});

module.exports = {
  projects: [
    project("plain", "plain.test.js"),
    project("jsdom", "plain.test.js", { testEnvironment: tool("jest-environment-jsdom") }),
    project("swc", "faked.test.ts", { transform: { "\\.ts$": tool("@swc/jest") } }),
    project("ts-jest", "faked.test.ts", { transform: { "\\.ts$": tool("ts-jest") } }),
  ],
};
