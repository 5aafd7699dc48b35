/** The error's code of a call that must be refused. */
export async function refusal(promise: Promise<unknown>): Promise<string> {
  return promise.then(() => 'not refused', (error: { code?: string; name: string }) => error.code ?? error.name);
}
