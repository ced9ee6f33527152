const { Centerfy, CenterfyError } = require("centerfy");

// Importing and requiring load the same classes: one limit, one error class. `check.mjs` imports.
Promise.all([import("centerfy"), import("./check.mjs")]).then(async ([module, { check }]) => {
  if (module.Centerfy !== Centerfy || module.CenterfyError !== CenterfyError) throw new Error("two copies");
  console.log(JSON.stringify(await check()));
});
