import { App, CfnOutput, Stack, StackProps, Tags } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { groundtruth } from '../../src';

/** First: looks at all labeling jobs of the account, and writes them down as a file of declarations. It touches no job. */
class InventoryStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const inventory = new groundtruth.LabelingJobInventory(this, 'Estate', { declarations: true });
    new CfnOutput(this, 'Jobs', { description: 'How many jobs there are', value: `${inventory.total}` });
    new CfnOutput(this, 'RecordUri', { description: 'The list of them; declarations.jsonl lies beside it', value: inventory.recordUri });
  }
}

/** Then: takes over what stands in the file, which somebody has read, cut and kept under version control by now. */
class EstateStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    new groundtruth.JobFleet(this, 'Jobs', {
      jobs: groundtruth.FleetJobs.fromDeclarations(this.node.tryGetContext('declarations') ?? 'declarations.jsonl'),
    });
    Tags.of(this).add('managed-by', 'label-platform');
  }
}

const app = new App();
new InventoryStack(app, 'EstateInventory');
new EstateStack(app, 'Estate');
