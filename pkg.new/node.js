// node.ts
import { Centerfy, CenterfyError } from "./server.cjs";
export {
  Centerfy,
  CenterfyError
};
