const { Centerfy, CenterfyError } = require("centerfy");

// The same classes whichever way they are loaded: one limit, one kind of error. `check.mjs` imports.
Promise.all([import("centerfy"), import("./check.mjs")]).then(async ([module, { check }]) => {
  if (module.Centerfy !== Centerfy || module.CenterfyError !== CenterfyError) throw new Error("two copies");
  console.log(JSON.stringify(await check()));
});
