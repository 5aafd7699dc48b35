import * as fs from 'node:fs';
import * as path from 'node:path';

/** `npm run example -- <name>`: deploys an example on a fresh local engine, and tells what becomes of it. */
async function main([name]: readonly string[]): Promise<void> {
  const stories = fs.readdirSync(__dirname).filter((folder) => fs.existsSync(path.join(__dirname, folder, 'run.ts'))).sort();
  if (name === undefined || !stories.includes(name)) {
    throw new Error(`say which example: ${stories.map((story) => `npm run example -- ${story}`).join(', ')} (npm run demo is the quickstart)`);
  }
  await import(path.join(__dirname, name, 'run.ts'));
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
