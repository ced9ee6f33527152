import { expect, test, vi } from "vitest";
import { check } from "./check.mjs";

test("with the runtime's timers", async () => {
  vi.useRealTimers();
  expect(await check()).toHaveProperty("passed");
});

test("with fake timers, which the test advances", async () => {
  vi.useFakeTimers();
  let result;
  check().then((made) => (result = made));
  while (!result) await vi.advanceTimersByTimeAsync(10);
  expect(result).toHaveProperty("passed");
});
