import { deployAssembly } from '../../local/src/commands/deploy';
import { Engine } from '../../local/src/engine';
import { Mail } from '../quickstart/mails';
import { synthesiseExample } from '../synth';
import { Account, Label } from './account';
import { FLEET_MAILS } from './mails';

const STACK = 'MailFleet';
/** More than an account's first quota of one, fewer than the fleet's eight jobs. */
const QUOTA = 3;
const A_MONTH = 31 * 24 * 3600;
const TEAM = ['ada', 'ben', 'cleo'];

/** What became of the fleet. */
export interface FleetStory {
  readonly mails: readonly Mail[];
  /** Every job that was made: its name, its last status, and the mails that it labeled itself. */
  readonly jobs: ReadonlyArray<{ readonly name: string; readonly status: string; readonly labeled: readonly string[] }>;
  /** The most jobs that were under way at once. */
  readonly mostAtOnce: number;
  /** The merged labels. */
  readonly result: readonly Label[];
  readonly outputs: Readonly<Record<string, string>>;
}

/**
 * The fleet's life on a local engine: it is deployed, a job fails, a person stops a second one, and the service ends a third one by its age
 * because somebody of its team has left. A second deployment looks at everything, and in the end each mail has one label.
 */
export async function tellFleetStory(tell: (text: string) => void = () => undefined): Promise<FleetStory> {
  const mails = FLEET_MAILS;
  tell('Synthesising examples/fleet');
  const assemblyDirectory = await synthesiseExample('fleet');
  const engine = await Engine.start({ iam: 'enforce' });
  try {
    const account = new Account(engine);
    const deploy = async (nonce: string) => {
      const { stacks: { [STACK]: stack } } = await deployAssembly({ endpoint: engine.endpoint, assemblyDirectory, parameters: { [`${STACK}:ReconcileNonce`]: nonce } });
      if (!/^(CREATE|UPDATE)_COMPLETE$/.test(stack.status)) throw new Error(`the deployment ended as ${stack.status}: ${stack.reason}`);
      tell(`Deployed: ${output(stack.outputs, 'JobStates')}`);
      return stack.outputs;
    };
    await account.prepare(QUOTA, TEAM, mails);
    await account.pauseTime(true);
    const deployment = deploy('1');
    await account.passTimeUntil('the deployment has ended', () => settled(deployment));
    await deployment;
    await badLuck(account, tell);
    await account.pauseTime(false);
    const outputs = await deploy('2');
    tell('Labeling the rest');
    const result = await account.resultOf(output(outputs, 'ResultUri'), mails.length);
    return { mails, jobs: await account.jobs(), mostAtOnce: account.mostAtOnce, result, outputs };
  } finally {
    await engine.stop();
  }
}

/** One job fails, one is stopped by hand, one ages out; each of them has labels by then. */
async function badLuck(account: Account, tell: (text: string) => void): Promise<void> {
  const [first, second, third] = await account.running();
  await account.passTimeUntil(`${first} has labels`, async () => await account.labeled(first) > 0);
  tell(`${first} fails`);
  await account.fail(first, 'InternalServerError: the service could not go on');

  await account.passTimeUntil(`${second} has labels`, async () => await account.labeled(second) > 0);
  tell(`somebody stops ${second}`);
  await account.stop(second);

  await account.passTimeUntil(`${third} has labels`, async () => await account.labeled(third) > 0);
  tell(`cleo leaves; a month later the service ends ${third} by its age`);
  await account.team(TEAM, 'cleo');
  await account.passTime(A_MONTH);
  await account.passTimeUntil(`${third} has ended`, async () => await account.status(third) === 'Stopped');
  await account.team(TEAM);
}

/** An output's key begins with the fleet's path and ends in a hash. */
function output(outputs: Readonly<Record<string, string>>, name: string): string {
  const found = Object.entries(outputs).find(([key]) => key.startsWith(`Mails${name}`));
  if (!found) throw new Error(`the stack has no output ${name}, only ${Object.keys(outputs).join(', ')}`);
  return found[1];
}

async function settled(work: Promise<unknown>): Promise<boolean> {
  const pending = Symbol('pending');
  return await Promise.race([work.catch(() => undefined), new Promise((resolve) => setTimeout(() => resolve(pending), 20))]) !== pending;
}
