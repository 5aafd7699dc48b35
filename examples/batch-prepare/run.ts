import CliTable from 'cli-table3';
import { tellArchiveStory } from './story';

/** Tells the archive's story on one laptop, and shows what became of it. */
async function main(): Promise<void> {
  const { labels, unprepared, tags, hours } = await tellArchiveStory((text) => console.error(text));
  const table = new CliTable({ head: ['mail', 'label', 'sha256', 'tags'], style: { head: [], border: [] } });
  for (const line of labels) table.push([line.mail, line.kind?.label ?? '', line.checksum.hex.slice(0, 12), JSON.stringify(tags[line['source-ref']])]);
  console.log(table.toString());
  for (const failed of unprepared) console.log(`not labeled: ${failed['source-ref']} (${failed.step}: ${failed.reason})`);
  console.log(`${labels.length} mails labeled, ${hours.toFixed(1)} hours after the deployment began`);
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
