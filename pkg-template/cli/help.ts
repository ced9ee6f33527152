/** The texts of `--help`. */
import type { Topic } from "./arguments.js";

export const HELP: Record<Topic, string> = {
  centerfy: `\
A sandbox of the Centerfy AI API on your machine. It sends no messages and makes no phone calls.

Usage: npx centerfy <command> [options]

  demo         starts the sandbox and a demo page
  sandbox      starts the sandbox

  --help       shows this help, or that of a command
  --version    shows the version of the package
`,
  demo: `\
Starts the sandbox and a demo page, and prints the page's URL. Press Ctrl+C to stop it.

Usage: npx centerfy demo [--port PORT]

  --port PORT    the port on 127.0.0.1; 0 for any free port (default: 8787, or the next free port)
`,
  sandbox: `\
Starts the sandbox and prints its URL. Press Ctrl+C to stop it. Tests control it at /_sandbox; a GET of
/_sandbox/health, or of the URL itself, responds with 200 when it is ready.

Usage: npx centerfy sandbox [options]

  --port PORT               the port; 0 for any free port (default: 8787)
  --host ADDRESS            the address to listen on; 0.0.0.0 in a container (default: 127.0.0.1)
  --rate-limit REQUESTS/MS  the rate limit of each key, or none (default: 60/60000)
  --contact-replies on|off  whether contacts reply two seconds after a message (default: on)
  --contacts NUMBER|FILE    made-up people, or a JSON array of contacts, instead of the sample contacts
  --empty                   starts without agents, contacts and calls
  --seed NUMBER             makes generated keys and ids the same on every start
  --quiet                   does not log requests to stderr

The client's baseUrl is http://127.0.0.1:PORT/functions/v1/crm-api, its key cfy_sandbox.
`,
};
