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
Starts the API on this machine and prints its URL. Press Ctrl+C to stop it. Tests control it below
/_sandbox; /_sandbox/health answers 200 when it is ready, and so does the URL itself.

Usage: npx centerfy sandbox [options]

  --port PORT               the port (8787; 0 takes any free one)
  --host ADDRESS            the address to listen on (127.0.0.1; 0.0.0.0 in a container)
  --rate-limit REQUESTS/MS  the limit of each key, or none (60/60000)
  --contact-replies on|off  whether contacts answer two seconds after a message (on)
  --contacts FILE           a JSON list of contacts, instead of those of the dental practice
  --empty                   begins without agents, contacts and calls
  --seed NUMBER             makes the keys and ids of new organizations the same on every start
  --quiet                   no line per request on stderr

The client's baseUrl is http://127.0.0.1:PORT/functions/v1/crm-api, its key cfy_sandbox.
`,
};
