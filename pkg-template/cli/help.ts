/** What `--help` prints. */
import type { Topic } from "./arguments.js";

export const HELP: Record<Topic, string> = {
  centerfy: `\
The Centerfy AI API on your own machine, for tries and tests. No message leaves it and no phone rings.

Usage: npx centerfy <command> [options]

  demo         the API and a page that talks to it
  sandbox      the API alone

  --help       this text; after a command, its options
  --version    the version of the package
`,
  demo: `\
Starts the API and the demo page on this machine, prints the page's URL and stays until Ctrl-C.

Usage: npx centerfy demo [--port PORT]

  --port PORT    the port on 127.0.0.1 (8787, or the next free one; 0 takes any)
`,
  sandbox: `\
Starts the API on this machine, prints where it listens and stays until Ctrl-C. Its control door is
below /_sandbox.

Usage: npx centerfy sandbox [--port PORT] [--seed NUMBER] [--quiet]

  --port PORT      the port on 127.0.0.1 (8787; 0 takes any free one)
  --seed NUMBER    makes the keys and ids of new worlds the same on every start
  --quiet          no line per request on stderr

The client's baseUrl is http://127.0.0.1:PORT/functions/v1/crm-api, its key cfy_sandbox.
`,
};
