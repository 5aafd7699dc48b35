import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { JOBS, LABELS } from './estate';
import { makeEstate } from './make-estate';
import { LabeledImage, Server, ServerJob } from './server';
import { deployAssembly } from '../../local/src/commands/deploy';
import { destroyAssembly } from '../../local/src/commands/destroy';
import { Engine } from '../../local/src/engine';
import { EstateAccount } from '../adopt-estate/account';
import { synthesiseExample } from '../synth';

const STACK = 'LeaveGroundTruth';
const PROJECT = 'Moved from Ground Truth';
const TOKEN_SECRET = 'supervisely/api-token';

type Line = Readonly<Record<string, unknown>>;
type Datasets = Readonly<Record<string, readonly LabeledImage[]>>;

/** How far an import has come. */
export interface Imported {
  readonly images: number;
  readonly labeled: number;
  readonly failed: number;
}

export interface LeavingStory {
  /** Ground Truth's jobs by their names. */
  readonly statuses: Readonly<Record<string, string>>;
  /** Lines of their output manifests. */
  readonly outputs: Readonly<Record<string, readonly Line[]>>;
  /** The job in Supervisely as the deployment left it. */
  readonly restStatus: string;
  readonly imported: Readonly<Record<string, Imported>>;
  /** The job on what was not labeled, when its labeler has finished. */
  readonly rest: ServerJob;
  readonly finished: Datasets;
  /** How often images were sent: at first, and by a deployment that reads everything once more. */
  readonly sent: { readonly first: number; readonly again: number };
  /** What is there when the stack is gone. */
  readonly remaining: Datasets;
}

/** An estate leaves Ground Truth on a local engine, and is interrupted on its way. */
export async function tellLeaving(tell: (text: string) => void = () => undefined): Promise<LeavingStory> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'leave-ground-truth-'));
  const engine = await Engine.start({ superviselyFixture: 'tutorial', iam: 'enforce' });
  try {
    return await new Teller(engine, folder, tell).tell();
  } finally {
    await engine.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

class Teller {
  private readonly account: EstateAccount;
  private readonly server: Server;
  private readonly assembly: string;

  constructor(private readonly engine: Engine, folder: string, private readonly say: (text: string) => void) {
    this.account = new EstateAccount(engine);
    this.server = new Server(engine);
    this.assembly = path.join(folder, 'cdk.out');
  }

  async tell(): Promise<LeavingStory> {
    const { account, server } = this;
    this.say('Four jobs of Ground Truth: three are finished, one is stopped half-way');
    await makeEstate(account);
    const statuses = await account.statuses();
    const outputs = await byJob(({ name }) => account.lines(`s3://${LABELS}/${name}/manifests/output/output.manifest`));
    await server.keepToken(TOKEN_SECRET);
    // no image comes back from the review, so that the labels can be looked at as the labeler has given them
    await account.control('supervisely/labelers', { reviewers: [{ rejects: 0, finds: 0 }] });

    this.say('The stack is deployed, and the server breaks off in the middle of it');
    await this.interrupt();
    const deployed = await this.deploy();
    const imported = await byJob(({ name }) => this.record(deployed[`Imported${name.replaceAll('-', '')}`]));
    const first = await server.callsOf('images.bulk.add');

    this.say('A labeler takes what is not labeled');
    let rest: ServerJob | undefined;
    await account.until('the rest is labeled', async () => {
      rest = (await server.jobs()).at(0);
      return rest !== undefined && rest.finishedImagesCount === rest.imagesCount;
      // time keeps still while the server is asked
    }, () => account.control('clock', { advanceSeconds: 60 }));
    const finished = await this.datasets();

    this.say('Deployed once more: nothing is sent, nothing is labeled twice');
    await this.deploy();
    const again = await server.callsOf('images.bulk.add') - first;
    await this.destroy();
    return {
      statuses, outputs, imported, rest: rest!, finished, sent: { first, again }, restStatus: deployed.RestStatus, remaining: await this.datasets(),
    };
  }

  /** The worst moments: the work is done, and whoever did it does not hear of it. */
  private async interrupt(): Promise<void> {
    for (const operation of ['images.bulk.add', 'annotations.bulk.add']) {
      await this.account.control('faults', { service: 'supervisely', operation, when: 'after', times: 1, error: { code: 'Forbidden', statusCode: 403 } });
    }
  }

  private async deploy(): Promise<Readonly<Record<string, string>>> {
    const assemblyDirectory = await synthesiseExample('leave-ground-truth', this.assembly, { server: this.server.address, tokenSecret: TOKEN_SECRET });
    const { stacks: { [STACK]: stack } } = await deployAssembly({ endpoint: this.engine.endpoint, assemblyDirectory });
    if (!/^(CREATE|UPDATE)_COMPLETE$/.test(stack.status)) throw new Error(`the deployment ended as ${stack.status}: ${stack.reason}`);
    return stack.outputs;
  }

  private async destroy(): Promise<void> {
    const { stacks: { [STACK]: stack } } = await destroyAssembly({ endpoint: this.engine.endpoint, assemblyDirectory: this.assembly });
    if (stack.status !== 'DELETE_COMPLETE') throw new Error(`the removal ended as ${stack.status}: ${stack.reason}`);
  }

  /** What an import has written last. */
  private async record(uri: string): Promise<Imported> {
    let record: Imported | undefined;
    await this.account.until(`${uri} is there`, async () => {
      record = await this.account.lines(uri).then(([line]) => line as unknown as Imported, () => undefined);
      return record !== undefined;
    });
    return record!;
  }

  private async datasets(): Promise<Datasets> {
    const found = await this.server.datasets(PROJECT);
    return Object.fromEntries(await Promise.all(found.map(async ({ id, name }) => [name, await this.server.images(id)])));
  }
}

async function byJob<T>(work: (job: typeof JOBS[number]) => Promise<T>): Promise<Record<string, T>> {
  return Object.fromEntries(await Promise.all(JOBS.map(async (job) => [job.name, await work(job)])));
}
