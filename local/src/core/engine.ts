import type { Clock } from './clock';
import type { Caller } from './service';
import type { Need } from '../permissions/policy';

export interface EngineSettings {
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
  /** `documented` applies the documented default quotas, `off` none. */
  readonly quota: 'off' | 'documented';
  /** `off`: roles and pools that the engine does not know are accepted. */
  readonly iam: 'off' | 'enforce';
  /** `off` keeps labeling jobs running: nobody answers. */
  readonly annotators: 'on' | 'off';
  /** Seeds every random choice: the same seed, the same answers. */
  readonly seed: string;
  /** Folder for what must be files (Lambda code); removed when the engine stops. */
  readonly workDirectory: string;
}

/** What a service may know of the engine around it. */
export interface EngineCore {
  readonly settings: EngineSettings;
  readonly clock: Clock;
  /** `http://127.0.0.1:PORT`, the same for every service. */
  readonly endpoint: string;
  /** The engine's own credentials, those that `serve` prints. */
  readonly root: Caller;
  /**
   * Calls a served operation in process, constraints and all, as a client would: how services use each other and how
   * CloudFormation makes resources. Without a caller: root.
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the services' models at run time
  call<T = any>(service: string, operation: string, input: object, caller?: Caller): Promise<T>;
  /** Whether a caller has rights that no operation of the API asks for; always so unless IAM is enforced. */
  isAllowed(caller: Caller, needs: readonly Need[]): Promise<boolean>;
  /** A service's own object, for what its public interface does not offer (an AWS service's own events, say). */
  service<T>(name: string): T;
  /** A seeded generator of numbers in [0, 1): the same name, the same sequence. */
  random(name: string): () => number;
  /** Keys for a caller that the engine knows from then on (a Lambda's role). */
  issueCredentials(caller: Omit<Caller, 'accessKeyId'>): { accessKeyId: string; secretAccessKey: string; sessionToken: string };
}
