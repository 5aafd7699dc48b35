import CliTable from 'cli-table3';
import { tellStreamStory } from './story';

/** Tells the stream's story on one laptop, and shows what became of it. */
async function main(): Promise<void> {
  const { jobs, events, mails, deadLetters } = await tellStreamStory((text) => console.error(text));
  const table = new CliTable({ head: ['job', 'status', 'labeled by it'], style: { head: [], border: [] } });
  for (const { name, status, labeled } of jobs) table.push([name, status, labeled.length]);
  console.log(table.toString());
  console.log(`${new Set(jobs.flatMap(({ labeled }) => labeled)).size} mails with a label of ${mails.length}, ${events.length} events`);
  for (const { body, attributes } of deadLetters) console.log(`refused: ${body} (${JSON.stringify(attributes)})`);
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
