const { check } = require("./check.cjs");

test("with the runtime's timers", async () => {
  jest.useRealTimers();
  expect(await check()).toHaveProperty("passed");
});

test("with fake timers, which the test advances", async () => {
  jest.useFakeTimers();
  let result;
  check().then((made) => (result = made));
  while (!result) await jest.advanceTimersByTimeAsync(10);
  expect(result).toHaveProperty("passed");
});
