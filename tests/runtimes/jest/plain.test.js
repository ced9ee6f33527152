// Jest as it comes: CommonJS, no transformation. Timers are faked before the first line.
const { Centerfy, CenterfyError } = require("centerfy");
const { createSandbox } = require("centerfy/sandbox");
const { refusal, retry, waiting } = require("./steps.cjs");

const tools = { Centerfy, CenterfyError, createSandbox, expect, pass: (ms) => jest.advanceTimersByTimeAsync(ms) };

test("a 503 and then a 200", () => retry(tools));
test("a limit", () => waiting(tools));
test("an error is a CenterfyError", () => refusal(tools));
