import { Centerfy, CenterfyError } from "centerfy";
import { centerfy } from "./client.mjs";
import { scenario } from "./scenario.mjs";
import { apiKey, sandbox } from "./world.mjs";

/** Runs the scenario. Never rejects, so that every set-up can report its result. */
export const check = () =>
  scenario({ Centerfy, CenterfyError, centerfy, apiKey, sandbox }).then(
    (passed) => ({ passed }),
    (error) => ({ failed: `${error}` }),
  );
