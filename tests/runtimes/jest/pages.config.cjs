/** The environment that docs/testing.md shows. `TOOLS` is the folder that has Jest. */
const tool = (name) => require.resolve(name, { paths: [process.env.TOOLS] });

module.exports = {
  testEnvironment: "./environment.cjs",
  transform: { "\\.ts$": tool("@swc/jest") },
};
