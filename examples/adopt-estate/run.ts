import CliTable from 'cli-table3';
import { ESTATE } from './estate';
import { tellEstateStory } from './story';

/** Tells the estate's story on one laptop, and shows what became of each job. */
async function main(): Promise<void> {
  const { before, adopted, deleted, labeledBy, result } = await tellEstateStory((text) => console.error(new Date().toISOString().slice(11, 19), text));
  const table = new CliTable({ head: ['job', 'kind', 'before', 'taken over', 'in the end', 'labeled by it'] });
  for (const { name, kind } of ESTATE) table.push([name, kind, before[name], adopted.jobs[name], deleted.jobs[name], labeledBy[name]]);
  for (const name of Object.keys(deleted.jobs).filter((each) => !(each in before))) {
    table.push([name, '(goes on)', '', adopted.jobs[name], deleted.jobs[name], labeledBy[name]]);
  }
  console.log(table.toString());
  console.log(`${result.length} objects stand in the merged result, each once`);
  for (const [name, value] of Object.entries(adopted.outputs)) console.log(`${name}: ${value}`);
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
