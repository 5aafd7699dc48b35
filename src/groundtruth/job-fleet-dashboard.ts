import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { JobFleet } from './job-fleet';

/** Options of a fleet's dashboard. */
export interface JobFleetDashboardOptions {
  /**
   * Name of the dashboard.
   *
   * @default - CloudFormation generates one
   */
  readonly dashboardName?: string;
}

/** Properties of a `JobFleetDashboard`. */
export interface JobFleetDashboardProps extends JobFleetDashboardOptions {
  /** The fleets to show, one below the other. */
  readonly fleets: JobFleet[];
}

const WIDTH = 8;

/** Fleets at a glance: jobs by state, data objects, what the runs did. */
export class JobFleetDashboard extends Construct {
  /** The dashboard, to which more may be added. */
  public readonly dashboard: cloudwatch.Dashboard;

  /**
   * @param scope the construct that owns the dashboard
   * @param id the dashboard's id in its scope
   * @param props the fleets to show
   */
  constructor(scope: Construct, id: string, props: JobFleetDashboardProps) {
    super(scope, id);
    this.dashboard = new cloudwatch.Dashboard(this, 'Resource', {
      dashboardName: props.dashboardName,
      widgets: props.fleets.flatMap((fleet) => [[title(fleet)], [jobs(fleet), objects(fleet), runs(fleet)]]),
    });
  }
}

function title(fleet: JobFleet): cloudwatch.IWidget {
  return new cloudwatch.TextWidget({
    markdown: `## ${fleet.node.path}\nState machine: ${fleet.stateMachine.stateMachineArn}`, width: 3 * WIDTH, height: 2, background: cloudwatch.TextWidgetBackground.TRANSPARENT,
  });
}

function jobs(fleet: JobFleet): cloudwatch.IWidget {
  return new cloudwatch.GraphWidget({
    title: 'Jobs',
    width: WIDTH,
    stacked: true,
    left: [
      fleet.metricJobsNotStarted(), fleet.metricJobsPending(), fleet.metricJobsRunning(),
      fleet.metricJobsCompleted(), fleet.metricJobsFailed(), fleet.metricJobsStopped(),
    ],
  });
}

function objects(fleet: JobFleet): cloudwatch.IWidget {
  return new cloudwatch.GraphWidget({
    title: 'Data objects', width: WIDTH, stacked: true, left: [fleet.metricObjectsLabeled(), fleet.metricObjectsFailed(), fleet.metricObjectsLeft()],
  });
}

function runs(fleet: JobFleet): cloudwatch.IWidget {
  return new cloudwatch.GraphWidget({
    title: 'Runs',
    width: WIDTH,
    left: [fleet.metricUnsettled(), fleet.metricJobsWaitingForQuota(), fleet.metricDrifted(), fleet.metricRunErrors()],
    right: [fleet.metricOldestRunningJobAgeDays()],
  });
}
