import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { deployAssembly } from '../../local/src/commands/deploy';
import { destroyAssembly } from '../../local/src/commands/destroy';
import { Engine } from '../../local/src/engine';
import { synthesiseExample } from '../synth';
import { Job, TutorialServer } from './server';
import { Chapter } from './settings';

const STACK = 'SuperviselyTutorial';
const TOKEN_SECRET = 'supervisely/api-token';

/** What a deployment has left behind. */
export interface TutorialChapter {
  /** The stack's outputs by their names. */
  readonly outputs: Readonly<Record<string, string>>;
  /** The lists that it has taken, by their names. */
  readonly lists: Readonly<Record<string, readonly Job[]>>;
}

export interface TutorialStory {
  readonly members: ReadonlyArray<Readonly<Record<string, unknown>> | undefined>;
  readonly projectMeta: Awaited<ReturnType<TutorialServer['projectMeta']>>;
  /** Both jobs are made. */
  readonly started: TutorialChapter;
  /** The first job is stopped, and the deployment has waited for the second labeler. */
  readonly labeled: TutorialChapter;
  /** The status of the second job is set. */
  readonly completed: TutorialChapter;
  /** What is on the server once the stack is gone. */
  readonly remaining: readonly Job[];
}

/** The tutorial from end to end on a local engine: three deployments, in which a labeler works, and a removal. */
export async function tellTutorial(tell: (text: string) => void = () => undefined): Promise<TutorialStory> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'supervisely-tutorial-'));
  const engine = await Engine.start({ superviselyFixture: 'tutorial', iam: 'enforce' });
  try {
    const server = new TutorialServer(engine);
    await server.keepToken(TOKEN_SECRET);
    await server.stopTime();
    const teller = new Teller(engine, server, folder, tell);
    const started = await teller.deploy('start');
    const members = await Promise.all(['labeler_1', 'labeler_2'].map((login) => server.member(login)));
    const projectMeta = await server.projectMeta();
    const labeled = await teller.deploy('labeled');
    const completed = await teller.deploy('completed');
    await teller.destroy('completed');
    return { members, projectMeta, started, labeled, completed, remaining: await server.jobs() };
  } finally {
    await engine.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

class Teller {
  constructor(
    private readonly engine: Engine, private readonly server: TutorialServer, private readonly folder: string, private readonly tell: (text: string) => void,
  ) {}

  async deploy(chapter: Chapter): Promise<TutorialChapter> {
    this.tell(`Deploying the chapter "${chapter}"`);
    const assemblyDirectory = await synthesiseExample('supervisely-tutorial', this.assembly(chapter), { server: this.server.address, tokenSecret: TOKEN_SECRET, chapter });
    const { stacks: { [STACK]: stack } } = await this.server.passTimeDuring(`the deployment "${chapter}"`, deployAssembly({ endpoint: this.engine.endpoint, assemblyDirectory }));
    if (!/^(CREATE|UPDATE)_COMPLETE$/.test(stack.status)) throw new Error(`the deployment "${chapter}" ended as ${stack.status}: ${stack.reason}`);
    const lists = Object.entries(stack.outputs).filter(([name]) => name.endsWith('List'));
    return {
      outputs: stack.outputs,
      lists: Object.fromEntries(await Promise.all(lists.map(async ([name, uri]) => [name.slice(0, -'List'.length), await this.server.record(uri)]))),
    };
  }

  async destroy(chapter: Chapter): Promise<void> {
    this.tell('Destroying the stack');
    const destroyed = destroyAssembly({ endpoint: this.engine.endpoint, assemblyDirectory: this.assembly(chapter) });
    const { stacks: { [STACK]: stack } } = await this.server.passTimeDuring('the removal', destroyed);
    if (stack.status !== 'DELETE_COMPLETE') throw new Error(`the removal ended as ${stack.status}: ${stack.reason}`);
  }

  private assembly(chapter: Chapter): string {
    return path.join(this.folder, chapter);
  }
}
