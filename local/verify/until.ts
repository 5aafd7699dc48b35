const PATIENCE_MS = 600_000;

/** Looks again and again until there is an answer. */
export async function until<T>(look: () => Promise<T>, what: string, pollMs: number, patienceMs = PATIENCE_MS): Promise<NonNullable<T>> {
  for (const end = Date.now() + patienceMs; Date.now() < end;) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  throw new Error(`waited ${patienceMs / 60_000} minutes in vain for ${what}`);
}
