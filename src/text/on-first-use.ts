/**
 * Makes a value at the first call and keeps it. For long patterns and segmenters at the top of a module: making one takes
 * 5 to 50 ms, which every start of the program would pay, also where no text is looked at.
 */
export function onFirstUse<T extends object>(make: () => T): () => T {
  let made: T | null = null;
  return () => {
    made ??= make();
    return made;
  };
}
