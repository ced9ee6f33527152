/** Reads the results of the scenario, as check.mjs reports them. */

/** Reads the report in the last line that a program printed. */
export const printed = (output) => {
  const line = output.trim().split("\n").at(-1);
  let result;
  try {
    result = JSON.parse(line);
  } catch {
    throw new Error(`no report was printed, but:\n${output.slice(-2000)}`);
  }
  return passed(result);
};

/** Returns the number of steps that passed, or throws the failure. */
export const passed = (result, where = "") => {
  if (!result?.passed?.length) throw new Error(where + (result?.failed ?? `no report: ${JSON.stringify(result)}`));
  return result.passed.length;
};

/** Reads the JSON of a test runner. */
export const ran = (output) => {
  const report = JSON.parse(output.slice(output.indexOf("{")));
  if (!report.success || !report.numPassedTests) throw new Error(`no test passed: ${output}`);
  return `${report.numPassedTests} tests`;
};
