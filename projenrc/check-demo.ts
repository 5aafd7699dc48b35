import * as fs from 'node:fs';

/** Reads what `npm run demo -- --json` printed and fails unless every mail was labeled, and labeled well. */
const result = JSON.parse(fs.readFileSync(0, 'utf8'));
const lines = (file: string) => fs.readFileSync(file, 'utf8').split('\n').filter(Boolean).length;

const failures = [
  result.jobs.length === 1 || `expected one job, got ${result.jobs.length}`,
  result.jobs.every((job: { status: string }) => job.status === 'Completed') || 'a job is not Completed',
  result.jobs[0]?.counters.labeled >= 500 || `expected at least 500 labeled mails, got ${result.jobs[0]?.counters.labeled}`,
  result.jobs[0]?.counters.failed === 0 || `${result.jobs[0]?.counters.failed} objects failed`,
  lines(result.files.outputManifest) === lines(result.files.inputManifest) || 'input and output manifest differ in length',
  lines(result.files.truth) === result.outputManifest.lines || 'truth and output manifest differ in length',
  result.accuracy > 0.9 || `consolidated labels agree with the known classes in ${result.accuracy} only`,
  result.seconds < 60 || `took ${result.seconds} s`,
].filter((check) => check !== true);

if (failures.length) {
  console.error(failures.join('\n'));
  process.exit(1);
}
console.log(`demo: ${result.jobs[0].counters.labeled} mails, agreement ${result.accuracy}, ${result.seconds} s`);
