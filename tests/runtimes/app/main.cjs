const { Centerfy, CenterfyError } = require("centerfy");
const { check } = require("./check.mjs");

// The same classes whichever way they are loaded.
import("centerfy").then((module) => {
  if (module.Centerfy !== Centerfy || module.CenterfyError !== CenterfyError) throw new Error("two copies");
  return check().then((result) => console.log(JSON.stringify(result)));
});
