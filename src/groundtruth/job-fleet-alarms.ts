import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { JobFleet } from './job-fleet';
import { refuse } from '../private/errors';
import { AlarmTexts, runbookAlarm } from '../private/runbook-alarm';

/** An alarm looks back for seven days at most. */
const LONGEST_HOURS = 7 * 24;
/** Options of a fleet's alarms. */
export interface JobFleetAlarmsOptions {
  /**
   * Topic that hears of an alarm, and of its end.
   *
   * @default - nobody is told, the alarms show in CloudWatch
   */
  readonly topic?: sns.ITopic;

  /**
   * How long the fleet may have something to do before that is an alarm.
   *
   * @default Duration.hours(6)
   */
  readonly notConvergingFor?: Duration;

  /**
   * Age of a running job from which its objects are about to expire: Ground Truth ends every job after 30 days.
   *
   * @default Duration.days(25)
   */
  readonly oldestJob?: Duration;
}

/** Properties of `JobFleetAlarms`. */
export interface JobFleetAlarmsProps extends JobFleetAlarmsOptions {
  /** The fleet. */
  readonly fleet: JobFleet;
}

/** Alarms of a fleet; the description of each links to what is to be done. */
export class JobFleetAlarms extends Construct {
  /** For hours the fleet has something to do, and does not come to an end with it. */
  public readonly notConverging: cloudwatch.Alarm;
  /** A job has failed, and is not resumed. */
  public readonly jobFailed: cloudwatch.Alarm;
  /** A job is so old that the service will soon end it. */
  public readonly objectsAboutToExpire: cloudwatch.Alarm;
  /** A run could not do something. */
  public readonly runErrors: cloudwatch.Alarm;
  /** A run has failed as a whole. */
  public readonly runFailed: cloudwatch.Alarm;

  /**
   * @param scope the construct that owns the alarms
   * @param id the alarms' id in its scope
   * @param props the fleet, and who hears of an alarm
   */
  constructor(scope: Construct, id: string, private readonly props: JobFleetAlarmsProps) {
    const { fleet, notConvergingFor = Duration.hours(6), oldestJob = Duration.days(25) } = props;
    refuse(`${scope.node.path}/${id}`, Object.entries({ notConvergingFor, oldestJob })
      .flatMap(([name, duration]) => (duration.isUnresolved() ? [`'${name}' must be known at synthesis, got a token: it is converted to hours or days`] : [])));
    super(scope, id);
    const hours = Math.max(1, Math.ceil(notConvergingFor.toHours({ integral: false })));
    refuse(this, hours > LONGEST_HOURS ? [`'notConvergingFor' must be at most 7 days, which is as far as CloudWatch looks back, got ${notConvergingFor.toHumanString()}`] : []);
    const hourly = { period: Duration.hours(1) };
    // a fleet has a value for each run, and none runs while nothing happens: what the last one found counts for the hours after it
    const unsettled = new cloudwatch.MathExpression({
      expression: 'FILL(unsettled, REPEAT)', usingMetrics: { unsettled: fleet.metricUnsettled({ ...hourly, statistic: cloudwatch.Stats.MINIMUM }) }, ...hourly, label: 'Unsettled',
    });
    this.notConverging = this.alarm('NotConverging', unsettled, {
      says: `The fleet has had something to do for ${hours} hours`,
      anchor: 'alarm-a-fleet-is-not-converging',
      threshold: 1,
      evaluationPeriods: hours,
    });
    this.jobFailed = this.alarm('JobFailed', fleet.metricJobsFailed(hourly), {
      says: 'A job of the fleet has failed', anchor: 'alarm-a-job-of-a-fleet-has-failed', threshold: 1,
    });
    this.objectsAboutToExpire = this.alarm('ObjectsAboutToExpire', fleet.metricOldestRunningJobAgeDays(hourly), {
      says: `A job of the fleet has run for ${oldestJob.toDays({ integral: false })} days, and Ground Truth ends it after 30`,
      anchor: 'alarm-objects-of-a-fleet-are-about-to-expire',
      threshold: oldestJob.toDays({ integral: false }),
    });
    this.runErrors = this.alarm('RunErrors', fleet.metricRunErrors(hourly), {
      says: 'A run of the fleet could not do something', anchor: 'alarm-a-run-of-a-fleet-had-errors', threshold: 1,
    });
    const failedRuns = fleet.stateMachine.metricFailed({ ...hourly, statistic: cloudwatch.Stats.SUM });
    this.runFailed = this.alarm('RunFailed', failedRuns, { says: 'A run of the fleet has failed', anchor: 'alarm-a-run-of-a-fleet-has-failed', threshold: 1 });
  }

  private alarm(id: string, metric: cloudwatch.IMetric, texts: AlarmTexts): cloudwatch.Alarm {
    return runbookAlarm(this, id, metric, { about: this.props.fleet, topic: this.props.topic }, texts);
  }
}
