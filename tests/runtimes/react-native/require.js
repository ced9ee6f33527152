require("./surroundings");
const { Centerfy, CenterfyError } = require("centerfy");
const { check } = require("./without-network");

if (typeof WebAssembly !== "undefined") throw new Error("there is WebAssembly");
check({ Centerfy, CenterfyError }).then((result) => print(JSON.stringify(result)));
