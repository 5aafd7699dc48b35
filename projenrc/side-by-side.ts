import { spawn } from 'node:child_process';

/** `tsx projenrc/side-by-side.ts <task>…`: projen's tasks at the same time; it fails when one of them does, after all have ended. */
async function main(): Promise<void> {
  const tasks = process.argv.slice(2);
  const failed = (await Promise.all(tasks.map(async (task) => (await exitCode(task) === 0 ? [] : [task])))).flat();
  if (failed.length > 0) throw new Error(`failed: ${failed.join(', ')}`);
}

function exitCode(task: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    spawn('npx', ['projen', task], { stdio: 'inherit' }).once('error', reject).once('close', resolve);
  });
}

main().catch((error) => {
  console.error((error as Error).message);
  process.exit(1);
});
