/** What comes of `work`, and the milliseconds of processor time that this process spends on it: on a busy machine they hardly grow, as wall time does. */
export async function processorTime<T>(work: () => Promise<T>): Promise<{ result: T; milliseconds: number }> {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, milliseconds: (user + system) / 1000 };
}
