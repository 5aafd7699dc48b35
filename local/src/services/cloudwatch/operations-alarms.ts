import type { Dimension } from './metric-store';
import { invalidToken } from './operations-metrics';
import type { EngineCore } from '../../core/engine';
import { pageOf } from '../../core/page';
import { ServiceError } from '../../core/service';

interface Tag { readonly Key: string; readonly Value: string }
interface AlarmInput {
  readonly AlarmName: string;
  readonly ActionsEnabled?: boolean;
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Metrics?: object[];
  readonly Dimensions?: Dimension[];
  readonly AlarmRule?: string;
  readonly Tags?: Tag[];
}
interface Alarm extends Omit<AlarmInput, 'Tags'> {
  readonly AlarmArn: string;
  ActionsEnabled: boolean;
  StateValue: string;
  StateReason: string;
  StateReasonData?: string;
  StateUpdatedTimestamp: Date;
}
interface Named { readonly AlarmNames: string[] }
interface DescribeInput extends Partial<Named> {
  readonly AlarmNamePrefix?: string;
  readonly AlarmTypes?: string[];
  readonly StateValue?: string;
  readonly MaxRecords?: number;
  readonly NextToken?: string;
}
interface StateInput { readonly AlarmName: string; readonly StateValue: string; readonly StateReason: string; readonly StateReasonData?: string }

const PAGE = 50;

/** Alarms are kept as told: nothing evaluates them, their state is what SetAlarmState says. */
export class AlarmOperations {
  private readonly alarms = new Map<string, Alarm>();
  private readonly dashboards = new Map<string, { readonly body: string; readonly modified: Date }>();
  private readonly tags = new Map<string, Map<string, string>>();

  constructor(private readonly core: EngineCore) {}

  readonly PutMetricAlarm = (input: AlarmInput): object => {
    if (!input.Metrics && (!input.MetricName || !input.Namespace)) throw new ServiceError('ValidationError', 'Exactly one of Metrics and MetricName with Namespace must be specified.');
    return this.putAlarm(input);
  };

  readonly PutCompositeAlarm = (input: AlarmInput): object => this.putAlarm(input);

  readonly DescribeAlarms = (input: DescribeInput) => {
    const types = input.AlarmTypes ?? ['MetricAlarm'];
    const found = [...this.alarms.values()].filter((alarm) => types.includes(alarm.AlarmRule === undefined ? 'MetricAlarm' : 'CompositeAlarm')
      && (!input.AlarmNames || input.AlarmNames.includes(alarm.AlarmName))
      && alarm.AlarmName.startsWith(input.AlarmNamePrefix ?? '')
      && (!input.StateValue || alarm.StateValue === input.StateValue));
    const { items, nextToken } = pageOf(found, input.NextToken, input.MaxRecords ?? PAGE, invalidToken);
    return {
      MetricAlarms: items.filter(({ AlarmRule }) => AlarmRule === undefined),
      CompositeAlarms: items.filter(({ AlarmRule }) => AlarmRule !== undefined),
      NextToken: nextToken,
    };
  };

  readonly DescribeAlarmsForMetric = ({ Namespace, MetricName, Dimensions = [] }: { Namespace: string; MetricName: string; Dimensions?: Dimension[] }) => {
    const set = (dimensions: readonly Dimension[] = []) => JSON.stringify(dimensions.map(({ Name, Value }) => [Name, Value]).sort());
    const ofMetric = (alarm: Alarm) => alarm.Namespace === Namespace && alarm.MetricName === MetricName && set(alarm.Dimensions) === set(Dimensions);
    return { MetricAlarms: [...this.alarms.values()].filter(ofMetric) };
  };

  readonly DeleteAlarms = ({ AlarmNames }: Named): object => {
    const missing = AlarmNames.find((name) => !this.alarms.has(name));
    if (missing !== undefined) throw new ServiceError('ResourceNotFound', `Alarm ${missing} does not exist`, 404);
    for (const name of AlarmNames) {
      this.tags.delete(this.alarms.get(name)!.AlarmArn);
      this.alarms.delete(name);
    }
    return {};
  };

  readonly SetAlarmState = ({ AlarmName, StateValue, StateReason, StateReasonData }: StateInput): object => {
    const alarm = this.alarms.get(AlarmName);
    if (!alarm) throw new ServiceError('ResourceNotFound', `Alarm ${AlarmName} does not exist`, 404);
    Object.assign(alarm, { StateValue, StateReason, StateReasonData, StateUpdatedTimestamp: this.now() });
    return {};
  };

  readonly EnableAlarmActions = ({ AlarmNames }: Named): object => this.setActions(AlarmNames, true);

