const { getDefaultConfig, mergeConfig } = require("@react-native/metro-config");

/** The configuration of a new app. React Native's own startup code is not installed; `surroundings.js` stands in for it. */
module.exports = mergeConfig(getDefaultConfig(__dirname), { serializer: { getModulesRunBeforeMainModule: () => [] } });
