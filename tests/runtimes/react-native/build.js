/** Bundles an entry as React Native's own commands do: build.js ENTRY PROFILE OUT. */
const { loadConfig, runBuild } = require("metro");

const [entry, unstable_transformProfile, out] = process.argv.slice(2);
const quiet = { update() {} };

loadConfig({ config: `${__dirname}/metro.config.js` }, { reporter: quiet })
  .then((config) => runBuild(config, { entry, out, platform: "android", dev: false, minify: true, unstable_transformProfile }))
  .catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