  readonly DisableAlarmActions = ({ AlarmNames }: Named): object => this.setActions(AlarmNames, false);

  readonly PutDashboard = ({ DashboardName, DashboardBody }: { DashboardName: string; DashboardBody: string }) => {
    try {
      JSON.parse(DashboardBody);
    } catch {
      throw new ServiceError('InvalidParameterInput', 'The field DashboardBody must be a valid JSON object');
    }
    this.dashboards.set(DashboardName, { body: DashboardBody, modified: this.now() });
    return { DashboardValidationMessages: [] };
  };

  readonly GetDashboard = ({ DashboardName }: { DashboardName: string }) => {
    const dashboard = this.dashboards.get(DashboardName);
    if (!dashboard) throw dashboardNotFound(DashboardName);
    return { DashboardName, DashboardArn: this.dashboardArn(DashboardName), DashboardBody: dashboard.body };
  };

  readonly DeleteDashboards = ({ DashboardNames }: { DashboardNames: string[] }): object => {
    const missing = DashboardNames.find((name) => !this.dashboards.has(name));
    if (missing !== undefined) throw dashboardNotFound(missing);
    for (const name of DashboardNames) this.dashboards.delete(name);
    return {};
  };

  readonly ListDashboards = (input: { DashboardNamePrefix?: string; NextToken?: string }) => {
    const found = [...this.dashboards].filter(([name]) => name.startsWith(input.DashboardNamePrefix ?? ''));
    const { items, nextToken } = pageOf(found, input.NextToken, 1000, invalidToken);
    const entries = items.map(([name, { body, modified }]) =>
      ({ DashboardName: name, DashboardArn: this.dashboardArn(name), LastModified: modified, Size: Buffer.byteLength(body) }));
    return { DashboardEntries: entries, NextToken: nextToken };
  };

  readonly TagResource = ({ ResourceARN, Tags }: { ResourceARN: string; Tags: Tag[] }): object => {
    const tags = this.tagsOf(ResourceARN);
    for (const { Key, Value } of Tags) tags.set(Key, Value);
    return {};
  };

  readonly UntagResource = ({ ResourceARN, TagKeys }: { ResourceARN: string; TagKeys: string[] }): object => {
    const tags = this.tagsOf(ResourceARN);
    for (const key of TagKeys) tags.delete(key);
    return {};
  };

  readonly ListTagsForResource = ({ ResourceARN }: { ResourceARN: string }) =>
    ({ Tags: [...this.tagsOf(ResourceARN)].map(([Key, Value]) => ({ Key, Value })) });

  /** A changed alarm keeps its state and its tags, which only creation sets. */
  private putAlarm({ Tags = [], ...settings }: AlarmInput): object {
    const before = this.alarms.get(settings.AlarmName);
    const now = this.now();
    const state = before ?? { StateValue: 'INSUFFICIENT_DATA', StateReason: 'Unchecked: Initial alarm creation', StateUpdatedTimestamp: now, StateTransitionedTimestamp: now };
    const { StateValue, StateReason, StateUpdatedTimestamp } = state;
    const { partition, region, accountId } = this.core.settings;
    const AlarmArn = `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:${settings.AlarmName}`;
    const alarm = {
      ActionsEnabled: true,
      OKActions: [],
      AlarmActions: [],
      InsufficientDataActions: [],
      Dimensions: [],
      ...settings,
      AlarmArn,
      AlarmConfigurationUpdatedTimestamp: now,
      StateValue,
      StateReason,
      StateUpdatedTimestamp,
    };
    this.alarms.set(settings.AlarmName, alarm);
    if (!before) this.tags.set(AlarmArn, new Map(Tags.map(({ Key, Value }) => [Key, Value])));
    return {};
  }

  private setActions(names: string[], enabled: boolean): object {
    for (const name of names) Object.assign(this.alarms.get(name) ?? {}, { ActionsEnabled: enabled });
    return {};
  }

  private tagsOf(arn: string): Map<string, string> {
    const tags = this.tags.get(arn);
    if (!tags) throw new ServiceError('ResourceNotFoundException', `The resource ${arn} does not exist`, 404);
    return tags;
  }

  private dashboardArn(name: string): string {
    return `arn:${this.core.settings.partition}:cloudwatch::${this.core.settings.accountId}:dashboard/${name}`;
  }

  private now(): Date {
    return new Date(this.core.clock.now());
  }
}

function dashboardNotFound(name: string): ServiceError {
  return new ServiceError('ResourceNotFound', `Dashboard ${name} does not exist`, 404);
}
