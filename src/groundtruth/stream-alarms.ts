import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { StreamIntake } from './stream-intake';
import { refuse } from '../private/errors';
import { AlarmTexts, runbookAlarm } from '../private/runbook-alarm';
import { isKnown } from '../private/tokens';

/** Options of a stream's alarms. */
export interface StreamAlarmsOptions {
  /**
   * Topic that hears of an alarm, and of its end.
   *
   * @default - nobody is told, the alarms show in CloudWatch
   */
  readonly topic?: sns.ITopic;

  /**
   * How long a record may be on its way into the store.
   *
   * @default Duration.minutes(15)
   */
  readonly notStoredFor?: Duration;

  /**
   * How long a data object may wait until it is given to a job.
   *
   * @default Duration.days(3)
   */
  readonly waitingFor?: Duration;

  /**
   * How many data objects may wait, at least 1.
   *
   * @default 10000
   */
  readonly waiting?: number;

  /**
   * How long data objects may wait without a job that takes them: a renewed job is there within minutes.
   *
   * @default Duration.hours(3)
   */
  readonly withoutJobFor?: Duration;
}

/** Properties of `StreamAlarms`. */
export interface StreamAlarmsProps extends StreamAlarmsOptions {
  /** The stream's intake. */
  readonly intake: StreamIntake;
}

/** Alarms of a stream; the description of each links to what is to be done. */
export class StreamAlarms extends Construct {
  /** Records come, and are not stored. */
  public readonly notStored: cloudwatch.Alarm;
  /** A data object has waited for long. */
  public readonly waitingLong: cloudwatch.Alarm;
  /** Many data objects wait. */
  public readonly backlog: cloudwatch.Alarm;
  /** Records were refused, or could not be stored. */
  public readonly deadLetters: cloudwatch.Alarm;
  /** Data objects wait, and no job takes them. */
  public readonly withoutJob: cloudwatch.Alarm;
  /** A data object could not be labeled. */
  public readonly labelingFailed: cloudwatch.Alarm;

  /**
   * @param scope the construct that owns the alarms
   * @param id the alarms' id in its scope
   * @param props the stream, and who hears of an alarm
   */
  constructor(scope: Construct, id: string, private readonly props: StreamAlarmsProps) {
    const { intake, waiting = 10_000 } = props;
    const { notStoredFor = Duration.minutes(15), waitingFor = Duration.days(3), withoutJobFor = Duration.hours(3) } = props;
    refuse(`${scope.node.path}/${id}`, alarmProblems({ notStoredFor, waitingFor, withoutJobFor }, waiting));
    super(scope, id);
    const [five, hourly] = [{ period: Duration.minutes(5) }, { period: Duration.hours(1) }];
    const quiet = cloudwatch.TreatMissingData.NOT_BREACHING;

    this.notStored = this.alarm('NotStored', intake.intakeQueue.metricApproximateAgeOfOldestMessage(five), {
      says: `A record has been on its way into the stream's store for ${notStoredFor.toHumanString()}`,
      anchor: 'alarm-records-of-a-stream-are-not-stored',
      threshold: notStoredFor.toSeconds(),
      treatMissingData: quiet,
    });
    this.waitingLong = this.alarm('WaitingLong', intake.metricOldestWaitingAge(hourly), {
      says: `A data object has waited for ${waitingFor.toHumanString()} to be given to a job`,
      anchor: 'alarm-a-data-object-of-a-stream-waits-for-long',
      threshold: waitingFor.toSeconds(),
    });
    this.backlog = this.alarm('Backlog', intake.metricWaiting(hourly), {
      says: `${isKnown(waiting) ? waiting : 'Many'} data objects wait to be given to a job`,
      anchor: 'alarm-many-data-objects-of-a-stream-wait',
      threshold: waiting,
    });
    this.deadLetters = this.alarm('DeadLetters', intake.deadLetterQueue.metricApproximateNumberOfMessagesVisible({ ...five, statistic: cloudwatch.Stats.MAXIMUM }), {
      says: 'Records of the stream were refused or could not be stored',
      anchor: 'alarm-a-stream-has-dead-letters',
      threshold: 1,
      treatMissingData: quiet,
    });
    this.withoutJob = this.alarm('WithoutJob', intake.metricWithoutJob({ ...hourly, statistic: cloudwatch.Stats.MINIMUM }), {
      says: `Data objects have waited for ${withoutJobFor.toHumanString()} while no job took them`,
      anchor: 'alarm-a-stream-is-without-a-job',
      threshold: 1,
      evaluationPeriods: Math.ceil(withoutJobFor.toHours({ integral: false })),
    });
    this.labelingFailed = this.alarm('LabelingFailed', intake.metricLabelingFailed(hourly), {
      says: 'A data object of the stream could not be labeled',
      anchor: 'alarm-data-objects-of-a-stream-have-failed',
      threshold: 1,
      treatMissingData: quiet,
    });
  }

  private alarm(id: string, metric: cloudwatch.IMetric, texts: AlarmTexts): cloudwatch.Alarm {
    return runbookAlarm(this, id, metric, { about: this.props.intake, topic: this.props.topic }, texts);
  }
}

/** CloudWatch looks back for seven days at most. */
const LONGEST = Duration.days(7);

function alarmProblems(durations: Readonly<Record<string, Duration>>, waiting: number): string[] {
  return [
    ...Object.entries(durations).flatMap(([name, duration]) => {
      if (duration.isUnresolved()) return [`'${name}' must be known at synthesis, got a token: the alarm's description says it`];
      const value = duration.toSeconds({ integral: false });
      return value >= 1 && value <= LONGEST.toSeconds() ? [] : [`'${name}' must be 1 second to 7 days, got ${duration.toHumanString()}`];
    }),
    ...isKnown(waiting) && !(waiting >= 1) ? [`'waiting' must be at least 1, got ${waiting}`] : [],
  ];
}
