import "./surroundings";
import { Centerfy, CenterfyError } from "centerfy";
import { check } from "./without-network";

if (typeof WebAssembly !== "undefined") throw new Error("there is WebAssembly");
check({ Centerfy, CenterfyError }).then((result) => print(JSON.stringify(result)));
