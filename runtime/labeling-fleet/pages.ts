import { StateStore } from './ports';
import { FLEET_OBJECTS } from '../../src/groundtruth/private/job-fleet-contract';
import { MemberRecord, PageRecord } from '../../src/model/fleet/fleet-ledger';

/** Small enough to hold with all that happens to its members, large enough that a fleet of 10,000 has twenty. */
const MEMBERS_A_PAGE = 500;

export function pageText(members: readonly MemberRecord[]): string {
  return `${members.map((member) => JSON.stringify(member)).join('\n')}\n`;
}

export function parsePage(text: string): MemberRecord[] {
  return text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as MemberRecord);
}

/** New pages beside the present ones: nobody reads them until the head names them, so that a crash here leaves all as it was. */
export async function writePages(state: StateStore, requestId: string, members: AsyncIterable<MemberRecord>): Promise<PageRecord[]> {
  const pages: PageRecord[] = [];
  let page: MemberRecord[] = [];
  const write = async () => {
    const key = `${FLEET_OBJECTS.members}${requestId}/${String(pages.length + 1).padStart(5, '0')}.jsonl`;
    await state.put(key, pageText(page));
    pages.push({ key, first: page[0].base, last: page.at(-1)!.base, members: page.length });
    page = [];
  };
  for await (const member of members) {
    page.push(member);
    if (page.length === MEMBERS_A_PAGE) await write();
  }
  if (page.length > 0) await write();
  return pages;
}

/** All members, in their order, a page in memory at a time. */
export async function* membersOf(state: StateStore, pages: readonly PageRecord[]): AsyncIterable<MemberRecord> {
  for (const { key } of pages) {
    const stored = await state.read(key);
    if (!stored) throw new Error(`${state.uri(key)} is missing, a page of the fleet's ledger`);
    yield* parsePage(stored.text);
  }
}

/** Pages that no head names any more. */
export async function removeFormerPages(state: StateStore, present: readonly PageRecord[]): Promise<void> {
  const kept = new Set(present.map(({ key }) => key));
  const former: string[] = [];
  for await (const key of state.keys(FLEET_OBJECTS.members)) if (!kept.has(key)) former.push(key);
  if (former.length > 0) await state.remove(former);
}
