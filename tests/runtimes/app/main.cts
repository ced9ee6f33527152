import { Centerfy, CenterfyError } from "centerfy";

// As main.cjs, with types. What has none is imported by a path that the compiler does not follow.
const path: string = "./check.mjs";
Promise.all([import("centerfy"), import(path)]).then(async ([module, { check }]) => {
  if (module.Centerfy !== Centerfy || module.CenterfyError !== CenterfyError) throw new Error("two copies");
  console.log(JSON.stringify(await check()));
});
