import CliTable from 'cli-table3';
import { JOBS } from './estate';
import { tellLeaving } from './story';

/** Tells in a terminal how an estate leaves Ground Truth. */
async function main(): Promise<void> {
  const { statuses, imported, rest, finished } = await tellLeaving((text) => console.error(new Date().toISOString().slice(11, 19), text));
  const table = new CliTable({ head: ['job', 'in Ground Truth', 'dataset', 'images', 'labels brought along', 'labeled in the end'] });
  for (const { name, dataset } of JOBS) {
    const labeled = finished[dataset].filter(({ tags, objects }) => tags.length + objects.length > 0).length;
    table.push([name, statuses[name], dataset, imported[name].images, imported[name].labeled, labeled]);
  }
  console.log(table.toString());
  console.log(`The job on what was not labeled had ${rest.imagesCount} images`);
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
