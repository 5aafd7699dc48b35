/**
 * The results of all work that is under way; the first failure, but not before the last has ended. The lease goes when a pass fails, and
 * nobody may act after that.
 */
export async function allOf<T>(work: ReadonlyArray<Promise<T>>): Promise<T[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
