const { getDefaultConfig, mergeConfig } = require("@react-native/metro-config");

/** As a new app has it. What React Native itself runs first is not installed; `surroundings.js` stands in for it. */
module.exports = mergeConfig(getDefaultConfig(__dirname), { serializer: { getModulesRunBeforeMainModule: () => [] } });
