import * as path from 'node:path';
import { bundleHandlers } from './bundle-handlers';

/** `tsx projenrc/run.ts <script> [arguments]`: bundles the handlers, then runs the script as if it had been called directly. */
async function main(): Promise<void> {
  // a warning about next year's Node versions is no result of any command
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  await bundleHandlers();
  const [script] = process.argv.splice(2, 1);
  process.argv[1] = path.resolve(script);
  await import(process.argv[1]);
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
