import CliTable from 'cli-table3';
import { TutorialChapter, tellTutorial } from './story';

/** Tells the tutorial in a terminal, with every list of it. */
async function main(): Promise<void> {
  const { started, labeled, completed, remaining } = await tellTutorial((text) => console.error(text));
  show('after the first deployment', started);
  show('after the labeler has finished', labeled);
  show('after the status was set', completed);
  console.log(`\nleft on the server: ${remaining.map(({ name, disabled }) => `${name}${disabled ? ' (archived)' : ''}`).join(', ')}`);
}

function show(when: string, { lists }: TutorialChapter): void {
  console.log(`\n${when}`);
  const table = new CliTable({ head: ['list', 'job', 'labeler', 'status', 'images'], style: { head: [], border: [] } });
  for (const [list, jobs] of Object.entries(lists)) {
    for (const { name, labelerLogin, status, imagesCount } of jobs) table.push([list, name.split(' [')[0], labelerLogin, status, imagesCount]);
  }
  console.log(table.toString());
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
