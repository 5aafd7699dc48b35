import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { deployAssembly } from '../../local/src/commands/deploy';
import { destroyAssembly } from '../../local/src/commands/destroy';
import { Engine } from '../../local/src/engine';
import { synthesiseExample } from '../synth';
import { EstateAccount } from './account';
import { Declaration, DECLARATIONS, parse, titled } from './declarations';
import { ESTATE } from './estate';
import { EstateMaker } from './make-estate';

/** What became of one deployment, and what the account looked like after it. */
export interface Chapter {
  readonly status: string;
  readonly reason?: string;
  /** The stack's outputs by their names, without the hashes. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Every labeling job with its status. */
  readonly jobs: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Lines of an output manifest. */
export type Labels = ReadonlyArray<Readonly<Record<string, unknown>>>;

export interface EstateStory {
  readonly before: Readonly<Record<string, string>>;
  readonly inventory: Chapter;
  readonly declarations: readonly Declaration[];
  readonly adopted: Chapter;
  /** Another title for a job that goes on. */
  readonly edited: Chapter;
  /** Another label attribute for a job that has labels. */
  readonly refused: Chapter;
  /** The merged labels, after people came back to work. */
  readonly result: Labels;
  /** How many objects each job labeled itself. */
  readonly labeledBy: Readonly<Record<string, number>>;
  readonly deleted: Chapter;
}

export const EDITED = 'boxes-2026-06';
export const NEW_TITLE = 'Draw tight boxes';
export const REFUSED = 'photos';
/** Their jobs are not finished when the stack goes. */
const AWAY = 'drivers';
const TEAMS = [...new Set(ESTATE.map(({ team }) => team))];

/** An estate is found, written down, taken over, edited and left again: on a local engine, with real CDK assemblies. */
export async function tellEstateStory(tell: (text: string) => void = () => undefined): Promise<EstateStory> {
  const engine = await Engine.start({ iam: 'enforce' });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'adopt-estate-'));
  try {
    return await new Teller(engine, folder, tell).tell();
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
    await engine.stop();
  }
}

class Teller {
  private readonly account: EstateAccount;
  private readonly maker: EstateMaker;
  private assembly = '';

  constructor(private readonly engine: Engine, private readonly folder: string, private readonly say: (text: string) => void) {
    this.account = new EstateAccount(engine);
    this.maker = new EstateMaker(this.account);
  }

  async tell(): Promise<EstateStory> {
    const { account } = this;
    this.say('Thirty jobs are made by hand, by Terraform and by scripts');
    await this.maker.make();
    const before = await account.statuses();

    const inventory = await this.deploy('EstateInventory');
    this.say(`${inventory.outputs.Jobs} jobs are written down`);
    const file = await account.text(inventory.outputs.RecordUri.replace(/[^/]*$/, DECLARATIONS));
    const declarations = parse(file);

    const adopted = await this.deploy('Estate', declarations);
    this.say(`taken over: ${adopted.outputs.JobStates}`);
    const edited = await this.deploy('Estate', declarations.map((each) => (each.key === EDITED ? titled(each, NEW_TITLE) : each)));
    this.say(`drift: ${edited.outputs.Message}`);
    const refused = await this.deploy('Estate', declarations.map((each) => (each.key === REFUSED ? { ...each, labelAttributeName: 'pet' } : each)));
    this.say(`refused: ${refused.reason}`);

    await this.finish();
    const labeledBy = await this.labeledBy();
    const result = await this.mergedLabels(adopted.outputs.ResultUri, Object.values(labeledBy).reduce((sum, count) => sum + count, 0));
    this.say(`${result.length} objects stand in ${adopted.outputs.ResultUri}/labels.jsonl`);
    const deleted = await this.destroy();
    return { before, inventory, declarations, adopted, edited, refused, result, labeledBy, deleted };
  }

  private async deploy(stack: string, declarations?: readonly Declaration[]): Promise<Chapter> {
    const file = path.join(this.folder, DECLARATIONS);
    if (declarations) fs.writeFileSync(file, declarations.map((each) => `${JSON.stringify(each)}\n`).join(''));
    this.assembly = await synthesiseExample('adopt-estate', path.join(this.folder, 'cdk.out'), declarations && { declarations: file });
    const { stacks } = await deployAssembly({ endpoint: this.engine.endpoint, assemblyDirectory: this.assembly, stacks: [stack] });
    return this.chapter(stacks[stack]);
  }

  private async destroy(): Promise<Chapter> {
    const { stacks } = await destroyAssembly({ endpoint: this.engine.endpoint, assemblyDirectory: this.assembly, stacks: ['Estate'] });
    return this.chapter(stacks.Estate);
  }

  private async chapter({ status, reason, outputs = {} }: { status: string; reason?: string; outputs?: Readonly<Record<string, string>> }): Promise<Chapter> {
    const { account } = this;
    const named = Object.fromEntries(Object.entries(outputs).map(([key, value]) => [key.replace(/^Jobs(?=.)/, '').replace(/[0-9A-F]{8}$/, ''), value]));
    const tags = await Promise.all(ESTATE.map(async ({ name }) => [name, await account.tags(name)]));
    return { status, reason, outputs: named, jobs: await account.statuses(), tags: Object.fromEntries(tags) };
  }

  /** People come back to work, all but one team; what they finish is merged as soon as it has ended. */
  private async finish(): Promise<void> {
    const { account } = this;
    const unfinished = ESTATE.filter(({ team, state }) => team === AWAY && state === 'goes on').map(({ name }) => name);
    await this.maker.people(true, TEAMS.filter((team) => team !== AWAY));
    await account.until('the jobs have ended', async () => {
      const statuses = Object.entries(await account.statuses());
      return statuses.every(([name, status]) => unfinished.includes(name) || ['Completed', 'Failed', 'Stopped'].includes(status));
    });
  }

  /** How many objects each job labeled itself. */
  private async labeledBy(): Promise<Record<string, number>> {
    const names = Object.keys(await this.account.statuses());
    const counts = await Promise.all(names.map(async (name) => [name, (await this.account.describe(name)).LabelCounters!.TotalLabeled!]));
    return Object.fromEntries(counts);
  }

  /** The fleet merges labels by itself when jobs have ended. */
  private async mergedLabels(resultUri: string, count: number): Promise<Labels> {
    let labels: Labels = [];
    await this.account.until(`${count} labels are merged`, async () => {
      labels = await this.account.lines(`${resultUri}/labels.jsonl`).catch((error) => {
        if ((error as Error).name === 'NoSuchKey') return [];
        throw error;
      });
      return labels.filter(isLabeled).length === count;
    });
    return labels;
  }
}

/** Every label has its metadata beside it. */
function isLabeled(line: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(line).some(([key, value]) => key.endsWith('-metadata') && (value as { type?: string }).type !== undefined);
}
