import { Correspondence, Received } from './correspondence';
import { FIRST_MAILS, LATER_MAILS, recordOf } from './mails';
import { deployAssembly } from '../../local/src/commands/deploy';
import { Engine } from '../../local/src/engine';
import type { groundtruth } from '../../src';
import { Account } from '../fleet/account';
import { Mail } from '../quickstart/mails';
import { synthesiseExample } from '../synth';

const STACK = 'MailStream';
/** Ground Truth ends a streaming job that has been idle for ten days. */
const LONG_SILENCE = 10 * 24 * 3600 + 3600;
const HALF_A_MINUTE = 30;
/** A job writes its output manifest now and then. */
const OUTPUT_WRITTEN = 15 * 60;
const NOT_A_RECORD = 'Dear Sir or Madam';


/** What became of the stream. */
export interface StreamStory {
  readonly mails: readonly Mail[];
  /** Every job that was made: its name, its last status, and the mails that it labeled itself. */
  readonly jobs: ReadonlyArray<{ readonly name: string; readonly status: string; readonly labeled: readonly string[] }>;
  readonly events: readonly groundtruth.DataObjectLabeledDetail[];
  /** What was refused, and why. */
  readonly deadLetters: readonly Received[];
}

/**
 * The stream's life on a local engine: mails arrive, some of them twice, one is none; they are labeled. Ten days of silence end the job. Its
 * successor takes what comes then, and knows what was labeled before.
 */
export async function tellStreamStory(tell: (text: string) => void = () => undefined): Promise<StreamStory> {
  tell('Synthesising examples/streaming');
  const assemblyDirectory = await synthesiseExample('streaming');
  const engine = await Engine.start({ iam: 'enforce' });
  try {
    const account = new Account(engine);
    const mails = [...FIRST_MAILS, ...LATER_MAILS];
    await account.truth(mails);
    await account.team(['ada', 'ben', 'cleo']);
    const { stacks: { [STACK]: stack } } = await deployAssembly({ endpoint: engine.endpoint, assemblyDirectory });
    if (stack.status !== 'CREATE_COMPLETE') throw new Error(`the deployment ended as ${stack.status}: ${stack.reason}`);
    const { InputTopic, LabeledQueue, DeadLetters } = stack.outputs;
    const correspondence = new Correspondence(engine);
    const labelsOf = async (some: readonly Mail[]) => {
      const received = await correspondence.receive(`${some.length} labels`, LabeledQueue, (events) => some.every(({ id }) => events.some((event) => keyOf(event) === id)));
      return received.map(detailOf);
    };

    tell(`${FIRST_MAILS.length} mails arrive, the first five of them twice, and something that is no record`);
    await correspondence.publish(InputTopic, [...FIRST_MAILS, ...FIRST_MAILS.slice(0, 5)].map(recordOf));
    await correspondence.publish(InputTopic, [NOT_A_RECORD]);
    const first = await labelsOf(FIRST_MAILS);
    const deadLetters = await correspondence.receive('the refused record', DeadLetters, ({ length }) => length === 1);

    tell('Ten days of silence: Ground Truth ends the job, and a next one takes its place');
    await schedules(engine, 'DisableRule');
    await account.passTime(LONG_SILENCE);
    await schedules(engine, 'EnableRule');
    await account.until('the job is renewed', async () => {
      if ((await account.jobs()).length === 2 && (await account.running()).length === 1) return true;
      await account.passTime(HALF_A_MINUTE);
      return false;
    });

    tell(`${LATER_MAILS.length} more mails arrive, and five that came before`);
    await correspondence.publish(InputTopic, [...LATER_MAILS, ...FIRST_MAILS.slice(5, 10)].map(recordOf));
    const later = await labelsOf(LATER_MAILS);
    await account.passTime(OUTPUT_WRITTEN);
    return { mails, jobs: await account.jobs(), events: [...first, ...later], deadLetters };
  } finally {
    await engine.stop();
  }
}

/** The hourly looks are there for lost wakes: 240 of them would only take time. */
async function schedules({ core }: Engine, operation: 'DisableRule' | 'EnableRule'): Promise<void> {
  const { Rules } = await core.call<{ Rules: Array<{ Name: string; ScheduleExpression?: string }> }>('events', 'ListRules', {});
  for (const { Name, ScheduleExpression } of Rules) if (ScheduleExpression) await core.call('events', operation, { Name });
}

/** What a target of `onLabeled()` hears. */
function detailOf({ body }: Received): groundtruth.DataObjectLabeledDetail {
  return JSON.parse(body).detail;
}

function keyOf(event: Received): string {
  return detailOf(event).key;
}
