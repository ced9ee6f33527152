import { basename } from "node:path";
import { parseArgs } from "node:util";

const USAGE = `Usage: npm start -- PEOPLE.csv [options]

  --id ID         the run; default: the name of the file
  --text TEXT     the message; {name} is the first name
  --from, --to    the hours, such as 09:00 and 18:00, in each person's time zone
  --days DAYS     such as mon,tue,wed,thu,fri
  --workers N     the number of processes; default: 3
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    id: { type: "string" },
    text: { type: "string", default: "Hello {name}, your next check-up is due. Shall we find a date?" },
    from: { type: "string", default: "09:00" },
    to: { type: "string", default: "18:00" },
    days: { type: "string", default: "mon,tue,wed,thu,fri" },
    workers: { type: "string", default: "3" },
  },
});
export const [file] = positionals;
if (!file) {
  process.stderr.write(USAGE);
  process.exit(2);
}

export const { text } = values;
export const id = values.id ?? basename(file, ".csv");
export const hours = { from: values.from, to: values.to, days: values.days.split(",") };
export const workers = Number(values.workers);
/** The name of the queue of this run. */
export const queueName = `run-${id}`;
