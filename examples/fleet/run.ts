import CliTable from 'cli-table3';
import { tellFleetStory } from './story';

/** Tells the fleet's story on one laptop, and shows what became of it. */
async function main(): Promise<void> {
  const { jobs, mostAtOnce, result, mails, outputs } = await tellFleetStory((text) => console.error(text));
  const table = new CliTable({ head: ['job', 'status', 'labeled by it'], style: { head: [], border: [] } });
  for (const { name, status, labeled } of jobs) table.push([name, status, labeled.length]);
  console.log(table.toString());
  console.log(`${result.length} mails with one label each of ${mails.length}; never more than ${mostAtOnce} jobs at once`);
  for (const [name, value] of Object.entries(outputs)) console.log(`${name}: ${value}`);
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
