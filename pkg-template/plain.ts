/** Whether an object is what its fields say, which are its own; with objects of other frames, too. */
export const isPlain = (value: any): boolean => {
  if (value == null || value.toJSON) return false;
  const prototype = Object.getPrototypeOf(value);
  return !prototype || !Object.getPrototypeOf(prototype);
};
