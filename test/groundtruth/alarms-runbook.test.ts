import * as fs from 'node:fs';
import * as path from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { newStack } from './fixtures';
import { fleetOf } from './fleet-fixtures';
import { groundtruth } from '../../src';

const ROOT = path.join(__dirname, '..', '..');

/** What the alarms of fleets and streams say. */
function descriptions(): string[] {
  const stack = newStack();
  fleetOf(stack).addAlarms();
  new groundtruth.StreamIntake(stack, 'Intake').addAlarms();
  return Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties.AlarmDescription);
}

/** The anchors that GitHub makes of a page's headings. */
function anchors(file: string): string[] {
  const headings = fs.readFileSync(path.join(ROOT, file), 'utf8').match(/^#+ .*$/gm)!;
  return headings.map((heading) => heading.replace(/^#+ /, '').toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replace(/ /g, '-'));
}

const alarms = descriptions();

test('each alarm has an entry in the runbook', () => {
  expect(alarms.length).toBeGreaterThan(9);
  for (const description of alarms) {
    const [, file, anchor] = /https:\/\/github\.com\/[^ ]+\/blob\/main\/(docs\/[^#]+)#(.+)$/.exec(description)!;
    expect(anchors(file)).toContain(anchor);
  }
});

test('each entry of the runbook has an alarm', () => {
  const entries = anchors('docs/runbook.md').filter((anchor) => anchor.startsWith('alarm-'));
  expect(alarms.map((description) => description.split('#')[1]).sort()).toEqual(entries.sort());
});
