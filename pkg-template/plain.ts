/** Whether a value is a plain object: its data is in its own properties. Objects of other frames count, too. */
export const isPlain = (value: any): boolean => {
  if (value == null || value.toJSON) return false;
  const prototype = Object.getPrototypeOf(value);
  return !prototype || !Object.getPrototypeOf(prototype);
};
