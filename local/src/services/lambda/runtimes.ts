/** What the engine knows of Lambda's runtimes. */
export type Interpreter = 'node' | 'python';

/** Runtimes with which AWS no longer lets functions be created. */
const RETIRED = new Set([
  'nodejs', 'nodejs4.3', 'nodejs4.3-edge', 'nodejs6.10', 'nodejs8.10', 'nodejs10.x', 'nodejs12.x', 'nodejs14.x', 'nodejs16.x',
  'python2.7', 'python3.6', 'python3.7', 'python3.8', 'java8', 'dotnetcore1.0', 'dotnetcore2.0', 'dotnetcore2.1', 'dotnetcore3.1', 'dotnet6',
  'go1.x', 'ruby2.5', 'ruby2.7', 'provided',
]);

export function isRetired(runtime: string): boolean {
  return RETIRED.has(runtime);
}

/** What runs functions of this runtime here; `undefined`: such functions can be created, but not invoked. */
export function interpreterOf(runtime: string | undefined): Interpreter | undefined {
  if (runtime?.startsWith('nodejs')) return 'node';
  if (runtime?.startsWith('python')) return 'python';
  return undefined;
}
