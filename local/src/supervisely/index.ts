import { logIn } from './api/accounts';
import { WebhookSender } from './api/webhook-sender';
import { ABSENT, NOTES, SIMPLIFIED } from './fidelity';
import { installEmpty } from './fixtures/empty';
import { installTutorial } from './fixtures/tutorial';
import { QueueProgress } from './jobs/queue-progress';
import { Floor } from './labelers/floor';
import { PEOPLE, Profiles } from './labelers/profiles';
import { methodsOf } from './methods';
import { check } from './schema';
import { Dispatcher, SERVICE } from './server/dispatcher';
import type { Methods } from './server/method';
import { SuperviselyServer } from './server/server';
import { Site } from './site';
import type { LocalCore } from '../core/engine-core';
import type { ControlRoute } from '../core/service';

export const SUPERVISELY_FIXTURES = { none: installEmpty, tutorial: installTutorial };
export type SuperviselyFixture = keyof typeof SUPERVISELY_FIXTURES;

/** One Supervisely instance beside the AWS services: its API on its own address, its people on the engine's clock. */
export class Supervisely {
  readonly site: Site;
  /** API token of the instance's administrator. */
  readonly token: string;
  readonly methods: Methods;
  readonly controlRoutes: Readonly<Record<string, ControlRoute>>;
  private server: SuperviselyServer | undefined;

  constructor(private readonly core: LocalCore, fixture: SuperviselyFixture) {
    const site = this.site = new Site(core);
    const profiles = new Profiles();
    const webhooks = new WebhookSender(site);
    site.observe(new QueueProgress(site));
    site.observe(webhooks);
    if (core.settings.annotators === 'on') site.observe(new Floor(site, profiles));
    this.methods = methodsOf(site, webhooks);
    this.token = SUPERVISELY_FIXTURES[fixture](site).token;
    this.controlRoutes = {
      'POST /_local/supervisely/labelers': (body) => {
        check(PEOPLE, body, 'body');
        return profiles.configure(body);
      },
      'GET /_local/supervisely/webhook-deliveries': () => ({ deliveries: webhooks.deliveries }),
    };
  }

  async start(onError: (error: unknown) => void): Promise<void> {
    const dispatcher = new Dispatcher(this.core, this.site, this.methods);
    this.server = await SuperviselyServer.start({ core: this.core, dispatcher, logIn: (form) => logIn(this.site, form), onError });
  }

  /** For `FIDELITY.md`. */
  get described(): { name: string; notes: readonly string[]; served: string[]; simplified: Readonly<Record<string, string>>; absent: readonly string[] } {
    return { name: SERVICE, notes: NOTES, served: Object.keys(this.methods), simplified: SIMPLIFIED, absent: ABSENT };
  }

  /** What clients take as `SERVER_ADDRESS`. */
  get address(): string {
    return this.server!.address;
  }

  async stop(): Promise<void> {
    await this.server?.stop();
  }
}
